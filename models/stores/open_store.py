"""An open store as a file: its lock, its key, its transactions and its backups."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.stores.cipher import is_plain
from models.stores.passphrase import fitting_key, key_of, new_key, refuse_bad
from models.stores.store_errors import (
    DamagedStoreError,
    explained,
    read_only,
    unusable,
    unwritable,
)
from models.stores.store_file import connect, open_file
from models.stores.store_lock import FolderLock
from models.stores.store_replacement import finish_replacement
from models.stores.store_settings import read_settings
from models.values.problems import UserFacingError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from datetime import date, datetime
    from pathlib import Path
    from typing import Self

    from models.stores.cipher import StoreKey

FILE_NAME = "consultations.sqlite"
LOCK_NAME = "consultations.lock"


@dataclass(frozen=True, slots=True)
class BackupOutcome:
    """What became of a day's backup in one folder; `problem` is empty when it was made."""

    folder: Path
    problem: str = ""


class OpenStore:
    """The file of a store while it is open; made by `open`.

    Every method raises `UserFacingError` (exit code 3) when the store cannot be used, and then
    nothing has been written.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - called by `open` alone
        self,
        file: Path,
        key: StoreKey | None,
        connection: sqlite3.Connection,
        lock: FolderLock | None,
        clock: Callable[[], datetime],
        name_question: str,
    ) -> None:
        self._file = file
        self._key = key
        self._connection = connection
        self._lock = lock
        self._clock = clock
        self._name_question = name_question
        self._is_writable = True

    @classmethod
    def open(
        cls,
        folder: Path,
        clock: Callable[[], datetime],
        name_question: str,
        passphrase: str | None = None,
    ) -> Self:
        """Open the store in `folder`, which is made when it is missing.

        `clock` gives the time of a change, `name_question` is the id of the question whose answer
        is the client's name in the list. While another program has the store open, this one can
        only read (`is_read_only`). The passphrase counts where the store is encrypted, and
        encrypts one that is made; a store that is not encrypted opens without it. Raises
        `PassphraseNeededError`, `WrongPassphraseError` and `DamagedStoreError` among others.
        """
        file = folder / FILE_NAME
        with explained(file):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = FolderLock(folder / LOCK_NAME)
            is_ours = _take(lock, file)
            try:
                if is_ours:
                    finish_replacement(file)
                key = key_of(file, passphrase, clock)
                connection = open_file(
                    file, key, _backup_before_migration(file, key, clock) if is_ours else None
                )
            except BaseException:
                lock.release()
                raise
        store = cls(file, key, connection, lock if is_ours else None, clock, name_question)
        store._is_writable = lock.is_writable
        return store

    def close(self) -> None:
        """Close the file and let another program write."""
        self._connection.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self._file.parent

    @property
    def is_read_only(self) -> bool:
        """Whether this program can only look: another one has the store, or nobody may write."""
        return self._lock is None

    # ------------------------------------------------------------ the passphrase

    @property
    def is_encrypted(self) -> bool:
        """Whether the store has a passphrase."""
        return self._key is not None

    def set_passphrase(self, passphrase: str) -> tuple[Path, ...]:
        """Encrypt the store and its backups, or give them another passphrase.

        The former files are destroyed. Returns the backups that could not be brought along: those
        that are damaged, or still under a passphrase from before.
        """
        refuse_bad(self._file, passphrase)
        return self._rewrite(new_key(passphrase))

    def remove_passphrase(self) -> tuple[Path, ...]:
        """Keep the store and its backups without encryption; returns the same."""
        return self._rewrite(None)

    def _rewrite(self, key: StoreKey | None) -> tuple[Path, ...]:
        from models.stores.rewriting import rewrite, rewrite_backups  # noqa: PLC0415 - SQLCipher

        self._refuse_if_read_only()
        former = self._key
        with explained(self._file):
            self._connection.close()
            try:
                rewrite(self._file, former, key)
            finally:
                # Whatever went wrong, the store is whole, under the one key or the other.
                finish_replacement(self._file)
                self._key = fitting_key(self._file, former, key)
                self._connection = open_file(self._file, self._key, _no_migration)
            return rewrite_backups(self._backup_folders(), former, key)

    # ------------------------------------------------------------ backups

    def back_up(self, target: Path) -> None:
        """Write a checked copy of the store to a file of the advisor's choice."""
        from models.stores.backups import copy_store  # noqa: PLC0415 - only when used

        if target.absolute() == self._file.absolute():
            raise unusable(
                target, "保存ファイルそのものには書き出せません。", "別の名前を書いてください。"
            )
        with explained(target):
            copy_store(self._connection, self._file, self._key, target)

    def back_up_if_due(self) -> tuple[BackupOutcome, ...]:
        """Make the day's backups where they are still missing, and let old ones go.

        Nothing is raised but `DamagedStoreError`: a stick that is not there stops no consultation.
        """
        return self.backup_job()()

    def backup_job(self) -> Callable[[], tuple[BackupOutcome, ...]]:
        """Return the same as a job for another thread: it opens the file for itself."""
        from models.stores.backups import is_due  # noqa: PLC0415 - only when used

        now = self._clock()
        due = () if self.is_read_only else self._backup_folders()
        due = tuple(folder for folder in due if is_due(folder, now.date()))
        file, key = self._file, self._key
        return lambda: tuple(_back_up_into(folder, file, key, now) for folder in due)

    def forgotten_on(self) -> date | None:
        """Return from when on no automatic backup holds what is deleted now, None: at once.

        They are let go when the program is opened on that day or later.
        """
        from models.stores.backups import TERM, backups_in  # noqa: PLC0415 - only when used

        found = [each for folder in self._backup_folders() for each in backups_in(folder)]
        return max(each.made_at for each in found).date() + TERM if found else None

    def _backup_folders(self) -> tuple[Path, ...]:
        return backup_folders(self.folder)

    # ------------------------------------------------------------ changes

    def _refuse_if_read_only(self) -> None:
        if self.is_read_only:
            raise read_only(self._file) if self._is_writable else unwritable(self._file)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._refuse_if_read_only()
        with explained(self._file):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                # SQLite itself rolls back after some errors (a full disk)
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def _back_up_into(folder: Path, file: Path, key: StoreKey | None, now: datetime) -> BackupOutcome:
    from models.stores.backups import (  # noqa: PLC0415 - only when used
        backup_name,
        backups_in,
        copy_store,
        finish_leftovers,
        rotate,
    )

    try:
        with explained(folder):
            # Not its parents: a stick that is not plugged in must not become a folder.
            folder.mkdir(mode=0o700, exist_ok=True)
            finish_leftovers(folder)
            if key is not None and any(is_plain(each.file) for each in backups_in(folder)):
                # The stick was not there when the passphrase was set.
                from models.stores.rewriting import rewrite_backups  # noqa: PLC0415 - SQLCipher

                rewrite_backups((folder,), key, key)
            connection = connect(file, "rw", key)
            try:
                copy_store(connection, file, key, folder / backup_name(now))
            finally:
                connection.close()
            rotate(folder, now.date())
    except DamagedStoreError:
        raise
    except UserFacingError:
        return BackupOutcome(folder, f"控えを {folder} に作れませんでした。")
    return BackupOutcome(folder)


