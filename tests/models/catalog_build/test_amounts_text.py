from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.catalog_build.amounts_text import parse_rate, parse_yen
from models.values.money import man_text, yen_text


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("450万円", 4_500_000),
        ("1億5,000万円", 150_000_000),
        ("27.0億円", 2_700_000_000),
        ("10.6億円", 1_060_000_000),
        ("3,600億円", 360_000_000_000),
        ("500,000円", 500_000),
        ("4500000円", 4_500_000),
        ("2億円", 200_000_000),
        ("１，０００万円", 10_000_000),
        ("450万1円", 4_500_001),
        ("5千円", 5_000),
        ("3百万円", 3_000_000),
        ("1兆2億円", 1_000_200_000_000),
        ("0円", 0),
        ("0.3億円", 30_000_000),
    ],
)
def test_amounts(text: str, yen: int) -> None:
    assert parse_yen(text) == yen


@pytest.mark.parametrize(
    "text",
    ["", "円", "450万", "450", "4,50万円", "万円", "1万2億円", "1.00005万円", "-1円", "約450万円",
     "1万円以内", "1億 5,000万円", "nan円", "1e9円"],
)  # fmt: skip
def test_what_is_no_exact_amount(text: str) -> None:
    with pytest.raises(ValueError, match="金額"):
        parse_yen(text)


@given(st.integers(min_value=0, max_value=10**13))
def test_what_the_program_writes_is_read_back(amount: int) -> None:
    assert parse_yen(man_text(amount)) == amount
    assert parse_yen(yen_text(amount)) == amount


def test_rates() -> None:
    assert parse_rate("2/3") == Fraction(2, 3)
    assert parse_rate(" １／２ ") == Fraction(1, 2)


@pytest.mark.parametrize("text", ["", "2", "0.5", "1/0", "2/3以内", "-1/2", "1/2/3"])
def test_what_is_no_rate(text: str) -> None:
    with pytest.raises(ValueError, match="割合"):
        parse_rate(text)
