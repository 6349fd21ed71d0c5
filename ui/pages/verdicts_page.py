"""判定: every entry of the catalog in three groups, and what can be consulted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QWidget

from models.values.results import VERDICT_LABEL, VERDICT_SHAPE, Verdict
from models.values.truth import Truth
from reports.wording import range_man, reason_text
from ui.detail_texts import QUESTION_LINK, actions_detail, verdict_detail
from ui.following_results import MANY
from ui.page_base import PAGE_MARGIN, Desk, PageBase
from ui.tables.row_list import Rows
from ui.tables.verdict_list import (
    VerdictHead,
    VerdictKey,
    VerdictLine,
    VerdictList,
    VerdictRow,
)
from ui.theme import TextStyle
from ui.widgets.action_block import MOST_LINES, ActionBlock
from ui.widgets.basics import StyledLabel, column, make_button, row
from ui.widgets.detail_pane import DetailPane, SideBySide

if TYPE_CHECKING:
    from models.values.consultation import Consultation
    from models.values.results import Screening, SimulationResult

ORDER = (Verdict.LIKELY, Verdict.NEEDS_CONFIRMATION, Verdict.NOT_ELIGIBLE, Verdict.CONSULT)
ALL, WITH_AMOUNT, SUPPORT = range(3)
FILTERS = {ALL: "すべて", WITH_AMOUNT: "金額の出る制度", SUPPORT: "相談・支援"}
MOST_NAMED = 3
IDLE = 300
"""Milliseconds without a change after which nobody types."""
LOW, FEW_ACTIONS = 520, 1


class VerdictsPage(PageBase):
    """One line an entry; Enter opens the reasons and sources beside it."""

    title = "判定"
    digits_are_free = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._opened = ""
        self._screenings: dict[str, Screening] = {}
        self.list = VerdictList(desk.theme)
        self.pane = DetailPane(desk.theme, desk.session.catalog.glossary)
        main = QWidget()
        layout = column(main, margins=(PAGE_MARGIN, 14, PAGE_MARGIN, 16), gap=10)
        layout.addLayout(self._build_filters())
        layout.addWidget(self.list, 1)
        self.action_block = ActionBlock(desk.theme)
        layout.addWidget(self.action_block)
        # What could still change is tried out while nobody types.
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE)
        self._beside = SideBySide(desk.theme, main, self.pane)
        column(self, gap=0).addWidget(self._beside)
        self._connect()

    def _build_filters(self):  # noqa: ANN202 - a layout
        theme = self.desk.theme
        line = row(gap=6)
        self.filters = QButtonGroup(self)
        for key, text in FILTERS.items():
            button = make_button(theme, text)
            button.setCheckable(True)
            button.setChecked(key == ALL)
            self.filters.addButton(button, key)
            line.addWidget(button)
        line.addStretch(1)
        hint = "↑↓ で選び、Enter で理由と出典を開きます"
        line.addWidget(StyledLabel(theme, hint, TextStyle.SMALL, "quiet"))
        return line

    def _connect(self) -> None:
        self._idle.timeout.connect(self._on_idle_timeout)
        self.desk.session.actions_found.connect(self._on_session_actions_found)
        self.action_block.all_requested.connect(self._on_actions_all_requested)
        self.filters.idClicked.connect(lambda _id: self._show_list())
        self.list.entry_opened.connect(self._on_list_entry_opened)
        self.list.selectionModel().currentChanged.connect(self._on_list_current_changed)
        self.pane.closed.connect(self._on_pane_closed)
        self.pane.link_followed.connect(self._on_pane_link_followed)

    # ------------------------------------------------------------ public

    def show_consultation(self, consultation: Consultation | None) -> None:
        """Show the verdicts that follow from the answers."""
        super().show_consultation(consultation)
        # Until the verdicts are found the list stays as it is; the line at the bottom says so.
        if consultation is not None and not self.desk.session.judges_later():
            self._show_list()
            self._idle.start()

    def show_figures(self) -> None:
        """Show the verdicts, found by now."""
        self.show_consultation(self._shown)

    def focus_first(self) -> None:
        """Begin on the list."""
        self.list.setFocus()

    def open_entry(self, entry: str) -> None:
        """Open the reasons and the working of an entry."""
        self.filters.button(ALL).setChecked(True)
        self._opened = entry
        self._show_list()
        self.list.choose(entry)

    # ------------------------------------------------------------ slots

    def _on_list_entry_opened(self, entry: str) -> None:
        self._opened = entry
        self._show_detail()

    def _on_list_current_changed(self) -> None:
        entry = self.list.current_entry()
        if self._opened and entry and entry != self._opened:
            self._on_list_entry_opened(entry)

    def _on_idle_timeout(self) -> None:
        many = len(self._screenings) > MANY  # it would take minutes with so many programs
        if self._shown is None or not self.isVisible() or many:
            return
        self.desk.session.seek_actions()

    def _on_session_actions_found(self) -> None:
        if self._shown is None:
            return
        found = self.desk.session.action_values()
        sentences = [change.sentence for action in found for change in action.changes]
        is_low = self.height() < self.desk.theme.px(LOW)
        self.action_block.show_sentences(sentences, FEW_ACTIONS if is_low else MOST_LINES)

    def _on_actions_all_requested(self) -> None:
        self._opened = ""
        self._beside.open(actions_detail(self.desk.session.action_values()))

    def _on_pane_closed(self) -> None:
        self._opened = ""
        self.list.setFocus()

    def _on_pane_link_followed(self, link: str) -> None:
        if link.startswith(QUESTION_LINK):
            self.question_requested.emit(link.removeprefix(QUESTION_LINK))

    # ------------------------------------------------------------ private

    def _result(self, entry: str) -> SimulationResult | None:
        """Return what an entry would pay, where there are expenses and firm amounts."""
        session, held = self.desk.session, self._shown
        firm = session.catalog.entries[entry].has_firm_amount
        return session.result_of(entry) if firm and held is not None and held.expenses else None

    def _show_list(self) -> None:
        chosen = self.filters.checkedId()
        found = self.desk.session.screenings()
        self._screenings = {one.entry: one for one in found}
        keys: list[VerdictKey] = []
        # By the words of the verdicts: with thousands of programs, hashing their Enum takes long.
        groups: dict[str, list[str]] = {verdict.value: [] for verdict in Verdict}
        for one in found:
            groups[one.verdict.value].append(one.entry)
        for verdict in ORDER:
            group = groups[verdict.value]
            if chosen != ALL:
                group = [entry for entry in group if self._fits(entry, chosen)]
            if group:
                keys.append(VerdictHead(VERDICT_SHAPE[verdict], VERDICT_LABEL[verdict], len(group)))
                keys += group
        self.list.show_rows(Rows(keys, self._row))
        if self._opened:
            self._show_detail()

    def _row(self, key: VerdictKey) -> VerdictRow:
        if isinstance(key, VerdictHead):
            return key
        return self._line(self._screenings[key], self._result(key))

    def _fits(self, entry: str, chosen: int) -> bool:
        return self.desk.session.catalog.entries[entry].has_firm_amount is (chosen == WITH_AMOUNT)

    def _line(self, screening: Screening, result: SimulationResult | None) -> VerdictLine:
        catalog = self.desk.session.catalog
        entry = catalog.entries[screening.entry]
        total = None if result is None else result.amount.total
        shows = screening.verdict in {Verdict.LIKELY, Verdict.NEEDS_CONFIRMATION}
        amount = f"{range_man(total)}以内" if shows and total is not None and total.high else ""
        return VerdictLine(
            entry.id,
            VERDICT_SHAPE[screening.verdict],
            VERDICT_LABEL[screening.verdict],
            entry.short_name,
            catalog.stages[entry.stage].label,
            self._why(screening),
            amount,
        )

    def _why(self, screening: Screening) -> str:
        """Return the deciding reason in one line."""
        catalog = self.desk.session.catalog
        against = [one for one in screening.reasons if one.value is Truth.NO]
        if against:
            return f"合わない条件: {reason_text(catalog, against[0])}"
        if screening.verdict is Verdict.CONSULT:
            entry = catalog.entries[screening.entry]
            raised = {one.offer for one in screening.offers if one.raised}
            named = [offer.label for offer in entry.offers if offer.id in raised]
            return f"相談できること: {'、'.join(named)}" if named else entry.what_for
        labels = [catalog.questions[one].label for one in screening.open_questions]
        if labels:
            more = "など" if len(labels) > MOST_NAMED else ""
            return f"あと: {'、'.join(labels[:MOST_NAMED])}{more}"
        if screening.reasons and screening.verdict is Verdict.NEEDS_CONFIRMATION:
            return f"確かめる条件: {reason_text(catalog, screening.reasons[0])}"
        return "資料にある条件を満たしています"

    def _show_detail(self) -> None:
        found = self._screenings
        if self._opened in found:
            result = self._result(self._opened)
            catalog = self.desk.session.catalog
            self._beside.open(verdict_detail(catalog, found[self._opened], result))
