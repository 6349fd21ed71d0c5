"""Whether the catalog still speaks for the day of a visit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.values.catalog import Catalog

_BEFORE = "visit_before_edition"
_AFTER = "visit_after_edition"


def parse_day(text: str | None) -> date | None:
    """Return the day of an ISO date, `None` when there is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def date_warnings(catalog: Catalog, consulted_on: str | None) -> tuple[str, ...]:
    """Return what must be said about a visit before the edition or long after it.

    `consulted_on` is an ISO date; about a day that is not known nothing is said.
    """
    day = parse_day(consulted_on)
    published = parse_day(catalog.edition.published_on)
    stale = parse_day(catalog.edition.stale_after)
    if day is None:
        return ()
    if published is not None and day < published:
        found = catalog.texts.get(_BEFORE, "")
    elif stale is not None and day >= stale:
        found = catalog.texts.get(_AFTER, "")
    else:
        found = ""
    return (found,) if found else ()
