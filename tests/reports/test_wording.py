"""Dates, amounts and reasons in the words of the paper."""

from __future__ import annotations

from datetime import date

import pytest

from models.values.money import YenRange
from models.values.results import Distance, Reason
from models.values.sources import SourceRef
from models.values.truth import Truth
from reports.wording import (
    LIMIT_WORDS,
    REASON_WORDS,
    about_man,
    about_range,
    day_text,
    era_year,
    month_text,
    range_man,
    range_yen,
    ready_by,
    reason_text,
    source_text,
    truth_mark,
    visit_number,
)
from tests.reports.small_catalog import CATALOG


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2021, 4, 20), "令和3年（2021年）4月20日（火）"),
        (date(2019, 5, 1), "令和元年（2019年）5月1日（水）"),
        (date(2019, 4, 30), "平成31年（2019年）4月30日（火）"),
        (date(1989, 1, 7), "昭和64年（1989年）1月7日（土）"),
        (date(1900, 1, 1), "1900年1月1日（月）"),
    ],
)
def test_a_day_bears_both_calendars(day: date, said: str):
    assert day_text(day) == said
    assert (era_year(day) == "") == (day.year == 1900)


def test_a_lead_time_may_run_into_the_next_year():
    assert ready_by(date(2020, 12, 25), 21) == "1月15日"


def test_a_month_may_be_unknown():
    assert month_text("2021-09") == "2021年9月"
    assert month_text(None) == "―"


@pytest.mark.parametrize(
    ("title", "number"),
    [("第2回 山田", "第2回"), ("山田 第 １２ 回", "第１２回"), ("山田第一回", "")],
)
def test_only_the_number_of_a_title_is_taken(title: str, number: str):
    assert visit_number(title) == number


def test_ranges_in_sentences_tables_and_charts():
    certain, wide = YenRange(4_500_000, 4_500_000), YenRange(0, 5_333_333)
    assert (range_man(certain), range_man(wide)) == ("450万円", "0円〜533万3,333円")
    assert (range_yen(certain), range_yen(wide)) == ("4,500,000円", "0円〜5,333,333円")
    assert range_yen(None) == "―"
    assert (about_range(certain), about_range(wide)) == ("450万円", "0円〜533万円")


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "0円"),
        (9_999, "9,999円"),
        (10_000, "1万円"),
        (14_999, "約1万円"),
        (15_000, "約2万円"),
        (99_999_999, "約1億円"),
    ],
)
def test_a_charts_figure_says_when_it_is_rounded(amount: int, said: str):
    assert about_man(amount) == said


def test_a_source_without_a_line_has_none():
    assert source_text(None) == ""
    assert source_text(SourceRef("資料", "図", "項目", None)) == "「図」 項目"


def reason(distance: Distance | None, question: str = "applicant.employees") -> Reason:
    return Reason("c", "決まりに合う", Truth.NO, question, None, distance, None)


def test_a_missed_threshold_tells_the_distance():
    above, below = Distance(22, 20, "人"), Distance(3, 10, "者")
    assert reason_text(CATALOG, reason(above)) == "決まりに合う（従業員 22人、上限 20人）"
    assert reason_text(CATALOG, reason(below, "?")) == "決まりに合う（回答 3者、下限 10者）"
    assert reason_text(CATALOG, reason(None)) == "決まりに合う"


def test_every_truth_has_a_shape():
    assert [truth_mark(truth) for truth in Truth] == ["○", "×", "？"]


def test_codes_have_words():
    assert all(LIMIT_WORDS.values())
    assert all(REASON_WORDS.values())
