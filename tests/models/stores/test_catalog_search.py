from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from models.stores.catalog_search import CatalogSearch

if TYPE_CHECKING:
    from models.values.catalog import Catalog


@pytest.fixture(scope="module")
def search(catalog: Catalog) -> CatalogSearch:
    return CatalogSearch(catalog)


def ids(search: CatalogSearch, words: str) -> list[str]:
    return [entry.id for entry in search.find(words)]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("ものづくり補助金", "seisansei/monozukuri"),
        ("モノヅクリ", "seisansei/monozukuri"),
        ("ＩＴ導入", "seisansei/it-donyu"),
        ("it導入", "seisansei/it-donyu"),
        ("持続", "seisansei/jizokuka"),
        ("サポイン", "senryaku-kiban/sapoin"),
        ("なりわい　C", "nariwai/c"),
        ("kigyokan", "kodo-renkei/kigyokan"),
    ],
)
def test_best_first(search: CatalogSearch, words: str, first: str) -> None:
    assert ids(search, words)[0] == first


def test_two_characters_are_enough(search: CatalogSearch) -> None:
    assert len(ids(search, "承継")) >= 6
    assert ids(search, "買収")


def test_every_word_must_be_found(search: CatalogSearch) -> None:
    both = set(ids(search, "承継 買い手"))
    assert both
    assert both <= set(ids(search, "承継")) & set(ids(search, "買い手"))
    assert both == set(ids(search, "買い手　承継"))


def test_nothing_and_everything(search: CatalogSearch, catalog: Catalog) -> None:
    assert ids(search, "宇宙旅行") == []
    assert ids(search, "  ") == list(catalog.entries)


def test_leaked_radicals_and_variants_find_the_same(search: CatalogSearch) -> None:
    assert ids(search, "強靱化") == ids(search, "強靭化")
    assert ids(search, "⻑野") == ids(search, "長野")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("M＆A", "M&A"),
        ("ｍ＆ａ", "M&A"),
        ("さぷらいちぇーん", "サプライチェーン"),
        ("サプライチエーン", "サプライチェーン"),
        ("サプライチェン", "サプライチェーン"),
        ("ｻﾌﾟﾗｲﾁｪｰﾝ", "サプライチェーン"),
        ("ものずくり", "ものづくり"),
        ("⺠間", "民間"),
        ("強靱", "強靭"),
        ("０３", "03"),
    ],
)
def test_what_people_type_finds_what_they_mean(
    search: CatalogSearch, typed: str, meant: str
) -> None:
    assert ids(search, meant)
    assert ids(search, typed) == ids(search, meant)


def test_words_do_not_match_across_two_texts(catalog: Catalog) -> None:
    entry = next(iter(catalog.entries.values()))
    made = replace(entry, short_name="甲乙", official_name="丙丁")
    alone = CatalogSearch(replace(catalog, entries={made.id: made}, notes=()))
    assert ids(alone, "甲乙") == [made.id]
    assert ids(alone, "乙丙") == []
