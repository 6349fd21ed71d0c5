"""Sets QR codes as pieces for the flow.

A module is 1.44 points wide: six dots of a 300-dpi printer and three of a 150-dpi scan, so that its
edges are sharp on paper and a photograph made with a telephone can be read.
"""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING

from reports.flow import Piece
from reports.pen import Align
from reports.table_layout import baseline

if TYPE_CHECKING:
    from reports.content_blocks import CodesBlock
    from reports.pen import Pen
    from reports.typography import TextStyle

MODULE = 1.44
QUIET = 4 * MODULE
"""White all round; the standard asks for four modules."""
ERROR_CORRECTION = "M"
"""A code stays readable with 15 % of it spoiled."""
_BLACK_IS_ONE = bytes.maketrans(b"\x00\xff", b"\x01\x00")


def code_pieces(block: CodesBlock, style: TextStyle, x: float, width: float) -> list[Piece]:
    """Return a piece for each row of codes, with their numbers below them."""
    codes = [_modules(text) for text in block.texts]
    if not codes:
        return []
    cell = max(map(len, codes)) * MODULE + 2 * QUIET
    across = max(1, int(width // cell))
    pieces: list[Piece] = []
    for start in range(0, len(codes), across):
        row = list(enumerate(codes[start : start + across], start=start + 1))

        def draw(pen: Pen, y: float, row: list[tuple[int, list[bytes]]] = row) -> None:
            for place, (number, rows) in enumerate(row):
                left = x + place * cell
                pen.squares(left + QUIET, y + QUIET, MODULE, rows)
                below = baseline(y + cell, style)
                pen.text((left + cell / 2, below), f"{number}/{len(codes)}", style, Align.CENTER)

        pieces.append(Piece(cell + style.leading, draw))
    return pieces


def _modules(text: str) -> list[bytes]:
    """Return the rows of a QR code, one byte a module, 0 where it is white."""
    # Loaded only for the copy that has codes. ReportLab's own encoder takes twenty times as long to
    # load and ten times as long to run.
    import zxingcpp  # noqa: PLC0415

    code = zxingcpp.create_barcode(  # pyright: ignore[reportUnknownMemberType]  loosely typed
        text, zxingcpp.BarcodeFormat.QRCode, ec_level=ERROR_CORRECTION
    )
    picture = code.to_image(scale=1, add_quiet_zones=False)
    shades = bytes(memoryview(picture)).translate(_BLACK_IS_ONE)  # pyright: ignore[reportArgumentType]
    side = isqrt(len(shades))
    return [shades[start : start + side] for start in range(0, len(shades), side)]
