"""書き出す and 読み込む: a consultation leaves the window as a file, or comes back as one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths

from models.values.problems import UserFacingError
from ui.commands.output_file import write_whole
from ui.consultation_session import READ_ONLY_MESSAGE
from ui.dialogs.exchange_dialogs import ExportKind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from models.stores.incoming import Incoming, Joined
    from ui.consultation_session import ConsultationSession
    from ui.dialogs.ask import Ask
    from ui.dialogs.exchange_dialogs import ExportChoice

SUFFIX = ".json"
SEALED_SUFFIX = ".michishirube"
NOT_IN_NAMES = set('\\/:*?"<>|')
FILE_WORDS = (
    "このファイルの合言葉を決めます。渡す相手には、ファイルとは別に、口頭や電話で伝えてください。",
)
MOST_PROBLEMS = 6
LOCKED = "このファイルには合言葉が付いています。"


class CaseExchange:
    """Works between the session, the files and the dialogs; nothing leaves without a question."""

    def __init__(self, session: ConsultationSession, ask: Ask, parent: QWidget) -> None:
        self._session = session
        self._ask = ask
        self._parent = parent

    # ------------------------------------------------------------ public

    def export(self, consultation_id: int, name: str) -> None:
        """Write a consultation where and how the advisor says; `name` is the client's."""
        choice = self._ask.export_choice(self._parent, name)
        if choice is None:
            return
        passphrase = None
        if choice.with_passphrase:
            passphrase = self._ask.new_passphrase(self._parent, FILE_WORDS, "やめる")
            if passphrase is None:
                return
        suffix = SUFFIX if passphrase is None else SEALED_SUFFIX
        suggested = self._suggested(name, choice, suffix)
        path = self._ask.case_path(self._parent, suggested, suffix)
        if path is None:
            return
        try:
            self._write(consultation_id, choice, path, passphrase)
        except UserFacingError as error:
            self._ask.tell(self._parent, error.message, error.advice)
            return
        self._session.post(f"{path.name} に書き出しました")

    def load(self) -> None:
        """Take a consultation out of a file that the advisor chooses."""
        if self._session.is_read_only:
            self._session.post(READ_ONLY_MESSAGE)
            return
        path = self._ask.open_case(self._parent)
        if path is None:
            return
        try:
            data = self._read(path)
            if data is not None:
                self._take_in(data, path.name)
        except UserFacingError as error:
            self._ask.tell(self._parent, _told(error), error.advice)

    # ------------------------------------------------------------ writing

    def _write(
        self, consultation_id: int, choice: ExportChoice, path: Path, passphrase: str | None
    ) -> None:
        document = self._document(consultation_id, choice.kind)
        if passphrase is None:
            write_whole(path, document.encode())
        else:
            from models.stores.sealed_file import write_sealed  # noqa: PLC0415 - loads SQLCipher

            write_sealed(path, document, passphrase)

    def _document(self, consultation_id: int, kind: ExportKind) -> str:
        session = self._session
        session.flush()
        if kind is ExportKind.NAMELESS:
            from models.values.anonymous import anonymous  # noqa: PLC0415 - only when used
            from models.values.case_file import write_case  # noqa: PLC0415 - as above

            found = session.store.load(consultation_id, session.catalog)
            return write_case(anonymous(found, session.catalog))
        if kind is ExportKind.HAND_OVER and not session.is_read_only:
            return session.store.hand_over(consultation_id)
        return session.store.document(consultation_id)

    def _suggested(self, name: str, choice: ExportChoice, suffix: str) -> Path:
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(documents) or Path.home())
        shown = "" if choice.kind is ExportKind.NAMELESS or choice.with_passphrase else name
        day = self._session.clock().date().isoformat()
        stem = "_".join(part for part in ("相談", shown, day) if part)
        return folder / f"{''.join(c for c in stem if c not in NOT_IN_NAMES)}{suffix}"

    # ------------------------------------------------------------ reading

    def _read(self, path: Path) -> bytes | None:
        """Return what a file holds; None where its passphrase is not known."""
        from models.stores.passphrase import looks_encrypted  # noqa: PLC0415 - only when used

        try:
            if not looks_encrypted(path):
                return path.read_bytes()
        except OSError as error:
            raise UserFacingError(
                f"{path} を読めません。", "ファイルがまだあるか、開けるかを確かめてください。"
            ) from error
        return self._unsealed(path)

    def _unsealed(self, path: Path) -> bytes | None:
        from models.stores.sealed_file import read_sealed  # noqa: PLC0415 - loads SQLCipher
        from models.stores.store_errors import WrongPassphraseError  # noqa: PLC0415 - as above

        message = ""
        while True:
            passphrase = self._ask.unlock(self._parent, message, 0, "やめる", LOCKED)
            if passphrase is None:
                return None
            try:
                return read_sealed(path, passphrase).encode()
            except WrongPassphraseError as error:
                message = error.message

    def _take_in(self, data: bytes, source: str) -> None:
        from models.stores.incoming import (  # noqa: PLC0415 - only when used
            keep_as_new,
            known_here,
            read_incoming,
        )

        session = self._session
        session.flush()
        incoming = read_incoming(data, session.catalog, source)
        known = known_here(session.store, incoming)
        if known is not None:
            self._join(known, incoming)
            return
        number = keep_as_new(session.store, incoming)
        session.list_changed.emit()
        session.open(number)
        session.post(f"{source} を読み込みました")

    def _join(self, known: int, incoming: Incoming) -> None:
        from models.stores.incoming import joined  # noqa: PLC0415 - only when used

        session = self._session
        both = joined(session.store, known, incoming, session.catalog)
        if both.merge.conflicts:
            theirs = self._decided(both)
            if theirs is None:
                session.post("読み込みをやめました。何も変わっていません")
                return
            both = joined(session.store, known, incoming, session.catalog, theirs)
        session.store.commit_merge(known, both.consultation, both.edit, incoming.consultation)
        session.list_changed.emit()
        session.open(known)
        taken = len(both.merge.taken) + len(both.merge.conflicts)
        told = f"{taken}か所を合わせました" if both.edit else "同じ内容でした"
        session.message_posted.emit(f"{incoming.source}: {told}", both.edit is not None)

    def _decided(self, both: Joined) -> frozenset[str] | None:
        """Return the paths at which the file is right, None when the advisor stops."""
        from models.values.questions import AnswerRole  # noqa: PLC0415 - only when used
        from ui.conflict_words import conflict_words  # noqa: PLC0415 - as above

        catalog = self._session.catalog
        question = catalog.question_for(AnswerRole.CLIENT_NAME)
        name = "" if question is None else both.consultation.answers.get(question.id)
        words = [conflict_words(conflict, catalog) for conflict in both.merge.conflicts]
        return self._ask.conflicts(self._parent, str(name or "お名前未記入"), words)


def _told(error: UserFacingError) -> str:
    """Return what is wrong, with the first of the findings."""
    more = len(error.problems) - MOST_PROBLEMS
    lines = [error.message, *(problem.text() for problem in error.problems[:MOST_PROBLEMS])]
    return "\n".join([*lines, f"ほか{more}件"] if more > 0 else lines)
