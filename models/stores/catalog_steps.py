"""Builds the calculations of the catalog's rows, from the innermost steps out."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from models.stores.catalog_conditions import fraction, grouped
from models.values import calculation

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.stores.catalog_conditions import References
    from models.stores.catalog_rows import Rows
    from models.values.conditions import Condition
    from models.values.sources import SourceRef

_StepRow = dict[str, Any]

_COLUMNS = (
    "number", "entry", "track", "parent", "reading", "position", "kind", "condition", "question",
    "amount", "at_most", "unit", "years", "numerator", "denominator", "share_numerator",
    "share_denominator", "limit_code", "reason_code", "note", "source",
)  # fmt: skip


class StepBuilder:
    """Builds every calculation of the catalog in one pass over the steps."""

    def __init__(self, rows: Rows, references: References) -> None:
        self._references = references
        self._categories: dict[Any, list[str]] = defaultdict(list)
        for number, role, _, category in rows["step_categories"]:
            self._categories[number, role].append(str(category))
        self._cases = grouped(rows["step_cases"])
        self._tiers = grouped(rows["step_tiers"])
        self._readings = grouped(rows["step_readings"])
        self._inside: dict[Any, list[calculation.Step]] = defaultdict(list)
        """(parent, reading) or (entry, track) -> steps, last first."""
        # From the end: the steps inside a step have higher numbers than it has.
        steps: list[Any] = list(reversed(rows["steps"]))
        for row in steps:
            step: _StepRow = dict(zip(_COLUMNS, row, strict=True))
            if step["parent"] is None:
                owner = (step["entry"], step["track"])
            else:
                owner = (step["parent"], step["reading"])
            self._inside[owner].append(self._step(step))

    def calculation(self, entry: str) -> calculation.Calculation | None:
        """Return the calculation of an entry, None when it has none."""
        base = self._steps(entry, "base")
        return calculation.Calculation(base, self._steps(entry, "top_up")) if base else None

    def _steps(self, parent: int | str, part: int | str | None) -> tuple[calculation.Step, ...]:
        return tuple(reversed(self._inside.get((parent, part), ())))

    def _step(self, row: _StepRow) -> calculation.Step:
        return _MAKERS[row["kind"]](self, row)

    def named(self, row: _StepRow, role: str) -> tuple[str, ...]:
        """Return the categories that a step names in a role."""
        return tuple(self._categories[row["number"], role])

    def cases(self, row: _StepRow) -> tuple[calculation.Case, ...]:
        """Return the alternatives of a rate or a cap."""
        find, source_of = self._references.condition, self._references.source
        return tuple(
            calculation.Case(fraction(numerator, denominator), find(condition), source_of(source))
            for _, _, numerator, denominator, condition, source in self._cases[row["number"]]
        )

    def tiers(self, row: _StepRow) -> tuple[calculation.Tier, ...]:
        """Return the tiers of stepped rates."""
        source_of = self._references.source
        return tuple(
            calculation.Tier(up_to, fraction(numerator, denominator), source_of(source))
            for _, _, up_to, numerator, denominator, source in self._tiers[row["number"]]
        )

    def readings(self, row: _StepRow) -> tuple[calculation.Reading, ...]:
        """Return the alternatives of an ambiguous text."""
        number, find = row["number"], self._references.condition
        return tuple(
            calculation.Reading(reading, label, self._steps(number, position), find(condition))
            for _, position, reading, label, condition in self._readings[number]
        )

    def inner_steps(self, row: _StepRow) -> tuple[calculation.Step, ...]:
        """Return the steps of each year."""
        return self._steps(row["number"], None)

    def source(self, row: _StepRow) -> SourceRef | None:
        """Return the source of a step."""
        return self._references.source(row["source"])

    def condition(self, row: _StepRow) -> Condition | None:
        """Return the condition of a step, None for none."""
        return self._references.condition(row["condition"])

    def sub_limit(self, row: _StepRow) -> calculation.SubLimit:
        """Return the limit of a part by a share of the whole."""
        return calculation.SubLimit(
            self.named(row, "main"),
            self.named(row, "limited"),
            fraction(row["numerator"], row["denominator"]),
            fraction(row["share_numerator"], row["share_denominator"]),
            row["at_most"],
            row["limit_code"],
            self.source(row),
        )

    def zero_when(self, row: _StepRow) -> calculation.ZeroWhen:
        """Return the condition under which nothing is paid."""
        condition = self._references.given_condition(row["condition"])
        return calculation.ZeroWhen(condition, row["reason_code"])


_MAKERS: dict[str, Callable[[StepBuilder, _StepRow], calculation.Step]] = {
    "pool": lambda made, row: calculation.Pool(made.named(row, "pool"), made.condition(row)),
    "add_pool": lambda made, row: calculation.AddPool(made.named(row, "pool")),
    "minus_answer": lambda _, row: calculation.MinusAnswer(row["question"]),
    "rate": lambda made, row: calculation.Rate(made.cases(row)),
    "tiers": lambda made, row: calculation.Tiers(made.tiers(row)),
    "round_down": lambda _, row: calculation.RoundDown(row["unit"]),
    "cap": lambda made, row: calculation.Cap(made.cases(row), row["limit_code"]),
    "cap_per": lambda made, row: calculation.CapPer(
        row["question"], row["amount"], row["at_most"], row["limit_code"], made.source(row)
    ),
    "minimum": lambda made, row: calculation.Minimum(row["amount"], made.source(row)),
    "each_year": lambda made, row: calculation.EachYear(row["years"], made.inner_steps(row)),
    "running_cap": lambda made, row: calculation.RunningCap(
        row["amount"], row["limit_code"], made.source(row)
    ),
    "first_year_cap": lambda made, row: calculation.FirstYearCap(
        row["limit_code"], made.source(row)
    ),
    "zero_when": StepBuilder.zero_when,
    "cost_cap": lambda _, row: calculation.CostCap(row["question"], row["limit_code"]),
    "sub_limit": StepBuilder.sub_limit,
    "readings": lambda made, row: calculation.Readings(row["note"], made.readings(row)),
}
