"""The small contract of every page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from models.values.consultation import Consultation
    from models.values.problems import Problem
    from ui.consultation_session import ConsultationSession
    from ui.dialogs.ask import Ask
    from ui.theme import Theme

PAGE_MARGIN = 28


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page works with; it comes through the constructor."""

    session: ConsultationSession
    theme: Theme
    ask: Ask
    catalog_file: Path | None = None
    """The compiled catalog, for work in a process of its own."""


class PageBase(QWidget):
    """Shows one consultation and tells what the user changed in it.

    A page never stores anything: it emits `edited` with the changed copy and a Japanese label of
    the change, and is shown the outcome.
    """

    title = ""
    needs_consultation = True
    digits_are_free = False
    """Whether digits mean nothing on this page, so that they may answer the next question."""

    edited = Signal(object, str)
    question_requested = Signal(str)
    """The user wants to answer this question (id)."""
    step_requested = Signal(object)
    """The user wants to go to this `Step`."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._shown: Consultation | None = None
        self.setObjectName("pageBody")

    def build_ahead(self) -> Iterator[None]:
        """Build, step by step, what the first visit would wait for; nobody sees the page yet."""
        return iter(())

    def show_consultation(self, consultation: Consultation | None) -> None:
        """Show what the consultation holds; called when the page is entered and after changes."""
        self._shown = consultation

    def show_figures(self) -> None:
        """Show again what follows from the answers: it was found a while after they changed."""

    def changed_copy(self) -> Consultation | None:
        """Return the shown consultation with what has been typed but not committed yet."""
        return self._shown

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the input on this page."""
        return ()

    def unsaved(self) -> tuple[Problem, ...]:
        """Return the problems whose text would be lost when the window closes."""
        return self.problems()

    def commit_pending(self) -> None:
        """Commit what is being typed; called before the page is left."""

    def focus_first(self) -> None:
        """Put the focus where the work on this page begins."""
        self.setFocus()

    def release(self) -> None:
        """Let go of threads and files; called before the window closes."""

    def focus_question(self, question: str) -> None:
        """Put the focus on a question, where the page has questions."""

    def open_entry(self, entry: str) -> None:
        """Open what is known of an entry, where the page has entries."""

    def print_sheet(self) -> None:
        """Print the sheet, where the page has one."""

    def _commit(self, label: str, **fields: object) -> None:
        """Emit `edited` with the shown consultation changed in these fields."""
        if self._shown is not None:
            self.edited.emit(replace(self._shown, **fields), label)
