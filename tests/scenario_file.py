"""Reads the scenario files: cases that an advisor can read and write.

A file holds `given` (answers and expenses that all its cases share) and `cases`. A case may add
`answers`, `expenses`, `scenarios` and `cash`, and says under `expect` what must come out; what it
does not name is not checked. An amount is one number, or `[low, high]`. `results` at the top names
results that many cases share (YAML anchors). What the files must try out, `scenario_coverage`
finds.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from models.values.cash_file import cash_terms
from models.values.consultation import Consultation, Expense, Scenario, TaxMode

FOLDER = Path(__file__).parent / "scenarios"


@dataclass(frozen=True)
class ScenarioCase:
    """One case of a scenario file."""

    file: str
    name: str
    consultation: Consultation
    expect: dict[str, Any]

    @property
    def id(self) -> str:
        return f"{self.file}: {self.name}"


def read_scenarios(folder: Path = FOLDER) -> list[ScenarioCase]:
    """Return the cases of every file in the folder, in the order of their names."""
    return [case for file in sorted(folder.glob("*.yaml")) for case in _cases(file)]


def _cases(file: Path) -> list[ScenarioCase]:
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    given = content.get("given", {})
    found = []
    for case in content["cases"]:
        expenses = case.get("expenses", given.get("expenses", []))
        answers = {**given.get("answers", {}), **case.get("answers", {})}
        without = set(case.get("without", []))
        consultation = Consultation(
            answers={key: value for key, value in answers.items() if key not in without},
            expenses=tuple(_expense(expense) for expense in expenses),
            scenarios=tuple(_scenario(each) for each in case.get("scenarios", [])),
            cash=cash_terms(case.get("cash", {})),
        )
        found.append(ScenarioCase(file.stem, case["name"], consultation, case["expect"]))
    return found


def _expense(row: dict[str, Any]) -> Expense:
    fields = {"label": row["category"], "tax": "excluded", **row}
    return Expense(**{**fields, "tax": TaxMode(fields["tax"])})


def _scenario(each: str | dict[str, Any]) -> Scenario:
    if isinstance(each, str):
        return Scenario((each,))
    expenses = each.get("expenses")
    return Scenario(
        frames=tuple(each["frames"]),
        name=each.get("name"),
        answers=each.get("answers", {}),
        expenses=None if expenses is None else tuple(_expense(row) for row in expenses),
    )
