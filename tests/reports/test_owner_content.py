"""What the owner's copy says, and what it must never say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.values.catalog import AdviceKind
from models.values.consultation import Consultation, Expense, Scenario, TaxMode
from models.values.office import LocalContact, Office
from reports.content_blocks import (
    ChartBlock,
    CopyContent,
    CopyKind,
    FilledLine,
    ListBlock,
    Mark,
    ProgramsBlock,
    Section,
    TableBlock,
    TextBlock,
    WritingLines,
)
from reports.sheet import sheet_of
from reports.sheet_input import CopyChoice, SheetOptions
from tests.reports.sheets import (
    CONSULTATION,
    MADE_ON,
    OFFICE,
    ONLY_OWNER,
    small_sheet,
    with_answers,
    words_of,
)
from tests.reports.small_catalog import CATALOG


def owner(consultation: Consultation = CONSULTATION, **more: object) -> CopyContent:
    options = replace(ONLY_OWNER, **more.pop("options", {}))
    return small_sheet(consultation, options, **more).copies[0]


def section(copy: CopyContent, title: str) -> Section:
    sections = (*copy.first, *copy.movable, *copy.rest)
    return next(each for each in sections if each.title.startswith(title))


def has_section(copy: CopyContent, title: str) -> bool:
    sections = (*copy.first, *copy.movable, *copy.rest)
    return any(each.title.startswith(title) for each in sections)


def programs(copy: CopyContent) -> ProgramsBlock:
    return next(b for b in section(copy, "使えそう").blocks if isinstance(b, ProgramsBlock))


def test_the_head_names_date_office_advisor_and_client():
    head = owner().head
    assert head.title == "ご相談のまとめ"
    assert head.aside == ("令和3年（2021年）2月20日（土）", "みほん県よろず支援拠点　担当 渡邉")
    assert head.client == "株式会社山田製作所 様（第2回）"


def test_the_consultations_own_office_and_advisor_come_first():
    copy = owner(replace(CONSULTATION, office="べつの拠点", advisor="佐藤"))
    assert copy.head.aside[1] == "べつの拠点　担当 佐藤"


def test_nobody_is_named_where_several_advisors_work():
    copy = owner(office=Office("拠点", ("渡邉", "佐藤")))
    assert copy.head.aside[1] == "拠点"


def test_the_representative_is_not_on_the_owners_copy():
    assert "𠮷雄" not in words_of(owner())


def test_the_name_can_be_left_out():
    copy = owner(options={"show_client_name": False})
    assert "山田" not in words_of(copy)
    assert copy.head.client == "第2回"


def test_todays_talk_is_in_the_owners_words():
    block = section(owner(), "今日のお話").blocks[0]
    assert isinstance(block, TextBlock)
    assert block.text == "古い機械を入れかえたい。\n店のひとつは閉めるかもしれない。"


def test_without_notes_there_are_lines_to_write_on():
    assert isinstance(
        section(owner(replace(CONSULTATION, notes=" \n ")), "今日のお話").blocks[0], WritingLines
    )


def test_the_programs_stand_best_first_with_shape_stage_and_range():
    lines = programs(owner()).programs
    assert [(line.shape, line.name) for line in lines] == [
        ("○", "みほん補助金 新しい取組型"),
        ("△", "みほん補助金 相談活用型"),
        ("◇", "新しい取組の相談"),
    ]
    assert lines[0].stage == "案・未確定"
    assert lines[0].amount == "見込み 400万円〜550万円以内（審査があります）"
    assert lines[0].still_open == "あと確かめること：やめる店"


def test_an_offer_is_shown_only_when_it_is_raised():
    names = [line.name for line in programs(owner()).programs]
    assert "取引の困りごとの相談" not in names


def test_what_is_ruled_out_is_never_named():
    words = words_of(owner())
    assert "小さな会社型" not in words
    assert "小さな会社への補助" not in words


def test_what_is_ruled_out_is_not_named_even_when_the_case_names_it():
    copy = owner(replace(CONSULTATION, scenarios=(Scenario(("mihon/c",)),)))
    assert "小さな会社型" not in words_of(copy)


def test_an_entry_can_be_left_out():
    words = words_of(owner(options={"left_out": frozenset({"mihon/b", "soudan"})}))
    assert "相談活用型" not in words
    assert "新しい取組の相談" not in words


def test_an_amount_of_nothing_is_not_promised():
    copy = owner(replace(CONSULTATION, expenses=()))
    assert programs(copy).programs[0].amount == "審査があります"
    assert not has_section(copy, "くらべると")


def test_nothing_found_is_said_kindly():
    copy = owner(with_answers(plan__new_work=False, plan__shop=False))
    text = section(copy, "使えそう").blocks[0]
    assert isinstance(text, TextBlock)
    assert "見つかりませんでした" in text.text
    assert "一緒に" in text.text


def test_nothing_asked_yet_is_not_nothing_found():
    copy = owner(Consultation())
    text = section(copy, "使えそう").blocks[0]
    assert isinstance(text, TextBlock)
    assert "これから" in text.text
    assert copy.head.client == ""


def test_next_steps_tell_how_long_they_take():
    block = section(owner(), "次にすること").blocks[0]
    assert isinstance(block, ListBlock)
    assert block.mark is Mark.BOX
    assert block.items[0].text == "電子申請の番号を申し込む"
    assert block.items[0].note == "2〜3週間かかります。今日始めると3月13日ごろ"


def test_without_steps_there_are_boxes_to_write_behind():
    copy = sheet_of(replace(CATALOG, advice=()), CONSULTATION, OFFICE, MADE_ON).copies[0]
    assert section(copy, "次にすること").blocks == (WritingLines(("☐", "☐")),)
    assert not has_section(copy, "用意する書類")


def test_only_fitting_warnings_are_printed():
    words = words_of(owner())
    assert "契約は知らせが来た後に" in words
    assert "小さな会社だけの注意" not in words
    quiet = owner(with_answers(plan__new_work=None))
    assert not has_section(quiet, "気をつけること")


def test_documents_have_boxes():
    block = section(owner(), "用意する書類").blocks[0]
    assert isinstance(block, ListBlock)
    assert (block.mark, block.items[0].text) == (Mark.BOX, "決算書 3年分")


def test_homework_is_what_was_put_off_and_nothing_else():
    block = section(owner(), "宿題").blocks[0]
    assert isinstance(block, ListBlock)
    assert [item.text for item in block.items] == ["店の登記を見てきてください。"]
    asked = section(owner(with_answers(plan__closes=None)), "宿題").blocks[0]
    assert isinstance(asked, ListBlock)
    assert [item.text for item in asked.items] == [
        "店の登記を見てきてください。",
        "やめる店がありますか",
    ]


def test_the_next_appointment_is_blanks_or_what_was_agreed():
    blank = owner().appointment
    assert blank is not None
    assert isinstance(blank.blocks[0], FilledLine)
    assert "＿月" in blank.blocks[0].text
    agreed = owner(options={"next_appointment": "3月5日（金）10時"}).appointment
    assert agreed is not None
    assert isinstance(agreed.blocks[0], FilledLine)
    assert agreed.blocks[0].text == "3月5日（金）10時"


def test_the_comparison_shows_what_one_bears_oneself():
    blocks = section(owner(), "くらべると").blocks
    table = blocks[0]
    assert isinstance(table, TableBlock)
    assert [column.title for column in table.columns] == [
        "",
        "補助金を使わない",
        "○ 新しい取組型",
        "△ 相談活用型",
    ]
    assert [row.cells for row in table.rows] == [
        ("見込み（以内）", "―", "400万円〜550万円", "50万円〜66万6,666円"),
        ("ご自身の負担", "1,320万円", "770万円〜920万円", "1,253万3,334円〜1,270万円"),
        ("立て替える最大", "1,320万円", "1,320万円", "1,320万円"),
    ]
    chart = next(block for block in blocks if isinstance(block, ChartBlock))
    assert [bar.label for bar in chart.bars] == [
        "補助金を使わない",
        "新しい取組型",
        "相談活用型（専門家の費用）",
    ]


def test_a_what_if_says_what_is_assumed():
    block = CATALOG.comparisons[0]
    column = replace(
        block.columns[1], what_if={"plan.shop": True}, what_if_text="もし、店を開いているなら"
    )
    varied = replace(block, columns=(block.columns[0], column))
    catalog = replace(CATALOG, comparisons=(varied,))
    copy = sheet_of(catalog, CONSULTATION, OFFICE, MADE_ON).copies[0]
    assert "もし、店を開いているなら" in words_of(copy)


def test_a_sentence_about_a_column_that_is_not_shown_is_left_out():
    shown = words_of(owner())
    hidden = words_of(owner(options={"left_out": frozenset({"mihon/b"})}))
    assert "補助の見込みは、新しい取組型が" in shown
    assert "補助の見込みは" not in hidden


def test_without_a_foreseen_comparison_the_shown_programs_are_compared():
    catalog = replace(CATALOG, comparisons=())
    copy = sheet_of(catalog, CONSULTATION, OFFICE, MADE_ON).copies[0]
    table = section(copy, "くらべると").blocks[0]
    assert isinstance(table, TableBlock)
    assert len(table.columns) >= 3


def test_a_comparison_nobody_spoke_of_is_passed_over():
    copy = owner(with_answers(plan__new_work=None))
    assert not has_section(copy, "くらべると")


def test_contacts_are_the_offices_own_or_lines_to_write_on():
    table = section(owner(), "連絡先").blocks[0]
    assert isinstance(table, TableBlock)
    assert [row.cells for row in table.rows] == [
        ("みほん商工会", "平日", "000-111-2222"),
        ("みほん市役所", "", "000-111-3333"),
    ]
    assert isinstance(section(owner(office=Office()), "連絡先").blocks[0], FilledLine)
    assert "03-0000-0001" not in words_of(owner())


def test_many_contacts_are_cut_and_counted():
    office = Office("拠点", (), tuple(LocalContact(f"窓口{n}", "0") for n in range(9)))
    assert "ほか 5 件は相談員用の控えに" in words_of(owner(office=office))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2020-09-29", "相談日が資料の公表日より前です。"),
        ("2020-09-30", ""),
        ("2021-03-31", ""),
        ("2021-04-01", "資料が古くなっています。"),
        (None, ""),
        ("いつか", ""),
    ],
)
def test_a_visit_outside_of_the_editions_time_is_flagged(day: str | None, said: str):
    copy = owner(replace(CONSULTATION, consulted_on=day))
    assert copy.warnings == ((said,) if said else ())


def test_a_sheet_without_a_visit_day_bears_the_day_it_was_made():
    copy = owner(replace(CONSULTATION, consulted_on=None), made_on=date(2019, 4, 30))
    assert copy.head.aside[0] == "平成31年（2019年）4月30日（火）"


def test_a_neutral_sheet_tells_a_stranger_nothing():
    copy = owner(options={"neutral_title": True, "show_client_name": False})
    words = words_of(replace(copy, footer=replace(copy.footer, stages={})))
    assert copy.head.title == "メモ"
    for telling in ("取組", "やめる", "山田", "新しい取組型"):
        assert telling not in words
    table = section(copy, "くらべると").blocks[0]
    assert isinstance(table, TableBlock)
    assert [column.title for column in table.columns][2:] == ["○ 案A", "△ 案B"]


def test_a_neutral_sheet_shows_no_notes_that_tell():
    notes = "新しい取組の話。\n天気の話。"
    copy = owner(replace(CONSULTATION, notes=notes), options={"neutral_title": True})
    block = section(copy, "今日のお話").blocks[0]
    assert isinstance(block, TextBlock)
    assert block.text == "天気の話。"


def test_the_copies_are_chosen():
    kinds = {
        choice: [copy.kind for copy in small_sheet(options=SheetOptions(copies=choice)).copies]
        for choice in CopyChoice
    }
    assert kinds == {
        CopyChoice.OWNER: [CopyKind.OWNER],
        CopyChoice.ADVISOR: [CopyKind.ADVISOR],
        CopyChoice.BOTH: [CopyKind.OWNER, CopyKind.ADVISOR],
    }


def test_a_long_homework_says_its_own_text_only_once():
    same = replace(CATALOG.questions["plan.closes"], homework="店の登記を見てきてください。")
    catalog = replace(CATALOG, questions={**CATALOG.questions, "plan.closes": same})
    copy = sheet_of(catalog, with_answers(plan__closes=None), OFFICE, MADE_ON).copies[0]
    block = section(copy, "宿題").blocks[0]
    assert isinstance(block, ListBlock)
    assert len(block.items) == 1


def test_an_amount_in_oku_stays_exact():
    big = Expense("工場", "machine", 123_456_789, TaxMode.NONE)
    copy = owner(replace(CONSULTATION, expenses=(big,)))
    table = section(copy, "くらべると").blocks[0]
    assert isinstance(table, TableBlock)
    assert table.rows[1].cells[1] == "1億2,345万6,789円"


def test_every_kind_of_advice_has_its_place():
    assert {kind.value for kind in AdviceKind} == {
        "next_step",
        "document",
        "warning",
        "year_step",
    }
