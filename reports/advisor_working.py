"""How each compared amount comes about, checkable with a pocket calculator."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from models.planning.way_words import changes_of
from models.values.money import rate_text, yen_text
from models.values.results import VERDICT_SHAPE, Verdict
from reports.compared_ways import compared_ways
from reports.content_blocks import (
    Column,
    ColumnKind,
    FactsBlock,
    Row,
    Section,
    TableBlock,
    TextBlock,
    Weight,
)
from reports.wording import (
    LIMIT_WORDS,
    NOTHING,
    REASON_WORDS,
    place_text,
    range_yen,
    source_text,
)

if TYPE_CHECKING:
    from models.values.catalog import Entry
    from models.values.results import CalculationLine, SimulationResult
    from models.values.sources import SourceRef
    from reports.content_blocks import Block
    from reports.sheet_input import SheetInput

_TRIVIAL = frozenset({"no_eligible_cost", "no_firm_amount", "closure_only"})
"""With one of these reasons there is nothing to calculate from."""
_APPLIES = "○"
"""Stands for a step without an amount where it belongs to one end of the range only."""


@dataclass(frozen=True, slots=True)
class Worked:
    """A result whose working is printed; `assumed` says what it changes, "" for nothing."""

    result: SimulationResult
    name: str
    assumed: str


def has_costs(result: SimulationResult) -> bool:
    """Whether there is anything to calculate from."""
    return not set(result.amount.reason_codes) & _TRIVIAL


def worked_results(given: SheetInput) -> tuple[Worked, ...]:
    """Return what is worked out in full: the advisor's scenarios, else what is compared."""
    if given.scenarios:
        found = [
            Worked(
                result,
                worked.scenario.name or "",
                changes_of(given.catalog, given.consultation, worked.scenario),
            )
            for worked in given.scenarios
            for result in worked.results
        ]
    else:
        found = [
            Worked(part, "", way.assumed)
            for ways in compared_ways(given)
            for way in ways.ways
            for part in way.parts
            if part.screening.verdict is not Verdict.NOT_ELIGIBLE and has_costs(part)
        ]
    once: dict[tuple[object, ...], Worked] = {}
    for worked in found:
        result = worked.result
        once.setdefault((result.entry, result.amount, result.paid), worked)
    return tuple(once.values())


def working_sections(given: SheetInput, worked: tuple[Worked, ...]) -> tuple[Section, ...]:
    """Return the workings, one below the other."""
    if not worked:
        return ()
    slides = {slide for each in worked if (slide := _main_slide(each.result)) is not None}
    aside = f"出典は「{slides.pop()}」の項目と、本文の行" if len(slides) == 1 else ""
    return (
        Section("計算の内訳", (), aside=aside),
        *(_working(given, each, says_slide=not aside) for each in worked),
    )


def told_of(given: SheetInput, result: SimulationResult) -> list[str]:
    """Return in words what shapes the amount: reasons, limits, what is missing, what is open."""
    amount = result.amount
    told = [REASON_WORDS.get(code, code) for code in amount.reason_codes]
    told += [LIMIT_WORDS.get(code, code) for code in amount.limits_hit]
    if amount.missing_to_minimum is not None:
        missing = yen_text(amount.missing_to_minimum)
        told.append(f"下限に届くまで、対象の費用（税抜）があと {missing}")
    if result.open_questions:
        told.append(f"額や判定を決める質問：{'、'.join(given.labels(result.open_questions))}")
    return told


def _working(given: SheetInput, worked: Worked, *, says_slide: bool) -> Section:
    result = worked.result
    entry = given.catalog.entries[result.entry]
    title = (
        f"{VERDICT_SHAPE[result.screening.verdict]} {entry.official_name}"
        f"［{given.stage_of(entry).label}］ {worked.name}"
    ).rstrip()
    slide = _main_slide(result)
    told = told_of(given, result)
    if worked.assumed:
        told.insert(0, worked.assumed)
    if result.screening.verdict is Verdict.NOT_ELIGIBLE:
        told.insert(0, "該当しない枠です。参考の計算で、提案や合計には入れません")
    if slide and says_slide:
        told.append(f"出典：「{slide}」の項目と行")
    blocks: list[Block] = []
    if result.amount.total is not None:
        blocks.append(FactsBlock(_key_figures(result), columns=3, small=True))
    if told:
        blocks.append(TextBlock("。".join(told), Weight.SMALL))
    if result.amount.years:
        blocks.append(_years(result))
    if result.amount.steps:
        blocks.append(_steps(result, entry, slide))
    return Section(title, tuple(blocks), frozenset({entry.stage}), level=2)


