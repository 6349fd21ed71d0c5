"""What went wrong with the store, in Japanese, with what to do."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from models.values.problems import ExitCode, UserFacingError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PRIMARY_CODE = 0xFF  # SQLite's extended codes keep the primary one in the lowest byte
HELD_BY_ANOTHER_PROGRAM = 32  # Windows' ERROR_SHARING_VIOLATION

DAMAGED = (
    "相談の保存ファイルが壊れています。",
    "{file} には何も書き込んでいません。写しを取ってから、控えのファイルと置き換えてください。",
)
WORDS = {
    sqlite3.SQLITE_FULL: (
        "保存先の空きがなくなり、この変更は保存できませんでした。前の内容は残っています。",
        "{file} のあるディスクの空きを増やしてから、もう一度お試しください。",
    ),
    sqlite3.SQLITE_IOERR: (
        "保存先に読み書きできず、この変更は保存できませんでした。前の内容は残っています。",
        "{file} のあるディスクがつながっているか、空きがあるかを確かめてください。",
    ),
    sqlite3.SQLITE_BUSY: (
        "別のプログラムが相談の保存ファイルを使っています。",
        "{file} を開いているプログラムを閉じてから、もう一度お試しください。",
    ),
    sqlite3.SQLITE_READONLY: (
        "相談の保存ファイルに書き込む許可がありません。",
        "{file} とそのフォルダーに書き込めるようにしてください。",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "相談の保存ファイルを開けません。",
        "{file} とそのフォルダーを読み書きできるようにしてください。",
    ),
}
WORDS[sqlite3.SQLITE_LOCKED] = WORDS[sqlite3.SQLITE_BUSY]
WORDS[sqlite3.SQLITE_PERM] = WORDS[sqlite3.SQLITE_CANTOPEN]


class DamagedStoreError(UserFacingError):
    """The content of the store is not what was written; a salvage or a backup may help."""


class PassphraseNeededError(UserFacingError):
    """The store is encrypted, and it was opened without a passphrase."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message, advice, ExitCode.UNUSABLE_STORE)


class WrongPassphraseError(PassphraseNeededError):
    """The passphrase is not that of the store; the next try has to wait `seconds`."""

    def __init__(self, message: str, advice: str, seconds: int) -> None:
        super().__init__(message, advice)
        self.seconds = seconds


def unusable(file: Path, message: str, advice: str) -> UserFacingError:
    """Return the error for a store that cannot be used; `{file}` in the advice is its path."""
    return UserFacingError(message, advice.format(file=file), ExitCode.UNUSABLE_STORE)


def damaged(file: Path) -> DamagedStoreError:
    """Return the error for a store whose content is not what was written."""
    message, advice = DAMAGED
    return DamagedStoreError(message, advice.format(file=file), ExitCode.UNUSABLE_STORE)


def database_errors() -> tuple[type[Exception], ...]:
    """Return what a connection may raise: SQLCipher has classes of its own."""
    cipher = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error,) if cipher is None else (sqlite3.Error, cipher.Error)


def error_code(error: Exception) -> int:
    """Return SQLite's primary error code; text that cannot be decoded counts as corrupt."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & PRIMARY_CODE


def read_only(file: Path) -> UserFacingError:
    """Return the error for a change while another program holds the store."""
    return unusable(
        file,
        "別の みちしるべ が開いているため、いまは見るだけで、変更できません。",
        "先に開いた みちしるべ を閉じてから、開き直してください。",
    )


def unwritable(file: Path) -> UserFacingError:
    """Return the error for a change in a folder that can only be read."""
    return unusable(
        file,
        "書き込めないフォルダーにあるため、いまは見るだけで、変更できません。",
        "{file} のフォルダーに書き込めるようにしてから、開き直してください。",
    )


@contextmanager
def explained(file: Path) -> Iterator[None]:
    """Turn errors of SQLite and of the file system into `UserFacingError`."""
    try:
        yield
    except database_errors() as error:
        words = WORDS.get(error_code(error))
        raise (damaged(file) if words is None else unusable(file, *words)) from error
    except UnicodeDecodeError as error:
        raise damaged(file) from error
    except OSError as error:
        if getattr(error, "winerror", None) == HELD_BY_ANOTHER_PROGRAM:
            raise unusable(file, *WORDS[sqlite3.SQLITE_BUSY]) from error
        raise unusable(
            file,
            "相談を保存するフォルダーを使えません。",
            "{file} のフォルダーを読み書きできるようにするか、"
            "--data-dir で別の場所を選んでください。",
        ) from error
