"""The one amount that a break-even varies, and what it moves in each scenario."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from models.planning.expense_match import keeps_its_amount, matched
from models.values.consultation import Expense, TaxMode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.values.catalog import Catalog
    from models.values.consultation import Consultation

TODAY = "今の計画"
_OF_A_SCENARIO = "{}の計画"


@dataclass(frozen=True, slots=True)
class Moved:
    """The expenses of one scenario in which some, taken together as one, are the amount.

    Without `places` the amount comes on top, in `category`. `beside` is what the scenario plans in
    the category that the varied plan does not know (yen): it stays as it is.
    """

    expenses: tuple[Expense, ...]
    places: tuple[int, ...]
    category: str
    beside: int = 0

    @property
    def place(self) -> int:
        """Where the amount stands among the moved expenses."""
        return self.places[0] if self.places else len(self.expenses)

    def at(self, net: int) -> tuple[Expense, ...]:
        """Return the expenses with the amount set to `net` yen, tax on top as before."""
        if not self.places:
            return (*self.expenses, Expense("", self.category, net, TaxMode.EXCLUDED))
        line_of = self.expenses[self.place]
        tax = TaxMode.NONE if line_of.tax is TaxMode.NONE else TaxMode.EXCLUDED
        moved = replace(line_of, amount=net, tax=tax)
        return tuple(
            moved if place == self.place else expense
            for place, expense in enumerate(self.expenses)
            if place == self.place or place not in self.places
        )


@dataclass(frozen=True, slots=True)
class Stays:
    """The expenses of a scenario that the amount does not move.

    `instead` is what the scenario has in its place (yen of net cost), `None` where it has nothing.
    """

    expenses: tuple[Expense, ...]
    instead: int | None


@dataclass(frozen=True, slots=True)
class Lever:
    """The one amount that varies: the net cost (yen) of one expense, or of a whole category.

    With `index` the expense at this place; otherwise all expenses of `category` in the program
    year of the first of them, taken together. Both are meant of the client's plan or, with `plan`,
    of the expenses that scenarios have of their own; `owners` then are the names of these.
    """

    category: str
    index: int | None = None
    plan: tuple[Expense, ...] | None = None
    owners: str = ""

    def home(self, own: tuple[Expense, ...]) -> tuple[Expense, ...]:
        """Return the expenses that the amount is one of, given those of the client's plan."""
        return own if self.plan is None else self.plan

    def today(self, own: tuple[Expense, ...]) -> int:
        """Return the amount as it is planned today."""
        home = self.home(own)
        return sum(home[place].net for place in self.places(home))

    def places(self, home: Sequence[Expense]) -> tuple[int, ...]:
        """Return which expenses the amount is made of."""
        if self.index is not None:
            return (self.index,)
        return _together(home, self.category)

    def on(self, own: tuple[Expense, ...], varied: tuple[Expense, ...]) -> Moved | Stays:
        """Return what the amount moves among the expenses that count in a scenario.

        A scenario that has the same expense of the same amount follows, and so does one that has
        every expense of a category; whatever it puts in their place is an amount of its own.
        """
        home = self.home(own)
        places = self.places(home)
        if varied == home:
            return Moved(home, places, self.category)
        found = {there: here for here, there in matched(home, varied).items()}
        kept = tuple(
            sorted(
                found[place]
                for place in places
                if place in found and keeps_its_amount(home[place], varied[found[place]])
            )
        )
        years = {varied[place].year for place in kept}
        if self.index is None:
            beside = [
                place
                for place, each in enumerate(varied)
                if each.category == self.category and place not in found.values()
            ]
            if len(kept) == len(places) and len(years) <= 1 and (places or not beside):
                more = sum(varied[place].net for place in beside)
                return Moved(varied, kept, self.category, more)
            instead = _together(varied, self.category)
        else:
            if kept:
                return Moved(varied, kept, self.category)
            instead = tuple(found[place] for place in places if place in found)
        return Stays(varied, sum(varied[place].net for place in instead) if instead else None)


@dataclass(frozen=True, slots=True)
class Amount:
    """What the varied amount is called, and what is planned of it today (yen).

    `thing` is the name without that of the scenario whose expense it is; `plan` is what is called
    today's plan.
    """

    label: str
    today: int
    thing: str
    plan: str = TODAY

    @classmethod
    def of(cls, catalog: Catalog, consultation: Consultation, lever: Lever) -> Amount:
        """Return what a lever is in the client's plan, or in that of a scenario."""
        own = consultation.expenses
        home = lever.home(own)
        if lever.index is not None and home[lever.index].label:
            thing = home[lever.index].label
        else:
            label = catalog.categories[lever.category].label
            thing = f"{label}の合計" if len(lever.places(home)) > 1 else label
        if lever.plan is None:
            return cls(thing, lever.today(own), thing)
        label = f"{lever.owners}の{thing}"
        return cls(label, lever.today(own), thing, _OF_A_SCENARIO.format(lever.owners))


def _together(expenses: Sequence[Expense], category: str) -> tuple[int, ...]:
    """Return the expenses of a category in the program year of the first of them."""
    places = [n for n, expense in enumerate(expenses) if expense.category == category]
    return tuple(n for n in places if expenses[n].year == expenses[places[0]].year)
