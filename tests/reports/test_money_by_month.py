"""The money by month on paper: one result, the same figures in strip, sentence and table."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from models.planning.cash_plan import cash_plan
from models.values.cash import CashTerms, OtherMoney
from models.values.consultation import Expense, TaxMode
from models.values.money import YenRange, man_text, yen_text
from models.values.way_money import WayMoney
from reports.cash_content import month_bars, month_rows, sheet_money, terms_pairs, total_row
from reports.charts import Anchor, Pattern, Rect, Text
from reports.month_chart import HARDEST, MOST_MONTHS, MonthBar, layout_months
from reports.sheet import write_sheet
from tests.reports.sheets import (
    CONSULTATION,
    ONLY_ADVISOR,
    ONLY_OWNER,
    all_text,
    page_texts,
    small_input,
    small_sheet,
)

WIDTH = 487.0
TERMS = CashTerms(
    own_funds=3_000_000,
    other_money=(OtherMoney("定期預金", 1_000_000, "2021-08"),),
    loan_rate_percent=Fraction("2.5"),
)
CASE = replace(CONSULTATION, cash=TERMS)


def width_of(text: str, size: float, bold: bool) -> float:
    return len(text) * size * (1.05 if bold else 1.0)


def test_the_owner_reads_the_very_figures_of_the_plan():
    money = sheet_money(small_input(CASE))
    assert money is not None
    text = all_text(write_sheet(small_sheet(CASE, ONLY_OWNER)))
    assert "お金の動き" in text
    for sentence in money.plan.sentences:
        assert sentence in text
    assert man_text(money.plan.bridging_need) in text
    assert HARDEST.replace(" ", "") in text


def test_the_advisor_reads_every_month_and_what_was_reckoned_with():
    money = sheet_money(small_input(CASE))
    assert money is not None
    text = all_text(write_sheet(small_sheet(CASE, ONLY_ADVISOR)))
    for row in month_rows(money):
        assert "".join(row.cells) in text
    assert yen_text(3_000_000) in text
    assert "年2.5%" in text
    assert "定期預金" in text


def test_the_owners_copy_keeps_to_two_pages():
    many = tuple(
        Expense(f"費用{n}", "machine", 1_234_567, TaxMode.INCLUDED, pay_month=f"2021-{n:02}")
        for n in range(1, 13)
    )
    for expenses in (CASE.expenses, many):
        case = replace(CASE, expenses=expenses)
        assert len(page_texts(write_sheet(small_sheet(case, ONLY_OWNER)))) <= 2


def test_the_chosen_way_is_shown_and_another_only_where_it_is_gone():
    given_input = small_input(CASE)
    first = sheet_money(given_input)
    assert first is not None
    assert first.way is not None
    ways = [way for block in given_input.ways for way in block.ways if way.is_possible]
    for way in ways:
        options = replace(given_input.options, money_way=way.key)
        chosen = sheet_money(replace(given_input, options=options))
        assert chosen is not None
        assert chosen.way is not None
        assert chosen.way.key == way.key
    gone = replace(given_input.options, money_way="gone")
    assert sheet_money(replace(given_input, options=gone)) == first


def test_nothing_to_pay_shows_no_months():
    text = all_text(write_sheet(small_sheet(replace(CASE, expenses=()))))
    assert "お金の動き" not in text
    assert "月ごとのお金" not in text


def test_the_total_row_is_the_sum_of_the_months():
    money = sheet_money(small_input(CASE))
    assert money is not None
    total = total_row(money).cells
    assert total[1] == yen_text(sum(month.paid for month in money.plan.months))
    assert f"{money.plan.own_burden.low:,}円" in total[-1]
    assert dict(terms_pairs(money))["足りなくなる額の最大"] == yen_text(money.plan.bridging_need)


MONTHS = st.lists(
    st.builds(
        lambda paid, other, low, more, hardest: MonthBar(
            "2021年", "10月", paid, other, YenRange(low, low + more), hardest
        ),
        st.integers(0, 10**9),
        st.just(0) | st.integers(0, 10**9),
        st.just(0) | st.integers(0, 10**9),
        st.just(0) | st.integers(0, 10**9),
        st.booleans(),
    ),
    max_size=MOST_MONTHS,
)


@given(months=MONTHS, low=st.booleans())
def test_the_strip_stays_on_the_paper_and_no_figure_covers_another(
    months: list[MonthBar], low: bool
):
    chart = layout_months(months, WIDTH, width_of, 12, low=low)
    rows: dict[float, list[tuple[float, float]]] = {}
    for shape in chart.primitives:
        if isinstance(shape, Rect):
            assert shape.x >= -0.01
            assert shape.x + shape.w <= WIDTH + 0.01
            assert shape.y + 0.01 >= 0
            assert shape.y + shape.h <= chart.height
        elif isinstance(shape, Text):
            wide = width_of(shape.text, shape.size, shape.bold)
            start = shape.x - (wide / 2 if shape.anchor is Anchor.MIDDLE else 0)
            assert start >= -0.01
            assert start + wide <= WIDTH + 0.01
            if "円" in shape.text or "万" in shape.text:
                rows.setdefault(round(shape.y, 3), []).append((start, start + wide))
    for row in rows.values():
        for one, other in pairwise(sorted(row)):
            assert one[1] <= other[0] + 0.01


def test_bars_go_out_below_and_come_in_above_the_line():
    months = [
        MonthBar("2021年", "9月", 8_800_000, 0, YenRange(0, 0), is_hardest=True),
        MonthBar("", "10月", 0, 1_000_000, YenRange(2_000_000, 4_000_000)),
    ]
    chart = layout_months(months, WIDTH, width_of)
    bars = {s.pattern: s for s in chart.primitives if isinstance(s, Rect) and s.w > 15}
    zero = bars[Pattern.SOLID].y
    assert abs(bars[Pattern.HATCH].y + bars[Pattern.HATCH].h - zero) < 0.01
    assert abs(bars[Pattern.DASHED].y + bars[Pattern.DASHED].h - bars[Pattern.HATCH].y) < 0.01
    words = [s.text for s in chart.primitives if isinstance(s, Text)]
    assert {"880万円", "300万円〜500万円", HARDEST, "9月"} <= set(words)


def test_too_many_months_make_no_strip_and_quiet_ones_are_left_out():
    expenses = [
        Expense("x", "machine", 100, TaxMode.NONE, pay_month=f"{2021 + n}-01") for n in range(5)
    ]
    plan = cash_plan(expenses, YenRange(50, 50))
    bars = month_bars(WayMoney(None, tuple(expenses), plan, (None,) * 5))
    assert [bar.label for bar in bars] == ["1月"] * 5 + ["7月"]
    assert bars[1].follows_gap
    assert [bar.year for bar in bars] == ["2021年", "2022年", "2023年", "2024年", "2025年", ""]
    assert layout_months([bars[0]] * (MOST_MONTHS + 1), WIDTH, width_of).primitives == ()
    assert layout_months([], WIDTH, width_of).height == 0
