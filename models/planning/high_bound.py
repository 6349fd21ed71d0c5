"""What competing frames can pay together at most, however they share the expenses.

Two bounds, and the lower of them: each frame pays for all that it takes, even if others do, too; or
each expense is paid at the best rate of those that take it, without any limit.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from models.planning.amount_curve import AmountCurve
from models.planning.cost_bins import bins_of
from models.planning.line_functions import line, lower_of, total_of
from models.planning.plan_frames import takes
from models.values.consultation import TaxMode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.planning.cost_bins import Bin, CostKey
    from models.planning.lever import Moved
    from models.planning.profiles import Profile
    from models.planning.resolved import ResolvedCalculation
    from models.values.catalog import Entry
    from models.values.consultation import Expense

Forms = tuple["ResolvedCalculation", ...]


def high_bound(entries: Sequence[Entry], forms: Sequence[Forms], moved: Moved) -> Profile:
    """Return the bound (yen) as a function of the amount; `forms` are those of each entry."""
    each_alone = zip(entries, forms, strict=True)
    for_all = total_of([(1, AmountCurve(*each, moved).high) for each in each_alone])
    expenses = moved.at(0)
    rates = [_rates(each, [(e.category, e.year) for e in expenses]) for each in forms]
    slope = at_zero = Fraction(0)
    for place, expense in enumerate(expenses):
        takers = [n for n, entry in enumerate(entries) if takes(entry, expense.category)]
        key = (expense.category, expense.year)
        offers = [offer for n in takers for offer in rates[n][key]]
        if place == moved.place:
            slope = max((rate * (1 + _tax(expense, taxed)) for rate, taxed in offers), default=0)
        else:
            at_zero += max(
                (rate * (expense.paid if taxed else expense.net) for rate, taxed in offers),
                default=0,
            )
    return lower_of(for_all, line(slope, at_zero))


def _tax(expense: Expense, taxed: bool) -> Fraction:
    on_top = taxed and expense.tax is TaxMode.EXCLUDED
    return Fraction(expense.tax_rate_percent if on_top else 0, 100)


def _rates(forms: Forms, keys: Sequence[CostKey]) -> dict[CostKey, list[tuple[Fraction, bool]]]:
    """Return for each key what each form pays at most for a yen, and whether of cost with tax."""
    found: dict[CostKey, list[tuple[Fraction, bool]]] = {key: [] for key in keys}
    for form in forms:
        bins = bins_of(form, found)
        for key, offers in found.items():
            offers.append((_most_a_yen((*bins.base, *bins.top_up), key), form.tax_in))
    return found


def _most_a_yen(bins: Sequence[Bin], key: CostKey) -> Fraction:
    return sum((each.weights.get(key, 0) * _steepest(each.profile) for each in bins), Fraction(0))


def _steepest(profile: Profile) -> Fraction:
    """Return the most that a profile pays for a yen of all its cost."""
    jumps = [piece.value / piece.start for piece in profile if piece.start]
    return max([piece.slope for piece in profile] + jumps)
