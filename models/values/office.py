"""The office that prints the sheet: its name, advisors and local contacts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LocalContact:
    """A local place that the owner can call."""

    label: str
    phone: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """A よろず支援拠点 as its own office file describes it."""

    name: str = ""
    advisors: tuple[str, ...] = ()
    contacts: tuple[LocalContact, ...] = ()
