"""Whole yen and exact rates. No float ever touches money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

YEN_PER_MAN = 10_000
YEN_PER_OKU = 100_000_000


@dataclass(frozen=True, slots=True)
class YenRange:
    """An amount in yen that is certain (`low == high`) or known only between two ends."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if self.low > self.high:
            msg = f"low {self.low} is above high {self.high}"
            raise ValueError(msg)

    @property
    def is_certain(self) -> bool:
        """Whether both ends are the same amount."""
        return self.low == self.high

    def subtracted_from(self, amount: int) -> YenRange:
        """Return `amount` minus this range: the ends change places."""
        return YenRange(amount - self.high, amount - self.low)


def round_down(amount: Fraction | int, unit: int = 1) -> int:
    """Return `amount` (yen) rounded down to a multiple of `unit` yen (円未満切捨て when 1)."""
    return int(amount // unit) * unit


def net_of_included_tax(amount: int, tax_rate_percent: int) -> int:
    """Return the amount (yen) without the consumption tax it contains, rounded down per line."""
    return amount * 100 // (100 + tax_rate_percent)


def tax_on_top(amount: int, tax_rate_percent: int) -> int:
    """Return the consumption tax (yen) paid on top of an amount stated without it."""
    return amount * tax_rate_percent // 100


def yen_text(amount: int) -> str:
    """Return the amount for a table: `12,345,678円`."""
    return f"{amount:,}円"


def man_text(amount: int) -> str:
    """Return the amount for a sentence, exact: `450万円`, `1億2,000万円`, `450万1円`."""
    if amount == 0:
        return "0円"
    sign = "-" if amount < 0 else ""
    oku, rest = divmod(abs(amount), YEN_PER_OKU)
    man, yen = divmod(rest, YEN_PER_MAN)
    parts = [f"{oku:,}億"] if oku else []
    parts += [f"{man:,}万"] if man else []
    parts += [f"{yen:,}"] if yen else []
    return f"{sign}{''.join(parts)}円"


def about_man_text(amount: int) -> str:
    """Return the amount for a sentence: exact in 万円, or 約 and the nearest 万円."""
    if amount % YEN_PER_MAN == 0 or amount < YEN_PER_MAN:
        return man_text(amount)
    rounded = (amount + YEN_PER_MAN // 2) // YEN_PER_MAN * YEN_PER_MAN
    return f"約{man_text(rounded)}"


def rate_text(rate: Fraction) -> str:
    """Return the rate as the source writes it, e.g. `2/3`; a full rate is `10/10`."""
    if rate == 1:
        return "10/10"
    return f"{rate.numerator}/{rate.denominator}"
