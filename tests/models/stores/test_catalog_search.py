from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from models.stores.catalog_search import CatalogSearch
from models.values.catalog import SearchWords

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


@pytest.mark.parametrize(
    ("typed", "entry", "among"),
    [
        ("継承", "jigyo-shokei/keieisha-kotai/gensoku", 2),
        ("しょうけい", "shokei-sogo-shien", 10),
        ("ひきつぎ", "shokei-sogo-shien", 10),
        ("あとつぎ", "jigyo-shokei/keieisha-kotai/gensoku", 2),
        ("跡取り", "jigyo-shokei/keieisha-kotai/gensoku", 2),
        ("後継者がいない", "shokei-sogo-shien", 3),
        ("会社を買いたい", "jigyo-shokei/senmonka/kaite", 3),
        ("会社を売りたい", "jigyo-shokei/senmonka/urite", 1),
        ("店じまい", "jigyo-shokei/senmonka/urite", 6),
        ("連帯保証", "saisei-shien", 2),
        ("みせ", "seisansei/jizokuka", 5),
        ("店舗", "seisansei/jizokuka", 5),
        ("きかい", "seisansei/monozukuri", 1),
        ("じぞくか", "seisansei/jizokuka", 1),
        ("もの作り", "seisansei/monozukuri", 2),
        ("集客", "seisansei/jizokuka", 3),
        ("HP", "seisansei/jizokuka", 2),
        ("ｈｐ", "seisansei/jizokuka", 2),
        ("ネットショップ", "japan-brand/jigyo", 1),
        ("宣伝", "seisansei/jizokuka", 1),
        ("ソフトウエア", "seisansei/it-donyu", 1),
        ("人手不足", "chiiki-mirai/wakamono-jinzai", 1),
        ("給料を上げる", "seisansei/monozukuri", 1),
        ("助成金", "seisansei/monozukuri", 12),
        ("借り入れ", "reference/seisaku-kinyu", 3),
        ("借金が返せない", "saisei-shien", 1),
        ("洪水", "nariwai/a", 1),
        ("罹災", "nariwai/a", 3),
        ("下請け", "torihiki-taisaku", 1),
        ("節税", "keiei-shigen-zeisei", 1),
    ],
)
def test_another_word_for_it_finds_it_too(
    search: CatalogSearch, typed: str, entry: str, among: int
) -> None:
    assert entry in ids(search, typed)[:among]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("じぞくかほじょきん", {"seisansei/jizokuka", "reference/jizokuka-hojokin-r2"}),
        ("水害の補助金", {"nariwai/a", "nariwai/b", "nariwai/c"}),
        ("洪水助成金", {"nariwai/a", "nariwai/b", "nariwai/c"}),
    ],
)
def test_words_typed_as_one_are_found_together(
    search: CatalogSearch, typed: str, meant: set[str]
) -> None:
    assert set(ids(search, typed)) == meant


def test_every_word_of_every_group_finds_what_the_group_finds(
    search: CatalogSearch, catalog: Catalog
) -> None:
    assert len(catalog.search_words) >= 60
    for group in catalog.search_words:
        found = set(ids(search, group.words[0]))
        assert found, group
        for word in (*group.words, *group.typed):
            assert found <= set(ids(search, word)), word


def test_the_very_word_comes_before_the_words_of_its_group(catalog: Catalog) -> None:
    named, alike, held = [
        replace(entry, short_name=name, who=who, keywords=())
        for entry, name, who in zip(
            list(catalog.entries.values())[:3],
            ("甲甲の枠", "乙乙の枠", "丙丙の枠"),
            ("誰か", "誰か", "乙乙と甲甲をする人"),
            strict=True,
        )
    ]
    few = CatalogSearch(
        replace(
            catalog,
            entries={one.id: one for one in (named, alike, held)},
            notes=(),
            search_words=(SearchWords(("甲甲", "乙乙"), ("丁丁",)),),
        )
    )
    assert ids(few, "甲甲") == [named.id, held.id, alike.id]
    assert ids(few, "乙乙") == [alike.id, held.id, named.id]
    assert ids(few, "丁丁") == [named.id, alike.id, held.id]
    assert ids(few, "丁") == []
    assert ids(few, "丁丁丁") == []


def test_letters_inside_an_id_are_no_hit(search: CatalogSearch) -> None:
    assert "chiiki-mirai/digital-keiei" not in ids(search, "AI")
    assert "seisansei/it-donyu" in ids(search, "it-donyu")
    assert ids(search, "seisansei/it-donyu") == ["seisansei/it-donyu"]
