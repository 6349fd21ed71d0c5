"""What is typed on is found as if it were typed at once: what every text says, best first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.stores import catalog_search
from models.stores.catalog_search import CatalogSearch
from models.values.text import sound_key

if TYPE_CHECKING:
    from models.values.catalog import Catalog, Entry

_settings = settings(
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def _rank(catalog: Catalog, entry: Entry, key: str, parts: list[str]) -> int | None:
    names, keywords = catalog_search._names(entry), catalog_search._keywords(entry)
    texts = catalog_search._texts(catalog, entry)
    hits = [
        f"\n{key}" in names,
        key in names,
        key in keywords,
        f"\n{key}" in catalog_search._ids(entry),
        key in texts,
    ]
    if True in hits:
        return hits.index(True)
    groups = [_group_of(catalog, part) for part in parts]
    ranks = [_rank_of_any(words, (names, keywords, texts)) for words in groups]
    return None if None in ranks or not ranks else len(hits) + sum(rank or 0 for rank in ranks)


def _group_of(catalog: Catalog, key: str) -> list[str]:
    """Return what is looked for when a word of a group is typed."""
    for group in catalog.search_words:
        if key in map(sound_key, (*group.words, *group.typed)):
            return [sound_key(word) for word in group.words]
    raise AssertionError(key)


def _rank_of_any(words: list[str], texts: tuple[str, ...]) -> int | None:
    return next(
        (rank for rank, text in enumerate(texts) if any(word in text for word in words)), None
    )


def _by_reading(catalog: Catalog, search: CatalogSearch, words: str) -> list[str]:
    keys = {key: search._parts(key) for key in sound_key(words).split()}
    found: list[tuple[int, str]] = []
    for entry in catalog.entries.values():
        ranks = [_rank(catalog, entry, key, parts) for key, parts in keys.items()]
        if None not in ranks:
            found.append((sum(rank for rank in ranks if rank is not None), entry.id))
    return [entry for _, entry in sorted(found, key=lambda hit: hit[0])]


@pytest.fixture(scope="module")
def search(catalog: Catalog) -> CatalogSearch:
    return CatalogSearch(catalog)


@_settings
@given(data=st.data())
def test_typing_on_finds_what_reading_finds(
    catalog: Catalog, search: CatalogSearch, data: st.DataObject
) -> None:
    entries = [*catalog.entries.values()]
    typed: list[str] = []
    for _ in range(data.draw(st.integers(1, 3))):
        entry = data.draw(st.sampled_from(entries))
        group = data.draw(st.sampled_from(catalog.search_words))
        said = [entry.official_name, entry.who, *entry.keywords, *group.words, *group.typed]
        text = data.draw(st.sampled_from(said))
        start = data.draw(st.integers(0, len(text) - 1))
        typed.append(text[start : start + data.draw(st.integers(1, 6))])
    words = " ".join(typed)
    wanted = _by_reading(catalog, search, words)
    search.find("")
    assert [entry.id for entry in search.find(words)] == wanted
    search.find("")
    for end in range(1, len(words)):
        search.find(words[:end])
    assert [entry.id for entry in search.find(words)] == wanted
