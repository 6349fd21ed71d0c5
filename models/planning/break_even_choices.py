"""Which break-evens are worth showing for the ways of a consultation, the most telling first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from models.planning.break_even import break_even_of, compared, reach_of
from models.planning.lever import Amount, Lever, Moved
from models.planning.pace import finish
from models.planning.plan_frames import takes
from models.planning.scenario_curve import ScenarioCurve, search_scenario_curve
from models.planning.shared_curve import HASTY, PATIENT
from models.values.break_even import BreakEven, NoLine, Reach

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from models.values.break_even import ScenarioLine
    from models.values.catalog import Catalog
    from models.values.consultation import Consultation, Expense
    from models.values.ways import Way, Ways


_MOST_OF_A_CATEGORY = 3
"""So many expenses of a category are tried one by one, the largest; more can be chosen."""


@dataclass(frozen=True, slots=True)
class LeverChoice:
    """An amount that may be varied, and what it is called."""

    lever: Lever
    label: str


@dataclass(frozen=True, slots=True)
class WorthShowing:
    """Two ways compared along one amount (分かれ目), and how far it carries each of them."""

    ways: tuple[Way, Way]
    lever: Lever
    found: BreakEven
    reaches: tuple[Reach, Reach]
    planned: int
    """All planned costs (yen): a change that lies further away than these tells nobody anything."""
    rough: int
    """By how much a line may be too low between its corners (yen), 0 where both are exact."""

    @property
    def agrees(self) -> bool:
        """Whether today's plan has the figures here that the ways show.

        Taken together, the expenses of a category may be shared otherwise than one by one.
        """
        return all(self._agreements)

    @property
    def is_shared_otherwise(self) -> bool:
        """Whether a figure of today's plan is another here than the ways show."""
        return False in self._agreements

    @property
    def _agreements(self) -> tuple[bool | None, ...]:
        """Whether each way agrees, `None` where one of both has no figure."""
        lines = (self.found.first, self.found.second)
        return tuple(self._agrees(way, line) for way, line in zip(self.ways, lines, strict=True))

    def _agrees(self, way: Way, line: ScenarioLine) -> bool | None:
        # Expenses taken together may lie beyond what a line is drawn for.
        today = next((each for each in line.points if each.net == self.found.today), None)
        total = way.result.amount.total
        if today is None or total is None:
            return None
        high = today.subsidy.high
        is_within = total.high <= high if line.high_is_open else total.high == high
        return today.subsidy.low == total.low and is_within

    @property
    def nearest(self) -> int | None:
        """How far from today's plan the nearest sure change lies (yen), `None` without any."""
        return min((abs(each - self.found.today) for each in self.found.changes), default=None)

    @property
    def rank(self) -> tuple[int, int]:
        """The lower, the more telling.

        The nearest change comes first, then an amount that is already enough for the most, then
        what is missing to be paid at all.
        """
        today = self.found.today
        if self.nearest is not None and self.nearest <= self.planned:
            return (0, self.nearest)
        beyond = [
            abs(each.most_from_low - today)
            for each in self.reaches
            if each.most is not None and each.most_from_low
        ]
        if beyond and min(beyond) <= self.planned:
            return (1, min(beyond))
        missing = [each.missing for each in self.reaches if each.missing is not None]
        return (2, min(missing)) if missing else (3, 0)

    @property
    def decides(self) -> bool:
        """Whether the amount makes any difference worth a sentence."""
        return self.rank[0] < len(("change", "most", "missing"))


def lever_choices(
    catalog: Catalog, consultation: Consultation, ways: Sequence[Way]
) -> tuple[LeverChoice, ...]:
    """Return the amounts that move a way: categories, expenses that are not alone, closure costs.

    Categories that a way pays for in its top-up are among them even before anything is planned.
    What only the scenarios plan, or plan otherwise, comes last.
    """
    own = consultation.expenses
    entries = [catalog.entries[frame] for way in ways for frame in way.held.frames]
    extra = dict.fromkeys(each for entry in entries for each in entry.top_up_categories)
    found = _levers(own, tuple(extra))
    for plan in dict.fromkeys(consultation.under(way.scenario).expenses for way in ways):
        for lever in _levers(plan, ()) if plan != own else ():
            if not _is_among(found, lever, own, plan):
                theirs = replace(lever, plan=plan)
                names = (way.short for way in ways if _moves(theirs, consultation, way))
                found.append(replace(theirs, owners="と".join(dict.fromkeys(names))))
    return tuple(
        LeverChoice(each, Amount.of(catalog, consultation, each).label)
        for each in found
        if any(
            _moves(each, consultation, way)
            and any(takes(catalog.entries[frame], each.category) for frame in way.held.frames)
            for way in ways
        )
    )


def _levers(expenses: Sequence[Expense], extra: Iterable[str]) -> list[Lever]:
    """Return the amounts of some expenses: of each category, and of each of several in one."""
    planned = dict.fromkeys(each.category for each in expenses)
    found: list[Lever] = []
    for category in dict.fromkeys((*planned, *extra)):
        places = [place for place, each in enumerate(expenses) if each.category == category]
        if len(places) != 1:
            found.append(Lever(category))
        found += [Lever(category, place) for place in places]
    return found


