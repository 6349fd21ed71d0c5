"""The verdicts of the advisor's copy: in full what was talked about, the rest in brief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.values.results import VERDICT_LABEL, VERDICT_SHAPE, Verdict
from models.values.text import without_brackets
from models.values.truth import Truth
from reports.compared_ways import compared_ways
from reports.content_blocks import (
    Column,
    ColumnKind,
    Row,
    Section,
    TableBlock,
    TextBlock,
    Weight,
)
from reports.wording import NOTHING, reason_text

if TYPE_CHECKING:
    from models.values.catalog import Entry
    from models.values.results import Screening
    from reports.content_blocks import Block
    from reports.sheet_input import SheetInput

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
_OFFER_HEADS = {None: "まだ聞いていない", False: "いまは当てはまらない"}
_NOT_ASKED = "まだ話に出ていません"
_NOTHING_YET = "話に出た制度は、まだありません。"


def verdict_sections(given: SheetInput) -> tuple[Section, ...]:
    """Return every entry with its verdict."""
    judged = [
        screening
        for verdict in _ORDER
        for screening in given.screenings
        if screening.verdict is verdict
    ]
    close = _close_entries(given)
    full = [screening for screening in judged if screening.entry in close]
    brief = [screening for screening in judged if screening.entry not in close]
    first: Block = _full_table(given, full) if full else TextBlock(_NOTHING_YET)
    rest = _brief_tables(given, brief)
    information = [
        given.catalog.entries[screening.entry].short_name
        for screening in given.screenings
        if screening.verdict is Verdict.INFORMATION
    ]
    if information:
        names = "、".join(information)
        rest.append(TextBlock(f"判定しない項目（情報）：{names}", Weight.SMALL))
    found = [Section("判定の一覧", (first,))]
    if rest:
        found.append(Section("話に出ていない制度・枠", tuple(rest), level=2))
    return tuple(found)


def _close_entries(given: SheetInput) -> frozenset[str]:
    """Return what the talk is about: likely, spoken of, named by the advisor, or compared."""
    compared = {
        part.entry for ways in compared_ways(given) for way in ways.ways for part in way.parts
    }
    spoken = {
        screening.entry
        for screening in given.screenings
        if screening.in_play or screening.verdict is Verdict.LIKELY
    }
    return frozenset(spoken | compared) | given.named


def _verdict_words(verdict: Verdict) -> str:
    return f"{VERDICT_SHAPE[verdict]} {VERDICT_LABEL[verdict]}"


def _full_table(given: SheetInput, screenings: list[Screening]) -> TableBlock:
    rows: list[Row] = []
    for screening in screenings:
        entry = given.catalog.entries[screening.entry]
        name = f"{entry.official_name}［{given.stage_of(entry).label}］"
        why = "\n".join(_why(given, entry, screening)) or NOTHING
        cells = (_verdict_words(screening.verdict), name, why)
        rows.append(Row(cells, stages=frozenset({entry.stage})))
    columns = (
        Column("判定", ColumnKind.WORDS, 1.1),
        Column("制度・枠", ColumnKind.WORDS, 2.0),
        Column("決め手と、まだ分からないこと", ColumnKind.FINE, 4.2),
    )
    return TableBlock(columns, tuple(rows))


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
    lines += [f"○ {label}" for label in _offers(entry, screening, raised=True)]
    lines += _other_offers(entry, screening)
    if screening.open_questions:
        labels = "、".join(given.labels(screening.open_questions))
        lines.append(f"次に聞くこと：{labels}")
    return lines


def _offers(entry: Entry, screening: Screening, *, raised: bool | None) -> list[str]:
    wanted = {offer.offer for offer in screening.offers if offer.raised is raised}
    return [offer.label for offer in entry.offers if offer.id in wanted]


def _other_offers(entry: Entry, screening: Screening) -> list[str]:
    """Return the offers that nobody raised, as lines of names."""
    lines: list[str] = []
    for raised, head in _OFFER_HEADS.items():
        labels = [without_brackets(label) for label in _offers(entry, screening, raised=raised)]
        if labels:
            lines.append(f"{head}：{'、'.join(labels)}")
    return lines


def _brief_tables(given: SheetInput, screenings: list[Screening]) -> list[Block]:
    """Return entries that nobody has spoken of: each name and verdict, and one reason."""
    names: dict[tuple[Verdict, str, str], list[str]] = {}
    for screening in screenings:
        entry = given.catalog.entries[screening.entry]
        key = (screening.verdict, entry.stage, _brief_reason(given, entry, screening))
        names.setdefault(key, []).append(entry.short_name)
    unasked: list[Row] = []
    reasoned: list[Row] = []
    for (verdict, stage, reason), short_names in names.items():
        words = _verdict_words(verdict)
        named = f"{'、'.join(short_names)}［{given.catalog.stages[stage].label}］"
        if reason:
            reasoned.append(Row((words, named, reason), stages=frozenset({stage})))
        else:
            line = f"{words}（{_NOT_ASKED}）：{named}"
            unasked.append(Row((line,), stages=frozenset({stage})))
    columns = (
        Column("判定", ColumnKind.WORDS, 1.1),
        Column("制度・枠", ColumnKind.WORDS, 2.6),
        Column("決め手", ColumnKind.WORDS, 3.6),
    )
    whole = (Column("", ColumnKind.WORDS, 1.0),)
    tables = [
        TableBlock(heads, tuple(rows), dense=True, small=True)
        for heads, rows in ((whole, unasked), (columns, reasoned))
        if rows
    ]
    return [*tables]


def _brief_reason(given: SheetInput, entry: Entry, screening: Screening) -> str:
    decisive = next((r for r in screening.reasons if r.value is Truth.NO), None)
    if decisive is not None:
        return f"{_REASON_HEADS[Truth.NO]}：{reason_text(given.catalog, decisive)}"
    if screening.verdict is Verdict.CONSULT:
        return "。".join(_other_offers(entry, screening))
    return ""
