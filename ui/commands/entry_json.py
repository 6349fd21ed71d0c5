"""An entry of the catalog as the JSON of `catalog list`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.values.money import YEN_PER_OKU, rate_text
from ui.commands.results_json import source_json

if TYPE_CHECKING:
    from models.values.catalog import Entry, YenFigure
    from models.values.sources import SourceRef

Json = dict[str, Any]


def entry_json(entry: Entry) -> Json:
    """Return an entry with its figures; yen are integers, the budget is in 億円."""
    budget = entry.budget
    return {
        "id": entry.id,
        "name": entry.official_name,
        "plain_name": entry.plain_name,
        "kind": entry.kind.value,
        "stage": entry.stage,
        "subsidy_rate": _rates(entry),
        "subsidy_max_limit": _amount(entry.max_limit),
        "subsidy_min_limit": _amount(entry.min_limit),
        "top_up_max": _amount(entry.top_up_max),
        "budget_oku": None if budget is None else _oku(budget.amount),
        "previous_budget_oku": None if budget is None else _oku(budget.previous),
        "budget_shared": budget is not None and budget.shared,
        "contact": [{"section": one.section, "phone": one.phone} for one in entry.contacts],
        "source": [source_json(source) for source in _sources(entry)],
    }


def _sources(entry: Entry) -> list[SourceRef]:
    """Return where the entry and each of its figures come from, each place once."""
    figures = [entry.max_limit, entry.min_limit, entry.top_up_max]
    cited = [figure.source for figure in (*entry.rates, *figures) if figure is not None]
    budget = entry.budget.source if entry.budget is not None else None
    every = [*entry.sources, *cited, *([budget] if budget is not None else [])]
    return list(dict.fromkeys(every))


def _rates(entry: Entry) -> str | list[Json] | None:
    """Return one rate, or each with its case; a rate that the source gives to no one is none."""
    firm = [rate for rate in entry.rates if not rate.candidate]
    if not firm:
        return None
    if len(firm) == 1:
        return rate_text(firm[0].rate)
    return [{"rate": rate_text(rate.rate), "when": rate.when} for rate in firm]


def _amount(figure: YenFigure | None) -> int | None:
    return None if figure is None else figure.amount


def _oku(amount: int | None) -> float | None:
    """Return 億円 as the slide writes it: a number to read, nothing is calculated with it."""
    return None if amount is None else amount / YEN_PER_OKU
