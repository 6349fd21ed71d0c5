"""Searches the catalog: normalized text in memory, fast enough for thousands of entries."""

from __future__ import annotations

from itertools import compress, repeat
from operator import contains, not_
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
        self._keys: Sequence[str] = ()
        self._found: Sequence[int] = range(len(self._entries))

    def find(self, words: str) -> list[Entry]:
        """Return the entries that hold every word, best first; all of them for no word.

        Words are separated by spaces of any width. A hit in a name counts before one in a keyword,
        that before one in a text; equals keep catalog order.
        """
        keys = tuple(dict.fromkeys(sound_key(words).split()))
        if not _goes_on(self._keys, keys):
            self._keys, self._found = (), range(len(self._entries))
        found = self._found
        for key in keys:
            if key not in self._keys:
                found, _ = _split(self._all_texts, key, found)
        self._keys, self._found = keys, found
        tiers: Sequence[Sequence[int]] = [found]
        for key in keys:
            ranked = self._tiers(key, found)
            tiers = ranked if key is keys[0] else _in_both(tiers, ranked)
        return [self._entries[place] for tier in tiers for place in tier]

    def _tiers(self, key: str, found: Sequence[int]) -> list[Sequence[int]]:
        """Return the entries that hold a word, by how good the hit is, best first."""
        named, others = _split(self._names, key, found)
        begun, within = _split(self._names, _BREAK + key, named)
        return [begun, within, *_split(self._keywords, key, others)]


def _goes_on(before: Sequence[str], keys: Sequence[str]) -> bool:
    """Return whether nothing can be found by these words that was not found before."""
    return all(any(old in new for new in keys) for old in before)


def _split(texts: Sequence[str], word: str, places: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return the places whose text holds the word, and the others; all of it runs in C."""
    looked_at = texts if len(places) == len(texts) else map(texts.__getitem__, places)
    held = [*map(contains, looked_at, repeat(word))]
    return [*compress(places, held)], [*compress(places, map(not_, held))]


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
