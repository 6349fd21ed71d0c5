"""What an action of the client would be worth (行動の値打ち): two simulations and a difference.

Only questions that the catalog marks `actionable` are tried. An action that would take anything
away, a verdict or an amount, is not proposed.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from models.judgement.completions import questions_used
from models.judgement.evaluation import Situation, leaves, limits_of
from models.judgement.screening import screen
from models.planning.simulation import simulate
from models.values.actions import ActionValue, EntryChange
from models.values.catalog import PairKind
from models.values.consultation import Scenario
from models.values.money import YenRange, man_text, rate_text
from models.values.questions import QuestionType
from models.values.results import VERDICT_LABEL, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from models.values.catalog import Catalog, Entry
    from models.values.conditions import AnswerValue, Leaf
    from models.values.consultation import Consultation
    from models.values.questions import Question
    from models.values.results import SimulationResult

_RANK = {Verdict.NOT_ELIGIBLE: 0, Verdict.NEEDS_CONFIRMATION: 1, Verdict.LIKELY: 2}
_NUMBERS = {QuestionType.COUNT, QuestionType.YEN}
_NO_YEN = YenRange(0, 0)


def action_values(catalog: Catalog, consultation: Consultation) -> tuple[ActionValue, ...]:
    """Return the actions that would improve a verdict or an amount, the most yen first.

    The client's own answers and expenses count, whatever scenarios the consultation names.
    """
    found = [value for value in tried_actions(catalog, consultation) if value is not None]
    return best_first(found)


def tried_actions(catalog: Catalog, consultation: Consultation) -> Iterator[ActionValue | None]:
    """Try the actions one after the other: yield what each would improve, `None` for nothing."""
    before = _State(catalog, consultation)
    for question in catalog.questions.values():
        if question.actionable:
            yield from _values_of(before, question)


def best_first(found: Iterable[ActionValue]) -> tuple[ActionValue, ...]:
    """Return the actions with the most yen first."""
    return tuple(sorted(found, key=lambda value: -_most_gained(value)))


def _most_gained(value: ActionValue) -> int:
    return max(change.low_gain or 0 for change in value.changes)


class _State:
    """The consultation under one set of answers: verdicts, and results as they are needed."""

    def __init__(self, catalog: Catalog, consultation: Consultation) -> None:
        self.catalog = catalog
        self.consultation = consultation
        self._results: dict[str, SimulationResult] = {}

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """The verdicts on the entries that are judged."""
        screenings = screen(self.catalog, self.consultation.answers)
        return {each.entry: each.verdict for each in screenings if each.verdict in _RANK}

    @cached_property
    def judged(self) -> tuple[Entry, ...]:
        """The entries that are judged, in catalog order."""
        return tuple(self.catalog.entries[entry] for entry in self.verdicts)

    def may_change_amount(self, entry: Entry, question: str) -> bool:
        """Return whether the amount of an entry may depend on the answer to a question."""
        calculation = entry.calculation
        return calculation is not None and question in questions_used(self.catalog, calculation)

    def rank(self, entry: str) -> int:
        """Return how good the verdict on the entry is; 0 for not eligible."""
        return _RANK[self.verdicts[entry]]

    def result(self, entry: str) -> SimulationResult:
        """Return the result of one entry alone."""
        if entry not in self._results:
            alone = replace(self.consultation, scenarios=(Scenario((entry,)),))
            self._results[entry] = simulate(self.catalog, alone)[0]
        return self._results[entry]

    def total(self, entry: str) -> YenRange | None:
        """Return what one entry would pay."""
        return self.result(entry).amount.total

    def rate(self, entry: str) -> Fraction | None:
        """Return the rate of one entry."""
        return self.result(entry).amount.subsidy_rate

    def with_answer(self, question: str, value: AnswerValue) -> _State:
        """Return the state with one answer changed."""
        return _State(self.catalog, self.consultation.with_answer(question, value))


def _values_of(before: _State, question: Question) -> Iterator[ActionValue | None]:
    """Yield what each answer to try would change; of numbers the nearest one either way."""
    for candidates in _answers_to_try(before, question):
        for answer in candidates:
            yield None
            changes = _changes(before, before.with_answer(question.id, answer), question.id)
            if changes:
                given = before.consultation.answers.get(question.id)
                head = _head(question, given, answer)
                yield ActionValue(
                    question.id,
                    question.actionable,
                    given,
                    answer,
                    tuple(
                        replace(change, sentence=head + _tail(before.catalog, change))
                        for change in changes
                    ),
                )
                break


def _answers_to_try(before: _State, question: Question) -> list[list[AnswerValue]]:
    answer = before.consultation.answers.get(question.id)
    if question.type is QuestionType.BOOLEAN:
        return [] if answer is True else [[True]]
    if question.type not in _NUMBERS or not isinstance(answer, int):
        return []
    low = 0 if question.minimum is None else question.minimum
    high = answer + 1 if question.maximum is None else question.maximum
    near = {n for t in (answer, *_thresholds(before, question.id)) for n in (t - 1, t, t + 1)}
    possible = sorted(n for n in near if low <= n <= high)
    more: list[AnswerValue] = [n for n in possible if n > answer]
    fewer: list[AnswerValue] = [n for n in reversed(possible) if n < answer]
    return [more, fewer]


def _thresholds(before: _State, question: str) -> set[int]:
    situation = Situation(before.catalog, before.consultation.answers)
    found: set[int] = set()
    for leaf in _all_leaves(before.catalog):
        if leaf.subject == question:
            found.update(value for value in leaf.values if type(value) is int)
            found.update(() if leaf.limit is None else limits_of(leaf.limit, situation))
    return found


def _all_leaves(catalog: Catalog) -> Iterator[Leaf]:
    for fact in catalog.facts.values():
        yield from leaves(fact.condition)
    for entry in catalog.entries.values():
        yield from entry.soft
        if entry.hard is not None:
            yield from leaves(entry.hard)


def _changes(before: _State, after: _State, question: str) -> list[EntryChange]:
    """Return what gets better, or nothing when anything gets worse."""
    if any(after.rank(entry) < before.rank(entry) for entry in before.verdicts):
        return []
    changes: list[EntryChange] = []
    for entry in before.judged:
        if after.rank(entry.id) > before.rank(entry.id):
            changes.append(_opened(before, after, entry))
        elif after.rank(entry.id) and before.may_change_amount(entry, question):
            change = _change(before, after, entry.id, entry.id)
            low, high = change.low_gain or 0, change.high_gain or 0
            if (low, high) < (0, 0):
                return []
            # A range that narrows from both sides is neither better nor worse.
            if low >= 0 and high >= 0 and (low or high):
                changes.append(change)
    return changes


def _opened(before: _State, after: _State, entry: Entry) -> EntryChange:
    """Return the change for an entry with a better verdict.

    It is held against the best frame that was just as possible among those that exclude it: only
    one of them can be had, so only the difference is gained.
    """
    rivals = _rivals(before.catalog, entry)
    as_good = [rival for rival in rivals if before.rank(rival) >= after.rank(entry.id)]
    possible = [rival for rival in (entry.id, *rivals) if before.rank(rival)]
    if not as_good and before.rank(entry.id):
        return _change(before, after, entry.id, entry.id)
    return _change(before, after, entry.id, _best(before, as_good or possible))


def _rivals(catalog: Catalog, entry: Entry) -> list[str]:
    """Return the calculable frames that exclude the entry, in catalog order."""
    found: set[str] = set()
    for rule in catalog.pair_rules:
        if rule.kind is not PairKind.EXCLUSIVE:
            continue
        for group in rule.groups:
            if entry.id in group:
                found.update(one for other in rule.groups if other is not group for one in other)
    return [one.id for one in catalog.calculable if one.id in found]


def _best(state: _State, entries: list[str]) -> str | None:
    if not entries:
        return None

    def worth(entry: str) -> tuple[int, int]:
        total = state.total(entry) or _NO_YEN
        return (total.low, total.high)

    return max(entries, key=worth)


def _change(before: _State, after: _State, entry: str, beside: str | None) -> EntryChange:
    total_after = after.total(entry)
    nothing = None if total_after is None else _NO_YEN
    return EntryChange(
        entry=entry,
        beside=beside,
        verdict_before=before.verdicts[entry],
        verdict_after=after.verdicts[entry],
        rate_before=None if beside is None else before.rate(beside),
        rate_after=after.rate(entry),
        total_before=nothing if beside is None else before.total(beside),
        total_after=total_after,
    )


def _head(question: Question, given: AnswerValue | None, answer: AnswerValue) -> str:
    if given is None or question.type is QuestionType.BOOLEAN:
        return f"{question.actionable}と、"
    way = f"{question.label_of(given)}→{question.label_of(answer)}"
    return f"{question.actionable}と（{question.label} {way}）、"


def _tail(catalog: Catalog, change: EntryChange) -> str:
    """Say what changes: rate and yen where they do, else the verdict."""
    name = catalog.entries[change.entry].short_name
    aside = "、要確認" if change.verdict_after is Verdict.NEEDS_CONFIRMATION else ""
    verdicts = f"{VERDICT_LABEL[change.verdict_before]}→{VERDICT_LABEL[change.verdict_after]}"
    before, after = change.total_before, change.total_after
    if before is None or after is None or before == after == _NO_YEN:
        no_costs = "" if after is None else "。対象になる費用はまだありません"
        return f"判定が{verdicts}（{name}{no_costs}）"
    if change.beside not in {None, change.entry} and _never_more(before, after):
        other = catalog.entries[str(change.beside)].short_name
        return f"{name}も選べるようになります（見込みは{other}より増えません{aside}）"
    parts = [_rates(change), _yen(before, after)]
    said = "、".join(part for part in parts if part) or f"判定が{verdicts}"
    return f"{said}（{name}{aside}）"


def _never_more(before: YenRange, after: YenRange) -> bool:
    return after.low <= before.low and after.high <= before.high


def _rates(change: EntryChange) -> str:
    if change.rate_after is None or change.rate_before == change.rate_after:
        return ""
    before = "" if change.rate_before is None else f"{rate_text(change.rate_before)}→"
    return f"補助率 {before}{rate_text(change.rate_after)}"


def _yen(before: YenRange, after: YenRange) -> str:
    """Say how many yen more; of ranges, which may move in step or not, both are given."""
    if before == after:
        return ""
    if before.is_certain and after.is_certain and after.low > before.low:
        return f"見込み +{man_text(after.low - before.low)}"
    if before == _NO_YEN:
        return f"見込み {_range(after)}"
    return f"見込み {_range(before)}が{_range(after)}に"


def _range(amount: YenRange) -> str:
    if amount.is_certain:
        return man_text(amount.low)
    return f"{man_text(amount.low)}〜{man_text(amount.high)}"
