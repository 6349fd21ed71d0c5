"""Under which names the owner's copy speaks: on a neutral sheet no name tells a stranger."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

from reports.compared_ways import owner_ways

if TYPE_CHECKING:
    from models.values.catalog import Entry
    from models.values.results import Screening
    from reports.sheet_input import SheetInput


def tells_a_stranger(given: SheetInput, text: str) -> bool:
    """Whether a neutral sheet must not hold the text: it names what must stay in the family."""
    if not given.options.neutral_title:
        return False
    words = given.text("sheet_neutral_words").split("、")
    return any(word and word in text for word in words)


def name_for_owner(given: SheetInput, entry: Entry, shown: list[Screening]) -> str:
    """Return the official name, or on a neutral sheet a letter with as much as may be told."""
    if not given.options.neutral_title:
        return entry.official_name
    plain = "" if tells_a_stranger(given, entry.plain_name) else entry.plain_name
    return "　".join(part for part in (letter_of(given, entry.id, shown), plain) if part)


def letter_of(given: SheetInput, key: str, shown: list[Screening]) -> str:
    """Return the same letter for an entry (or another way, by its key) wherever it is spoken of."""
    compared = owner_ways(given)
    ways = () if compared is None else compared.ways
    keys = [*(screening.entry for screening in shown), *(way.key for way in ways)]
    place = list(dict.fromkeys(keys)).index(key)
    letter = ascii_uppercase[place] if place < len(ascii_uppercase) else str(place + 1)
    return f"案{letter}"
