"""Pages of a PDF file as pictures, for preview and printer."""

from __future__ import annotations

import pypdfium2
from PySide6.QtGui import QImage

POINTS_PER_INCH = 72


class PdfPages:
    """An open PDF file."""

    def __init__(self, pdf: bytes) -> None:
        self._document = pypdfium2.PdfDocument(pdf)

    def close(self) -> None:
        """Let go of the file; nothing can be asked of it any more."""
        self._document.close()

    def __len__(self) -> int:
        return len(self._document)

    def ratio(self, number: int) -> float:
        """Return height by width of a page."""
        width, height = self._document.get_page_size(number)
        return height / width

    def image(self, number: int, width: int) -> QImage:
        """Return a page as a picture of this width in pixels."""
        page_width, _ = self._document.get_page_size(number)
        return self._render(number, width / page_width)

    def image_at(self, number: int, dots_per_inch: int) -> QImage:
        """Return a page as a picture for a printer."""
        return self._render(number, dots_per_inch / POINTS_PER_INCH)

    def text(self, number: int) -> str:
        """Return the text of a page."""
        return self._document[number].get_textpage().get_text_bounded()

    def _render(self, number: int, scale: float) -> QImage:
        page = self._document[number]
        bitmap = page.render(scale=scale, prefer_bgrx=True)  # pyright: ignore[reportArgumentType]
        image = QImage(
            bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
        ).copy()  # the buffer goes with the bitmap
        bitmap.close()
        page.close()
        return image
