"""The scrolling room of a page or a panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui.widgets.basics import column, named

if TYPE_CHECKING:
    from PySide6.QtWidgets import QVBoxLayout


def page_scroll(margins: tuple[int, int, int, int], gap: int) -> tuple[QScrollArea, QVBoxLayout]:
    """Return a frameless scroll area that keys pass by, and the column inside it."""
    scroll = QScrollArea()
    scroll.setObjectName("pageScroll")
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner = named(QWidget(), "pageBody")
    layout = column(inner, margins=margins, gap=gap)
    scroll.setWidget(inner)
    return scroll, layout
