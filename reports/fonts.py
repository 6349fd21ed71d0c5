"""The shipped fonts: registered once, and text cut into runs that each have every glyph.

ReportLab draws a box for a missing glyph and says nothing. Here a character that the wanted face
lacks comes from the fallback face, and what no face has becomes 〓 and can be reported beforehand.
There is no shaping on purpose: BIZ UD's default ligatures turn 株式会社 into a single cell.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Protocol, cast

from reportlab.pdfbase import pdfmetrics, ttfonts

from models.values.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

GETA = "〓"
"""Stands where no font has the character."""
BOXES = "☐☑"
"""Drawn as shapes: no shipped font has them."""
_FALLBACK = "NotoSansJP-Regular"
_BMP_END = 0xFFFF
_BFCHAR_ROWS = 100
"""The PDF specification allows no more rows in one bfchar block."""
_KANA_WITH_MARK = re.compile("[\u3041-\u30fe][\u3099\u309a]")
_LATIN_WITH_MARKS = re.compile("[A-Za-z][\u0300-\u036f]+")
_VARIATION_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0), range(0x180B, 0x180E))
_NARROW_MARKS = ",."
"""As wide as a digit in the FIGURES faces, which tears 1, 550 apart; the TEXT faces lend theirs."""
_register_lock = Lock()


class Face(Enum):
    """A face to write in; the values are the names of font and file.

    Figures stand in the FIGURES faces: their digits share one width, those of TEXT do not.
    """

    TEXT = "BIZUDPGothic-Regular"
    TEXT_BOLD = "BIZUDPGothic-Bold"
    FIGURES = "BIZUDGothic-Regular"
    FIGURES_BOLD = "BIZUDGothic-Bold"

    @property
    def bold(self) -> Face:
        """The bold face of the same kind."""
        return Face.TEXT_BOLD if self in {Face.TEXT, Face.TEXT_BOLD} else Face.FIGURES_BOLD


_PROPORTIONAL = {Face.FIGURES: Face.TEXT, Face.FIGURES_BOLD: Face.TEXT_BOLD}


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that one font draws; `font` is "" for the check boxes, which are shapes."""

    text: str
    font: str


class _FontFile(Protocol):
    charToGlyph: Mapping[int, int]  # noqa: N815  ReportLab's name

    def getCharWidth(self, code: int) -> float: ...  # noqa: N802


class _Font(Protocol):
    face: _FontFile


def _to_unicode_cmap(font_name: str, subset: Sequence[int]) -> str:
    """Return a ToUnicode map that also holds characters above U+FFFF.

    ReportLab writes such a code with five digits, and readers then copy out another character.
    """
    rows = [
        f"<{place:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        for place, code in enumerate(subset)
        if code
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
        f"/CMapName /{font_name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(subset) - 1:02X}>",
        "endcodespacerange",
    ]
    for start in range(0, len(rows), _BFCHAR_ROWS):
        block = rows[start : start + _BFCHAR_ROWS]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


@cache
def _registered() -> dict[str, _FontFile]:
    ttfonts.makeToUnicodeCMap = _to_unicode_cmap
    files: dict[str, _FontFile] = {}
    for name in (*(face.value for face in Face), _FALLBACK):
        path = resource_path("resources", "fonts", f"{name}.ttf")
        font = ttfonts.TTFont(name, str(path), asciiReadable=False, shapable=False)
        pdfmetrics.registerFont(font)  # pyright: ignore[reportUnknownMemberType]  untyped library
        files[name] = cast("_Font", font).face
    return files


def register_fonts() -> Mapping[str, _FontFile]:
    """Register the shipped fonts with ReportLab; costs about 0.3 s once, then nothing."""
    with _register_lock:
        return _registered()


def _is_dropped(char: str) -> bool:
    code = ord(char)
    if any(code in selectors for selectors in _VARIATION_SELECTORS):
        return True
    # Cc: control characters; Cf: joiners, direction marks, soft hyphens. None has a shape.
    return unicodedata.category(char) in {"Cc", "Cf"}


@lru_cache(maxsize=4096)
def printable(text: str) -> str:
    """Return the text as it can be drawn in one line: no control characters, marks composed.

    Only kana and Latin letters are composed. Whole-text normalization would exchange name kanji
    (神 U+FA19) for others.
    """
    spaced = re.sub("[\t\n\r\u00a0\u2028\u2029]", " ", text)
    kept = "".join(char for char in spaced if not _is_dropped(char))
    for pattern in (_KANA_WITH_MARK, _LATIN_WITH_MARKS):
        kept = pattern.sub(lambda match: unicodedata.normalize("NFC", match.group()), kept)
    return kept


def _font_for(char: str, face: Face, files: Mapping[str, _FontFile]) -> str:
    if char in BOXES:
        return ""
    if char in _NARROW_MARKS:
        face = _PROPORTIONAL.get(face, face)
    for name in (face.value, _FALLBACK):
        if ord(char) in files[name].charToGlyph:
            return name
    return "lost"


@lru_cache(maxsize=8192)
def split_runs(text: str, face: Face) -> tuple[Run, ...]:
    """Cut printable text into runs by font; what no font has is replaced by 〓."""
    files = register_fonts()
    runs: list[tuple[str, list[str]]] = []
    for char in printable(text):
        name = _font_for(char, face, files)
        drawn = GETA if name == "lost" else char
        name = face.value if name == "lost" else name
        if runs and runs[-1][0] == name:
            runs[-1][1].append(drawn)
        else:
            runs.append((name, [drawn]))
    return tuple(Run("".join(chars), name) for name, chars in runs)


def lost_characters(text: str) -> str:
    """Return, each once and in order, the characters that the paper can only show as 〓."""
    files = register_fonts()
    lost = [char for char in printable(text) if _font_for(char, Face.TEXT, files) == "lost"]
    return "".join(dict.fromkeys(lost))


@cache
def _em_width(char: str, face: Face) -> float:
    """Return the width of one character as a share of the font size."""
    if char in BOXES:
        return 1.0
    files = register_fonts()
    name = _font_for(char, face, files)
    code = ord(GETA if name == "lost" else char)
    return files[face.value if name == "lost" else name].getCharWidth(code) / 1000


def _width_in_em(chars: Iterable[str], face: Face) -> float:
    return sum(_em_width(char, face) for char in chars)


@lru_cache(maxsize=16384)
def text_width(text: str, size: float, face: Face = Face.TEXT) -> float:
    """Return the width in points of the text in one line at `size` points."""
    return _width_in_em(printable(text), face) * size
