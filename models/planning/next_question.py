"""Finds the one question worth asking next, and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.judgement.costs import Costs
from models.judgement.evaluation import Situation, evaluate
from models.judgement.screening import screen
from models.judgement.subsidy_amount import open_amount_questions
from models.values.results import NextQuestion, Verdict
from models.values.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from models.values.catalog import Catalog
    from models.values.consultation import Consultation
    from models.values.results import Screening

_NAMED_IN_WHY = 2


def open_question_counts(
    catalog: Catalog, consultation: Consultation, screenings: Iterable[Screening]
) -> dict[str, list[str]]:
    """Return, for each question still worth asking, the ids of the entries that hang on it.

    What was answered with 後で調べる is homework and not asked again.
    """
    costs = Costs(consultation.expenses)
    counts: dict[str, list[str]] = {}
    for screening in screenings:
        if screening.verdict is Verdict.NOT_ELIGIBLE:
            continue
        questions = dict.fromkeys(screening.open_questions)
        if screening.in_play:
            entry = catalog.entries[screening.entry]
            found = open_amount_questions(catalog, entry, consultation.answers, costs)
            questions.update(dict.fromkeys(found))
        for question in questions:
            counts.setdefault(question, []).append(screening.entry)
    situation = Situation(catalog, consultation.answers)
    return {
        question: entries
        for question, entries in counts.items()
        if question not in consultation.answers and _worth_asking(catalog, question, situation)
    }


def _worth_asking(catalog: Catalog, question_id: str, situation: Situation) -> bool:
    when = catalog.questions[question_id].ask_when
    return when is None or evaluate(when, situation) is not Truth.NO


def next_question(
    catalog: Catalog,
    consultation: Consultation,
    screenings: Iterable[Screening] | None = None,
    counts: Mapping[str, list[str]] | None = None,
) -> NextQuestion | None:
    """Return the question that most verdicts and amounts hang on; `None` when nothing can change.

    What the client came for comes first, then entries that the answers already speak for: a client
    who sells a firm is not asked about a consortium before that is settled. Among questions of
    about the same weight the one in the topic of the last answer comes first, then the order of the
    catalog: an interview does not jump between topics.
    """
    if screenings is None:
        screenings = screen(catalog, consultation.answers)
    screenings = tuple(screenings)
    if counts is None:
        counts = open_question_counts(catalog, consultation, screenings)
    if not counts:
        return None
    in_play = {screening.entry for screening in screenings if screening.in_play}
    weights = {
        question: (sum(entry in in_play for entry in entries), len(entries))
        for question, entries in counts.items()
    }
    most = max(weights.values())
    topic = _last_topic(catalog, consultation)
    wanted = _wanted_questions(catalog, consultation, counts)
    situation = Situation(catalog, consultation.answers)
    order = {question: index for index, question in enumerate(catalog.questions)}

    def rank(question_id: str) -> tuple[bool, bool, bool, int, int, int]:
        question = catalog.questions[question_id]
        played, all_in_all = weights[question_id]
        ready = question.ask_when is None or evaluate(question.ask_when, situation) is Truth.YES
        heavy = 2 * played >= most[0] if most[0] else 2 * all_in_all >= most[1]
        close = question.topic == topic and heavy
        aside = bool(wanted) and question_id not in wanted
        return (not ready, aside, not close, -played, -all_in_all, order[question_id])

    chosen = min(counts, key=rank)
    entries = counts[chosen]
    return NextQuestion(
        question=chosen,
        text=catalog.questions[chosen].text,
        why=_why(catalog, entries),
        decides=len(entries),
    )


def _wanted_questions(
    catalog: Catalog, consultation: Consultation, counts: Mapping[str, list[str]]
) -> set[str]:
    """Return the open questions about what the client came for.

    What only says who they are belongs to it where the same entries hang on it.
    """
    topics = {
        topic
        for question in catalog.questions.values()
        if question.leads_to and consultation.answers.get(question.id) is True
        for topic in question.leads_to
    }
    about = {question for question in counts if catalog.questions[question].topic in topics}
    entries = {entry for question in about for entry in counts[question]}
    return about | {
        question
        for question in counts
        if catalog.topics[catalog.questions[question].topic].profile
        and not entries.isdisjoint(counts[question])
    }


def _last_topic(catalog: Catalog, consultation: Consultation) -> str | None:
    asked = [q for q in consultation.answers if q in catalog.questions]
    return catalog.questions[asked[-1]].topic if asked else None


def _why(catalog: Catalog, entries: list[str]) -> str:
    names = "、".join(catalog.entries[entry].short_name for entry in entries[:_NAMED_IN_WHY])
    more = "など" if len(entries) > _NAMED_IN_WHY else ""
    return f"{names}{more}、{len(entries)}件の判定や金額がこの答えで変わるためです。"
