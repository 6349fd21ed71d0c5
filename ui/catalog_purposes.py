"""What each entry is for, in the same words as 今日のご相談; found from the catalog's own data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.judgement.evaluation import leaves
from models.values.text import sound_key

if TYPE_CHECKING:
    from models.values.catalog import Catalog, Entry
    from models.values.questions import Question

LEAST_WORD = 2


def purposes(catalog: Catalog) -> dict[str, frozenset[str]]:
    """Return, for each entry, the questions of 今日のご相談 that lead to it.

    An entry belongs to the topics that its conditions ask about. One without conditions (a mere
    mention in the source) is found by its keywords.
    """
    visits = [question for question in catalog.questions.values() if question.leads_to]
    words = {question.id: _words(question) for question in visits}
    found: dict[str, frozenset[str]] = {}
    for entry in catalog.entries.values():
        topics = _topics(catalog, entry)
        found[entry.id] = frozenset(
            question.id
            for question in visits
            if (topics & set(question.leads_to) if topics else _is_named(entry, words[question.id]))
        )
    return found


def _topics(catalog: Catalog, entry: Entry) -> set[str]:
    triggers = [offer.trigger for offer in entry.offers if offer.trigger is not None]
    trees = triggers if entry.hard is None else [entry.hard, *triggers]
    asked = {leaf.subject for tree in trees for leaf in leaves(tree)}
    topics = {catalog.questions[one].topic for one in asked if one in catalog.questions}
    return {topic for topic in topics if not catalog.topics[topic].profile}


def _words(question: Question) -> list[str]:
    return [word for word in sound_key(question.label).split("・") if len(word) >= LEAST_WORD]


def _is_named(entry: Entry, words: list[str]) -> bool:
    keywords = [sound_key(keyword) for keyword in entry.keywords]
    return any(word in keyword for word in words for keyword in keywords)
