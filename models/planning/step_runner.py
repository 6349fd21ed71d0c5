"""Runs resolved steps over something else than amounts: straight lines, bins."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from models.values import calculation as calc

if TYPE_CHECKING:
    from models.planning.resolved import Steps


class StepRunner(ABC):
    """One method for each kind of step that is left once nothing is undecided."""

    __slots__ = ()

    def run(self, steps: Steps) -> None:
        """Run the steps in order; a kind that is not known here is a fault of the program."""
        for step in steps:
            self._take(step)

    def _take(self, step: calc.Step) -> None:  # noqa: C901, PLR0912 - one branch a kind of step
        match step:
            case calc.Pool():
                self._pool(step)
            case calc.AddPool():
                self._add_pool(step)
            case calc.MinusAnswer():
                self._minus_answer(step)
            case calc.Rate():
                self._rate(step)
            case calc.Tiers():
                self._tiers(step)
            case calc.RoundDown():
                self._round_down(step)
            case calc.Cap():
                self._cap(step)
            case calc.Minimum():
                self._minimum(step)
            case calc.EachYear():
                self._each_year(step)
            case calc.RunningCap():
                self._running_cap(step)
            case calc.FirstYearCap():
                self._first_year_cap(step)
            case calc.CostCap():
                self._cost_cap(step)
            case calc.SubLimit():
                self._sub_limit(step)
            case _:
                raise TypeError(f"{type(step).__name__} is no resolved step")

    @abstractmethod
    def _pool(self, step: calc.Pool) -> None: ...

    @abstractmethod
    def _add_pool(self, step: calc.AddPool) -> None: ...

    @abstractmethod
    def _minus_answer(self, step: calc.MinusAnswer) -> None: ...

    @abstractmethod
    def _rate(self, step: calc.Rate) -> None: ...

    @abstractmethod
    def _tiers(self, step: calc.Tiers) -> None: ...

    @abstractmethod
    def _round_down(self, step: calc.RoundDown) -> None: ...

    @abstractmethod
    def _cap(self, step: calc.Cap) -> None: ...

    @abstractmethod
    def _minimum(self, step: calc.Minimum) -> None: ...

    @abstractmethod
    def _each_year(self, step: calc.EachYear) -> None: ...

    @abstractmethod
    def _running_cap(self, step: calc.RunningCap) -> None: ...

    @abstractmethod
    def _first_year_cap(self, step: calc.FirstYearCap) -> None: ...

    @abstractmethod
    def _cost_cap(self, step: calc.CostCap) -> None: ...

    @abstractmethod
    def _sub_limit(self, step: calc.SubLimit) -> None: ...
