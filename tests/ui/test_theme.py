"""Colours by role, the stylesheet, the icons."""

import re

import pytest
from PySide6.QtGui import QFont, QFontInfo

from models.values.resources import resource_path
from ui.theme import Role, TextStyle, Theme, read_tokens
from ui.widgets.icon import icon_path

GROUNDS = (Role.PAPER, Role.SURFACE, Role.RAIL, Role.ACCENT_SOFT, Role.HOVER)
SCHEMES = ("light", "dark")
INKS = (Role.INK, Role.QUIET, Role.ACCENT, Role.ATTENTION, Role.NEGATIVE, Role.POSITIVE)
ICONS = sorted(file.stem for file in resource_path("resources", "icons").glob("*.svg"))


def luminance(color) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", INKS)
def test_every_text_can_be_read_on_every_ground(scheme, ground, ink):
    theme = Theme(scheme)
    light, dark = sorted(
        (luminance(theme.color(ground)), luminance(theme.color(ink))), reverse=True
    )
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_role_has_a_colour(scheme):
    assert {role.value for role in Role} <= set(read_tokens(scheme))
    assert set(read_tokens(scheme)) == set(read_tokens("light"))


def test_the_window_follows_the_system_into_the_dark_and_back(opened):
    window, theme = opened.window, opened.theme
    told = []
    theme.changed.connect(lambda: told.append(theme.scheme))
    theme.set_scheme("dark")
    assert window.grab().toImage().pixelColor(700, 500) == theme.color(Role.PAPER)
    theme.set_scheme("dark")
    theme.set_scheme("light")
    assert window.grab().toImage().pixelColor(700, 500) == theme.color(Role.PAPER)
    assert told == ["dark", "light"]


def test_pages_name_no_colour():
    for file in resource_path("ui").rglob("*.py"):
        text = file.read_text("utf-8")
        found = re.findall(r"#[0-9A-Fa-f]{6}\b|Qt\.GlobalColor\.(?!transparent)", text)
        assert not found, file


def test_the_stylesheet_is_filled_at_any_zoom():
    theme = Theme()
    for percent in (100, 150, 200):
        theme._percent = percent
        assert "${" not in theme._stylesheet()


def test_text_is_set_in_the_bundled_fonts(theme):
    assert QFontInfo(theme.font(TextStyle.BODY)).family() == "BIZ UDPGothic"
    assert QFontInfo(theme.font(TextStyle.FIGURE)).family() == "BIZ UDGothic"
    assert isinstance(theme.font(TextStyle.TITLE), QFont)


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_can_be_drawn(name):
    box = icon_path(name).boundingRect()
    assert box.width() > 5
    assert box.left() >= 0
    assert box.right() <= 24
