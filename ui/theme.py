"""Colours by role, fonts and lengths: the one place that knows how the window looks."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from models.values.resources import resource_path

TEXT_FAMILIES = ["BIZ UDPGothic", "Noto Sans JP", "Yu Gothic UI", "Meiryo", "sans-serif"]
FIGURE_FAMILIES = ["BIZ UDGothic", "Noto Sans JP", "Yu Gothic UI", "Meiryo", "sans-serif"]
# The first window is written in these two; the rest follows after it stands.
FIRST_FONTS = ("BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf")
LATER_FONTS = ("BIZUDGothic-Regular.ttf", "BIZUDGothic-Bold.ttf", "NotoSansJP-Regular.ttf")
MIN_PERCENT, MAX_PERCENT, PERCENT_STEP = 100, 200, 10

if TYPE_CHECKING:
    from PySide6.QtGui import QPalette


class Role(Enum):
    """What a colour is for; the values are the names in tokens.txt."""

    PAPER = "paper"
    SURFACE = "surface"
    RAIL = "rail"
    INK = "ink"
    QUIET = "quiet"
    LINE = "line"
    LINE_STRONG = "line_strong"
    ACCENT = "accent"
    ACCENT_SOFT = "accent_soft"
    ON_ACCENT = "on_accent"
    ATTENTION = "attention"
    ATTENTION_SOFT = "attention_soft"
    NEGATIVE = "negative"
    NEGATIVE_SOFT = "negative_soft"
    POSITIVE = "positive"
    HOVER = "hover"
    SELECTION = "selection"


class TextStyle(Enum):
    """Kinds of text: (points at 100 %, bold, tabular figures)."""

    BODY = (11.0, False, False)
    STRONG = (11.0, True, False)
    SMALL = (9.5, False, False)
    SMALL_STRONG = (9.5, True, False)
    SECTION = (12.5, True, False)
    TITLE = (17.0, True, False)
    FIGURE = (11.0, False, True)
    FIGURE_STRONG = (11.0, True, True)
    FIGURE_LARGE = (14.0, True, True)


class Theme(QObject):
    """The look of one window: a colour scheme at a zoom between 100 and 200 percent."""

    changed = Signal()

    def __init__(self, scheme: str = "light", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.scheme = scheme
        self._tokens = read_tokens(scheme)
        self._percent = MIN_PERCENT
        # A page of cells asks for these some hundred times in one paint.
        self._colors: dict[Role, QColor] = {}
        self._fonts: dict[TextStyle, QFont] = {}

    @property
    def percent(self) -> int:
        """The zoom in percent."""
        return self._percent

    def color(self, role: Role) -> QColor:
        """Return the colour of a role."""
        if role not in self._colors:
            self._colors[role] = QColor(self._tokens[role.value])
        return self._colors[role]

    def hex(self, role: Role) -> str:
        """Return the colour of a role as `#RRGGBB`, for rich text."""
        return self._tokens[role.value]

    def px(self, length: float) -> int:
        """Return a length (px at 100 %) at the present zoom."""
        return round(length * self._percent / 100)

    def font(self, style: TextStyle) -> QFont:
        """Return the font of a kind of text at the present zoom."""
        if style not in self._fonts:
            points, bold, figures = style.value
            font = QFont(FIGURE_FAMILIES if figures else TEXT_FAMILIES)
            font.setPointSizeF(points * self._percent / 100)
            font.setBold(bold)
            self._fonts[style] = font
        return self._fonts[style]

    def apply(self) -> None:
        """Give the application its font, palette and stylesheet."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        app.setFont(self.font(TextStyle.BODY))
        app.setPalette(self._palette())
        # The style draws the outline of a box to tick a little darker than the ground that it is
        # told: on a dark ground nobody would see it.
        boxes = self._palette()
        boxes.setColor(boxes.ColorRole.Window, self.color(Role.QUIET))
        for kind in ("QCheckBox", "QRadioButton"):
            app.setPalette(boxes, kind)  # type: ignore[arg-type] - the stub knows only bytes
        app.setStyleSheet(self._stylesheet())

    def set_percent(self, percent: int) -> None:
        """Zoom; values outside the range are moved to its nearer end."""
        percent = min(MAX_PERCENT, max(MIN_PERCENT, percent))
        if percent == self._percent:
            return
        self._percent = percent
        self._fonts.clear()
        self.apply()
        self.changed.emit()

    def follow_system(self) -> None:
        """Be light or dark as the system is, now and when it changes."""
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(lambda _scheme: self.set_scheme(system_scheme()))
        self.set_scheme(system_scheme())

    def set_scheme(self, scheme: str) -> None:
        """Show the colours of a scheme."""
        if scheme != self.scheme:
            self.scheme = scheme
            self._tokens = read_tokens(scheme)
            self._colors.clear()
            self.apply()
            self.changed.emit()

    def _stylesheet(self) -> str:
        def fill(match: re.Match[str]) -> str:
            name = match.group(1)
            if name.endswith("px"):
                return f"{self.px(int(name[:-2]))}px"
            return self._tokens[name]

        template = resource_path("resources", "style", "window.qss").read_text(encoding="utf-8")
        return re.sub(r"\$\{(\w+)\}", fill, template)

    def _palette(self) -> QPalette:
        from PySide6.QtGui import QPalette  # noqa: PLC0415 - not for the first paint

        palette = QPalette()
        groups = {
            QPalette.ColorRole.Window: Role.PAPER,
            QPalette.ColorRole.Base: Role.SURFACE,
            QPalette.ColorRole.AlternateBase: Role.RAIL,
            QPalette.ColorRole.Button: Role.SURFACE,
            QPalette.ColorRole.WindowText: Role.INK,
            QPalette.ColorRole.Text: Role.INK,
            QPalette.ColorRole.ButtonText: Role.INK,
            QPalette.ColorRole.PlaceholderText: Role.QUIET,
            QPalette.ColorRole.Highlight: Role.SELECTION,
            QPalette.ColorRole.HighlightedText: Role.INK,
            QPalette.ColorRole.Link: Role.ACCENT,
            QPalette.ColorRole.ToolTipBase: Role.SURFACE,
            QPalette.ColorRole.ToolTipText: Role.INK,
        }
        for group, role in groups.items():
            palette.setColor(group, self.color(role))
        return palette


def system_scheme() -> str:
    """Return the scheme that the system asks for; light where it does not say."""
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def read_tokens(scheme: str) -> dict[str, str]:
    """Return the colours of a scheme: its section of tokens.txt, one `role #RRGGBB` a line.

    Not JSON or TOML: their readers would cost more of the start than all of these colours.
    """
    text = resource_path("resources", "style", "tokens.txt").read_text(encoding="utf-8")
    _, _, section = text.partition(f"[{scheme}]\n")
    lines = section.partition("\n[")[0].splitlines()
    return dict(line.split() for line in lines if line and not line.startswith(";"))


def load_fonts(names: tuple[str, ...]) -> tuple[str, ...]:
    """Load bundled fonts; return the names of the files that could not be loaded."""
    folder = resource_path("resources", "fonts")
    return tuple(
        name for name in names if QFontDatabase.addApplicationFont(str(folder / name)) == -1
    )
