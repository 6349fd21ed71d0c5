"""Keeps the store safe while the window is open: backups, the lock, the settings."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from models.stores.store_errors import DamagedStoreError
from models.stores.store_settings import StoreSettings, read_settings, write_settings
from models.values.problems import UserFacingError
from ui.dialogs.store_dialogs import UNPROTECTED, StoreAction, StoreView
from ui.idle_lock import IdleLock
from ui.lock_cover import LockCover

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QMainWindow, QWidget

    from models.stores.open_store import BackupOutcome
    from ui.consultation_session import ConsultationSession
    from ui.dialogs.ask import Ask
    from ui.store_door import StoreDoor
    from ui.theme import Theme

NEW_WORDS = ("記録と控えを、この合言葉で暗号化します。",)
NO = "やめる"
LEFT_BEHIND = "次の控えには前の合言葉が残っているか、控えが壊れています（35日で消えます）:"


class StoreKeeper(QObject):
    """Works between the session, the store's door and the dialogs; made once for a window."""

    backups_made = Signal(object)
    """The day's backups are over: outcomes, or the `UserFacingError` that ended them."""

    def __init__(
        self,
        window: QMainWindow,
        content: QWidget,
        session: ConsultationSession,
        door: StoreDoor,
        tools: tuple[Ask, Theme],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._content = content
        self._session = session
        self._door = door
        self._ask, theme = tools
        self._thread: threading.Thread | None = None
        self._held_id: int | None = None
        self.cover = LockCover(window, theme)
        self.idle_lock = IdleLock(door.clock, self)
        self.idle_lock.expired.connect(self.lock)
        self.cover.unlock_requested.connect(self.unlock)
        self.backups_made.connect(self._on_backups_made)
        session.settings_requested.connect(self.show_settings)
        session.passphrase_requested.connect(lambda: self._guarded(StoreAction.ENCRYPT))
        for key, slot in (("Ctrl+L", self.lock), ("Ctrl+,", self.show_settings)):
            QShortcut(QKeySequence(key), window).activated.connect(slot)

    # ------------------------------------------------------------ public

    def start(self) -> None:
        """Begin once the window shows the list."""
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self.idle_lock)
            app.aboutToQuit.connect(self.release)
        self._watch()
        self._back_up()

    def release(self) -> None:
        """Wait for a backup under way; called before the store closes."""
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def lock(self) -> None:
        """Close an encrypted store and cover the window until somebody unlocks it."""
        if self.cover.isVisible() or not self._session.store.is_encrypted:
            return
        focused = QApplication.focusWidget()
        if focused is not None:
            focused.clearFocus()  # commits what is being typed
        self.release()
        self._held_id = self._session.consultation_id
        self._session.close()
        self._session.release()
        self._content.setEnabled(False)
        self.idle_lock.watch(0)
        self.cover.show_over()

    def unlock(self) -> None:
        """Ask for the passphrase; go on where the work was left."""
        self._door.no_word = "鍵をかけたままにする"
        try:
            self._session.store  # noqa: B018 - opening asks
        except UserFacingError:
            return
        self.cover.hide()
        self._content.setEnabled(True)
        self._session.list_changed.emit()
        if self._held_id is not None:
            self._session.open(self._held_id)
        self._watch()

    def show_settings(self) -> None:
        """Show the settings until there is nothing more to do."""
        if self.cover.isVisible():
            return
        while True:
            settings = self._settings()
            action, minutes = self._ask.store_settings(self._window, self._view(settings))
            if minutes != settings.lock_minutes:
                self._keep(replace(settings, lock_minutes=minutes))
                self._watch()
            if action is None:
                return
            if action is StoreAction.LOCK_NOW:
                self.lock()
                return
            self._guarded(action)

    # ------------------------------------------------------------ private

    def _guarded(self, action: StoreAction) -> None:
        steps: dict[StoreAction, Callable[[], None]] = {
            StoreAction.ENCRYPT: self._encrypt,
            StoreAction.DECRYPT: self._decrypt,
            StoreAction.CHOOSE_FOLDER: self._choose_folder,
            StoreAction.NO_FOLDER: lambda: self._keep(replace(self._settings(), backup_folder="")),
        }
        try:
            steps[action]()
        except UserFacingError as error:
            self._ask.tell(self._window, error.message, error.advice)

    def _encrypt(self) -> None:
        passphrase = self._ask.new_passphrase(self._window, NEW_WORDS, NO)
        if passphrase is None:
            return
        self.release()
        self._session.flush()
        self._tell_left(self._session.store.set_passphrase(passphrase))
        self._session.list_changed.emit()
        self._session.post("合言葉を決め、記録と控えを暗号化しました")
        self._watch()

    def _decrypt(self) -> None:
        text = "合言葉をやめますか。"
        if not self._ask.confirm(self._window, text, UNPROTECTED, "合言葉をやめる"):
            return
        self.release()
        self._session.flush()
        self._tell_left(self._session.store.remove_passphrase())
        self._session.post("合言葉をやめました")
        self._watch()

    def _tell_left(self, left: tuple[Path, ...]) -> None:
        if left:
            self._ask.tell(self._window, LEFT_BEHIND, "\n".join(map(str, left)))

    def _choose_folder(self) -> None:
        folder = self._ask.folder(self._window, "毎日の控えを置く2つ目の場所")
        if folder is not None:
            self._keep(replace(self._settings(), backup_folder=str(folder.absolute())))
            self._back_up()

    def _watch(self) -> None:
        minutes = self._settings().lock_minutes
        self.idle_lock.watch(minutes if self._session.store.is_encrypted else 0)

    def _settings(self) -> StoreSettings:
        return read_settings(self._door.folder)

    def _keep(self, settings: StoreSettings) -> None:
        try:
            write_settings(self._door.folder, settings)
        except OSError:
            self._session.post("設定を保存できませんでした")

    def _view(self, settings: StoreSettings) -> StoreView:
        from models.stores.backups import backups_in  # noqa: PLC0415 - only for the settings
        from models.stores.open_store import backup_folder  # noqa: PLC0415 - as above

        store = self._session.store
        made = [each for each in backups_in(backup_folder(self._door.folder)) if not each.reason]
        last = f"最後の控え {made[0].made_at:%Y-%m-%d %H:%M}" if made else "まだ控えがありません"
        return StoreView(
            store.is_encrypted,
            store.is_read_only,
            settings.lock_minutes,
            settings.backup_folder,
            last,
        )

    def _back_up(self) -> None:
        """Make the day's backups beside the work: a large store takes seconds to check."""
        self.release()
        job = self._session.store.backup_job()

        def run() -> None:
            try:
                outcome: object = job()
            except UserFacingError as error:
                outcome = error
            self.backups_made.emit(outcome)

        self._thread = threading.Thread(target=run, name="backup", daemon=False)
        self._thread.start()

    def _on_backups_made(self, outcome: tuple[BackupOutcome, ...] | UserFacingError) -> None:
        if isinstance(outcome, DamagedStoreError):
            advice = "みちしるべ を閉じて、開き直してください。取り戻す方法を案内します。"
            self._ask.tell(self._window, outcome.message, advice)
            return
        if isinstance(outcome, UserFacingError):
            self._session.post(outcome.message)
            return
        for each in outcome:
            if each.problem:
                self._session.post(each.problem)
