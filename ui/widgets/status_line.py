"""The line at the bottom: where the verdicts stand, and what happened last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.measures import STATUS_HEIGHT
from ui.theme import TextStyle
from ui.widgets.basics import ElidedLabel, StyledLabel, make_button, row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.following_results import OpenQuestions
    from ui.theme import Theme

JUDGING = "判定しています…"


def open_words(found: OpenQuestions) -> str:
    """Say how many questions are left: about what is in play first, then about all the rest."""
    left = found.all if found.in_play is None else found.in_play
    words = f"あと{left}問で決まります" if left else "答えはそろっています"
    return f"{words}（ほかの制度も見るなら {found.all}問）" if found.all > left else words


class StatusLine(QWidget):
    """Counts at the left; one quiet message with 元に戻す at the right."""

    undo_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("statusLine")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._counts = StyledLabel(theme, "", TextStyle.BODY)
        self._counts.setAccessibleName("判定の件数")
        self._message = ElidedLabel(theme, TextStyle.BODY, "quiet")
        self._undo = make_button(theme, "元に戻す", "link", icon="undo", shortcut_hint="Ctrl+Z")
        self._undo.hide()
        self._undo.clicked.connect(self.undo_requested)
        layout = row(self, margins=(20, 4, 16, 4), gap=16)
        layout.addWidget(self._counts)
        layout.addWidget(self._message, 1)
        layout.addWidget(self._undo)
        self.setMinimumHeight(theme.px(STATUS_HEIGHT))

    def show_counts(self, counts: Mapping[str, int] | None, found: OpenQuestions | None) -> None:
        """Show how many entries carry each mark, and how many questions are open."""
        if counts is None or found is None:
            self._counts.setText("")
            return
        shapes = "　".join(f"{shape} {number}件" for shape, number in counts.items())
        self._counts.setText(f"{shapes}　・　{open_words(found)}")

    def show_judging(self) -> None:
        """Tell that the counts are still being found."""
        self._counts.setText(JUDGING)

    def show_message(self, text: str, *, can_undo: bool) -> None:
        """Tell what happened, in one line."""
        self._message.set_full_text(text)
        self._undo.setVisible(can_undo)

    def counts_text(self) -> str:
        """Return the shown counts."""
        return self._counts.text()

    def message_text(self) -> str:
        """Return the shown message."""
        return self._message.full_text()
