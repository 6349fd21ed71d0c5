"""Draws what was found: the best combination, what it leaves out, and what would be doubled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from models.values.results import VERDICT_LABEL, VERDICT_SHAPE
from reports.plan_content import (
    DOUBLE_MARK,
    DOUBLE_RULE,
    LEFT_OUT_TITLE,
    NOT_SPOKEN,
    double_asides,
    double_words,
    left_out_groups,
    plan_words,
    split_sentence,
)
from ui.tables.comparison_grid import MarkView
from ui.theme import Role, TextStyle
from ui.widgets.amount_button import AmountButton
from ui.widgets.basics import Badge, StyledLabel, column, named, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.values.catalog import Catalog
    from models.values.consultation import Consultation
    from models.values.plan import DoubleFunding, Plan
    from models.values.results import SimulationResult
    from reports.plan_content import PlannedWords, PlanWords
    from ui.theme import Theme

DOUBLE_TITLES = {
    True: "案をぜんぶ使うと、二重になる経費",
    False: "二つ以上の枠に入れられる経費",
}


class PlanView(QWidget):
    """One plan in words and figures; every amount opens its working."""

    frame_opened = Signal(object)
    """The amount of this frame (`SimulationResult`) was opened."""

    def __init__(  # noqa: PLR0913, PLR0917 - a plan, whose it is, and what else is said of it
        self,
        theme: Theme,
        catalog: Catalog,
        consultation: Consultation,
        plan: Plan,
        results: Sequence[SimulationResult],
        double: DoubleFunding | None,
        within: str = "",
    ) -> None:
        super().__init__()
        self._theme = theme
        self._catalog = catalog
        self.words = plan_words(catalog, consultation.expenses, plan, within)
        self.amounts: list[AmountButton] = []
        layout = column(self, gap=8)
        self._add_total(layout)
        for words, result in zip(self.words.frames, results, strict=True):
            layout.addWidget(self._frame_card(words, result))
        for text in self.words.to_confirm:
            layout.addWidget(StyledLabel(theme, text, look="attention", wrap=True))
        if self.words.runner_up:
            layout.addWidget(StyledLabel(theme, self.words.runner_up, wrap=True))
        if double is not None:
            self._add_double(layout, consultation, double, plan)
        self._add_left_out(layout, self.words)

    def texts(self) -> str:
        """Return every shown word, a line each."""
        labels = (label.text() for label in self.findChildren(StyledLabel))
        badges = (badge.text() for badge in self.findChildren(Badge))
        return "\n".join((*labels, *badges, *(one.text() for one in self.amounts)))

    # ------------------------------------------------------------ private

    def _add_total(self, layout: QVBoxLayout) -> None:
        theme, words = self._theme, self.words
        if not words.frames:
            layout.addWidget(StyledLabel(theme, words.heading, TextStyle.STRONG, wrap=True))
        else:
            line = row(gap=10)
            line.addWidget(StyledLabel(theme, "補助額の合計"))
            line.addWidget(StyledLabel(theme, words.total, TextStyle.FIGURE_LARGE))
            line.addWidget(StyledLabel(theme, "見込み・以内", TextStyle.SMALL, "quiet"))
            line.addSpacing(14)
            line.addStretch(1)
            layout.addLayout(line)
            below = row(gap=10)
            below.addWidget(StyledLabel(theme, "ご自身の負担"))
            below.addWidget(StyledLabel(theme, words.own_burden, TextStyle.FIGURE_STRONG))
            below.addWidget(StyledLabel(theme, "税込", TextStyle.SMALL, "quiet"))
            below.addStretch(1)
            layout.addLayout(below)
        style = TextStyle.STRONG if words.frames else TextStyle.BODY
        look = "" if words.certificate or not words.frames else "attention"
        layout.addWidget(StyledLabel(theme, words.proof, style, look, wrap=True))
        if words.certificate:
            small = TextStyle.SMALL
            layout.addWidget(StyledLabel(theme, words.certificate, small, "quiet", wrap=True))

    def _frame_card(self, words: PlannedWords, result: SimulationResult) -> QWidget:
        theme, verdict = self._theme, result.screening.verdict
        card = named(QFrame(), "card")
        inner = column(card, margins=(14, 8, 10, 10), gap=4)
        head = row(gap=8)
        mark = MarkView(theme, VERDICT_SHAPE[verdict])
        mark.setAccessibleName(VERDICT_LABEL[verdict])
        head.addWidget(mark)
        name = StyledLabel(theme, words.name, TextStyle.STRONG, wrap=True)
        head.addWidget(name, 1)
        amount = AmountButton(theme, words.amount, words.name)
        amount.clicked.connect(lambda: self.frame_opened.emit(result))
        self.amounts.append(amount)
        head.addWidget(amount)
        inner.addLayout(head)
        state = row(gap=6)
        state.addWidget(StyledLabel(theme, VERDICT_LABEL[verdict], TextStyle.SMALL, "quiet"))
        state.addWidget(Badge(theme, words.stage))
        if not result.screening.in_play:
            state.addWidget(Badge(theme, NOT_SPOKEN, Role.ATTENTION))
        state.addStretch(1)
        inner.addLayout(state)
        for expense, cost in words.expenses:
            text = f"{expense}　{cost}"
            inner.addWidget(StyledLabel(theme, text, TextStyle.BODY, wrap=True))
        return card

    def _add_double(
        self, layout: QVBoxLayout, consultation: Consultation, double: DoubleFunding, plan: Plan
    ) -> None:
        theme, catalog = self._theme, self._catalog
        of_scenarios = bool(consultation.scenarios)
        shown = double.split if of_scenarios else plan
        layout.addSpacing(10)
        layout.addWidget(StyledLabel(theme, DOUBLE_TITLES[of_scenarios], TextStyle.SECTION))
        layout.addWidget(StyledLabel(theme, DOUBLE_RULE))
        for one in double_words(catalog, consultation.expenses, double, shown):
            line = row(gap=8)
            line.addWidget(Badge(theme, DOUBLE_MARK, Role.ATTENTION))
            line.addWidget(StyledLabel(theme, one.sentence, wrap=True), 1)
            layout.addLayout(line)
        if of_scenarios:
            sentence = split_sentence(catalog, double)
            layout.addWidget(StyledLabel(theme, sentence, TextStyle.STRONG, wrap=True))
            for aside in double_asides(catalog, double):
                layout.addWidget(StyledLabel(theme, aside, look="attention", wrap=True))

    def _add_left_out(self, layout: QVBoxLayout, words: PlanWords) -> None:
        theme = self._theme
        groups = left_out_groups(words)
        if not groups:
            return
        layout.addSpacing(10)
        layout.addWidget(StyledLabel(theme, LEFT_OUT_TITLE, TextStyle.SECTION))
        for why, names in groups:
            layout.addWidget(StyledLabel(theme, why, TextStyle.SMALL_STRONG, "quiet", wrap=True))
            layout.addWidget(StyledLabel(theme, names, wrap=True))
