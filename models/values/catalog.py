"""The catalog: every program, type, frame and measure of one edition, with its questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from models.values.calculation import Calculation
    from models.values.conditions import AnswerValue, Condition, Fact, Leaf
    from models.values.questions import (
        AnswerRole,
        Industry,
        LookupTable,
        Question,
        Questionnaire,
        RetiredQuestion,
        Topic,
    )
    from models.values.sources import SourceDocument, SourceRef


class EntryKind(Enum):
    """What an entry offers; the values are the words of the JSON output."""

    SUBSIDY = "subsidy"
    TAX = "tax"
    ADVICE = "advice"
    DEMONSTRATION = "demonstration"
    INFORMATION = "information"
    OPERATING_GRANT = "operating_grant"


@dataclass(frozen=True, slots=True)
class Stage:
    """How firm an entry is (概算要求・未確定, R1補正 …) and whether one can apply now."""

    id: str
    label: str
    can_apply_now: str
    """One sentence for the owner."""
    footer: str


@dataclass(frozen=True, slots=True)
class Edition:
    """Which edition of which budget the catalog holds, and the hash of its content."""

    id: str
    title: str
    published_on: str
    stale_after: str
    """ISO date from which a visit is flagged as long after the edition."""
    content_hash: str


@dataclass(frozen=True, slots=True)
class ExpenseCategory:
    """A category of planned expenses (経費区分)."""

    id: str
    label: str
    help: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A section of the ministry and its phone, for the advisor."""

    section: str
    phone: str
    source: SourceRef | None = None


@dataclass(frozen=True, slots=True)
class RateFigure:
    """A subsidy rate that the source states, with the case it is for ("" when there is one)."""

    rate: Fraction
    when: str
    up_to: bool
    """Whether the source says 以内."""
    candidate: bool
    """Whether the source names it without saying for whom (要確認)."""
    source: SourceRef


@dataclass(frozen=True, slots=True)
class YenFigure:
    """An amount that the source states, in yen; `text` is how a person reads it."""

    amount: int
    text: str
    source: SourceRef


