"""Text with headings, lines and sources for the detail pane; every word is escaped here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from ui.theme import FIGURE_FAMILIES, TEXT_FAMILIES, Role, TextStyle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.values.catalog import GlossaryTerm
    from ui.theme import Theme

TERM_LINK = "term:"


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

    def html(self, theme: Theme, terms: Terms | None = None) -> str:
        """Return the parts as rich text in the theme's colours; expert terms can be asked about."""
        words = Words(theme, terms or Terms(()))
        body = "".join(_part(part, theme, words) for part in self.parts)
        return f'<div style="color:{theme.hex(Role.INK)}">{body}</div>'


class Terms:
    """The glossary, and which of its terms are explained now."""

    def __init__(self, glossary: Iterable[GlossaryTerm]) -> None:
        self.plain = {one.term: one.plain for one in glossary}
        self.explained: set[str] = set()
        # The longest first: 経営革新計画 is not 経営革新.
        longest = sorted(self.plain, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, longest)) or r"(?!)")

    def switch(self, term: str) -> None:
        """Explain a term, or stop explaining it."""
        self.explained ^= {term}


class Words:
    """Escapes text and marks the first place of each expert term in it."""

    def __init__(self, theme: Theme, terms: Terms) -> None:
        self._terms = terms
        small = TextStyle.SMALL.value[0] * theme.percent / 100
        self.quiet = f"color:{theme.hex(Role.QUIET)}; font-size:{small}pt"
        self._ink = f"color:{theme.hex(Role.INK)}; text-decoration:none"
        self._seen: set[str] = set()

    def lines(self, text: str) -> str:
        """Return the text as rich text, with what is asked about its terms below it."""
        asides: list[str] = []

        def mark(match: re.Match[str]) -> str:
            term = match.group()
            if term in self._seen:
                return escape(term)
            self._seen.add(term)
            if term in self._terms.explained:
                asides.append(f"{term}＝{self._terms.plain[term]}")
            link = f"{TERM_LINK}{escape(term)}"
            return f'<a href="{link}" style="{self._ink}">{escape(term)}</a>'

        # Only what matches becomes markup; all between is escaped.
        parts: list[str] = []
        end = 0
        for match in self._terms.pattern.finditer(text):
            parts += [escape(text[end : match.start()]), mark(match)]
            end = match.end()
        parts.append(escape(text[end:]))
        below = "".join(f'<br><span style="{self.quiet}">{escape(one)}</span>' for one in asides)
        return "".join(parts).replace("\n", "<br>") + below


def _part(part: Part, theme: Theme, words: Words) -> str:
    small = TextStyle.SMALL.value[0] * theme.percent / 100
    if isinstance(part, Heading):
        return (
            f'<p style="margin:14px 0 4px 0; font-weight:bold; font-size:{small}pt;'
            f' color:{theme.hex(Role.QUIET)}">{escape(part.text)}</p>'
        )
    source = f'<br><span style="{words.quiet}">{_plain(part.source)}</span>' if part.source else ""
    if isinstance(part, Figure):
        weight = "bold" if part.strong else "normal"
        family = f"'{FIGURE_FAMILIES[0]}'"
        return (
            '<table width="100%" cellspacing="0" cellpadding="3"><tr>'
            f'<td style="font-weight:{weight}">'
            f'<p style="line-height:135%">{words.lines(part.text)}{source}</p></td>'
            f'<td align="right" valign="top" style="font-family:{family}; font-weight:{weight};'
            f' white-space:nowrap">{_figures(part.amount)}</td></tr></table>'
        )
    color = {"attention": Role.ATTENTION, "negative": Role.NEGATIVE, "quiet": Role.QUIET}
    style = f"color:{theme.hex(color[part.look])};" if part.look in color else ""
    if part.link:
        ink = theme.hex(Role.ACCENT)
        text = f'<a href="{escape(part.link)}" style="color:{ink}">{_plain(part.text)}</a>'
    elif part.look == "quiet":
        text = _plain(part.text)
    else:
        text = words.lines(part.text)
    return f'<p style="margin:3px 0 5px 0; line-height:150%; {style}">{text}{source}</p>'


def _plain(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _figures(text: str) -> str:
    """Return an amount whose commas are narrow, as on paper; its digits keep their width."""
    narrow = f"<span style=\"font-family:'{TEXT_FAMILIES[0]}'\">,</span>"
    return escape(text).replace(",", narrow)
