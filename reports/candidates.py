"""Which programs the owner's copy names, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.values.results import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from models.values.results import Screening
    from reports.sheet_input import SheetInput


def may_be_named(screenings: Iterable[Screening], named: Collection[str]) -> list[Screening]:
    """Return what a paper for the owner could name: not ruled out, and in play or in a scenario."""
    open_ones = {Verdict.LIKELY, Verdict.NEEDS_CONFIRMATION}
    return [
        screening
        for screening in screenings
        if screening.verdict in open_ones and (screening.in_play or screening.entry in named)
    ]


def offering(screenings: Iterable[Screening]) -> list[Screening]:
    """Return the entries with an offer (相談) that the answers call for."""
    return [
        screening
        for screening in screenings
        if screening.verdict is Verdict.CONSULT and any(offer.raised for offer in screening.offers)
    ]


def shown_programs(given: SheetInput) -> list[Screening]:
    """Return what the owner's copy may name, best first; never what is ruled out."""
    found = [
        screening
        for screening in may_be_named(given.screenings, given.named)
        if screening.entry not in given.options.left_out
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
