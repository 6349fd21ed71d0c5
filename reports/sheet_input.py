"""What a sheet is made from, and the few things both copies ask of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from models.judgement.visit_date import date_warnings, parse_day
from models.planning.break_even_choices import WayComparer
from models.values.questions import AnswerRole
from models.values.results import Verdict
from reports.content_blocks import CopyKind

if TYPE_CHECKING:
    from datetime import date

    from models.planning.ways import WorkedScenario
    from models.values.catalog import Advice, AdviceKind, Catalog, Entry, Stage
    from models.values.consultation import Consultation
    from models.values.office import Office
    from models.values.plan import Plans
    from models.values.questions import Question
    from models.values.results import Screening, SimulationResult
    from models.values.sheet_settings import SheetSettings
    from models.values.ways import Ways


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


class CodeChoice(Enum):
    """What the QR codes on the advisor's copy hold; the values are the command line's words."""

    NONE = "none"
    ANSWERS = "answers"
    WITH_NAME = "with-name"


@dataclass(frozen=True, slots=True)
class SheetOptions:
    """What the advisor chooses about one sheet.

    `show_client_name` off leaves the client's names out of both copies and, whatever `codes` says,
    out of the QR codes. `neutral_title` gives the owner's copy a title and names that tell a
    stranger nothing. `left_out` are ids of entries that the owner's copy does not name,
    `left_out_ways` keys of ways that its comparison leaves out. `show_notes` off prints lines to
    write on in the place of the notes. `next_appointment` is printed as given; empty leaves blanks.
    `money_way` is the key of the way whose money is shown by month; without it, or where that way
    is no longer there, it is the first possible one.
    """

    copies: CopyChoice = CopyChoice.BOTH
    show_client_name: bool = True
    neutral_title: bool = False
    left_out: frozenset[str] = frozenset()
    next_appointment: str = ""
    codes: CodeChoice = CodeChoice.ANSWERS
    show_notes: bool = True
    left_out_ways: frozenset[str] = frozenset()
    money_way: str | None = None


def options_of(settings: SheetSettings, next_appointment: str = "") -> SheetOptions:
    """Return what was chosen for the sheet of a visit, as the sheet takes it."""
    return SheetOptions(
        copies=CopyChoice(settings.copies),
        show_client_name=settings.show_client_name,
        neutral_title=settings.neutral_title,
        left_out=settings.left_out,
        next_appointment=next_appointment,
        show_notes=settings.show_notes,
        left_out_ways=settings.left_out_ways,
        money_way=settings.money_way,
        codes=CodeChoice(settings.codes),
    )


@dataclass(frozen=True)
class SheetInput:
    """All findings about one consultation. `made_on` is the day printed as 作成日.

    `results` are those of every frame under the client's own answers and expenses; what the
    advisor's scenarios change stands in `scenarios` alone. `ways` is what the window compares, too,
    and `plans` what it found there.
    """

    catalog: Catalog
    consultation: Consultation
    screenings: tuple[Screening, ...]
    results: tuple[SimulationResult, ...]
    scenarios: tuple[WorkedScenario, ...]
    ways: tuple[Ways, ...]
    plans: Plans
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
        return {result.entry: result for result in self.results}

    @cached_property
    def comparer(self) -> WayComparer:
        """What compares ways along an amount, the same for all copies."""
        return WayComparer(self.catalog, self.consultation)

    @cached_property
    def named(self) -> frozenset[str]:
        """The entries that the advisor's scenarios name."""
        return frozenset(frame for worked in self.scenarios for frame in worked.scenario.frames)

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
        return date_warnings(self.catalog, self.visited_on.isoformat())

    def is_open(self, entry_id: str) -> bool:
        """Whether the entry may still be had: likely, or to be confirmed."""
        screening = self.verdicts.get(entry_id)
        return screening is not None and screening.verdict in {
            Verdict.LIKELY,
            Verdict.NEEDS_CONFIRMATION,
        }
