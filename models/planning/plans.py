"""Finds all that planning says of one consultation, in slices, for screen and paper alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.judgement.screening import screen
from models.planning.best_combination import search_best_combination
from models.planning.double_funding import (
    claims_of_frames,
    double_funding,
    search_double_funding,
)
from models.planning.pace import Pace, finish
from models.values.plan import Plans
from models.values.results import Verdict

if TYPE_CHECKING:
    from collections.abc import Generator

    from models.values.catalog import Catalog
    from models.values.consultation import Consultation


def find_plans(catalog: Catalog, consultation: Consultation, time_limit_s: float) -> Plans:
    """Return the plans of a consultation; the limit is in seconds of work for all of them."""
    return finish(search_plans(catalog, consultation, Pace(time_limit_s)))


def search_plans(
    catalog: Catalog, consultation: Consultation, pace: Pace
) -> Generator[None, None, Plans]:
    """Search like `find_plans` in slices of a few ms; `pace` ends it with what was found so far.

    What would be funded twice is asked of the scenarios, or, where there are none, of the frames
    that the client's answers speak for.
    """
    firm = {entry.id for entry in catalog.calculable}
    spoken = {
        screening.entry
        for screening in screen(catalog, consultation.answers)
        if screening.in_play
        and screening.entry in firm
        and screening.verdict is not Verdict.NOT_ELIGIBLE
    }
    yield from pace.rest()
    # The few that are spoken of first: their plan is there at once, whenever the rest is stopped.
    among = yield from search_best_combination(catalog, consultation, pace=pace, among=spoken)
    if consultation.scenarios:
        double = yield from search_double_funding(catalog, consultation, pace)
    else:
        claims = claims_of_frames(catalog, consultation, spoken)
        double = double_funding(catalog, claims, among)
    yield from pace.rest()
    whole = yield from search_best_combination(catalog, consultation, pace=pace)
    return Plans(whole, among, double)
