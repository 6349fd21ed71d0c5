"""The figures of the advisor's copy: comparison, other frames, 要確認, expenses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.values.consultation import TaxMode
from models.values.money import yen_text
from models.values.results import VERDICT_LABEL, VERDICT_SHAPE, Verdict
from reports.advisor_break_even import break_even_sections
from reports.advisor_cash import cash_sections
from reports.advisor_plan import plan_sections, planned_results
from reports.advisor_working import has_costs, worked_results, working_sections
from reports.cash_content import expense_rules, sheet_money
from reports.compared_ways import compared_ways
from reports.content_blocks import Column, ColumnKind, Row, Section, TableBlock, TextBlock
from reports.wording import (
    NOTHING,
    REASON_WORDS,
    WITHOUT_SUBSIDY,
    month_text,
    range_yen,
    source_text,
)

if TYPE_CHECKING:
    from models.values.catalog import Note
    from models.values.consultation import Expense
    from models.values.results import SimulationResult
    from models.values.ways import Way, Ways
    from reports.advisor_working import Worked
    from reports.content_blocks import Block
    from reports.sheet_input import SheetInput

_MOST_OPEN = 3


def money_sections(given: SheetInput) -> tuple[Section, ...]:
    """Return every section with figures, in reading order."""
    worked = worked_results(given)
    everything = (*worked, *planned_results(given, worked))
    return (
        *(_comparison(given, ways) for ways in compared_ways(given)),
        *break_even_sections(given),
        *cash_sections(given),
        *plan_sections(given),
        *working_sections(given, everything),
        *_others(given, worked),
        *_to_confirm(given, everything),
        *_expenses(given),
    )


def _stages(given: SheetInput, *results: SimulationResult) -> frozenset[str]:
    return frozenset(given.catalog.entries[result.entry].stage for result in results)


def _comparison(given: SheetInput, ways: Ways) -> Section:
    paid = yen_text(ways.paid)
    rows = [Row((WITHOUT_SUBSIDY, NOTHING, NOTHING, NOTHING, paid, paid))]
    rows += [_compared_row(given, way) for way in ways.ways]
    columns = (
        Column("", ColumnKind.WORDS, 2.2),
        *(
            Column(title, ColumnKind.YEN, 1.0)
            for title in ("補助", "上乗せ", "合計", "ご自身の負担", "立て替え最大")
        ),
    )
    blocks: list[Block] = [TableBlock(columns, tuple(rows))]
    if ways.sentence:
        blocks.append(TextBlock(ways.sentence))
    return Section(f"くらべると（{ways.title}、消費税こみ）", tuple(blocks))


def _compared_row(given: SheetInput, way: Way) -> Row:
    result = way.result
    verdict = result.screening.verdict
    label = f"{VERDICT_SHAPE[verdict]} {way.label}"
    if verdict is Verdict.NOT_ELIGIBLE:
        # A figure beside an entry that is ruled out would read like an offer.
        cells = (label, VERDICT_LABEL[verdict], *[NOTHING] * 4)
    else:
        cells = (
            label,
            range_yen(result.amount.subsidy),
            range_yen(result.amount.top_up),
            range_yen(result.amount.total),
            range_yen(result.own_burden),
            yen_text(result.peak_advance),
        )
    notes = [*way.notes]
    if verdict is not Verdict.NOT_ELIGIBLE:
        codes = result.amount.reason_codes
        notes += [REASON_WORDS[code] for code in codes if code in REASON_WORDS]
    return Row(cells, stages=_stages(given, *way.parts), note="　".join(notes))


def _others(given: SheetInput, worked: tuple[Worked, ...]) -> tuple[Section, ...]:
    """Return, a line each, what else the expenses would count for; nothing that is ruled out."""
    shown = {each.result.entry for each in worked}
    found = [
        result
        for result in given.results
        if result.entry not in shown
        and result.screening.verdict is not Verdict.NOT_ELIGIBLE
        and has_costs(result)
    ]
    if not found:
        return ()
    found.sort(key=lambda result: not result.screening.in_play)
    rows = tuple(_other_row(given, result) for result in found)
    columns = (
        Column("枠", ColumnKind.WORDS, 3.6),
        Column("見込み（以内）", ColumnKind.YEN, 1.7),
        Column("未確認", ColumnKind.WORDS, 3.2),
    )
    table = TableBlock(columns, rows, dense=True, small=True)
    return (Section("そのほかの枠（参考。くらべていない枠）", (table,)),)


def _other_row(given: SheetInput, result: SimulationResult) -> Row:
    entry = given.catalog.entries[result.entry]
    name = f"{VERDICT_SHAPE[result.screening.verdict]} {entry.short_name}"
    open_labels = given.labels(result.open_questions)
    still_open = "、".join(open_labels[:_MOST_OPEN])
    if len(open_labels) > _MOST_OPEN:
        still_open += "など"
    told = [still_open] if still_open else []
    if result.amount.missing_to_minimum is not None:
        told.append(f"下限まであと {yen_text(result.amount.missing_to_minimum)}")
    cells = (
        f"{name}［{given.stage_of(entry).label}］",
        range_yen(result.amount.total),
        "。".join(told) or NOTHING,
    )
    return Row(cells, stages=_stages(given, result))


def _to_confirm(given: SheetInput, worked: tuple[Worked, ...]) -> tuple[Section, ...]:
    found: dict[str, tuple[Note, list[str]]] = {}
    for each in worked:
        name = given.catalog.entries[each.result.entry].short_name
        for note in each.result.amount.notes:
            names = found.setdefault(note.id, (note, []))[1]
            if name not in names:
                names.append(name)
    if not found:
        return ()
    rows = tuple(_note_row(given, note, names) for note, names in found.values())
    columns = (
        Column("番号", ColumnKind.WORDS, 0.45),
        Column(
            "ここでの扱いと、確かめること（下の行は根拠、出典、関わる枠）", ColumnKind.WORDS, 9.0
        ),
    )
    return (Section("要確認", (TableBlock(columns, rows, notes_under=1),)),)


def _note_row(given: SheetInput, note: Note, names: list[str]) -> Row:
    basis = (note.basis, source_text(note.source), f"［{'、'.join(names)}］")
    entries = (given.catalog.entries.get(entry) for entry in note.entries)
    return Row(
        (note.id, f"{note.shown}{note.confirm}"),
        stages=frozenset(entry.stage for entry in entries if entry is not None),
        note="".join(basis),
    )


def _expenses(given: SheetInput) -> tuple[Section, ...]:
    tables = [("経費の明細", given.consultation.expenses)]
    tables += [
        (f"経費の明細（{scenario.name or '比べる案'}）", scenario.expenses)
        for scenario in given.consultation.scenarios
        if scenario.expenses is not None
    ]
    money = sheet_money(given)
    return tuple(
        Section(title, (_expense_table(given, expenses, expense_rules(money, expenses)),))
        for title, expenses in tables
        if expenses
    )


def _tax_words(expense: Expense) -> str:
    if expense.tax is TaxMode.NONE:
        return "税なし"
    mode = "税込" if expense.tax is TaxMode.INCLUDED else "税抜"
    return f"{mode}{expense.tax_rate_percent}%"


def _expense_table(
    given: SheetInput, expenses: tuple[Expense, ...], rules: tuple[str, ...]
) -> TableBlock:
    has_years = any(expense.year > 1 for expense in expenses)
    rows: list[Row] = []
    for expense, rule in zip(expenses, rules, strict=True):
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
                ),
                note=rule,
            )
        )
    net = sum(expense.net for expense in expenses)
    paid = sum(expense.paid for expense in expenses)
    rows.append(Row(("合計", "", "", "", yen_text(net), yen_text(paid), ""), strong=True))
    columns = (
        Column("内容", ColumnKind.WORDS, 2.2),
        Column("区分", ColumnKind.WORDS, 1.85),
        Column("金額", ColumnKind.YEN, 1.15),
        Column("税", ColumnKind.CENTERED, 0.85),
        Column("税抜", ColumnKind.YEN, 1.15),
        Column("支払う額", ColumnKind.YEN, 1.15),
        Column("支払月", ColumnKind.CENTERED, 1.15),
    )
    return TableBlock(columns, tuple(rows), dense=True, small=True)
