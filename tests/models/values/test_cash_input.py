"""Months and rates are read as people type them, and refused with the reason."""

from fractions import Fraction

import pytest

from models.values.cash_input import parse_months, parse_percent
from models.values.money_input import Refused


@pytest.mark.parametrize(
    ("text", "months"), [("6", 6), ("１２か月", 12), (" 8ヶ月 ", 8), ("120", 120), ("", None)]
)
def test_months_are_read(text, months):
    assert parse_months(text) == months


@pytest.mark.parametrize("text", ["0", "121", "-1", "1.5", "半年", "九", "か月半"])
def test_what_are_no_months_is_refused(text):
    found = parse_months(text)
    assert isinstance(found, Refused)
    assert "1から120" in found.reason


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("2.5", Fraction(5, 2)),
        ("１．５％", Fraction(3, 2)),
        ("0", Fraction(0)),
        ("20", 20),
        ("", None),
    ],
)
def test_rates_are_read(text, rate):
    assert parse_percent(text) == rate


@pytest.mark.parametrize("text", ["20.1", "-1", "1e1", "2.5555", "高い", "1/2", "inf"])
def test_what_is_no_rate_is_refused(text):
    found = parse_percent(text)
    assert isinstance(found, Refused)
    assert "20まで" in found.reason
