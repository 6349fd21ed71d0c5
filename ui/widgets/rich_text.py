"""Text with headings, lines and sources for the detail pane; every word is escaped here."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from ui.theme import Role, TextStyle

if TYPE_CHECKING:
    from ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Heading:
    """A small heading."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `source` stands small and quiet below it, `link` is followed with Enter."""

    text: str
    source: str = ""
    look: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a working: words at the left, the amount at the right."""

    text: str
    amount: str
    source: str = ""
    strong: bool = False


Part = Heading | Paragraph | Figure


@dataclass(frozen=True, slots=True)
class DetailText:
    """What the pane shows: a title, the stage, and the parts below."""

    title: str
    stage: str
    parts: tuple[Part, ...]

    def html(self, theme: Theme) -> str:
        """Return the parts as rich text in the theme's colours."""
        body = "".join(_part(part, theme) for part in self.parts)
        return f'<div style="color:{theme.hex(Role.INK)}">{body}</div>'


def _part(part: Part, theme: Theme) -> str:
    small = TextStyle.SMALL.value[0] * theme.percent / 100
    quiet = f"color:{theme.hex(Role.QUIET)}; font-size:{small}pt"
    if isinstance(part, Heading):
        return (
            f'<p style="margin:14px 0 4px 0; font-weight:bold; font-size:{small}pt;'
            f' color:{theme.hex(Role.QUIET)}">{escape(part.text)}</p>'
        )
    source = f'<br><span style="{quiet}">{escape(part.source)}</span>' if part.source else ""
    if isinstance(part, Figure):
        weight = "bold" if part.strong else "normal"
        family = "'BIZ UDGothic'"
        return (
            '<table width="100%" cellspacing="0" cellpadding="3"><tr>'
            f'<td style="font-weight:{weight}">'
            f'<p style="line-height:135%">{_lines(part.text)}{source}</p></td>'
            f'<td align="right" valign="top" style="font-family:{family}; font-weight:{weight};'
            f' white-space:nowrap">{escape(part.amount)}</td></tr></table>'
        )
    color = {"attention": Role.ATTENTION, "negative": Role.NEGATIVE, "quiet": Role.QUIET}
    style = f"color:{theme.hex(color[part.look])};" if part.look in color else ""
    text = _lines(part.text)
    if part.link:
        text = f'<a href="{escape(part.link)}" style="color:{theme.hex(Role.ACCENT)}">{text}</a>'
    return f'<p style="margin:3px 0 5px 0; line-height:150%; {style}">{text}{source}</p>'


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
