"""The small marks of the steps and the counts at the bottom, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.steps import Step

if TYPE_CHECKING:
    from ui.consultation_session import ConsultationSession


def status_counts(session: ConsultationSession) -> dict[str, int] | None:
    """Return how many entries carry each mark; nothing while no consultation is open."""
    if session.consultation is None:
        return None
    from models.values.results import VERDICT_SHAPE, Verdict  # noqa: PLC0415 - after first paint

    judged = (Verdict.LIKELY, Verdict.NEEDS_CONFIRMATION, Verdict.NOT_ELIGIBLE)
    found = session.verdict_counts()
    return {VERDICT_SHAPE[verdict]: found.get(verdict, 0) for verdict in judged}


def step_marks(session: ConsultationSession) -> dict[Step, str]:
    """Return the mark of every step."""
    marks = dict.fromkeys(Step, "")
    held, counts = session.consultation, status_counts(session)
    if held is None or counts is None:
        return marks
    found = session.open_questions()
    left = found.all if found.in_play is None else found.in_play
    marks[Step.APPLICANT] = f"あと{left}" if left else "✓"
    marks[Step.EXPENSES] = f"{len(held.expenses)}件" if held.expenses else ""
    likely, confirm, _ = counts.items()
    marks[Step.VERDICTS] = " ".join(f"{shape}{number}" for shape, number in (likely, confirm))
    return marks
