"""Ways through a draft: everything inside an item, and every item with its program."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from models.catalog_build.schema_base import Located, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.catalog_build import schema
    from models.catalog_build.draft import Draft, Item

PartT = TypeVar("PartT", bound=Located)


def parts_of_type(value: object, kind: type[PartT]) -> Iterator[PartT]:
    """Yield the mappings of one kind in `value`."""
    for part in parts_of(value):
        if isinstance(part, kind):
            yield part


def program_items(draft: Draft) -> Iterator[Item[Located]]:
    """Yield the items of the program files."""
    yield from draft.entries
    yield from draft.notes
    yield from draft.advice
    yield from draft.comparisons
    yield from draft.combinations


def all_items(draft: Draft) -> Iterator[tuple[Located, schema.ProgramYaml | None]]:
    """Yield every item of the catalog with its program."""
    for question in draft.questions:
        yield question, None
    for fact in draft.facts:
        yield fact, None
    for item in program_items(draft):
        yield item.yaml, item.program
