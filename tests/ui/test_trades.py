"""Everyday words for a trade find their class, and a trade of two kinds is asked which weighs more.

The classes are those of the 日本標準産業分類, rev. 13. Where a trade makes what it sells, the class
it falls into when it sells to people who come in stands first.
"""

import pytest

from ui.widgets.question_controls import MOST_WEIGHED, industry_options
from ui.widgets.suggest_field import find, fitting

LEAST_WORDS = 4
ONE_CLASS = {
    "01": "農家 米農家 いちご農家 酪農 養鶏 きのこ 植木屋 養蜂",
    "02": "林業 木こり 薪",
    "03": "漁師 定置網 海女",
    "04": "養殖 牡蠣 真珠",
    "05": "採石 砂利",
    "06": "工務店 土建屋 解体屋 リフォーム 造園業 外構",
    "07": "大工 左官 屋根屋 瓦屋 ペンキ屋 とび 内装 防水 足場",
    "08": "水道屋 電気工事 設備屋 空調",
    "10": "焼酎 クラフトビール 製氷",
    "11": "縫製 織物 染物 タオル",
    "12": "製材所 桶 竹細工",
    "13": "家具作り 障子",
    "14": "段ボール 和紙",
    "15": "印刷 製本",
    "16": "花火 ろうそく 化粧品製造",
    "18": "プラスチック 射出成形",
    "191": "タイヤ",
    "192": "長靴",
    "193": "パッキン",
    "199": "ゴム手袋",
    "20": "革小物 ランドセル",
    "21": "陶器 生コン れんが",
    "22": "鋳物 鍛造",
    "23": "アルミ 電線",
    "24": "ネジ ばね 溶接 メッキ プレス 切削 町工場",
    "25": "ポンプ 歯車",
    "26": "金型 旋盤 工作機械",
    "27": "医療機器 はかり",
    "28": "半導体 プリント基板",
    "29": "モーター 制御盤",
    "30": "無線機",
    "31": "自動車部品 造船",
    "32": "看板屋 人形 三味線",
    "38": "ケーブルテレビ",
    "39": "システム開発 アプリ開発",
    "411": "動画制作",
    "413": "新聞社",
    "414": "出版社",
    "43": "タクシー 観光バス",
    "44": "運送会社 軽貨物 引越し",
    "47": "倉庫",
    "52": "食品卸 魚の仲買",
    "56": "百貨店",
    "57": "洋服屋 古着屋",
    "58": "八百屋 酒屋 スーパー コンビニ 直売所 道の駅",
    "60": "花屋 本屋 薬局 文房具屋 ガソリンスタンド 土産物屋 ペットショップ リサイクルショップ",
    "61": "ネットショップ 通販",
    "67": "保険代理店",
    "68": "不動産屋",
    "692": "アパート経営 大家",
    "693": "駐車場",
    "70": "レンタカー リース",
    "72": "税理士 社労士 デザイン 司法書士",
    "73": "広告代理店",
    "74": "設計事務所 測量 写真館 動物病院",
    "75": "旅館 民宿 ホテル ゲストハウス キャンプ場 民泊",
    "76": "そば屋 うどん屋 ラーメン屋 寿司屋 居酒屋 焼肉屋 喫茶店 スナック お好み焼き屋 食堂",
    "77": "仕出し屋 キッチンカー 給食",
    "78": "床屋 美容室 クリーニング 銭湯 エステ コインランドリー",
    "791": "旅行会社",
    "793": "お直し",
    "796": "葬儀屋 結婚式場",
    "799": "便利屋 トリミング",
    "80": "カラオケ パチンコ ゴルフ場 ジム 釣り船",
    "82": "学習塾 ピアノ教室 英会話 水族館",
    "83": "歯医者 整骨院 鍼灸 訪問看護",
    "85": "デイサービス 保育園 放課後デイ",
    "88": "産廃 ごみ",
    "89": "車検 板金塗装",
    "90": "鍵屋 包丁研ぎ",
    "91": "人材派遣",
    "92": "警備 清掃 ビルメン",
    "94": "お寺",
}
SEVERAL_CLASSES = {
    "和菓子屋": "58 09", "パン屋": "58 09", "ベーカリー": "58 09", "ケーキ屋": "58 09",
    "せんべい屋": "58 09", "豆腐屋": "58 09", "惣菜屋": "58 09 77", "弁当屋": "77 09 58",
    "漬物屋": "58 09", "味噌屋": "58 09", "醤油屋": "58 09", "干物屋": "58 09", "肉屋": "58 09",
    "魚屋": "58 09", "アイスクリーム屋": "58 09", "製麺所": "09 58", "米屋": "58 09",
    "コーヒー豆": "58 10", "コーヒー豆の焙煎販売": "58 10", "コーヒー焙煎": "10 58",
    "お茶屋": "58 10", "酒蔵": "10 58 76", "ワイナリー": "10 58 76",
    "畳屋": "60 07 32 90", "畳店": "60 32", "建具屋": "60 07 13", "家具屋": "60 13",
    "仏壇屋": "60 13", "はんこ屋": "60 32", "印章": "60 32", "眼鏡屋": "60 27 32",
    "時計屋": "60 32 90", "宝石屋": "60 32", "石屋": "60 21", "窯元": "21 60", "漆器": "32 60",
    "金物屋": "60 24", "靴屋": "57 20 90", "かばん屋": "57 20", "布団屋": "57 11",
    "呉服屋": "57 11", "テーラー": "57 11 793", "仕立て屋": "57 793", "洋裁店": "57 793",
    "自動車整備": "89 59", "車屋": "59 89", "バイク屋": "59 89", "自転車屋": "59 31 90",
    "電気屋": "08 59", "電器屋": "59 90", "農機具屋": "59 90", "材木屋": "53 60",
    "表具屋": "90 60", "ホームページ制作": "39 415 72",
}  # fmt: skip


@pytest.fixture(scope="module")
def options(catalog):
    return industry_options(catalog)


@pytest.mark.parametrize(
    ("word", "code"),
    [(word, code) for code, words in ONE_CLASS.items() for word in words.split()],
)
def test_a_plain_word_finds_its_class_and_no_other_size(options, catalog, word, code):
    assert find(options, word)[0].value == code
    rows = {catalog.industries[one.value].rows for one in fitting(options, word)}
    assert rows == {catalog.industries[code].rows}


@pytest.mark.parametrize(("word", "codes"), SEVERAL_CLASSES.items())
def test_a_trade_of_two_kinds_is_offered_and_weighed(options, catalog, word, codes):
    found = [one.value for one in fitting(options, word)]
    assert found == codes.split()
    assert [one.value for one in find(options, word)][: len(found)] == found
    assert len(found) <= MOST_WEIGHED
    assert len({catalog.industries[code].rows for code in found}) > 1


def test_a_sentence_with_the_trade_in_it_finds_it_too(options):
    assert find(options, "うちはそば屋です")[0].value == "76"
    assert fitting(options, "") == []


def test_every_middle_class_has_several_words(catalog):
    words = {}
    for code, industry in catalog.industries.items():
        words.setdefault(code[:2], set()).update(industry.keywords)
    assert {code for code, held in words.items() if len(held) < LEAST_WORDS} == set()


def test_no_class_names_a_word_twice(catalog):
    for industry in catalog.industries.values():
        assert len(set(industry.keywords)) == len(industry.keywords)
