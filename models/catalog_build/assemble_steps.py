"""Makes the calculation of its YAML; figures that a step names are put in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from models.catalog_build import schema_steps as steps_yaml
from models.catalog_build.figures import (
    resolve_amount,
    resolve_cap_step,
    resolve_rate,
    resolve_rate_step,
)
from models.values import calculation

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.catalog_build.assemble_conditions import Context
    from models.catalog_build.figures import ResolvedCase
    from models.catalog_build.schema import EntryYaml
    from models.catalog_build.schema_conditions import SourceYaml
    from models.values.sources import SourceRef

FoundT = TypeVar("FoundT")


@dataclass(frozen=True, slots=True)
class StepMaker:
    """Makes the steps of one entry."""

    entry: EntryYaml
    context: Context

    def calculation(self) -> calculation.Calculation | None:
        """Return the calculation of the entry, None when it has none."""
        yaml = self.entry.calculation
        if yaml is None:
            return None
        base = self._steps(yaml.base, f"{self.entry.id}/base")
        return calculation.Calculation(base, self._steps(yaml.top_up, f"{self.entry.id}/top_up"))

    def _steps(self, yaml: list[steps_yaml.StepYaml], place: str) -> tuple[calculation.Step, ...]:
        return tuple(self._step(step, f"{place}/{number}") for number, step in enumerate(yaml, 1))

    def _step(self, yaml: steps_yaml.StepYaml, place: str) -> calculation.Step:
        return _MAKERS[type(yaml)](self, yaml, place)

    def pool(self, yaml: steps_yaml.PoolYaml, place: str) -> calculation.Pool:
        """Return the start with the cost of categories."""
        when = self.context.condition(yaml.when, f"{place}/when")
        return calculation.Pool(tuple(yaml.pool), when)

    def rate(self, yaml: steps_yaml.RateYaml, place: str) -> calculation.Rate:
        """Return the rate with its cases."""
        return calculation.Rate(self._cases(resolve_rate_step(self.entry, yaml), place))

    def tiers(self, yaml: steps_yaml.TiersYaml, _place: str) -> calculation.Tiers:
        """Return stepped rates."""
        return calculation.Tiers(tuple(self._tier(tier) for tier in yaml.tiers))

    def cap(self, yaml: steps_yaml.CapYaml, place: str) -> calculation.Cap:
        """Return the cap with its cases."""
        return calculation.Cap(self._cases(resolve_cap_step(self.entry, yaml), place), yaml.limit)

    def cap_per(self, yaml: steps_yaml.CapPerYaml, _place: str) -> calculation.CapPer:
        """Return the cap that grows with an answer."""
        body = yaml.cap_per
        each, source = self._amount(body.each, body.source or yaml.source)
        at_most, _ = self._amount(body.at_most, None)
        return calculation.CapPer(body.question, each, at_most, yaml.limit, source)

    def minimum(self, yaml: steps_yaml.MinimumYaml, _place: str) -> calculation.Minimum:
        """Return the minimum."""
        return calculation.Minimum(*self._amount(yaml.minimum, yaml.source))

    def each_year(self, yaml: steps_yaml.EachYearYaml, place: str) -> calculation.EachYear:
        """Return the steps of each year."""
        return calculation.EachYear(yaml.each_year, self._steps(yaml.do, f"{place}/do"))

    def running_cap(self, yaml: steps_yaml.RunningCapYaml, _place: str) -> calculation.RunningCap:
        """Return the cap over all years."""
        amount, source = self._amount(yaml.running_cap, yaml.source)
        return calculation.RunningCap(amount, yaml.limit, source)

    def first_year_cap(
        self, yaml: steps_yaml.FirstYearCapYaml, _place: str
    ) -> calculation.FirstYearCap:
        """Return the cap by the first year's amount."""
        return calculation.FirstYearCap(yaml.limit, self.context.source(yaml.source))

    def zero_when(self, yaml: steps_yaml.ZeroWhenYaml, place: str) -> calculation.ZeroWhen:
        """Return the condition under which nothing is paid."""
        when = self.context.given_condition(yaml.zero_when, f"{place}/zero_when")
        return calculation.ZeroWhen(when, yaml.reason)

    def readings(self, yaml: steps_yaml.ReadingsYaml, place: str) -> calculation.Readings:
        """Return the alternatives of an ambiguous text."""
        alternatives = tuple(self._reading(one, place) for one in yaml.readings)
        return calculation.Readings(yaml.note, alternatives)

    def sub_limit(self, yaml: steps_yaml.SubLimitYaml, _place: str) -> calculation.SubLimit:
        """Return the limit of a part by a share of the whole."""
        body = yaml.sub_limit
        given = body.source or yaml.source
        at_most, source = self._amount(body.at_most, given)
        rate, _ = _found(resolve_rate(self.entry, body.rate, given))
        return calculation.SubLimit(
            tuple(body.main),
            tuple(body.categories),
            rate,
            body.share,
            at_most,
            yaml.limit,
            source,
        )

    def _reading(self, yaml: steps_yaml.ReadingYaml, place: str) -> calculation.Reading:
        here = f"{place}/{yaml.id}"
        return calculation.Reading(
            yaml.id,
            yaml.label,
            self._steps(yaml.do, here),
            self.context.condition(yaml.when, f"{here}/when"),
        )

    def _tier(self, yaml: steps_yaml.TierYaml) -> calculation.Tier:
        rate, source = _found(resolve_rate(self.entry, yaml.rate, yaml.source))
        return calculation.Tier(yaml.up_to, rate, self.context.source(source))

    def _cases(self, cases: list[ResolvedCase] | None, place: str) -> tuple[calculation.Case, ...]:
        return tuple(
            calculation.Case(
                case.value,
                self.context.condition(case.when, f"{place}/case-{number}"),
                self.context.source(case.source),
            )
            for number, case in enumerate(_found(cases), 1)
        )

    def _amount(self, value: int | str, source: SourceYaml | None) -> tuple[int, SourceRef | None]:
        amount, found = _found(resolve_amount(self.entry, value, source))
        return amount, self.context.source(found)


