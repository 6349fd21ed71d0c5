"""What guards a passphrase: a rule for choosing it, and growing waits after wrong ones.

The waits slow down somebody at this keyboard. Who has copied the file is slowed by the key
derivation alone, so the rule asks for a passphrase that is long enough.
"""

from __future__ import annotations

import contextlib
import json
import os
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models.stores.cipher import SALT_SIZE, derive_key, is_plain, looks_encrypted, salt_of
from models.stores.store_errors import (
    PassphraseNeededError,
    WrongPassphraseError,
    damaged,
    database_errors,
    unusable,
)
from models.stores.store_file import opens

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from models.stores.cipher import StoreKey

ATTEMPTS_NAME = "consultations.attempts"
SHORTEST = 8
LONGEST = 1_000
FREE_TRIES = 3
LONGEST_WAIT = 300
UNTYPABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

NEEDED = (
    "相談の記録は合言葉で守られています。",
    "合言葉を入れてください。コマンドでは --passphrase-file FILE か、"
    "環境変数 MICHISHIRUBE_PASSPHRASE で渡せます。",
)
WRONG = (
    "合言葉が違います。相談の記録には何も起きていません。",
    "大文字と小文字、かな入力になっていないかを確かめて、もう一度入れてください。"
    "合言葉を忘れると、記録は開けません。合言葉が正しいはずなら、ファイルが壊れているかもしれません"
    "（控えは {file} と同じフォルダーの backups にあります）。",
)
TOO_EARLY = (
    "合言葉の間違いが続いたので、少し待ちます。",
    "あと{seconds}秒ほどしてから、もう一度入れてください。",
)


def passphrase_problem(passphrase: str) -> str:
    """Return what is wrong with a new passphrase in Japanese, "" when it can be set."""
    if len(passphrase) < SHORTEST:
        return f"合言葉は{SHORTEST}文字以上にしてください。短い文より長い文のほうが安全です。"
    if len(passphrase) > LONGEST:
        return f"合言葉は{LONGEST:,}文字までにしてください。"
    if not passphrase.strip() or len(set(passphrase)) == 1:
        return "同じ文字だけの合言葉は使えません。"
    if any(unicodedata.category(letter) in UNTYPABLE for letter in passphrase):
        return "合言葉に改行や制御文字は使えません。"
    return ""


@dataclass(frozen=True, slots=True)
class Attempts:
    """Wrong passphrases in a row, kept beside the store so that a restart forgets none."""

    file: Path
    clock: Callable[[], datetime]

    def wait(self) -> int:
        """Return how many seconds the next try has to wait."""
        wrong, last = self._read()
        if last is None or wrong < FREE_TRIES:
            return 0
        due = timedelta(seconds=min(2 ** (wrong - FREE_TRIES + 1), LONGEST_WAIT))
        passed = self.clock() - last
        # A clock that was set back must not shut anybody out for years.
        if passed < timedelta(0) or passed >= due:
            return 0
        return max(1, round((due - passed).total_seconds()))

    def count(self) -> None:
        """Note a try before it is made: who kills the program in between gains nothing."""
        wrong, _ = self._read()
        note = {"wrong": wrong + 1, "last": self.clock().isoformat()}
        with contextlib.suppress(OSError):  # a read-only folder: the derivation still slows
            self.file.write_text(json.dumps(note), encoding="utf-8")

    def forget(self) -> None:
        """Start anew: the passphrase was right."""
        with contextlib.suppress(OSError):
            self.file.unlink(missing_ok=True)

    def _read(self) -> tuple[int, datetime | None]:
        try:
            note = json.loads(self.file.read_text(encoding="utf-8"))
            wrong, last = int(note["wrong"]), datetime.fromisoformat(note["last"])
        except (OSError, ValueError, TypeError, KeyError):
            return 0, None
        if last.tzinfo is None or not 0 <= wrong < 2**31:
            return 0, None
        return min(wrong, 64), last


def key_of(file: Path, passphrase: str | None, clock: Callable[[], datetime]) -> StoreKey | None:
    """Return the key of the store, None for one without encryption; a missing one gets a new key.

    Raises `PassphraseNeededError` without a passphrase, `WrongPassphraseError` with a wrong one or
    while the wait after earlier ones is not over.
    """
    if not file.exists():
        if passphrase is None:
            return None
        refuse_bad(file, passphrase)
        return new_key(passphrase)
    if not looks_encrypted(file):
        return None
    if passphrase is None:
        raise PassphraseNeededError(*NEEDED)
    attempts = Attempts(file.with_name(ATTEMPTS_NAME), clock)
    if seconds := attempts.wait():
        message, advice = TOO_EARLY
        raise WrongPassphraseError(message, advice.format(seconds=seconds), seconds)
    attempts.count()
    key = derive_key(passphrase, salt_of(file))
    if not opens(file, key, "rw"):
        if _fits_a_backup(file, passphrase, key):
            attempts.forget()
            raise damaged(file)
        message, advice = WRONG
        raise WrongPassphraseError(message, advice.format(file=file), attempts.wait())
    attempts.forget()
    return key


def _fits_a_backup(file: Path, passphrase: str, key: StoreKey) -> bool:
    """Whether the passphrase is right for the newest backup: then the store itself is damaged.

    A backup with the salt of the store has its key, so it settles the matter. Without one the
    store's salt may be what is damaged.
    """
    from models.stores.backups import BACKUP_FOLDER, backups_in  # noqa: PLC0415 - seldom

    try:
        found = backups_in(file.parent / BACKUP_FOLDER)
        encrypted = [backup.file for backup in found if looks_encrypted(backup.file)]
        same = [backup for backup in encrypted if salt_of(backup) == key.salt]
        if same:
            return any(opens(backup, key) for backup in same)
        newest = encrypted[:1]
        return any(opens(each, derive_key(passphrase, salt_of(each))) for each in newest)
    except (*database_errors(), OSError):
        return False


def new_key(passphrase: str) -> StoreKey:
    """Return a key for a file still to be written."""
    return derive_key(passphrase, os.urandom(SALT_SIZE))


def fitting_key(file: Path, *keys: StoreKey | None) -> StoreKey | None:
    """Return the one of some keys that the file was written with, told by its salt."""
    if is_plain(file):
        return None
    salt = salt_of(file)
    return next((key for key in keys if key is not None and key.salt == salt), None)


def refuse_bad(file: Path, passphrase: str) -> None:
    """Raise `UserFacingError` when a new passphrase cannot be set."""
    if reason := passphrase_problem(passphrase):
        raise unusable(file, reason, "ほかの合言葉にしてください。")
