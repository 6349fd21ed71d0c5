"""What the detail pane says about a verdict or an amount, from the catalog's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.values.money import rate_text, yen_text
from models.values.results import VERDICT_LABEL, VERDICT_SHAPE, Verdict
from models.values.truth import Truth
from reports.wording import LIMIT_WORDS, REASON_WORDS, range_yen, reason_text, truth_mark
from ui.widgets.action_block import ACTIONS_TITLE
from ui.widgets.rich_text import DetailText, Figure, Heading, Paragraph, Part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.values.actions import ActionValue
    from models.values.catalog import Catalog, Entry, Note
    from models.values.results import (
        Amount,
        CalculationLine,
        OfferRaised,
        Reason,
        Screening,
        SimulationResult,
    )
    from models.values.sources import SourceRef
    from models.values.ways import Way

HEADS = {
    Truth.NO: "合わない条件",
    Truth.UNKNOWN: "まだ分からない条件",
    Truth.YES: "満たしている条件",
}
SOFT = "（後の公募要領などで確かめる条件）"
QUESTION_LINK = "question:"
ACTIONS_ASIDE = "いまの答えと費用で試したものです。選ぶと、その質問が開きます。"


def verdict_detail(
    catalog: Catalog, screening: Screening, result: SimulationResult | None
) -> DetailText:
    """Return why a verdict is what it is, with the source of each condition."""
    entry = catalog.entries[screening.entry]
    stage = catalog.stages[entry.stage]
    verdict = f"{VERDICT_SHAPE[screening.verdict]} {VERDICT_LABEL[screening.verdict]}"
    parts: list[Part] = [Paragraph(verdict), Paragraph(entry.plain_name)]
    parts += [Heading("いま申し込めるか"), Paragraph(stage.can_apply_now)]
    parts += _reasons(catalog, screening.reasons)
    parts += _open(catalog, screening.open_questions)
    parts += offer_parts(entry, screening.offers)
    if result is not None and screening.verdict is not Verdict.NOT_ELIGIBLE:
        parts += [Heading("見込みの額（審査があります）"), *_totals(result)]
        parts += _workings(result.amount)
    parts += fact_parts(entry)
    parts += note_parts(catalog.notes_of(entry.id))
    parts += contact_parts(entry)
    parts += [Heading("出典"), *(Paragraph(one.text(), look="quiet") for one in entry.sources)]
    return DetailText(entry.official_name, stage.label, tuple(parts))


def amount_detail(catalog: Catalog, way: Way) -> DetailText:
    """Return how an amount comes about, step by step, with the source of each figure."""
    parts: list[Part] = []
    if way.assumed:
        parts.append(Paragraph(way.assumed, look="attention"))
    several = len(way.parts) > 1
    for part in way.parts:
        if several:
            parts.append(Heading(catalog.entries[part.entry].short_name))
        parts += _amount_parts(part.amount)
    parts += [Heading("まとめ"), *_totals(way.result), *_burden(way.result)]
    parts += _open(catalog, way.result.open_questions)
    notes = dict.fromkeys(note for part in way.parts for note in part.amount.notes)
    parts += note_parts(notes)
    entry = catalog.entries[way.result.entry]
    stages = dict.fromkeys(
        catalog.stages[catalog.entries[part.entry].stage].label for part in way.parts
    )
    title = way.label if several else entry.official_name
    return DetailText(title, "／".join(stages), tuple(parts))


def _amount_parts(amount: Amount) -> list[Part]:
    words = [REASON_WORDS.get(code, "") for code in amount.reason_codes]
    words += [LIMIT_WORDS.get(code, "") for code in amount.limits_hit]
    return [*(Paragraph(word) for word in words if word), *_workings(amount)]


def planned_detail(catalog: Catalog, result: SimulationResult) -> DetailText:
    """Return how the amount of one frame of a plan comes about, for the expenses it was given."""
    entry, amount = catalog.entries[result.entry], result.amount
    parts = [*_amount_parts(amount), Heading("まとめ"), *_totals(result)]
    parts += _open(catalog, result.open_questions)
    parts += note_parts(amount.notes)
    return DetailText(entry.official_name, catalog.stages[entry.stage].label, tuple(parts))


def actions_detail(actions: Iterable[ActionValue]) -> DetailText:
    """Return what the client could still do; each sentence leads to its question."""
    parts = [
        Paragraph(change.sentence, link=f"{QUESTION_LINK}{action.question}")
        for action in actions
        for change in action.changes
    ]
    return DetailText(ACTIONS_TITLE, "", (Paragraph(ACTIONS_ASIDE, look="quiet"), *parts))


def source_words(source: SourceRef | None) -> str:
    """Return the words of a source; empty without one."""
    return "" if source is None else source.text()


def _reasons(catalog: Catalog, reasons: Iterable[Reason]) -> list[Part]:
    parts: list[Part] = []
    for truth, head in HEADS.items():
        found = [reason for reason in reasons if reason.value is truth]
        if found:
            parts.append(Heading(head))
        for reason in found:
            aside = "" if reason.hard else SOFT
            text = f"{truth_mark(truth)} {reason_text(catalog, reason)}{aside}"
            parts.append(Paragraph(text, source_words(reason.source)))
    return parts


def _open(catalog: Catalog, questions: Iterable[str]) -> list[Part]:
    found = [catalog.questions[one] for one in questions if one in catalog.questions]
    if not found:
        return []
    links = [Paragraph(one.text, link=f"{QUESTION_LINK}{one.id}") for one in found]
    return [Heading("あと、これが分かると決まります"), *links]


def offer_parts(entry: Entry, found: Iterable[OfferRaised] = ()) -> list[Part]:
    """Return what can be consulted: first what the client's answers raise, last what they rule out.

    Each says what it is good for and who calls whom.
    """
    if not entry.offers:
        return []
    raised = {one.offer: one.raised for one in found}
    order = {True: 0, None: 1, False: 2}
    offers = sorted(entry.offers, key=lambda offer: order[raised.get(offer.id)])
    parts: list[Part] = [Heading("相談できること")]
    for offer in offers:
        mark = truth_mark(Truth.of(raised.get(offer.id))) if raised else "・"
        caller = f"連絡する人: {offer.who_calls}" if offer.who_calls else ""
        words = [f"{mark} {offer.label}", offer.good_for, caller]
        parts.append(Paragraph("\n".join(filter(None, words)), source_words(offer.source)))
    return parts


def _totals(result: SimulationResult) -> list[Part]:
    amount = result.amount
    if amount.total is None:
        return [Paragraph(REASON_WORDS["no_firm_amount"])]
    lines: list[Part] = [Figure("補助", range_yen(amount.subsidy))]
    if amount.top_up is not None and amount.top_up.high:
        lines.append(Figure("上乗せ", range_yen(amount.top_up)))
    return [*lines, Figure("合計（見込み・以内）", range_yen(amount.total), strong=True)]


def _burden(result: SimulationResult) -> list[Part]:
    if result.own_burden is None:
        return []
    return [
        Figure("支払う額の合計（税込）", yen_text(result.paid)),
        Figure("ご自身の負担", range_yen(result.own_burden), strong=True),
        Figure("立て替えの最大", yen_text(result.peak_advance)),
    ]


def _workings(amount: Amount) -> list[Part]:
    if not amount.steps_high:
        return _working("計算", amount.steps)
    low = _working("計算（低いほう）", amount.steps)
    return [*low, *_working("計算（高いほう）", amount.steps_high)]


def _working(head: str, steps: Iterable[CalculationLine]) -> list[Part]:
    lines = [
        Figure(
            one.text, "" if one.amount is None else yen_text(one.amount), source_words(one.source)
        )
        for one in steps
    ]
    return [Heading(head), *lines] if lines else []


def fact_parts(entry: Entry) -> list[Part]:
    """Return who and what an entry is for, with its figures and their sources."""
    parts: list[Part] = [Heading("内容"), Paragraph(f"だれに: {entry.who}")]
    parts.append(Paragraph(f"何に: {entry.what_for}"))
    for rate in entry.rates:
        aside = "（要確認）" if rate.candidate else ""
        within = "以内" if rate.up_to else ""
        text = f"補助率 {rate_text(rate.rate)}{within} {rate.when}{aside}"
        parts.append(Paragraph(text, source_words(rate.source)))
    limits = {"上限": entry.max_limit, "下限": entry.min_limit, "上乗せ": entry.top_up_max}
    for name, figure in limits.items():
        if figure is not None:
            parts.append(Paragraph(f"{name} {figure.text}", source_words(figure.source)))
    return [*parts, *(Paragraph(f"・{one}") for one in entry.special)]


def note_parts(notes: Iterable[Note]) -> list[Part]:
    """Return what has to be confirmed."""
    parts: list[Part] = []
    for note in notes:
        text = "\n".join(part for part in (note.shown, note.confirm) if part)
        parts.append(Paragraph(text, source_words(note.source), look="attention"))
    return [Heading("要確認"), *parts] if parts else []


def contact_parts(entry: Entry) -> list[Part]:
    """Return the sections to call, for the advisor."""
    if not entry.contacts:
        return []
    lines = [Paragraph(f"{one.section}　{one.phone}") for one in entry.contacts]
    return [Heading("担当課（相談員用）"), *lines]
