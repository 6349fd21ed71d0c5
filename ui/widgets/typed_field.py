"""A line with a name that takes a value or says below it why it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from models.values.money_input import Refused
from ui.theme import TextStyle
from ui.widgets.basics import StyledLabel, column, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.theme import Theme


class TypedField(QWidget):
    """Parses what was typed when the line is left; what cannot be taken stays with its reason."""

    value_committed = Signal(object)
    """A value other than the shown one was typed; `None` for an emptied line."""

    def __init__(  # noqa: PLR0913, PLR0917 - a row of a form as data
        self,
        theme: Theme,
        name: str,
        parse: Callable[[str], object],
        written: Callable[[object], str],
        unit: str = "",
        hint: str = "",
        width: int = 150,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._parse = parse
        self._written = written
        self._shown: object = None
        self._width = width
        self.name = name
        layout = column(self, gap=2)
        self.caption = StyledLabel(theme, name, TextStyle.SMALL, "quiet")
        layout.addWidget(self.caption)
        line = row(gap=6)
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(hint)
        line.addWidget(self.line)
        if unit:
            line.addWidget(StyledLabel(theme, unit))
        line.addStretch(1)
        layout.addLayout(line)
        self.reason_label = StyledLabel(theme, "", TextStyle.SMALL, "negative", wrap=True)
        self.reason_label.hide()
        layout.addWidget(self.reason_label)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.line.editingFinished.connect(self.commit)
        self._size()
        theme.changed.connect(self._size)

    def show_value(self, value: object) -> None:
        """Show the stored value; what cannot be taken yet stays where it was typed."""
        self._shown = value
        if self.reason_label.isHidden() and not (self.line.hasFocus() and self.line.isModified()):
            self._write()

    def forget(self) -> None:
        """Forget what was typed and could not be taken."""
        self.reason_label.hide()
        self.line.setProperty("bad", False)
        self.line.style().polish(self.line)
        self._shown = None
        self._write()

    def commit(self) -> None:
        """Take what was typed, where it can be taken."""
        found = self._parse(self.line.text())
        refused = isinstance(found, Refused)
        self.reason_label.setText(found.reason if isinstance(found, Refused) else "")
        self.reason_label.setVisible(refused)
        self.line.setProperty("bad", refused)
        self.line.style().polish(self.line)
        if refused:
            return
        if found != self._shown:
            self._shown = found
            self.value_committed.emit(found)
        self._write()

    def reason(self) -> str:
        """Return why the text cannot be taken, "" where it can."""
        return "" if self.reason_label.isHidden() else self.reason_label.text()

    def _write(self) -> None:
        self.line.setText("" if self._shown is None else self._written(self._shown))
        self.line.setModified(False)

    def _size(self) -> None:
        self.line.setFixedWidth(self._theme.px(self._width))
