"""Where a figure or a rule comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document that the catalog cites."""

    id: str
    title: str
    published_on: str
    """ISO date."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SourceRef:
    """A place in a document: slide title, item on the slide, and line of the text edition."""

    document: str
    """Title of the document."""
    slide: str
    item: str
    line: int | None

    def text(self) -> str:
        """Return the citation in one line."""
        parts = [self.document, f"「{self.slide}」", self.item]
        if self.line is not None:
            parts.append(f"{self.line}行")
        return " ".join(part for part in parts if part)
