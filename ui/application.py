"""Starts the window: Qt, fonts and style first, everything else after the first paint."""

from __future__ import annotations

import sys
from datetime import datetime
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
    from ui.commands.context import CommandContext


def run_window(context: CommandContext) -> int:
    """Show the window until it is closed; return the exit code."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    app.setApplicationName("みちしるべ")
    load_fonts(FIRST_FONTS)
    theme = Theme()
    theme.apply()
    ask = Ask()
    session = ConsultationSession(
        lambda name_question: _open_store(context, name_question), lambda: context.catalog, now
    )
    window = MainWindow(Desk(session, theme, ask))
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


def now() -> datetime:
    """Return the time of this machine; everything else is given a clock."""
    return datetime.now().astimezone()  # noqa: DTZ005, TID251 - the one place that asks


def _open_store(context: CommandContext, name_question: str) -> ConsultationStore:
    from models.stores.consultation_store import ConsultationStore  # noqa: PLC0415 - late

    return ConsultationStore.open(context.data_folder, now, name_question)


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
