"""Sizes and distances of the two copies, in points.

The owner's copy never goes below 12 points for what is read, the footer apart: guides for readable
print ask for it, and the reader may be past sixty-five. The advisor's copy holds far more and is
read at a desk.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.fonts import Face


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text is set: face, size, and distance of baselines in points."""

    face: Face
    size: float
    leading: float

    @property
    def bold(self) -> TextStyle:
        """The same style in bold."""
        return TextStyle(self.face.bold, self.size, self.leading)

    @property
    def figures(self) -> TextStyle:
        """The same style with figures of one width."""
        is_bold = self.face in {Face.TEXT_BOLD, Face.FIGURES_BOLD}
        face = Face.FIGURES_BOLD if is_bold else Face.FIGURES
        return TextStyle(face, self.size, self.leading)


@dataclass(frozen=True, slots=True)
class Typography:
    """The styles of one copy and its distances in points."""

    title: TextStyle
    client: TextStyle
    heading: TextStyle
    subheading: TextStyle
    body: TextStyle
    small: TextStyle
    footer: TextStyle
    margin_x: float
    margin_top: float
    margin_bottom: float
    section_gap: float
    """Above a heading."""
    block_gap: float
    """Between the blocks of a section."""
    item_gap: float
    """Between the items of a list or the rows of a table."""
    writing_line: float
    """Height of a ruled line to write on by hand."""


OWNER = Typography(
    title=TextStyle(Face.TEXT_BOLD, 21, 28),
    client=TextStyle(Face.TEXT_BOLD, 15, 23),
    heading=TextStyle(Face.TEXT_BOLD, 14, 21),
    subheading=TextStyle(Face.TEXT_BOLD, 12.5, 18.5),
    body=TextStyle(Face.TEXT, 12, 18),
    small=TextStyle(Face.TEXT, 12, 18),
    footer=TextStyle(Face.TEXT, 8.5, 12.5),
    margin_x=54,
    margin_top=36,
    margin_bottom=30,
    section_gap=13.5,
    block_gap=6.5,
    item_gap=4,
    writing_line=26,
)
ADVISOR = Typography(
    title=TextStyle(Face.TEXT_BOLD, 17, 24),
    client=TextStyle(Face.TEXT_BOLD, 12, 18),
    heading=TextStyle(Face.TEXT_BOLD, 12, 18),
    subheading=TextStyle(Face.TEXT_BOLD, 10.5, 16),
    body=TextStyle(Face.TEXT, 9.5, 14),
    small=TextStyle(Face.TEXT, 8.5, 12),
    footer=TextStyle(Face.TEXT, 8, 11.5),
    margin_x=50,
    margin_top=40,
    margin_bottom=30,
    section_gap=14,
    block_gap=5,
    item_gap=3.5,
    writing_line=24,
)
