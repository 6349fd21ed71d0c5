"""Frames as the search for a plan sees them: what they surely pay for pooled costs."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from models.judgement.costs import Costs
from models.planning.cost_bins import Bin, bins_of, never_pays_more
from models.planning.profiles import Piece, multiplied, value_at
from models.planning.resolved import resolve
from models.values.consultation import Expense, TaxMode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.planning.cost_bins import Bins, CostKey
    from models.planning.resolved import ResolvedCalculation
    from models.values.catalog import Catalog, Entry
    from models.values.conditions import AnswerValue

_ZERO = Fraction(0)
_FLAT = (Piece(Fraction(0), Fraction(0), Fraction(0)),)


def takes(entry: Entry, category: str) -> bool:
    """Return whether an entry can fund an expense of this category."""
    return category in entry.base_categories or category in entry.top_up_categories


class Way(NamedTuple):
    """One way to bound what a frame pays: a fixed amount (yen) and the sum of some of its bins.

    The bins are given by their places. Those of the top-up count only if the bin `lead`, if there
    is one, gets an expense.
    """

    fixed: Fraction
    base: tuple[int, ...]
    top_up: tuple[int, ...]
    lead: int | None


class PlanFrame:
    """One frame with the low end of what it pays (yen, subsidy and top-up together).

    It pays at most what each of its `ways` comes to; `most` is the amount for all the cost that it
    could take. The low end is that of one of its `forms`.
    """

    def __init__(
        self,
        catalog: Catalog,
        entry: Entry,
        answers: Mapping[str, AnswerValue | None],
        supply: Mapping[CostKey, int],
    ) -> None:
        self.entry = entry
        self.keys: tuple[CostKey, ...] = tuple(key for key in supply if takes(entry, key[0]))
        self._known: dict[tuple[int, ...], int] = {}
        self.forms: tuple[ResolvedCalculation, ...] = ()
        self.bins: tuple[Bin, ...] = ()
        self.ways: tuple[Way, ...] = ()
        self.most = 0
        if entry.calculation is not None and self.keys:
            resolved = resolve(catalog, entry.calculation, answers)
            self._settle([(form, bins_of(form, self.keys)) for form in resolved], supply)

    def _settle(
        self,
        forms: Sequence[tuple[ResolvedCalculation, Bins]],
        supply: Mapping[CostKey, int],
    ) -> None:
        kept: list[tuple[ResolvedCalculation, Bins]] = []
        for form, bins in forms:
            if any(never_pays_more(other, bins) for _, other in kept):
                continue
            kept = [each for each in kept if not never_pays_more(bins, each[1])]
            kept.append((form, bins))
        self.forms = tuple(form for form, _ in kept)
        self.most = self.amount([supply[key] for key in self.keys])
        chosen = kept[0][1]
        if len(kept) > 1:
            chosen = min(
                (bins for _, bins in kept),
                key=lambda bins: _most_of((*bins.base, *bins.top_up), supply),
            )
        self._add_ways(chosen, supply)
        for _, bins in kept:
            if bins is not chosen:
                self._add_ways(bins, supply)
        if len(kept) > 1 or not chosen.faithful:
            # The amount depends on more than the bins hold: the search must tell such costs apart.
            self.bins += tuple(Bin({key: Fraction(1)}, _FLAT) for key in self.keys)

    def _add_ways(self, bins: Bins, supply: Mapping[CostKey, int]) -> None:
        """Add what bounds one form of the calculation, the low end included."""
        seconds = self._placed(bins.top_up)
        lead = None
        for base in (bins.base, *bins.instead):
            firsts = self._placed(base)
            if bins.leads and len(firsts) == 1 and seconds and lead is None:
                lead = firsts[0]
            self.ways += (Way(_ZERO, firsts, seconds, lead),)
            both = (*base, *bins.top_up)
            if len(both) > 1 and _most_of(both, supply) >= self.most + len(both):
                # A common limit. The least of a and b is at most the mean of both.
                half = self._halved(both)
                self.ways += (Way(Fraction(self.most, 2), half, (), None),)

    def _placed(self, bins: Sequence[Bin]) -> tuple[int, ...]:
        known = len(self.bins)
        self.bins += tuple(bins)
        return tuple(range(known, known + len(bins)))

    def _halved(self, bins: Sequence[Bin]) -> tuple[int, ...]:
        half = Fraction(1, 2)
        return self._placed([Bin(b.weights, multiplied(b.profile, half)) for b in bins])

    def amount(self, costs: Sequence[int]) -> int:
        """Return the low end (yen) for costs in the order of `keys`."""
        asked = tuple(costs)
        amount = self._known.get(asked)
        if amount is None:
            pooled = Costs(
                Expense("", category, cost, TaxMode.NONE, year=year)
                for (category, year), cost in zip(self.keys, asked, strict=True)
                if cost
            )
            amount = min(form.amount(pooled) for form in self.forms)
            self._known[asked] = amount
        return amount

    def counts(self, key: CostKey) -> bool:
        """Return whether cost under a key can count at all."""
        return any(each.weights.get(key) for each in self.bins if each.profile is not _FLAT)


def _most_of(bins: Sequence[Bin], supply: Mapping[CostKey, int]) -> Fraction:
    """Return what bins pay together for all cost (yen)."""
    return sum(
        (
            value_at(
                each.profile, sum(weight * supply[key] for key, weight in each.weights.items())
            )
            for each in bins
        ),
        Fraction(0),
    )
