"""Encryption at rest: SQLCipher files, their keys, and what tells them from damaged ones.

The only module that imports sqlcipher3, and only when a file is really encrypted: a store without a
passphrase starts without it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from hashlib import pbkdf2_hmac
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

PLAIN_HEADER = b"SQLite format 3\0"
PAGE_SIZE = 4096
SALT_SIZE = 16
KEY_SIZE = 32
# SQLCipher 4's own derivation. It is done here and not by SQLCipher, so that a store, its backups
# and its copies cost one derivation together, and so that no change of its defaults locks us out.
KDF_HASH = "sha512"
KDF_ROUNDS = 256_000
# Every page of an encrypted file is noise, and 4,096 random bytes hold all 256 values (but for one
# file in 30,000); text, zeros and the table of a page hold far fewer.
FEWEST_VALUES_IN_NOISE = 240


@dataclass(frozen=True, slots=True)
class StoreKey:
    """The key of one encrypted file; `salt` stands in the file's first bytes and is no secret."""

    raw: bytes = field(repr=False)
    salt: bytes

    def text(self) -> str:
        """Return the key as SQLCipher takes it: derived already, with its salt."""
        return f"x'{self.raw.hex()}{self.salt.hex()}'"


def looks_encrypted(file: Path) -> bool:
    """Whether the file is an SQLCipher file, damaged or not; raises `OSError`."""
    with file.open("rb") as stream:
        first_page = stream.read(PAGE_SIZE)
    if first_page.startswith(PLAIN_HEADER) or len(first_page) < PAGE_SIZE:
        return False
    return len(set(first_page)) >= FEWEST_VALUES_IN_NOISE


def is_plain(file: Path) -> bool:
    """Whether the file begins as a database without encryption does; raises `OSError`."""
    with file.open("rb") as stream:
        return stream.read(len(PLAIN_HEADER)) == PLAIN_HEADER


def salt_of(file: Path) -> bytes:
    """Return the salt that an encrypted file begins with; raises `OSError`."""
    with file.open("rb") as stream:
        return stream.read(SALT_SIZE)


def derive_key(passphrase: str, salt: bytes) -> StoreKey:
    """Return the key of a passphrase, which takes some tenths of a second on purpose.

    Full-width and half-width letters count as the same, whatever the input method left behind.
    """
    secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    return StoreKey(pbkdf2_hmac(KDF_HASH, secret, salt, KDF_ROUNDS, KEY_SIZE), salt)


def connect_encrypted(uri: str, key: StoreKey | None, timeout: float) -> sqlite3.Connection:
    """Return a connection of SQLCipher; without a key to a plain file.

    Its exceptions are not those of `sqlite3` (see `store_errors.database_errors`). A wrong key
    shows only when the file is first read.
    """
    from sqlcipher3 import dbapi2  # noqa: PLC0415 - 7 ms and 20 MB that a plain store saves

    library = cast("Any", dbapi2)
    connection = library.connect(uri, uri=True, timeout=timeout, isolation_level=None)
    try:
        # First of all, and for the whole process: a wrong key would be told on standard error.
        connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
        if key is not None:
            connection.execute(f'PRAGMA key = "{key.text()}"').fetchall()
    except BaseException:
        connection.close()
        raise
    return cast("sqlite3.Connection", connection)
