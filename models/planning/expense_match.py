"""Which expense of a scenario is which of the plan: expenses have no number of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from models.values.consultation import Expense


def matched(own: Sequence[Expense], varied: Sequence[Expense]) -> dict[int, int]:
    """Return where each of the varied expenses stands in the plan (place -> place), each once.

    The same comes first, then what keeps its name, category and amount, then what keeps its name
    and category; what is missing stands nowhere in the plan.
    """
    found: dict[int, int] = {}
    free = list(range(len(own)))
    for alike in (_is_the_same, keeps_its_amount, _keeps_its_name):
        for place, expense in enumerate(varied):
            if place not in found:
                one = _first(own, free, expense, alike)
                if one is not None:
                    free.remove(one)
                    found[place] = one
    return found


def keeps_its_amount(one: Expense, other: Expense) -> bool:
    """Whether an expense is the same but for year, month, tax or how sure the amount is."""
    return _keeps_its_name(one, other) and one.net == other.net


def _keeps_its_name(one: Expense, other: Expense) -> bool:
    return (one.label, one.category) == (other.label, other.category)


def _is_the_same(one: Expense, other: Expense) -> bool:
    return one == other


def _first(
    own: Sequence[Expense],
    free: Sequence[int],
    expense: Expense,
    alike: Callable[[Expense, Expense], bool],
) -> int | None:
    return next((place for place in free if alike(own[place], expense)), None)
