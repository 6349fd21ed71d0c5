"""Calculation forms of later programs, written as catalog data alone, come out as by hand.

Each small catalog is compiled and loaded as the program does it; nothing in Python knows its entry.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.catalog_build.compile import build_catalog
from models.judgement.costs import Costs
from models.judgement.subsidy_amount import subsidy_amount
from models.stores.catalog_store import load_catalog
from models.values.consultation import Expense, TaxMode
from tests.small_catalogs import catalog_with

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.values.results import Amount

MODELS = Path("models")
ENTRIES = {
    "stepped_three_quarters": "three-quarters",
    "stepped_rates": "stepped",
    "part_of_the_whole": "part",
    "thousand_yen": "thousand",
}


@pytest.fixture(scope="module")
def pay(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Amount]:
    """Return a function from a catalog and costs to the amount of its entry."""
    folder = tmp_path_factory.mktemp("forms")
    catalogs = {}
    for addition in ENTRIES:
        build_catalog(catalog_with(addition, folder / addition), folder / f"{addition}.sqlite")
        catalogs[addition] = load_catalog(folder / f"{addition}.sqlite")

    def amount(addition: str, **costs: int) -> Amount:
        catalog = catalogs[addition]
        planned = [Expense(name, name, cost, TaxMode.NONE) for name, cost in costs.items()]
        entry = catalog.entries[ENTRIES[addition]]
        return subsidy_amount(catalog, entry, {"applicant.tax": "taxable"}, Costs(planned))

    return amount


def _found(amount: Amount) -> tuple[int, tuple[str, ...]]:
    assert amount.subsidy is not None
    assert amount.subsidy.is_certain
    return amount.subsidy.low, amount.limits_hit


@pytest.mark.parametrize(
    ("cost", "subsidy", "limits"),
    [
        (0, 0, ()),
        (1, 0, ()),
        (499_999, 374_999, ()),  # 374,999.25
        (500_000, 375_000, ()),  # the whole first step
        (500_001, 375_000, ()),  # 375,000 + 2/3
        (500_002, 375_001, ()),  # 375,000 + 4/3
        (1_437_499, 999_999, ()),
        (1_437_500, 1_000_000, ()),  # 375,000 + 937,500 x 2/3
        (1_437_501, 1_000_000, ()),
        (1_437_502, 1_000_000, ("subsidy_max_limit",)),
    ],
)
def test_three_quarters_up_to_500_000_and_two_thirds_above(
    pay: Callable[..., Amount], cost: int, subsidy: int, limits: tuple[str, ...]
) -> None:
    assert _found(pay("stepped_three_quarters", equipment=cost)) == (subsidy, limits)


@pytest.mark.parametrize(
    ("cost", "subsidy", "limits"),
    [
        (3_999_999, 2_666_666, ()),
        (4_000_000, 2_666_666, ()),
        (4_000_001, 2_666_667, ()),  # 2,666,666 + 2/3 + 1/2
        (10_666_666, 5_999_999, ()),
        (10_666_667, 6_000_000, ()),  # 2,666,666 + 2/3 + 3,333,333 + 1/2
        (10_666_669, 6_000_000, ("subsidy_max_limit",)),
    ],
)
def test_two_thirds_up_to_4_000_000_and_half_above(
    pay: Callable[..., Amount], cost: int, subsidy: int, limits: tuple[str, ...]
) -> None:
    assert _found(pay("stepped_rates", equipment=cost)) == (subsidy, limits)


@pytest.mark.parametrize(
    ("main", "website", "subsidy", "limits"),
    [
        (900_000, 0, 600_000, ()),
        (900_000, 299_999, 799_999, ()),
        (900_000, 300_000, 800_000, ()),  # 200,000 is a quarter of 800,000
        (900_000, 300_002, 800_000, ("subsidy_max_limit",)),
        (900_000, 9_000_000, 800_000, ("subsidy_max_limit",)),
        (0, 900_000, 0, ("subsidy_max_limit",)),  # nothing is not a quarter of itself
        (3, 3, 2, ("subsidy_max_limit",)),
        # Here a quarter and 500,000 yen are the same; a yen more of either does not add to it.
        (2_250_000, 749_999, 1_999_999, ()),
        (2_250_000, 750_000, 2_000_000, ()),
        (2_250_000, 750_002, 2_000_000, ("subsidy_max_limit",)),
        (2_249_997, 750_000, 1_999_997, ("subsidy_max_limit",)),  # 1,499,998 + its third
        (2_400_000, 900_000, 2_000_000, ("subsidy_max_limit",)),  # 1,600,000 + 500,000
    ],
)
def test_a_part_is_at_most_a_quarter_of_the_whole_and_500_000(
    pay: Callable[..., Amount], main: int, website: int, subsidy: int, limits: tuple[str, ...]
) -> None:
    assert _found(pay("part_of_the_whole", promotion=main, website=website)) == (subsidy, limits)


@settings(
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(main=st.integers(0, 2_000), website=st.integers(0, 2_000))
def test_the_part_is_the_largest_that_the_circular_rule_allows(
    pay: Callable[..., Amount], main: int, website: int
) -> None:
    # In steps of a third of a yen, which both rates come to: the whole is main plus part.
    thirds = [
        Fraction(part, 3)
        for part in range(2 * website + 1)
        if 4 * part <= 2 * main + part and part <= 1_500_000
    ]
    largest = max(thirds)
    most = min(Fraction(2 * website, 3), Fraction(2 * main, 9))
    assert largest <= most < largest + Fraction(1, 3)
    assert _found(pay("part_of_the_whole", promotion=main, website=website))[0] == int(
        Fraction(2 * main, 3) + most
    )


@pytest.mark.parametrize(
    ("cost", "subsidy", "limits"),
    [
        (1_999, 0, ()),
        (2_000, 1_000, ()),
        (3_999, 1_000, ()),
        (1_999_999, 999_000, ()),
        (2_000_000, 1_000_000, ()),
        (2_001_999, 1_000_000, ()),  # 1,000,999.5: cut off before the limit is looked at
        (2_002_000, 1_000_000, ("subsidy_max_limit",)),
    ],
)
def test_less_than_a_thousand_yen_is_cut_off(
    pay: Callable[..., Amount], cost: int, subsidy: int, limits: tuple[str, ...]
) -> None:
    assert _found(pay("thousand_yen", equipment=cost)) == (subsidy, limits)


def test_no_python_knows_these_entries() -> None:
    code = [file.read_text(encoding="utf-8") for file in MODELS.rglob("*.py")]
    assert not [entry for entry in ENTRIES.values() for text in code if f'"{entry}"' in text]
