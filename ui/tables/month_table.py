"""The month table: what goes out, what comes in and what is left, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from reports.cash_content import MONTH_HEADS, month_rows, total_row
from reports.month_chart import HARDEST
from reports.wording import NOTHING
from ui.theme import TextStyle
from ui.widgets.basics import ElidedLabel, StyledLabel, make_rule

if TYPE_CHECKING:
    from models.values.way_money import WayMoney
    from reports.cash_content import MonthRow
    from ui.theme import Theme

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
NOTE_COLUMN = len(MONTH_HEADS)


class MonthTable(QWidget):
    """Rows of labels; the hardest month is strong and named."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(NOTE_COLUMN, 1)
        self._widgets: list[QWidget] = []
        self._shown: set[int] = set()

    def show_money(self, money: WayMoney) -> None:
        """Show the months of a way."""
        for widget in self._widgets:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._widgets.clear()
        rows = (*month_rows(money), total_row(money))
        # A column in which nothing moves gives its room to the others.
        self._shown = {
            place
            for place in range(len(MONTH_HEADS))
            if any(row.cells[place] != NOTHING for row in rows)
        }
        for place, head in enumerate(MONTH_HEADS):
            if place in self._shown:
                label = StyledLabel(self._theme, head, TextStyle.SMALL, "quiet")
                self._put(label, 0, place)
        line = 1
        for row in rows:
            if row is rows[-1]:
                rule = make_rule()
                self._widgets.append(rule)
                self._grid.addWidget(rule, line, 0, 1, NOTE_COLUMN + 1)
                line += 1
            self._add_row(line, row)
            line += 1

    def texts(self) -> list[str]:
        """Return every cell in reading order."""
        return [one.text() for one in self._widgets if isinstance(one, StyledLabel)]

    def _add_row(self, line: int, row: MonthRow) -> None:
        style = TextStyle.STRONG if row.is_hardest else TextStyle.BODY
        for place, text in enumerate(row.cells):
            if place not in self._shown:
                continue
            # Ranges and words stand above their figure: six columns fill a small screen.
            lines = text.replace("〜", "〜\n").replace(" ", "\n")
            self._put(StyledLabel(self._theme, lines, style), line, place)
        marks = (HARDEST if row.is_hardest else "", row.expenses)
        words = "　".join(part for part in marks if part)
        if words:
            note = ElidedLabel(self._theme, TextStyle.SMALL, "quiet")
            note.set_full_text(words)
            self._widgets.append(note)
            self._grid.addWidget(note, line, NOTE_COLUMN)

    def _put(self, label: StyledLabel, line: int, place: int) -> None:
        self._widgets.append(label)
        label.setAlignment(RIGHT if place else Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(label, line, place, RIGHT if place else Qt.AlignmentFlag.AlignLeft)
