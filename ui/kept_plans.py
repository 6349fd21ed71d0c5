"""Keeps what was found beside the window, so that the sheet prints the very same."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.values.consultation import Consultation
    from models.values.plan import Plans


def plan_key(consultation: Consultation) -> tuple[object, ...]:
    """Return what the plans of a consultation depend on."""
    return (consultation.answers, consultation.expenses, consultation.scenarios)


class KeptPlans:
    """The plans that were found last, and what they were asked of."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] | None = None
        self._plans: Plans | None = None

    def keep(self, asked: Consultation, plans: Plans) -> None:
        """Keep plans in the place of older ones."""
        self._key, self._plans = plan_key(asked), plans

    def of(self, consultation: Consultation | None) -> Plans | None:
        """Return the plans of this consultation, `None` if they were never found."""
        same = consultation is not None and plan_key(consultation) == self._key
        return self._plans if same else None
