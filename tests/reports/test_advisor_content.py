"""The advisor's copy holds every verdict, every figure and every reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models.planning.plans import find_plans
from models.values.consultation import Consultation, Expense, Scenario, TaxMode
from models.values.money import YenRange, yen_text
from models.values.results import YearAmount
from reports.content_blocks import FactsBlock, ListBlock, TableBlock, TextBlock
from reports.sheet import sheet_of
from reports.sheet_content import build_sheet, lost_on_paper
from tests.reports.sheets import (
    CONSULTATION,
    MADE_ON,
    OFFICE,
    ONLY_ADVISOR,
    small_input,
    small_sheet,
    with_answers,
    words_of,
)
from tests.reports.small_catalog import CATALOG, EMPTY

if TYPE_CHECKING:
    from models.values.catalog import Catalog
    from reports.content_blocks import CopyContent, Section


def advisor(
    consultation: Consultation = CONSULTATION, catalog: Catalog = CATALOG, **options: object
) -> CopyContent:
    chosen = replace(ONLY_ADVISOR, **options)
    return sheet_of(catalog, consultation, OFFICE, MADE_ON, chosen).copies[0]


def section(copy: CopyContent, title: str) -> Section:
    return next(each for each in (*copy.first, *copy.rest) if title in each.title)


def titles(copy: CopyContent) -> list[str]:
    return [each.title for each in (*copy.first, *copy.rest)]


def table(copy: CopyContent, title: str) -> TableBlock:
    return next(b for b in section(copy, title).blocks if isinstance(b, TableBlock))


def listed_answers(copy: CopyContent) -> dict[str, str]:
    rows = [row.cells for row in table(copy, "回答の一覧").rows]
    return {cells[place]: cells[place + 1] for cells in rows for place in (0, 2)}


def facts(copy: CopyContent) -> dict[str, str]:
    block = copy.first[0].blocks[0]
    assert isinstance(block, FactsBlock)
    return dict(block.pairs)


def test_the_head_bears_names_dates_edition_and_hash():
    assert facts(advisor()) == {
        "相談者": "株式会社山田製作所",
        "代表者": "山田 𠮷雄",
        "件名": "第2回 山田製作所",
        "所在地": "―",
        "相談日": "令和3年（2021年）2月20日（土）",
        "作成日": "令和3年（2021年）2月20日（土）",
        "拠点": "みほん県よろず支援拠点",
        "担当": "渡邉",
        "資料の版": "みほん年度の案",
        "版の番号": "mihon-1 0123456789ab",
    }
    assert advisor().head.badge == "取扱注意"
    assert advisor().footer.left == "取扱注意"


def test_without_names_nothing_names_the_client():
    copy = advisor(show_client_name=False)
    words = words_of(replace(copy, first=(), rest=tuple(copy.rest[1:]))) + repr(facts(copy))
    assert "山田" not in words
    assert "𠮷" not in words


def test_every_verdict_stands_with_its_reasons():
    rows = table(advisor(), "判定の一覧").rows
    assert [row.cells[0] for row in rows] == [
        "○ 該当の見込み",
        "△ 要確認",
        "× 該当しない",
        "◇ 相談できます",
    ]
    assert rows[0].cells[2] == "満たす：新しい取組をする"
    assert "まだ分からない：店を開いている" in rows[1].cells[2]
    assert "次に聞くこと：開いている店" in rows[1].cells[2]
    assert rows[2].cells[2] == "満たさない：従業員が20人以下である（従業員 22人、上限 20人）"
    assert "まだ聞いていない：取引の困りごとの相談" in rows[3].cells[2]
    assert "○ 新しい取組の相談" in rows[3].cells[2]
    assert rows[1].stages == {"extra"}
    assert "［追加］" in rows[1].cells[1]


def test_what_is_not_judged_is_named():
    blocks = section(advisor(), "話に出ていない").blocks
    assert any(isinstance(b, TextBlock) and "みほんだより" in b.text for b in blocks)


def test_what_nobody_spoke_of_is_only_named():
    copy = advisor(with_answers(plan__new_work=None, plan__shop=None))
    assert isinstance(section(copy, "判定の一覧").blocks[0], TextBlock)
    unasked, reasoned = section(copy, "話に出ていない").blocks[:2]
    assert isinstance(unasked, TableBlock)
    assert isinstance(reasoned, TableBlock)
    assert [row.cells for row in unasked.rows] == [
        ("△ 要確認（まだ話に出ていません）：新しい取組型［案・未確定］",),
        ("△ 要確認（まだ話に出ていません）：相談活用型［追加］",),
    ]
    assert unasked.rows[1].stages == {"extra"}
    assert [row.cells for row in reasoned.rows] == [
        (
            "× 該当しない",
            "小さな会社型［案・未確定］",
            "満たさない：従業員が20人以下である（従業員 22人、上限 20人）",
        ),
        (
            "◇ 相談できます",
            "みほん相談所［案・未確定］",
            "まだ聞いていない：取引の困りごとの相談、新しい取組の相談",
        ),
    ]


def test_an_offer_answered_no_is_not_one_still_to_ask():
    copy = advisor(with_answers(plan__shop=False))
    rows = table(copy, "判定の一覧").rows
    assert "いまは当てはまらない：取引の困りごとの相談" in rows[-1].cells[2]


def test_every_figure_of_every_result_is_printed():
    words = words_of(advisor())
    for result in small_input().results:
        amount = result.amount
        ranges = (amount.subsidy, amount.top_up, amount.total, result.own_burden)
        figures = [amount.eligible_cost, amount.closure_cost, result.paid, result.peak_advance]
        figures += [end for each in ranges if each is not None for end in (each.low, each.high)]
        steps = (*amount.steps, *amount.steps_high) if result.entry != "mihon/c" else ()
        figures += [line.amount for line in steps if line.amount is not None]
        for figure in figures:
            assert yen_text(figure) in words, (result.entry, figure)


def test_a_working_shows_both_ends_and_their_sources():
    copy = advisor()
    blocks = section(copy, "○ みほん補助金 新しい取組型").blocks
    steps = next(block for block in blocks if isinstance(block, TableBlock))
    assert [c.title for c in steps.columns] == ["計算", "少ないほう", "多いほう", "出典"]
    cells = [row.cells for row in steps.rows]
    assert cells.count(("8,000,000円 × 1/2", "4,000,000円", "4,000,000円", "補助率 21行")) == 1
    assert ("上乗せ: 3,000,000円 × 1/2", "―", "1,500,000円", "上乗せ 23行") in cells
    assert cells[-1][1:3] == ("4,000,000円", "5,500,000円")
    assert "「みほん補助金」" in section(copy, "計算の内訳").aside


def test_readings_of_one_end_only_are_marked():
    steps = table(advisor(), "△ みほん補助金 相談活用型")
    marked = {row.cells[0]: row.cells[1:3] for row in steps.rows}
    assert marked["1,000,000円 × 1/2"] == ("500,000円", "―")
    assert marked["1,000,000円 × 2/3（1円未満切り捨て）"] == ("―", "666,666円")


def test_a_certain_amount_has_one_working():
    copy = advisor(with_answers(plan__closes=False))
    steps = table(copy, "○ みほん補助金 新")
    assert [c.title for c in steps.columns] == ["計算", "円", "出典"]


def test_what_is_ruled_out_has_no_figures():
    copy = advisor()
    assert not any("そのほかの枠" in title for title in titles(copy))
    assert not any("小さな会社型" in title for title in titles(copy))
    assert table(copy, "くらべると").rows[3].cells[1:] == ("該当しない", *["―"] * 4)


def test_a_frame_that_the_case_names_is_worked_out_even_when_ruled_out():
    copy = advisor(replace(CONSULTATION, scenarios=(Scenario(("mihon/c",)),)))
    words = repr(section(copy, "× みほん補助金 小さな会社型"))
    assert "該当しない枠です" in words
    assert "提案や合計には入れません" in words


def test_what_is_not_compared_has_a_line():
    copy = advisor(replace(CONSULTATION, scenarios=(Scenario(("mihon/a",)),)))
    rows = table(copy, "そのほかの枠").rows
    assert [row.cells for row in rows] == [
        ("△ 相談活用型［追加］", "500,000円〜666,666円", "開いている店")
    ]
    full = [title for title in titles(copy) if not title.endswith("組合せの中で")]
    assert not any("相談活用型" in title for title in full)


def test_named_scenarios_stand_with_their_names_and_expenses():
    other = Expense("小さな機械", "machine", 1_000_000, TaxMode.NONE, year=2)
    scenario = Scenario(("mihon/a",), "小さく始める", {"plan.closes": False}, (other,))
    copy = advisor(replace(CONSULTATION, scenarios=(scenario,)))
    assert "500,000円" in repr(section(copy, "新しい取組型［案・未確定］ 小さく始める"))
    rows = table(copy, "経費の明細（小さく始める）").rows
    assert rows[0].cells == (
        "小さな機械",
        "機械",
        "1,000,000円",
        "税なし",
        "1,000,000円",
        "1,000,000円",
        "2年目\n―",
    )


def test_the_expenses_are_net_paid_and_dated():
    rows = table(advisor(), "経費の明細").rows
    assert [row.cells for row in rows] == [
        ("NC旋盤", "機械", "8,800,000円", "税込10%", "8,000,000円", "8,800,000円", "2021年9月"),
        (
            "店の片付け（概算）",
            "片づけ",
            "3,300,000円",
            "税込10%",
            "3,000,000円",
            "3,300,000円",
            "2021年11月",
        ),
        ("相談料", "専門家", "1,000,000円", "税抜10%", "1,000,000円", "1,100,000円", "―"),
        ("合計", "", "", "", "12,000,000円", "13,200,000円", ""),
    ]


def test_what_must_be_confirmed_has_basis_and_source():
    row = table(advisor(), "要確認").rows[0]
    assert row.cells == (
        "N1",
        "少ないほうの率で計算しています。率は公募要領で確かめてください。",
    )
    assert row.note == "資料に二つの率が並んでいます。「みほん補助金」 補助率 31行［相談活用型］"


def test_advice_bears_its_basis():
    words = repr(section(advisor(), "次にすること・書類・注意"))
    for said in ("番号がないと申し込めません。", "審査で求められます。", "先の契約は対象外です。"):
        assert said in words


def test_all_answers_are_listed_even_the_ignored_ones():
    answers = listed_answers(advisor())
    assert answers["開いている店"] == "（後で調べる）"
    assert answers["従業員"] == "22人"
    assert answers["事業の形"] == "会社"
    assert answers["むかしの質問（いまは聞かない質問）"] == "はい（判定に使っていません）"


def test_an_ignored_answer_that_nobody_knows_is_listed_too():
    copy = advisor(replace(CONSULTATION, ignored_answers={"unknown": None}))
    answers = listed_answers(copy)
    assert answers["unknown（いまは聞かない質問）"] == "（後で調べる）（判定に使っていません）"


def test_a_consultation_without_anything_still_has_a_copy():
    copy = advisor(Consultation())
    assert "回答はまだありません。" in words_of(copy)
    assert "経費の明細" not in titles(copy)
    assert "今日のお話" not in titles(copy)


def test_contacts_are_the_sections_of_what_is_in_play():
    rows = table(advisor(), "国の担当課").rows
    assert [row.cells for row in rows] == [
        ("みほん庁 取組課", "03-0000-0001", "みほん補助金"),
        ("みほん庁 相談課", "03-0000-0002", "みほん補助金"),
    ]


def test_the_documents_close_the_copy():
    block = section(advisor(), "もとにした資料").blocks[1]
    assert isinstance(block, ListBlock)
    assert block.items[0].text == "みほんの資料（2020年9月30日）"


def test_years_reasons_and_limits_are_told_in_words():
    given = small_input()
    first = given.results[0]
    amount = replace(
        first.amount,
        years=(YearAmount(1, 3_000_000, YenRange(1_000_000, 2_000_000)),),
        reason_codes=("below_minimum",),
        limits_hit=("year_limit",),
        missing_to_minimum=123_456,
    )
    changed = replace(first, amount=amount)
    (ways,) = given.ways
    way = replace(ways.ways[0], result=changed, parts=(changed,))
    sheet = build_sheet(
        CATALOG,
        CONSULTATION,
        screenings=given.screenings,
        results=(changed,),
        scenarios=(),
        ways=(replace(ways, ways=(way,)),),
        plans=find_plans(CATALOG, CONSULTATION, 5),
        office=OFFICE,
        made_on=MADE_ON,
        options=ONLY_ADVISOR,
    )
    words = words_of(sheet.copies[0])
    for said in (
        "1年目",
        "1,000,000円〜2,000,000円",
        "下限に届かない",
        "あと 123,456円",
        "1年あたりの上限",
    ):
        assert said in words


def test_an_entry_without_firm_amount_is_listed_without_yen():
    entry = replace(
        EMPTY,
        id="mihon/d",
        official_name="額のない補助金",
        short_name="額なし",
        plain_name="額なし",
        hard=CATALOG.entries["mihon/a"].hard,
    )
    catalog = replace(CATALOG, entries={**CATALOG.entries, "mihon/d": entry})
    consultation = replace(CONSULTATION, scenarios=(Scenario(("mihon/d",)),))
    copy = advisor(consultation, catalog)
    words = repr(section(copy, "○ 額のない補助金"))
    assert "金額は試算できません" in words
    assert "円" not in words.replace("円：", "")


def test_a_document_without_a_day_has_none():
    document = replace(CATALOG.documents[0], published_on="")
    copy = advisor(catalog=replace(CATALOG, documents=(document,)))
    block = section(copy, "もとにした資料").blocks[1]
    assert isinstance(block, ListBlock)
    assert block.items[0].text == "みほんの資料"


def test_lost_characters_are_known_beforehand():
    typed = replace(CONSULTATION, notes="今日は😀", expenses=(), advisor="𠮷田🚃")
    assert lost_on_paper(typed, OFFICE) == "🚃😀"
    assert lost_on_paper(CONSULTATION, OFFICE) == ""


def test_the_file_is_titled_without_a_word_of_the_client():
    sheet = small_sheet()
    assert (sheet.file_title, sheet.creator) == ("相談シート", "みちしるべ")
