"""Which ways stand side by side: the advisor's scenarios first, then what the catalog compares."""

from __future__ import annotations

from dataclasses import replace

from models.values.catalog import PairKind, PairRule
from models.values.consultation import Consultation, Expense, Scenario, TaxMode
from reports.content_blocks import ChartBlock, CopyContent, ProgramsBlock, TableBlock
from reports.sheet import sheet_of
from tests.reports.sheets import (
    CONSULTATION,
    MADE_ON,
    OFFICE,
    ONLY_ADVISOR,
    ONLY_OWNER,
    with_answers,
    words_of,
)
from tests.reports.small_catalog import CATALOG

SMALL = (Expense("小さな機械", "machine", 1_000_000, TaxMode.NONE),)
CLOSING = Scenario(("mihon/a",), "店もやめる", {"plan.closes": True})
STARTING = Scenario(("mihon/a",), "小さく始める", expenses=SMALL)


def owner(*scenarios: Scenario, catalog=CATALOG, **options) -> CopyContent:
    consultation = replace(CONSULTATION, scenarios=scenarios)
    chosen = replace(ONLY_OWNER, **options)
    return sheet_of(catalog, consultation, OFFICE, MADE_ON, chosen).copies[0]


def compared(copy: CopyContent) -> TableBlock:
    section = next(s for s in copy.rest if s.title.startswith("くらべると"))
    block = section.blocks[0]
    assert isinstance(block, TableBlock)
    return block


def names(copy: CopyContent) -> list[str]:
    return [column.title for column in compared(copy).columns][2:]


def test_the_advisors_scenarios_are_the_columns():
    copy = owner(Scenario(("mihon/b",)), CLOSING)
    assert names(copy) == ["△ 相談活用型", "○ 店もやめる"]
    assert "※ 店もやめる：「やめる店」が「はい」の場合" in words_of(copy)
    assert compared(copy).rows[0].cells[3] == "550万円"


def test_changed_expenses_are_told_and_their_sum_is_compared():
    copy = owner(CLOSING, STARTING)
    assert (
        "※ 小さく始める：経費が1件・税込100万円（いまの計画より1,220万円少ない）の場合"
        in words_of(copy)
    )
    chart = next(b for s in copy.rest for b in s.blocks if isinstance(b, ChartBlock))
    assert [bar.paid for bar in chart.bars] == [13_200_000, 13_200_000, 1_000_000]
    words = words_of(copy)
    assert "店もやめるの補助の見込みは550万円です（変える前は400万円〜550万円）。" in words
    assert "小さく始めるが" not in words


def test_changed_answers_are_not_the_clients_own():
    copy = owner(Scenario(("mihon/a",), None, {"plan.closes": True}))
    block = next(b for b in copy.first[1].blocks if isinstance(b, ProgramsBlock))
    assert block.programs[0].amount == "見込み 400万円〜550万円以内（審査があります）"
    assert names(copy) == ["○ 新しい取組型"]
    assert compared(copy).rows[0].cells[2] == "550万円"


def test_what_is_ruled_out_is_no_column():
    copy = owner(Scenario(("mihon/c",)), Scenario(("mihon/a",)))
    assert names(copy) == ["○ 新しい取組型"]
    assert "小さな会社型" not in words_of(copy)


def test_only_scenarios_without_a_figure_leave_the_catalogs_comparison():
    assert names(owner(Scenario(("mihon/c",)))) == ["○ 新しい取組型", "△ 相談活用型"]


def test_same_names_are_told_apart_and_the_same_again_is_said_once():
    plain = Scenario(("mihon/a",))
    other = Scenario(("mihon/a",), None, {"plan.closes": True})
    assert names(owner(plain, plain, other)) == ["○ 新しい取組型", "○ 新しい取組型 その2"]


def test_frames_that_go_together_are_added_up():
    copy = owner(Scenario(("mihon/a", "mihon/b", "mihon/c"), "両方"))
    assert names(copy) == ["△ 両方"]
    assert compared(copy).rows[0].cells[2] == "450万円〜616万6,666円"
    assert "一緒に使えるかを公募要領で確かめて" in words_of(copy)


def test_frames_that_exclude_one_another_are_not_added_up():
    for kind in (PairKind.EXCLUSIVE, PairKind.UNCONFIRMED):
        rule = PairRule(kind, (("mihon/a",), ("mihon/b",)), "", None)
        catalog = replace(CATALOG, pair_rules=(rule,))
        copy = owner(Scenario(("mihon/a", "mihon/b"), "両方"), catalog=catalog)
        assert names(copy) == ["○ 両方 新しい取組型", "△ 両方 相談活用型"]


def test_four_ways_stand_below_one_another_and_more_are_counted():
    scenarios = [
        Scenario(("mihon/a",), f"案{number}", expenses=(replace(SMALL[0], amount=number * 10**6),))
        for number in range(1, 7)
    ]
    copy = owner(*scenarios)
    table = compared(copy)
    assert [column.title for column in table.columns] == [
        "",
        "見込み（以内）",
        "ご自身の負担",
        "立て替える最大",
    ]
    assert [row.cells[0] for row in table.rows] == [
        "補助金を使わない",
        *(f"○ 案{number}" for number in range(1, 5)),
    ]
    assert "ほか 2 件は相談員用の控えに" in words_of(copy)


def test_a_scenario_of_a_hidden_entry_is_hidden():
    copy = owner(Scenario(("mihon/a",)), Scenario(("mihon/b",)), left_out=frozenset({"mihon/b"}))
    assert names(copy) == ["○ 新しい取組型"]


def test_a_neutral_sheet_gives_scenarios_letters_and_tells_nothing_of_them():
    copy = owner(
        Scenario(("mihon/a",)), CLOSING, Scenario(("mihon/a", "mihon/b")), neutral_title=True
    )
    assert names(copy) == ["○ 案A", "○ 案C", "△ 案D"]
    assert "やめる" not in words_of(replace(copy, footer=replace(copy.footer, stages={})))


def test_the_advisors_copy_compares_and_works_out_the_scenarios():
    many = {"plan.closes": True, "plan.shop": True, "applicant.employees": 9}
    changed = Scenario(("mihon/a",), "変える", {**many, "applicant.form": "person"})
    consultation = replace(CONSULTATION, scenarios=(changed, STARTING, Scenario(("mihon/c",))))
    copy = sheet_of(CATALOG, consultation, OFFICE, MADE_ON, ONLY_ADVISOR).copies[0]
    words = words_of(copy)
    assert "くらべると（比べる案、消費税こみ）" in words
    assert "「従業員」が「9人」、ほか1つの答えの場合" in words
    titles = [section.title for section in copy.rest if section.level == 2]
    assert [title.partition("］")[2].strip() for title in titles if "補助金" in title] == [
        "変える",
        "小さく始める",
        "",
        "組合せの中で",
        "組合せの中で",
    ]


def test_nothing_is_compared_before_anything_is_known():
    copy = sheet_of(CATALOG, Consultation(), OFFICE, MADE_ON, ONLY_ADVISOR).copies[0]
    assert "くらべると" not in words_of(copy)
    quiet = sheet_of(CATALOG, with_answers(plan__new_work=None), OFFICE, MADE_ON).copies[1]
    assert "くらべると" not in words_of(quiet)