@dataclass(frozen=True, slots=True)
class Budget:
    """The budget of the slide in yen; `shared` when it covers more than this entry (内数)."""

    amount: int | None
    previous: int | None
    shared: bool
    text: str
    source: SourceRef | None


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing an advice or tax entry can do, with its spoken trigger question."""

    id: str
    label: str
    good_for: str
    who_calls: str
    trigger: Condition | None
    source: SourceRef | None


@dataclass(frozen=True, slots=True)
class Note:
    """An ambiguity or caution: what is shown by default, what is 要確認, and why.

    `when` may use computed subjects (`cost.<category>`, `amount.base`, `amount.top_up`: the high
    ends in yen) beside questions and facts; without it the note always applies to its entries.
    """

    id: str
    entries: tuple[str, ...]
    shown: str
    confirm: str
    basis: str
    when: Condition | None = None
    source: SourceRef | None = None


class AdviceKind(Enum):
    """Where a piece of advice stands on the sheet."""

    NEXT_STEP = "next_step"
    DOCUMENT = "document"
    WARNING = "warning"
    YEAR_STEP = "year_step"
    """One of the steps from the application to the payment; `text` is its name."""


class OrderRule(Enum):
    """Whether what a subsidy is for may be ordered before the grant decision (交付決定)."""

    AFTER_DECISION = "after_decision"
    """Only after it: what was ordered before does not count."""
    RETROACTIVE = "retroactive"
    """What was done before may count as well (遡及適用)."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A next step, a document to prepare or a warning, printed only when it fits.

    `entries` limits it to consultations in which one of these is a candidate (empty: any entry).
    `when` is a condition on answers. `lead_time` tells how long it takes (2〜3週間), "" where no
    source does. `order_rule` is set where the advice says when one may order for its entries.
    """

    id: str
    kind: AdviceKind
    text: str
    who: str
    lead_time: str
    lead_days: int | None
    entries: tuple[str, ...]
    when: Condition | None
    basis: str
    order_rule: OrderRule | None = None


@dataclass(frozen=True, slots=True)
class ComparisonColumn:
    """One column of a comparison: an entry, perhaps as a what-if with other answers."""

    entry: str
    label: str
    what_if: dict[str, AnswerValue]
    what_if_text: str


@dataclass(frozen=True, slots=True)
class ComparisonBlock:
    """Entries worth comparing side by side when `when` is not ruled out."""

    id: str
    title: str
    when: Condition
    columns: tuple[ComparisonColumn, ...]


class PairKind(Enum):
    """Whether two entries may stand together in one plan."""

    EXCLUSIVE = "exclusive"
    UNCONFIRMED = "unconfirmed"
    SEPARATE = "separate"


@dataclass(frozen=True, slots=True)
class PairRule:
    """Entries of different `groups` relate to one another as `kind` says."""

    kind: PairKind
    groups: tuple[tuple[str, ...], ...]
    text: str
    source: SourceRef | None


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """An expert term and its plain paraphrase."""

    term: str
    plain: str


@dataclass(frozen=True, slots=True)
class SearchWords:
    """Words that mean the same to somebody who searches the catalog.

    Each of `words` and `typed` finds the entries that hold one of `words`.
    """

    words: tuple[str, ...]
    typed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A program's frame (枠) or a measure: the unit that is judged and calculated.

    `subsidy_type` is the name of the type (類型) that holds the frame, "" when there is none.
    `short_name` stands in tables, `plain_name` on the owner's copy. Texts are our own plain words.
    """

    id: str
    program_name: str
    subsidy_type: str
    official_name: str
    short_name: str
    plain_name: str
    kind: EntryKind
    stage: str
    who: str
    what_for: str
    route: str
    targets: tuple[str, ...]
    keywords: tuple[str, ...]
    contacts: tuple[Contact, ...]
    budget: Budget | None
    rates: tuple[RateFigure, ...]
    max_limit: YenFigure | None
    min_limit: YenFigure | None
    top_up_max: YenFigure | None
    base_categories: tuple[str, ...]
    top_up_categories: tuple[str, ...]
    hard: Condition | None
    soft: tuple[Leaf, ...]
    calculation: Calculation | None
    offers: tuple[Offer, ...]
    sources: tuple[SourceRef, ...]
    special: tuple[str, ...] = ()
    """Special conditions and limits, one plain sentence each."""

    @property
    def has_firm_amount(self) -> bool:
        """Whether the source gives what an amount in yen needs."""
        return self.calculation is not None

    @property
    def program_id(self) -> str:
        """The part of the id before the first slash."""
        return self.id.partition("/")[0]


@dataclass(frozen=True)
class Catalog:
    """One compiled edition. Orders are the orders of the catalog's files."""

    edition: Edition
    documents: tuple[SourceDocument, ...]
    stages: dict[str, Stage]
    topics: dict[str, Topic]
    questions: dict[str, Question]
    retired: dict[str, RetiredQuestion]
    facts: dict[str, Fact]
    tables: dict[str, LookupTable]
    industries: dict[str, Industry]
    categories: dict[str, ExpenseCategory]
    entries: dict[str, Entry]
    notes: tuple[Note, ...]
    advice: tuple[Advice, ...]
    comparisons: tuple[ComparisonBlock, ...]
    pair_rules: tuple[PairRule, ...]
    glossary: tuple[GlossaryTerm, ...] = ()
    texts: dict[str, str] = field(default_factory=dict[str, str])
    """Fixed sentences of the sheet that name a program or a date, by id."""
    questionnaires: dict[str, Questionnaire] = field(default_factory=dict[str, "Questionnaire"])
    search_words: tuple[SearchWords, ...] = ()

    @cached_property
    def calculable(self) -> tuple[Entry, ...]:
        """The entries with firm amounts, in catalog order."""
        return tuple(entry for entry in self.entries.values() if entry.has_firm_amount)

    @cached_property
    def _by_role(self) -> dict[AnswerRole, Question]:
        return {q.role: q for q in self.questions.values() if q.role is not None}

    def question_for(self, role: AnswerRole) -> Question | None:
        """Return the question that the catalog gives this role."""
        return self._by_role.get(role)

    @cached_property
    def _notes_by_entry(self) -> dict[str, tuple[Note, ...]]:
        found: dict[str, list[Note]] = {}
        for note in self.notes:
            for entry in note.entries:
                found.setdefault(entry, []).append(note)
        return {entry: tuple(notes) for entry, notes in found.items()}

    def notes_of(self, entry_id: str) -> tuple[Note, ...]:
        """Return the notes about an entry."""
        return self._notes_by_entry.get(entry_id, ())
