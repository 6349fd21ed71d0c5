"""The consultations on this machine, one SQLite file, each with its undo steps."""

from __future__ import annotations

import json
import uuid
from datetime import UTC
from functools import cached_property
from typing import TYPE_CHECKING

from models.stores.consultation_list import ConsultationList, ConsultationSummary
from models.stores.hand_over_rows import as_object, known_bases, remember_base
from models.stores.open_store import FILE_NAME, LOCK_NAME, OpenStore
from models.stores.printed_sheets import (
    PrintedSheet,
    count_prints,
    insert_print,
    read_pdf,
    read_prints,
)
from models.stores.sheet_rows import (
    read_appointment,
    read_settings,
    write_appointment,
    write_settings,
)
from models.stores.store_errors import damaged, explained, unusable
from models.stores.store_rows import checksum, searched_text, to_json
from models.stores.undo_steps import KEPT_UNDO_STEPS, add_step, mark_step, next_step, step_label
from models.values.case_file import case_document, read_case, write_case
from models.values.edits import Edit, StaleEditError, apply_to_document
from models.values.hand_over import HandOver, with_hand_over
from models.values.merge import Merge, merge_cases
from models.values.problems import UserFacingError

if TYPE_CHECKING:
    from datetime import datetime

    from models.values.catalog import Catalog
    from models.values.consultation import Consultation
    from models.values.merge import TheirsAt
    from models.values.sheet_settings import NextAppointment, SheetSettings

TypedRows = dict[int, dict[int, str]]

__all__ = [
    "FILE_NAME",
    "KEPT_UNDO_STEPS",
    "LOCK_NAME",
    "ConsultationStore",
    "ConsultationSummary",
    "TypedRows",
]


