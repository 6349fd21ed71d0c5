"""Three-valued (Kleene) logic: what is not known stays unknown."""

from __future__ import annotations

from enum import Enum


class Truth(Enum):
    """One of yes, no and unknown; the values are the words of the JSON output."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @staticmethod
    def of(value: bool | None) -> Truth:
        """Return the truth of an optional boolean; `None` is unknown."""
        if value is None:
            return Truth.UNKNOWN
        return Truth.YES if value else Truth.NO


def negate(truth: Truth) -> Truth:
    """Return not-`truth`; unknown stays unknown."""
    if truth is Truth.UNKNOWN:
        return truth
    return Truth.NO if truth is Truth.YES else Truth.YES
