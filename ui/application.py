"""Starts the window: Qt, fonts and style first, everything else after the first paint."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from models.values.problems import UserFacingError
from ui.consultation_session import ConsultationSession
from ui.crash_guard import fault_text
from ui.dialogs.ask import Ask
from ui.main_window import MainWindow
from ui.page_base import Desk
from ui.theme import FIRST_FONTS, LATER_FONTS, Theme, load_fonts

if TYPE_CHECKING:
    from types import TracebackType

    from models.stores.consultation_store import ConsultationStore
    from models.values.office import Office
    from ui.commands.context import CommandContext

OFFICE_FILE = "office.json"


def run_window(context: CommandContext) -> int:
    """Show the window until it is closed; return the exit code."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    app.setApplicationName("みちしるべ")
    load_fonts(FIRST_FONTS)
    theme = Theme()
    theme.apply()
    ask = Ask()
    session = ConsultationSession(
        open_store=lambda name_question: _open_store(context, name_question),
        load_catalog=lambda: context.catalog,
        load_office=lambda: _load_office(context),
        clock=context.clock,
    )
    window = MainWindow(Desk(session, theme, ask, context.catalog_file))
    guard = WindowGuard(window, ask)
    sys.excepthook = guard.on_fault
    window.show()
    # The queue is empty again only after the window has been painted.
    QTimer.singleShot(0, lambda: complete_start(window, guard))
    app.exec()
    return guard.exit_code


def complete_start(window: MainWindow, guard: WindowGuard) -> None:
    """Do what the first paint did without."""
    load_fonts(LATER_FONTS)
    try:
        window.complete_start()
    except UserFacingError as error:
        guard.on_unusable(error)


def _open_store(context: CommandContext, name_question: str) -> ConsultationStore:
    from models.stores.consultation_store import ConsultationStore  # noqa: PLC0415 - late

    return ConsultationStore.open(context.data_folder, context.clock, name_question)


def _load_office(context: CommandContext) -> Office:
    """Return the office of the file beside the store; an empty one without it."""
    from models.values.office import Office  # noqa: PLC0415 - late
    from models.values.office_file import read_office  # noqa: PLC0415 - late

    file = context.data_folder / OFFICE_FILE
    return read_office(file.read_bytes(), file.name) if file.is_file() else Office()


class WindowGuard:
    """Tells of errors that reach the event loop, in calm words, and goes on."""

    def __init__(self, window: MainWindow, ask: Ask) -> None:
        self._window = window
        self._ask = ask
        self._is_telling = False
        self.exit_code = 0

    def on_unusable(self, error: UserFacingError) -> None:
        """Tell that the program cannot work, then close."""
        self._ask.tell(self._window, error.text())
        self.exit_code = int(error.exit_code)
        self._window.close()

    def on_fault(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Tell of an error in a slot; what was committed before is stored already."""
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        if self._is_telling:  # a fault that repeats with every paint is told once
            return
        self._is_telling = True
        try:
            is_known = isinstance(error, UserFacingError)
            text = error.text() if is_known else fault_text(error.with_traceback(trace))
            self._ask.tell(self._window, text)
        finally:
            self._is_telling = False
