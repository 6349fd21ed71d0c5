"""Makes conditions and sources of their YAML; leaf ids come from the place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.catalog_build.schema_conditions import (
    AllYaml,
    AnswerLimitYaml,
    AnyYaml,
    LeafYaml,
    NotYaml,
    TableLimitYaml,
)
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
    from collections.abc import Mapping

    from models.catalog_build.schema_conditions import ConditionYaml, SourceYaml
    from models.values.conditions import AnswerValue, Condition, Limit

_TEXT_TYPES = frozenset({"choice", "industry", "text", "corporate_number"})


@dataclass(frozen=True, slots=True)
class Context:
    """What a condition or source needs to know of the rest: titles, types, defaults.

    `document` and `slide` are the defaults of the program or entry around it.
    """

    titles: Mapping[str, str]
    """Document id -> title."""
    question_types: Mapping[str, str]
    fact_sentences: Mapping[str, str]
    document: str = ""
    slide: str = ""

    def answer(self, question: str, value: AnswerValue) -> AnswerValue:
        """Return the answer in the question's own type: `26` for a text is `"26"`."""
        return str(value) if self.question_types.get(question) in _TEXT_TYPES else value

    def source(self, yaml: SourceYaml | None) -> SourceRef | None:
        """Return the source with its document and slide."""
        return None if yaml is None else self.given_source(yaml)

    def given_source(self, yaml: SourceYaml) -> SourceRef:
        """Return the source with its document and slide."""
        document = yaml.document or self.document
        if yaml.slide is not None:
            slide = yaml.slide
        else:
            slide = self.slide if document == self.document else ""
        return SourceRef(self.titles[document], slide, yaml.item, yaml.line)

    def condition(self, yaml: ConditionYaml | None, place: str) -> Condition | None:
        """Return the condition, None for none; `place` begins the ids of its leaves."""
        return None if yaml is None else self.given_condition(yaml, place)

    def given_condition(self, yaml: ConditionYaml, place: str) -> Condition:
        """Return the condition; the leaves of a list are numbered from 1."""
        if isinstance(yaml, LeafYaml):
            return self.leaf(yaml, place)
        if isinstance(yaml, NotYaml):
            return Not(self.given_condition(yaml.not_, place))
        parts = yaml.all if isinstance(yaml, AllYaml) else yaml.any
        made = tuple(
            self.given_condition(part, f"{place}/{number}") for number, part in enumerate(parts, 1)
        )
        return AnyOf(made) if isinstance(yaml, AnyYaml) else AllOf(made)

    def leaf(self, yaml: LeafYaml, place: str) -> Leaf:
        """Return one leaf; a fact without a sentence of its own lends the fact's."""
        values = tuple(self.answer(yaml.question or "", value) for value in yaml.values)
        operator = Operator.HOLDS if yaml.fact else Operator(yaml.operators[0])
        return Leaf(
            id=yaml.id or place,
            subject=yaml.question or yaml.fact or yaml.computed or "",
            operator=operator,
            sentence=yaml.sentence or self.fact_sentences.get(yaml.fact or "", ""),
            values=values,
            limit=_limit(yaml.limit),
            unit=yaml.unit,
            source=self.source(yaml.source),
        )


def _limit(yaml: int | TableLimitYaml | AnswerLimitYaml | None) -> Limit | None:
    if isinstance(yaml, TableLimitYaml):
        return TableLimit(yaml.table, yaml.column, yaml.by)
    if isinstance(yaml, AnswerLimitYaml):
        return AnswerLimit(yaml.answer, yaml.minus, yaml.share)
    return None if yaml is None else FixedLimit(yaml)
