"""The first lines of every answer for people: whose case it is and what it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.wording import day_text, parse_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.values.catalog import Catalog
    from models.values.consultation import Consultation


def heading_lines(catalog: Catalog, consultation: Consultation) -> Iterator[str]:
    """Return title, day and edition, and the answers that this edition does not use."""
    day = parse_day(consultation.consulted_on)
    parts = [consultation.title, "" if day is None else day_text(day), catalog.edition.title]
    yield "　".join(part for part in parts if part)
    for question in consultation.ignored_answers:
        yield f"使わなかった回答: {catalog.retired[question].text}（{question}）"
