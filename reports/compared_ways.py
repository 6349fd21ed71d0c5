"""The ways that the sheet puts side by side, beside doing without a subsidy.

Where the advisor has named scenarios, these are the ways; else the comparisons of the catalog that
the client's answers speak for; else the programs that the owner's copy names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from models.planning.best_combination import pair_relations
from models.planning.comparison import MOST_COLUMNS, comparison_sentence
from models.planning.simulation import paid_in_all
from models.values.catalog import PairKind
from models.values.money import YenRange, man_text
from models.values.results import ComparedColumn, Verdict
from reports.candidates import shown_programs
from reports.wording import answer_words, without_brackets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from models.values.consultation import Scenario
    from models.values.results import Comparison, SimulationResult
    from reports.sheet_input import SheetInput, WorkedScenario

_MOST_CHANGES = 3
"""So many changed answers are told of one way."""
_NOT_TOGETHER = frozenset({PairKind.EXCLUSIVE, PairKind.UNCONFIRMED})


@dataclass(frozen=True, slots=True)
class Way:
    """One way: `result` holds its figures, those of several frames added up.

    `label` may end with an explanation in brackets. `assumed` says what differs from the client's
    own answers and expenses, "" when they hold.
    """

    label: str
    assumed: str
    result: SimulationResult
    parts: tuple[SimulationResult, ...]

    @property
    def short(self) -> str:
        """The label without its explanation."""
        return without_brackets(self.label)

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be said of the way: what it assumes, and that it adds frames up."""
        found: list[str] = []
        if self.assumed:
            found.append(f"※ {self.short}：{self.assumed}")
        if len(self.parts) > 1:
            found.append("※ 合わせた額の案は、一緒に使えるかを公募要領で確かめてください。")
        return tuple(found)

    @property
    def key(self) -> str:
        """The same for the same way: the entry, or the label where more than that differs."""
        is_plain = len(self.parts) == 1 and self.result.scenario is None
        return self.result.entry if is_plain else self.label


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways side by side; `paid` yen are paid without a subsidy, tax in."""

    title: str
    paid: int
    ways: tuple[Way, ...]

    @property
    def sentence(self) -> str:
        """What the figures show in words, of the ways of which nothing must be assumed."""
        sure = [way for way in self.ways if not way.notes]
        if len(sure) < min(2, len(self.ways)):
            return ""
        return comparison_sentence([ComparedColumn(way.short, "", way.result) for way in sure])


def compared_ways(given: SheetInput) -> tuple[Ways, ...]:
    """Return what is compared, the first first; nothing where there is nothing to compare."""
    chosen = _of_scenarios(given)
    if any(_is_possible(way) for way in chosen.ways):
        return (chosen,)
    spoken = tuple(_of_comparison(block) for block in given.comparisons if _is_spoken_of(block))
    if spoken:
        return spoken
    ways = _of_shown(given)
    return (Ways("見込みのある枠", _paid(given), ways),) if ways else ()


def owner_ways(given: SheetInput) -> Ways | None:
    """Return what the owner's copy compares: the first comparison, without what is ruled out."""
    first = next(iter(compared_ways(given)), None)
    if first is None:
        return None
    left_out = given.options.left_out
    kept = tuple(
        way
        for way in first.ways
        if _is_possible(way) and left_out.isdisjoint(part.entry for part in way.parts)
    )
    return replace(first, ways=kept) if kept else None


def _paid(given: SheetInput) -> int:
    return paid_in_all(given.consultation.expenses)


def _is_spoken_of(block: Comparison) -> bool:
    """Whether the client's own answers speak for a column that pays something.

    A block of the catalog is compared as long as it is not ruled out, even when nobody has spoken
    of its subject yet.
    """
    return any(
        column.result.screening.in_play and not column.what_if_text and _pays(column.result)
        for column in block.columns
    )


def _pays(result: SimulationResult) -> bool:
    total = result.amount.total
    return total is not None and total.high > 0


def _is_possible(way: Way) -> bool:
    """Whether the way pays something and is not ruled out."""
    return _pays(way.result) and way.result.screening.verdict is not Verdict.NOT_ELIGIBLE


def _of_comparison(block: Comparison) -> Ways:
    ways = tuple(
        Way(
            column.label,
            column.what_if_text,
            column.result,
            (column.result,),
        )
        for column in block.columns
    )
    return Ways(block.title, block.paid, ways)


