"""What helps when a store is damaged or lost: salvage it, find a good backup, restore one."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from hashlib import file_digest
from typing import TYPE_CHECKING

from models.stores.backups import (
    Backup,
    backup_name,
    backups_in,
    check_store,
    copy_bytes,
    hash_from_disk,
)
from models.stores.cipher import derive_key, looks_encrypted, salt_of
from models.stores.open_store import FILE_NAME, LOCK_NAME, backup_folder, backup_folders
from models.stores.passphrase import NEEDED
from models.stores.patience import patiently
from models.stores.salvage import salvage
from models.stores.store_errors import (
    PassphraseNeededError,
    WrongPassphraseError,
    damaged,
    database_errors,
    explained,
    read_only,
    unusable,
)
from models.stores.store_file import SCHEMA_VERSION, connect, make_private, opens
from models.stores.store_lock import FolderLock
from models.stores.store_replacement import beside, destroy, finish_replacement, sync_folder
from models.values.problems import UserFacingError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from models.stores.cipher import StoreKey

REPLACED = "replaced"
SALVAGED = "salvaged"
WRONG_FOR_BACKUP = (
    "この控えの合言葉が違います。",
    "控えを作ったときの合言葉を入れてください。",
)


@dataclass(frozen=True, slots=True)
class FoundStore:
    """A sound file that could take the place of the store, and how many consultations it holds."""

    file: Path
    made_at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Damage:
    """What can be done about a damaged store; None where there is nothing."""

    salvaged: FoundStore | None
    backup: FoundStore | None

    def lines(self) -> tuple[str, ...]:
        """Return in Japanese what was found."""
        lines: list[str] = []
        if self.salvaged is None:
            lines.append("壊れたファイルから読み取れる相談はありませんでした。")
        else:
            lines.append(
                f"読み取れた相談 {self.salvaged.count}件を、新しいファイル"
                f" {self.salvaged.file} に取り出しました。"
            )
        if self.backup is None:
            lines.append("正しく読める控えは見つかりませんでした。")
        else:
            day = f"{self.backup.made_at:%Y-%m-%d %H:%M}"
            lines.append(
                f"いちばん新しい正しい控えは {day} のもの（相談 {self.backup.count}件）です:"
                f" {self.backup.file}"
            )
        return tuple(lines)

    def text(self) -> str:
        """Return the same for the command line, and how to go on there."""
        way = (
            "どちらかに取り替えるには「cases restore FILE」を使ってください。"
            "壊れたファイルには何も書き込んでいません。取り替えても backups に残します。"
        )
        return "\n".join((*self.lines(), way))


def examine_damage(folder: Path, clock: Callable[[], datetime], passphrase: str | None) -> Damage:
    """Salvage what a damaged store still holds into a new file, and find the newest good backup.

    The damaged file is only read. What was salvaged from the very same bytes before is not
    salvaged again. Raises `UserFacingError` when the folder cannot be written.
    """
    file = folder / FILE_NAME
    with explained(file):
        backups = [each for place in backup_folders(folder) for each in backups_in(place)]
        backups.sort(key=lambda backup: backup.made_at, reverse=True)
        keys = _Keys(passphrase)
        good = _newest_good([each for each in backups if SALVAGED not in each.reason], keys)
        with file.open("rb") as stream:
            reason = f"{SALVAGED}-{file_digest(stream, 'sha256').hexdigest()[:8]}"
        earlier = _newest_good([each for each in backups if each.reason == reason], keys)
        if earlier is not None:
            return Damage(earlier, good)
        key = keys.of(file)
        if good is not None and (key is None or not _fits(file, key)):
            key = keys.of(good.file)  # the first page, and with it the salt, may be lost
        own = backup_folder(folder)
        own.mkdir(mode=0o700, exist_ok=True)
        target = own / backup_name(now := clock(), reason)
        count = salvage(file, key, target, None if good is None else good.file)
        found = FoundStore(target, now.replace(tzinfo=None), count) if count else None
        return Damage(found, good)


def restore(
    folder: Path, source: Path, clock: Callable[[], datetime], passphrase: str | None
) -> tuple[int, Path | None]:
    """Put a checked copy of `source` in the place of the store; the former one is set aside.

    Returns how many consultations it holds, and where the former store lies now (None: there was
    none). Raises `UserFacingError`, and then the store is as before.
    """
    file = folder / FILE_NAME
    with explained(source):
        if not source.is_file():
            raise unusable(source, f"{source} がありません。", "控えのファイルを選んでください。")
        key = _Keys(passphrase).of(source)
        if key is None and looks_encrypted(source):
            raise PassphraseNeededError(*NEEDED)
        if key is not None and not opens(source, key):
            raise WrongPassphraseError(*WRONG_FOR_BACKUP, 0)
        count = check_store(source, key)
        _refuse_newer(source, key)
    with explained(file):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FolderLock(folder / LOCK_NAME)
        if not lock.take():
            raise read_only(file)
        try:
            finish_replacement(file)
            return count, _take_place(source, file, clock)
        finally:
            lock.release()


def _take_place(source: Path, file: Path, clock: Callable[[], datetime]) -> Path | None:
    unfinished = beside(file, "new")
    make_private(unfinished)
    if copy_bytes(source, unfinished) != hash_from_disk(unfinished):
        destroy(unfinished)
        raise damaged(unfinished)
    patiently(lambda: unfinished.replace(beside(file, "next")))
    aside = _set_aside(file, clock) if file.exists() else None
    finish_replacement(file)
    sync_folder(file.parent)
    return aside


def _set_aside(file: Path, clock: Callable[[], datetime]) -> Path:
    """Move the store among the backups; a journal goes first, for it must meet no other store."""
    own = backup_folder(file.parent)
    own.mkdir(mode=0o700, exist_ok=True)
    aside = own / backup_name(clock(), REPLACED)
    number = 1
    while aside.exists():
        number += 1
        aside = own / backup_name(clock(), f"{REPLACED}-{number}")
    journal = file.with_name(f"{file.name}-journal")
    if journal.exists():
        patiently(lambda: journal.replace(aside.with_name(f"{aside.name}-journal")))
    patiently(lambda: file.replace(aside))
    return aside


def _refuse_newer(file: Path, key: StoreKey | None) -> None:
    connection = connect(file, "ro", key)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    finally:
        connection.close()
    if version > SCHEMA_VERSION:
        raise unusable(
            file,
            "この控えは、もっと新しい みちしるべ で作られています。",
            "{file} は、新しい みちしるべ で戻してください。",
        )


class _Keys:
    """The keys that one passphrase gives, derived once for each salt."""

    def __init__(self, passphrase: str | None) -> None:
        self._passphrase = passphrase
        self._derived: dict[bytes, StoreKey] = {}

    def of(self, file: Path) -> StoreKey | None:
        """Return the key for a file; None for a plain one, and without a passphrase."""
        if self._passphrase is None or not looks_encrypted(file):
            return None
        salt = salt_of(file)
        if salt not in self._derived:
            self._derived[salt] = derive_key(self._passphrase, salt)
        return self._derived[salt]


def _fits(file: Path, key: StoreKey) -> bool:
    """Whether the key is that of a damaged file, as far as can be told."""
    try:
        return opens(file, key)
    except database_errors():
        return True


def _newest_good(backups: list[Backup], keys: _Keys) -> FoundStore | None:
    """Return the first of some backups that can be read and is sound."""
    for backup in backups:
        try:
            count = check_store(backup.file, keys.of(backup.file))
        except (*database_errors(), sqlite3.Error, UserFacingError, UnicodeDecodeError, OSError):
            continue
        return FoundStore(backup.file, backup.made_at, count)
    return None
