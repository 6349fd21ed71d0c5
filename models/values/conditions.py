"""Conditions as small typed trees: data from the catalog, never code or expression strings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from models.values.sources import SourceRef

AnswerValue = bool | int | str


class Operator(Enum):
    """How a leaf compares its subject."""

    IS = "is"
    IS_NOT = "is_not"
    IN = "in"
    NOT_IN = "not_in"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ANSWERED = "answered"
    HOLDS = "holds"
    """The subject is a fact that must be true."""


@dataclass(frozen=True, slots=True)
class FixedLimit:
    """A threshold that the catalog states, in the leaf's unit."""

    value: int


@dataclass(frozen=True, slots=True)
class TableLimit:
    """A threshold found in a look-up table by the answer to `key_question`."""

    table: str
    column: str
    key_question: str


@dataclass(frozen=True, slots=True)
class AnswerLimit:
    """A threshold that is a share of another answer: (answer - `minus`) x `share`, rounded up."""

    question: str
    minus: int
    share: Fraction


Limit = FixedLimit | TableLimit | AnswerLimit


@dataclass(frozen=True, slots=True)
class Leaf:
    """One comparison, with the one plain Japanese sentence that says what it asks for.

    `subject` is the id of a question or a fact (with `HOLDS`). `values` serve IS, IS_NOT, IN and
    NOT_IN; `limit` serves AT_LEAST and AT_MOST. `unit` is the Japanese counter of a distance (人).
    """

    id: str
    subject: str
    operator: Operator
    sentence: str
    values: tuple[AnswerValue, ...] = ()
    limit: Limit | None = None
    unit: str = ""
    source: SourceRef | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Holds when every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when at least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when its part does not."""

    part: Condition


Condition = Leaf | AllOf | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Fact:
    """Something derived from answers (e.g. 中小企業者に当たる), defined by a condition."""

    id: str
    sentence: str
    condition: Condition
