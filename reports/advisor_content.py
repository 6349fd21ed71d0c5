"""The words of the advisor's copy: every verdict with its reasons, and what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.values.catalog import AdviceKind
from models.values.questions import AnswerRole, QuestionType
from models.values.results import VERDICT_LABEL, VERDICT_SHAPE, Verdict
from models.values.truth import Truth
from reports.advisor_money import money_sections
from reports.content_blocks import (
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
from reports.wording import NOTHING, day_text, parse_day, reason_text, truth_mark

if TYPE_CHECKING:
    from models.values.catalog import Entry
    from models.values.conditions import AnswerValue
    from models.values.questions import Question
    from models.values.results import Screening
    from models.values.sources import SourceDocument
    from reports.content_blocks import Block
    from reports.sheet_input import SheetInput

_HASH_LENGTH = 12
_LATER = "（後で調べる）"
_CONFIDENTIAL = "取扱注意"
_ORDER = (
    Verdict.LIKELY,
    Verdict.NEEDS_CONFIRMATION,
    Verdict.NOT_ELIGIBLE,
    Verdict.CONSULT,
)
_REASON_HEADS = {
    Truth.YES: "満たす",
    Truth.NO: "満たさない",
    Truth.UNKNOWN: "まだ分からない",
}
_ADVICE_HEADS = {
    AdviceKind.NEXT_STEP: "次にすること",
    AdviceKind.DOCUMENT: "用意する書類",
    AdviceKind.WARNING: "注意",
}
_NAMES = frozenset({AnswerRole.CLIENT_NAME, AnswerRole.REPRESENTATIVE})


def advisor_copy(given: SheetInput) -> CopyContent:
    """Return the advisor's copy."""
    sections = (
        *_talk(given),
        _verdicts(given),
        *money_sections(given),
        *_advice(given),
        *_homework(given),
        _answers(given),
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


def _verdicts(given: SheetInput) -> Section:
    rows = [
        _verdict_row(given, screening)
        for verdict in _ORDER
        for screening in given.screenings
        if screening.verdict is verdict
    ]
    columns = (
        Column("判定", ColumnKind.WORDS, 1.2),
        Column("制度・枠", ColumnKind.WORDS, 2.1),
        Column("決め手と、まだ分からないこと", ColumnKind.WORDS, 3.6),
    )
    blocks: list[Block] = [TableBlock(columns, tuple(rows))]
    information = [
        given.catalog.entries[screening.entry].short_name
        for screening in given.screenings
        if screening.verdict is Verdict.INFORMATION
    ]
    if information:
        names = "、".join(information)
        blocks.append(TextBlock(f"判定しない項目（情報）：{names}", Weight.SMALL))
    return Section("判定の一覧", tuple(blocks))


def _verdict_row(given: SheetInput, screening: Screening) -> Row:
    entry = given.catalog.entries[screening.entry]
    stage = given.stage_of(entry)
    return Row(
        (
            f"{VERDICT_SHAPE[screening.verdict]} {VERDICT_LABEL[screening.verdict]}",
            f"{entry.official_name}［{stage.label}］",
            "\n".join(_why(given, entry, screening)) or NOTHING,
        ),
        stages=frozenset({entry.stage}),
    )


def _why(given: SheetInput, entry: Entry, screening: Screening) -> list[str]:
    """Return the deciding conditions by their truth, then what is still to be asked."""
    lines: list[str] = []
    for truth in (Truth.NO, Truth.UNKNOWN, Truth.YES):
        for hard in (True, False):
            texts = [
                reason_text(given.catalog, reason)
                for reason in screening.reasons
                if reason.value is truth and reason.hard is hard
            ]
            if texts:
                aside = "" if hard else "（公募要領などで確かめる条件）"
                lines.append(f"{_REASON_HEADS[truth]}{aside}：{'／'.join(texts)}")
    lines += [
        f"{truth_mark(Truth.of(raised.raised))} {offer.label}"
        for raised in screening.offers
        for offer in entry.offers
        if offer.id == raised.offer
    ]
    if screening.open_questions:
        labels = "、".join(given.labels(screening.open_questions))
        lines.append(f"次に聞くこと：{labels}")
    return lines


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
        blocks += [TextBlock(head, Weight.STRONG), ListBlock(items, mark)]
    return (Section("次にすること・書類・注意（根拠つき）", tuple(blocks)),) if blocks else ()


def _homework(given: SheetInput) -> tuple[Section, ...]:
    if not given.homework:
        return ()
    items = tuple(
        Item(question.homework or question.text, question.label) for question in given.homework
    )
    return (Section("宿題（後で調べる）", (ListBlock(items, Mark.BOX),)),)


def _is_hidden(given: SheetInput, question: Question) -> bool:
    """Whether the answer would name a client whose name must not be printed."""
    names = question.role in _NAMES or question.type is QuestionType.CORPORATE_NUMBER
    return names and not given.options.show_client_name


def _answer_words(given: SheetInput, question: Question) -> str:
    value = given.consultation.answers[question.id]
    if value is None:
        return _LATER
    industry = given.catalog.industries.get(str(value))
    if question.type is QuestionType.INDUSTRY and industry is not None:
        return f"{industry.code} {industry.name}"
    return question.label_of(value)


def _plain_words(value: AnswerValue) -> str:
    """Return an answer whose question the catalog no longer has."""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    return str(value)


def _answers(given: SheetInput) -> Section:
    answers = given.consultation.answers
    rows: list[Row] = []
    last_topic = ""
    for question in given.catalog.questions.values():
        if question.id not in answers or _is_hidden(given, question):
            continue
        topic = given.catalog.topics[question.topic].title
        shown_topic = "" if topic == last_topic else topic
        last_topic = topic
        rows.append(Row((shown_topic, question.label, _answer_words(given, question))))
    for question_id, value in given.consultation.ignored_answers.items():
        retired = given.catalog.retired.get(question_id)
        asked = question_id if retired is None else retired.text
        words = _LATER if value is None else _plain_words(value)
        rows.append(Row(("いまは聞かない質問", asked, f"{words}（判定に使っていません）")))
    if not rows:
        return Section("回答の一覧", (TextBlock("回答はまだありません。"),))
    columns = (
        Column("まとまり", ColumnKind.WORDS, 1.1),
        Column("質問", ColumnKind.WORDS, 2.2),
        Column("回答", ColumnKind.WORDS, 2.2),
    )
    return Section("回答の一覧", (TableBlock(columns, tuple(rows), dense=True),))


def _local_contacts(given: SheetInput) -> tuple[Section, ...]:
    if not given.office.contacts:
        return ()
    rows = tuple(Row((c.label, c.phone, c.note)) for c in given.office.contacts)
    columns = (
        Column("窓口", ColumnKind.WORDS, 1.9),
        Column("電話", ColumnKind.WORDS, 1.0),
        Column("", ColumnKind.WORDS, 2.4),
    )
    return (Section("地元の窓口", (TableBlock(columns, rows),)),)


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
    return (Section("国の担当課", (TableBlock(columns, rows),)),)


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