def _of_shown(given: SheetInput) -> tuple[Way, ...]:
    results = [given.own_results.get(screening.entry) for screening in shown_programs(given)]
    return tuple(
        Way(given.catalog.entries[result.entry].short_name, "", result, (result,))
        for result in results
        if result is not None and _pays(result)
    )[:MOST_COLUMNS]


def _of_scenarios(given: SheetInput) -> Ways:
    ways: list[Way] = []
    for worked in given.scenarios:
        ways += _of_scenario(given, worked)
    ways = _numbered(_each_once(ways))
    sums = {way.result.paid for way in ways}
    paid = sums.pop() if len(sums) == 1 else _paid(given)
    return Ways("比べる案", paid, tuple(ways))


def _of_scenario(given: SheetInput, worked: WorkedScenario) -> list[Way]:
    """Return the scenario as one way, or as one a frame where they may not be added up."""
    scenario = worked.scenario
    assumed = changes_of(given, scenario)
    own = not assumed and len(worked.results) == 1
    results = [replace(r, scenario=None) if own else r for r in worked.results]
    fitting = [r for r in results if r.screening.verdict is not Verdict.NOT_ELIGIBLE]
    if len(fitting) > 1 and _go_together(given, fitting):
        names = "と".join(given.catalog.entries[r.entry].short_name for r in fitting)
        return [Way(scenario.name or names, assumed, _added_up(fitting), tuple(fitting))]
    several = len(results) > 1
    return [
        Way(_label(given, scenario, result, several=several), assumed, result, (result,))
        for result in results
    ]


def _label(
    given: SheetInput, scenario: Scenario, result: SimulationResult, *, several: bool
) -> str:
    short = given.catalog.entries[result.entry].short_name
    if scenario.name and several:
        return f"{scenario.name} {short}"
    if scenario.name:
        return scenario.name
    explained = (
        column.label
        for block in given.catalog.comparisons
        for column in block.columns
        if column.entry == result.entry and not column.what_if_text
    )
    return next(explained, short)


def changes_of(given: SheetInput, scenario: Scenario) -> str:
    """Return in words what a scenario changes, "" where the client's own answers hold."""
    own = given.consultation
    changed = [
        (given.catalog.questions[question], value)
        for question, value in scenario.answers.items()
        if own.answers.get(question) != value and question in given.catalog.questions
    ]
    words = [
        f"「{question.label}」が「{answer_words(given.catalog, question, value)}」"
        for question, value in changed[:_MOST_CHANGES]
    ]
    if len(changed) > _MOST_CHANGES:
        words.append(f"ほか{len(changed) - _MOST_CHANGES}つの答え")
    expenses = scenario.expenses
    if expenses is not None and expenses != own.expenses:
        paid = man_text(paid_in_all(expenses))
        words.append(f"経費が{len(expenses)}件・税込{paid}")
    return f"{'、'.join(words)}の場合" if words else ""


def _go_together(given: SheetInput, results: Sequence[SimulationResult]) -> bool:
    relations = pair_relations(given.catalog)
    return all(
        relations.get((one.entry, other.entry)) not in _NOT_TOGETHER
        for one, other in combinations(results, 2)
    )


def _sum(amounts: Iterable[YenRange | None]) -> YenRange | None:
    known = [amount for amount in amounts if amount is not None]
    if not known:
        return None
    return YenRange(sum(amount.low for amount in known), sum(amount.high for amount in known))


def _added_up(results: Sequence[SimulationResult]) -> SimulationResult:
    """Return the figures of frames that share the expenses, as if they were one."""
    first = results[0]
    unsure = [r for r in results if r.screening.verdict is not Verdict.LIKELY]
    total = _sum(r.amount.total for r in results)
    amount = replace(
        first.amount,
        subsidy=_sum(r.amount.subsidy for r in results),
        top_up=_sum(r.amount.top_up for r in results),
        total=total,
    )
    return replace(
        first,
        screening=(unsure or results)[0].screening,
        amount=amount,
        own_burden=None if total is None else total.subtracted_from(first.paid),
    )


def _each_once(ways: Iterable[Way]) -> list[Way]:
    """Return the ways without those that say the same again."""
    found: dict[tuple[object, ...], Way] = {}
    for way in ways:
        found.setdefault((way.label, way.assumed, way.result.amount, way.result.paid), way)
    return list(found.values())


def _numbered(ways: Iterable[Way]) -> list[Way]:
    """Return the ways under labels that differ."""
    counted: dict[str, int] = {}
    found: list[Way] = []
    for way in ways:
        counted[way.label] = number = counted.get(way.label, 0) + 1
        found.append(way if number == 1 else replace(way, label=f"{way.short} その{number}"))
    return found
