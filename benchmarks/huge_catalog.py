"""A synthetic catalog of many programs, for the benchmarks: in memory, or compiled to a file.

python -m benchmarks.huge_catalog FILE
"""

from __future__ import annotations

import sys
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.catalog_build.assemble import assemble
from models.catalog_build.compile import write_catalog
from models.catalog_build.findings import check_catalog
from models.values.conditions import Leaf

if TYPE_CHECKING:
    from models.values.catalog import Catalog, Entry

CATALOG = Path(__file__).parent.parent / "resources" / "catalog"
HUGE = 20_000


def real_catalog() -> Catalog:
    """Return the catalog of the sources, as it is compiled."""
    return assemble(check_catalog(CATALOG).draft)


def huge_catalog(catalog: Catalog, programs: int = HUGE) -> Catalog:
    """Return the catalog with copies of its entries, none of which shares a condition."""
    entries = dict(catalog.entries)
    real = tuple(catalog.entries.values())
    for number in range(len(real), programs):
        copy = _copy(real[number % len(real)], number)
        entries[copy.id] = copy
    return replace(catalog, entries=entries)


def _copy(entry: Entry, number: int) -> Entry:
    return replace(
        _own(entry, number),
        id=f"{entry.id}-{number}",
        official_name=f"{entry.official_name} 第{number}号",
        short_name=f"{entry.short_name} {number}",
    )


def _own(value: Any, number: int) -> Any:
    """Return a copy in which every condition is one of its own."""
    if isinstance(value, tuple):
        return tuple(_own(part, number) for part in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    own = {field.name: _own(getattr(value, field.name), number) for field in fields(value)}
    if isinstance(value, Leaf):
        own["id"] = f"{value.id}-{number}"
    return type(value)(**own)


if __name__ == "__main__":
    write_catalog(huge_catalog(real_catalog()), Path(sys.argv[1]))
