"""The words of the advisor's copy: every verdict with its reasons, and what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.judgement.visit_date import parse_day
from models.planning.way_words import answer_words
from models.values.answer_code import answer_codes
from models.values.catalog import AdviceKind
from models.values.questions import AnswerRole, QuestionType
from models.values.results import Verdict
from reports.advisor_money import money_sections
from reports.advisor_verdicts import verdict_sections
from reports.content_blocks import (
    CodesBlock,
    Column,
    ColumnKind,
    CopyContent,
    CopyKind,
    FactsBlock,
    Footer,
    Head,
    Item,
    ListBlock,
    Mark,
    Row,
    Section,
    TableBlock,
    TextBlock,
    Weight,
)
from reports.sheet_input import CodeChoice
from reports.wording import NOTHING, day_text

if TYPE_CHECKING:
    from models.values.conditions import AnswerValue
    from models.values.questions import Question
    from models.values.sources import SourceDocument
    from reports.content_blocks import Block
    from reports.sheet_input import SheetInput

_HASH_LENGTH = 12
_LATER = "（後で調べる）"
_CONFIDENTIAL = "取扱注意"
_ADVICE_HEADS = {
    AdviceKind.NEXT_STEP: "次にすること",
    AdviceKind.DOCUMENT: "用意する書類",
    AdviceKind.WARNING: "注意",
}
_CODES_TITLE = "回答のQRコード"
_CODES_WITH_NAME = "お名前・回答・費用が入っています。"
_CODES_WITHOUT_NAME = "回答と費用が入っています。お名前と法人番号は入っていません。"
_CODES_USE = "写真を撮れば「QRコードから読み込む」で入れ直せます。"
_TOO_MANY_FOR_CODES = "費用と回答が多く、QRコードには入りません。相談データに書き出してください。"
_CODES_ON_ONE_PAGE = 8
_NAMES = frozenset({AnswerRole.CLIENT_NAME, AnswerRole.REPRESENTATIVE})


def advisor_copy(given: SheetInput) -> CopyContent:
    """Return the advisor's copy."""
    sections = (
        *_talk(given),
        *verdict_sections(given),
        *money_sections(given),
        *_advice(given),
        *_homework(given),
        _answers(given),
        *_codes(given),
        *_local_contacts(given),
        *_contacts(given),
        _documents(given),
    )
    return CopyContent(
        kind=CopyKind.ADVISOR,
        head=Head("相談員用の控え", aside=(), client="", badge=_CONFIDENTIAL),
        warnings=given.date_warnings,
        first=(_overview(given),),
        appointment=None,
        movable=(),
        rest=sections,
        footer=_footer(given),
        memo="相談員メモ",
    )


def _footer(given: SheetInput) -> Footer:
    return Footer(
        lines=tuple(line for line in (given.text("sheet_basis"),) if line),
        stages={stage.id: stage.footer for stage in given.catalog.stages.values()},
        left=_CONFIDENTIAL,
    )


def _overview(given: SheetInput) -> Section:
    edition = given.catalog.edition
    shows_names = given.options.show_client_name
    pairs = [
        ("相談者", given.client_name or NOTHING),
        ("代表者", given.representative or NOTHING),
        ("相談日", day_text(given.visited_on)),
        ("作成日", day_text(given.made_on)),
        ("拠点", given.office_name or NOTHING),
        ("担当", given.advisor_name or NOTHING),
        ("資料の版", edition.title),
        ("版の番号", f"{edition.id} {edition.content_hash[:_HASH_LENGTH]}"),
    ]
    if shows_names and given.consultation.title:
        pairs.insert(2, ("件名", given.consultation.title))
        prefecture = given.answer_of(AnswerRole.PREFECTURE)
        pairs.insert(3, ("所在地", prefecture or NOTHING))
    return Section("", (FactsBlock(tuple(pairs)),))


def _talk(given: SheetInput) -> tuple[Section, ...]:
    notes = given.consultation.notes.strip()
    return (Section("今日のお話", (TextBlock(notes),)),) if notes else ()


def _advice(given: SheetInput) -> tuple[Section, ...]:
    blocks: list[Block] = []
    for kind, head in _ADVICE_HEADS.items():
        found = given.advice_of(kind)
        if not found:
            continue
        items = tuple(
            Item(
                "　".join(part for part in (advice.text, advice.who, advice.lead_time) if part),
                advice.basis,
            )
            for advice in found
        )
        mark = Mark.CAUTION if kind is AdviceKind.WARNING else Mark.BOX
        columns = 2 if kind is AdviceKind.DOCUMENT else 1
        blocks += [TextBlock(head, Weight.STRONG), ListBlock(items, mark, columns)]
    return (Section("次にすること・書類・注意（根拠つき）", tuple(blocks)),) if blocks else ()


