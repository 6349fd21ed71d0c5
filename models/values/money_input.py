"""What people type into the expense table, read exactly: 450万, １億２，０００万円, R3.9, 税込8%.

Everything ambiguous is refused with a reason instead of guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from models.values.consultation import MAX_YEN, TaxMode
from models.values.json_fields import day_problem, month_problem
from models.values.money import YEN_PER_MAN, YEN_PER_OKU

MAX_TYPED = 40
MONTHS_A_YEAR = 12
FULL_WIDTH = str.maketrans("０１２３４５６７８９，、．￥\\－−％／（）", "0123456789,,.¥¥--%/()")
ABOUT = re.compile(r"約|およそ|だいたい|くらい|ぐらい|ほど|程度")
DIGITS_APART = re.compile(r"[0-9][ \t　]+[0-9]")

UNITS = (("兆", 10**12), ("億", YEN_PER_OKU), ("万", YEN_PER_MAN))
SMALL_UNITS = (("千", 1_000), ("百", 100))
NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
AMOUNT = re.compile(
    "¥?"
    + "".join(rf"(?:(?P<u{value}>[0-9,.千百]+){unit})?" for unit, value in UNITS)
    + r"(?P<u1>[0-9,.千百]+)?(?P<yen>円)?"
)
SEGMENT = re.compile(rf"(?:(?P<s1000>{NUMBER})千)?(?:(?P<s100>{NUMBER})百)?(?P<s1>{NUMBER})?")
FRACTION = re.compile(r"[0-9,]*[.][0-9]*")
DIGITS_OF_MAN = 4

REIWA_BEFORE = 2018
REIWA_FIRST_MONTH = "2019-05"
MONTH_ONLY = re.compile(r"([0-9]{1,2})月?")
YEAR_MONTH = re.compile(r"([0-9]{4})(?:[-/.]|年)([0-9]{1,2})月?")
DAY_OF_MONTH = re.compile(r"([0-9]{4})(?:[-/.]|年)([0-9]{1,2})(?:[-/.]|月)([0-9]{1,2})日?")
REIWA_MONTH = re.compile(r"(?:令和|令|[RrＲｒ])(元|[0-9]{1,2})(?:[-/.]|年)([0-9]{1,2})月?")

TAX_WORDS = {
    "税込": TaxMode.INCLUDED,
    "税込み": TaxMode.INCLUDED,
    "込": TaxMode.INCLUDED,
    "込み": TaxMode.INCLUDED,
    "内税": TaxMode.INCLUDED,
    "税抜": TaxMode.EXCLUDED,
    "税抜き": TaxMode.EXCLUDED,
    "抜": TaxMode.EXCLUDED,
    "抜き": TaxMode.EXCLUDED,
    "税別": TaxMode.EXCLUDED,
    "別": TaxMode.EXCLUDED,
    "外税": TaxMode.EXCLUDED,
    "税なし": TaxMode.NONE,
    "なし": TaxMode.NONE,
    "非課税": TaxMode.NONE,
    "不課税": TaxMode.NONE,
    "対象外": TaxMode.NONE,
}
TAX = re.compile(r"([^0-9%(]+)\(?(?:(10|8)%)?\)?")


@dataclass(frozen=True, slots=True)
class Refused:
    """Typed text that cannot be taken; `reason` is a Japanese sentence that says what can."""

    reason: str


@dataclass(frozen=True, slots=True)
class TypedTax:
    """How a line stands to consumption tax; the rate in percent is None when none was typed."""

    mode: TaxMode
    rate_percent: int | None


def parse_yen(text: str) -> int | Refused | None:
    """Return the typed amount in yen, None for an empty cell."""
    plain = _plain(text)
    if not plain:
        return None
    if reason := _typing_problem(text, plain):
        return Refused(reason)
    total = _exact_yen(plain)
    if isinstance(total, Fraction):
        return int(total)
    return total


def parse_month(text: str, consulted_on: str | None) -> str | Refused | None:
    """Return the typed month as `YYYY-MM`, None for an empty cell.

    A month without a year is the next such month on or after that of `consulted_on` (ISO date).
    """
    plain = _plain(text)
    if not plain:
        return None
    month = ""
    if DIGITS_APART.search(text.translate(FULL_WIDTH)):
        pass  # 1 2 is not December
    elif found := MONTH_ONLY.fullmatch(plain):
        if consulted_on is None or day_problem(consulted_on):
            return Refused(
                "相談日が空のため何年の月か分かりません。2021-09 のように書いてください。"
            )
        visited = date.fromisoformat(consulted_on)
        year = visited.year + (int(found[1]) < visited.month)
        month = f"{year}-{int(found[1]):02}"
    elif found := YEAR_MONTH.fullmatch(plain):
        month = f"{found[1]}-{int(found[2]):02}"
    elif found := DAY_OF_MONTH.fullmatch(plain):
        day = f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
        month = "" if day_problem(day) else day[:7]
    elif found := REIWA_MONTH.fullmatch(plain):
        year = REIWA_BEFORE + (1 if found[1] == "元" else int(found[1]))
        written = f"{year}-{int(found[2]):02}"
        month = written if written >= REIWA_FIRST_MONTH else ""
    if month_problem(month):
        return Refused("支払月は 9月、2021-09、令和3年9月 のように書いてください。")
    return month


def parse_tax(text: str) -> TypedTax | Refused | None:
    """Return how the typed words stand to consumption tax, None for an empty cell."""
    plain = _plain(text)
    if not plain:
        return None
    found = TAX.fullmatch(plain)
    mode = TAX_WORDS.get(found[1]) if found else None
    if found is None or mode is None:
        return Refused("税込、税抜、税なし のどれかで書いてください（軽減税率は 税込8%）。")
    rate = int(found[2]) if found[2] else None
    if mode is TaxMode.NONE and rate is not None:
        return Refused("税なしに税率は付けられません。")
    return TypedTax(mode, rate)


def _plain(text: str) -> str:
    """Return typed text in half-width digits and signs, without spaces.

    No NFKC here: it would read 5² as 52 and ① as 1.
    """
    return "".join(text.translate(FULL_WIDTH).split())


def _typing_problem(text: str, plain: str) -> str:
    if len(plain) > MAX_TYPED:
        return "金額が長すぎます。"
    if plain[0] in "-▲△":
        return "金額は0円以上で書いてください。"
    if ABOUT.search(plain):
        return "「約」は付けずに書き、概算の印を付けてください。"
    if DIGITS_APART.search(text.translate(FULL_WIDTH)):
        return "数字の間に空白があります。1つの金額だけを続けて書いてください。"
    return ""


def _exact_yen(plain: str) -> Fraction | Refused:
    """Return the whole yen of an amount without spaces."""
    found = AMOUNT.fullmatch(plain)
    if found is None or not any(found[f"u{value}"] for _, value in (*UNITS, ("", 1))):
        return Refused("金額は 4500000、450万、1億2000万円 のように書いてください。")
    if FRACTION.fullmatch(found["u1"] or ""):
        # 1.000 could even be meant as a thousand
        return Refused("円未満は書けません。1円単位か、1.5万 のように書いてください。")
    total = _sum_of_units(found)
    if isinstance(total, Refused):
        return total
    if total.denominator != 1:
        return Refused("円未満の端数があります。1円単位で書いてください。")
    if total > MAX_YEN:
        return Refused(f"金額が大きすぎます（{MAX_YEN // 10**12}兆円まで）。")
    return total


def _sum_of_units(found: re.Match[str]) -> Fraction | Refused:
    """Return the yen of all parts (1億 + 2000万 …), exact."""
    total = Fraction(0)
    room: int | None = None
    for _, unit in (*UNITS, ("", 1)):
        written = found[f"u{unit}"]
        if written is None:
            continue
        if total.denominator != 1 or (room is not None and total % room):
            return Refused("小数と下の単位は一緒に使えません。1億5000万円 のように書いてください。")
        part = _segment(written)
        if isinstance(part, Refused):
            return part
        if room is not None and part * unit >= room:
            return Refused("位が重なっています。1億2000万円 のように書いてください。")
        if unit == 1 and room is not None and not found["yen"] and not _ends_clearly(written, room):
            return Refused(
                "終わりの数字が円か万円か分かりません。「円」か「万円」を付けてください。"
            )
        total += part * unit
        room = unit
    return total


def _ends_clearly(written: str, room: int) -> bool:
    """Whether what follows 万 can only be yen: 450万5000, 2万5千, but not 2万5 or 1億2000."""
    four_digits = len(written.replace(",", "")) == DIGITS_OF_MAN
    return room == YEN_PER_MAN and (four_digits or "千" in written or "百" in written)


def _segment(written: str) -> Fraction | Refused:
    """Return the number before one unit: 2,000 or 1.5 or 2千5百."""
    found = SEGMENT.fullmatch(written)
    if found is None:
        return Refused("数字の書き方が違います。カンマは3桁ごとに入れてください。")
    total = Fraction(0)
    room: int | None = None
    for unit in (1_000, 100, 1):
        digits = found[f"s{unit}"]
        if digits is None:
            continue
        value = Fraction(digits.replace(",", "")) * unit
        if room is not None and (value >= room or total % room):
            return Refused("位が重なっています。2500万円 のように書いてください。")
        total += value
        room = unit
    return total
