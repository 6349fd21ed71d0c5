"""How a consultation becomes a row of the store, and how a row shows that it is whole."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from models.values.text import search_key

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_SEARCH_TEXT = 2_000
SEARCHED_KEYS = ("title", "consulted_on", "office", "advisor")
BREAK = "\n"
"""Stands between searched texts so that no word matches across two of them."""


def checksum(*parts: str | bytes) -> str:
    """Return what tells whether a disk gave back the very content that was written."""
    coded = (part if isinstance(part, bytes) else part.encode() for part in parts)
    return sha256(b"\0".join(coded)).hexdigest()


def to_json(value: object) -> str:
    """Return a value as JSON for a column, Japanese as it is."""
    return json.dumps(value, ensure_ascii=False)


def searched_text(document: Mapping[str, Any]) -> str:
    """Return what a search of the list looks through: title, day, people, answers in words."""
    answers = document.get("answers", {}).values()
    texts = [document.get(key) for key in SEARCHED_KEYS] + list(answers)
    words = (text for text in texts if isinstance(text, str) and text)
    return search_key(BREAK.join(words))[:LONGEST_SEARCH_TEXT]
