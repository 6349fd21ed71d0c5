"""Rows to and from a spreadsheet: tab-separated text, quoted where a cell holds a line break."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from models.values.text import search_key
from ui.tables.expense_rows import HEADER_WORDS, Column

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_TITLES = 2
LONGEST_PASTE = 1_000_000
"""Characters; a spreadsheet of a thousand expenses has a tenth of it."""


def cells_of(text: str) -> list[list[str]]:
    """Return the cells of copied rows; line breaks inside a cell become spaces."""
    csv.field_size_limit(LONGEST_PASTE + 1)  # else it is an error that no paste expects
    rows = csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), delimiter="\t")
    return [[" ".join(cell.split()) for cell in one] for one in rows if any(map(str.strip, one))]


def text_of(cells: Sequence[Sequence[str]]) -> str:
    """Return cells as a spreadsheet takes them."""
    return "\n".join("\t".join(one) for one in cells)


def column_plan(cells: list[list[str]], first: Column) -> tuple[list[Column | None], int, int]:
    """Return the column of each pasted cell, how many rows are titles, how many cells have no room.

    A first row of titles says which column is which; otherwise the cells go to the right from
    `first`.
    """
    width = max((len(one) for one in cells), default=0)
    titles = [HEADER_WORDS.get(search_key(cell.strip())) for cell in cells[0]] if cells else []
    known = [one for one in titles if one is not None]
    if len(known) >= LEAST_TITLES and len(set(known)) == len(known):
        padded = titles + [None] * (width - len(titles))
        return padded, 1, sum(one is None for one in padded)
    plan: list[Column | None] = [
        Column(first + place) if first + place < len(Column) else None for place in range(width)
    ]
    return plan, 0, sum(one is None for one in plan)