def _homework(given: SheetInput) -> tuple[Section, ...]:
    if not given.homework:
        return ()
    items = tuple(
        Item(question.homework or question.text, question.label) for question in given.homework
    )
    return (Section("宿題（後で調べる）", (ListBlock(items, Mark.BOX, columns=2),)),)


def _is_hidden(given: SheetInput, question: Question) -> bool:
    """Whether the answer would name a client whose name must not be printed."""
    names = question.role in _NAMES or question.type is QuestionType.CORPORATE_NUMBER
    return names and not given.options.show_client_name


def _plain_words(value: AnswerValue) -> str:
    """Return an answer whose question the catalog no longer has."""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    return str(value)


def _answers(given: SheetInput) -> Section:
    answers = given.consultation.answers
    pairs = [
        (
            question.label,
            _LATER
            if answers[question.id] is None
            else answer_words(given.catalog, question, answers[question.id]),
        )
        for question in given.catalog.questions.values()
        if question.id in answers and not _is_hidden(given, question)
    ]
    for question_id, value in given.consultation.ignored_answers.items():
        retired = given.catalog.retired.get(question_id)
        asked = question_id if retired is None else retired.text
        words = _LATER if value is None else _plain_words(value)
        pairs.append((f"{asked}（いまは聞かない質問）", f"{words}（判定に使っていません）"))
    if not pairs:
        return Section("回答の一覧", (TextBlock("回答はまだありません。"),))
    if len(pairs) % 2:
        pairs.append(("", ""))
    rows = tuple(
        Row((*first, *second)) for first, second in zip(pairs[::2], pairs[1::2], strict=True)
    )
    columns = (
        Column("質問", ColumnKind.WORDS, 1.5),
        Column("回答", ColumnKind.WORDS, 1.7),
    ) * 2
    return Section("回答の一覧", (TableBlock(columns, rows, dense=True, small=True),))


def _codes(given: SheetInput) -> tuple[Section, ...]:
    choice = given.options.codes
    if choice is CodeChoice.NONE:
        return ()
    with_name = choice is CodeChoice.WITH_NAME and given.options.show_client_name
    texts = answer_codes(given.consultation, given.catalog, with_client=with_name)
    if not texts:
        return (Section(_CODES_TITLE, (TextBlock(_TOO_MANY_FOR_CODES, Weight.SMALL),)),)
    told = _CODES_WITH_NAME if with_name else _CODES_WITHOUT_NAME
    blocks = (TextBlock(f"{told}{_CODES_USE}", Weight.SMALL), CodesBlock(texts))
    return (Section(_CODES_TITLE, blocks, whole=len(texts) <= _CODES_ON_ONE_PAGE),)


def _local_contacts(given: SheetInput) -> tuple[Section, ...]:
    if not given.office.contacts:
        return ()
    rows = tuple(Row((c.label, c.phone, c.note)) for c in given.office.contacts)
    columns = (
        Column("窓口", ColumnKind.WORDS, 1.9),
        Column("電話", ColumnKind.WORDS, 1.0),
        Column("", ColumnKind.WORDS, 2.4),
    )
    return (Section("地元の窓口", (TableBlock(columns, rows, dense=True),)),)


def _contacts(given: SheetInput) -> tuple[Section, ...]:
    programs: dict[tuple[str, str], list[str]] = {}
    for screening in given.screenings:
        if screening.verdict is Verdict.NOT_ELIGIBLE or not screening.in_play:
            continue
        entry = given.catalog.entries[screening.entry]
        for contact in entry.contacts:
            names = programs.setdefault((contact.section, contact.phone), [])
            if entry.program_name not in names:
                names.append(entry.program_name)
    if not programs:
        return ()
    rows = tuple(
        Row((section, phone, "、".join(names))) for (section, phone), names in programs.items()
    )
    columns = (
        Column("担当課", ColumnKind.WORDS, 1.9),
        Column("電話", ColumnKind.WORDS, 1.0),
        Column("制度", ColumnKind.WORDS, 2.4),
    )
    return (Section("国の担当課", (TableBlock(columns, rows, dense=True),)),)


def _document_words(document: SourceDocument) -> str:
    published = parse_day(document.published_on)
    if published is None:
        return document.title
    return f"{document.title}（{published.year}年{published.month}月{published.day}日）"


def _documents(given: SheetInput) -> Section:
    items = tuple(
        Item(_document_words(document), document.note) for document in given.catalog.documents
    )
    told = "計算と要確認に付けた行の番号は、この資料から取り出した本文の行です。"
    return Section("もとにした資料", (TextBlock(told), ListBlock(items)))
