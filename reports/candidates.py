"""Which programs the owner's copy names, in which order, and under which names."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

from models.values.results import Verdict

if TYPE_CHECKING:
    from models.values.catalog import Entry
    from models.values.results import Screening
    from reports.sheet_input import SheetInput


def shown_programs(given: SheetInput) -> list[Screening]:
    """Return what the owner's copy may name, best first; never what is ruled out."""
    found = [
        screening
        for screening in given.screenings
        if given.is_open(screening.entry)
        and (screening.in_play or screening.entry in given.named)
        and screening.entry not in given.options.left_out
    ]
    return sorted(found, key=lambda screening: _order(given, screening))


def _order(given: SheetInput, screening: Screening) -> tuple[bool, bool, int]:
    """Return a key that puts first what was compared, then what is likely, then what pays more."""
    compared = {
        column.result.entry
        for comparison in given.comparisons
        for column in comparison.columns
        if not column.what_if_text
    }
    result = given.own_results.get(screening.entry)
    total = result.amount.total if result is not None else None
    return (
        screening.entry not in compared | given.named,
        screening.verdict is not Verdict.LIKELY,
        0 if total is None else -total.low - total.high,
    )


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


def letter_of(given: SheetInput, entry_id: str, shown: list[Screening]) -> str:
    """Return the same letter for an entry wherever a neutral sheet speaks of it."""
    comparison = given.chosen_comparison
    columns = () if comparison is None else comparison.columns
    entries = [
        *(screening.entry for screening in shown),
        *(column.result.entry for column in columns),
    ]
    place = list(dict.fromkeys(entries)).index(entry_id)
    letter = ascii_uppercase[place] if place < len(ascii_uppercase) else str(place + 1)
    return f"案{letter}"
