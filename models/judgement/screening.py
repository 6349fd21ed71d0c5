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
    from collections.abc import Mapping

    from models.values.catalog import Catalog, Entry
    from models.values.conditions import AnswerValue, Condition
    from models.values.results import Reason

_NEVER_JUDGED = {
    EntryKind.ADVICE: Verdict.CONSULT,
    EntryKind.TAX: Verdict.CONSULT,
    EntryKind.DEMONSTRATION: Verdict.CONSULT,
    EntryKind.INFORMATION: Verdict.INFORMATION,
    EntryKind.OPERATING_GRANT: Verdict.INFORMATION,
}


def screen(catalog: Catalog, answers: Mapping[str, AnswerValue | None]) -> tuple[Screening, ...]:
    """Return the verdict on every entry, in catalog order."""
    situation = Situation(catalog, answers)
    return tuple(screen_entry(entry, situation) for entry in catalog.entries.values())


def screen_entry(entry: Entry, situation: Situation) -> Screening:
    """Return the verdict on one entry.

    A soft condition never makes an entry not eligible: not met or not answered, it needs
    confirmation.
    """
    if entry.kind is not EntryKind.SUBSIDY:
        return _consultable(entry, situation, _NEVER_JUDGED[entry.kind])
    hard = Truth.UNKNOWN if entry.hard is None else evaluate(entry.hard, situation)
    if hard is Truth.NO and entry.hard is not None:
        reasons = reasons_for(entry.hard, situation, hard=True)
        return Screening(entry.id, Verdict.NOT_ELIGIBLE, reasons)
    unsettled = [leaf for leaf in entry.soft if evaluate(leaf, situation) is not Truth.YES]
    settled = hard is Truth.YES and not unsettled
    reasons: tuple[Reason, ...] = ()
    still_open: dict[str, None] = {}
    if entry.hard is not None and (settled or hard is Truth.UNKNOWN):
        reasons = reasons_for(entry.hard, situation, hard=True)
    if entry.hard is not None and hard is Truth.UNKNOWN:
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
        if condition.operator is Operator.HOLDS or evaluate(condition, situation) is not Truth.YES:
            return False
        catalog = situation.catalog
        return not catalog.topics[catalog.questions[condition.subject].topic].profile
    parts = (condition.part,) if isinstance(condition, Not) else condition.parts
    return any(_speaks(part, situation) for part in parts)


def _consultable(entry: Entry, situation: Situation, verdict: Verdict) -> Screening:
    if not entry.offers:
        return Screening(entry.id, verdict)
    raised: list[OfferRaised] = []
    still_open: dict[str, None] = {}
    for offer in entry.offers:
        truth = Truth.UNKNOWN if offer.trigger is None else evaluate(offer.trigger, situation)
        raised.append(OfferRaised(offer.id, None if truth is Truth.UNKNOWN else truth is Truth.YES))
        if truth is Truth.UNKNOWN and offer.trigger is not None:
            still_open.update(open_questions(offer.trigger, situation))
    return Screening(
        entry.id,
        verdict,
        open_questions=tuple(still_open),
        offers=tuple(raised),
        in_play=any(offer.raised for offer in raised),
    )
