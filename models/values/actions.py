"""What a client could still bring about, and what it would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from models.values.conditions import AnswerValue
    from models.values.money import YenRange
    from models.values.results import Verdict


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What an action changes for one entry.

    The figures before are those of `beside`: the entry itself, or the best frame that was possible
    among those that exclude it, or nothing (`None`, then 0 yen). Rates and totals (yen) are `None`
    where the source gives no firm amount.
    """

    entry: str
    beside: str | None
    verdict_before: Verdict
    verdict_after: Verdict
    rate_before: Fraction | None
    rate_after: Fraction | None
    total_before: YenRange | None
    total_after: YenRange | None
    sentence: str = ""

    @property
    def low_gain(self) -> int | None:
        """By how many yen the low end rises."""
        if self.total_before is None or self.total_after is None:
            return None
        return self.total_after.low - self.total_before.low

    @property
    def high_gain(self) -> int | None:
        """By how many yen the high end rises."""
        if self.total_before is None or self.total_after is None:
            return None
        return self.total_after.high - self.total_before.high


@dataclass(frozen=True, slots=True)
class ActionValue:
    """One action (e.g. 経営革新計画を提出する) and what it would change.

    `answer_before` is the client's answer to `question` (`None`: not known), `answer_after` the one
    that the action brings about.
    """

    question: str
    action: str
    answer_before: AnswerValue | None
    answer_after: AnswerValue
    changes: tuple[EntryChange, ...]
