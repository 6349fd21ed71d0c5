"""Finds the combination of frames (最もよい組合せ) that surely pays most, and proves it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from models.judgement.costs import Costs
from models.judgement.evaluation import Situation
from models.judgement.screening import screen_entry
from models.judgement.subsidy_amount import subsidy_amount, total_range
from models.planning.allocation import ShareProblem, search_shares
from models.planning.expense_search import Found
from models.planning.frame_sets import FrameSets
from models.planning.pace import Pace, finish
from models.planning.plan_frames import takes
from models.values.catalog import PairKind
from models.values.money import YenRange
from models.values.plan import (
    LeftOutFrame,
    LeftOutReason,
    Plan,
    PlannedFrame,
    PlanProof,
    RunnerUp,
)
from models.values.results import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Sequence

    from models.planning.scaled_frames import ScaledFrame
    from models.values.catalog import Catalog, Entry
    from models.values.consultation import Consultation

TIME_LIMIT_S = 5.0
_FEWEST_TO_SHARE = 2

Relations = dict[tuple[str, str], PairKind]
"""How two entries relate, in both orders; what is not listed may stand together (要確認)."""


def best_combination(
    catalog: Catalog, consultation: Consultation, time_limit_s: float = TIME_LIMIT_S
) -> Plan:
    """Return the best admissible combination for the answers and expenses of a consultation.

    Its scenarios do not count. Amounts in yen. Where the time limit (seconds of work) ends the
    search, the plan says how much a better combination could promise at most.
    """
    return finish(search_best_combination(catalog, consultation, time_limit_s))


def search_best_combination(
    catalog: Catalog,
    consultation: Consultation,
    time_limit_s: float = TIME_LIMIT_S,
    *,
    pace: Pace | None = None,
    among: Collection[str] | None = None,
) -> Generator[None, None, Plan]:
    """Search like `best_combination` in slices of at most 4 ms, for a window that stays awake.

    Each `next` works on a little; the plan is the value of the final `StopIteration`. A `pace`
    given instead of the limit can end the search early; with `among` only these entries count.
    """
    search = _PlanSearch(catalog, consultation, pace or Pace(time_limit_s), among)
    yield from search.prepare()
    return (yield from search.run())


def pair_relations(catalog: Catalog) -> Relations:
    """Return how entries relate; where rules disagree the strictest holds."""
    relations: Relations = {}
    for rule in sorted(catalog.pair_rules, key=lambda rule: -_STRICTNESS[rule.kind]):
        for group in rule.groups:
            for other in rule.groups:
                if other is group:
                    continue
                for first in group:
                    for second in other:
                        relations.setdefault((first, second), rule.kind)
    return relations


_STRICTNESS = {PairKind.EXCLUSIVE: 2, PairKind.UNCONFIRMED: 1, PairKind.SEPARATE: 0}


@dataclass(frozen=True, slots=True)
class _Part:
    """Frames that share expenses or conflict, and the best share among them."""

    frames: tuple[ScaledFrame, ...]
    found: Found


class _PlanSearch:
    """One search for a plan, step by step."""

    def __init__(
        self,
        catalog: Catalog,
        consultation: Consultation,
        pace: Pace,
        among: Collection[str] | None,
    ) -> None:
        self._catalog = catalog
        self._considered = [
            entry for entry in catalog.calculable if among is None or entry.id in among
        ]
        self._consultation = consultation
        self._pace = pace
        self._relations = pair_relations(catalog)
        self._verdicts: dict[str, Verdict] = {}

    def prepare(self) -> Generator[None, None, None]:
        """Judge and compile the frames."""
        situation = Situation(self._catalog, self._consultation.answers)
        for entry in self._considered:
            self._verdicts[entry.id] = screen_entry(entry, situation).verdict
        yield from self._pace.rest()
        entries = [
            entry
            for entry in self._considered
            if self._verdicts[entry.id] is not Verdict.NOT_ELIGIBLE
        ]
        self._problem = ShareProblem(entries, self._consultation.expenses, self._pace)
        yield from self._problem.compile(self._catalog, self._consultation.answers, {})

    def run(self) -> Generator[None, None, Plan]:
        """Search the plan, what would be if combinations were confirmed, and the runner-up."""
        sets = self._sets(PairKind.EXCLUSIVE, PairKind.UNCONFIRMED)
        parts = yield from self._best_parts(sets)
        parts, runner_up = yield from self._settle_ties(sets, parts)
        searched = not self._pace.over
        yield from self._pace.rest()
        frames = yield from self._shared_like_a_scenario(self._planned(parts))
        yield from self._pace.rest()
        total = _total(frames)
        upper = max(total.low, sum(part.found.upper for part in parts))
        if_confirmed, at_most = yield from self._if_confirmed(sets, parts, total.low)
        proof = yield from self._proof(sets, parts, upper)
        yield from self._pace.rest()
        left_out = yield from self._left_out(frames)
        return Plan(
            total=total,
            if_confirmed=if_confirmed,
            if_confirmed_proven=(if_confirmed or total).low >= at_most,
            frames=frames,
            left_out=left_out,
            proven_optimal=total.low == upper,
            proof=proof,
            runner_up_searched=searched,
            runner_up=runner_up if searched else None,
            unsaid_pairs=self._unsaid_pairs(frames),
        )

    def _sets(self, *kinds: PairKind, stricter: FrameSets | None = None) -> FrameSets:
        """Return the admissible sets when pairs of these kinds may not stand together."""
        entries = self._problem.entries
        conflicts = {
            number: frozenset(
                other
                for other, second in enumerate(entries)
                if self._relations.get((entry.id, second.id)) in kinds
            )
            for number, entry in enumerate(entries)
        }
        return FrameSets(self._problem.search, conflicts, stricter)

    def _best_parts(self, sets: FrameSets) -> Generator[None, None, list[_Part]]:
        parts: list[_Part] = []
        for frames in sets.parts(self._problem.frames):
            found = yield from sets.best(frames)
            parts.append(_Part(frames, self._settled(found)))
        return parts

    def _settle_ties(
        self, sets: FrameSets, parts: Sequence[_Part]
    ) -> Generator[None, None, tuple[list[_Part], RunnerUp | None]]:
        """Return the parts with the fewest frames, and the runner-up.

        Only where the runner-up pays as much can fewer or earlier frames do.
        """
        settled: list[_Part] = []
        nearest: tuple[int, int, Found] | None = None
        for position, part in enumerate(parts):
            found = part.found
            other = None
            if found.exact and found.owners:
                less_than = found.low - (1 if nearest is None else max(nearest[0], 1))
                more_than = -1 if nearest is None else less_than
                other = yield from sets.runner_up(part.frames, found, more_than)
                if other.low == found.low:
                    found = yield from sets.fewest(part.frames, found)
                    found = self._settled(found)
                    other = yield from sets.runner_up(part.frames, found, more_than)
            settled.append(_Part(part.frames, found))
            if other is not None and other.low >= 0:
                difference = found.low - other.low
                if nearest is None or difference < nearest[0]:
                    nearest = (difference, position, self._settled(other))
        return settled, self._runner_up(settled, nearest)

    def _runner_up(
        self, parts: Sequence[_Part], nearest: tuple[int, int, Found] | None
    ) -> RunnerUp | None:
        if nearest is None:
            return None
        difference, changed, instead = nearest
        numbers: set[int] = set(instead.owners.values())
        for position, part in enumerate(parts):
            if position != changed:
                numbers.update(part.found.owners.values())
        low = sum(part.found.low for part in parts) - difference
        frames = tuple(self._problem.entries[number].id for number in sorted(numbers))
        return RunnerUp(frames, low, difference) if frames else None

    def _settled(self, found: Found) -> Found:
        """Return a share in which only frames that pay something own an expense."""
        paying = {n for n, amount in self._problem.amounts(found.owners).items() if amount}
        owners = {index: n for index, n in found.owners.items() if n in paying}
        return Found(found.low, owners, found.upper)

    def _planned(self, parts: Sequence[_Part]) -> tuple[PlannedFrame, ...]:
        owners: dict[int, int] = {}
        for part in parts:
            owners.update(part.found.owners)
        numbers = sorted(set(owners.values()))
        shares = self._problem.shares(owners, numbers)
        return tuple(
            PlannedFrame(entry.id, tuple(share), self._range(entry, share))
            for entry, share in zip(
                (self._problem.entries[number] for number in numbers), shares, strict=True
            )
        )

    def _shared_like_a_scenario(
        self, planned: tuple[PlannedFrame, ...]
    ) -> Generator[None, None, tuple[PlannedFrame, ...]]:
        """Return the frames with the share that a scenario of them gets (`allocate`).

        Many shares can pay the same. When the time is over a poorer one leaves all as it is.
        """
        yield from self._pace.rest()
        entries = [self._catalog.entries[frame.entry] for frame in planned]
        if len(entries) < _FEWEST_TO_SHARE:
            return planned
        problem = ShareProblem(entries, self._consultation.expenses, self._pace)
        shares = yield from search_shares(
            problem, self._catalog, self._consultation.answers, self._problem.compiled
        )
        shared: list[PlannedFrame] = []
        for entry, share in zip(entries, shares, strict=True):
            shared.append(PlannedFrame(entry.id, tuple(share), self._range(entry, share)))
            yield from self._pace.rest()
        is_as_good = _total(shared).low >= _total(planned).low
        return tuple(shared) if is_as_good and all(frame.total.low for frame in shared) else planned

    def _range(self, entry: Entry, share: Sequence[int]) -> YenRange:
        costs = Costs(self._consultation.expenses[index] for index in share)
        return total_range(self._catalog, entry, self._consultation.answers, costs)

    def _if_confirmed(
        self, strict: FrameSets, parts: Sequence[_Part], low: int
    ) -> Generator[None, None, tuple[YenRange | None, int]]:
        """Return the total if what is unconfirmed were allowed, `None` if that is no more.

        With it comes the most (yen) that it could be: more where the time was over before.
        """
        sets = self._sets(PairKind.EXCLUSIVE, stricter=strict)
        freed = {n for n, others in strict.conflicts.items() if others != sets.conflicts[n]}
        if not freed:
            return None, low
        # A part without freed frames is the very part that was searched for the plan.
        known = {part.frames[0].number: part for part in parts}
        owners = {index: n for part in parts for index, n in part.found.owners.items()}
        found: list[_Part] = []
        for frames in sets.parts(self._problem.frames):
            numbers = {frame.number for frame in frames}
            if freed.isdisjoint(numbers):
                found.append(known[frames[0].number])
                continue
            mine = {index: n for index, n in owners.items() if n in numbers}
            worth = sum(self._problem.amounts(mine).values())
            best = yield from sets.best(frames, Found(worth, mine, worth))
            found.append(_Part(frames, self._settled(best)))
        at_most = sum(part.found.upper for part in found)
        if sum(part.found.low for part in found) <= low:
            return None, at_most
        return _total(self._planned(found)), at_most

    def _proof(
        self, sets: FrameSets, parts: Sequence[_Part], upper: int
    ) -> Generator[None, None, PlanProof]:
        unit = self._problem.search.unit
        prices = [0] * len(self._consultation.expenses)
        bound = 0
        for part in parts:
            priced = yield from sets.bound(part.frames)
            bound += priced.bound
            for number, price in priced.prices.items():
                prices[number] += price
        return PlanProof(
            upper_bound=upper,
            price_bound=bound // unit,
            prices=tuple(Fraction(price, unit) for price in prices),
            searched=self._problem.search.nodes,
        )

    def _left_out(
        self, planned: Sequence[PlannedFrame]
    ) -> Generator[None, None, tuple[LeftOutFrame, ...]]:
        chosen = [frame.entry for frame in planned]
        alone = {
            entry.id: frame
            for entry, frame in zip(self._problem.entries, self._problem.all_frames, strict=True)
        }
        left_out: list[LeftOutFrame] = []
        for entry in self._considered:
            if entry.id not in chosen:
                left_out.append(self._reason(entry, alone.get(entry.id), chosen))
                yield from self._pace.rest()
        return tuple(left_out)

    def _reason(
        self, entry: Entry, frame: ScaledFrame | None, chosen: Sequence[str]
    ) -> LeftOutFrame:
        if frame is None:
            return LeftOutFrame(entry.id, LeftOutReason.NOT_ELIGIBLE)
        if not frame.most:
            below = frame.frame.keys and self._below_minimum(entry)
            code = LeftOutReason.BELOW_MINIMUM if below else LeftOutReason.NO_GAIN
            return LeftOutFrame(entry.id, code)
        for kind, code in _CONFLICT_REASONS:
            others = [each for each in chosen if self._relations.get((entry.id, each)) is kind]
            if others:
                return LeftOutFrame(entry.id, code, tuple(others))
        return LeftOutFrame(entry.id, LeftOutReason.NO_GAIN)

    def _below_minimum(self, entry: Entry) -> bool:
        costs = Costs(
            expense for expense in self._consultation.expenses if takes(entry, expense.category)
        )
        amount = subsidy_amount(self._catalog, entry, self._consultation.answers, costs)
        return LeftOutReason.BELOW_MINIMUM.value in amount.reason_codes

    def _unsaid_pairs(self, planned: Sequence[PlannedFrame]) -> tuple[tuple[str, str], ...]:
        return tuple(
            (first.entry, second.entry)
            for position, first in enumerate(planned)
            for second in planned[position + 1 :]
        )


_CONFLICT_REASONS = (
    (PairKind.EXCLUSIVE, LeftOutReason.EXCLUSIVE),
    (PairKind.UNCONFIRMED, LeftOutReason.COMBINATION_UNCONFIRMED),
)


def _total(planned: Sequence[PlannedFrame]) -> YenRange:
    return YenRange(
        sum(frame.total.low for frame in planned), sum(frame.total.high for frame in planned)
    )
