"""Searches the catalog: normalized text in memory, fast enough for thousands of entries."""

from __future__ import annotations

from itertools import compress, repeat
from operator import contains
from typing import TYPE_CHECKING

from models.values.text import sound_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from models.values.catalog import Catalog, Entry

_BREAK = "\n"
"""Stands before each text, so that no word matches across two; a typed word never has it."""


class CatalogSearch:
    """Finds entries by words; two characters are enough, even one.

    Every text is read for a word: an index of thousands of programs would take seconds to build.
    While one goes on typing, only what was found so far is read.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._entries = tuple(catalog.entries.values())
        self._names = [_names(entry) for entry in self._entries]
        self._keywords = [_keywords(entry) for entry in self._entries]
        self._all_texts = [
            names + keywords + _texts(catalog, entry)
            for entry, names, keywords in zip(
                self._entries, self._names, self._keywords, strict=True
            )
        ]
        self._places = range(len(self._entries))
        self._found: dict[str, Sequence[int]] = {}

    def find(self, words: str) -> list[Entry]:
        """Return the entries that hold every word, best first; all of them for no word.

        Words are separated by spaces of any width. A hit in a name counts before one in a keyword,
        that before one in a text; equals keep catalog order.
        """
        keys = sound_key(words).split()
        if not keys:
            self._found = {}
            return [*self._entries]
        found = {key: self._hits(key) for key in keys}
        self._found = found
        tiers = self._tiers(keys[0])
        for key in keys[1:]:
            tiers = _in_both(tiers, self._tiers(key))
        return [self._entries[place] for tier in tiers for place in tier]

    def _hits(self, key: str) -> Sequence[int]:
        """Return the places of the entries that hold a word anywhere, in order."""
        if key in self._found:
            return self._found[key]
        inside = [places for word, places in self._found.items() if word in key]
        return _holding(self._all_texts, key, min(inside, key=len) if inside else self._places)

    def _tiers(self, key: str) -> list[Sequence[int]]:
        """Return the entries that hold a word, by how good the hit is, best first."""
        tiers: list[Sequence[int]] = []
        left = self._found[key]
        places = ((self._names, _BREAK + key), (self._names, key), (self._keywords, key))
        for texts, word in places:
            tiers.append(_holding(texts, word, left))
            if tiers[-1]:
                taken = set(tiers[-1])
                left = [place for place in left if place not in taken]
        return [*tiers, left]


def _holding(texts: Sequence[str], word: str, places: Sequence[int]) -> list[int]:
    """Return those of the places whose text holds the word; nothing here runs in Python."""
    looked_at = texts if len(places) == len(texts) else map(texts.__getitem__, places)
    return [*compress(places, map(contains, looked_at, repeat(word)))]


def _in_both(
    tiers: Sequence[Sequence[int]], others: Sequence[Sequence[int]]
) -> list[Sequence[int]]:
    """Return the entries of both lists of tiers, each in the tier of both its ranks together."""
    ranks = {place: rank for rank, tier in enumerate(others) for place in tier}
    both: list[list[int]] = [[] for _ in range(len(tiers) + len(others) - 1)]
    for rank, tier in enumerate(tiers):
        for place in tier:
            if place in ranks:
                both[rank + ranks[place]].append(place)
    return [sorted(tier) for tier in both]


def _names(entry: Entry) -> str:
    names = (entry.short_name, entry.official_name, entry.plain_name, entry.program_name)
    return _keys(names)


def _keywords(entry: Entry) -> str:
    return _keys((*entry.keywords, entry.id, entry.subsidy_type))


def _texts(catalog: Catalog, entry: Entry) -> str:
    categories = (*entry.base_categories, *entry.top_up_categories)
    return _keys(
        (
            entry.who,
            entry.what_for,
            *entry.targets,
            *entry.special,
            *(catalog.categories[category].label for category in categories),
            *(text for offer in entry.offers for text in (offer.label, offer.good_for)),
            *(text for contact in entry.contacts for text in (contact.section, contact.phone)),
            *(note.confirm for note in catalog.notes_of(entry.id)),
        )
    )


def _keys(texts: Iterable[str]) -> str:
    return "".join(_BREAK + sound_key(text) for text in texts if text)
