"""制度をさがす: every entry of the catalog, found as one types, in full with its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.values.catalog import EntryKind
from models.values.results import VERDICT_LABEL, VERDICT_SHAPE, Verdict
from ui.entry_texts import entry_detail
from ui.page_base import PAGE_MARGIN, Desk, PageBase
from ui.tables.entry_list import EntryLine, EntryList
from ui.tables.row_list import Rows
from ui.theme import TextStyle
from ui.widgets.basics import StyledLabel, column, make_button, row
from ui.widgets.choice_bar import ChoiceBar, Option
from ui.widgets.detail_pane import DetailPane
from ui.widgets.search_line import SearchLine
from ui.widgets.toggle_bar import ToggleBar

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from models.values.catalog import Entry
    from models.values.consultation import Consultation
    from models.values.results import Screening

ALL, WITH_AMOUNT, SUPPORT, OTHER = range(4)
KINDS = (
    Option(ALL, "すべて"),
    Option(WITH_AMOUNT, "金額の出る制度"),
    Option(SUPPORT, "相談・支援"),
    Option(OTHER, "税・実証・情報"),
)
LOW = 520
LIST_SHARE, PANE_SHARE = 5, 6
NOTHING = "合う制度がありません。言葉を短くするか、しぼりこみを外してください。"
NO_CONSULTATION = "相談を開くと、この制度で試算できます。"
NOT_JUDGED = "この制度は情報だけで、判定や試算はありません。"


def kind_of(entry: Entry) -> int:
    """Return under which of the kinds an entry is found."""
    if entry.has_firm_amount:
        return WITH_AMOUNT
    return SUPPORT if entry.kind in {EntryKind.ADVICE, EntryKind.SUBSIDY} else OTHER


class CatalogPage(PageBase):
    """Search, filters, the list at the left and the whole entry at the right."""

    title = "制度をさがす"
    needs_consultation = False

    left = Signal()
    """The user goes back to the page before."""
    trial_requested = Signal(str)
    """The user wants to see what this entry means for the open consultation."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._index = desk.session.catalog_index
        self._screenings: dict[str, Screening] = {}
        layout = column(self, margins=(PAGE_MARGIN, 14, 0, 0), gap=10)
        layout.addLayout(self._build_search())
        layout.addLayout(self._build_filters())
        layout.addWidget(self._framed(self.purpose_bar))
        body = row(gap=0)
        body.addWidget(self._build_list(), LIST_SHARE)
        body.addWidget(self._build_pane(), PANE_SHARE)
        layout.addLayout(body, 1)
        self._connect()

    def _build_search(self):  # noqa: ANN202 - a layout
        theme = self.desk.theme
        self.search = SearchLine()
        self.search.setPlaceholderText("名前や言葉で探す（例: 承継、M&A、災害）")
        self.search.setAccessibleName("制度をさがす")
        self.search.setMaximumWidth(theme.px(460))
        self._count = StyledLabel(theme, "", look="quiet")
        self.back_button = make_button(theme, "前の画面へ", icon="undo", shortcut_hint="Esc")
        line = row(margins=(0, 0, PAGE_MARGIN, 0), gap=14)
        line.addWidget(self.search, 1)
        line.addWidget(self._count)
        line.addStretch(0)
        line.addWidget(self.back_button)
        return line

    def _build_filters(self):  # noqa: ANN202 - a layout
        theme, catalog = self.desk.theme, self.desk.session.catalog
        self.kind_bar = ChoiceBar(theme, "制度の種類", KINDS)
        self.kind_bar.set_value(ALL)
        visits = [question for question in catalog.questions.values() if question.leads_to]
        self.purpose_bar = ToggleBar(
            theme, "目的", [Option(question.id, question.label) for question in visits]
        )
        self.purpose_button = make_button(theme, "目的", icon="down")
        self.purpose_button.setCheckable(True)
        line = row(margins=(0, 0, PAGE_MARGIN, 0), gap=10)
        line.addWidget(self.kind_bar, 1)
        line.addWidget(self.purpose_button, 0, Qt.AlignmentFlag.AlignTop)
        self._purposes_were_chosen = False
        return line

    def _framed(self, inner: QWidget) -> QWidget:
        self._purpose_box = QWidget()
        column(self._purpose_box, margins=(0, 0, PAGE_MARGIN, 0)).addWidget(inner)
        self._purpose_box.hide()
        return self._purpose_box

    def _build_list(self) -> QWidget:
        theme = self.desk.theme
        box = QWidget()
        inner = column(box, margins=(0, 0, 14, 16), gap=8)
        self.list = EntryList(theme)
        self._nothing = StyledLabel(theme, NOTHING, look="quiet", wrap=True)
        self._nothing.hide()
        inner.addWidget(self._nothing)
        inner.addWidget(self.list, 1)
        return box

    def _build_pane(self) -> QWidget:
        theme = self.desk.theme
        box = QWidget()
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        inner = column(box, gap=0)
        self.pane = DetailPane(theme, self.desk.session.catalog.glossary, closable=False)
        inner.addWidget(self.pane, 1)
        self.trial_button = make_button(
            theme, "この制度で試算", "primary", icon="right", shortcut_hint="Enter"
        )
        self._aside = StyledLabel(theme, "", TextStyle.SMALL, "quiet", wrap=True)
        line = row(margins=(20, 8, 16, 10), gap=12)
        line.addWidget(self.trial_button)
        line.addWidget(self._aside, 1)
        inner.addLayout(line)
        return box

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._show_found())
        self.search.returnPressed.connect(self._on_trial_requested)
        self.search.moved.connect(self.list.step_by)
        self.kind_bar.chosen.connect(lambda _kind: self._show_found())
        self.kind_bar.cleared.connect(self._on_kind_bar_cleared)
        self.kind_bar.move_requested.connect(self._on_bar_move_requested)
        self.purpose_bar.switched.connect(lambda _purpose, _on: self._show_found())
        self.purpose_bar.move_requested.connect(self._on_bar_move_requested)
        self.purpose_button.clicked.connect(self._on_purpose_button_clicked)
        self.back_button.clicked.connect(self.left)
        self.list.entry_chosen.connect(self._on_list_entry_chosen)
        self.list.trial_requested.connect(self._on_trial_requested)
        self.trial_button.clicked.connect(self._on_trial_requested)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)

    # ------------------------------------------------------------ public

    def show_consultation(self, consultation: Consultation | None) -> None:
        """Show the verdicts of the open consultation beside the entries."""
        super().show_consultation(consultation)
        session = self.desk.session
        if not session.judges_later():
            found = () if consultation is None else session.screenings()
            self._screenings = {one.entry: one for one in found}
        self._show_found()

    def show_figures(self) -> None:
        """Show the marks, found by now."""
        self.show_consultation(self._shown)

    def focus_first(self) -> None:
        """Begin with typing; what was typed before is replaced."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # ------------------------------------------------------------ events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the purposes where the window is low, until they are asked for."""
        super().resizeEvent(event)
        if not self._purposes_were_chosen:
            self._show_purposes(self.height() >= self.desk.theme.px(LOW))

    # ------------------------------------------------------------ slots

    def _on_kind_bar_cleared(self) -> None:
        self.kind_bar.set_value(ALL)
        self._show_found()

    def _on_bar_move_requested(self, step: int) -> None:
        if step > 0:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.search.setFocus(Qt.FocusReason.BacktabFocusReason)

    def _on_purpose_button_clicked(self, is_open: bool) -> None:
        self._purposes_were_chosen = True
        self._show_purposes(is_open)
        if not is_open:
            self.purpose_bar.set_values_on(())
            self._show_found()

    def _on_list_entry_chosen(self, entry_id: str) -> None:
        self.pane.setVisible(bool(entry_id))
        self._show_action(entry_id)
        if entry_id:
            catalog, screening = self.desk.session.catalog, self._screenings.get(entry_id)
            truth_of = None if self._shown is None else self.desk.session.truth_of
            entry = catalog.entries[entry_id]
            self.pane.set_detail(entry_detail(catalog, entry, screening, truth_of))

    def _on_trial_requested(self) -> None:
        if not self.trial_button.isHidden() and self.trial_button.isEnabled():
            self.trial_requested.emit(self.list.current_entry())

    # ------------------------------------------------------------ private

    def _show_purposes(self, is_open: bool) -> None:
        self._purpose_box.setVisible(is_open)
        self.purpose_button.setChecked(is_open)

    def _show_found(self) -> None:
        kind, wanted = self.kind_bar.value(), self.purpose_bar.values_on()
        found = self._index.search.find(self.search.text())
        if kind != ALL:
            found = [entry for entry in found if kind_of(entry) == kind]
        if wanted:
            found = [entry for entry in found if wanted & self._index.purposes[entry.id]]
        chosen = self.list.current_entry() if not self.search.text() else ""
        self._count.setText(f"{len(found)}件")
        self._nothing.setVisible(not found)
        self.list.setVisible(bool(found))
        self.list.show_rows(Rows([entry.id for entry in found], self._line), chosen)

    def _line(self, entry_id: str) -> EntryLine:
        entry = self.desk.session.catalog.entries[entry_id]
        screening = self._screenings.get(entry_id)
        shape = "" if screening is None else VERDICT_SHAPE[screening.verdict]
        verdict = "" if screening is None else VERDICT_LABEL[screening.verdict]
        stage = self.desk.session.catalog.stages[entry.stage].label
        return EntryLine(entry.id, entry.short_name, entry.plain_name, stage, shape, verdict)

    def _show_action(self, entry_id: str) -> None:
        """Offer to try the entry out, or say why that cannot be done."""
        screening = self._screenings.get(entry_id)
        is_judged = screening is not None and screening.verdict is not Verdict.INFORMATION
        self.trial_button.setVisible(bool(entry_id) and is_judged)
        if entry_id:
            has_amount = self.desk.session.catalog.entries[entry_id].has_firm_amount
            self.trial_button.setText("この制度で試算" if has_amount else "この相談での判定を見る")
        reason = "" if is_judged else (NO_CONSULTATION if self._shown is None else NOT_JUDGED)
        self._aside.setText(reason if entry_id else "")
