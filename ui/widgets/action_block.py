"""あと少しで変わること: what the client could still do, in a few quiet lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.theme import TextStyle
from ui.widgets.basics import ElidedLabel, StyledLabel, column, make_button, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.theme import Theme

ACTIONS_TITLE = "あと少しで変わること"
MOST_LINES = 3


class ActionBlock(QWidget):
    """One line an action; all of them, in full, open on demand."""

    all_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        layout = column(self, margins=(0, 2, 0, 0), gap=5)
        head = row(gap=12)
        head.addWidget(StyledLabel(theme, ACTIONS_TITLE, TextStyle.SMALL_STRONG, "quiet"))
        self.all_button = make_button(theme, "すべて読む", "link", icon="right")
        self.all_button.clicked.connect(self.all_requested)
        head.addWidget(self.all_button)
        head.addStretch(1)
        layout.addLayout(head)
        self._lines = [ElidedLabel(theme) for _ in range(MOST_LINES)]
        for line in self._lines:
            layout.addWidget(line)
        self.hide()

    def show_sentences(self, sentences: Sequence[str], most: int = MOST_LINES) -> None:
        """Show the first of these; nothing stands here when there are none."""
        for place, line in enumerate(self._lines):
            is_shown = place < min(most, len(sentences))
            line.set_full_text(f"・{sentences[place]}" if is_shown else "")
            line.setVisible(is_shown)
        self.all_button.setText(f"すべて読む（{len(sentences)}件）")
        self.setVisible(bool(sentences))

    def text(self) -> str:
        """Return the shown sentences."""
        return "\n".join(line.full_text() for line in self._lines if line.full_text())
