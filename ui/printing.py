"""Sends the pages of a sheet to a printer, as pictures of at most 300 dots an inch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from models.values.problems import UserFacingError
from ui.pdf_pages import PdfPages

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

MOST_DOTS = 300


def print_pdf(pdf: bytes, printer: QPrinter) -> int:
    """Print the chosen pages and return how many; raises `UserFacingError` when it cannot."""
    pages = PdfPages(pdf)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    first = max(1, printer.fromPage() or 1)
    last = min(len(pages), printer.toPage() or len(pages))
    painter = QPainter()
    if not painter.begin(printer):
        raise UserFacingError(
            "プリンターに送れませんでした。",
            "プリンターの電源と接続を確かめるか、PDFに保存して印刷してください。",
        )
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    dots = min(MOST_DOTS, printer.resolution())
    sheet = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
    for number in range(first - 1, last):
        if number >= first:
            printer.newPage()
        painter.drawImage(sheet, pages.image_at(number, dots))
    painter.end()
    return last - first + 1