def _main_slide(result: SimulationResult) -> str | None:
    """Return the slide that most steps name, `None` where none has a source."""
    lines = (*result.amount.steps, *result.amount.steps_high)
    slides = Counter(line.source.slide for line in lines if line.source is not None)
    return slides.most_common(1)[0][0] if slides else None


def _key_figures(result: SimulationResult) -> tuple[tuple[str, str], ...]:
    amount = result.amount
    rate = NOTHING if amount.subsidy_rate is None else rate_text(amount.subsidy_rate)
    return (
        ("対象（税抜）", yen_text(amount.eligible_cost)),
        ("補助", range_yen(amount.subsidy)),
        ("支払う額", yen_text(result.paid)),
        ("廃業（税抜）", yen_text(amount.closure_cost)),
        ("上乗せ", range_yen(amount.top_up)),
        ("ご負担", range_yen(result.own_burden)),
        ("補助率", rate),
        ("合計", range_yen(amount.total)),
        ("立て替え", yen_text(result.peak_advance)),
    )


def _years(result: SimulationResult) -> TableBlock:
    columns = (
        Column("年", ColumnKind.WORDS, 1.0),
        Column("対象の費用（税抜）", ColumnKind.YEN, 2.0),
        Column("補助", ColumnKind.YEN, 3.0),
    )
    rows = tuple(
        Row((f"{year.year}年目", yen_text(year.eligible_cost), range_yen(year.subsidy)))
        for year in result.amount.years
    )
    return TableBlock(columns, rows, dense=True, small=True)


def _steps(result: SimulationResult, entry: Entry, slide: str | None) -> TableBlock:
    low, high = result.amount.steps, result.amount.steps_high
    ends = ("少ないほう", "多いほう") if high else ("円",)
    columns = (
        Column("計算", ColumnKind.WORDS, 4.0),
        *(Column(title, ColumnKind.YEN, 1.1) for title in ends),
        Column("出典", ColumnKind.WORDS, 1.7 if high else 2.8),
    )
    pairs = _side_by_side(low, high) if high else [(line, None) for line in low]
    rows: list[Row] = []
    for first, second in pairs:
        line = first or second
        if line is not None:
            amounts = _amounts(first, second) if high else (_yen(line),)
            rows.append(Row((line.text, *amounts, _place(line.source, entry, slide))))
    return TableBlock(columns, tuple(rows), dense=True, small=True)


def _side_by_side(
    low: tuple[CalculationLine, ...], high: tuple[CalculationLine, ...]
) -> list[tuple[CalculationLine | None, CalculationLine | None]]:
    """Return the steps of both ends, each step that they share once."""
    keys = [[(line.text, line.source) for line in lines] for lines in (low, high)]
    found: list[tuple[CalculationLine | None, CalculationLine | None]] = []
    for tag, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if tag == "equal":
            found += zip(low[a:b], high[c:d], strict=True)
        else:
            found += [(line, None) for line in low[a:b]]
            found += [(None, line) for line in high[c:d]]
    return found


def _yen(line: CalculationLine) -> str:
    return "" if line.amount is None else yen_text(line.amount)


def _amounts(first: CalculationLine | None, second: CalculationLine | None) -> tuple[str, str]:
    """Return the amounts of a step at both ends, a dash where an end lacks the step."""
    if first is not None and second is not None:
        return _yen(first), _yen(second)
    cells = [NOTHING if line is None else _yen(line) or _APPLIES for line in (first, second)]
    return cells[0], cells[1]


def _place(source: SourceRef | None, entry: Entry, slide: str | None) -> str:
    """Return item and line; the item without the frame's own name, other slides by their title."""
    if source is None or source.slide != slide:
        return source_text(source)
    item, bracket, frame = source.item.partition("（")
    place = place_text(source)
    if bracket and frame.rstrip("）") in entry.official_name:
        return place.replace(source.item, item, 1)
    return place
