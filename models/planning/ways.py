"""Puts ways side by side, beside doing without a subsidy: the same for the window and the sheet.

Where the advisor has made scenarios, these are the ways; else the comparisons of the catalog that
the client's answers speak for; else the frames that they speak for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from models.judgement.evaluation import Situation, evaluate
from models.judgement.screening import was_talked_about
from models.planning.best_combination import pair_relations
from models.planning.break_even import can_both_hold
from models.planning.simulation import paid_in_all, simulate_scenario
from models.planning.way_words import changes_of
from models.planning.ways_sentences import ways_sentences
from models.values.catalog import PairKind
from models.values.consultation import Scenario
from models.values.money import YenRange
from models.values.results import Verdict
from models.values.truth import Truth
from models.values.ways import Origin, Way, Ways

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from fractions import Fraction

    from models.values.catalog import Catalog, ComparisonBlock
    from models.values.consultation import Consultation
    from models.values.results import Screening, SimulationResult

MOST_COLUMNS = 4
_NOT_TOGETHER = frozenset({PairKind.EXCLUSIVE, PairKind.UNCONFIRMED})


@dataclass(frozen=True, slots=True)
class WorkedScenario:
    """A scenario that the advisor put into the case, with the result of each of its frames."""

    scenario: Scenario
    results: tuple[SimulationResult, ...]


def worked_scenarios(catalog: Catalog, consultation: Consultation) -> tuple[WorkedScenario, ...]:
    """Return the scenarios that the case names, each worked out, in the order of the case."""
    return tuple(
        WorkedScenario(scenario, tuple(simulate_scenario(catalog, consultation, scenario)))
        for scenario in consultation.scenarios
    )


def compared_ways(
    catalog: Catalog, consultation: Consultation, screenings: Sequence[Screening]
) -> tuple[Ways, ...]:
    """Return what is compared, the first first; nothing where there is nothing to compare."""
    own = _own_ways(catalog, consultation)
    if own is not None:
        return (own,)
    return ways_without_scenarios(catalog, consultation, screenings)


def ways_without_scenarios(
    catalog: Catalog, consultation: Consultation, screenings: Sequence[Screening]
) -> tuple[Ways, ...]:
    """Return what is compared where the advisor has made no scenario.

    Of the catalog's comparisons all that the answers speak for stand there as soon as one of them
    pays something. Where nothing at all is spoken of yet, all that are not ruled out.
    """
    blocks = [
        _foreseen(catalog, consultation, block)
        for block in catalog.comparisons
        if evaluate(block.when, Situation(catalog, consultation.answers)) is not Truth.NO
    ]
    spoken = tuple(block for block in blocks if block.is_spoken_of)
    if any(block.is_promising for block in spoken):
        return spoken
    candidates = _candidates(catalog, consultation, screenings)
    if candidates is not None and (candidates.is_promising or not spoken):
        return (candidates,)
    if spoken or was_talked_about(catalog, consultation.answers):
        return spoken
    return tuple(blocks)


def kept_ways(ways: Ways, keep: Callable[[Way], bool]) -> Ways | None:
    """Return those of the ways that may be shown, with what is left to say; `None` without any."""
    kept = replace(ways, ways=tuple(way for way in ways.ways if keep(way)))
    return replace(kept, sentences=ways_sentences(kept)) if kept.ways else None


def _finished(catalog: Catalog, consultation: Consultation, ways: Ways) -> Ways:
    """Return the ways with what can be said of them."""
    apart = frozenset(
        frozenset({one.label, other.label})
        for one, other in combinations(ways.ways, 2)
        if not can_both_hold(catalog, consultation, (one.held, other.held))
    )
    based = tuple(_with_base(catalog, consultation, way) for way in ways.ways)
    known = replace(ways, ways=based, apart=apart)
    return replace(known, sentences=ways_sentences(known))


def _foreseen(catalog: Catalog, consultation: Consultation, block: ComparisonBlock) -> Ways:
    ways: list[Way] = []
    for column in block.columns:
        scenario = Scenario((column.entry,), answers=column.what_if)
        result = simulate_scenario(catalog, consultation, scenario)[0]
        ways.append(Way(column.label, column.what_if_text, result, (result,), scenario))
    paid = paid_in_all(consultation.expenses)
    found = Ways(block.id, block.title, paid, tuple(ways), Origin.FORESEEN)
    return _finished(catalog, consultation, found)


def _candidates(
    catalog: Catalog, consultation: Consultation, screenings: Sequence[Screening]
) -> Ways | None:
    """Return the frames that the answers speak for: those that pay, or all while none does."""
    ways: list[Way] = []
    for screening in screenings:
        entry = catalog.entries[screening.entry]
        if (
            screening.in_play
            and screening.verdict is not Verdict.NOT_ELIGIBLE
            and entry.has_firm_amount
        ):
            scenario = Scenario((entry.id,))
            result = simulate_scenario(catalog, consultation, scenario)[0]
            ways.append(Way(entry.short_name, "", result, (result,), scenario))
    if not ways:
        return None
    best = sorted((way for way in ways if way.pays), key=_promise) or ways
    found = Ways(
        Origin.CANDIDATES.value,
        "見込みのある枠",
        paid_in_all(consultation.expenses),
        tuple(best[:MOST_COLUMNS]),
        Origin.CANDIDATES,
    )
    return _finished(catalog, consultation, found)


def _promise(way: Way) -> tuple[bool, int]:
    """Return a key that puts first what is likely, then what pays more."""
    total = way.result.amount.total
    unsure = way.result.screening.verdict is not Verdict.LIKELY
    return (unsure, 0 if total is None else -total.low - total.high)


def _own_ways(catalog: Catalog, consultation: Consultation) -> Ways | None:
    ways: list[Way] = []
    told: list[Scenario] = []
    for place, worked in enumerate(worked_scenarios(catalog, consultation)):
        if worked.scenario.frames and worked.scenario not in told:
            told.append(worked.scenario)
            ways += _of_scenario(catalog, consultation, worked, place)
    if not ways:
        return None
    ways = _numbered(ways)
    sums = {way.result.paid for way in ways}
    paid = sums.pop() if len(sums) == 1 else paid_in_all(consultation.expenses)
    found = Ways(Origin.OWN.value, "比べる案", paid, tuple(ways), Origin.OWN)
    return _finished(catalog, consultation, found)


def _of_scenario(
    catalog: Catalog, consultation: Consultation, worked: WorkedScenario, place: int
) -> list[Way]:
    """Return the scenario as one way, or as one a frame where they may not be added up."""
    scenario = worked.scenario
    assumed = changes_of(catalog, consultation, scenario)
    own = not assumed and len(worked.results) == 1
    results = [replace(r, scenario=None) if own else r for r in worked.results]
    fitting = [r for r in results if r.screening.verdict is not Verdict.NOT_ELIGIBLE]
    if len(fitting) > 1 and go_together(catalog, [r.entry for r in fitting]):
        names = "と".join(catalog.entries[r.entry].short_name for r in fitting)
        label = scenario.name or names
        return [Way(label, assumed, _added_up(fitting), tuple(fitting), scenario, place)]
    several = len(results) > 1
    return [
        Way(
            _label(catalog, scenario, result, several=several),
            assumed,
            result,
            (result,),
            scenario,
            place,
        )
        for result in results
    ]


def _with_base(catalog: Catalog, consultation: Consultation, way: Way) -> Way:
    """Return a way that varies something with the figures that it would have without that."""
    if not way.assumed:
        return way
    plain = Scenario(way.held.frames)
    results = simulate_scenario(catalog, consultation, plain)
    if any(result.screening.verdict is Verdict.NOT_ELIGIBLE for result in results):
        return way
    return replace(way, base=_added_up(results) if len(results) > 1 else results[0])


def _label(catalog: Catalog, scenario: Scenario, result: SimulationResult, *, several: bool) -> str:
    short = catalog.entries[result.entry].short_name
    if scenario.name and several:
        return f"{scenario.name} {short}"
    if scenario.name:
        return scenario.name
    explained = (
        column.label
        for block in catalog.comparisons
        for column in block.columns
        if column.entry == result.entry and not column.what_if_text
    )
    return next(explained, short)


def go_together(catalog: Catalog, entries: Sequence[str]) -> bool:
    """Whether the amounts of these frames may be added up."""
    relations = pair_relations(catalog)
    return all(
        relations.get((one, other)) not in _NOT_TOGETHER for one, other in combinations(entries, 2)
    )


def _sum(amounts: Iterable[YenRange | None]) -> YenRange | None:
    known = [amount for amount in amounts if amount is not None]
    if not known:
        return None
    return YenRange(sum(amount.low for amount in known), sum(amount.high for amount in known))


def _added_up(results: Sequence[SimulationResult]) -> SimulationResult:
    """Return the figures of frames that share the expenses, as if they were one."""
    first = results[0]
    unsure = [r for r in results if r.screening.verdict is not Verdict.LIKELY]
    total = _sum(r.amount.total for r in results)
    amount = replace(
        first.amount,
        eligible_cost=sum(r.amount.eligible_cost for r in results),
        closure_cost=sum(r.amount.closure_cost for r in results),
        subsidy_rate=_one_rate(results),
        subsidy=_sum(r.amount.subsidy for r in results),
        top_up=_sum(r.amount.top_up for r in results),
        total=total,
    )
    questions = dict.fromkeys(question for r in results for question in r.open_questions)
    return replace(
        first,
        screening=(unsure or results)[0].screening,
        amount=amount,
        own_burden=None if total is None else total.subtracted_from(first.paid),
        open_questions=tuple(questions),
    )


def _one_rate(results: Sequence[SimulationResult]) -> Fraction | None:
    """Return the rate of all the frames, `None` where they differ."""
    rates = {result.amount.subsidy_rate for result in results}
    return rates.pop() if len(rates) == 1 else None


def _numbered(ways: Iterable[Way]) -> list[Way]:
    """Return the ways under labels that differ."""
    counted: dict[str, int] = {}
    found: list[Way] = []
    for way in ways:
        counted[way.label] = number = counted.get(way.label, 0) + 1
        found.append(way if number == 1 else replace(way, label=f"{way.short} その{number}"))
    return found
