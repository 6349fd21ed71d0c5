"""The first lines of every answer for people: whose case it is and what it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.judgement.visit_date import date_warnings, parse_day
from reports.wording import day_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.values.catalog import Catalog
    from models.values.consultation import Consultation


def heading_lines(catalog: Catalog, consultation: Consultation) -> Iterator[str]:
    """Return title, day and edition, what the day calls for, and the answers not used."""
    day = parse_day(consultation.consulted_on)
    parts = [consultation.title, "" if day is None else day_text(day), catalog.edition.title]
    yield "　".join(part for part in parts if part)
    for warning in date_warnings(catalog, consultation.consulted_on):
        yield f"！ {warning}"
    for question in consultation.ignored_answers:
        yield f"使わなかった回答: {catalog.retired[question].text}（{question}）"
