"""Findings as the JSON of the command line; the order of keys is part of what it promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.values.money import rate_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from models.values.catalog import Catalog
    from models.values.money import YenRange
    from models.values.results import (
        Distance,
        NextQuestion,
        Reason,
        Screening,
        SimulationResult,
        YearAmount,
    )
    from models.values.sources import SourceRef

Json = dict[str, Any]


def screening_json(catalog: Catalog, screening: Screening) -> Json:
    """Return the verdict on one entry."""
    return {
        "id": screening.entry,
        "stage": catalog.entries[screening.entry].stage,
        "verdict": screening.verdict.value,
        "reasons": [_reason_json(reason) for reason in screening.reasons],
        "open_questions": list(screening.open_questions),
        "offers": [{"id": offer.offer, "raised": offer.raised} for offer in screening.offers],
    }


def simulation_json(catalog: Catalog, results: Iterable[SimulationResult]) -> Json:
    """Return the amounts, with the edition they stand on."""
    return {
        "catalog": {"edition": catalog.edition.id, "hash": catalog.edition.content_hash},
        "results": [_result_json(catalog, result) for result in results],
    }


def question_json(question: NextQuestion | None) -> Json:
    """Return the next question; its id is null when there is nothing left to ask."""
    if question is None:
        return {"question": None, "text": "", "why": "", "decides": 0}
    return {
        "question": question.question,
        "text": question.text,
        "why": question.why,
        "decides": question.decides,
    }


def source_json(source: SourceRef) -> Json:
    """Return a place in a document."""
    return {
        "document": source.document,
        "slide": source.slide,
        "item": source.item,
        "line": source.line,
    }


def confirmations(catalog: Catalog, result: SimulationResult) -> list[str]:
    """Return what is still to be confirmed about an amount, and which answers would narrow it."""
    amount = result.amount
    found = [note.confirm for note in amount.notes]
    if amount.total is not None and not amount.total.is_certain:
        found += [
            f"「{catalog.questions[question].label}」が分かると、金額の幅が狭まります。"
            for question in amount.open_questions
        ]
    return list(dict.fromkeys(found))


def _reason_json(reason: Reason) -> Json:
    return {
        "condition": reason.condition,
        "text": reason.sentence,
        "value": reason.value.value,
        "distance": _distance_json(reason.distance),
        "source": None if reason.source is None else source_json(reason.source),
    }


def _distance_json(distance: Distance | None) -> Json | None:
    if distance is None:
        return None
    return {"answer": distance.answer, "limit": distance.limit, "unit": distance.unit}


def _result_json(catalog: Catalog, result: SimulationResult) -> Json:
    amount = result.amount
    entry = catalog.entries[result.entry]
    is_firm = amount.total is not None
    sources = [*entry.sources, *(step.source for step in amount.steps if step.source is not None)]
    return {
        "frame": result.entry,
        "scenario": result.scenario,
        "stage": entry.stage,
        "verdict": result.screening.verdict.value,
        "eligible_cost": amount.eligible_cost if is_firm else None,
        "closure_cost": amount.closure_cost if is_firm else None,
        "subsidy_rate": _rate_json(amount.subsidy_rate),
        "subsidy": _range_json(amount.subsidy),
        "top_up": _range_json(amount.top_up),
        "total": _range_json(amount.total),
        "own_burden": _range_json(result.own_burden),
        "peak_advance": result.peak_advance,
        "limits_hit": list(amount.limits_hit),
        "reason_codes": list(amount.reason_codes),
        "missing_to_minimum": amount.missing_to_minimum,
        "years": [_year_json(year) for year in amount.years],
        "steps": [{"text": step.text, "amount": step.amount} for step in amount.steps],
        "open_questions": list(result.open_questions),
        "needs_confirmation": confirmations(catalog, result),
        "source": [source_json(source) for source in dict.fromkeys(sources)],
    }


def _year_json(year: YearAmount) -> Json:
    return {
        "year": year.year,
        "eligible_cost": year.eligible_cost,
        "subsidy": _range_json(year.subsidy),
    }


def _range_json(amount: YenRange | None) -> Json | None:
    return None if amount is None else {"low": amount.low, "high": amount.high}


def _rate_json(rate: Fraction | None) -> str | None:
    return None if rate is None else rate_text(rate)
