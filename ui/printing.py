"""Sends the pages of a sheet to a printer, as pictures of at most 300 dots an inch."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from models.values.problems import UserFacingError
from ui.pdf_pages import PdfPages

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

MOST_DOTS = 300
PRINT_SERVICE, PRINT_SERVICE_FILE = "CUPS_SERVER", "/run/cups/cups.sock"
NO_PRINTER = (
    "プリンターが見つかりません。",
    "プリンターをつないで電源を入れるか、PDFに保存して、ほかのパソコンで印刷してください。",
)


def new_printer() -> QPrinter:
    """Return a printer at its finest, found without a network.

    Making one already asks Linux's print service for the default printer. Told its socket file, the
    service's library asks there; else it falls back to TCP on this machine. Whoever names another
    service in the environment, or has none to be reached by a file (Windows, macOS), keeps theirs.
    """
    from PySide6.QtPrintSupport import QPrinter  # noqa: PLC0415 - only to print

    if sys.platform.startswith("linux"):
        os.environ.setdefault(PRINT_SERVICE, PRINT_SERVICE_FILE)
    return QPrinter(QPrinter.PrinterMode.HighResolution)


def can_choose(printer: QPrinter, system: str = sys.platform) -> bool:
    """Return whether the system's dialog can open.

    Qt makes a printer into a PDF file where there is none. Linux's dialog then offers that file;
    Windows' own does not open, and says nothing.
    """
    from PySide6.QtPrintSupport import QPrinter  # noqa: PLC0415 - only to print

    native = QPrinter.OutputFormat.NativeFormat
    return system.startswith("linux") or printer.outputFormat() is native


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
