"""What an advisor types about money by month: the value, or in Japanese why it cannot stand."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

from models.values.cash_file import MAX_MONTHS, MAX_RATE_PERCENT, rate_problem
from models.values.money_input import Refused

PERCENT_SIGNS = ("%", "パーセント")
MONTH_WORDS = ("か月", "ヶ月", "カ月", "ケ月", "月")


def parse_months(text: str) -> int | Refused | None:
    """Return the typed number of months (`6`, `6か月`), `None` for an empty field."""
    plain = _plain(text, MONTH_WORDS)
    if not plain:
        return None
    if plain.isascii() and plain.isdigit() and len(plain) <= len(str(MAX_MONTHS)):
        months = int(plain)
        if 1 <= months <= MAX_MONTHS:
            return months
    return Refused(f"1から{MAX_MONTHS}までの月数を、6 のように書いてください。")


def parse_percent(text: str) -> Fraction | Refused | None:
    """Return the typed rate in percent a year (`2.5`, `2.5%`), `None` for an empty field."""
    plain = _plain(text, PERCENT_SIGNS)
    if not plain:
        return None
    if rate_problem(plain):
        return Refused(
            f"年利を0から{MAX_RATE_PERCENT}まで、2.5 のように書いてください（小数は3桁まで）。"
        )
    return Fraction(plain)


def _plain(text: str, endings: tuple[str, ...]) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    for ending in endings:
        if plain.endswith(ending):
            return plain.removesuffix(ending).strip()
    return plain
