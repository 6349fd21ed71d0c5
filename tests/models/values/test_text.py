from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.text import replace_radicals, search_key, sound_key

RADICALS = [chr(code) for code in range(0x2E80, 0x2FE0) if unicodedata.name(chr(code), "")]
NO_EQUIVALENT = "\u2e80"


@pytest.mark.parametrize("radical", [one for one in RADICALS if one != NO_EQUIVALENT])
def test_every_radical_becomes_an_ordinary_character(radical: str) -> None:
    ordinary = replace_radicals(radical)
    assert len(ordinary) == 1
    assert not 0x2E80 <= ord(ordinary) < 0x2FE0
    assert unicodedata.category(ordinary) == "Lo"


@pytest.mark.parametrize(
    ("leaked", "ordinary"),
    [("⺠間", "民間"), ("⻑野", "長野"), ("⻄", "西"), ("⻘森", "青森"), ("⻩", "黄"), ("⻭", "歯"),
     ("⼈⽣", "人生"), ("⿓", "龍"), ("⾦", "金"), ("⾒⽅", "見方")],
)  # fmt: skip
def test_radicals_of_government_papers(leaked: str, ordinary: str) -> None:
    assert replace_radicals(leaked) == ordinary


def test_nothing_else_changes() -> None:
    kept = "①②Ⅳ㈱ＡＢＣ１２３ｶﾀｶﾅ～−①々〆ヶ髙﨑靱𠮷\u3000\n"
    assert replace_radicals(kept) == kept


@given(st.text())
def test_display_text_keeps_its_length(text: str) -> None:
    assert len(replace_radicals(text)) == len(text)
    assert replace_radicals(replace_radicals(text)) == replace_radicals(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＩＴ導入", "it導入"),
        ("サプライチェーン", "さぷらいちぇーん"),
        ("ｻﾎﾟｲﾝ", "サポイン"),
        ("強靱化", "強靭化"),
        ("⻑野", "長野"),
        ("①", "1"),
        ("髙橋", "高橋"),
        ("Ｍ＆Ａ", "m&a"),
        ("03−3501", "03-3501"),
        ("㈱山田", "(株)山田"),
    ],
)
def test_search_keys_meet(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("キャッシュ", "キヤツシユ"),
        ("サーバー", "サーバ"),
        ("つづける", "つずける"),
        (" 店　", "店"),
    ],
)
def test_sound_keys_meet(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other)
    assert search_key(one) != search_key(other)


def test_search_keys_differ_where_the_words_do() -> None:
    assert search_key("承継") != search_key("継承")
    assert search_key("ハ") != search_key("バ")
