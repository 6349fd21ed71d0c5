"""The words of the owner's copy: plain, few, and nothing that is not for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.judgement.screening import was_talked_about
from models.values.catalog import AdviceKind, EntryKind
from models.values.results import VERDICT_SHAPE, Verdict
from reports.candidates import shown_programs
from reports.content_blocks import (
    Column,
    ColumnKind,
    CopyContent,
    CopyKind,
    FilledLine,
    Footer,
    Head,
    Item,
    ListBlock,
    Mark,
    ProgramLine,
    ProgramsBlock,
    Row,
    Section,
    TableBlock,
    Term,
    TermsBlock,
    TextBlock,
    Weight,
    WritingLines,
)
from reports.owner_comparison import comparison_sections
from reports.owner_money import money_sections
from reports.owner_names import name_for_owner, tells_a_stranger
from reports.owner_plan import owner_plan_sections
from reports.wording import ELSEWHERE, day_text, range_man, ready_by, visit_number

if TYPE_CHECKING:
    from models.values.catalog import Advice, Entry
    from models.values.results import Screening, SimulationResult
    from reports.content_blocks import Block
    from reports.sheet_input import SheetInput

_MOST_PROGRAMS = 5
_MOST_OFFERS = 2
_MOST_OPEN = 2
_MOST_CONTACTS = 4
_NOTE_LINES = 6
_NEUTRAL_TITLE = "メモ"
_SHAPE_WORDS = {
    Verdict.LIKELY: "条件に合いそうなもの",
    Verdict.NEEDS_CONFIRMATION: "確かめることが残っているもの",
    Verdict.CONSULT: "相談できるもの",
}
_NOTHING_ASKED = "これからお話をうかがって、使えそうな制度を一緒にさがしていきます。"
_NOTHING_FOUND = (
    "今日うかがったお話の中では、すぐに使えそうな制度は見つかりませんでした。"
    "制度は毎年かわります。下の「次にすること」から、一緒に進めていきましょう。"
)


def owner_copy(given: SheetInput) -> CopyContent:
    """Return the owner's copy."""
    shown = shown_programs(given)
    return CopyContent(
        kind=CopyKind.OWNER,
        head=_head(given),
        warnings=given.date_warnings,
        first=tuple(
            section
            for section in (
                _talk(given),
                _programs(given, shown),
                _next_steps(given),
                _documents(given),
            )
            if section is not None
        ),
        appointment=_appointment(given),
        movable=tuple(
            section for section in (_cautions(given), _homework(given)) if section is not None
        ),
        rest=(
            *comparison_sections(given, shown),
            *money_sections(given, shown),
            *owner_plan_sections(given, shown),
            _contacts(given),
        ),
        footer=_footer(given),
        memo="書き込み欄",
        terms=_terms(given),
    )


def _terms(given: SheetInput) -> TermsBlock:
    """Return every expert word of the catalog that the copy may hold."""
    terms = (Term(one.term, one.plain) for one in given.catalog.glossary)
    told = (one for one in terms if not tells_a_stranger(given, one.word + one.plain))
    return TermsBlock("ことばの意味", tuple(told))


def _head(given: SheetInput) -> Head:
    name = given.client_name
    number = visit_number(given.consultation.title)
    client = f"{name} 様" if name else ""
    if number:
        client = f"{client}（{number}）" if client else number
    neutral = given.text("sheet_neutral_title") or _NEUTRAL_TITLE
    advisor = f"担当 {given.advisor_name}" if given.advisor_name else ""
    office = "　".join(part for part in (given.office_name, advisor) if part)
    return Head(
        title=neutral if given.options.neutral_title else "ご相談のまとめ",
        aside=tuple(part for part in (day_text(given.visited_on), office) if part),
        client=client,
    )


def _footer(given: SheetInput) -> Footer:
    second = given.text("sheet_tax") + given.text("sheet_own_decision")
    return Footer(
        lines=tuple(line for line in (given.text("sheet_basis"), second) if line),
        stages={stage.id: stage.footer for stage in given.catalog.stages.values()},
    )


def _talk(given: SheetInput) -> Section:
    lines = [line.strip() for line in given.consultation.notes.splitlines() if line.strip()]
    lines = [line for line in lines if not tells_a_stranger(given, line)]
    if not lines or not given.options.show_notes:
        return Section("今日のお話", (WritingLines(("", "", "")),))
    block = TextBlock("\n".join(lines), most_lines=_NOTE_LINES, rest="続きは相談員用の控えに")
    return Section("今日のお話", (block,))


def _programs(given: SheetInput, shown: list[Screening]) -> Section:
    lines = [_program_line(given, screening, shown) for screening in shown[:_MOST_PROGRAMS]]
    offers = _offer_lines(given)
    more = max(0, len(shown) - _MOST_PROGRAMS) + max(0, len(offers) - _MOST_OFFERS)
    lines += offers[:_MOST_OFFERS]
    if not lines:
        talked = was_talked_about(given.catalog, given.consultation.answers)
        words = _NOTHING_FOUND if talked else _NOTHING_ASKED
        return Section("使えそうな制度", (TextBlock(words),))
    block = ProgramsBlock(
        tuple(lines),
        at_least=2,
        rest=ELSEWHERE,
        shapes={VERDICT_SHAPE[verdict]: words for verdict, words in _SHAPE_WORDS.items()},
        stages={
            stage.id: f"［{stage.label}］{stage.can_apply_now}"
            for stage in given.catalog.stages.values()
        },
        told=given.text("sheet_examined") if shown else "",
        more=more,
    )
    return Section("使えそうな制度", (block,))


