"""Texts: no characters that a PDF leaked, no placeholders of the source."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from models.values.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.catalog_build.draft import Draft

_FORBIDDEN_WORDS = {
    "○○局": "原文の仮の名です。担当課の名にしてください。",
    "MYAE1543": "抽出の途中で紛れ込んだ文字です。消してください。",
}
_RADICALS = range(0x2E80, 0x2FE0)
_VERTICAL_COLON = "\ufe13"


def check_texts(draft: Draft) -> Iterator[Problem]:
    """Find characters and words that must not reach a reader."""
    for text in draft.strings:
        for word, reason in _FORBIDDEN_WORDS.items():
            if word in text.text:
                yield text.place.problem(f"「{word}」は{reason}", Severity.CRITICAL)
        for character in dict.fromkeys(text.text):
            reason = _reason_against(character)
            if reason:
                code = f"U+{ord(character):04X}"
                yield text.place.problem(f"「{character}」（{code}）は{reason}", Severity.CRITICAL)


@cache
def _reason_against(character: str) -> str:
    if ord(character) in _RADICALS:
        return "漢字の部首の文字です。普通の漢字にしてください。"
    if character == _VERTICAL_COLON:
        return "縦書き用のコロンです。「：」にしてください。"
    category = unicodedata.category(character)
    if category in {"Co", "Cn"} or character == "\ufffd":
        return "外字か未定義の文字です。普通の文字にしてください。"
    if category == "Cc" and character not in "\n\t":
        return "制御文字です。消してください。"
    return ""
