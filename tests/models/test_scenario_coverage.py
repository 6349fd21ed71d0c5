"""The scenario files try out every verdict, boundary, limit and offer of the catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.values.consultation import Consultation
from tests.scenario_coverage import covered_cells, wanted_cells
from tests.scenario_file import ScenarioCase, read_scenarios

if TYPE_CHECKING:
    from models.values.catalog import Catalog


def test_no_gap_is_left(catalog: Catalog) -> None:
    wanted = wanted_cells(catalog)
    covered = covered_cells(catalog, read_scenarios())
    gaps = [cell for cell in wanted if cell not in covered]
    assert not gaps, "\n".join([f"{len(gaps)} of {len(wanted)} are not tried out:", *gaps])


def test_a_boundary_that_another_condition_hides_is_not_tried_out(catalog: Catalog) -> None:
    at_the_limit = {
        "applicant.legal_form": "company",
        "applicant.industry_code": "24",
        "applicant.stated_capital": 300_000_000,
        "productivity.it_tool": True,
    }
    cell = (
        "seisansei/it-donyu hard: applicant.stated_capital at_most capital"
        " → at (manufacturing_other)"
    )

    def covers(employees: int) -> bool:
        answers = {**at_the_limit, "applicant.regular_employees": employees}
        expect = {"verdicts": {"seisansei/it-donyu": "needs_confirmation"}}
        return cell in covered_cells(
            catalog, [ScenarioCase("", "", Consultation(answers=answers), expect)]
        )

    assert cell in wanted_cells(catalog)
    assert covers(301)
    assert not covers(300)
