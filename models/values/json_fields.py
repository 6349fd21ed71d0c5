"""Reads the fields of one JSON object, noting every wrong one with its path."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from models.values.answer_check import line_problem
from models.values.strict_json import (
    Findings,
    JsonObject,
    JsonValue,
    check_duplicates,
    check_keys,
    child_path,
    shown,
)
from models.values.text import replace_radicals

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

MAX_NOTES = 20_000
FIRST_YEAR, LAST_YEAR = 1900, 2199
# A note may have lines; everything else that does not print may not.
UNPRINTABLE_IN_NOTES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MONTH = re.compile(r"([0-9]{4})-(?:0[1-9]|1[0-2])")


def day_problem(value: JsonValue) -> str:
    """Return what is wrong with an ISO date in Japanese, "" when it is one."""
    years = f"{FIRST_YEAR}年から{LAST_YEAR}年まで"
    allowed = f"{years}の実在の日付を 2021-04-20 のように書いてください。"
    if not isinstance(value, str) or not DAY.fullmatch(value):
        return allowed
    try:
        year = date.fromisoformat(value).year
    except ValueError:
        return allowed
    return "" if FIRST_YEAR <= year <= LAST_YEAR else allowed


def month_problem(value: JsonValue) -> str:
    """Return what is wrong with a month `YYYY-MM` in Japanese, "" when it is one."""
    month = MONTH.fullmatch(value) if isinstance(value, str) else None
    if month and FIRST_YEAR <= int(month[1]) <= LAST_YEAR:
        return ""
    return f"{FIRST_YEAR}年から{LAST_YEAR}年までの年月を 2021-09 のように書いてください。"


def notes_problem(value: JsonValue) -> str:
    """Return what is wrong with a text of several lines in Japanese, "" when it can stand."""
    if not isinstance(value, str):
        return "文字列で書いてください。"
    if len(value) > MAX_NOTES:
        return f"{MAX_NOTES:,}文字までにしてください（いま{len(value):,}文字）。"
    return "制御文字は使えません。" if UNPRINTABLE_IN_NOTES.search(value) else ""


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object and where it stands; a wrong field is noted and gives its default."""

    value: JsonObject
    path: str
    findings: Findings

    @staticmethod
    def of(
        value: JsonValue, path: str, findings: Findings, allowed: Iterable[str] | None
    ) -> Fields | None:
        """Return the fields of an object that has only `allowed` keys (None: any), else None."""
        if not isinstance(value, JsonObject):
            findings.add(path, f"{shown(value)} は使えません。{{ }} で囲んで書いてください。")
            return None
        check_duplicates(value, path, findings)
        if allowed is not None:
            check_keys(value, allowed, path, findings)
        return Fields(value, path, findings)

    def place(self, key: str) -> str:
        """Return the path of a field."""
        return child_path(self.path, key)

    def refuse(self, key: str, reason: str) -> None:
        """Note that the field's value cannot stand; `reason` says what is allowed."""
        self.findings.add(self.place(key), f"{shown(self.value.get(key))} は使えません。{reason}")

    def require(self, *keys: str) -> None:
        """Note the keys that are missing."""
        for key in keys:
            if key not in self.value:
                self.findings.add(self.place(key), "この項目は省けません。")

    def text(self, key: str, problem: Callable[[JsonValue], str] = line_problem) -> str | None:
        """Return a text as typed but for leaked radicals; None when it is missing or wrong."""
        if key not in self.value:
            return None
        value = self.value[key]
        if reason := problem(value):
            self.refuse(key, reason)
            return None
        return replace_radicals(str(value))

    def whole(self, key: str, allowed: Container[int], default: int, reason: str) -> int:
        """Return a whole number that is in `allowed`."""
        value = self.value.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and value in allowed:
            return value
        self.refuse(key, reason)
        return default

    def flag(self, key: str) -> bool:
        """Return a boolean, false when it is missing."""
        value = self.value.get(key, False)
        if isinstance(value, bool):
            return value
        self.refuse(key, "true か false で書いてください。")
        return False

    def items(self, key: str, most: int) -> list[JsonValue] | None:
        """Return the items of a list of at most `most`; None when it is missing or wrong."""
        if key not in self.value:
            return None
        value = self.value[key]
        if not isinstance(value, list):
            self.refuse(key, "[ ] で囲んだ並びで書いてください。")
            return None
        if len(value) > most:
            self.refuse(key, f"{most:,}件までにしてください（いま{len(value):,}件）。")
            return None
        return value
