"""Searches the catalog: normalized text in memory, fast enough for thousands of entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.values.text import search_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.values.catalog import Catalog, Entry

_BREAK = "\n"
"""Stands between texts so that no word matches across two of them; a typed word never has it."""


@dataclass(frozen=True, slots=True)
class _Searched:
    """The search keys of one entry, best first."""

    entry: Entry
    names: str
    keywords: str
    texts: str


class CatalogSearch:
    """Finds entries by words; two characters are enough, even one."""

    def __init__(self, catalog: Catalog) -> None:
        self._searched = [_searched(catalog, entry) for entry in catalog.entries.values()]

    def find(self, words: str) -> list[Entry]:
        """Return the entries that hold every word, best first; all of them for no word.

        Words are separated by spaces of any width. A hit in a name counts before one in a keyword,
        that before one in a text; equals keep catalog order.
        """
        keys = search_key(words).split()
        ranked: list[tuple[int, Entry]] = []
        for searched in self._searched:
            ranks = [_rank(searched, key) for key in keys]
            if None not in ranks:
                ranked.append((sum(rank for rank in ranks if rank is not None), searched.entry))
        ranked.sort(key=lambda hit: hit[0])
        return [entry for _, entry in ranked]


def _rank(searched: _Searched, key: str) -> int | None:
    """Return how good a hit is (0 best), None for no hit."""
    if f"{_BREAK}{key}" in searched.names:
        return 0
    places = (searched.names, searched.keywords, searched.texts)
    return next((rank for rank, text in enumerate(places, 1) if key in text), None)


def _searched(catalog: Catalog, entry: Entry) -> _Searched:
    categories = (*entry.base_categories, *entry.top_up_categories)
    texts = [
        entry.who,
        entry.what_for,
        *entry.targets,
        *entry.special,
        *(catalog.categories[category].label for category in categories),
        *(text for offer in entry.offers for text in (offer.label, offer.good_for)),
        *(text for contact in entry.contacts for text in (contact.section, contact.phone)),
        *(note.confirm for note in catalog.notes_of(entry.id)),
    ]
    return _Searched(
        entry,
        _keys((entry.short_name, entry.official_name, entry.plain_name, entry.program_name)),
        _keys((*entry.keywords, entry.id, entry.subsidy_type)),
        _keys(texts),
    )


def _keys(texts: Iterable[str]) -> str:
    return "".join(_BREAK + search_key(text) for text in texts if text)
