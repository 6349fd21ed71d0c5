"""The money by month of a way in words and rows: the same for the window and for the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.planning.way_money import chosen_way, money_ways, way_money
from models.values.cash_file import rate_text
from models.values.catalog import OrderRule
from models.values.money import man_text, yen_text
from reports.compared_ways import owner_ways
from reports.month_chart import MonthBar
from reports.wording import NOTHING, WITHOUT_SUBSIDY, month_text, range_yen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.values.cash import CashPlan
    from models.values.consultation import Expense
    from models.values.way_money import WayMoney
    from reports.sheet_input import SheetInput

NO_MONTH, LATER = "支払月が未定", "終わった後"
MONTH_HEADS = ("月", "支払い", "ほかのお金", "補助金", "立て替え中", "手元の残り")
NO_LEAD_TIME = "かかる期間は資料にありません"
RULE_SHORT = {
    OrderRule.AFTER_DECISION: "交付決定の前に注文しない",
    OrderRule.RETROACTIVE: "先に済ませた分も認められることがある",
}
"""A rule beside an expense."""
_MOST_LABELS = 4
_LONGEST = 16
"""So many characters of a label stand in a list."""
_MOST_COLUMNS = 14
_RULE_LINE = {
    OrderRule.AFTER_DECISION: "「交付決定」の前に注文しない：{labels}",
    OrderRule.RETROACTIVE: (
        "先に済ませた分も認められることがあります：{labels}"
        "（片づける前の写真、見積書・領収書を残す）"
    ),
}


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One row of the month table, its cells in the order of `MONTH_HEADS`."""

    cells: tuple[str, ...]
    is_hardest: bool = False
    expenses: str = ""
    """What is paid in this month, in few words."""


def way_title(money: WayMoney) -> str:
    """Return the name of the way whose money is shown."""
    return WITHOUT_SUBSIDY if money.way is None else money.way.label


def month_rows(money: WayMoney) -> tuple[MonthRow, ...]:
    """Return the month table in yen; nothing is left of own money that nobody has named."""
    plan = money.plan
    is_known = plan.terms.own_funds is not None
    return tuple(
        MonthRow(
            cells=(
                _name(plan, place),
                yen_text(month.paid) if month.paid else NOTHING,
                yen_text(month.other_money) if month.other_money else NOTHING,
                range_yen(month.subsidy) if month.subsidy.high else NOTHING,
                yen_text(month.advanced) if month.advanced else NOTHING,
                range_yen(month.balance) if is_known else NOTHING,
            ),
            is_hardest=place == plan.worst,
            expenses=_listed([money.expenses[number].label for number in month.expenses]),
        )
        for place, month in enumerate(plan.months)
    )


def total_row(money: WayMoney) -> MonthRow:
    """Return what the table adds up to; the last cell is what remains to pay."""
    plan = money.plan
    others = sum(month.other_money for month in plan.months)
    cells = (
        "合計",
        yen_text(plan.paid),
        yen_text(others) if others else NOTHING,
        range_yen(plan.subsidy) if plan.subsidy.high else NOTHING,
        NOTHING,
        f"自己負担 {range_yen(plan.own_burden)}",
    )
    return MonthRow(cells)


def month_bars(money: WayMoney) -> tuple[MonthBar, ...]:
    """Return the months for the chart, those in which nothing moves left out where there are many.

    A month without a name of its own keeps its words.
    """
    plan = money.plan
    moving = [place for place, month in enumerate(plan.months) if month.moves]
    places = range(len(plan.months)) if len(plan.months) <= _MOST_COLUMNS else moving
    bars: list[MonthBar] = []
    year = ""
    before: int | None = None
    for place in places:
        month = plan.months[place]
        own_year = "" if month.month is None else f"{int(month.month[:4])}年"
        bars.append(
            MonthBar(
                year=own_year if own_year != year else "",
                label=_short_name(plan, place),
                paid=month.paid,
                other_money=month.other_money,
                subsidy=month.subsidy,
                is_hardest=place == plan.worst,
                follows_gap=before is not None and place - before > 1,
            )
        )
        year, before = own_year or year, place
    return tuple(bars)


