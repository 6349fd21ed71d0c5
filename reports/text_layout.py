"""Breaks Japanese text into lines (禁則処理) and cuts what is too long.

The text is drawn as it stands, character by character. There is no markup here, so nothing needs
escaping: `R&D` and `<b>` are ordinary words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from reports.fonts import Face, printable, text_width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ELLIPSIS = "…"
_NOT_AT_START = frozenset(
    "、。，．,.・：；:;？！?!)）]］}｝〕〉》」』】〙〗’”ーｰ―〜～~々〻ゝゞヽヾ"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶｧｨｩｪｫｬｭｮｯ｡､｣ﾞﾟ%％‰℃°…‥"
)
_NOT_AT_END = frozenset("(（[［{｛〔〈《「『【〘〖‘“￥¥$＄#＃@＠〒№｢")
_COUNTERS = frozenset("円万億兆千百割倍件人名者社年月日時分か回号行枚歳点条章")
_PAIRED = frozenset("…‥—―ー")
_SHORT_KATAKANA_WORD = re.compile("(?<![ァ-ヺー])[A-Za-z]?[ァ-ヺー]{2,8}(?![ァ-ヺー])")
"""Kept in one piece, with a letter before it (Gビズ): broken katakana is slow to read."""
_SHORT_ASIDE = re.compile("［[^［］]{1,10}］")
"""A stage in brackets, kept in one piece too."""
_TOLERANCE = 0.01
_WIDOW_EM = 3.0
"""A last line shorter than this many characters looks lost; lines are evened out then."""


def _is_word(char: str) -> bool:
    """Whether the character belongs to a Latin word or a number, which stay in one piece."""
    return (char.isascii() and not char.isspace()) or char in "￥¥"


def _is_digit(char: str) -> bool:
    return char in "0123456789０１２３４５６７８９"


def _belongs_to(before: str, char: str) -> bool:
    """Whether no line may end between the two characters."""
    return (
        char in _NOT_AT_START
        or before in _NOT_AT_END
        or (_is_word(before) and _is_word(char))
        or (_is_digit(before) and (_is_digit(char) or char in _COUNTERS))
        or (before in "万億千百" and (_is_digit(char) or char in "円人件社名者"))
        or (before == char and char in _PAIRED)
    )


def _clusters(text: str) -> list[str]:
    """Return the pieces of the text that must not be broken."""
    glued = {
        place
        for pattern in (_SHORT_KATAKANA_WORD, _SHORT_ASIDE)
        for word in pattern.finditer(text)
        for place in range(word.start() + 1, word.end())
    }
    pieces: list[list[str]] = []
    for place, char in enumerate(text):
        if place in glued or (place and _belongs_to(text[place - 1], char)):
            pieces[-1].append(char)
        else:
            pieces.append([char])
    return ["".join(piece) for piece in pieces]


def _hard_split(piece: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Cut a piece that is wider than a whole line; an address or an endless word ends up here."""
    parts: list[str] = []
    current: list[str] = []
    used = 0.0
    for char in piece:
        char_width = measure(char)
        if current and used + char_width > width + _TOLERANCE:
            parts.append("".join(current))
            current, used = [], 0.0
        current.append(char)
        used += char_width
    parts.append("".join(current))
    return parts


def _fill(pieces: list[tuple[str, float]], width: float) -> list[str]:
    """Put the pieces into lines, each as full as can be; spaces at a break fall away."""
    lines: list[str] = []
    current: list[str] = []
    used = 0.0
    for piece, piece_width in pieces:
        if current and used + piece_width > width + _TOLERANCE:
            if piece.isspace():
                continue
            lines.append("".join(current).rstrip(" "))
            current, used = [], 0.0
        if not current and lines and piece.isspace():
            continue
        current.append(piece)
        used += piece_width
    lines.append("".join(current).rstrip(" "))
    return lines


def _evened(
    lines: list[str], pieces: list[tuple[str, float]], width: float, em: float
) -> list[str]:
    """Return as many lines, but with a last line that is not a lone character or two."""
    last = sum(piece_width for _, piece_width in _pieces_of(lines[-1], pieces))
    if len(lines) == 1 or last >= _WIDOW_EM * em:
        return lines
    for step in range(1, int(_WIDOW_EM) + 1):
        narrower = _fill(pieces, width - step * em)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _pieces_of(line: str, pieces: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Return the pieces that make up the last line, counted from the end."""
    found: list[tuple[str, float]] = []
    length = 0
    for piece in reversed(pieces):
        if length >= len(line):
            break
        found.append(piece)
        length += len(piece[0])
    return found


@lru_cache(maxsize=4096)
def break_lines(text: str, width: float, size: float, face: Face = Face.TEXT) -> tuple[str, ...]:
    """Return the lines of the text, none wider than `width` points at `size` points.

    Line breaks of the text itself stay. Empty text has no lines.
    """
    if not text.strip():
        return ()

    def measure(piece: str) -> float:
        return text_width(piece, size, face)

    lines: list[str] = []
    for paragraph in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        drawn = printable(paragraph).rstrip()
        pieces: list[tuple[str, float]] = []
        for cluster in _clusters(drawn):
            cluster_width = measure(cluster)
            if cluster_width <= width + _TOLERANCE:
                pieces.append((cluster, cluster_width))
                continue
            pieces += [(part, measure(part)) for part in _hard_split(cluster, width, measure)]
        lines += _evened(_fill(pieces, width), pieces, width, size)
    return tuple(lines)


def break_title(text: str, width: float, size: float, face: Face = Face.TEXT) -> tuple[str, ...]:
    """Return the lines of a title, broken at its spaces wherever that is enough."""
    lines: list[str] = []
    for word in printable(text).split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size, face) <= width + _TOLERANCE:
            lines[-1] = joined
        else:
            lines += break_lines(word, width, size, face)
    return tuple(lines)


def fit_text(text: str, width: float, size: float, face: Face = Face.TEXT) -> str:
    """Return the text in one line of at most `width` points, cut with … when it is longer."""
    drawn = printable(text).strip()
    if text_width(drawn, size, face) <= width + _TOLERANCE:
        return drawn
    room = width - text_width(ELLIPSIS, size, face)
    head = _hard_split(drawn, room, lambda piece: text_width(piece, size, face))[0]
    return head.rstrip() + ELLIPSIS


def limit_lines(
    lines: Sequence[str], most: int, width: float, size: float, face: Face = Face.TEXT
) -> Sequence[str]:
    """Return at most `most` lines; the last one ends with … when something was left out."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and text_width(last + ELLIPSIS, size, face) > width + _TOLERANCE:
        last = last[:-1]
    return (*lines[: most - 1], last + ELLIPSIS)
