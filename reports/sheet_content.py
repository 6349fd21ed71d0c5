"""The consultation sheet as plain data: the one place from which both copies get their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.judgement.advice import fitting_advice
from reports.advisor_content import advisor_copy
from reports.content_blocks import CopyContent, CopyKind, SheetContent
from reports.fonts import lost_characters
from reports.owner_content import owner_copy
from reports.sheet_input import SheetInput, SheetOptions

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from models.planning.ways import WorkedScenario
    from models.values.catalog import Catalog
    from models.values.consultation import Consultation
    from models.values.office import Office
    from models.values.plan import Plans
    from models.values.results import Screening, SimulationResult
    from models.values.ways import Ways

FILE_TITLE = "相談シート"
CREATOR = "みちしるべ"
_COPIES: dict[CopyKind, Callable[[SheetInput], CopyContent]] = {
    CopyKind.OWNER: owner_copy,
    CopyKind.ADVISOR: advisor_copy,
}


def build_sheet(  # noqa: PLR0913  all findings about one consultation
    catalog: Catalog,
    consultation: Consultation,
    *,
    screenings: tuple[Screening, ...],
    results: tuple[SimulationResult, ...],
    scenarios: tuple[WorkedScenario, ...],
    ways: tuple[Ways, ...],
    plans: Plans,
    office: Office,
    made_on: date,
    options: SheetOptions | None = None,
) -> SheetContent:
    """Return every word and figure of the sheet. `made_on` is the day printed as 作成日.

    `results` are those of every frame under the case's own answers and expenses.
    """
    chosen = options or SheetOptions()
    given = SheetInput(
        catalog=catalog,
        consultation=consultation,
        screenings=screenings,
        results=results,
        scenarios=scenarios,
        ways=ways,
        plans=plans,
        advice=fitting_advice(catalog, consultation, screenings),
        office=office,
        made_on=made_on,
        options=chosen,
    )
    copies = tuple(_COPIES[kind](given) for kind in chosen.copies.kinds)
    return SheetContent(copies, FILE_TITLE, CREATOR)


def lost_on_paper(consultation: Consultation, office: Office) -> str:
    """Return, each once, the characters of typed text that the sheet can only show as 〓."""
    typed = [
        consultation.title,
        consultation.office,
        consultation.advisor,
        consultation.notes,
        *(str(value) for value in consultation.answers.values() if value is not None),
        *(expense.label for expense in consultation.expenses),
        *(scenario.name or "" for scenario in consultation.scenarios),
        *(each.label for one in consultation.scenarios for each in one.expenses or ()),
        office.name,
        *office.advisors,
        *(text for c in office.contacts for text in (c.label, c.phone, c.note)),
    ]
    return lost_characters("".join(typed))
