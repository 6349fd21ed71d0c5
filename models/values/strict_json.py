"""Strict JSON: what the standard parser lets through quietly becomes a finding with its path."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from models.values.problems import Problem, UserFacingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAX_BYTES = 4_000_000
MAX_OBJECTS = 150_000
"""More than a thousand expenses in each of a hundred scenarios."""
MAX_KEYS = 5_000
"""In one object: fifty times the questions of a catalog."""
MAX_DIGITS = 19
MAX_PROBLEMS = 200
SHOWN_LENGTH = 60

WIDE_BOMS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class RefusedNumber:
    """A number that no field takes, as typed: a fraction, an exponent, NaN, or far too long."""

    text: str


class JsonObject(dict[str, "JsonValue"]):
    """A JSON object that remembers which of its keys stood there more than once."""

    duplicates: tuple[str, ...] = ()


JsonValue = JsonObject | list["JsonValue"] | str | int | bool | RefusedNumber | None


@dataclass(slots=True)
class Findings:
    """Collects every problem of one file instead of stopping at the first."""

    file: str
    problems: list[Problem] = field(default_factory=list[Problem])

    def add(self, path: str, reason: str) -> None:
        """Note that the field at `path` is wrong; `reason` says what is allowed."""
        self.problems.append(Problem(self.file, path, reason))

    def raise_if_any(self, message: str, advice: str) -> None:
        """Raise `UserFacingError` with all problems, if there are any."""
        if not self.problems:
            return
        listed = self.problems[:MAX_PROBLEMS]
        if len(self.problems) > MAX_PROBLEMS:
            rest = len(self.problems) - MAX_PROBLEMS
            listed.append(Problem(self.file, "", f"ほかにも{rest}か所あります。"))
        raise UserFacingError(message, advice, problems=tuple(listed))


def parse_strict(data: bytes, file_name: str) -> JsonValue:
    """Return the JSON value in `data` (UTF-8, one BOM at the start is allowed).

    Duplicate keys and refused numbers are kept as values for the reader of the fields to report
    with their path. Raises `UserFacingError` when the text is no JSON at all.
    """
    try:
        return _parse(_decode(data))
    except UnicodeDecodeError as error:
        reason = f"{error.start + 1}バイト目がUTF-8ではありません。UTF-8で保存し直してください。"
    except json.JSONDecodeError as error:
        reason = f"{error.lineno}行{error.colno}文字目がJSONの書き方に合っていません。"
    except RecursionError:
        reason = "入れ子が深すぎます。"
    except _UnreadableError as error:
        reason = error.reason
    raise UserFacingError(
        "ファイルを読み取れませんでした。",
        "みちしるべが書き出したファイルを選んでください。",
        problems=(Problem(file_name, "", reason),),
    )


class _UnreadableError(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        size = f"{len(data):,}バイト"
        raise _UnreadableError(f"ファイルが大きすぎます（{size}。{MAX_BYTES:,}バイトまで）。")
    if data.startswith(WIDE_BOMS):
        raise _UnreadableError("文字コードがUTF-16かUTF-32です。UTF-8で保存し直してください。")
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    if not text.strip():
        raise _UnreadableError("ファイルが空です。")
    return text


def _parse(text: str) -> JsonValue:
    count = 0

    def make_object(pairs: list[tuple[str, JsonValue]]) -> JsonObject:
        # The time that a file takes grows with its objects and keys, not with its bytes.
        nonlocal count
        count += 1
        if count > MAX_OBJECTS or len(pairs) > MAX_KEYS:
            raise _UnreadableError("項目が多すぎます。")
        return _json_object(pairs)

    return json.loads(
        text,
        object_pairs_hook=make_object,
        parse_int=_bounded_int,
        parse_float=RefusedNumber,
        parse_constant=RefusedNumber,
    )


def _json_object(pairs: Iterable[tuple[str, JsonValue]]) -> JsonObject:
    result = JsonObject()
    duplicates: dict[str, None] = {}
    for key, value in pairs:
        if key in result:
            duplicates[key] = None
        result[key] = value
    result.duplicates = tuple(duplicates)
    return result


def _bounded_int(text: str) -> int | RefusedNumber:
    # Python refuses to convert thousands of digits; no field takes more than 19 anyway.
    return int(text) if len(text) <= MAX_DIGITS else RefusedNumber(text)


def shown(value: JsonValue) -> str:
    """Return a value for a message: short, on one line, printable."""
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"「{shown_name(value)}」"
    return shown_name(value.text if isinstance(value, RefusedNumber) else str(value))


def shown_name(text: str) -> str:
    """Return text that someone typed for a message: short, on one line, printable."""
    clean = UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    return clean if len(clean) <= SHOWN_LENGTH else f"{clean[:SHOWN_LENGTH]}…"


def child_path(path: str, key: str) -> str:
    """Return the path of a key below `path`."""
    name = shown_name(key)
    return f"{path}.{name}" if path else name


def check_keys(
    value: Mapping[str, JsonValue], allowed: Iterable[str], path: str, findings: Findings
) -> None:
    """Report the keys of an object that are not among `allowed`."""
    names = tuple(allowed)
    for key in value:
        if key not in names:
            findings.add(
                child_path(path, key),
                f"この項目はありません。書ける項目は {'、'.join(names)} です。",
            )


def check_duplicates(value: JsonObject, path: str, findings: Findings) -> None:
    """Report the keys that stand in an object more than once."""
    for key in value.duplicates:
        findings.add(child_path(path, key), "同じ項目が2回以上書かれています。1つにしてください。")
