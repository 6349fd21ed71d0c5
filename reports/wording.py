"""Words that belong to no program and no edition: dates, amounts, names of limits and reasons."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from models.values.money import about_man_text, man_text, yen_text
from models.values.truth import Truth

if TYPE_CHECKING:
    from models.values.catalog import Catalog
    from models.values.money import YenRange
    from models.values.results import Reason
    from models.values.sources import SourceRef

NOTHING = "―"
ELSEWHERE = "ほか {n} 件は相談員用の控えに"
WITHOUT_SUBSIDY = "補助金を使わない"
_ERAS = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
)
_WEEKDAYS = "月火水木金土日"
LIMIT_WORDS = {
    "subsidy_max_limit": "補助上限額に達しています",
    "top_up_max": "上乗せの上限額に達しています",
    "year_limit": "1年あたりの上限額に達しています",
    "term_limit": "期間全体の上限額に達しています",
    "first_year_limit": "2年目が初年度の額で頭打ちになっています",
    "insurance_limit": "保険金と合わせて費用の額で頭打ちになっています",
}
REASON_WORDS = {
    "below_minimum": "下限に届かないため 0円です",
    "closure_only": "廃業の費用だけでは試算できません（もとになる取組の費用が要ります）",
    "no_eligible_cost": "対象になる費用がまだありません",
    "no_firm_amount": "資料に額の決まりがないため、金額は試算できません",
    "large_lead": "とりまとめ役が大企業のため、その会社には出ません",
    "insurance_unknown": "保険金の額がまだ分からないため、ないものとして計算しています",
    "role_unknown": "とりまとめ役か参加者かがまだ分からないため、幅で示しています",
}
_VISIT_NUMBER = re.compile(r"第\s*[0-9０-９]+\s*回")


def day_text(day: date) -> str:
    """Return e.g. `令和3年（2021年）4月20日（火）`."""
    weekday = _WEEKDAYS[day.weekday()]
    era = era_year(day)
    year = f"{era}（{day.year}年）" if era else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日（{weekday}）"


def era_year(day: date) -> str:
    """Return the Japanese year, e.g. `令和3年`; "" before the eras known here."""
    for start, name in _ERAS:
        if day >= start:
            number = day.year - start.year + 1
            return f"{name}{'元' if number == 1 else number}年"
    return ""


def ready_by(start: date, lead_days: int) -> str:
    """Return the day, without year, that lies `lead_days` after `start`."""
    day = start + timedelta(days=lead_days)
    return f"{day.month}月{day.day}日"


def month_text(month: str | None) -> str:
    """Return `2021年9月` for `2021-09`, a dash where no month is known."""
    if not month:
        return NOTHING
    year, _, number = month.partition("-")
    return f"{year}年{int(number)}月"


def visit_number(title: str) -> str:
    """Return the `第2回` of a consultation's title; the rest of a title may name the client."""
    found = _VISIT_NUMBER.search(title)
    return "" if found is None else re.sub(r"\s", "", found.group())


def range_man(amount: YenRange) -> str:
    """Return the range for a sentence: `450万円`, `200万円〜650万円`."""
    if amount.is_certain:
        return man_text(amount.low)
    return f"{man_text(amount.low)}〜{man_text(amount.high)}"


def range_yen(amount: YenRange | None) -> str:
    """Return the range for a table: `4,500,000円`, `2,000,000円〜6,500,000円`."""
    if amount is None:
        return NOTHING
    if amount.is_certain:
        return yen_text(amount.low)
    return f"{yen_text(amount.low)}〜{yen_text(amount.high)}"


def about_man(amount: int) -> str:
    """Return a chart's label: exact in 万円, or 約 and the nearest 万円."""
    return about_man_text(amount)


def about_range(amount: YenRange) -> str:
    """Return a chart's label of a range."""
    if amount.is_certain:
        return about_man(amount.low)
    return f"{about_man(amount.low)}〜{about_man(amount.high).removeprefix('約')}"


def source_text(source: SourceRef | None) -> str:
    """Return where a figure stands, without the document's title (listed once at the end)."""
    if source is None:
        return ""
    return f"「{source.slide}」 {place_text(source)}"


def place_text(source: SourceRef | None) -> str:
    """Return the item of a slide and the line of the text edition."""
    if source is None:
        return ""
    line = "" if source.line is None else f"{source.line}行"
    return " ".join(part for part in (source.item, line) if part)


def reason_text(catalog: Catalog, reason: Reason) -> str:
    """Return what a condition asks for, with the distance to a missed threshold."""
    distance = reason.distance
    if distance is None:
        return reason.sentence
    question = catalog.questions.get(reason.question)
    label = "回答" if question is None else question.label
    side = "上限" if distance.answer > distance.limit else "下限"
    answer = f"{label} {distance.answer:,}{distance.unit}"
    return f"{reason.sentence}（{answer}、{side} {distance.limit:,}{distance.unit}）"


def truth_mark(truth: Truth) -> str:
    """Return the shape that stands before a condition."""
    return {Truth.YES: "○", Truth.NO: "×", Truth.UNKNOWN: "？"}[truth]


def signed_yen(amount: int) -> str:
    """Return a difference for a table: `+1,500,000円`, `−300,000円`, `±0円`."""
    if not amount:
        return "±0円"
    return f"{'+' if amount > 0 else '−'}{yen_text(abs(amount))}"


def difference_yen(now: YenRange | None, base: YenRange | None) -> str:
    """Return how both ends of a range differ from those of another, a dash without either."""
    if now is None or base is None:
        return NOTHING
    ends = sorted({now.low - base.low, now.high - base.high})
    return "〜".join(signed_yen(end) for end in ends)
