"""What is chosen for the sheet of one visit; kept beside the case, never part of its file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetSettings:
    """The advisor's choices about the sheet (相談シート) of one visit.

    `copies` is a word of the command line: owner, advisor, both. `show_notes` prints the notes
    (今日のお話) on the owner's copy, else lines to write on. `left_out` are ids of entries that the
    owner's copy does not name, `left_out_ways` keys of the ways that its comparison leaves out,
    `money_way` that of the way whose money is shown by month, `None` for the first possible one.
    `codes` says what the QR codes of the advisor's copy hold: none, answers, with-name.
    """

    copies: str = "both"
    show_client_name: bool = True
    neutral_title: bool = False
    show_notes: bool = True
    left_out: frozenset[str] = frozenset()
    left_out_ways: frozenset[str] = frozenset()
    money_way: str | None = None
    codes: str = "answers"


@dataclass(frozen=True, slots=True)
class NextAppointment:
    """The next appointment (次回の約束) in the advisor's words, and its day where one is known.

    `day` is an ISO date.
    """

    words: str = ""
    day: str | None = None
