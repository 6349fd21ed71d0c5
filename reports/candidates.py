"""Which programs the owner's copy names, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.values.results import Verdict

if TYPE_CHECKING:
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
        part.entry
        for ways in given.ways
        for way in ways.ways
        if not way.assumed
        for part in way.parts
    }
    result = given.own_results.get(screening.entry)
    total = result.amount.total if result is not None else None
    return (
        screening.entry not in compared | given.named,
        screening.verdict is not Verdict.LIKELY,
        0 if total is None else -total.low - total.high,
    )
