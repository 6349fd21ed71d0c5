"""Frames as the search for a plan sees them: what they surely pay for pooled costs."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from models.judgement.costs import Costs
from models.planning.cost_bins import Bin, bins_of, never_pays_more
from models.planning.profiles import Piece, value_at
from models.planning.resolved import resolve
from models.values.consultation import Expense, TaxMode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.planning.cost_bins import Bins, CostKey
    from models.planning.resolved import ResolvedCalculation
    from models.values.catalog import Catalog, Entry
    from models.values.conditions import AnswerValue

_FLAT = (Piece(Fraction(0), Fraction(0), Fraction(0)),)


def takes(entry: Entry, category: str) -> bool:
    """Return whether an entry can fund an expense of this category."""
    return category in entry.base_categories or category in entry.top_up_categories


class PlanFrame:
    """One frame with the low end of what it pays (yen, subsidy and top-up together).

    `bins` bound the amount from above; `most` is the amount for all the cost it could take.
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
        self._forms: tuple[ResolvedCalculation, ...] = ()
        self.bins: tuple[Bin, ...] = ()
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
        self._forms = tuple(form for form, _ in kept)
        self.most = self.amount([supply[key] for key in self.keys])
        chosen = min((bins for _, bins in kept), key=lambda bins: _most_of(bins, supply))
        self.bins = (*chosen.base, *chosen.top_up)
        if len(kept) > 1 or not chosen.faithful:
            # The amount depends on more than the bins hold: the search must tell such costs apart.
            self.bins += tuple(Bin({key: Fraction(1)}, _FLAT) for key in self.keys)

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
            amount = min(form.amount(pooled) for form in self._forms)
            self._known[asked] = amount
        return amount

    def counts(self, key: CostKey) -> bool:
        """Return whether cost under a key can count at all."""
        return any(each.weights.get(key) for each in self.bins if each.profile is not _FLAT)


def _most_of(bins: Bins, supply: Mapping[CostKey, int]) -> Fraction:
    return sum(
        (
            value_at(
                each.profile, sum(weight * supply[key] for key, weight in each.weights.items())
            )
            for each in (*bins.base, *bins.top_up)
        ),
        Fraction(0),
    )
