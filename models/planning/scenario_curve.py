"""All frames of a scenario together as functions of one planned amount."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.planning.amount_curve import AmountCurve, forms_of
from models.planning.line_functions import constant, total_of
from models.planning.plan_frames import takes
from models.planning.shared_curve import SharedCurve, shared_curve
from models.values.break_even import CurvePoint, NoLine, ScenarioLine
from models.values.consultation import MAX_YEN
from models.values.money import YenRange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from models.planning.amount_curve import Lever
    from models.planning.profiles import Profile
    from models.values.catalog import Catalog, Entry
    from models.values.consultation import Consultation, Scenario

_OTHER_EXPENSES = "経費のちがう案は、同じ金額を動かして比べることができません。"


@dataclass(frozen=True, slots=True)
class End:
    """One end of a scenario: exact values, and the lines that they follow within `noise` yen.

    Where the lines jump, the values may jump up to `blur` yen of the amount before or after.
    """

    exact: Callable[[int], int]
    real: Profile
    noise: int
    blur: int


class ScenarioCurve:
    """All frames of a scenario together, as functions of the lever."""

    def __init__(
        self,
        label: str,
        curves: Sequence[AmountCurve | SharedCurve],
        paid: Callable[[int], int],
    ) -> None:
        self.label = label
        self._curves = curves
        self._paid = paid
        low = total_of([(1, constant(0)), *((1, curve.low) for curve in curves)])
        high = total_of([(1, constant(0)), *((1, curve.high) for curve in curves)])
        noise = sum(curve.noise for curve in curves) + 1
        blur = sum(curve.blur for curve in curves)
        self.low_end = End(lambda net: self.at(net).low, low, noise, blur)
        self.high_end = End(lambda net: self.at(net).high, high, noise, blur)

    @property
    def bends(self) -> set[int]:
        """Where any end changes its course, and the yen before: there it may jump."""
        found = {bend for curve in self._curves for bend in curve.bends}
        return {0, *found, *(bend - 1 for bend in found if bend)}

    def at(self, net: int) -> YenRange:
        """Return the subsidy when the lever stands at `net` yen."""
        ranges = [curve.at(net) for curve in self._curves]
        return YenRange(sum(each.low for each in ranges), sum(each.high for each in ranges))

    def line(self, marks: Iterable[int]) -> ScenarioLine:
        """Return the corners at the marks."""
        points: list[CurvePoint] = []
        for net in sorted({mark for mark in marks if 0 <= mark <= MAX_YEN}):
            subsidy = self.at(net)
            points.append(CurvePoint(net, subsidy, subsidy.subtracted_from(self._paid(net))))
        return ScenarioLine(self.label, tuple(points))


def scenario_curve(
    catalog: Catalog, consultation: Consultation, scenario: Scenario, lever: Lever
) -> ScenarioCurve | NoLine:
    """Return the curve of a scenario, or why there is none."""
    if scenario.expenses is not None and scenario.expenses != consultation.expenses:
        return NoLine(_OTHER_EXPENSES)
    varied = consultation.under(scenario)
    expenses = varied.expenses
    entries = [catalog.entries[frame] for frame in scenario.frames]
    categories = {lever.category, *(expense.category for expense in expenses)}
    curves: list[AmountCurve | SharedCurve] = []
    if any(sum(takes(entry, each) for entry in entries) > 1 for each in categories):
        shared = shared_curve(catalog, entries, varied.answers, expenses, lever)
        if isinstance(shared, NoLine):
            return shared
        curves.append(shared)
    else:
        for entry in entries:
            forms = forms_of(catalog, entry, varied.answers)
            curves.append(AmountCurve(entry, forms, expenses, lever))

    def paid(net: int) -> int:
        return sum(expense.paid for expense in lever.moved(expenses, net))

    return ScenarioCurve(_label(entries, scenario), curves, paid)


def _label(entries: Sequence[Entry], scenario: Scenario) -> str:
    return scenario.name or "と".join(entry.short_name for entry in entries)
