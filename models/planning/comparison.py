"""Puts frames side by side, beside doing without a subsidy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.judgement.evaluation import Situation, evaluate
from models.judgement.screening import screen
from models.planning.simulation import paid_in_all, simulate_scenario
from models.values.catalog import ComparisonColumn
from models.values.consultation import Scenario
from models.values.money import man_text
from models.values.results import ComparedColumn, Comparison, Verdict
from models.values.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.values.catalog import Catalog
    from models.values.consultation import Consultation
    from models.values.money import YenRange

MOST_COLUMNS = 4


def compare(catalog: Catalog, consultation: Consultation) -> tuple[Comparison, ...]:
    """Return the comparisons that the answers do not rule out, in catalog order.

    Where the catalog foresees none, the candidates among all frames stand side by side.
    """
    situation = Situation(catalog, consultation.answers)
    blocks = [
        (block.id, block.title, block.columns)
        for block in catalog.comparisons
        if evaluate(block.when, situation) is not Truth.NO
    ]
    if not blocks:
        candidates = _candidates(catalog, consultation)
        blocks = [("candidates", "見込みのある枠", candidates)] if candidates else []
    return tuple(
        _compared(catalog, consultation, block, title, columns) for block, title, columns in blocks
    )


def _candidates(catalog: Catalog, consultation: Consultation) -> tuple[ComparisonColumn, ...]:
    in_play = [
        catalog.entries[screening.entry]
        for screening in screen(catalog, consultation.answers)
        if screening.in_play and screening.verdict is not Verdict.NOT_ELIGIBLE
    ]
    return tuple(
        ComparisonColumn(entry.id, entry.short_name, {}, "")
        for entry in in_play
        if entry.has_firm_amount
    )[:MOST_COLUMNS]


def _compared(
    catalog: Catalog,
    consultation: Consultation,
    block: str,
    title: str,
    columns: Sequence[ComparisonColumn],
) -> Comparison:
    compared: list[ComparedColumn] = []
    for column in columns:
        scenario = Scenario((column.entry,), answers=column.what_if)
        result = simulate_scenario(catalog, consultation, scenario)[0]
        compared.append(ComparedColumn(column.label, column.what_if_text, result))
    return Comparison(
        block=block,
        title=title,
        paid=paid_in_all(consultation.expenses),
        columns=tuple(compared),
        sentence=comparison_sentence(compared),
    )


def comparison_sentence(columns: Sequence[ComparedColumn]) -> str:
    """Say which of the columns that can all hold promises more, and by how much (yen).

    A what-if column and a frame that is not eligible are never called better. Where ranges overlap
    the sentence says that nothing can be said yet.
    """
    known = [
        (column.label, column.result.amount.total)
        for column in columns
        if not column.what_if_text
        and column.result.screening.verdict is not Verdict.NOT_ELIGIBLE
        and column.result.amount.total is not None
    ]
    if not known or all(total.high == 0 for _, total in known):
        return "この経費では、まだ補助の見込み額がありません。"
    ordered = sorted(known, key=lambda item: (-item[1].low, -item[1].high))
    label, best = ordered[0]
    if len(ordered) == 1:
        return f"{label}の見込みは{range_words(best)}です。"
    return _better(label, best, ordered[1:])


def _better(label: str, best: YenRange, others: Sequence[tuple[str, YenRange]]) -> str:
    rival_label, rival = max(others, key=lambda item: (item[1].high, item[1].low))
    if rival.high == 0:
        return f"補助の見込みがあるのは{label}だけで、{range_words(best)}です。"
    if best.is_certain and rival == best:
        return f"補助の見込みは、{label}と{rival_label}で同じ{man_text(best.low)}です。"
    if best.low <= rival.high:
        return (
            f"補助の見込みの幅が重なるため、{label}と{rival_label}の"
            "どちらが多いかはまだ言えません。"
        )
    difference = man_text(best.low - rival.high)
    at_least = "" if best.is_certain and rival.is_certain else "少なくとも"
    return f"補助の見込みは、{label}が{rival_label}より{at_least}{difference}多くなります。"


def range_words(amount: YenRange) -> str:
    """Return a range for a sentence: `450万円` or `200万円〜650万円`."""
    if amount.is_certain:
        return man_text(amount.low)
    return f"{man_text(amount.low)}〜{man_text(amount.high)}"
