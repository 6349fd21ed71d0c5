"""What stands around the pages: the rail at the left, the header, the line at the bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from ui.measures import RAIL_WIDTH, STEPS_TOP
from ui.theme import Role, TextStyle
from ui.widgets.basics import (
    Badge,
    ElidedLabel,
    StyledLabel,
    column,
    make_button,
    make_rule,
    named,
    row,
)
from ui.widgets.icon import paint_icon
from ui.widgets.next_question_panel import NextQuestionPanel
from ui.widgets.status_line import StatusLine
from ui.widgets.step_list import StepList

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from models.values.catalog import Edition
    from ui.theme import Theme

LOW = 600
CLIENT_VIEW_KEY = QKeySequence(Qt.Key.Key_F2).toString()
HEADER_MARGINS = (28, 14, 28, 12)


class RailHead(QWidget):
    """The name of the program over the steps."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._fit()
        theme.changed.connect(self._fit)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the signpost and the name."""
        del event
        theme, painter = self._theme, QPainter(self)
        size = theme.px(22)
        box = QRectF(theme.px(16), (self.height() - size) / 2, size, size)
        accent = theme.color(Role.ACCENT)
        paint_icon(painter, "signpost", box, accent)
        painter.setFont(theme.font(TextStyle.SECTION))
        painter.setPen(accent)
        room = QRectF(self.rect()).adjusted(theme.px(46), 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, "みちしるべ")
        painter.end()

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(STEPS_TOP))
        self.update()


class EmptyNotice(QWidget):
    """Stands in the place of a page while no consultation is open."""

    new_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        layout = column(self, margins=(28, 32, 28, 28), gap=16)
        layout.addWidget(StyledLabel(theme, "まだ相談が開かれていません。", TextStyle.SECTION))
        hint = "「1 相談」で前の相談を開くか、新しい相談を始めてください。"
        layout.addWidget(StyledLabel(theme, hint, wrap=True))
        self.button = make_button(
            theme, "新しい相談を始める", "primary", icon="plus", shortcut_hint="Ctrl+N"
        )
        self.button.clicked.connect(self.new_requested)
        across = row()
        across.addWidget(self.button)
        across.addStretch(1)
        layout.addLayout(across)
        layout.addStretch(1)


class WindowFrame(QWidget):
    """The rail, the header, the room of the pages and the line at the bottom."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.steps = StepList(theme)
        self.catalog_button = make_button(
            theme, "制度をさがす", "link", icon="search", shortcut_hint="Ctrl+F"
        )
        self.client_button = make_button(
            theme, "お客さまに見せる", "link", icon="show", shortcut_hint=CLIENT_VIEW_KEY
        )
        self.next_panel = NextQuestionPanel(theme)
        self.status = StatusLine(theme)
        self.title = StyledLabel(theme, "", TextStyle.TITLE)
        self.client = ElidedLabel(theme, TextStyle.BODY, "quiet")
        self.edition = Badge(theme, "", Role.ATTENTION)
        self.edition.hide()
        self.stack = QStackedWidget()
        self.stack.setObjectName("content")
        self.empty = EmptyNotice(theme)
        self.stack.addWidget(self.empty)
        self._rail = self._build_rail()
        upper = row(gap=0)
        upper.addWidget(self._rail)
        upper.addWidget(self._build_content(), 1)
        layout = column(self, gap=0)
        layout.addLayout(upper, 1)
        layout.addWidget(self.status)
        self._size_rail()
        theme.changed.connect(self._size_rail)

    def show_edition(self, edition: Edition) -> None:
        """Name the edition of the catalog in the header."""
        self.edition.setText(f"{edition.title}による目安")
        self.edition.setToolTip(f"{edition.title}（{edition.published_on} 公表）")
        self.edition.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the next question where the window is low."""
        super().resizeEvent(event)
        is_low = self.height() < self._theme.px(LOW)
        self.steps.set_low(is_low)
        self.client_button.setVisible(not is_low)

    def _build_rail(self) -> QWidget:
        rail = named(QWidget(), "rail")
        rail.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = column(rail, gap=0)
        layout.addWidget(RailHead(self._theme))
        layout.addWidget(self.steps)
        layout.addSpacing(4)
        for button in (self.catalog_button, self.client_button):
            line = row(margins=(12, 0, 0, 0), gap=0)
            line.addWidget(button)
            line.addStretch(1)
            layout.addLayout(line)
        layout.addSpacing(6)
        inner = named(QWidget(), "rail")
        room = column(inner, gap=0)
        room.addWidget(self.next_panel)
        room.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        layout.addWidget(scroll, 1)
        return rail

    def _build_content(self) -> QWidget:
        content = named(QWidget(), "content")
        content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        header = row(margins=HEADER_MARGINS, gap=16)
        header.addWidget(self.title)
        header.addWidget(self.client, 1)
        header.addWidget(self.edition)
        layout = column(content, gap=0)
        layout.addLayout(header)
        layout.addWidget(make_rule())
        layout.addWidget(self.stack, 1)
        return content

    def _size_rail(self) -> None:
        self._rail.setFixedWidth(self._theme.px(RAIL_WIDTH))
