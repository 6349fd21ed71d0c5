"""The small contract of every panel: one view of a page that holds several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from models.values.consultation import Consultation
    from models.values.problems import Problem
    from ui.page_base import Desk

PANEL_MARGIN = 28
PLAN_TAB = "組合せ"


class PanelBase(QWidget):
    """Shows one side of a consultation and tells what the user changed in it.

    Like a page it stores nothing: `edited` carries the changed copy and a Japanese label of the
    change, and the panel is shown the outcome. It is built when its tab is first opened.
    """

    edited = Signal(object, str)
    question_requested = Signal(str)
    """The user wants to answer this question (id)."""
    step_requested = Signal(object)
    """The user wants to go to this `Step`."""
    tab_requested = Signal(str)
    """The user wants to see the panel behind the tab of these words."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._shown: Consultation | None = None

    def show_consultation(self, consultation: Consultation) -> None:
        """Show what the consultation holds; called when it is opened and after changes."""
        self._shown = consultation

    def focus_first(self) -> None:
        """Put the focus where the work begins."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit_pending(self) -> None:
        """Commit what is being typed; called before the panel is left."""

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the input here."""
        return ()

    def release(self) -> None:
        """Let go of threads and files; called before the window closes."""