class ConsultationStore(OpenStore):
    """Keeps consultations; made by `open`."""

    @cached_property
    def _list(self) -> ConsultationList:
        return ConsultationList()

    # ------------------------------------------------------------ the list

    def list(
        self, words: str = "", *, archived: bool | None = False
    ) -> tuple[ConsultationSummary, ...]:
        """Return the consultations that hold every word, the last changed first.

        Searched are title, day, advisor, office and the answers given in words; width, case and
        kana do not count. `archived` chooses those put away, those that are not, or (None) all.
        """
        with explained(self._file):
            try:
                return self._list.find(self._connection, words, archived)
            except ValueError as error:  # a time that is none any more
                raise damaged(self._file) from error

    def archive(self, consultation_id: int, *, archived: bool = True) -> None:
        """Put a consultation away from the list, or back into it; nothing else changes."""
        with self._transaction():
            changed = self._connection.execute(
                "UPDATE consultation SET archived = ? WHERE id = ?", (archived, consultation_id)
            )
            if changed.rowcount == 0:
                self.document(consultation_id)

    # ------------------------------------------------------------ one consultation

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
        document, written = row
        if checksum(document) != written:
            raise damaged(self._file)
        return document

    def load(self, consultation_id: int, catalog: Catalog) -> Consultation:
        """Return a consultation as `catalog` understands it."""
        document = self.document(consultation_id)
        return read_case(document.encode(), catalog, f"相談 {consultation_id}")

    def create(self, consultation: Consultation) -> int:
        """Keep a new consultation and return its id."""
        with self._transaction():
            return self._insert(consultation)

    def commit(self, consultation_id: int, consultation: Consultation, edit: Edit) -> None:
        """Keep a changed consultation and its undo step; what was undone before is gone."""
        with self._transaction():
            self._update(consultation_id, consultation)
            add_step(self._connection, consultation_id, edit)

    def can_undo(self, consultation_id: int) -> str | None:
        """Return the label of the step that `undo` would take back, None when there is none."""
        return self._label(consultation_id, backwards=True)

    def can_redo(self, consultation_id: int) -> str | None:
        """Return the label of the step that `redo` would make again, None when there is none."""
        return self._label(consultation_id, backwards=False)

    def undo(self, consultation_id: int, catalog: Catalog) -> tuple[Consultation, Edit] | None:
        """Take the last step back; return the consultation and the step, None without one."""
        return self._step(consultation_id, catalog, backwards=True)

    def redo(self, consultation_id: int, catalog: Catalog) -> tuple[Consultation, Edit] | None:
        """Make the last undone step again; return the same as `undo`."""
        return self._step(consultation_id, catalog, backwards=False)

    def duplicate(self, consultation_id: int) -> int:
        """Keep a copy without undo steps and return its id."""
        with self._transaction():
            document = self.document(consultation_id)
            (name,) = self._connection.execute(
                "SELECT client_name FROM consultation WHERE id = ?", (consultation_id,)
            ).fetchone()
            return self._insert_document(document, name)

    def delete(self, consultation_id: int) -> None:
        """Remove a consultation with its undo steps and prints; their bytes are overwritten.

        Backups made before still hold it until their time is over (`backups.TERM`).
        """
        with self._transaction():
            removed = self._connection.execute(
                "DELETE FROM consultation WHERE id = ?", (consultation_id,)
            )
            if removed.rowcount == 0:
                self.document(consultation_id)

    # ------------------------------------------------------------ what does not count yet

    def keep_typed_rows(self, consultation_id: int, rows: TypedRows) -> None:
        """Keep the half-typed rows of the expense table: place of the row -> cell -> text."""
        cells = [
            (consultation_id, place, cell, text)
            for place, texts in rows.items()
            for cell, text in texts.items()
        ]
        with self._transaction():
            self._connection.execute(
                "DELETE FROM typed_row WHERE consultation = ?", (consultation_id,)
            )
            self._connection.executemany("INSERT INTO typed_row VALUES (?, ?, ?, ?)", cells)

    def typed_rows(self, consultation_id: int) -> TypedRows:
        """Return the half-typed rows of the expense table, as they were kept."""
        with explained(self._file):
            found = self._connection.execute(
                "SELECT position, cell, text FROM typed_row WHERE consultation = ?"
                " ORDER BY position, cell",
                (consultation_id,),
            ).fetchall()
        rows: TypedRows = {}
        for place, cell, text in found:
            rows.setdefault(place, {})[cell] = text
        return rows

    # ------------------------------------------------------------ the sheet of a visit

    def keep_sheet_settings(self, consultation_id: int, settings: SheetSettings) -> None:
        """Keep what is chosen for the sheet of a visit; it is no step to undo."""
        with self._transaction():
            write_settings(self._connection, consultation_id, settings)

    def sheet_settings(self, consultation_id: int) -> SheetSettings:
        """Return what is chosen for the sheet of a visit."""
        with explained(self._file):
            return read_settings(self._connection, consultation_id)

    def keep_appointment(self, consultation_id: int, appointment: NextAppointment) -> None:
        """Keep the next appointment; it is no step to undo."""
        with self._transaction():
            write_appointment(self._connection, consultation_id, appointment)

    def appointment(self, consultation_id: int) -> NextAppointment:
        """Return the next appointment, an empty one where none was made."""
        with explained(self._file):
            return read_appointment(self._connection, consultation_id)

    # ------------------------------------------------------------ printed sheets

    def keep_print(
        self,
        consultation_id: int,
        pdf: bytes,
        result_json: str,
        catalog_hash: str,
        printed_at: datetime,
    ) -> int:
        """Keep a sheet as it was printed, with the case as it is now; return the print's id."""
        with self._transaction():
            document = self.document(consultation_id)
            return insert_print(
                *(self._connection, consultation_id, document),
                *(pdf, result_json, catalog_hash, printed_at),
            )

    def prints(self, consultation_id: int) -> tuple[PrintedSheet, ...]:
        """Return what was printed of a consultation, the newest first, without the PDFs."""
        with explained(self._file):
            try:
                return read_prints(self._connection, consultation_id)
            except ValueError as error:
                raise damaged(self._file) from error

    def print_count(self, consultation_id: int) -> int:
        """Return how many sheets of a consultation were printed."""
        with explained(self._file):
            return count_prints(self._connection, consultation_id)

    def print_pdf(self, print_id: int) -> bytes:
        """Return the PDF exactly as it was printed."""
        with explained(self._file):
            try:
                pdf = read_pdf(self._connection, print_id)
            except ValueError as error:
                raise damaged(self._file) from error
        if pdf is None:
            raise UserFacingError(
                f"番号 {print_id} の印刷はありません。", "印刷の一覧を見直してください。"
            )
        return pdf

    # ------------------------------------------------------------ handing over

    def hand_over(self, consultation_id: int) -> str:
        """Return the case file for another laptop, and remember what it is given."""
        with self._transaction():
            document = self.document(consultation_id)
            remember_base(self._connection, consultation_id, document)
            (identity,) = self._connection.execute(
                "SELECT identity FROM consultation WHERE id = ?", (consultation_id,)
            ).fetchone()
            bases = known_bases(self._connection, consultation_id)
        return with_hand_over(document, HandOver(identity, tuple(bases)))

    def known_as(self, identity: str) -> int | None:
        """Return the id that a consultation of another laptop has here, None for a new one."""
        with explained(self._file):
            row = self._connection.execute(
                "SELECT id FROM consultation WHERE identity = ?", (identity,)
            ).fetchone()
        return None if row is None else row[0]

    def take_over(self, consultation: Consultation, identity: str) -> int:
        """Keep a consultation that comes from another laptop for the first time."""
        with self._transaction():
            key = self._insert(consultation, identity)
            remember_base(self._connection, key, write_case(consultation))
            return key

    def merge(
        self,
        consultation_id: int,
        theirs: Consultation,
        bases: tuple[str, ...],
        prefer_theirs: TheirsAt = False,
    ) -> Merge:
        """Return how another laptop's version goes together with ours; nothing is kept yet.

        `bases` are the contents that the other side knows, newest first; `prefer_theirs` as in
        `merge_cases`.
        """
        mine = as_object(self.document(consultation_id))
        with explained(self._file):
            known = known_bases(self._connection, consultation_id)
        base = next((known[each] for each in bases if each in known), None)
        return merge_cases(
            None if base is None else as_object(base), mine, case_document(theirs), prefer_theirs
        )

    def commit_merge(
        self, consultation_id: int, merged: Consultation, edit: Edit | None, theirs: Consultation
    ) -> None:
        """Keep a merged consultation as one undo step, and what the other side had."""
        with self._transaction():
            if edit is not None:
                self._update(consultation_id, merged)
                add_step(self._connection, consultation_id, edit)
            remember_base(self._connection, consultation_id, write_case(theirs))

    # ------------------------------------------------------------ rows

    def _now(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="microseconds")

    def _client_name(self, consultation: Consultation) -> str:
        return str(consultation.answers.get(self._name_question) or "")

    def _insert(self, consultation: Consultation, identity: str | None = None) -> int:
        document = write_case(consultation)
        return self._insert_document(document, self._client_name(consultation), identity)

    def _insert_document(self, document: str, name: str, identity: str | None = None) -> int:
        case = json.loads(document)
        row = (
            *(document, checksum(document), name, case.get("consulted_on"), case["title"]),
            *(self._now(), identity or uuid.uuid4().hex, searched_text(case)),
        )
        (key,) = self._connection.execute(
            "INSERT INTO consultation (document, checksum, client_name, consulted_on, title,"
            " updated_at, identity, search_text) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            row,
        ).fetchone()
        return key

    def _update(self, consultation_id: int, consultation: Consultation) -> None:
        document = write_case(consultation)
        row = (
            *(document, checksum(document), self._client_name(consultation)),
            *(consultation.consulted_on, consultation.title, self._now()),
            searched_text(case_document(consultation)),
        )
        changed = self._connection.execute(
            "UPDATE consultation SET document = ?, checksum = ?, client_name = ?,"
            " consulted_on = ?, title = ?, updated_at = ?, search_text = ? WHERE id = ?",
            (*row, consultation_id),
        )
        if changed.rowcount == 0:
            self.document(consultation_id)

    def _label(self, consultation_id: int, *, backwards: bool) -> str | None:
        with explained(self._file):
            return step_label(self._connection, consultation_id, backwards=backwards)

    def _next_step(self, consultation_id: int, *, backwards: bool) -> tuple[int, Edit] | None:
        try:
            return next_step(self._connection, consultation_id, backwards=backwards)
        except ValueError as error:
            raise damaged(self._file) from error

    def _step(
        self, consultation_id: int, catalog: Catalog, *, backwards: bool
    ) -> tuple[Consultation, Edit] | None:
        with self._transaction():
            found = self._next_step(consultation_id, backwards=backwards)
            if found is None:
                return None
            position, edit = found
            document = json.loads(self.document(consultation_id))
            try:
                apply_to_document(document, edit, backwards=backwards)
            except StaleEditError as error:
                raise unusable(
                    self._file,
                    "この相談は、元に戻す記録と合わなくなっています。",
                    "いまの内容はそのまま使えます。元に戻す操作だけができません。",
                ) from error
            text = to_json(document).encode()
            consultation = read_case(text, catalog, f"相談 {consultation_id}")
            self._update(consultation_id, consultation)
            mark_step(self._connection, consultation_id, position, undone=backwards)
            return consultation, edit
