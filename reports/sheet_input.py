"""What a sheet is made from, and the few things both copies ask of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from models.values.questions import AnswerRole
from models.values.results import Verdict
from reports.content_blocks import CopyKind
from reports.wording import parse_day

if TYPE_CHECKING:
    from datetime import date

    from models.values.catalog import Advice, AdviceKind, Catalog, Entry, Stage
    from models.values.consultation import Consultation
    from models.values.office import Office
    from models.values.questions import Question
    from models.values.results import Comparison, Screening, SimulationResult


class CopyChoice(Enum):
    """Which copies to print; the values are the words of the command line."""

    OWNER = "owner"
    ADVISOR = "advisor"
    BOTH = "both"

    @property
    def kinds(self) -> tuple[CopyKind, ...]:
        """The copies, the owner's first."""
        if self is CopyChoice.BOTH:
            return (CopyKind.OWNER, CopyKind.ADVISOR)
        return (CopyKind(self.value),)


@dataclass(frozen=True, slots=True)
class SheetOptions:
    """What the advisor chooses about one sheet.

    `show_client_name` off leaves the client's names out of both copies. `neutral_title` gives the
    owner's copy a title and names that tell a stranger nothing. `left_out` are ids of entries that
    the owner's copy does not name. `next_appointment` is printed as given; empty leaves blanks.
    """

    copies: CopyChoice = CopyChoice.BOTH
    show_client_name: bool = True
    neutral_title: bool = False
    left_out: frozenset[str] = frozenset()
    next_appointment: str = ""


@dataclass(frozen=True)
class SheetInput:
    """All findings about one consultation. `made_on` is the day printed as 作成日."""

    catalog: Catalog
    consultation: Consultation
    screenings: tuple[Screening, ...]
    results: tuple[SimulationResult, ...]
    comparisons: tuple[Comparison, ...]
    advice: tuple[Advice, ...]
    office: Office
    made_on: date
    options: SheetOptions

    @cached_property
    def visited_on(self) -> date:
        """The day of the visit, or the day the sheet is made where none is noted."""
        return parse_day(self.consultation.consulted_on) or self.made_on

    @property
    def office_name(self) -> str:
        """Name of the office on the sheet."""
        return self.consultation.office or self.office.name

    @property
    def advisor_name(self) -> str:
        """Name of the advisor, where it is known who it was."""
        if self.consultation.advisor:
            return self.consultation.advisor
        return self.office.advisors[0] if len(self.office.advisors) == 1 else ""

    @cached_property
    def verdicts(self) -> dict[str, Screening]:
        """The screening of each entry."""
        return {screening.entry: screening for screening in self.screenings}

    @cached_property
    def own_results(self) -> dict[str, SimulationResult]:
        """The result of each entry under the client's own answers and expenses."""
        return {result.entry: result for result in self.results if result.scenario is None}

    @cached_property
    def named(self) -> frozenset[str]:
        """The entries that the advisor put side by side."""
        return frozenset(
            frame for scenario in self.consultation.scenarios for frame in scenario.frames
        )

    @cached_property
    def chosen_comparison(self) -> Comparison | None:
        """The first comparison about something that the client's answers speak for.

        A block of the catalog is compared as long as it is not ruled out, even when nobody has
        spoken of its subject yet.
        """
        for comparison in self.comparisons:
            for column in comparison.columns:
                total = column.result.amount.total
                is_theirs = column.result.screening.in_play and not column.what_if_text
                if is_theirs and total is not None and total.high > 0:
                    return comparison
        return None

    def text(self, text_id: str) -> str:
        """Return a fixed sentence of the catalog, "" where it has none."""
        return self.catalog.texts.get(text_id, "")

    def stage_of(self, entry: Entry) -> Stage:
        """Return how firm the entry is."""
        return self.catalog.stages[entry.stage]

    def answer_of(self, role: AnswerRole) -> str:
        """Return the answer to the question with this role, "" where there is none."""
        question = self.catalog.question_for(role)
        value = None if question is None else self.consultation.answers.get(question.id)
        return "" if value is None else str(value)

    @property
    def client_name(self) -> str:
        """Name of the client, "" when it must not be printed."""
        return self.answer_of(AnswerRole.CLIENT_NAME) if self.options.show_client_name else ""

    @property
    def representative(self) -> str:
        """Name of the representative, "" when it must not be printed."""
        return self.answer_of(AnswerRole.REPRESENTATIVE) if self.options.show_client_name else ""

    def advice_of(self, kind: AdviceKind) -> tuple[Advice, ...]:
        """Return the fitting advice of one kind."""
        return tuple(advice for advice in self.advice if advice.kind is kind)

    @cached_property
    def homework(self) -> tuple[Question, ...]:
        """The questions marked 後で調べる, in catalog order."""
        answers = self.consultation.answers
        return tuple(
            question
            for question in self.catalog.questions.values()
            if question.id in answers and answers[question.id] is None
        )

    def labels(self, questions: tuple[str, ...]) -> list[str]:
        """Return the short names of questions, each once."""
        found = [self.catalog.questions[q].label for q in questions if q in self.catalog.questions]
        return list(dict.fromkeys(found))

    @cached_property
    def date_warnings(self) -> tuple[str, ...]:
        """What must be said about a visit that lies before the edition or long after it."""
        edition = self.catalog.edition
        published, stale = parse_day(edition.published_on), parse_day(edition.stale_after)
        if published is not None and self.visited_on < published:
            found = self.text("visit_before_edition")
        elif stale is not None and self.visited_on >= stale:
            found = self.text("visit_after_edition")
        else:
            found = ""
        return (found,) if found else ()

    def is_open(self, entry_id: str) -> bool:
        """Whether the entry may still be had: likely, or to be confirmed."""
        screening = self.verdicts.get(entry_id)
        return screening is not None and screening.verdict in {
            Verdict.LIKELY,
            Verdict.NEEDS_CONFIRMATION,
        }
