"""Backups: whole copies of the store, each read again and checked before it counts.

A copy is made byte by byte while no change can be under way, so an encrypted store gives encrypted
backups under the same key.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from models.stores.patience import patiently
from models.stores.store_errors import damaged
from models.stores.store_file import APPLICATION_ID, connect, make_private
from models.stores.store_replacement import destroy, finish_replacement, sync_folder
from models.stores.store_rows import checksum

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from models.stores.cipher import StoreKey

BACKUP_FOLDER = "backups"
DAYS_KEPT = 7
WEEKS_KEPT = 4
TERM = timedelta(days=DAYS_KEPT + 7 * WEEKS_KEPT)
"""How old a backup may become; what was deleted is then gone from all of them."""
NAME = re.compile(r"consultations-(\d{8}-\d{6})(-[a-z0-9-]+)?\.sqlite")
TIME = "%Y%m%d-%H%M%S"
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup; `made_at` is in local time, `reason` is empty for the daily ones."""

    file: Path
    made_at: datetime
    reason: str = ""


def backup_name(now: datetime, reason: str = "") -> str:
    """Return the file name of a backup made now."""
    return f"consultations-{now.strftime(TIME)}{reason and '-'}{reason}.sqlite"


def backups_in(folder: Path) -> tuple[Backup, ...]:
    """Return the backups in a folder, newest first; none when it cannot be read."""
    try:
        files = list(folder.iterdir())
    except OSError:
        return ()
    found = [backup for file in files if (backup := _backup(file)) is not None]
    return tuple(sorted(found, key=lambda backup: (backup.made_at, backup.file.name), reverse=True))


def copy_store(
    connection: sqlite3.Connection, file: Path, key: StoreKey | None, target: Path
) -> None:
    """Write a checked copy of an open store to `target`, which must not be half a copy ever.

    Raises `DamagedStoreError` when the store itself is not sound; an existing target is replaced
    only by a good copy. Errors of the database and `OSError` are for the caller to explain.
    """
    unfinished = target.with_name(f"{target.name}.new")
    make_private(unfinished)
    try:
        connection.execute("BEGIN IMMEDIATE")  # a foreign program may not write meanwhile
        try:
            (count,) = connection.execute("SELECT count(*) FROM consultation").fetchone()
            written = copy_bytes(file, unfinished)
        finally:
            connection.execute("ROLLBACK")
        if hash_from_disk(unfinished) != written or check_store(unfinished, key) != count:
            raise damaged(file)  # noqa: TRY301 - the unfinished copy goes, whatever went wrong
        patiently(lambda: unfinished.replace(target))
        sync_folder(target.parent)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def check_store(file: Path, key: StoreKey | None) -> int:
    """Return how many consultations a store holds, after reading and checking every one.

    Raises `DamagedStoreError` when anything in it is not what was written.
    """
    connection = connect(file, "ro", key)
    try:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise damaged(file)
        if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise damaged(file)
        count = 0
        for document, written in connection.execute("SELECT document, checksum FROM consultation"):
            if checksum(document) != written:
                raise damaged(file)
            count += 1
        return count
    finally:
        connection.close()


def is_due(folder: Path, today: date) -> bool:
    """Whether the day's backup is still missing in a folder."""
    return not any(
        backup.made_at.date() == today and not backup.reason for backup in backups_in(folder)
    )


def finish_leftovers(folder: Path) -> None:
    """Bring to an end, or destroy, what a killed program left among the backups."""
    for unfinished in folder.glob("consultations-*.sqlite.new"):
        destroy(unfinished)
    for ending in ("next", "old"):
        for left in folder.glob(f"consultations-*.sqlite.{ending}"):
            finish_replacement(left.with_suffix(""))


def rotate(folder: Path, today: date) -> None:
    """Delete the backups whose time is over; the newest daily one always stays."""
    for backup in superfluous(backups_in(folder), today):
        patiently(backup.file.unlink)


def superfluous(backups: Iterable[Backup], today: date) -> list[Backup]:
    """Return those to delete: one a day stays for a week, one a week for four more.

    Of a week the oldest stays, so that what is kept today is still kept tomorrow. What was set
    aside for another reason (before a migration, replaced by a restore) stays for the whole term.
    """
    newest_first = sorted(backups, key=lambda backup: backup.made_at, reverse=True)
    daily = [backup for backup in newest_first if not backup.reason]
    kept: dict[tuple[str, object], Backup] = {}
    for backup in daily:
        day = backup.made_at.date()
        age = (today - day).days
        if age < DAYS_KEPT:
            kept.setdefault(("day", day), backup)
        elif age < TERM.days:
            kept[("week", day.isocalendar()[:2])] = backup
    staying = set(map(id, kept.values()))
    staying |= {id(backup) for backup in daily[:1]}
    staying |= {
        id(backup)
        for backup in newest_first
        if backup.reason and today - backup.made_at.date() < TERM
    }
    return [backup for backup in newest_first if id(backup) not in staying]


def _backup(file: Path) -> Backup | None:
    found = NAME.fullmatch(file.name)
    if found is None:
        return None
    try:
        made_at = datetime.strptime(found[1], TIME)  # noqa: DTZ007 - local time, as the file name
    except ValueError:
        return None
    return Backup(file, made_at, (found[2] or "").removeprefix("-"))


def copy_bytes(source: Path, target: Path) -> str:
    """Copy a file and return the hash of what was read."""
    seen = sha256()
    with source.open("rb") as reading, target.open("r+b") as writing:
        while block := reading.read(BLOCK):
            seen.update(block)
            writing.write(block)
        writing.flush()
        os.fsync(writing.fileno())
    return seen.hexdigest()


def hash_from_disk(file: Path) -> str:
    """Return the hash of a file, read from the disk itself where the system lets us ask."""
    seen = sha256()
    with file.open("rb") as stream:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while block := stream.read(BLOCK):
            seen.update(block)
    return seen.hexdigest()
