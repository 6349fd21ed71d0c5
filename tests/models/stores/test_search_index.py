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


def _rank(catalog: Catalog, entry: Entry, key: str) -> int | None:
    names = catalog_search._names(entry)
    if f"\n{key}" in names:
        return 0
    texts = (names, catalog_search._keywords(entry), catalog_search._texts(catalog, entry))
    return next((rank for rank, text in enumerate(texts, 1) if key in text), None)


def _by_reading(catalog: Catalog, words: str) -> list[str]:
    found: list[tuple[int, str]] = []
    for entry in catalog.entries.values():
        ranks = [_rank(catalog, entry, key) for key in dict.fromkeys(sound_key(words).split())]
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
        text = data.draw(st.sampled_from([entry.official_name, entry.who, *entry.keywords]))
        start = data.draw(st.integers(0, len(text) - 1))
        typed.append(text[start : start + data.draw(st.integers(1, 6))])
    words = " ".join(typed)
    wanted = _by_reading(catalog, words)
    search.find("")
    assert [entry.id for entry in search.find(words)] == wanted
    search.find("")
    for end in range(1, len(words)):
        search.find(words[:end])
    assert [entry.id for entry in search.find(words)] == wanted
