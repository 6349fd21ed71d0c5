"""Opens the store for the window: asks for the passphrase, and helps with a damaged store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.stores.consultation_store import ConsultationStore
from models.stores.store_errors import (
    DamagedStoreError,
    PassphraseNeededError,
    WrongPassphraseError,
)
from models.values.problems import ExitCode, UserFacingError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ui.dialogs.ask import Ask

STAY_CLOSED = "閉じる"
NOT_OPENED = (
    "合言葉が入れられなかったので、相談の記録を開いていません。",
    "記録はそのまま残っています。合言葉を用意して、もう一度始めてください。",
)


class StoreDoor:
    """Opens the store in a folder, as often as the window needs it."""

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], datetime],
        ask: Ask,
        parent: Callable[[], QWidget | None],
    ) -> None:
        self.folder = folder
        self.clock = clock
        self._ask = ask
        self._parent = parent
        self.no_word = STAY_CLOSED
        """What the button says that does not unlock."""

    def open(self, name_question: str) -> ConsultationStore:
        """Return the open store; raises `UserFacingError` when nobody unlocks or mends it."""
        passphrase: str | None = None
        while True:
            try:
                store = ConsultationStore.open(self.folder, self.clock, name_question, passphrase)
                return self._listed(store)
            except WrongPassphraseError as error:
                passphrase = self._passphrase(error.message, error.seconds)
            except PassphraseNeededError:
                passphrase = self._passphrase("", 0)
            except DamagedStoreError as error:
                self._mend(error, passphrase)

    def _listed(self, store: ConsultationStore) -> ConsultationStore:
        """Return the store after its list was read: what is wrong with that is mended here too."""
        try:
            store.list()
        except UserFacingError:
            store.close()
            raise
        return store

    def _passphrase(self, message: str, seconds: int) -> str:
        given = self._ask.unlock(self._parent(), message, seconds, self.no_word)
        if given is None:
            raise UserFacingError(*NOT_OPENED, ExitCode.UNUSABLE_STORE)
        return given

    def _mend(self, error: DamagedStoreError, passphrase: str | None) -> None:
        """Let somebody choose what takes the place of a damaged store."""
        from models.stores.store_care import examine_damage, restore  # noqa: PLC0415 - seldom

        damage = examine_damage(self.folder, self.clock, passphrase)
        chosen = self._ask.damage(self._parent(), error.message, damage)
        if chosen is None:
            raise error
        restore(self.folder, chosen, self.clock, passphrase)
