"""Builds sources and conditions of the catalog's rows, from the leaves up."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from models.values.conditions import (
    AllOf,
    AnswerLimit,
    AnyOf,
    FixedLimit,
    Leaf,
    Not,
    Operator,
    TableLimit,
)
from models.values.sources import SourceRef

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.stores.catalog_rows import Row, Rows
    from models.values.conditions import AnswerValue, Condition, Limit

_FIRST, _LAST = itemgetter(0), itemgetter(-1)
_OPERATORS = {operator.value: operator for operator in Operator}

fraction = lru_cache(maxsize=None)(Fraction)
"""Few rates come back often, and making a fraction is slow."""


def grouped(rows: Iterable[Row]) -> dict[Any, list[Any]]:
    """Return the rows under their first column; equal ones stand together, as the key orders."""
    return {owner: list(found) for owner, found in groupby(rows, _FIRST)}


def values_by_owner(rows: Iterable[Row]) -> dict[Any, tuple[Any, ...]]:
    """Return the last column of (owner, position, value) rows under their owner."""
    return {owner: tuple(map(_LAST, found)) for owner, found in groupby(rows, _FIRST)}


def answer_of(boolean: int | None, number: int | None, text: str | None) -> AnswerValue:
    """Return the one value of the three columns that is there."""
    if boolean is not None:
        return bool(boolean)
    return number if number is not None else text or ""


class References:
    """The sources and conditions that other rows name by their numbers."""

    def __init__(self, rows: Rows) -> None:
        titles: dict[Any, Any] = {
            document_id: title for _, document_id, title, *_ in rows["documents"]
        }
        self._sources: dict[Any, SourceRef] = {
            number: SourceRef(titles[document], slide, item, line)  # pyright: ignore[reportArgumentType]
            for number, document, slide, item, line in rows["sources"]
        }
        self._conditions = self._read_conditions(rows)

    def source(self, number: int | None) -> SourceRef | None:
        """Return the source with this number, None for none."""
        return None if number is None else self._sources[number]

    def given_source(self, number: int) -> SourceRef:
        """Return the source with this number."""
        return self._sources[number]

    def condition(self, number: int | None) -> Condition | None:
        """Return the condition with this number, None for none."""
        return None if number is None else self._conditions[number]

    def given_condition(self, number: int) -> Condition:
        """Return the condition with this number."""
        return self._conditions[number]

    def leaf(self, number: int) -> Leaf:
        """Return the leaf with this number; raises TypeError when it is no leaf."""
        condition = self._conditions[number]
        if not isinstance(condition, Leaf):
            msg = f"condition {number} is no leaf"
            raise TypeError(msg)
        return condition

    def _read_conditions(self, rows: Rows) -> dict[int, Condition]:
        """Build from the end: the parts of a condition have higher numbers than it has."""
        leaves = self._read_leaves(rows)
        made: dict[int, Condition] = {}
        waiting: dict[Any, list[Condition]] = defaultdict(list)
        row: Any
        for row in reversed(rows["conditions"]):
            number, parent, _, kind = row
            if kind == "leaf":
                condition: Condition = leaves[number]
            else:
                parts = tuple(reversed(waiting.pop(number)))
                if kind == "not":
                    condition = Not(parts[0])
                else:
                    condition = AllOf(parts) if kind == "all" else AnyOf(parts)
            made[number] = condition
            if parent is not None:
                waiting[parent].append(condition)
        return made

    def _read_leaves(self, rows: Rows) -> dict[int, Leaf]:
        values = {
            leaf: tuple(answer_of(*columns) for _, _, *columns in found)
            for leaf, found in grouped(rows["leaf_values"]).items()
        }
        limits: dict[Any, Limit] = {row[0]: _limit(*row[1:]) for row in rows["leaf_limits"]}
        leaves: dict[int, Leaf] = {}
        row: Any
        for row in rows["leaves"]:
            number, leaf_id, question, fact, cost, amount, operator, sentence, unit, source = row
            leaves[number] = Leaf(
                leaf_id,
                question or fact or amount or f"cost.{cost}",
                _OPERATORS[operator],
                sentence,
                values.get(number, ()),
                limits.get(number),
                unit,
                self.source(source),
            )
        return leaves


def _limit(  # noqa: PLR0913, PLR0917 (the columns of its row)
    number: Any,
    table: Any,
    column: Any,
    key_question: Any,
    answer_question: Any,
    minus: Any,
    numerator: Any,
    denominator: Any,
) -> Limit:
    if number is not None:
        return FixedLimit(number)
    if table is not None:
        return TableLimit(table, column, key_question)
    return AnswerLimit(answer_question, minus, fraction(numerator, denominator))