def _take(lock: FolderLock, file: Path) -> bool:
    """Take the lock; a store in a folder where nobody can write is opened to be read."""
    try:
        return lock.take()
    except OSError:
        if lock.is_writable or not file.exists():
            raise
        return False


def backup_folder(data_folder: Path) -> Path:
    """Return where the backups of a store lie beside it."""
    from models.stores.backups import BACKUP_FOLDER  # noqa: PLC0415 - only when used

    return data_folder / BACKUP_FOLDER


def backup_folders(data_folder: Path) -> tuple[Path, ...]:
    """Return where the backups lie: beside the store, and the advisor's second place if any."""
    second = read_settings(data_folder).second_folder
    return tuple(filter(None, (backup_folder(data_folder), second)))


def _backup_before_migration(
    file: Path, key: StoreKey | None, clock: Callable[[], datetime]
) -> Callable[[sqlite3.Connection, int], None]:
    def keep(connection: sqlite3.Connection, version: int) -> None:
        from models.stores.backups import backup_name, copy_store  # noqa: PLC0415 - seldom

        folder = backup_folder(file.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        name = backup_name(clock(), f"version-{version}")
        copy_store(connection, file, key, folder / name)

    return keep


def _no_migration(_connection: sqlite3.Connection, _version: int) -> None:
    """Keep nothing: the store was current a moment ago."""
