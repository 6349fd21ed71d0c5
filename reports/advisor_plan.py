"""The best combination on the advisor's copy: allocation, proof, runner-up, what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.planning.simulation import simulate_plan
from models.values.results import VERDICT_SHAPE
from reports.advisor_working import Worked
from reports.content_blocks import (
    Column,
    ColumnKind,
    Row,
    Section,
    TableBlock,
    TextBlock,
    Weight,
)
from reports.plan_content import (
    DOUBLE_RULE,
    LEFT_OUT_TITLE,
    NOT_SPOKEN,
    WITHIN_SPOKEN,
    double_asides,
    double_words,
    expense_name,
    left_out_groups,
    plan_words,
    split_sentence,
    unsaid_pairs,
)
from reports.wording import NOTHING

if TYPE_CHECKING:
    from models.values.plan import Plan
    from reports.content_blocks import Block
    from reports.plan_content import PlanWords
    from reports.sheet_input import SheetInput

_FRAME_COLUMNS = (
    Column("枠", ColumnKind.WORDS, 2.4),
    Column("入れる経費", ColumnKind.WORDS, 2.7),
    Column("見込み（以内）", ColumnKind.YEN, 2.2),
)


def plan_sections(given: SheetInput) -> tuple[Section, ...]:
    """Return the sections of the plan; none where no expense asks for one."""
    if not given.consultation.expenses:
        return ()
    plans = given.plans
    sections = [_whole(given, plans.whole)]
    if plans.spoken.frames and plans.spoken.frames != plans.whole.frames:
        sections.append(_spoken(given, plans.spoken))
    return (*sections, *_double(given))


def planned_results(given: SheetInput, known: tuple[Worked, ...]) -> tuple[Worked, ...]:
    """Return the frames of the plans whose amounts have no working yet."""
    expenses = given.consultation.expenses
    found = {(each.result.entry, each.result.amount) for each in known}
    added: list[Worked] = []
    for plan in (given.plans.whole, given.plans.spoken):
        for result in simulate_plan(given.catalog, given.consultation, plan):
            if (result.entry, result.amount) not in found:
                found.add((result.entry, result.amount))
                names = "、".join(expense_name(expenses, index) for index in result.expenses)
                added.append(Worked(result, "組合せの中で", f"入れる経費は {names}"))
    return tuple(added)


def _whole(given: SheetInput, plan: Plan) -> Section:
    words = plan_words(given.catalog, given.consultation.expenses, plan)
    blocks = _allocation(given, plan, words)
    if plan.unsaid_pairs:
        pairs = "／".join(unsaid_pairs(given.catalog, plan))
        blocks.append(TextBlock(f"書かれていない組: {pairs}", Weight.SMALL))
    groups = left_out_groups(words)
    if groups:
        rows = tuple(Row((why, names)) for why, names in groups)
        columns = (
            Column(LEFT_OUT_TITLE, ColumnKind.WORDS, 2.4),
            Column("", ColumnKind.WORDS, 5.2),
        )
        blocks.append(TableBlock(columns, rows, dense=True, small=True))
    return Section("最もよい組合せ（該当しないもの以外のすべての枠から）", tuple(blocks))


def _spoken(given: SheetInput, plan: Plan) -> Section:
    words = plan_words(given.catalog, given.consultation.expenses, plan, WITHIN_SPOKEN)
    blocks = _allocation(given, plan, words)
    return Section("話に出ている枠だけの組合せ", tuple(blocks), level=2)


def _allocation(given: SheetInput, plan: Plan, words: PlanWords) -> list[Block]:
    """Return who takes which expense, the sums, and how sure all of it is."""
    if not plan.frames:
        return [TextBlock(words.heading)]
    rows: list[Row] = []
    for frame in words.frames:
        entry = given.catalog.entries[frame.entry]
        unspoken = "" if given.verdicts[frame.entry].in_play else f"（{NOT_SPOKEN}）"
        shape = VERDICT_SHAPE[given.verdicts[frame.entry].verdict]
        expenses = "\n".join(f"{name}　{cost}" for name, cost in frame.expenses)
        cells = (f"{shape} {frame.name}［{frame.stage}］{unspoken}", expenses, frame.amount)
        rows.append(Row(cells, stages=frozenset({entry.stage})))
    rows.append(Row(("合計", "", words.total), strong=True))
    rows.append(Row(("ご自身の負担（消費税こみ）", "", words.own_burden)))
    blocks: list[Block] = [TableBlock(_FRAME_COLUMNS, tuple(rows))]
    told = (words.proof, words.runner_up)
    blocks.append(TextBlock("".join(told), Weight.STRONG))
    asides = [text for text in (words.certificate, *words.to_confirm) if text]
    blocks += [TextBlock(text, Weight.SMALL) for text in asides]
    return blocks


def _double(given: SheetInput) -> tuple[Section, ...]:
    double = given.plans.double_funding
    if double is None:
        return ()
    catalog, expenses = given.catalog, given.consultation.expenses
    rows = tuple(
        Row((one.expense, one.rivals, one.given_to or NOTHING))
        for one in double_words(catalog, expenses, double, double.split)
    )
    columns = (
        Column("経費", ColumnKind.WORDS, 1.8),
        Column("入れられる枠（どれか一つにだけ）", ColumnKind.WORDS, 3.6),
        Column("分けるなら", ColumnKind.WORDS, 2.2),
    )
    asides = (split_sentence(catalog, double), *double_asides(catalog, double))
    blocks = (
        TextBlock(DOUBLE_RULE),
        TableBlock(columns, rows, dense=True, small=True),
        *(TextBlock(text, Weight.SMALL) for text in asides if text),
    )
    return (Section("二重になる経費", blocks),)
