"""Collects the rows of the tables in the order of the catalog; numbers are given on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.catalog_build.codes import COST_SUBJECT
from models.stores.catalog_schema import TABLES
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

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from models.values.conditions import AnswerValue, Condition
    from models.values.sources import SourceRef

Value = str | int | None
Record = dict[str, Value]


class RowWriter:
    """Holds the rows made so far, table by table."""

    def __init__(self, document_ids: Mapping[str, str], questions: frozenset[str]) -> None:
        self.rows: dict[str, list[Record]] = {table.name: [] for table in TABLES}
        self._document_ids = document_ids
        self._questions = questions
        self._sources: dict[SourceRef, int] = {}

    def add(self, table: str, **values: Value) -> None:
        """Add one row; booleans become 0 and 1."""
        self.rows[table].append(
            {
                name: int(value) if isinstance(value, bool) else value
                for name, value in values.items()
            }
        )

    def add_many(self, table: str, values: Iterable[Value], name: str, **fixed: Value) -> None:
        """Add one row for each value under the column `name`, numbered from 1."""
        for position, value in enumerate(values, 1):
            self.add(table, **fixed, position=position, **{name: value})

    def source(self, source: SourceRef | None) -> int | None:
        """Return the number of a source; equal sources are one row."""
        if source is None:
            return None
        number = self._sources.get(source)
        if number is None:
            number = self._sources[source] = len(self._sources) + 1
            self.add(
                "sources",
                id_number=number,
                document=self._document_ids[source.document],
                slide=source.slide,
                item=source.item,
                line=source.line,
            )
        return number

    def condition(
        self, condition: Condition | None, parent: int | None = None, position: int = 1
    ) -> int | None:
        """Return the number of a condition, None for none; parts have higher numbers."""
        if condition is None:
            return None
        number = len(self.rows["conditions"]) + 1
        kind = {AllOf: "all", AnyOf: "any", Not: "not", Leaf: "leaf"}[type(condition)]
        self.add("conditions", id_number=number, parent=parent, position=position, kind=kind)
        if isinstance(condition, Leaf):
            self._leaf(condition, number)
        elif isinstance(condition, Not):
            self.condition(condition.part, number)
        else:
            for place, part in enumerate(condition.parts, 1):
                self.condition(part, number, place)
        return number

    def answer(self, value: AnswerValue) -> Record:
        """Return the columns of an answer: exactly one of them is filled."""
        return {
            "boolean": int(value) if isinstance(value, bool) else None,
            "number": value if isinstance(value, int) and not isinstance(value, bool) else None,
            "text": value if isinstance(value, str) else None,
        }

    def _leaf(self, leaf: Leaf, number: int) -> None:
        is_fact = leaf.operator is Operator.HOLDS
        is_question = not is_fact and leaf.subject in self._questions
        is_cost = not is_fact and not is_question and leaf.subject.startswith(COST_SUBJECT)
        is_amount = not (is_fact or is_question or is_cost)
        self.add(
            "leaves",
            condition=number,
            id=leaf.id,
            question=leaf.subject if is_question else None,
            fact=leaf.subject if is_fact else None,
            cost_category=leaf.subject.removeprefix(COST_SUBJECT) if is_cost else None,
            computed_amount=leaf.subject if is_amount else None,
            operator=leaf.operator.value,
            sentence=leaf.sentence,
            unit=leaf.unit,
            source=self.source(leaf.source),
        )
        for position, value in enumerate(leaf.values, 1):
            self.add("leaf_values", leaf=number, position=position, **self.answer(value))
        limit = leaf.limit
        if limit is None:
            return
        row: Record = dict.fromkeys(
            ("number", "lookup_table", "lookup_column", "key_question", "answer_question", "minus",
             "share_numerator", "share_denominator")
        )  # fmt: skip
        if isinstance(limit, FixedLimit):
            row["number"] = limit.value
        elif isinstance(limit, TableLimit):
            row |= {
                "lookup_table": limit.table,
                "lookup_column": limit.column,
                "key_question": limit.key_question,
            }
        elif isinstance(limit, AnswerLimit):
            row |= {
                "answer_question": limit.question,
                "minus": limit.minus,
                "share_numerator": limit.share.numerator,
                "share_denominator": limit.share.denominator,
            }
        self.add("leaf_limits", leaf=number, **row)