def _found(looked_up: FoundT | None) -> FoundT:
    if looked_up is None:
        msg = "a step names a figure that the entry does not have"
        raise ValueError(msg)
    return looked_up


_MAKERS: dict[type[Any], Callable[[StepMaker, Any, str], calculation.Step]] = {
    steps_yaml.PoolYaml: StepMaker.pool,
    steps_yaml.AddPoolYaml: lambda _, yaml, __: calculation.AddPool(tuple(yaml.add_pool)),
    steps_yaml.MinusAnswerYaml: lambda _, yaml, __: calculation.MinusAnswer(yaml.minus_answer),
    steps_yaml.RateYaml: StepMaker.rate,
    steps_yaml.TiersYaml: StepMaker.tiers,
    steps_yaml.RoundDownYaml: lambda _, yaml, __: calculation.RoundDown(yaml.round_down),
    steps_yaml.CapYaml: StepMaker.cap,
    steps_yaml.CapPerYaml: StepMaker.cap_per,
    steps_yaml.MinimumYaml: StepMaker.minimum,
    steps_yaml.EachYearYaml: StepMaker.each_year,
    steps_yaml.RunningCapYaml: StepMaker.running_cap,
    steps_yaml.FirstYearCapYaml: StepMaker.first_year_cap,
    steps_yaml.ZeroWhenYaml: StepMaker.zero_when,
    steps_yaml.CostCapYaml: lambda _, yaml, __: calculation.CostCap(yaml.cost_cap, yaml.limit),
    steps_yaml.SubLimitYaml: StepMaker.sub_limit,
    steps_yaml.ReadingsYaml: StepMaker.readings,
}
