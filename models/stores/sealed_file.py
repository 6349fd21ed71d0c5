"""One text in a file under a passphrase, for a consultation that travels (decision 0006).

It is an SQLCipher file with one row: the construction that guards the store guards it as well, and
each page proves that nobody has changed it.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from models.stores.cipher import derive_key, salt_of
from models.stores.passphrase import new_key, refuse_bad
from models.stores.patience import patiently
from models.stores.store_errors import (
    WrongPassphraseError,
    damaged,
    database_errors,
    error_code,
    explained,
)
from models.stores.store_file import connect, make_private, opens
from models.stores.store_replacement import sync_file

if TYPE_CHECKING:
    from pathlib import Path

APPLICATION_ID = 0x4D696369  # "Mici", one more than the store's
WRONG = (
    "このファイルの合言葉が違うか、ファイルが壊れています。",
    "渡した人に合言葉を確かめてください。何も読み込んでいません。",
)


def write_sealed(file: Path, text: str, passphrase: str) -> None:
    """Write a text under a passphrase; the file appears whole or not at all."""
    refuse_bad(file, passphrase)
    key = new_key(passphrase)
    unfinished = file.with_name(f".{file.name}.new")
    with explained(file):
        make_private(unfinished)
        try:
            connection = connect(unfinished, "rw", key)
            try:
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute("CREATE TABLE sealed (text TEXT NOT NULL) STRICT")
                connection.execute("INSERT INTO sealed VALUES (?)", (text,))
            finally:
                connection.close()
            sync_file(unfinished)
            patiently(lambda: unfinished.replace(file))
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


def read_sealed(file: Path, passphrase: str) -> str:
    """Return the text of a sealed file; raises `WrongPassphraseError` and others."""
    with explained(file):
        key = derive_key(passphrase, salt_of(file))
        if not opens(file, key):
            raise WrongPassphraseError(*WRONG, 0)
        connection = connect(file, "ro", key)
        try:
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise damaged(file)
            row = connection.execute("SELECT text FROM sealed").fetchone()
        except database_errors() as error:
            if error_code(error) == sqlite3.SQLITE_ERROR:
                raise damaged(file) from error
            raise
        finally:
            connection.close()
        if row is None:
            raise damaged(file)
        return row[0]
