"""分かれ目: two ways along one amount, where one overtakes, and how far it carries each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QWidget

from models.planning.break_even_choices import WayComparer, WorthShowing, lever_choices, ranked
from models.planning.shared_curve import PATIENCES
from reports.break_even_content import Measure, chart_of, costs_sentence, sentences_of
from ui.gradual import Gradual
from ui.panels.panel_base import PANEL_MARGIN, PanelBase
from ui.steps import Step
from ui.theme import TextStyle
from ui.widgets.basics import StyledLabel, clear_layout, column, make_button, row
from ui.widgets.chart_view import LineChartView
from ui.widgets.page_scroll import page_scroll

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    from models.planning.lever import Lever
    from models.values.break_even import NoLine
    from models.values.consultation import Consultation
    from models.values.ways import Way, Ways
    from ui.page_base import Desk

TOO_FEW = "くらべる案が二つそろうと、ここに分かれ目が出ます。"
NO_EXPENSES = "経費がまだ入っていません。入れると、ここに分かれ目が出ます。"
CAPTION_WIDTH = 96
NO_LEVER = "この二つの案の対象になる経費がありません。"
SEARCHING = "調べています…"
SEARCHING_LONG = (
    "調べています… 経費の分け方がとても多いので、もう少しかかります。"
    "待つあいだも、ほかの操作ができます。"
)
REFINING = "図の線を、もっと正確に調べています…"
SOON_MS = 400
LONG_MS = 5_000


class BreakEvenPanel(PanelBase):
    """Two ways and an amount to choose; the chart, and in words what it shows.

    What is worth showing first is found between events, in slices.
    """

    comparison_shown = Signal()
    """What was chosen, or what tells most, stands on the screen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._worked: tuple[Consultation, tuple[Ways, ...]] | None = None
        self._worker: tuple[WayComparer, Ways] | None = None
        self._ways: tuple[Way, ...] = ()
        self._levers: tuple[Lever, ...] = ()
        self._wanted: tuple[str, str, Lever, str] | None = None
        """What the user chose: the labels of both ways, the amount, and what it is called."""
        self._search = Gradual(self)
        self._chosen = Gradual(self)
        """What is worked out: either what tells most, or what the user chose."""
        self._patiences: list[int] = []
        """With how much patience to look for what the user chose, if need be."""
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._long = QTimer(self, singleShot=True, interval=LONG_MS)
        self.shown: WorthShowing | None = None
        self.measure = Measure.SUBSIDY
        self._captions: list[StyledLabel] = []
        self._build()
        self._connect()

    def _build(self) -> None:
        theme = self.desk.theme
        scroll, layout = page_scroll((PANEL_MARGIN, 14, PANEL_MARGIN, 24), 10)
        column(self, gap=0).addWidget(scroll)
        self.choices = QWidget()
        choices = column(self.choices, gap=8)
        self.first = self._combo("一つ目の案")
        self.second = self._combo("二つ目の案")
        self.amount = self._combo("動かす金額")
        for words, combo, after in (
            ("くらべる案", self.first, "と"),
            ("", self.second, ""),
            ("動かす金額", self.amount, ""),
        ):
            choices.addLayout(self._line(words, combo, after))
        choices.addLayout(self._build_measures())
        layout.addWidget(self.choices)
        self._hint = row(gap=12)
        self.hint = StyledLabel(theme, "", look="attention", wrap=True)
        self._hint.addWidget(self.hint, 1)
        self.expenses_button = make_button(
            theme, "経費を入れる", icon="right", shortcut_hint="Ctrl+3"
        )
        self._hint.addWidget(self.expenses_button)
        layout.addLayout(self._hint)
        self.chart = LineChartView(theme)
        layout.addWidget(self.chart)
        self._told = column(gap=6)
        layout.addLayout(self._told)
        layout.addStretch(1)

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(name)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return combo

    def _line(self, words: str, combo: QComboBox, after: str):  # noqa: ANN202 - a layout
        line = row(gap=10)
        line.addWidget(self._caption(words))
        line.addWidget(combo)
        line.addWidget(StyledLabel(self.desk.theme, after))
        line.addStretch(1)
        return line

    def _caption(self, words: str) -> StyledLabel:
        label = StyledLabel(self.desk.theme, words, look="quiet")
        self._captions.append(label)
        label.setFixedWidth(self.desk.theme.px(CAPTION_WIDTH))
        return label

    def _build_measures(self):  # noqa: ANN202 - a layout
        line = row(gap=10)
        line.addWidget(self._caption("縦の目もり"))
        self.measures = QButtonGroup(self)
        for place, measure in enumerate(Measure):
            button = make_button(self.desk.theme, measure.value)
            button.setCheckable(True)
            button.setChecked(measure is self.measure)
            self.measures.addButton(button, place)
            line.addWidget(button)
        line.addStretch(1)
        return line

    def _connect(self) -> None:
        self._search.finished.connect(self._show_best)
        self._chosen.finished.connect(self._tell)
        self._soon.timeout.connect(lambda: self._show_waiting(SEARCHING))
        self._long.timeout.connect(lambda: self._show_waiting(SEARCHING_LONG))
        self.first.activated.connect(self._on_way_chosen)
        self.second.activated.connect(self._on_way_chosen)
        self.amount.activated.connect(self._on_amount_chosen)
        self.measures.idClicked.connect(self._on_measure_chosen)
        self.expenses_button.clicked.connect(lambda: self.step_requested.emit(Step.EXPENSES))
        self.desk.theme.changed.connect(self._on_theme_changed)

    # ------------------------------------------------------------ public

    def show_consultation(self, consultation: Consultation) -> None:
        """Begin to work out what the consultation's ways show; the screen follows when idle."""
        super().show_consultation(consultation)
        found = self.desk.session.ways()
        if self._worked is not None and self._worked == (consultation, found):
            return
        self._worked = (consultation, found)
        ways = next((one for one in found if _countable(one)), None)
        self._ways = () if ways is None else _countable(ways)
        self._stop()
        if ways is None or not consultation.expenses:
            self.shown = None
            self._show_nothing(TOO_FEW if consultation.expenses else NO_EXPENSES)
            return
        self._worker = WayComparer(self.desk.session.catalog, consultation), ways
        self._start()

    def focus_first(self) -> None:
        """Begin with the amount: it is changed most."""
        (self.amount if self.choices.isVisible() else self).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def release(self) -> None:
        """Stop working."""
        self._stop()

    def sentences(self) -> tuple[str, ...]:
        """Return what is said below the chart."""
        return () if self.shown is None else sentences_of(self.shown)

    # ------------------------------------------------------------ slots

    def _on_way_chosen(self) -> None:
        first, second = self.first.currentIndex(), self.second.currentIndex()
        if first == second:
            second = (first + 1) % len(self._ways)
            self.second.setCurrentIndex(second)
        pair = self._ways[first], self._ways[second]
        levers = self._fill_levers(pair)
        if not levers:
            self.shown = None
            self._show_nothing(NO_LEVER, keep=True)
            return
        held = self._held_lever()
        self._show(pair, levers[0] if held is None else held)

    def _on_amount_chosen(self) -> None:
        self._show(*self._chosen_now())

    def _on_measure_chosen(self, place: int) -> None:
        self.measure = tuple(Measure)[place]
        self._draw()

    def _on_theme_changed(self) -> None:
        for label in self._captions:
            label.setFixedWidth(self.desk.theme.px(CAPTION_WIDTH))
        if self.shown is not None:
            self._draw()

    # ------------------------------------------------------------ private

    def _stop(self) -> None:
        self._search.stop()
        self._chosen.stop()
        self._stop_waiting()

    def _work_on(self, work: Gradual, steps: Generator[None, None, object]) -> None:
        """Begin to work something out; if it takes long, the screen says so."""
        self._stop()
        work.start(steps)
        self._soon.start()
        self._long.start()

    def _stop_waiting(self) -> None:
        self._soon.stop()
        self._long.stop()

    def _show_waiting(self, words: str) -> None:
        """Put away what was asked before, and say that the answer is on its way."""
        self.shown = None
        self._show_hint(words, keep=self._chosen.is_working)

    def _start(self) -> None:
        """Go on with what the user chose where it still stands, else look for what tells most."""
        wanted = self._wanted
        labels = [way.label for way in self._ways]
        if wanted is not None and {wanted[0], wanted[1]} <= set(labels):
            pair = self._ways[labels.index(wanted[0])], self._ways[labels.index(wanted[1])]
            self._fill_levers(pair)
            held = self._held_lever()
            if held is not None:
                self._fill_ways(pair)
                self._show(pair, held)
                return
        if self._worker is not None:
            comparer, ways = self._worker
            self._wanted = None
            self._work_on(self._search, _all_found(comparer.every(ways)))

    def _held_lever(self) -> Lever | None:
        """Return the amount that the user chose, by its name where a scenario's has changed."""
        if self._wanted is None:
            return None
        if self._wanted[2] in self._levers:
            return self._wanted[2]
        place = self.amount.findText(self._wanted[3])
        return None if place < 0 else self._levers[place]

    def _show_best(self, found: Sequence[WorthShowing]) -> None:
        self._stop_waiting()
        self._patiences = list(PATIENCES[1:])
        best = next(iter((*ranked(found), *found)), None)
        if best is not None:
            self._fill_ways(best.ways)
            self._fill_levers(best.ways)
            self._put(best)
            return
        self._fill_ways((self._ways[0], self._ways[1]))
        self._on_way_chosen()

    def _show(self, pair: tuple[Way, Way], lever: Lever) -> None:
        place = self._levers.index(lever)
        self._wanted = (pair[0].label, pair[1].label, lever, self.amount.itemText(place))
        self.amount.setCurrentIndex(place)
        self.shown = None
        self._patiences = list(PATIENCES)
        self._look(pair, lever)

    def _look(self, pair: tuple[Way, Way], lever: Lever) -> None:
        """Look for the lines, with more patience than before."""
        if self._worker is not None:
            comparer, ways = self._worker
            steps = comparer.steps(ways, pair, lever, self._patiences.pop(0))
            self._work_on(self._chosen, steps)

    def _tell(self, found: WorthShowing | NoLine) -> None:
        self._stop_waiting()
        if isinstance(found, WorthShowing):
            self._put(found)
        elif self._patiences:
            self._look(*self._chosen_now())
        elif self.shown is None:
            self._show_nothing(found.reason, keep=True)
        else:
            self._draw()  # what was found with less patience stays

    def _chosen_now(self) -> tuple[tuple[Way, Way], Lever]:
        pair = self._ways[self.first.currentIndex()], self._ways[self.second.currentIndex()]
        return pair, self._levers[self.amount.currentIndex()]

    def _put(self, found: WorthShowing) -> None:
        """Show what was found; what is rough is replaced later."""
        self.shown = found
        self.amount.setCurrentIndex(self._levers.index(found.lever))
        if found.rough and self._patiences:
            self._look(found.ways, found.lever)
            self._stop_waiting()
        self._draw()
        self.comparison_shown.emit()

    def _fill_ways(self, pair: tuple[Way, Way]) -> None:
        for combo, way in zip((self.first, self.second), pair, strict=True):
            combo.clear()
            combo.addItems([one.short for one in self._ways])
            combo.setCurrentIndex(self._ways.index(way))

    def _fill_levers(self, pair: tuple[Way, Way]) -> tuple[Lever, ...]:
        if self._shown is None:
            return ()
        choices = lever_choices(self.desk.session.catalog, self._shown, pair)
        self._levers = tuple(choice.lever for choice in choices)
        self.amount.clear()
        self.amount.addItems([choice.label for choice in choices])
        return self._levers

    def _show_nothing(self, words: str, *, keep: bool = False) -> None:
        """Say why there is no chart; `keep` leaves the choices for another try."""
        self._show_hint(words, keep=keep)
        self.comparison_shown.emit()

    def _show_hint(self, words: str, *, keep: bool) -> None:
        self.choices.setVisible(keep)
        self.hint.setText(words)
        self.hint.show()
        self.expenses_button.setVisible(words == NO_EXPENSES)
        self.chart.hide()
        clear_layout(self._told)

    def _draw(self) -> None:
        shown = self.shown
        if shown is None:
            return
        self.choices.show()
        self.hint.hide()
        self.expenses_button.hide()
        told = self.sentences()
        self.chart.setVisible(shown.found.can_both_hold)
        if shown.found.can_both_hold:
            self.chart.show_lines(chart_of(shown, self.measure), "".join(told))
        clear_layout(self._told)
        theme = self.desk.theme
        for place, sentence in enumerate(told):
            style = TextStyle.BODY if place else TextStyle.STRONG
            self._told.addWidget(StyledLabel(theme, sentence, style, wrap=True))
        if shown.found.can_both_hold:
            self._told.addWidget(
                StyledLabel(theme, costs_sentence(shown), TextStyle.SMALL, "quiet", wrap=True)
            )
        if self._chosen.is_working:
            self._told.addWidget(StyledLabel(theme, REFINING, TextStyle.SMALL, "quiet", wrap=True))


def _all_found(
    shown: Iterable[WorthShowing | None],
) -> Generator[None, None, Sequence[WorthShowing]]:
    """Gather what is shown, in small steps."""
    found: list[WorthShowing] = []
    for each in shown:
        if each is not None:
            found.append(each)
        yield
    return found


def _countable(ways: Ways) -> tuple[Way, ...]:
    """Return the ways that may be compared; none where there are not two."""
    found = tuple(way for way in ways.ways if not way.is_ruled_out)
    return found if len(found) > 1 else ()
