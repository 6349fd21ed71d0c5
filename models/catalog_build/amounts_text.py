"""Reads amounts and rates as the source writes them, exactly: no float on the way."""

from __future__ import annotations

import re
from fractions import Fraction

_UNITS = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "億": 10**8, "兆": 10**12}
_PART = re.compile(r"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<unit>百万|千|万|億|兆|)")
_COMMAS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})*|[0-9]+")
_RATE = re.compile(r"([0-9]{1,4})/([1-9][0-9]{0,3})")
_WIDE = str.maketrans("０１２３４５６７８９，．／", "0123456789,./")


def parse_yen(text: str) -> int:
    """Return whole yen of `450万円`, `1億5,000万円`, `27.0億円` or `500,000円`.

    Raises ValueError with a Japanese reason when the text is no exact amount of whole yen.
    """
    plain = text.strip().translate(_WIDE)
    if not plain.endswith("円"):
        msg = f"金額「{text}」は「円」で終わるように書いてください（例: 450万円、1億5,000万円）。"
        raise ValueError(msg)
    total = Fraction(0)
    smallest = None
    rest = plain.removesuffix("円")
    while rest:
        match = _PART.match(rest)
        if match is None:
            break
        number, unit = match["number"], _UNITS[match["unit"]]
        whole = number.partition(".")[0]
        if not _COMMAS.fullmatch(whole) or (smallest is not None and unit >= smallest):
            break
        total += Fraction(number.replace(",", "")) * unit
        smallest = unit
        rest = rest[match.end() :]
    if rest or smallest is None:
        msg = f"金額「{text}」が読めません（例: 450万円、1億5,000万円、27.0億円、4500000）。"
        raise ValueError(msg)
    if total.denominator != 1:
        msg = f"金額「{text}」は1円未満の端数を含みます。"
        raise ValueError(msg)
    return int(total)


def parse_rate(text: str) -> Fraction:
    """Return the exact rate of `2/3`; raises ValueError with a Japanese reason otherwise."""
    match = _RATE.fullmatch(text.strip().translate(_WIDE))
    if match is None:
        msg = f"割合「{text}」は「2/3」のような分数で書いてください。"
        raise ValueError(msg)
    return Fraction(int(match[1]), int(match[2]))
