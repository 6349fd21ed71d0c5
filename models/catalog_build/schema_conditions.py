"""The YAML schema of conditions and sources."""

from __future__ import annotations

from typing import Annotated

from pydantic import Discriminator, Field, Tag

from models.catalog_build.schema_base import Answer, Id, Located, RateValue, Text, Word, Yen

_SHAPES = "条件は all、any、not、question、fact、computed のどれか一つを持つ項目で書いてください。"


class SourceYaml(Located):
    """Where a figure or rule comes from; document and slide default to the program's."""

    item: Text
    line: Annotated[int, Field(ge=1)] | None = None
    slide: Word | None = None
    document: Id | None = None


class TableLimitYaml(Located):
    """A threshold looked up in a table."""

    table: Id
    column: Id
    by: Id


class AnswerLimitYaml(Located):
    """A threshold that is a share of another answer."""

    answer: Id
    minus: Annotated[int, Field(ge=0)] = 0
    share: RateValue = Field(default="1/1", validate_default=True)  # pyright: ignore[reportAssignmentType]


def _limit_kind(value: object) -> str | None:
    if isinstance(value, dict):
        return "table" if "table" in value else "answer" if "answer" in value else None
    return "number"


LimitYaml = Annotated[
    Annotated[Yen, Tag("number")]
    | Annotated[TableLimitYaml, Tag("table")]
    | Annotated[AnswerLimitYaml, Tag("answer")],
    Discriminator(
        _limit_kind,
        custom_error_type="catalog",
        custom_error_message="限度は数、{table, column, by}、{answer, minus, share} のどれかです。",
    ),
]


class LeafYaml(Located):
    """One comparison; exactly one subject and one operator (checked later, with better words)."""

    question: Id | None = None
    fact: Id | None = None
    computed: Id | None = None
    is_: Answer | None = Field(default=None, alias="is")
    is_not: Answer | None = None
    in_: list[Answer] | None = Field(default=None, alias="in")
    not_in: list[Answer] | None = None
    answered: bool | None = None
    at_least: LimitYaml | None = None
    at_most: LimitYaml | None = None
    sentence: Word = ""
    unit: Word = ""
    source: SourceYaml | None = None
    id: Id | None = None

    @property
    def operators(self) -> list[str]:
        """The operators that the leaf names, as written."""
        names = {"is": self.is_, "is_not": self.is_not, "in": self.in_, "not_in": self.not_in}
        others = {"answered": self.answered, "at_least": self.at_least, "at_most": self.at_most}
        return [name for name, value in {**names, **others}.items() if value is not None]

    @property
    def values(self) -> list[bool | int | str]:
        """The values that the operator compares with."""
        for many in (self.in_, self.not_in):
            if many is not None:
                return many
        return [value for value in (self.is_, self.is_not) if value is not None]

    @property
    def limit(self) -> int | TableLimitYaml | AnswerLimitYaml | None:
        """The threshold of `at_least` or `at_most`."""
        return self.at_least if self.at_least is not None else self.at_most


class AllYaml(Located):
    """Every part holds."""

    all: list[ConditionYaml] = Field(min_length=1)


class AnyYaml(Located):
    """At least one part holds."""

    any: list[ConditionYaml] = Field(min_length=1)


class NotYaml(Located):
    """The part does not hold."""

    not_: ConditionYaml = Field(alias="not")


def _condition_kind(value: object) -> str | None:
    if not isinstance(value, dict):
        return None
    for kind in ("all", "any", "not"):
        if kind in value:
            return kind
    return "leaf" if {"question", "fact", "computed"} & value.keys() else None


ConditionYaml = Annotated[
    Annotated[AllYaml, Tag("all")]
    | Annotated[AnyYaml, Tag("any")]
    | Annotated[NotYaml, Tag("not")]
    | Annotated[LeafYaml, Tag("leaf")],
    Discriminator(_condition_kind, custom_error_type="catalog", custom_error_message=_SHAPES),
]

AllYaml.model_rebuild()
AnyYaml.model_rebuild()
NotYaml.model_rebuild()
