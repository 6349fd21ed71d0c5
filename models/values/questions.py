"""Questions to the client, as data from the catalog."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.values.conditions import AnswerValue, Condition


class QuestionType(Enum):
    """What an answer may be."""

    BOOLEAN = "boolean"
    CHOICE = "choice"
    COUNT = "count"
    YEN = "yen"
    TEXT = "text"
    INDUSTRY = "industry"
    """A code of the industry classification that the catalog lists."""
    CORPORATE_NUMBER = "corporate_number"
    """13 digits whose check digit is verified (法人番号)."""


class AnswerRole(Enum):
    """The few identity fields that the head of a sheet or a list needs."""

    CLIENT_NAME = "client_name"
    REPRESENTATIVE = "representative"
    PREFECTURE = "prefecture"
    CONSUMPTION_TAX = "consumption_tax"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose, with the words to read aloud.

    `tax_in` marks the answers with which the high end of an amount counts consumption tax in.
    """

    value: str
    label: str
    tax_in: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of questions; `reason` says in half a line why they are asked.

    A `profile` topic only says who the client is: its answers never show what they came for.
    """

    id: str
    title: str
    reason: str
    profile: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question in plain spoken Japanese.

    `label` is its short name for tables; `minimum` and `maximum` bound numbers in `unit`.
    `ask_when` limits when it is worth asking (never what an answer means). `unknown_reason` is the
    reason code of an amount that uses the question while nobody has answered it; with
    `counts_as_when_unknown` the amount then goes on with that many yen.
    `homework` is the task for the client when the answer must be found out later.
    """

    id: str
    topic: str
    type: QuestionType
    label: str
    text: str
    help: str = ""
    unit: str = ""
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[Choice, ...] = ()
    role: AnswerRole | None = None
    ask_when: Condition | None = None
    actionable: str = ""
    """What the client could still do to change the answer (空: nothing)."""
    homework: str = ""
    unknown_reason: str = ""
    counts_as_when_unknown: int | None = None
    paper_help: str = ""
    """What the paper questionnaire says in place of `help`: shorter, and kept where it is tight."""
    leads_to: tuple[str, ...] = ()
    """Topics to ask about first when the answer is はい: what the client came for."""

    def label_of(self, value: AnswerValue) -> str:
        """Return the Japanese words of an answer's value."""
        if self.type is QuestionType.BOOLEAN:
            return "はい" if value else "いいえ"
        if self.type is QuestionType.YEN:
            return f"{value:,}円"
        if self.type is QuestionType.COUNT:
            return f"{value:,}{self.unit}"
        for choice in self.choices:
            if choice.value == value:
                return choice.label
        return str(value)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A paper questionnaire (質問票) for one kind of visit: whole topics, and single questions.

    `expenses` tells whether a table for planned expenses closes it.
    """

    id: str
    title: str
    topics: tuple[str, ...]
    questions: tuple[str, ...] = ()
    expenses: bool = True


@dataclass(frozen=True, slots=True)
class RetiredQuestion:
    """A question of an earlier edition: its answers are kept, listed and ignored."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Industry:
    """One class of the industry classification.

    `rows` are the rows of the company-size table that it may fall in: several for a bare class
    that the law splits. `keywords` are what people call the trade (そば屋).
    """

    code: str
    name: str
    rows: tuple[str, ...]
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LookupTable:
    """A table of thresholds (e.g. the company-size table): row id -> column -> value."""

    id: str
    title: str
    edition: str
    rows: dict[str, dict[str, int]]
    labels: dict[str, str]
