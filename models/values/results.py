"""What judgement and planning find: plain values that screen, sheet and JSON print alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from models.values.catalog import Note
    from models.values.conditions import AnswerValue
    from models.values.money import YenRange
    from models.values.sources import SourceRef
    from models.values.truth import Truth


class Verdict(Enum):
    """The verdict on an entry; the values are the words of the JSON output."""

    LIKELY = "likely"
    NEEDS_CONFIRMATION = "needs_confirmation"
    NOT_ELIGIBLE = "not_eligible"
    CONSULT = "consult"
    INFORMATION = "information"


VERDICT_LABEL = {
    Verdict.LIKELY: "該当の見込み",
    Verdict.NEEDS_CONFIRMATION: "要確認",
    Verdict.NOT_ELIGIBLE: "該当しない",
    Verdict.CONSULT: "相談できます",
    Verdict.INFORMATION: "情報",
}
VERDICT_SHAPE = {
    Verdict.LIKELY: "○",
    Verdict.NEEDS_CONFIRMATION: "△",
    Verdict.NOT_ELIGIBLE: "×",
    Verdict.CONSULT: "◇",
    Verdict.INFORMATION: "・",
}


@dataclass(frozen=True, slots=True)
class Distance:
    """How far an answer is from a threshold, both in `unit`."""

    answer: int
    limit: int
    unit: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition that decides a verdict now.

    `hard` tells whether the source itself states the condition. `question` is the id behind it.
    """

    condition: str
    sentence: str
    value: Truth
    question: str
    answer: AnswerValue | None
    distance: Distance | None
    source: SourceRef | None
    hard: bool = True


@dataclass(frozen=True, slots=True)
class OfferRaised:
    """Whether an offer's trigger question was answered yes, no, or not yet (`None`)."""

    offer: str
    raised: bool | None


@dataclass(frozen=True, slots=True)
class Screening:
    """The verdict on one entry, why, and what could still change it.

    `in_play` tells whether the client's answers already speak for the entry: it is likely, or one
    of its own conditions is met, or one of its offers is raised.
    """

    entry: str
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    open_questions: tuple[str, ...] = ()
    offers: tuple[OfferRaised, ...] = ()
    in_play: bool = False


@dataclass(frozen=True, slots=True)
class CalculationLine:
    """One step of the working, checkable with a pocket calculator; `amount` in yen."""

    text: str
    amount: int | None
    source: SourceRef | None = None


@dataclass(frozen=True, slots=True)
class YearAmount:
    """Cost and subsidy (yen) of one program year."""

    year: int
    eligible_cost: int
    subsidy: YenRange


@dataclass(frozen=True, slots=True)
class Amount:
    """What one frame would pay. Ranges are in yen; without firm amounts they are `None`.

    `subsidy_rate`, `limits_hit`, `reason_codes`, `missing_to_minimum` and `steps` belong to the low
    end, `steps_high` (empty when the amount is certain) to the high end. `eligible_cost` and
    `closure_cost` are net yen of the base and the top-up categories.
    """

    entry: str
    eligible_cost: int
    closure_cost: int
    subsidy_rate: Fraction | None
    subsidy: YenRange | None
    top_up: YenRange | None
    total: YenRange | None
    limits_hit: tuple[str, ...] = ()
    reason_codes: tuple[str, ...] = ()
    missing_to_minimum: int | None = None
    years: tuple[YearAmount, ...] = ()
    steps: tuple[CalculationLine, ...] = ()
    steps_high: tuple[CalculationLine, ...] = ()
    open_questions: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class SimulationResult:
    """One frame under one scenario: verdict, amount, own burden and advance outlay (yen).

    `expenses` are the indices of the consultation's expenses that this frame was given.
    """

    scenario: str | None
    entry: str
    screening: Screening
    amount: Amount
    paid: int
    own_burden: YenRange | None
    peak_advance: int
    expenses: tuple[int, ...]
    open_questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """The question worth asking next, why, and how many verdicts and amounts hang on it."""

    question: str
    text: str
    why: str
    decides: int
