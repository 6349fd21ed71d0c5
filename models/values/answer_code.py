"""The answers of a consultation as text for QR codes on the advisor's copy, and back.

Each code holds `MICHI1/<checksum>/<number>/<count>/<part>` in the characters that QR codes store
most tightly (45 of them). The parts together are base 45 (RFC 9285) of deflated JSON; the
checksum is over what was deflated, so codes of two sheets are never mixed.
"""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from models.values.case_file import case_document
from models.values.consultation import FORMAT_NAME, FORMAT_VERSION
from models.values.problems import UserFacingError
from models.values.questions import QuestionType
from models.values.strict_json import JsonObject
from models.values.text import search_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from models.values.catalog import Catalog
    from models.values.conditions import AnswerValue
    from models.values.consultation import Answers, Consultation, Expense

HEAD = "MICHI1"
CODE = re.compile(r"MICHI(\d{1,3})/([0-9A-F]{10})/(\d{1,2})/(\d{1,2})/([0-9A-Z $%*+\-./:]+)")
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
LONGEST_PART = 600
"""Characters in one code: with its head a QR code of version 16 at error correction M (656)."""
MOST_CODES = 20
LARGEST_CONTENT = 200_000
IDENTIFYING = (QuestionType.TEXT, QuestionType.CORPORATE_NUMBER)
LEFT_OUT = ("format", "version", "title", "office", "advisor", "notes")
LEGAL_FORMS = re.compile(r"(?:株式|有限|合同|合資|合名)会社|[㈱㈲]|[（(][株有同資名][)）]")
RAW_DEFLATE = -15
AGAIN = "コードを1枚ずつ、まっすぐ明るく写して、もう一度読み取ってください。"


