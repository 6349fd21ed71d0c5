"""The consultations on this machine, one SQLite file, each with its undo steps."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from models.stores.passphrase import fitting_key, key_of, new_key, refuse_bad
from models.stores.store_errors import damaged, explained, read_only, unusable
from models.stores.store_file import open_file
from models.stores.store_lock import FolderLock
from models.stores.store_replacement import finish_replacement
from models.values.case_file import read_case, write_case
from models.values.edits import Edit, StaleEditError, apply_to_document
from models.values.problems import UserFacingError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from models.stores.cipher import StoreKey
    from models.values.catalog import Catalog
    from models.values.consultation import Consultation

FILE_NAME = "consultations.sqlite"
LOCK_NAME = "consultations.lock"
KEPT_UNDO_STEPS = 200

UNDO_STEP = """
    SELECT position, path, before, after, label, checksum FROM undo_step
    WHERE consultation = ? AND NOT undone ORDER BY position DESC LIMIT 1
"""
REDO_STEP = """
    SELECT position, path, before, after, label, checksum FROM undo_step
    WHERE consultation = ? AND undone ORDER BY position LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class ConsultationSummary:
    """One line of the list of consultations; `updated_at` is in UTC."""

    id: int
    client_name: str
    consulted_on: str | None
    title: str
    updated_at: datetime


