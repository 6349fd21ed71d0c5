"""No rubbish of the source and no unfit character stands in any text of data.sqlite."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "data.sqlite"
RUBBISH = re.compile(r"○○|MYAE|長方形|^事業の内容$|TODO|FIXME")
PAGE_NUMBER = re.compile(r"^\s*(?:20|30)\s*$|(?<=。)\s*(?:20|30)$")


def text_columns():
    """Return every text of the file with the table and column that hold it."""
    connection = sqlite3.connect(f"file:{DATA}?mode=ro", uri=True)
    try:
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
        ]
        found = []
        for table in tables:
            cursor = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608  its own tables
            columns = [column[0] for column in cursor.description]
            for row in cursor:
                found += [
                    (f"{table}.{column}", value)
                    for column, value in zip(columns, row, strict=True)
                    if isinstance(value, str)
                ]
        return found
    finally:
        connection.close()


@pytest.fixture(scope="module")
def texts():
    found = text_columns()
    assert len(found) > 5_000
    return found


def strange(char: str) -> bool:
    """Whether a character must not reach screen or paper."""
    return (
        0x2E80 <= ord(char) <= 0x2FDF  # radicals
        or unicodedata.category(char) in {"Co", "Cn", "Cs"}  # private use, not assigned
        or (unicodedata.category(char) in {"Cc", "Cf"} and char != "\n")
        or "\ufe10" <= char <= "\ufe4f"  # forms for vertical text
    )


def test_no_radical_private_or_invisible_character(texts):
    assert [(place, text) for place, text in texts if any(strange(char) for char in text)] == []


def test_no_rubbish_of_the_source(texts):
    assert [(place, text) for place, text in texts if RUBBISH.search(text)] == []


def test_no_page_number_has_slipped_in(texts):
    # In these a number is a code or a figure of the size table.
    told = [one for one in texts if not one[0].startswith(("industr", "table_", "condition"))]
    assert [(place, text) for place, text in told if PAGE_NUMBER.search(text)] == []


def test_the_sieve_holds_back_what_it_should():
    assert all(strange(char) for char in "⼩⻑\uf06c︓\u200b")
    assert not any(strange(char) for char in "小長・：①髙")
    assert RUBBISH.search("（１）○○局 ○○課")
    assert RUBBISH.search("MYAE1543")
    assert PAGE_NUMBER.search("支援します。20")


def test_what_is_read_aloud_is_short(catalog):
    for question in catalog.questions.values():
        assert len(question.text) <= 75, question.text
        for sentence in question.help.split("。"):
            assert len(sentence) <= 75, sentence


EXPERT_WORDS = [
    "M&A",
    "事業承継",
    "経営者交代",
    "専門家活用型",
    "ベンチャー型",
    "生産性向上枠",
    "経営革新計画",
    "先端設備等導入計画",
    "交付決定",
    "採択",
    "公募要領",
    "概算要求",
    "補正予算",
    "予備費",
    "定額補助",
    "補助率",
    "内数",
    "精算払い",
    "立替",
    "相見積",
    "廃業費",
    "販路開拓",
    "みなし大企業",
    "小規模事業者",
    "中小企業者",
    "簡易課税",
    "本則課税",
    "GビズID",
    "Jグランツ",
    "公設試",
    "ものづくり基盤技術",
    "付加価値額",
    "最低賃金",
    "幹事企業",
    "連携体",
    "サプライチェーン",
    "ビジネスモデル",
    "IoT",
    "AI",
    "越境EC",
    "クラウドファンディング",
    "ブランディング",
    "地域未来牽引企業",
    "ハンズオン支援",
    "罹災（被災）証明書",
    "遡及適用",
    "復興事業計画",
    "経営者保証",
    "下請かけこみ寺",
    "官公需",
    "仲介手数料",
    "デューデリジェンス",
    "企業概要書",
    "事業引継ぎ支援センター",
    "事業承継ネットワーク",
    "後継者人材バンク",
    "中小企業再生支援協議会",
]


def test_every_expert_word_has_a_paraphrase_in_other_words(catalog):
    plain = {one.term: one.plain for one in catalog.glossary}
    assert [word for word in EXPERT_WORDS if word not in plain] == []
    assert [term for term, told in plain.items() if term in told or not told] == []