def answer_codes(
    consultation: Consultation, catalog: Catalog, *, with_client: bool = False
) -> tuple[str, ...]:
    """Return the texts of the QR codes, none when it takes more than `MOST_CODES` of them.

    Title, office, advisor, notes and answers to retired questions stay out. Names and other answers
    in free words, and the corporate number, are in only `with_client`; without, a label that
    repeats one of them becomes a number.
    """
    shown = consultation if with_client else _without_client(consultation, catalog)
    document = case_document(replace(shown, ignored_answers={}))
    content = JsonObject((key, value) for key, value in document.items() if key not in LEFT_OUT)
    return _codes_of(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def _codes_of(content: bytes) -> tuple[str, ...]:
    compressor = zlib.compressobj(9, wbits=RAW_DEFLATE)
    data = compressor.compress(content) + compressor.flush()
    coded = _base45(data)
    count = -(-len(coded) // LONGEST_PART)
    if count > MOST_CODES:
        return ()
    size = -(-len(coded) // count)
    parts = [coded[i : i + size] for i in range(0, len(coded), size)]
    return tuple(
        f"{HEAD}/{_checksum(data)}/{number}/{len(parts)}/{part}"
        for number, part in enumerate(parts, start=1)
    )


def _without_client(consultation: Consultation, catalog: Catalog) -> Consultation:
    everything = [consultation.answers, *(one.answers for one in consultation.scenarios)]
    telling = {
        word
        for answers in everything
        for question, value in answers.items()
        if _is_telling(question, catalog) and isinstance(value, str)
        for word in _words(value)
    }
    return replace(
        consultation,
        answers=_only_plain(consultation.answers, catalog),
        expenses=_with_plain_labels(consultation.expenses, telling),
        scenarios=tuple(
            replace(
                scenario,
                name=_plain(scenario.name, telling, f"案{number}"),
                answers=_only_plain(scenario.answers, catalog),
                expenses=scenario.expenses and _with_plain_labels(scenario.expenses, telling),
            )
            for number, scenario in enumerate(consultation.scenarios, start=1)
        ),
    )


def _is_telling(question: str, catalog: Catalog) -> bool:
    """Whether the answer may name the client; what a retired question told nobody knows."""
    return question not in catalog.questions or catalog.questions[question].type in IDENTIFYING


def _words(answer: str) -> list[str]:
    """Return what would name the client in another text: all of it, and each of its words."""
    parts = LEGAL_FORMS.sub(" ", answer).split()
    return [search_key(word) for word in (answer.strip(), *parts) if len(word) > 1]


def _only_plain(answers: Mapping[str, AnswerValue | None], catalog: Catalog) -> Answers:
    return {
        question: value for question, value in answers.items() if not _is_telling(question, catalog)
    }


def _with_plain_labels(expenses: tuple[Expense, ...], telling: set[str]) -> tuple[Expense, ...]:
    return tuple(
        replace(expense, label=_plain(expense.label, telling, f"経費{number}") or "")
        for number, expense in enumerate(expenses, start=1)
    )


def _plain(text: str | None, telling: set[str], instead: str) -> str | None:
    if text is None or not any(word in search_key(text) for word in telling):
        return text
    return instead


def are_complete(texts: Iterable[str]) -> bool:
    """Whether every part that some codes announce is among them."""
    found = [one.groups() for text in texts if (one := CODE.fullmatch(text)) is not None]
    parts = {(checksum, int(number)) for _, checksum, number, _, _ in found}
    announced = {(checksum, int(count)) for _, checksum, _, count, _ in found}
    return bool(found) and all(
        (checksum, number) in parts
        for checksum, count in announced
        for number in range(1, count + 1)
    )


def read_answer_codes(texts: Iterable[str]) -> bytes:
    """Return the case file that some codes hold, for `read_case` to check.

    Codes of other kinds and codes read twice do not matter. Raises `UserFacingError` when parts
    are missing or belong to different sheets.
    """
    parts: dict[int, str] = {}
    sheets: set[tuple[str, int]] = set()
    for text in texts:
        if (found := CODE.fullmatch(text)) is None:
            continue
        version, checksum, number, count, part = found.groups()
        if version != HEAD.removeprefix("MICHI"):
            raise UserFacingError(
                "このコードは、別の版の みちしるべ で作られています。",
                "新しい みちしるべ で読み取ってください。",
            )
        sheets.add((checksum, int(count)))
        parts[int(number)] = part
    if not sheets:
        raise UserFacingError("みちしるべ のコードが見つかりませんでした。", AGAIN)
    if len(sheets) > 1:
        raise UserFacingError(
            "別々のシートのコードが混ざっています。", "1枚のシートのコードだけを選んでください。"
        )
    ((checksum, count),) = sheets
    missing = [str(number) for number in range(1, count + 1) if number not in parts]
    if missing:
        raise UserFacingError(
            f"{count}枚のコードのうち、{'・'.join(missing)}枚目が読み取れていません。", AGAIN
        )
    data = _from_base45("".join(parts[number] for number in range(1, count + 1)))
    if data is None or _checksum(data) != checksum:
        raise UserFacingError("コードの内容が欠けています。", AGAIN)
    return _case(data)


def _case(data: bytes) -> bytes:
    decompressor = zlib.decompressobj(wbits=RAW_DEFLATE)
    try:
        text = decompressor.decompress(data, LARGEST_CONTENT)
        content = json.loads(text) if decompressor.eof else None
    except (zlib.error, ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise UserFacingError("コードの内容が欠けています。", AGAIN)
    head = {"format": FORMAT_NAME, "version": FORMAT_VERSION}
    return json.dumps({**content, **head}, ensure_ascii=False).encode("utf-8", "replace")


def _checksum(data: bytes) -> str:
    return sha256(data).hexdigest()[:10].upper()


def _base45(data: bytes) -> str:
    text: list[str] = []
    for place in range(0, len(data), 2):
        pair = data[place : place + 2]
        rest = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            rest, digit = divmod(rest, 45)
            text.append(ALPHABET[digit])
    return "".join(text)


def _from_base45(text: str) -> bytes | None:
    data = bytearray()
    for place in range(0, len(text), 3):
        digits = [ALPHABET.index(letter) for letter in text[place : place + 3]]
        value = sum(digit * 45**power for power, digit in enumerate(digits))
        size = len(digits) - 1
        if size == 0 or value >= 256**size:
            return None
        data += value.to_bytes(size, "big")
    return bytes(data)
