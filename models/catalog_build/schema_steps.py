"""The YAML schema of the calculation steps: one model a step, recognised by its first key."""

from __future__ import annotations

from typing import Annotated

from pydantic import Discriminator, Field, Tag

from models.catalog_build.codes import MAX_YEARS
from models.catalog_build.schema_base import (
    AsAmountCases,
    AsRateCases,
    Id,
    Located,
    RateOrFigure,
    RateValue,
    Text,
    Yen,
    YenOrFigure,
)
from models.catalog_build.schema_conditions import ConditionYaml, SourceYaml

Categories = Annotated[list[Id], Field(min_length=1)]


class PoolYaml(Located):
    """Starts with the eligible cost of the categories."""

    pool: Categories
    when: ConditionYaml | None = None


class AddPoolYaml(Located):
    """Adds a cost in full."""

    add_pool: Categories


class MinusAnswerYaml(Located):
    """Takes off the answered yen."""

    minus_answer: Id


class RateCaseYaml(Located):
    """One alternative of a rate."""

    rate: RateOrFigure
    when: ConditionYaml | None = None
    source: SourceYaml | None = None


class RateYaml(Located):
    """Multiplies by the rate."""

    rate: Annotated[list[RateCaseYaml], AsRateCases, Field(min_length=1)]
    source: SourceYaml | None = None


class TierYaml(Located):
    """The rate of one part of the cost."""

    up_to: Yen | None = None
    rate: RateValue
    source: SourceYaml | None = None


class TiersYaml(Located):
    """Stepped rates."""

    tiers: Annotated[list[TierYaml], Field(min_length=2)]


class RoundDownYaml(Located):
    """Rounds down to a multiple of that many yen."""

    round_down: Annotated[int, Field(ge=1)]


class CapCaseYaml(Located):
    """One alternative of a cap."""

    amount: YenOrFigure
    when: ConditionYaml | None = None
    source: SourceYaml | None = None


class CapYaml(Located):
    """At most."""

    cap: Annotated[list[CapCaseYaml], AsAmountCases, Field(min_length=1)]
    limit: Text
    source: SourceYaml | None = None


class CapPerBodyYaml(Located):
    """The numbers of `cap_per`."""

    question: Id
    each: YenOrFigure
    at_most: YenOrFigure
    source: SourceYaml | None = None


class CapPerYaml(Located):
    """At most each x answer."""

    cap_per: CapPerBodyYaml
    limit: Text
    source: SourceYaml | None = None


class MinimumYaml(Located):
    """Below it nothing is paid."""

    minimum: YenOrFigure
    source: SourceYaml | None = None


class EachYearYaml(Located):
    """Runs the steps for each year."""

    each_year: Annotated[int, Field(ge=1, le=MAX_YEARS)]
    do: Annotated[list[StepYaml], Field(min_length=1)]


class RunningCapYaml(Located):
    """At most over all years."""

    running_cap: YenOrFigure
    limit: Text
    source: SourceYaml | None = None


class FirstYearCapYaml(Located):
    """No later year above the first year's amount."""

    first_year_cap: bool
    limit: Text
    source: SourceYaml | None = None


class ZeroWhenYaml(Located):
    """Nothing is paid when it holds."""

    zero_when: ConditionYaml
    reason: Text


class CostCapYaml(Located):
    """Subsidy and answered yen together never above the cost."""

    cost_cap: Id
    limit: Text


class SubLimitBodyYaml(Located):
    """The numbers of `sub_limit`."""

    main: Categories
    categories: Categories
    rate: RateOrFigure
    share: RateValue
    at_most: YenOrFigure
    source: SourceYaml | None = None


class SubLimitYaml(Located):
    """A category is at most that share of the whole subsidy."""

    sub_limit: SubLimitBodyYaml
    limit: Text
    source: SourceYaml | None = None


class ReadingYaml(Located):
    """One way to read an ambiguous text."""

    id: Id
    label: Text
    when: ConditionYaml | None = None
    do: list[StepYaml]


class ReadingsYaml(Located):
    """Alternatives that span a range."""

    readings: Annotated[list[ReadingYaml], Field(min_length=2)]
    note: Id


STEP_KEYS = (
    "pool", "add_pool", "minus_answer", "rate", "tiers", "round_down", "cap", "cap_per", "minimum",
    "each_year", "running_cap", "first_year_cap", "zero_when", "cost_cap", "sub_limit", "readings",
)  # fmt: skip


def _step_kind(value: object) -> str | None:
    if not isinstance(value, dict):
        return None
    return next((key for key in STEP_KEYS if key in value), None)


StepYaml = Annotated[
    Annotated[PoolYaml, Tag("pool")]
    | Annotated[AddPoolYaml, Tag("add_pool")]
    | Annotated[MinusAnswerYaml, Tag("minus_answer")]
    | Annotated[RateYaml, Tag("rate")]
    | Annotated[TiersYaml, Tag("tiers")]
    | Annotated[RoundDownYaml, Tag("round_down")]
    | Annotated[CapYaml, Tag("cap")]
    | Annotated[CapPerYaml, Tag("cap_per")]
    | Annotated[MinimumYaml, Tag("minimum")]
    | Annotated[EachYearYaml, Tag("each_year")]
    | Annotated[RunningCapYaml, Tag("running_cap")]
    | Annotated[FirstYearCapYaml, Tag("first_year_cap")]
    | Annotated[ZeroWhenYaml, Tag("zero_when")]
    | Annotated[CostCapYaml, Tag("cost_cap")]
    | Annotated[SubLimitYaml, Tag("sub_limit")]
    | Annotated[ReadingsYaml, Tag("readings")],
    Discriminator(
        _step_kind,
        custom_error_type="catalog",
        custom_error_message=f"手順は {'、'.join(STEP_KEYS)} のどれかで書いてください。",
    ),
]

EachYearYaml.model_rebuild()
ReadingYaml.model_rebuild()


class CalculationYaml(Located):
    """How the amount of a frame is found."""

    base: list[StepYaml] = Field(min_length=1)
    top_up: list[StepYaml] = Field(default_factory=list[StepYaml])
