"""The consultation sheet as a PDF file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models.judgement.screening import screen
from models.planning.best_combination import TIME_LIMIT_S
from models.planning.plans import find_plans
from models.planning.simulation import simulate
from models.planning.ways import compared_ways, worked_scenarios
from reports.sheet_content import build_sheet
from reports.sheet_layout import draw_sheet

if TYPE_CHECKING:
    from datetime import date

    from models.values.catalog import Catalog
    from models.values.consultation import Consultation
    from models.values.office import Office
    from models.values.plan import Plans
    from models.values.results import SimulationResult
    from reports.content_blocks import SheetContent
    from reports.sheet_input import SheetOptions


def write_sheet(content: SheetContent) -> bytes:
    """Return the PDF file of a sheet; the same content always gives the same bytes."""
    return draw_sheet(content)


def _own_results(catalog: Catalog, consultation: Consultation) -> tuple[SimulationResult, ...]:
    """Return every frame under the case's own answers and expenses."""
    return simulate(catalog, replace(consultation, scenarios=()))


def sheet_of(  # noqa: PLR0913  all that a sheet is made from
    catalog: Catalog,
    consultation: Consultation,
    office: Office,
    made_on: date,
    options: SheetOptions | None = None,
    *,
    plans: Plans | None = None,
) -> SheetContent:
    """Judge and calculate the consultation, and return every word and figure of its sheet.

    `plans` are those that the window shows; without them they are searched here, for 5 s of work
    at most, and the sheet says where that was not enough.
    """
    screenings = screen(catalog, consultation.answers)
    return build_sheet(
        catalog,
        consultation,
        screenings=screenings,
        results=_own_results(catalog, consultation),
        scenarios=worked_scenarios(catalog, consultation),
        ways=compared_ways(catalog, consultation, screenings),
        plans=plans or find_plans(catalog, consultation, TIME_LIMIT_S),
        office=office,
        made_on=made_on,
        options=options,
    )


def make_sheet(  # noqa: PLR0913  as above
    catalog: Catalog,
    consultation: Consultation,
    office: Office,
    made_on: date,
    options: SheetOptions | None = None,
    *,
    plans: Plans | None = None,
) -> bytes:
    """Return the PDF file of a consultation. `made_on` is the day printed as 作成日."""
    return write_sheet(sheet_of(catalog, consultation, office, made_on, options, plans=plans))
