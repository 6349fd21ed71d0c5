"""The `cash` part of a case file: what the client and the advisor say about money by month.

What stands at its default is not written, so that a case without a word about money has no `cash`.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from models.values.cash import MONTHS_TO_SUBSIDY, CashTerms, OtherMoney
from models.values.consultation import MAX_YEN
from models.values.json_fields import Fields, month_problem
from models.values.strict_json import JsonObject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from models.values.strict_json import JsonValue

KEY = "cash"
OTHER_MONEY = "other_money"
CASH_KEYS = ("months_to_subsidy", "own_funds", OTHER_MONEY, "loan_rate_percent", "loan_months")
OTHER_MONEY_KEYS = ("label", "amount", "month")
MAX_OTHER_MONEY = 20
MAX_MONTHS = 120
MAX_RATE_PERCENT = 20
"""What 利息制限法 allows for the smallest loans."""
RATE = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,3})?")
MONTHS_REASON = f"1から{MAX_MONTHS}までの整数（か月）で書いてください。"
YEN_REASON = f"0から{MAX_YEN:,}までの整数（円）で書いてください。"


def read_cash(case: Fields) -> CashTerms:
    """Return what a case says about money; wrong fields are noted and count as not said."""
    if KEY not in case.value:
        return CashTerms()
    fields = Fields.of(case.value[KEY], case.place(KEY), case.findings, CASH_KEYS)
    if fields is None:
        return CashTerms()
    money = [
        _other_money(Fields.of(item, f"{fields.place(OTHER_MONEY)}[{index}]", case.findings,
                               OTHER_MONEY_KEYS))
        for index, item in enumerate(fields.items(OTHER_MONEY, MAX_OTHER_MONEY) or [])
    ]  # fmt: skip
    rate = fields.text("loan_rate_percent", rate_problem)
    return CashTerms(
        months_to_subsidy=fields.whole(
            "months_to_subsidy", range(1, MAX_MONTHS + 1), MONTHS_TO_SUBSIDY, MONTHS_REASON
        ),
        own_funds=_whole_or_none(fields, "own_funds", range(MAX_YEN + 1), YEN_REASON),
        other_money=tuple(each for each in money if each is not None),
        loan_rate_percent=None if rate is None else Fraction(rate),
        loan_months=_whole_or_none(fields, "loan_months", range(1, MAX_MONTHS + 1), MONTHS_REASON),
    )


def rate_problem(value: JsonValue) -> str:
    """Return what is wrong with a rate in percent a year in Japanese, "" when it can stand."""
    if isinstance(value, str) and RATE.fullmatch(value) and Fraction(value) <= MAX_RATE_PERCENT:
        return ""
    return (
        f'年利（%）を0から{MAX_RATE_PERCENT}まで、"2.5" のような文字で書いてください'
        "（小数は3桁まで）。"
    )


def rate_text(rate_percent: Fraction) -> str:
    """Return a rate in percent as it is written, `2.5`; raises `ValueError` beyond 3 decimals."""
    thousandths = rate_percent * 1000
    if thousandths.denominator != 1:
        raise ValueError(rate_percent)
    whole, rest = divmod(thousandths.numerator, 1000)
    return f"{whole}.{rest:03}".rstrip("0").rstrip(".")


def cash_object(terms: CashTerms) -> JsonObject:
    """Return what is written of the terms; empty when nothing was said."""
    written = JsonObject()
    if terms.months_to_subsidy != MONTHS_TO_SUBSIDY:
        written["months_to_subsidy"] = terms.months_to_subsidy
    if terms.own_funds is not None:
        written["own_funds"] = terms.own_funds
    if terms.other_money:
        written[OTHER_MONEY] = [_money_object(money) for money in terms.other_money]
    if terms.loan_rate_percent is not None:
        written["loan_rate_percent"] = rate_text(terms.loan_rate_percent)
    if terms.loan_months is not None:
        written["loan_months"] = terms.loan_months
    return written


def cash_terms(written: Mapping[str, Any]) -> CashTerms:
    """Return the terms of an object that `cash_object` gave."""
    rate = written.get("loan_rate_percent")
    return CashTerms(
        months_to_subsidy=written.get("months_to_subsidy", MONTHS_TO_SUBSIDY),
        own_funds=written.get("own_funds"),
        other_money=tuple(OtherMoney(**money) for money in written.get(OTHER_MONEY, ())),
        loan_rate_percent=None if rate is None else Fraction(rate),
        loan_months=written.get("loan_months"),
    )


def _other_money(fields: Fields | None) -> OtherMoney | None:
    if fields is None:
        return None
    fields.require("label", "amount")
    return OtherMoney(
        label=fields.text("label") or "",
        amount=fields.whole("amount", range(MAX_YEN + 1), 0, YEN_REASON),
        month=fields.text("month", month_problem),
    )


def _whole_or_none(fields: Fields, key: str, allowed: range, reason: str) -> int | None:
    if key not in fields.value:
        return None
    return fields.whole(key, allowed, allowed.start, reason)


def _money_object(money: OtherMoney) -> JsonObject:
    written = JsonObject(label=money.label, amount=money.amount)
    if money.month is not None:
        written["month"] = money.month
    return written
