"""All frames of a scenario together as functions of one planned amount."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from models.judgement.costs import Costs
from models.planning.allocation import allocate
from models.planning.amount_curve import AmountCurve, forms_of
from models.planning.lever import Stays
from models.planning.line_functions import constant, line, total_of
from models.planning.pace import finish
from models.planning.plan_frames import takes
from models.planning.proven_curve import ProvenCurve
from models.planning.shared_curve import PATIENT, SharedCurve, search_shared_curve
from models.values.break_even import CurvePoint, NoLine, ScenarioLine
from models.values.consultation import MAX_YEN, TaxMode
from models.values.money import YenRange

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping, Sequence

    from models.planning.lever import Lever, Moved
    from models.planning.profiles import Profile
    from models.values.catalog import Catalog, Entry
    from models.values.conditions import AnswerValue
    from models.values.consultation import Consultation, Expense, Scenario


@dataclass(frozen=True, slots=True)
class End:
    """One end of a scenario: exact values, and the lines that they follow within `noise` yen.

    Rounded down, the values lie below the lines, but perhaps up to `over` yen above them.
    The exact value is what is paid out less what counts against it; neither falls as the amount
    grows, unless `rises` is false for what is paid out. Where the lines jump, the values may jump
    up to `blur` yen of the amount before or after.
    """

    search: Callable[[int], Generator[None, None, None]]
    """Works out in small steps what the others then return at once."""
    paid_out: Callable[[int], int]
    against: Callable[[int], int]
    rises: bool
    real: Profile
    noise: int
    over: int
    blur: int


@dataclass(frozen=True, slots=True)
class Side:
    """Both ends of a scenario, the more the better; an open high end is one that it may have."""

    low: End
    high: End
    high_is_open: bool


@dataclass(frozen=True, slots=True)
class FixedCurve:
    """What the frames pay where the amount touches none of their expenses."""

    amount: YenRange
    noise = 0
    blur = 0
    bends = (0,)

    @property
    def low(self) -> Profile:
        """The low end."""
        return constant(self.amount.low)

    @property
    def high(self) -> Profile:
        """The high end."""
        return constant(self.amount.high)

    def at(self, net: int) -> YenRange:  # noqa: ARG002 - the same at any amount
        """Return what the frames pay."""
        return self.amount


Curve = AmountCurve | SharedCurve | ProvenCurve | FixedCurve


class ScenarioCurve:
    """All frames of a scenario together, as functions of the lever.

    `moves` is what the lever does to the scenario's expenses, `has_own` whether they differ from
    the client's plan. `costs` is what is paid, as a line; tax is rounded down to the yen. The high
    end may be open: then it is the most that any sharing of the same sure amount pays.
    """

    def __init__(
        self, label: str, curves: Sequence[Curve], moves: Moved | Stays, *, has_own: bool
    ) -> None:
        self.label = label
        self.moves = moves
        self.has_own = has_own
        self._curves = curves
        self._known: dict[int, YenRange] = {}
        shared = [each for each in curves if isinstance(each, SharedCurve | ProvenCurve)]
        self._open = [each for each in shared if each.high_is_open]
        self.costs = self._costs()
        low = total_of([(1, constant(0)), *((1, curve.low) for curve in curves)])
        high = total_of([(1, constant(0)), *((1, curve.high) for curve in curves)])
        self.subsidy = self._side(low, high, 0)
        left = [total_of([(1, each), (-1, self.costs)]) for each in (low, high)]
        self.burden = self._side(left[0], left[1], 1)

    @property
    def bends(self) -> set[int]:
        """Where any end changes its course, and the yen before: there it may jump."""
        found = {bend for curve in self._curves for bend in curve.bends}
        return {0, *found, *(bend - 1 for bend in found if bend)}

    @property
    def high_is_open(self) -> bool:
        """Whether sharings of the same sure amount differ in what they may pay."""
        return bool(self._open)

    @property
    def rough(self) -> int:
        """By how much the lines may be too low (yen), 0 where they are exact but for rounding."""
        return sum(each.rough for each in self._curves if isinstance(each, ProvenCurve))

    @property
    def high_is_bound(self) -> bool:
        """Whether an open high end is one that perhaps no sharing reaches."""
        return any(isinstance(each, ProvenCurve) for each in self._open)

    def gap(self, net: int) -> int | None:
        """Return how far such sharings differ at an amount (yen), `None` where nobody knows."""
        gaps = [each.gap(net) for each in self._open]
        known = [each for each in gaps if each is not None]
        return sum(known) if len(known) == len(gaps) else None

    def at(self, net: int) -> YenRange:
        """Return the subsidy when the lever stands at `net` yen."""
        found = self._known.get(net)
        if found is None:
            ranges = [curve.at(net) for curve in self._curves]
            low, high = sum(each.low for each in ranges), sum(each.high for each in ranges)
            found = self._known[net] = YenRange(low, high)
        return found

    def search(self, net: int) -> Generator[None, None, None]:
        """Work out in small steps what `at` then returns at once."""
        for curve in self._curves:
            if isinstance(curve, SharedCurve | ProvenCurve):
                yield from curve.search(net)

    def line(self, marks: Iterable[int]) -> Generator[None, None, ScenarioLine]:
        """Find the corners at the marks, in small steps."""
        points: list[CurvePoint] = []
        for net in sorted({mark for mark in marks if 0 <= mark <= MAX_YEN}):
            yield from self.search(net)
            subsidy = self.at(net)
            points.append(CurvePoint(net, subsidy, subsidy.subtracted_from(self._paid(net))))
            yield
        return ScenarioLine(self.label, tuple(points), high_is_open=self.high_is_open)

    def _paid(self, net: int) -> int:
        expenses = self.moves.expenses if isinstance(self.moves, Stays) else self.moves.at(net)
        return sum(expense.paid for expense in expenses)

    def _costs(self) -> Profile:
        if isinstance(self.moves, Stays):
            return constant(self._paid(0))
        moved = self.moves.at(0)[self.moves.place]
        tax = moved.tax_rate_percent if moved.tax is TaxMode.EXCLUDED else 0
        return line(1 + Fraction(tax, 100), self._paid(0))

    def _side(self, low: Profile, high: Profile, paid: int) -> Side:
        """Return both ends with the costs taken off `paid` times: what is left to pay, below 0."""
        # Tax on top is rounded down, too: that is one more yen between the values and the lines.
        noise = sum(curve.noise for curve in self._curves) + 1 + paid
        over = sum(curve.over for curve in self._curves if isinstance(curve, ProvenCurve))
        blur = sum(curve.blur for curve in self._curves)
        rises = all(each.high_rises for each in self._curves if isinstance(each, SharedCurve))

        def against(net: int) -> int:
            return paid * self._paid(net)

        def end(paid_out: Callable[[int], int], real: Profile, *, may_fall: bool) -> End:
            return End(self.search, paid_out, against, not may_fall, real, noise, over, blur)

        return Side(
            end(lambda net: self.at(net).low, low, may_fall=False),
            end(lambda net: self.at(net).high, high, may_fall=not rises),
            self.high_is_open,
        )


def scenario_curve(
    catalog: Catalog, consultation: Consultation, scenario: Scenario, lever: Lever
) -> ScenarioCurve | NoLine:
    """Return the curve of a scenario, or why there is none."""
    return finish(search_scenario_curve(catalog, consultation, scenario, lever))


def search_scenario_curve(
    catalog: Catalog,
    consultation: Consultation,
    scenario: Scenario,
    lever: Lever,
    patience: int = PATIENT,
) -> Generator[None, None, ScenarioCurve | NoLine]:
    """Find the curve of a scenario like `scenario_curve`, in small steps.

    `patience` is that of the search for a curve of frames that compete.
    """
    varied = consultation.under(scenario)
    entries = [catalog.entries[frame] for frame in scenario.frames]
    moves = lever.on(consultation.expenses, varied.expenses)
    curves: list[Curve] = []
    categories = {lever.category, *(expense.category for expense in varied.expenses)}
    if isinstance(moves, Stays) or not any(takes(each, lever.category) for each in entries):
        curves.append(FixedCurve(_shared(catalog, entries, varied.answers, varied.expenses)))
    elif any(sum(takes(entry, each) for entry in entries) > 1 for each in categories):
        shared = yield from search_shared_curve(catalog, entries, varied.answers, moves, patience)
        if isinstance(shared, NoLine):
            return shared
        curves.append(shared)
    else:
        forms = [forms_of(catalog, entry, varied.answers) for entry in entries]
        curves += [AmountCurve(*each, moves) for each in zip(entries, forms, strict=True)]
    has_own = varied.expenses != consultation.expenses
    return ScenarioCurve(_label(entries, scenario), curves, moves, has_own=has_own)


def _shared(
    catalog: Catalog,
    entries: Sequence[Entry],
    answers: Mapping[str, AnswerValue | None],
    expenses: Sequence[Expense],
) -> YenRange:
    """Return what the frames pay together for the expenses as they stand."""
    low = high = 0
    shares = allocate(catalog, entries, answers, expenses)
    for entry, share in zip(entries, shares, strict=True):
        costs = Costs(expenses[index] for index in share)
        amounts = [form.amount(costs) for form in forms_of(catalog, entry, answers)] or [0]
        low, high = low + min(amounts), high + max(amounts)
    return YenRange(low, high)


def _label(entries: Sequence[Entry], scenario: Scenario) -> str:
    return scenario.name or "と".join(entry.short_name for entry in entries)