def _program_line(given: SheetInput, screening: Screening, shown: list[Screening]) -> ProgramLine:
    entry = given.catalog.entries[screening.entry]
    result = given.own_results.get(entry.id)
    asked = [*screening.open_questions, *(result.open_questions if result else ())]
    labels = [text for text in given.labels(tuple(asked)) if not tells_a_stranger(given, text)]
    still_open = "、".join(labels[:_MOST_OPEN]) + ("など" if len(labels) > _MOST_OPEN else "")
    return ProgramLine(
        shape=VERDICT_SHAPE[screening.verdict],
        name=name_for_owner(given, entry, shown),
        stage_id=entry.stage,
        stage=given.stage_of(entry).label,
        plain="" if given.options.neutral_title else entry.plain_name,
        amount=_expected(entry, result),
        still_open=f"あと確かめること：{still_open}" if still_open else "",
    )


def _expected(entry: Entry, result: SimulationResult | None) -> str:
    """Return what may be expected, with 以内 and the examination, and never a figure too much."""
    examined = "審査があります" if entry.kind is EntryKind.SUBSIDY else ""
    total = result.amount.total if result is not None else None
    if total is None or total.high == 0:
        return examined
    return f"見込み {range_man(total)}以内（{examined}）"


def _offer_lines(given: SheetInput) -> list[ProgramLine]:
    found: list[ProgramLine] = []
    for screening in given.screenings:
        if screening.verdict is not Verdict.CONSULT or screening.entry in given.options.left_out:
            continue
        entry = given.catalog.entries[screening.entry]
        raised = {offer.offer for offer in screening.offers if offer.raised}
        found += [
            ProgramLine(
                shape=VERDICT_SHAPE[Verdict.CONSULT],
                name=offer.label,
                stage_id=entry.stage,
                stage=given.stage_of(entry).label,
                plain="" if tells_a_stranger(given, entry.plain_name) else entry.plain_name,
                amount="",
                still_open=f"連絡する人：{offer.who_calls}" if offer.who_calls else "",
            )
            for offer in entry.offers
            if offer.id in raised and not tells_a_stranger(given, offer.label)
        ]
    return found


def _advice_item(given: SheetInput, advice: Advice) -> Item:
    words: list[str] = []
    if advice.lead_time:
        words.append(f"{advice.lead_time}かかります")
    if advice.lead_days:
        words.append(f"今日始めると{ready_by(given.visited_on, advice.lead_days)}ごろ")
    return Item(advice.text, "。".join(words))


def _advice(given: SheetInput, kind: AdviceKind) -> list[Advice]:
    return [item for item in given.advice_of(kind) if not tells_a_stranger(given, item.text)]


def _next_steps(given: SheetInput) -> Section:
    steps = [_advice_item(given, advice) for advice in _advice(given, AdviceKind.NEXT_STEP)]
    if not steps:
        return Section("次にすること", (WritingLines(("☐", "☐")),))
    block = ListBlock(tuple(steps), Mark.BOX, at_least=3, rest=ELSEWHERE)
    return Section("次にすること", (block,))


def _cautions(given: SheetInput) -> Section | None:
    items = [_advice_item(given, advice) for advice in _advice(given, AdviceKind.WARNING)]
    if not items:
        return None
    block = ListBlock(tuple(items), Mark.CAUTION, at_least=2, rest=ELSEWHERE)
    return Section("気をつけること", (block,))


def _appointment(given: SheetInput) -> Section:
    agreed = given.options.next_appointment.strip()
    when = agreed or "＿＿＿月＿＿＿日（＿＿）　＿＿＿時＿＿＿分"
    lines = [FilledLine(when, title="次回の約束")]
    if not _advice(given, AdviceKind.DOCUMENT):
        lines.append(FilledLine(f"お持ちいただくもの　{'＿' * 26}"))
    return Section("", tuple(lines), whole=True)


def _documents(given: SheetInput) -> Section | None:
    items = [_advice_item(given, advice) for advice in _advice(given, AdviceKind.DOCUMENT)]
    if not items:
        return None
    block = ListBlock(tuple(items), Mark.BOX, columns=2, at_least=4, rest=ELSEWHERE)
    return Section("用意する書類（次回お持ちください）", (block,))


def _homework(given: SheetInput) -> Section | None:
    texts = dict.fromkeys(question.homework or question.text for question in given.homework)
    items = [Item(text) for text in texts if not tells_a_stranger(given, text)]
    if not items:
        return None
    block = ListBlock(tuple(items), Mark.BOX, at_least=3, rest=ELSEWHERE)
    return Section("宿題（次回までに調べること）", (block,))


def _contacts(given: SheetInput) -> Section:
    contacts = [
        contact
        for contact in given.office.contacts
        if not tells_a_stranger(given, f"{contact.label}{contact.note}")
    ]
    blocks: list[Block] = []
    if contacts:
        shown = contacts[:_MOST_CONTACTS]
        rows = tuple(Row((c.label, c.note, c.phone), strong=True) for c in shown)
        columns = (
            Column("", ColumnKind.WORDS, 1.75),
            Column("", ColumnKind.ASIDE, 1.3),
            Column("", ColumnKind.YEN, 0.65),
        )
        blocks.append(TableBlock(columns, rows, most_lines=2))
        if len(contacts) > len(shown):
            rest = ELSEWHERE.format(n=len(contacts) - len(shown))
            blocks.append(TextBlock(rest, Weight.SMALL))
    else:
        blank = f"窓口　{'＿' * 16}　電話　{'＿' * 11}"
        blocks += [FilledLine(blank), FilledLine(blank)]
    if no_agency := given.text("sheet_no_agency"):
        blocks.append(TextBlock(no_agency, Weight.SMALL))
    return Section("連絡先", tuple(blocks), whole=True)
