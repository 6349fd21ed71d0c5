"""The only holder of the immutable consultation; stores each of its changes."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from models.values.problems import UserFacingError
from ui.following_results import FollowingResults
from ui.kept_plans import KeptPlans

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from models.stores.consultation_store import (
        ConsultationStore,
        ConsultationSummary,
        TypedRows,
    )
    from models.values.catalog import Catalog
    from models.values.consultation import Consultation
    from models.values.office import Office
    from models.values.questions import Question
    from ui.catalog_index import CatalogIndex

READ_ONLY_MESSAGE = "見るだけで開いています。変更は保存されません。"


class ConsultationSession(FollowingResults):
    """Holds one consultation, stores every change at once and shares what follows from it.

    The store and the catalog open when first used, which is after the first paint.
    """

    consultation_opened = Signal()
    """Another consultation is held now, or none."""
    consultation_changed = Signal()
    """The held consultation changed, or another one is held."""
    list_changed = Signal()
    """The list of stored consultations changed."""
    trouble_met = Signal(object)
    """A change could not be stored (a `UserFacingError`)."""
    settings_requested = Signal()
    """Somebody wants to see the settings of the store."""
    passphrase_requested = Signal()
    """Somebody wants to choose a passphrase for the store."""
    message_posted = Signal(str, bool)
    """Something happened: a quiet line, and whether it can be undone."""

    def __init__(
        self,
        open_store: Callable[[str], ConsultationStore],
        load_catalog: Callable[[], Catalog],
        load_office: Callable[[], Office],
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._open_store = open_store
        self._load_catalog = load_catalog
        self._load_office = load_office
        self._store: ConsultationStore | None = None
        self._catalog: Catalog | None = None
        self._office: Office | None = None
        self.clock = clock
        self.consultation_id: int | None = None
        self.plans = KeptPlans()
        # Changes are written in the same turn of the event loop, once the new figures are painted:
        # a slow disk does not delay what the user sees.
        self._unwritten: list[tuple[int, Consultation, Consultation, str]] = []
        self._unwritten_rows: dict[int, TypedRows] = {}
        self._write_soon = QTimer(self)
        self._write_soon.setSingleShot(True)
        self._write_soon.setInterval(0)
        self._write_soon.timeout.connect(self.flush)

    # ------------------------------------------------------------ what it works with

    @property
    def store(self) -> ConsultationStore:
        """The store; opened on first use with the question whose answer names a client."""
        if self._store is None:
            question = self._name_question()
            self._store = self._open_store("" if question is None else question.id)
        return self._store

    @property
    def catalog(self) -> Catalog:
        """The catalog; loaded on first use."""
        if self._catalog is None:
            self._catalog = self._load_catalog()
        return self._catalog

    @cached_property
    def catalog_index(self) -> CatalogIndex:
        """What finds the programs of the catalog; made on first use."""
        from ui.catalog_index import CatalogIndex  # noqa: PLC0415 - not for the first paint

        return CatalogIndex(self.catalog)

    @property
    def office(self) -> Office:
        """Who prints the sheet; read on first use."""
        if self._office is None:
            self._office = self._load_office()
        return self._office

    @property
    def is_read_only(self) -> bool:
        """Whether changes cannot be stored (a second program holds the store)."""
        return self.store.is_read_only

    # ------------------------------------------------------------ which consultation

    def summaries(
        self, words: str = "", *, archived: bool = False
    ) -> tuple[ConsultationSummary, ...]:
        """Return the stored consultations with all words, or those put away, the newest first."""
        self.flush()
        return self.store.list(words, archived=archived)

    def start_new(self, consultation: Consultation) -> None:
        """Store a new consultation and hold it."""
        if self._refused():
            return
        self.flush()
        self._hold(self.store.create(consultation), consultation)
        self.list_changed.emit()

    def open(self, consultation_id: int) -> None:
        """Hold a stored consultation."""
        self.flush()
        self._hold(consultation_id, self.store.load(consultation_id, self.catalog))

    def close(self) -> None:
        """Hold no consultation."""
        self.flush()
        self._hold(None, None)

    def duplicate(self, consultation_id: int) -> None:
        """Store a copy of a consultation as a visit of today, and hold it."""
        if self._refused():
            return
        self.flush()
        earlier = self.store.load(consultation_id, self.catalog)
        today = replace(earlier, consulted_on=self.clock().date().isoformat(), notes="")
        key = self.store.create(today)
        # Who wanted a paper without a name wants it the next time too.
        self.store.keep_sheet_settings(key, self.store.sheet_settings(consultation_id))
        self._hold(key, today)
        self.list_changed.emit()
        self.message_posted.emit("前の相談を写して、今日の相談を始めました", False)

    def delete(self, consultation_id: int) -> None:
        """Take a consultation out of the store."""
        if self._refused():
            return
        self.flush()
        self.store.delete(consultation_id)
        day = self.store.forgotten_on()
        if consultation_id == self.consultation_id:
            self.close()
        self.list_changed.emit()
        kept = f"。控えには{day.month}月{day.day}日まで残ることがあります" if day else ""
        self.message_posted.emit(f"相談を消しました{kept}", False)

    def archive(self, consultation_id: int, *, archived: bool) -> None:
        """Put a consultation away from the list, or back into it."""
        if self._refused():
            return
        self.flush()
        self.store.archive(consultation_id, archived=archived)
        self.list_changed.emit()
        told = "相談をしまいました。「しまった相談」から、いつでも見られます"
        self.message_posted.emit(told if archived else "相談を一覧に戻しました", False)

    # ------------------------------------------------------------ changes

    def change(self, new: Consultation, label: str) -> None:
        """Hold a changed consultation and store it, as one undo step."""
        before, held_id = self.consultation, self.consultation_id
        if before is None or held_id is None or new == before:
            return
        if self._refused():
            self.consultation_changed.emit()  # the page shows again what is really held
            return
        self.consultation = new
        self._unwritten.append((held_id, before, new, label))
        self._write_soon.start()
        self.consultation_changed.emit()
        self.message_posted.emit(label, True)

    def flush(self) -> None:
        """Write the changes that are not on the disk yet."""
        self._write_soon.stop()
        if self._unwritten:
            self._write_edits()
        while self._unwritten_rows:
            held_id, rows = self._unwritten_rows.popitem()
            try:
                self.store.keep_typed_rows(held_id, rows)
            except UserFacingError as error:
                self.trouble_met.emit(error)

    def _write_edits(self) -> None:
        from models.values.edits import edit_between  # noqa: PLC0415 - not for the first paint

        while self._unwritten:
            held_id, before, changed, label = self._unwritten.pop(0)
            edit = edit_between(before, changed, label)
            try:
                if edit is not None:
                    self.store.commit(held_id, changed, edit)
            except UserFacingError as error:
                # What was typed stays in the window; the next change stores all of it.
                self._unwritten.clear()
                self.trouble_met.emit(error)

    def keep_typed_rows(self, consultation_id: int, rows: TypedRows) -> None:
        """Store what stands half-typed in the expense table; it counts for nothing yet."""
        if self.is_read_only:
            return
        self._unwritten_rows[consultation_id] = rows
        self._write_soon.start()

    def typed_rows(self, consultation_id: int) -> TypedRows:
        """Return what stood half-typed in the expense table."""
        self.flush()
        return self.store.typed_rows(consultation_id)

    def undo(self) -> None:
        """Take the last change back."""
        self._step_through_history("undo", "元に戻しました", "これより前には戻せません")

    def redo(self) -> None:
        """Make the change again that was taken back."""
        self._step_through_history("redo", "やり直しました", "やり直す変更はありません")

    def _step_through_history(self, direction: str, done: str, nothing: str) -> None:
        if self.consultation_id is None or self._refused():
            return
        self.flush()
        step = self.store.undo if direction == "undo" else self.store.redo
        found = step(self.consultation_id, self.catalog)
        if found is None:
            self.message_posted.emit(nothing, False)
            return
        self.consultation, edit = found
        self.consultation_changed.emit()
        self.message_posted.emit(f"{done}: {edit.label}", direction == "redo")

    def keep_print(self, printed: Consultation, pdf: bytes) -> None:
        """Keep a sheet of the held consultation as it was printed, with all that it stands on."""
        from ui.printed_record import result_json  # noqa: PLC0415 - not for the first paint

        if self.consultation_id is None or self.is_read_only:
            return
        self.flush()
        result = result_json(self.catalog, printed)
        content = self.catalog.edition.content_hash
        try:
            self.store.keep_print(self.consultation_id, pdf, result, content, self.clock())
        except UserFacingError as error:
            self.trouble_met.emit(error)

    def release(self) -> None:
        """Close the store, so that another program may write."""
        self.flush()
        if self._store is not None:
            self._store.close()
            self._store = None

    def post(self, text: str) -> None:
        """Tell something in the quiet line."""
        self.message_posted.emit(text, False)

    # ------------------------------------------------------------ what follows from it

    def client_line(self) -> str:
        """Return whose consultation is held and of which day, for the header."""
        if self.consultation is None:
            return ""
        from ui.wording import day_words  # noqa: PLC0415 - not for the first paint

        name = self.client_name() or "お名前未記入"
        day = day_words(self.consultation.consulted_on)
        return "　".join(part for part in (name, day) if part)

    def client_name(self) -> str:
        """Return the client's name; empty while it is not known."""
        question = self._name_question()
        answer = None if question is None else self._held().answers.get(question.id)
        return answer if isinstance(answer, str) else ""

    def _name_question(self) -> Question | None:
        from models.values.questions import AnswerRole  # noqa: PLC0415 - not for the first paint

        return self.catalog.question_for(AnswerRole.CLIENT_NAME)

    def _hold(self, consultation_id: int | None, consultation: Consultation | None) -> None:
        self.consultation_id = consultation_id
        self.consultation = consultation
        self.forget_results()
        self.consultation_opened.emit()
        self.consultation_changed.emit()

    def _refused(self) -> bool:
        if self.is_read_only:
            self.message_posted.emit(READ_ONLY_MESSAGE, False)
            return True
        return False
