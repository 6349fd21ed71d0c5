"""The figures of the advisor's copy: comparison, every working, 要確認, expenses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.values.consultation import TaxMode
from models.values.money import rate_text, yen_text
from models.values.results import VERDICT_LABEL, VERDICT_SHAPE, Verdict
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
    WITHOUT_SUBSIDY,
    month_text,
    place_text,
    range_yen,
    source_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.values.catalog import Note
    from models.values.consultation import Expense
    from models.values.results import CalculationLine, Comparison, SimulationResult
    from reports.content_blocks import Block
    from reports.sheet_input import SheetInput

_TRIVIAL = frozenset({"no_eligible_cost", "no_firm_amount"})
"""With one of these reasons alone there is no working to show."""


def money_sections(given: SheetInput) -> tuple[Section, ...]:
    """Return every section with figures, in reading order."""
    worked = [result for result in given.results if _is_worked(given, result)]
    others = [result for result in given.results if not _is_worked(given, result)]
    return (
        *_comparisons(given),
        *_workings(given, worked),
        *_others(given, others),
        *_to_confirm(given),
        *_expenses(given),
    )


def _is_worked(given: SheetInput, result: SimulationResult) -> bool:
    """Whether the working is shown in full: it pays something, or the advisor asked for it."""
    if result.scenario is not None or result.entry in given.named:
        return True
    if given.named:
        return False
    if result.screening.verdict is Verdict.NOT_ELIGIBLE:
        return False
    return not set(result.amount.reason_codes) & _TRIVIAL


def _stages(given: SheetInput, results: Iterable[SimulationResult]) -> frozenset[str]:
    return frozenset(given.catalog.entries[result.entry].stage for result in results)


def _comparisons(given: SheetInput) -> tuple[Section, ...]:
    return tuple(_comparison(given, comparison) for comparison in given.comparisons)


def _comparison(given: SheetInput, comparison: Comparison) -> Section:
    paid = yen_text(comparison.paid)
    rows = [Row((WITHOUT_SUBSIDY, NOTHING, NOTHING, NOTHING, paid, paid))]
    for column in comparison.columns:
        result = column.result
        shape = VERDICT_SHAPE[result.screening.verdict]
        if result.screening.verdict is Verdict.NOT_ELIGIBLE:
            # A figure beside an entry that is ruled out would read like an offer.
            words = VERDICT_LABEL[Verdict.NOT_ELIGIBLE]
            cells = (f"{shape} {column.label}", words, *[NOTHING] * 4)
        else:
            cells = (
                f"{shape} {column.label}",
                range_yen(result.amount.subsidy),
                range_yen(result.amount.top_up),
                range_yen(result.amount.total),
                range_yen(result.own_burden),
                yen_text(result.peak_advance),
            )
        stages = _stages(given, [result])
        rows.append(Row(cells, stages=stages, note=column.what_if_text))
    columns = (
        Column("", ColumnKind.WORDS, 1.5),
        *(
            Column(title, ColumnKind.YEN, 1.0)
            for title in ("補助", "上乗せ", "合計", "ご自身の負担", "立て替え最大")
        ),
    )
    blocks: list[Block] = [TableBlock(columns, tuple(rows))]
    if comparison.sentence:
        blocks.append(TextBlock(comparison.sentence))
    return Section(f"くらべると（{comparison.title}）", tuple(blocks))


def _workings(given: SheetInput, results: list[SimulationResult]) -> tuple[Section, ...]:
    sections = [_working(given, result) for result in results]
    return (Section("計算の内訳", ()), *sections) if sections else ()


def _working(given: SheetInput, result: SimulationResult) -> Section:
    entry = given.catalog.entries[result.entry]
    shape = VERDICT_SHAPE[result.screening.verdict]
    title = f"{shape} {entry.official_name}［{given.stage_of(entry).label}］"
    if result.scenario:
        title += f" {result.scenario}"
    told = _told(given, result)
    if result.screening.verdict is Verdict.NOT_ELIGIBLE:
        told.insert(0, "該当しない枠です。参考の計算で、提案や合計には入れません。")
    blocks: list[Block] = [FactsBlock(_key_figures(result), columns=3)]
    blocks += [TextBlock(f"・{text}", Weight.SMALL) for text in told]
    if result.amount.years:
        blocks.append(_years(result))
    low, high = result.amount.steps, result.amount.steps_high
    slide = _common_slide((*low, *high))
    if low:
        blocks.append(_steps("計算（少ないほう）" if high else "計算", low, slide))
    if high:
        blocks.append(_steps("計算（多いほう）", high, slide))
    return Section(title, tuple(blocks), frozenset({entry.stage}), level=2)


def _told(given: SheetInput, result: SimulationResult) -> list[str]:
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


def _common_slide(lines: tuple[CalculationLine, ...]) -> str:
    """Return the slide that all sources of a working name, "" when they differ."""
    slides = {line.source.slide for line in lines if line.source is not None}
    return slides.pop() if len(slides) == 1 else ""


def _key_figures(result: SimulationResult) -> tuple[tuple[str, str], ...]:
    amount = result.amount
    rate = NOTHING if amount.subsidy_rate is None else rate_text(amount.subsidy_rate)
    return (
        ("対象の費用（税抜）", yen_text(amount.eligible_cost)),
        ("廃業の費用（税抜）", yen_text(amount.closure_cost)),
        ("補助率", rate),
        ("補助", range_yen(amount.subsidy)),
        ("上乗せ", range_yen(amount.top_up)),
        ("合計", range_yen(amount.total)),
        ("支払う額（税込）", yen_text(result.paid)),
        ("ご自身の負担", range_yen(result.own_burden)),
        ("立て替え最大", yen_text(result.peak_advance)),
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
    return TableBlock(columns, rows, dense=True)


def _steps(title: str, lines: tuple[CalculationLine, ...], slide: str) -> TableBlock:
    columns = (
        Column(title, ColumnKind.WORDS, 3.2),
        Column("円", ColumnKind.YEN, 1.1),
        Column(f"出典「{slide}」" if slide else "出典", ColumnKind.WORDS, 3.0),
    )
    rows = tuple(
        Row(
            (
                line.text,
                "" if line.amount is None else yen_text(line.amount),
                place_text(line.source) if slide else source_text(line.source),
            )
        )
        for line in lines
    )
    return TableBlock(columns, rows, dense=True)


def _others(given: SheetInput, results: list[SimulationResult]) -> tuple[Section, ...]:
    """Return results without a working: ruled out, or with nothing to calculate from."""
    without_cost = [r for r in results if set(r.amount.reason_codes) & _TRIVIAL]
    calculated = [result for result in results if result not in without_cost]
    blocks: list[Block] = []
    if calculated:
        which = "比べる案に選んでいない枠と、該当しない枠" if given.named else "該当しない枠"
        blocks.append(TextBlock(f"{which}の計算です。提案や合計には入れません。"))
        blocks.append(_calculated(given, calculated))
    if without_cost:
        names = [given.catalog.entries[result.entry].official_name for result in without_cost]
        words = f"対象になる費用がまだなく、補助が 0円の枠：{'、'.join(names)}"
        blocks.append(TextBlock(words, Weight.SMALL))
    stages = _stages(given, without_cost)
    return (Section("そのほかの枠（参考）", tuple(blocks), stages),) if blocks else ()


def _calculated(given: SheetInput, results: list[SimulationResult]) -> TableBlock:
    rows = tuple(
        Row(
            (
                f"{VERDICT_SHAPE[result.screening.verdict]} "
                f"{given.catalog.entries[result.entry].official_name}",
                yen_text(result.amount.eligible_cost),
                yen_text(result.amount.closure_cost),
                range_yen(result.amount.subsidy),
                range_yen(result.amount.top_up),
                range_yen(result.amount.total),
                range_yen(result.own_burden),
            ),
            stages=_stages(given, [result]),
            note="／".join(_told(given, result)),
        )
        for result in results
    )
    columns = (
        Column("枠", ColumnKind.WORDS, 1.9),
        *(
            Column(title, ColumnKind.YEN, 1.0)
            for title in ("対象の費用", "廃業の費用", "補助", "上乗せ", "合計", "ご自身の負担")
        ),
    )
    return TableBlock(columns, rows)


def _to_confirm(given: SheetInput) -> tuple[Section, ...]:
    found: dict[str, tuple[Note, list[str]]] = {}
    for result in given.results:
        if not _is_worked(given, result):
            continue
        name = given.catalog.entries[result.entry].short_name
        for note in result.amount.notes:
            names = found.setdefault(note.id, (note, []))[1]
            if name not in names:
                names.append(name)
    if not found:
        return ()
    rows = tuple(
        Row(
            (
                note.id,
                f"{note.shown}\n{note.confirm}".strip(),
                "\n".join(part for part in (note.basis, source_text(note.source)) if part),
            ),
            stages=frozenset(
                given.catalog.entries[entry].stage
                for entry in note.entries
                if entry in given.catalog.entries
            ),
            note="、".join(names),
        )
        for note, names in found.values()
    )
    columns = (
        Column("番号", ColumnKind.WORDS, 0.5),
        Column("ここでの扱いと、確かめること", ColumnKind.WORDS, 3.0),
        Column("根拠と出典", ColumnKind.WORDS, 2.6),
    )
    return (Section("要確認", (TableBlock(columns, rows),)),)


def _expenses(given: SheetInput) -> tuple[Section, ...]:
    tables = [("経費の明細", given.consultation.expenses)]
    tables += [
        (f"経費の明細（{scenario.name or '比べる案'}）", scenario.expenses)
        for scenario in given.consultation.scenarios
        if scenario.expenses is not None
    ]
    return tuple(
        Section(title, (_expense_table(given, expenses),)) for title, expenses in tables if expenses
    )


def _tax_words(expense: Expense) -> str:
    if expense.tax is TaxMode.NONE:
        return "税なし"
    mode = "税込" if expense.tax is TaxMode.INCLUDED else "税抜"
    return f"{mode}{expense.tax_rate_percent}%"


def _expense_table(given: SheetInput, expenses: tuple[Expense, ...]) -> TableBlock:
    has_years = any(expense.year > 1 for expense in expenses)
    rows: list[Row] = []
    for expense in expenses:
        category = given.catalog.categories.get(expense.category)
        label = f"{expense.label}（概算）" if expense.estimate else expense.label
        when = month_text(expense.pay_month)
        rows.append(
            Row(
                (
                    label,
                    expense.category if category is None else category.label,
                    yen_text(expense.amount),
                    _tax_words(expense),
                    yen_text(expense.net),
                    yen_text(expense.paid),
                    f"{expense.year}年目\n{when}" if has_years else when,
                )
            )
        )
    net = sum(expense.net for expense in expenses)
    paid = sum(expense.paid for expense in expenses)
    rows.append(Row(("合計", "", "", "", yen_text(net), yen_text(paid), ""), strong=True))
    columns = (
        Column("内容", ColumnKind.WORDS, 1.9),
        Column("区分", ColumnKind.WORDS, 1.2),
        Column("金額", ColumnKind.YEN, 1.25),
        Column("税", ColumnKind.CENTERED, 0.95),
        Column("税抜", ColumnKind.YEN, 1.25),
        Column("支払う額", ColumnKind.YEN, 1.25),
        Column("支払月", ColumnKind.CENTERED, 1.25),
    )
    return TableBlock(columns, tuple(rows))
