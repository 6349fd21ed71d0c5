"""Starts the window: Qt, its fonts and the frame first, everything else after the first paint."""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from ui.first_window import FirstWindow
from ui.launch import start_refusal
from ui.theme import FIRST_FONTS, LATER_FONTS, Theme, load_fonts, system_scheme

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from models.values.office import Office
    from models.values.problems import UserFacingError
    from ui.commands.context import CommandContext
    from ui.consultation_session import ConsultationSession
    from ui.dialogs.ask import Ask
    from ui.main_window import MainWindow
    from ui.store_door import StoreDoor

OFFICE_FILE = "office.json"
QT_WORDS = "qtbase_ja"


def run_window(make_context: Callable[[], CommandContext]) -> int:
    """Show the window until it is closed; return the exit code."""
    refuse = start_refusal(os.environ)
    if refuse is not None:
        from ui.commands.command_line import run_safely  # noqa: PLC0415 - not for the first paint

        return run_safely(refuse)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    load_fonts(FIRST_FONTS)
    theme = Theme(system_scheme())
    window = FirstWindow(theme)
    guard = WindowGuard(window)
    sys.excepthook = guard.on_fault
    threading.excepthook = guard.on_fault_beside
    sys.unraisablehook = guard.on_fault_beside
    window.first_frame.painted.connect(lambda: complete_start(make_context, theme, window, guard))
    window.show()
    app.exec()
    return guard.exit_code


def complete_start(
    make_context: Callable[[], CommandContext],
    theme: Theme,
    window: FirstWindow,
    guard: WindowGuard,
) -> None:
    """Load what the first paint did without, and fill the window."""
    from ui.consultation_session import ConsultationSession  # noqa: PLC0415 - late
    from ui.large_catalog import WAIT, CatalogReading, is_large  # noqa: PLC0415 - late
    from ui.store_door import StoreDoor  # noqa: PLC0415 - late

    QApplication.setApplicationName("みちしるべ")
    load_fonts(LATER_FONTS)
    theme.apply()
    theme.follow_system()
    context = make_context()
    door = StoreDoor(context.data_folder, context.clock, guard.ask, lambda: window)
    session = ConsultationSession(
        open_store=door.open,
        load_catalog=lambda: context.catalog,
        load_office=lambda: _load_office(context),
        clock=context.clock,
    )
    guard.save = session.flush

    def fill() -> None:
        fill_window(context, theme, window, guard, (session, door))

    if not is_large(context.catalog_file):
        fill()
        return
    window.first_frame.show_wait(WAIT)
    reading = CatalogReading(session)
    reading.finished.connect(fill)
    reading.start()


def fill_window(
    context: CommandContext,
    theme: Theme,
    window: FirstWindow,
    guard: WindowGuard,
    store: tuple[ConsultationSession, StoreDoor],
) -> None:
    """Put the pages in the place of the first drawing."""
    from models.values.problems import UserFacingError  # noqa: PLC0415 - late
    from ui.main_window import MainWindow  # noqa: PLC0415 - late
    from ui.page_base import Desk  # noqa: PLC0415 - late

    session, _ = store
    content = MainWindow(Desk(session, theme, guard.ask, context.catalog_file))
    window.hold(content)
    try:
        content.complete_start()
    except UserFacingError as error:
        guard.on_unusable(error)
        return
    speak_japanese(window)
    QTimer.singleShot(0, lambda: keep_store(theme, window, content, guard, store))


def keep_store(
    theme: Theme,
    window: FirstWindow,
    content: MainWindow,
    guard: WindowGuard,
    store: tuple[ConsultationSession, StoreDoor],
) -> None:
    """Begin backups and the lock, once the list can be used."""
    from ui.store_keeper import StoreKeeper  # noqa: PLC0415 - late

    session, door = store
    keeper = StoreKeeper(window, content, session, door, (guard.ask, theme))
    keeper.start()
    content.prepare_pages()


def speak_japanese(window: FirstWindow) -> None:
    """Give Qt's own dialogs and menus (files, printing, copy and paste) their Japanese words."""
    translator = QTranslator(window)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QT_WORDS, folder):
        QApplication.installTranslator(translator)


def _load_office(context: CommandContext) -> Office:
    """Return the office of the file beside the store; an empty one without it."""
    from models.values.office import Office  # noqa: PLC0415 - late
    from models.values.office_file import read_office  # noqa: PLC0415 - late

    file = context.data_folder / OFFICE_FILE
    return read_office(file.read_bytes(), file.name) if file.is_file() else Office()


class WindowGuard:
    """Tells of errors that reach the event loop, in calm words, and goes on."""

    def __init__(self, window: FirstWindow) -> None:
        self._window = window
        self._ask: Ask | None = None
        self._is_telling = False
        self.exit_code = 0
        self.save: Callable[[], None] = lambda: None
        """Writes what is not on the disk yet; there is nothing before the session."""

    @property
    def ask(self) -> Ask:
        """The door for modal questions."""
        if self._ask is None:
            from ui.dialogs.ask import Ask  # noqa: PLC0415 - late

            self._ask = Ask()
        return self._ask

    def on_unusable(self, error: UserFacingError) -> None:
        """Tell that the program cannot work, then close."""
        self.ask.tell(self._window, error.text())
        self.exit_code = int(error.exit_code)
        self._window.close()

    def on_fault(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Save, then tell of an error in a slot, with a report that can be copied."""
        from models.values.problems import UserFacingError  # noqa: PLC0415 - late
        from ui.crash_guard import fault_report, window_fault_text  # noqa: PLC0415 - late

        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        if self._is_telling:  # a fault that repeats with every paint is told once
            return
        self._is_telling = True
        try:
            is_saved = self._save_first()
            if isinstance(error, UserFacingError):
                self.ask.tell(self._window, error.text())
            else:
                report = fault_report(error.with_traceback(trace))
                self.ask.tell_fault(self._window, window_fault_text(saved=is_saved), report)
        finally:
            self._is_telling = False

    def on_fault_beside(self, fault: threading.ExceptHookArgs | sys.UnraisableHookArgs) -> None:
        """Note an error that no slot raised; the window goes on."""
        from ui.crash_guard import tell_quietly  # noqa: PLC0415 - late

        tell_quietly(fault.exc_value)

    def _save_first(self) -> bool:
        """Write what is not on the disk yet; tell whether that went well."""
        from ui.crash_guard import guarded  # noqa: PLC0415 - late

        def save() -> int:
            self.save()
            return 0

        return guarded(save, lambda _text: None) == 0
