"""Small builders for labels, buttons and layouts, so that pages stay short and look alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme import Role, TextStyle, Theme
from ui.widgets.hint_button import HintButton
from ui.widgets.styled_label import StyledLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

Layout = TypeVar("Layout", bound=QBoxLayout)
Widget = TypeVar("Widget", bound=QWidget)


class ElidedLabel(StyledLabel):
    """One line that ends with … when the room is short; the whole text is its tool tip."""

    def __init__(self, theme: Theme, style: TextStyle = TextStyle.BODY, look: str = "") -> None:
        super().__init__(theme, "", style, look)
        self._full = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_full_text(self, text: str) -> None:
        """Show as much of the text as fits."""
        self._full = text
        self.setAccessibleName(text)
        self._elide()

    def full_text(self) -> str:
        """Return the text as given."""
        return self._full

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text anew."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(
            self._full, Qt.TextElideMode.ElideRight, max(0, self.width() - 2)
        )
        self.setText(shown)
        self.setToolTip(self._full if shown != self._full else "")


class Badge(QLabel):
    """A word in a thin frame: a stage, an edition."""

    def __init__(self, theme: Theme, text: str = "", role: Role = Role.QUIET) -> None:
        super().__init__(text)
        self._theme = theme
        self._role = role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._on_theme_changed()
        theme.changed.connect(self._on_theme_changed)

    def sizeHint(self) -> QSize:
        """Return the room for the text inside the frame."""
        hint = QFontMetrics(self.font()).size(0, self.text())
        return QSize(hint.width() + self._theme.px(14), hint.height() + self._theme.px(5))

    def minimumSizeHint(self) -> QSize:
        """Return the same: a badge is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame, then the word."""
        from ui.widgets.drawing import paint_badge  # noqa: PLC0415 - only pages with badges need it

        del event
        paint_badge(self, self._theme, self.text(), self._role)

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(TextStyle.SMALL))
        self.updateGeometry()


def make_button(
    theme: Theme, text: str, look: str = "", *, icon: str = "", shortcut_hint: str = ""
) -> HintButton:
    """Return a button; `shortcut_hint` stands behind its word, where the key acts."""
    return HintButton(theme, text, look, icon=icon, hint=shortcut_hint)


def named(widget: Widget, name: str) -> Widget:
    """Return the widget under the name by which the stylesheet knows it."""
    widget.setObjectName(name)
    return widget


def make_rule() -> QFrame:
    """Return a thin horizontal line."""
    rule = QFrame()
    rule.setObjectName("rule")
    rule.setFixedHeight(1)
    return rule


def column(
    parent: QWidget | None = None,
    *,
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
    gap: int = 8,
) -> QVBoxLayout:
    """Return a vertical layout with the given margins (left, top, right, bottom) and gap."""
    layout = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    return _spaced(layout, margins, gap)


def row(
    parent: QWidget | None = None,
    *,
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
    gap: int = 8,
) -> QHBoxLayout:
    """Return a horizontal layout with the given margins (left, top, right, bottom) and gap."""
    layout = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    return _spaced(layout, margins, gap)


def _spaced(layout: Layout, margins: tuple[int, int, int, int], gap: int) -> Layout:
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    return layout


def clear_layout(layout: QBoxLayout) -> None:
    """Take every widget out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner := item.layout(), QBoxLayout):
            clear_layout(inner)
