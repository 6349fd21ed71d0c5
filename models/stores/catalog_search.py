"""Searches the catalog: normalized text in memory, fast enough for thousands of entries."""

from __future__ import annotations

from collections import defaultdict
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from models.values.text import sound_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.values.catalog import Catalog, Entry

_BREAK = "\n"
"""Stands between texts so that no word matches across two of them; a typed word never has it."""
_PAIR = 2
_OF = "の"
"""May stand between two words that are typed as one."""


class _Place:
    """One kind of text of every entry, with the entries of each character and pair of characters.

    One or two characters are looked up. For a longer word only the entries of its rarest pair are
    read: reading every text takes several times as long with thousands of programs.
    """

    __slots__ = ("_entries_of", "_texts")

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts
        self._entries_of = entries_of = defaultdict[str, list[int]](list)
        for index, text in enumerate(texts):
            for part in {*text, *map(add, text, text[1:])}:
                entries_of[part].append(index)

    def hits(self, word: str, besides: set[int]) -> list[int]:
        """Return the numbers of the entries whose text holds the word, in order."""
        if len(word) <= _PAIR:
            found = self._entries_of.get(word, [])
            return [index for index in found if index not in besides] if besides else found
        pairs = (word[at : at + _PAIR] for at in range(len(word) - 1))
        rarest = min((self._entries_of.get(pair, []) for pair in pairs), key=len)
        texts = self._texts
        return [index for index in rarest if index not in besides and word in texts[index]]


class CatalogSearch:
    """Finds entries by words; two characters are enough, even one.

    A word that stands in a group of `Catalog.search_words` finds what its whole group finds, and
    one that is made of such words what they find together.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._entries = tuple(catalog.entries.values())
        self._names = _Place([_names(entry) for entry in self._entries])
        self._keywords = _Place([_keywords(entry) for entry in self._entries])
        self._ids = _Place([_ids(entry) for entry in self._entries])
        self._texts = _Place([_texts(catalog, entry) for entry in self._entries])
        # Found once: a keystroke has no time to look six words up in thousands of programs.
        self._of_group: dict[str, list[list[int]]] = {}
        for group in catalog.search_words:
            tiers = self._tiers_of_any([sound_key(word) for word in group.words])
            typed = map(sound_key, (*group.words, *group.typed))
            self._of_group.update(dict.fromkeys(typed, tiers))
        self._longest = max(map(len, self._of_group), default=0)

    def find(self, words: str) -> list[Entry]:
        """Return the entries that hold every word, best first; all of them for no word.

        Words are separated by spaces of any width. A hit in a name counts before one in a keyword,
        that before one in a text, and all of them before a hit of another word of the group; equals
        keep catalog order.
        """
        keys = [*dict.fromkeys(sound_key(words).split())]
        if not keys:
            return [*self._entries]
        tiers = self._tiers(keys[0])
        for key in keys[1:]:
            tiers = _in_both(tiers, self._tiers(key))
        return [self._entries[index] for tier in tiers for index in tier]

    def _tiers(self, key: str) -> list[list[int]]:
        """Return the entries that hold a word, by how good the hit is, best first."""
        tiers: list[list[int]] = []
        seen: set[int] = set()
        for place, word in (
            (self._names, _BREAK + key),
            (self._names, key),
            (self._keywords, key),
            (self._ids, _BREAK + key),  # "ai" stands inside many an id by chance
            (self._texts, key),
        ):
            tiers.append(place.hits(word, seen))
            seen.update(tiers[-1])
        alike = self._alike(key)
        return [*tiers, *([index for index in tier if index not in seen] for tier in alike)]

    def _alike(self, key: str) -> list[list[int]]:
        """Return what the group of a word finds, or the groups of its parts find together.

        People put no space between 水害 and 補助金.
        """
        if key in self._of_group:
            return self._of_group[key]
        parts = self._parts(key)
        return reduce(_in_both, (self._of_group[part] for part in parts)) if parts else []

    def _parts(self, key: str) -> list[str]:
        """Return the words of groups that `key` is made of, as few as possible, [] for none."""
        ways: list[list[str] | None] = [[]]
        for end in range(1, len(key) + 1):
            best = ways[end - 1] if key[end - 1] == _OF else None
            for start in range(max(0, end - self._longest), end):
                way, part = ways[start], key[start:end]
                if way is not None and part in self._of_group:
                    best = min(best or [*way, part], [*way, part], key=len)
            ways.append(best)
        return ways[-1] or []

    def _tiers_of_any(self, keys: list[str]) -> list[list[int]]:
        """Return the entries that hold any of the words: in a name, a keyword, a text."""
        tiers: list[list[int]] = []
        seen: set[int] = set()
        for place in (self._names, self._keywords, self._texts):
            tiers.append(sorted({index for key in keys for index in place.hits(key, seen)}))
            seen.update(tiers[-1])
        return tiers


def _in_both(tiers: list[list[int]], others: list[list[int]]) -> list[list[int]]:
    """Return the entries of both lists of tiers, each in the tier of both its ranks together."""
    ranks = {index: rank for rank, tier in enumerate(others) for index in tier}
    both: list[list[int]] = [[] for _ in range(len(tiers) + len(others) - 1)]
    for rank, tier in enumerate(tiers):
        for index in tier:
            if index in ranks:
                both[rank + ranks[index]].append(index)
    return [sorted(tier) for tier in both]


def _names(entry: Entry) -> str:
    names = (entry.short_name, entry.official_name, entry.plain_name, entry.program_name)
    return _keys(names)


def _keywords(entry: Entry) -> str:
    return _keys((*entry.keywords, entry.subsidy_type))


def _ids(entry: Entry) -> str:
    return _keys((entry.id, *entry.id.split("/")))


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
