"""The real pages of a PDF file, as large as there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui.pdf_pages import PdfPages
from ui.theme import Role
from ui.widgets.basics import column, named

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from ui.theme import Theme

WIDEST = 900
MARGIN = 24
A4_RATIO = 297 / 210
SETTLE_MS = 120


class PageView(QWidget):
    """One page; its picture is made when it is first needed."""

    def __init__(self, theme: Theme, pages: PdfPages, number: int) -> None:
        super().__init__()
        self._theme = theme
        self._pages = pages
        self._number = number
        self._image: QImage | None = None
        self.setAccessibleName(f"{number + 1}ページ目")

    def fit(self, width: int) -> None:
        """Take this width; the old picture is stretched until the new one is made."""
        height = round(width * self._pages.ratio(self._number))
        self.setFixedSize(width, height)

    def render_page(self) -> bool:
        """Make the picture at the present size; tell whether there was anything to do."""
        wanted = round(self.width() * self.devicePixelRatioF())
        if self._image is not None and self._image.width() == wanted:
            return False
        self._image = self._pages.image(self._number, wanted)
        self.update()
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page with a thin frame."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect())
        painter.fillRect(box, self._theme.color(Role.SURFACE))
        if self._image is not None:
            painter.drawImage(box, self._image)
        painter.setPen(QPen(self._theme.color(Role.LINE_STRONG), 1))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()


class PagePreview(QScrollArea):
    """All pages, one below the other."""

    def __init__(self, theme: Theme, widest: int = WIDEST) -> None:
        super().__init__()
        self._theme = theme
        self._widest = widest
        self._pages: PdfPages | None = None
        self.views: list[PageView] = []
        self.setObjectName("pageScroll")
        self.setAccessibleName("シートの見本")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inner = named(QWidget(), "pageBody")
        self._layout = column(inner, margins=(MARGIN, 18, MARGIN, 24), gap=16)
        self._layout.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(inner)
        # One page in each turn of the event loop, after a change of size has settled.
        self._work = QTimer(self)
        self._work.setSingleShot(True)
        self._work.timeout.connect(self._on_work_timeout)

    def show_pdf(self, pdf: bytes) -> None:
        """Show another file; the place on the pages stays."""
        place = self.verticalScrollBar().value()
        self.clear()
        self._pages = PdfPages(pdf)
        self.views = [PageView(self._theme, self._pages, n) for n in range(len(self._pages))]
        for view in self.views:
            self._layout.addWidget(view)
        self._fit()
        self._layout.activate()
        if self.views:
            self.views[0].render_page()
        self.verticalScrollBar().setValue(place)
        self._work.start(0)

    def clear(self) -> None:
        """Show no page, and let go of the file."""
        self._work.stop()
        self.views = []
        while (item := self._layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if self._pages is not None:
            self._pages.close()
            self._pages = None

    def page_count(self) -> int:
        """Return the number of pages."""
        return len(self.views)

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(620, 800)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new width."""
        super().resizeEvent(event)
        self._fit()
        self._work.start(SETTLE_MS)

    def _fit(self) -> None:
        room = self.viewport().width() - 2 * MARGIN
        width = max(200, min(self._theme.px(self._widest), room))
        for view in self.views:
            view.fit(width)

    def _on_work_timeout(self) -> None:
        if any(view.render_page() for view in self.views):
            self._work.start(0)
