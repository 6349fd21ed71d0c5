"""Chooses the next steps, documents and warnings that fit a consultation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.judgement.evaluation import Situation, evaluate
from models.values.results import Verdict
from models.values.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from models.values.catalog import Advice, Catalog
    from models.values.consultation import Consultation
    from models.values.results import Screening


def fitting_advice(
    catalog: Catalog,
    consultation: Consultation,
    screenings: Iterable[Screening],
) -> tuple[Advice, ...]:
    """Return the advice that fits, in catalog order.

    Advice about entries fits when one of them is in play and not ruled out; its own condition must
    be known to hold.
    """
    in_play = {
        screening.entry
        for screening in screenings
        if screening.in_play and screening.verdict is not Verdict.NOT_ELIGIBLE
    }
    situation = Situation(catalog, consultation.answers)
    return tuple(
        advice
        for advice in catalog.advice
        if (not advice.entries or not in_play.isdisjoint(advice.entries))
        and (advice.when is None or evaluate(advice.when, situation) is Truth.YES)
    )


def advice_about(
    catalog: Catalog, consultation: Consultation, entries: Collection[str]
) -> tuple[Advice, ...]:
    """Return the advice about any of the entries, whatever their verdict, in catalog order.

    Its own condition must be known to hold; advice about no entry in particular is not meant.
    """
    situation = Situation(catalog, consultation.answers)
    return tuple(
        advice
        for advice in catalog.advice
        if not set(entries).isdisjoint(advice.entries)
        and (advice.when is None or evaluate(advice.when, situation) is Truth.YES)
    )
