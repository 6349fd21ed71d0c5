"""Screens the catalog: a three-valued verdict on every entry, with reasons and open questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.judgement.evaluation import Situation, evaluate, open_questions
from models.judgement.explanation import reasons_for
from models.values.catalog import EntryKind
from models.values.conditions import Leaf, Not, Operator
from models.values.results import OfferRaised, Screening, Verdict
from models.values.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from models.values.catalog import Catalog, Entry
    from models.values.conditions import AnswerValue, Condition
    from models.values.results import Reason

_ONLY_TOLD = (EntryKind.INFORMATION, EntryKind.OPERATING_GRANT)
# Bound once, as in evaluation.py.
_YES, _NO, _UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
_SUBSIDY, _HOLDS = EntryKind.SUBSIDY, Operator.HOLDS
_CONSULT, _INFORMATION = Verdict.CONSULT, Verdict.INFORMATION


def screen(catalog: Catalog, answers: Mapping[str, AnswerValue | None]) -> tuple[Screening, ...]:
    """Return the verdict on every entry, in catalog order."""
    return tuple(screen_in_turn(catalog, answers))


def screen_in_turn(
    catalog: Catalog, answers: Mapping[str, AnswerValue | None]
) -> Iterator[Screening]:
    """Yield the verdict on one entry after the other, in catalog order."""
    situation = Situation(catalog, answers)
    for entry in catalog.entries.values():
        yield screen_entry(entry, situation)


def screen_entry(entry: Entry, situation: Situation) -> Screening:
    """Return the verdict on one entry.

    A soft condition never makes an entry not eligible: not met or not answered, it needs
    confirmation.
    """
    if entry.kind is not _SUBSIDY:
        verdict = _INFORMATION if entry.kind in _ONLY_TOLD else _CONSULT
        return _consultable(entry, situation, verdict)
    hard = _UNKNOWN if entry.hard is None else evaluate(entry.hard, situation)
    if hard is _NO and entry.hard is not None:
        reasons = reasons_for(entry.hard, situation, hard=True)
        return Screening(entry.id, Verdict.NOT_ELIGIBLE, reasons)
    unsettled = [leaf for leaf in entry.soft if evaluate(leaf, situation) is not _YES]
    settled = hard is _YES and not unsettled
    reasons: tuple[Reason, ...] = ()
    still_open: dict[str, None] = {}
    if entry.hard is not None and (settled or hard is _UNKNOWN):
        reasons = reasons_for(entry.hard, situation, hard=True)
    if entry.hard is not None and hard is _UNKNOWN:
        still_open = open_questions(entry.hard, situation)
    for leaf in entry.soft if settled else unsettled:
        reasons += reasons_for(leaf, situation, hard=False)
        still_open.update(open_questions(leaf, situation))
    return Screening(
        entry.id,
        Verdict.LIKELY if settled else Verdict.NEEDS_CONFIRMATION,
        reasons,
        tuple(still_open),
        in_play=settled or _touched(entry, situation),
    )


def _touched(entry: Entry, situation: Situation) -> bool:
    """Whether an answer of the client already speaks for the entry.

    What only says who the client is (size, prefecture) does not: a buyer in a flooded prefecture
    did not come about the flood.
    """
    return entry.hard is not None and _speaks(entry.hard, situation)


def _speaks(condition: Condition, situation: Situation) -> bool:
    if isinstance(condition, Leaf):
        if condition.operator is _HOLDS or evaluate(condition, situation) is not _YES:
            return False
        catalog = situation.catalog
        return not catalog.topics[catalog.questions[condition.subject].topic].profile
    parts = (condition.part,) if isinstance(condition, Not) else condition.parts
    return any(_speaks(part, situation) for part in parts)


def _consultable(entry: Entry, situation: Situation, verdict: Verdict) -> Screening:
    if not entry.offers:
        return Screening(entry.id, verdict)
    offers: list[OfferRaised] = []
    still_open: dict[str, None] = {}
    in_play = False
    for offer in entry.offers:
        trigger, raised = offer.trigger, None
        if trigger is not None:
            truth = evaluate(trigger, situation)
            if truth is _UNKNOWN:
                still_open.update(open_questions(trigger, situation))
            else:
                raised = truth is _YES
                in_play = in_play or raised
        offers.append(OfferRaised(offer.id, raised))
    return Screening(entry.id, verdict, (), tuple(still_open), tuple(offers), in_play)


def was_talked_about(catalog: Catalog, answers: Mapping[str, AnswerValue | None]) -> bool:
    """Return whether more was answered than who the client is and what they came for."""
    known = [catalog.questions.get(one) for one, value in answers.items() if value is not None]
    return any(
        one is not None and not one.leads_to and not catalog.topics[one.topic].profile
        for one in known
    )