def _is_among(
    found: Iterable[Lever], lever: Lever, own: tuple[Expense, ...], plan: tuple[Expense, ...]
) -> bool:
    """Return whether an amount of a scenario's plan is moved by one of the others already."""
    for each in found:
        moved = each.on(own, plan)
        if isinstance(moved, Moved) and each.category == lever.category:
            if lever.index is None and each.index is None:
                return True
            if lever.index is not None and moved.places == (lever.index,):
                return True
    return False


def _moves(lever: Lever, consultation: Consultation, way: Way) -> bool:
    varied = consultation.under(way.scenario).expenses
    return isinstance(lever.on(consultation.expenses, varied), Moved)


def pairs(ways: Ways) -> Iterator[tuple[Way, Way]]:
    """Return each two ways that can both hold and of which at least one may pay something."""
    may_pay = [way for way in ways.ways if not way.is_ruled_out]
    for first, second in combinations(may_pay, 2):
        if frozenset({first.label, second.label}) not in ways.apart:
            yield first, second


_Line = tuple[ScenarioCurve, Reach]


class WayComparer:
    """Compares two ways along one amount; what was worked out is remembered."""

    def __init__(self, catalog: Catalog, consultation: Consultation) -> None:
        self._catalog = catalog
        self._consultation = consultation
        self._compared: dict[tuple[ScenarioCurve, ScenarioCurve, Lever], WorthShowing] = {}
        self._known: dict[tuple[str, Lever], tuple[int, _Line | NoLine]] = {}
        """With how much patience each line was found, or was not."""

    def every(self, ways: Ways) -> Iterator[WorthShowing | None]:
        """Return every pair with the amounts worth trying whose lines are found soon, as they come.

        `None` comes between the pieces of work: whoever must not wait goes on later.
        """
        for pair in pairs(ways):
            for choice in lever_choices(self._catalog, self._consultation, pair):
                if self._is_worth_trying(choice.lever):
                    shown = yield from self.steps(ways, pair, choice.lever, HASTY)
                    yield shown if isinstance(shown, WorthShowing) else None

    def _is_worth_trying(self, lever: Lever) -> bool:
        """Return whether an amount is a category, or among the largest expenses of one."""
        if lever.index is None:
            return True
        home = lever.home(self._consultation.expenses)
        alike = [n for n, each in enumerate(home) if each.category == lever.category]
        alike.sort(key=lambda n: -home[n].net)
        return lever.index in alike[:_MOST_OF_A_CATEGORY]

    def along(self, ways: Ways, pair: tuple[Way, Way], lever: Lever) -> WorthShowing | NoLine:
        """Return two of the ways along one amount with their reaches, or why there are no lines."""
        return finish(self.steps(ways, pair, lever))

    def steps(
        self, ways: Ways, pair: tuple[Way, Way], lever: Lever, patience: int = PATIENT
    ) -> Generator[None, None, WorthShowing | NoLine]:
        """Do the same as `along` in pieces, with so much patience for each line."""
        first = yield from self._line_of(pair[0], lever, patience)
        second = yield from self._line_of(pair[1], lever, patience)
        if isinstance(first, NoLine):
            return first
        if isinstance(second, NoLine):
            return second
        curves = first[0], second[0]
        known = self._compared.get((*curves, lever))
        if known is not None and known.ways == pair:
            return known
        amount = Amount.of(self._catalog, self._consultation, lever)
        if frozenset(way.label for way in pair) in ways.apart:
            found = yield from break_even_of(curves, amount, None)
        else:
            found = yield from compared(curves, amount)
        shown = WorthShowing(
            ways=pair,
            lever=lever,
            found=found,
            reaches=(first[1], second[1]),
            planned=self._planned_in(pair),
            rough=max(curve.rough for curve in curves),
        )
        self._compared[*curves, lever] = shown
        return shown

    def _planned_in(self, pair: tuple[Way, Way]) -> int:
        plans = [self._consultation.under(way.scenario).expenses for way in pair]
        return max(sum(expense.net for expense in plan) for plan in plans)

    def _line_of(
        self, way: Way, lever: Lever, patience: int
    ) -> Generator[None, None, _Line | NoLine]:
        known = self._known.get((way.label, lever))
        if known is not None:
            had, found = known
            is_exact = not isinstance(found, NoLine) and not found[0].rough
            if is_exact or had >= patience:
                return found
        scenario = replace(way.held, name=way.short)
        curve = yield from search_scenario_curve(
            self._catalog, self._consultation, scenario, lever, patience
        )
        if isinstance(curve, NoLine):
            found = curve
        else:
            amount = Amount.of(self._catalog, self._consultation, lever)
            found = (curve, (yield from reach_of(curve, amount)))
        self._known[way.label, lever] = patience, found
        return found


def ranked(shown: Iterable[WorthShowing | None]) -> tuple[WorthShowing, ...]:
    """Return the most telling first, without what decides nothing."""
    found = [each for each in shown if each is not None and each.decides and each.agrees]
    return tuple(sorted(found, key=lambda each: each.rank))
