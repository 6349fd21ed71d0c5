"""A small catalog of invented programs, so that golden pages do not move with the real one.

It holds one entry of each kind that the sheet treats differently.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from models.values.calculation import (
    Calculation,
    Cap,
    Case,
    Pool,
    Rate,
    Reading,
    Readings,
    RoundDown,
)
from models.values.catalog import (
    Advice,
    AdviceKind,
    Catalog,
    ComparisonBlock,
    ComparisonColumn,
    Contact,
    Edition,
    Entry,
    EntryKind,
    ExpenseCategory,
    Note,
    Offer,
    Stage,
)
from models.values.conditions import AllOf, FixedLimit, Leaf, Operator
from models.values.questions import (
    AnswerRole,
    Choice,
    Question,
    QuestionType,
    RetiredQuestion,
    Topic,
)
from models.values.sources import SourceDocument, SourceRef

DOCUMENT = "みほんの資料"
SLIDE = "みほん補助金"


def source(item: str, line: int) -> SourceRef:
    return SourceRef(DOCUMENT, SLIDE, item, line)


def leaf(leaf_id: str, subject: str, sentence: str, value: bool | str) -> Leaf:
    return Leaf(leaf_id, subject, Operator.IS, sentence, (value,), source=source("条件", 12))


EMPTY = Entry(
    id="",
    program_name="みほん補助金",
    subsidy_type="",
    official_name="",
    short_name="",
    plain_name="",
    kind=EntryKind.SUBSIDY,
    stage="request",
    who="",
    what_for="",
    route="",
    targets=(),
    keywords=(),
    contacts=(),
    budget=None,
    rates=(),
    max_limit=None,
    min_limit=None,
    top_up_max=None,
    base_categories=(),
    top_up_categories=(),
    hard=None,
    soft=(),
    calculation=None,
    offers=(),
    sources=(),
)

NEW_WORK = leaf("new-work", "plan.new_work", "新しい取組をする", True)
IS_OPEN = leaf("shop", "plan.shop", "店を開いている", True)
IS_SMALL = Leaf(
    "small",
    "applicant.employees",
    Operator.AT_MOST,
    "従業員が20人以下である",
    limit=FixedLimit(20),
    unit="人",
    source=source("対象", 14),
)
CLOSES = leaf("closes", "plan.closes", "やめる店がある", True)

WITH_TOP_UP = Calculation(
    base=(
        Pool(("machine",)),
        Rate((Case(Fraction(1, 2), source=source("補助率", 21)),)),
        RoundDown(1),
        Cap((Case(Fraction(4_500_000), source=source("上限", 22)),), "subsidy_max_limit"),
    ),
    top_up=(
        Pool(("closing",), CLOSES),
        Rate((Case(Fraction(1, 2), source=source("上乗せ", 23)),)),
        RoundDown(1),
        Cap((Case(Fraction(3_000_000), source=source("上乗せ", 23)),), "top_up_max"),
    ),
)
TWO_READINGS = Calculation(
    base=(
        Pool(("advice",)),
        Readings(
            "N1",
            (
                Reading("half", "半分と読む", (Rate((Case(Fraction(1, 2)),)),)),
                Reading("two-thirds", "3分の2と読む", (Rate((Case(Fraction(2, 3)),)),)),
            ),
        ),
        RoundDown(1),
        Cap((Case(Fraction(2_000_000), source=source("上限", 32)),), "subsidy_max_limit"),
    )
)

ENTRIES = (
    replace(
        EMPTY,
        id="mihon/a",
        official_name="みほん補助金 新しい取組型",
        short_name="新しい取組型",
        plain_name="新しい機械などをそろえる費用への補助",
        contacts=(Contact("みほん庁 取組課", "03-0000-0001"),),
        base_categories=("machine",),
        top_up_categories=("closing",),
        hard=AllOf((NEW_WORK,)),
        calculation=WITH_TOP_UP,
    ),
    replace(
        EMPTY,
        id="mihon/b",
        stage="extra",
        official_name="みほん補助金 相談活用型",
        short_name="相談活用型",
        plain_name="専門家に相談する費用への補助",
        contacts=(Contact("みほん庁 相談課", "03-0000-0002"),),
        base_categories=("advice",),
        hard=AllOf((NEW_WORK, IS_OPEN)),
        calculation=TWO_READINGS,
    ),
    replace(
        EMPTY,
        id="mihon/c",
        official_name="みほん補助金 小さな会社型",
        short_name="小さな会社型",
        plain_name="小さな会社への補助",
        base_categories=("machine",),
        hard=AllOf((NEW_WORK, IS_SMALL)),
        calculation=replace(WITH_TOP_UP, top_up=()),
    ),
    replace(
        EMPTY,
        id="soudan",
        program_name="みほん相談所",
        kind=EntryKind.ADVICE,
        official_name="みほん相談所",
        short_name="みほん相談所",
        plain_name="困りごとの相談",
        offers=(
            Offer("soudan/1", "取引の困りごとの相談", "", "お客様", IS_OPEN, None),
            Offer("soudan/2", "新しい取組の相談", "", "お客様", NEW_WORK, None),
        ),
    ),
    replace(
        EMPTY,
        id="shirase",
        program_name="みほんだより",
        kind=EntryKind.INFORMATION,
        official_name="みほんだより",
        short_name="みほんだより",
        plain_name="お知らせ",
    ),
)


def question(
    question_id: str, question_type: QuestionType, label: str, text: str, **more: object
) -> Question:
    return Question(question_id, "plan", question_type, label, text, **more)  # type: ignore[arg-type]


QUESTIONS = (
    question("client.name", QuestionType.TEXT, "お名前", "お名前は？", role=AnswerRole.CLIENT_NAME),
    question(
        "client.boss", QuestionType.TEXT, "代表者", "代表者は？", role=AnswerRole.REPRESENTATIVE
    ),
    question("plan.new_work", QuestionType.BOOLEAN, "新しい取組", "新しい取組をしますか"),
    question(
        "plan.shop",
        QuestionType.BOOLEAN,
        "開いている店",
        "店を開いていますか",
        homework="店の登記を見てきてください。",
    ),
    question("plan.closes", QuestionType.BOOLEAN, "やめる店", "やめる店がありますか"),
    question("applicant.employees", QuestionType.COUNT, "従業員", "従業員は何人ですか", unit="人"),
    question(
        "applicant.form",
        QuestionType.CHOICE,
        "事業の形",
        "事業の形は？",
        choices=(Choice("company", "会社"), Choice("person", "個人")),
    ),
)

CATALOG = Catalog(
    edition=Edition(
        "mihon-1", "みほん年度の案", "2020-09-30", "2021-04-01", "0123456789abcdef0123"
    ),
    documents=(SourceDocument("doc", DOCUMENT, "2020-09-30", "見本です。"),),
    stages={
        "request": Stage(
            "request", "案・未確定", "まだ申し込めません。", "「案・未確定」は案です。"
        ),
        "extra": Stage("extra", "追加", "受付中かを確かめましょう。", "「追加」は追加の予算です。"),
        "unused": Stage("unused", "使わない", "使いません。", "「使わない」は印字されません。"),
    },
    topics={"plan": Topic("plan", "計画のこと", "")},
    questions={q.id: q for q in QUESTIONS},
    retired={"old.question": RetiredQuestion("old.question", "むかしの質問")},
    facts={},
    tables={},
    industries={},
    categories={
        "machine": ExpenseCategory("machine", "機械", ""),
        "closing": ExpenseCategory("closing", "片づけ", ""),
        "advice": ExpenseCategory("advice", "専門家", ""),
    },
    entries={entry.id: entry for entry in ENTRIES},
    notes=(
        Note(
            "N1",
            ("mihon/b",),
            "少ないほうの率で計算しています。",
            "率は公募要領で確かめてください。",
            "資料に二つの率が並んでいます。",
            source=source("補助率", 31),
        ),
    ),
    advice=(
        Advice(
            "step/id",
            AdviceKind.NEXT_STEP,
            "電子申請の番号を申し込む",
            "お客様",
            "2〜3週間",
            21,
            (),
            None,
            "番号がないと申し込めません。",
        ),
        Advice(
            "paper/accounts",
            AdviceKind.DOCUMENT,
            "決算書 3年分",
            "お客様",
            "",
            None,
            ("mihon/a",),
            None,
            "審査で求められます。",
        ),
        Advice(
            "warn/first",
            AdviceKind.WARNING,
            "契約は知らせが来た後に",
            "お客様",
            "",
            None,
            ("mihon/a",),
            NEW_WORK,
            "先の契約は対象外です。",
        ),
        Advice(
            "warn/other",
            AdviceKind.WARNING,
            "小さな会社だけの注意",
            "お客様",
            "",
            None,
            ("mihon/c",),
            None,
            "",
        ),
    ),
    comparisons=(
        ComparisonBlock(
            "new",
            "新しい取組をする場合",
            NEW_WORK,
            (
                ComparisonColumn("mihon/a", "新しい取組型", {}, ""),
                ComparisonColumn("mihon/b", "相談活用型（専門家の費用）", {}, ""),
                ComparisonColumn("mihon/c", "小さな会社型", {}, ""),
            ),
        ),
    ),
    pair_rules=(),
    texts={
        "sheet_basis": "みほん年度の案にもとづく目安です。",
        "sheet_tax": "税金がかかることがあります。",
        "sheet_own_decision": "判断はご自身で。",
        "sheet_no_agency": "申請の代わりはできません。",
        "sheet_examined": "審査があり、受けられないことがあります。",
        "sheet_paid_later": "お金が入るのは後です。",
        "visit_before_edition": "相談日が資料の公表日より前です。",
        "visit_after_edition": "資料が古くなっています。",
        "sheet_neutral_words": "取組、やめる",
    },
)
