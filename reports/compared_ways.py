"""Which of the compared ways the sheet prints: on paper stands only what pays something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.planning.break_even_choices import ranked
from models.planning.ways import kept_ways, ways_without_scenarios
from models.values.ways import Origin

if TYPE_CHECKING:
    from models.planning.break_even_choices import WorthShowing
    from models.values.ways import Way, Ways
    from reports.sheet_input import SheetInput


def compared_ways(given: SheetInput) -> tuple[Ways, ...]:
    """Return what is printed side by side, the first first.

    Scenarios of which none promises anything leave the place to what would be compared without.
    """
    ways = given.ways
    if ways and ways[0].origin is Origin.OWN:
        if any(way.is_possible for way in ways[0].ways):
            return ways
        ways = ways_without_scenarios(given.catalog, given.consultation, given.screenings)
    return tuple(one for one in ways if one.is_promising)


def most_telling(given: SheetInput, ways: Ways) -> tuple[WorthShowing, ...]:
    """Return the break-evens worth showing, the most telling first."""
    return ranked(given.comparer.every(ways))


def owner_ways(given: SheetInput) -> Ways | None:
    """Return what the owner's copy compares: the first, without what is ruled out or left out."""
    first = next(iter(compared_ways(given)), None)
    if first is None:
        return None
    left_out = given.options.left_out

    def may_stand(way: Way) -> bool:
        return (
            way.is_possible
            and way.key not in given.options.left_out_ways
            and left_out.isdisjoint(part.entry for part in way.parts)
        )

    return kept_ways(first, may_stand)
