"""Texts: radicals that PDFs leak become ordinary characters; keys for searching."""

from __future__ import annotations

import re
import unicodedata

# The CJK radicals supplement and what Unicode's EquivalentUnifiedIdeograph data (13.0) names
# as the same character. U+2E80 (⺀) has no equivalent. NFKC knows only two of these.
_SUPPLEMENT = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞"
    "⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻"
    "⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘"
    "⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_SUPPLEMENT_ORDINARY = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小尐兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺"
    "母民氵氺灬爫爬丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿"
    "肉𦥑艹艺艻虎衤覀西见角𧢲讠贝𧾷车辶辷辸邑钅長镸长门𨸏阝雨青"
    "韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_KANGXI = range(0x2F00, 0x2FD6)
_RADICALS = str.maketrans(
    dict(zip(_SUPPLEMENT, _SUPPLEMENT_ORDINARY, strict=True))
    | {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in _KANGXI}
)
# Different forms of one character that people mix when they type or copy a name.
_VARIANTS = str.maketrans(
    "靱髙﨑濵濱邉邊齋齊斎嶋澤櫻國廣壽榮眞德", "靭高崎浜浜辺辺斉斉斉島沢桜国広寿栄真徳"
)
_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_COMPARED = _VARIANTS | _TO_HIRAGANA | str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_SOUNDS = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖづぢ", "あいうえおつやゆよわかけずじ", "ー")


def _runs_of(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{characters}]+")


# Most of a text stays as it is, and finding the runs that do not takes a tenth of the time that it
# takes to look every character up.
_RADICAL_RUNS = _runs_of("⺀-⿟")
_WIDTH_RUNS = _runs_of("\uff00-\uffef")
_COMPARED_RUNS = _runs_of("".join(map(chr, _COMPARED)))
_SOUND_RUNS = _runs_of("".join(map(chr, _SOUNDS)))


def replace_radicals(text: str) -> str:
    """Return `text` with CJK radicals (U+2E80–2FDF) as ordinary characters, all else unchanged."""
    return _RADICAL_RUNS.sub(lambda run: run[0].translate(_RADICALS), text)


def search_key(text: str) -> str:
    """Return `text` as it is compared in a search, never shown.

    Radicals, width, case, kind of kana and the usual variants of a character do not count. The
    store keeps such keys: a change here needs a migration.
    """
    if text.isascii():
        return text.casefold()
    # Radicals first: NFKC leaves most of the supplement as it is.
    plain = _WIDTH_RUNS.sub(lambda run: _nfkc(run[0]), replace_radicals(text))
    if not unicodedata.is_normalized("NFKC", plain):
        plain = _nfkc(plain)
    return _COMPARED_RUNS.sub(lambda run: run[0].translate(_COMPARED), plain.casefold())


def sound_key(text: str) -> str:
    """Return the search key in which small kana, long vowels and づ or ず do not count either.

    Nor do the spaces around it.
    """
    return _SOUND_RUNS.sub(lambda run: run[0].translate(_SOUNDS), search_key(text)).strip()


def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def without_brackets(label: str) -> str:
    """Return a label without the explanation that it may end with."""
    return label.partition("（")[0]
