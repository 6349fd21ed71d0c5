"""No id of a program, frame, question or category stands in Python: all of that is data."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.values.catalog import Catalog

ROOT = Path(__file__).parent.parent
# Words that are ids of the catalog and, for other reasons, words of the program too.
SHARED_WORDS = frozenset[str]()


def code_files() -> Iterator[Path]:
    yield ROOT / "main.py"
    for room in ("models", "reports", "ui"):
        yield from sorted((ROOT / room).rglob("*.py"))


def literals(file: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def test_no_id_of_the_catalog_is_a_literal(catalog: Catalog) -> None:
    ids = {
        *catalog.entries,
        *(entry.program_id for entry in catalog.entries.values()),
        *catalog.questions,
        *catalog.categories,
        *catalog.facts,
        *catalog.tables,
        *catalog.stages,
        *(note.id for note in catalog.notes),
    } - SHARED_WORDS
    found = [
        f"{file.relative_to(ROOT)}:{line} {text}"
        for file in code_files()
        for line, text in literals(file)
        if text in ids
    ]
    assert found == []