class ConsultationStore:
    """Keeps consultations; made by `open`.

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

    @staticmethod
    def open(
        folder: Path,
        clock: Callable[[], datetime],
        name_question: str,
        passphrase: str | None = None,
    ) -> ConsultationStore:
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
            is_ours = lock.take()
            try:
                if is_ours:
                    finish_replacement(file)
                key = key_of(file, passphrase, clock)
                connection = open_file(file, key, read_only=not is_ours)
            except BaseException:
                lock.release()
                raise
        held = lock if is_ours else None
        return ConsultationStore(file, key, connection, held, clock, name_question)

    def close(self) -> None:
        """Close the file and let another program write."""
        self._connection.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> ConsultationStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_read_only(self) -> bool:
        """Whether another program has the store open, so that this one can only look."""
        return self._lock is None

    @property
    def is_encrypted(self) -> bool:
        """Whether the store has a passphrase."""
        return self._key is not None

    def set_passphrase(self, passphrase: str) -> None:
        """Encrypt the store, or give it another passphrase; the former file is destroyed."""
        refuse_bad(self._file, passphrase)
        self._rewrite(new_key(passphrase))

    def remove_passphrase(self) -> None:
        """Keep the store without encryption."""
        self._rewrite(None)

    def list(self) -> tuple[ConsultationSummary, ...]:
        """Return the consultations, the last changed first."""
        with explained(self._file):
            rows = self._connection.execute(
                "SELECT id, client_name, consulted_on, title, updated_at FROM consultation"
                " ORDER BY updated_at DESC, id DESC"
            ).fetchall()
        return tuple(
            ConsultationSummary(key, name, day, title, datetime.fromisoformat(changed))
            for key, name, day, title, changed in rows
        )

    def document(self, consultation_id: int) -> str:
        """Return the case file of a consultation, as it was written."""
        with explained(self._file):
            row = self._connection.execute(
                "SELECT document, checksum FROM consultation WHERE id = ?", (consultation_id,)
            ).fetchone()
        if row is None:
            raise UserFacingError(
                f"番号 {consultation_id} の相談はありません。", "一覧で番号を確かめてください。"
            )
        document, checksum = row
        if _checksum(document) != checksum:
            raise damaged(self._file)
        return document

    def load(self, consultation_id: int, catalog: Catalog) -> Consultation:
        """Return a consultation as `catalog` understands it."""
        document = self.document(consultation_id)
        return read_case(document.encode(), catalog, f"相談 {consultation_id}")

    def create(self, consultation: Consultation) -> int:
        """Keep a new consultation and return its id."""
        with self._transaction():
            return self._insert(write_case(consultation), *self._listed(consultation))

    def commit(self, consultation_id: int, consultation: Consultation, edit: Edit) -> None:
        """Keep a changed consultation and its undo step; what was undone before is gone."""
        with self._transaction():
            self._update(consultation_id, consultation)
            self._connection.execute(
                "DELETE FROM undo_step WHERE consultation = ? AND undone", (consultation_id,)
            )
            (last,) = self._connection.execute(
                "SELECT coalesce(max(position), 0) FROM undo_step WHERE consultation = ?",
                (consultation_id,),
            ).fetchone()
            step = (edit.path, _json(edit.before), _json(edit.after), edit.label)
            self._connection.execute(
                "INSERT INTO undo_step VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
                (consultation_id, last + 1, *step, _checksum(*step)),
            )
            self._connection.execute(
                "DELETE FROM undo_step WHERE consultation = ? AND position <= ?",
                (consultation_id, last + 1 - KEPT_UNDO_STEPS),
            )

    def can_undo(self, consultation_id: int) -> str | None:
        """Return the label of the step that `undo` would take back, None when there is none."""
        return self._label(UNDO_STEP, consultation_id)

    def can_redo(self, consultation_id: int) -> str | None:
        """Return the label of the step that `redo` would make again, None when there is none."""
        return self._label(REDO_STEP, consultation_id)

    def undo(self, consultation_id: int, catalog: Catalog) -> tuple[Consultation, Edit] | None:
        """Take the last step back; return the consultation and the step, None without one."""
        return self._step(UNDO_STEP, consultation_id, catalog, backwards=True)

    def redo(self, consultation_id: int, catalog: Catalog) -> tuple[Consultation, Edit] | None:
        """Make the last undone step again; return the same as `undo`."""
        return self._step(REDO_STEP, consultation_id, catalog, backwards=False)

    def duplicate(self, consultation_id: int) -> int:
        """Keep a copy without undo steps and return its id."""
        with self._transaction():
            document = self.document(consultation_id)
            listed = self._connection.execute(
                "SELECT client_name, consulted_on, title FROM consultation WHERE id = ?",
                (consultation_id,),
            ).fetchone()
            return self._insert(document, *listed)

    def delete(self, consultation_id: int) -> None:
        """Remove a consultation and its undo steps; their bytes in the file are overwritten."""
        with self._transaction():
            removed = self._connection.execute(
                "DELETE FROM consultation WHERE id = ?", (consultation_id,)
            )
            if removed.rowcount == 0:
                self.document(consultation_id)

    def _rewrite(self, key: StoreKey | None) -> None:
        from models.stores.rewriting import rewrite  # noqa: PLC0415 - loads SQLCipher

        if self.is_read_only:
            raise read_only(self._file)
        with explained(self._file):
            self._connection.close()
            try:
                rewrite(self._file, self._key, key)
            finally:
                # Whatever went wrong, the store is whole, under the one key or the other.
                finish_replacement(self._file)
                self._key = fitting_key(self._file, self._key, key)
                self._connection = open_file(self._file, self._key, read_only=False)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self.is_read_only:
            raise read_only(self._file)
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

    def _listed(self, consultation: Consultation) -> tuple[str, str | None, str]:
        name = consultation.answers.get(self._name_question)
        return str(name or ""), consultation.consulted_on, consultation.title

    def _now(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="microseconds")

    def _insert(self, document: str, name: str, day: str | None, title: str) -> int:
        row = (document, _checksum(document), name, day, title, self._now())
        (key,) = self._connection.execute(
            "INSERT INTO consultation"
            " (document, checksum, client_name, consulted_on, title, updated_at)"
            " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            row,
        ).fetchone()
        return key

    def _update(self, consultation_id: int, consultation: Consultation) -> None:
        document = write_case(consultation)
        row = (document, _checksum(document), *self._listed(consultation), self._now())
        changed = self._connection.execute(
            "UPDATE consultation SET document = ?, checksum = ?,"
            " client_name = ?, consulted_on = ?, title = ?, updated_at = ? WHERE id = ?",
            (*row, consultation_id),
        )
        if changed.rowcount == 0:
            self.document(consultation_id)

    def _label(self, query: str, consultation_id: int) -> str | None:
        with explained(self._file):
            row = self._connection.execute(query, (consultation_id,)).fetchone()
        return None if row is None else row[4]

    def _step(
        self, query: str, consultation_id: int, catalog: Catalog, *, backwards: bool
    ) -> tuple[Consultation, Edit] | None:
        with self._transaction():
            row = self._connection.execute(query, (consultation_id,)).fetchone()
            if row is None:
                return None
            position, *step, checksum = row
            if _checksum(*step) != checksum:
                raise damaged(self._file)
            path, before, after, label = step
            edit = Edit(path, json.loads(before), json.loads(after), label)
            document = json.loads(self.document(consultation_id))
            try:
                apply_to_document(document, edit, backwards=backwards)
            except StaleEditError as error:
                raise unusable(
                    self._file,
                    "この相談は、元に戻す記録と合わなくなっています。",
                    "いまの内容はそのまま使えます。元に戻す操作だけができません。",
                ) from error
            text = _json(document).encode()
            consultation = read_case(text, catalog, f"相談 {consultation_id}")
            self._update(consultation_id, consultation)
            self._connection.execute(
                "UPDATE undo_step SET undone = ? WHERE consultation = ? AND position = ?",
                (backwards, consultation_id, position),
            )
            return consultation, edit


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _checksum(*texts: str) -> str:
    """Return what tells whether a disk gave back the very text that was written."""
    return sha256("\0".join(texts).encode()).hexdigest()
