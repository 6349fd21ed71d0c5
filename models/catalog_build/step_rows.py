"""The rows of calculations: a step before the steps inside it, each with its cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.values import calculation

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.catalog_build.row_writer import Record, RowWriter

_COLUMNS = (
    "condition", "question", "amount", "at_most", "unit", "years", "numerator", "denominator",
    "share_numerator", "share_denominator", "limit_code", "reason_code", "note", "source",
)  # fmt: skip


def _nothing(_writer: RowWriter, _step: Any) -> Record:
    return {}


def _sub_limit(writer: RowWriter, step: calculation.SubLimit) -> Record:
    return {
        "numerator": step.rate.numerator,
        "denominator": step.rate.denominator,
        "share_numerator": step.share.numerator,
        "share_denominator": step.share.denominator,
        "at_most": step.at_most,
        "limit_code": step.limit_code,
        "source": writer.source(step.source),
    }


def _cap_per(writer: RowWriter, step: calculation.CapPer) -> Record:
    return {
        "question": step.question,
        "amount": step.each,
        "at_most": step.at_most,
        "limit_code": step.limit_code,
        "source": writer.source(step.source),
    }


def _running_cap(writer: RowWriter, step: calculation.RunningCap) -> Record:
    source = writer.source(step.source)
    return {"amount": step.amount, "limit_code": step.limit_code, "source": source}


_KINDS: dict[type[Any], tuple[str, Callable[[RowWriter, Any], Record]]] = {
    calculation.Pool: ("pool", lambda to, step: {"condition": to.condition(step.when)}),
    calculation.AddPool: ("add_pool", _nothing),
    calculation.MinusAnswer: ("minus_answer", lambda _, step: {"question": step.question}),
    calculation.Rate: ("rate", _nothing),
    calculation.Tiers: ("tiers", _nothing),
    calculation.RoundDown: ("round_down", lambda _, step: {"unit": step.unit}),
    calculation.Cap: ("cap", lambda _, step: {"limit_code": step.limit_code}),
    calculation.CapPer: ("cap_per", _cap_per),
    calculation.Minimum: (
        "minimum",
        lambda to, step: {"amount": step.amount, "source": to.source(step.source)},
    ),
    calculation.EachYear: ("each_year", lambda _, step: {"years": step.years}),
    calculation.RunningCap: ("running_cap", _running_cap),
    calculation.FirstYearCap: (
        "first_year_cap",
        lambda to, step: {"limit_code": step.limit_code, "source": to.source(step.source)},
    ),
    calculation.ZeroWhen: (
        "zero_when",
        lambda to, step: {
            "condition": to.condition(step.when),
            "reason_code": step.reason_code,
        },
    ),
    calculation.CostCap: (
        "cost_cap",
        lambda _, step: {"question": step.minus_question, "limit_code": step.limit_code},
    ),
    calculation.SubLimit: ("sub_limit", _sub_limit),
    calculation.Readings: ("readings", lambda _, step: {"note": step.note}),
}
"""Kind of a step -> its word in the table, and the columns that it fills."""


class StepRows:
    """Writes the steps of one entry."""

    def __init__(self, writer: RowWriter, entry: str) -> None:
        self._writer = writer
        self._entry = entry

    def write(
        self,
        steps: tuple[calculation.Step, ...],
        track: str,
        parent: int | None = None,
        reading: int | None = None,
    ) -> None:
        """Write the steps of a track, of a year (`parent`) or of a reading of `parent`."""
        for position, step in enumerate(steps, 1):
            number = len(self._writer.rows["steps"]) + 1
            kind, fill = _KINDS[type(step)]
            fields: Record = {**dict.fromkeys(_COLUMNS), **fill(self._writer, step)}
            self._writer.add(
                "steps",
                id_number=number,
                entry=self._entry,
                track=track,
                parent=parent,
                reading=reading,
                position=position,
                kind=kind,
                **fields,
            )
            self._write_parts(step, number, track)

    def _write_parts(self, step: calculation.Step, number: int, track: str) -> None:
        match step:
            case calculation.Pool() | calculation.AddPool():
                self._categories(number, "pool", step.categories)
            case calculation.SubLimit():
                self._categories(number, "main", step.main_categories)
                self._categories(number, "limited", step.categories)
            case calculation.Rate() | calculation.Cap():
                self._cases(number, step.cases)
            case calculation.Tiers():
                self._tiers(number, step.tiers)
            case calculation.EachYear():
                self.write(step.steps, track, parent=number)
            case calculation.Readings():
                self._readings(number, step, track)
            case _:
                pass

    def _categories(self, number: int, role: str, categories: tuple[str, ...]) -> None:
        self._writer.add_many("step_categories", categories, "category", step=number, role=role)

    def _cases(self, number: int, cases: tuple[calculation.Case, ...]) -> None:
        for position, case in enumerate(cases, 1):
            self._writer.add(
                "step_cases",
                step=number,
                position=position,
                numerator=case.value.numerator,
                denominator=case.value.denominator,
                condition=self._writer.condition(case.when),
                source=self._writer.source(case.source),
            )

    def _tiers(self, number: int, tiers: tuple[calculation.Tier, ...]) -> None:
        for position, tier in enumerate(tiers, 1):
            self._writer.add(
                "step_tiers",
                step=number,
                position=position,
                up_to=tier.up_to,
                numerator=tier.rate.numerator,
                denominator=tier.rate.denominator,
                source=self._writer.source(tier.source),
            )

    def _readings(self, number: int, step: calculation.Readings, track: str) -> None:
        for position, reading in enumerate(step.alternatives, 1):
            self._writer.add(
                "step_readings",
                step=number,
                position=position,
                id=reading.id,
                label=reading.label,
                condition=self._writer.condition(reading.when),
            )
            self.write(reading.steps, track, parent=number, reading=position)
