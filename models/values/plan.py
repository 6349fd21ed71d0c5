"""What planning finds: the best combination, with the proof that none is better."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from models.values.money import YenRange


class LeftOutReason(Enum):
    """Why a frame is not in the plan; the values are the words of the JSON output."""

    EXCLUSIVE = "exclusive"
    COMBINATION_UNCONFIRMED = "combination_unconfirmed"
    NOT_ELIGIBLE = "not_eligible"
    NO_GAIN = "no_gain"
    BELOW_MINIMUM = "below_minimum"


LEFT_OUT_LABEL = {
    LeftOutReason.EXCLUSIVE: "選んだ枠と、どちらか一つだけ",
    LeftOutReason.COMBINATION_UNCONFIRMED: "選んだ枠と一緒に使えるかは要確認",
    LeftOutReason.NOT_ELIGIBLE: "該当しない",
    LeftOutReason.NO_GAIN: "加えても補助額は増えない",
    LeftOutReason.BELOW_MINIMUM: "下限に届かない",
}


@dataclass(frozen=True, slots=True)
class PlannedFrame:
    """One frame of the plan: the indices of its expenses, and its total (yen)."""

    entry: str
    expenses: tuple[int, ...]
    total: YenRange


@dataclass(frozen=True, slots=True)
class LeftOutFrame:
    """A frame that is not in the plan; `because_of` names the chosen frames it conflicts with."""

    entry: str
    reason: LeftOutReason
    because_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanProof:
    """Why no admissible combination promises more than `upper_bound` yen for sure.

    Give each expense its price out of `prices` (yen, in the order of the expenses). Every plan is
    then worth at most all prices together plus, for each of its frames, what the frame pays above
    the prices of what it takes. The most that comes to, rounded down, is `price_bound`. Where it is
    above `upper_bound`, a complete search (`searched` steps) closed the gap.
    """

    upper_bound: int
    price_bound: int
    prices: tuple[Fraction, ...]
    searched: int

    @property
    def by_prices(self) -> bool:
        """Whether the prices alone prove it, checkable without repeating the search."""
        return self.price_bound == self.upper_bound


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """The best plan that leaves out one of the chosen frames; amounts in yen, low ends."""

    frames: tuple[str, ...]
    low: int
    difference: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The admissible combination (最もよい組合せ) that promises most for sure; yen.

    `if_confirmed` is the total when the unconfirmed combinations turn out to be allowed, `None`
    when that changes nothing. Where `if_confirmed_proven` is False the time limit ended that
    search: it is attainable, but there could be more, also where nothing more was found. Where
    nothing is unconfirmed there is nothing to prove.

    `proven_optimal` is False when the time limit ended the search: a better combination could then
    promise up to `proof.upper_bound`. Where `runner_up_searched` is False none is named, though
    there may be one. `unsaid_pairs` are the pairs of the plan that no source allows in words
    (要確認).
    """

    total: YenRange
    if_confirmed: YenRange | None
    if_confirmed_proven: bool
    frames: tuple[PlannedFrame, ...]
    left_out: tuple[LeftOutFrame, ...]
    proven_optimal: bool
    proof: PlanProof
    runner_up_searched: bool
    runner_up: RunnerUp | None = None
    unsaid_pairs: tuple[tuple[str, str], ...] = ()

    @property
    def upper_bound(self) -> int:
        """The proven most (yen, low ends) that any admissible combination could promise."""
        return self.proof.upper_bound

    @property
    def could_be_better_by(self) -> int:
        """How many yen a better combination could still promise: 0 when proven optimal."""
        return self.proof.upper_bound - self.total.low


@dataclass(frozen=True, slots=True)
class DoubleClaim:
    """One expense (its index) that several frames would count: only one of them may have it.

    `given_to` is the frame that has it in the suggested split, "" where it is left to none.
    """

    expense: int
    frames: tuple[str, ...]
    given_to: str


@dataclass(frozen=True, slots=True)
class DoubleFunding:
    """Expenses that would be funded twice (二重), and the split that surely brings most.

    `unconfirmed` are the pairs of claimants of which the source leaves open whether they may
    stand together at all.
    """

    claims: tuple[DoubleClaim, ...]
    split: Plan
    unconfirmed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Plans:
    """What planning says of one consultation: the same object for screen and paper.

    `whole` is over every frame that is not ruled out, `spoken` over those alone for which the
    client's answers speak already.
    """

    whole: Plan
    spoken: Plan
    double_funding: DoubleFunding | None = None