def rule_lines(money: WayMoney, labels: Iterable[str]) -> tuple[str, ...]:
    """Return a line for each rule about ordering, with the expenses under the labels given."""
    names = list(labels)
    lines: list[str] = []
    for rule, words in _RULE_LINE.items():
        if own := [names[place] for place in money.ordered_by(rule)]:
            lines.append(words.format(labels=_listed(own)))
    return tuple(lines)


def expense_rules(money: WayMoney | None, expenses: tuple[Expense, ...]) -> tuple[str, ...]:
    """Return for each of the expenses when it may be ordered under the shown way, "" else."""
    if money is None or money.expenses != expenses:
        return ("",) * len(expenses)
    return tuple(
        "" if rule is None or rule.order_rule is None else RULE_SHORT[rule.order_rule]
        for rule in money.order_rules
    )


def _listed(labels: Iterable[str]) -> str:
    """Return the first labels, each once and not too long, and how many more there are."""
    own = list(dict.fromkeys(label for label in labels if label))
    shown = [one if len(one) <= _LONGEST else f"{one[: _LONGEST - 1]}…" for one in own]
    more = [f"ほか{len(own) - _MOST_LABELS}件"] if len(own) > _MOST_LABELS else []
    return "、".join([*shown[:_MOST_LABELS], *more])


def year_step_rows(money: WayMoney) -> tuple[tuple[str, str, str], ...]:
    """Return the steps of the year: name, who, and how long it takes where that is known."""
    return tuple(
        (step.text, step.who, step.lead_time or NO_LEAD_TIME) for step in money.plan.year_steps
    )


def terms_pairs(money: WayMoney) -> tuple[tuple[str, str], ...]:
    """Return what was said about money and what was reckoned with, as label and value."""
    plan, terms = money.plan, money.plan.terms
    pairs = [
        ("最後の支払いから入金まで", f"{terms.months_to_subsidy}か月として"),
    ]
    own = "まだ聞いていません（0円として）" if terms.own_funds is None else None
    pairs.append(("手元のお金", own or yen_text(terms.own_funds or 0)))
    for one in terms.other_money:
        when = f"（{month_text(one.month)}）" if one.month else "（すぐに使える）"
        pairs.append((one.label or "ほかのお金", f"{yen_text(one.amount)}{when}"))
    pairs.append(("足りなくなる額の最大", yen_text(plan.bridging_need)))
    if plan.loan is not None:
        loan = plan.loan
        words = (
            f"{yen_text(loan.amount)}を{loan.months}か月、年{rate_text(loan.rate_percent)}%"
            f"で、利息はおよそ{yen_text(loan.interest)}"
        )
        pairs.append(("つなぎ融資", words))
    return tuple(pairs)


def late_payment_words(money: WayMoney) -> tuple[str, ...]:
    """Return the warnings about how long the money may take, as the catalog gives them."""
    return tuple(
        f"{warning.text}（{warning.lead_time}）"
        for warning in money.plan.warnings
        if warning.lead_time
    )


def advance_words(money: WayMoney) -> str:
    """Return the most to be advanced, for a heading."""
    return f"立て替えの最大 {man_text(money.plan.peak_advance)}"


def _name(plan: CashPlan, place: int) -> str:
    month = plan.months[place].month
    if month is not None:
        return month_text(month)
    return LATER if place and not plan.months[place].paid else NO_MONTH


def _short_name(plan: CashPlan, place: int) -> str:
    month = plan.months[place].month
    if month is not None:
        return f"{int(month[5:])}月"
    return "後日" if place and not plan.months[place].paid else "未定"


def sheet_money(given: SheetInput) -> WayMoney | None:
    """Return the money by month that a sheet shows: of the chosen way, else of the first."""
    compared = owner_ways(given)
    ways = () if compared is None else money_ways((compared,))
    way = chosen_way(ways, given.options.money_way)
    if way is None:
        return None
    return way_money(given.catalog, given.consultation, given.screenings, way)
