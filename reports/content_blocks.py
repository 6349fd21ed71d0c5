"""The sheet as plain data: every printed word and figure, and no position or size.

`reports/sheet_content.py` makes it, `reports/sheet_layout.py` draws it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.charts import ChartBar
    from reports.line_chart import LineChart
    from reports.month_chart import MonthBar

NO_STAGES: frozenset[str] = frozenset()


class CopyKind(Enum):
    """For whom a copy is; the values are the words of the command line."""

    OWNER = "owner"
    ADVISOR = "advisor"


class Weight(Enum):
    """How a text stands out."""

    BODY = "body"
    STRONG = "strong"
    SMALL = "small"


class Mark(Enum):
    """What stands before an item of a list."""

    BOX = "☐"
    DOT = "・"
    CAUTION = "！"
    NUMBER = ""
    """1. 2. 3. …"""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph. Line breaks stay.

    With `most_lines` the rest is cut, and `rest` says where it can be read.
    """

    text: str
    weight: Weight = Weight.BODY
    most_lines: int | None = None
    rest: str = ""


@dataclass(frozen=True, slots=True)
class ProgramLine:
    """One program that may fit: shape, name, stage in brackets, expected amount, what is open."""

    shape: str
    name: str
    stage_id: str
    stage: str
    plain: str
    amount: str
    still_open: str


@dataclass(frozen=True, slots=True)
class ProgramsBlock:
    """Programs, best first. Of those that find no room, `rest` tells the number (`{n}`).

    `shapes` explains the shapes and `stages` says of each stage whether one can apply now; only
    what the shown programs bear is printed. `told` says of all what each says of itself.
    """

    programs: tuple[ProgramLine, ...]
    at_least: int
    rest: str
    shapes: dict[str, str]
    stages: dict[str, str]
    told: str
    more: int = 0
    """How many the content has left out already."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list, with a quieter second line."""

    text: str
    note: str = ""
    mark: Mark | None = None
    """Another mark than the list's own."""


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list. Of items that find no room, `rest` tells the number (`{n}`)."""

    items: tuple[Item, ...]
    mark: Mark = Mark.DOT
    columns: int = 1
    at_least: int | None = None
    """The layout may leave out later items down to this many; `None`: all are printed."""
    rest: str = ""
    more: int = 0


@dataclass(frozen=True, slots=True)
class WritingLines:
    """Ruled lines to write on by hand; each may begin with words."""

    starts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilledLine:
    """One ruled line with words standing between blanks, `＿` being a character of blank.

    A title stands before it, like the heading of a section.
    """

    text: str
    title: str = ""


class ColumnKind(Enum):
    """What a column of a table holds."""

    WORDS = "words"
    ASIDE = "aside"
    """Words that stay quiet in a strong row."""
    FINE = "fine"
    """Words in small type."""
    YEN = "yen"
    """Right-aligned figures of one width."""
    CENTERED = "centered"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: title, kind, and its share of the width."""

    title: str
    kind: ColumnKind
    share: float


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells; `stages` are the stages that it names."""

    cells: tuple[str, ...]
    strong: bool = False
    stages: frozenset[str] = NO_STAGES
    note: str = ""
    """A quieter line below the row."""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table; its head is repeated on every page it runs over.

    With `most_lines` longer cells are cut. `dense` rows stand close, without rules between;
    `small` ones are set in small type. Notes of rows begin under the column `notes_under`.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    most_lines: int | None = None
    dense: bool = False
    small: bool = False
    notes_under: int = 0


@dataclass(frozen=True, slots=True)
class FactsBlock:
    """Pairs of a label and a value, so many pairs a line; in small type if `small`."""

    pairs: tuple[tuple[str, str], ...]
    columns: int = 2
    small: bool = False


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """The comparison as bars."""

    bars: tuple[ChartBar, ...]


@dataclass(frozen=True, slots=True)
class MonthsBlock:
    """Money by month as a strip."""

    months: tuple[MonthBar, ...]


@dataclass(frozen=True, slots=True)
class CodesBlock:
    """QR codes side by side, each with its number below."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """An expert word and what it means in plain words."""

    word: str
    plain: str


@dataclass(frozen=True, slots=True)
class TermsBlock:
    """What the expert words of a copy mean, each in a line or half of one."""

    title: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class LineChartBlock:
    """Two ways along one amount."""

    chart: LineChart


Block = (
    TextBlock
    | ProgramsBlock
    | ListBlock
    | WritingLines
    | FilledLine
    | TableBlock
    | FactsBlock
    | ChartBlock
    | LineChartBlock
    | MonthsBlock
    | CodesBlock
    | TermsBlock
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it.

    `stages` are the stages that the section names outside of its rows. `whole` keeps it on one
    page. `aside` stands small at the right of the heading. Where the page is short of room the
    layout leaves the section out from the tightness `until` on, `None`: never.
    """

    title: str
    blocks: tuple[Block, ...]
    stages: frozenset[str] = NO_STAGES
    whole: bool = False
    level: int = 1
    aside: str = ""
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The head of the first page; `aside` stands at the right."""

    title: str
    aside: tuple[str, ...]
    client: str
    badge: str = ""


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands at the foot of every page.

    `stages` holds a sentence for each stage; a page prints those that it names.
    """

    lines: tuple[str, ...]
    stages: dict[str, str]
    left: str = ""


@dataclass(frozen=True, slots=True)
class CopyContent:
    """One copy. `first` must stand on page 1; of `movable`, what still fits may join it there.

    `terms` may be explained: the layout shows those that the printed pages really bear.
    """

    kind: CopyKind
    head: Head
    warnings: tuple[str, ...]
    first: tuple[Section, ...]
    appointment: Section | None
    """Closes page 1 of the owner's copy."""
    movable: tuple[Section, ...]
    rest: tuple[Section, ...]
    footer: Footer
    memo: str
    """Heading of the ruled space that fills what is left of a page."""
    terms: TermsBlock | None = None


@dataclass(frozen=True, slots=True)
class SheetContent:
    """The whole sheet. `file_title` and `creator` go into the file's properties: no client word."""

    copies: tuple[CopyContent, ...]
    file_title: str
    creator: str
