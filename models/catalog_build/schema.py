"""The YAML schema of the catalog's items: questions, tables, entries, notes, advice …"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from models.catalog_build.schema_base import (
    Answer,
    Id,
    IsoDate,
    Located,
    RateValue,
    Text,
    Word,
    Yen,
)
from models.catalog_build.schema_conditions import ConditionYaml, LeafYaml, SourceYaml
from models.catalog_build.schema_steps import CalculationYaml
from models.values.catalog import AdviceKind, EntryKind, OrderRule, PairKind
from models.values.questions import AnswerRole, QuestionType


def _words(
    enum: type[EntryKind | AdviceKind | OrderRule | PairKind | QuestionType | AnswerRole],
) -> str:
    return "^(" + "|".join(str(member.value) for member in enum) + ")$"


class EditionYaml(Located):
    """Which edition the catalog holds."""

    id: Id
    title: Text
    published_on: IsoDate
    stale_after: IsoDate


class DocumentYaml(Located):
    """A document that the catalog cites."""

    id: Id
    title: Text
    published_on: IsoDate
    note: Word = ""


class StageYaml(Located):
    """How firm an entry is."""

    id: Id
    label: Text
    can_apply_now: Text
    footer: Text


class GlossaryYaml(Located):
    """An expert term and its paraphrase."""

    term: Text
    plain: Text


class SearchWordsYaml(Located):
    """Words that mean the same to somebody who searches the catalog."""

    words: Annotated[list[Text], Field(min_length=1)]
    typed: list[Text] = Field(default_factory=list[str])


class TopicYaml(Located):
    """A group of questions."""

    id: Id
    title: Text
    reason: Text
    profile: bool = False


class ChoiceYaml(Located):
    """One answer to choose."""

    value: Text
    label: Text
    tax_in: bool = False


class QuestionYaml(Located):
    """One question to the client."""

    id: Id
    topic: Id
    type: Annotated[str, Field(pattern=_words(QuestionType))]
    label: Text
    text: Text
    help: Word = ""
    unit: Word = ""
    minimum: Yen | None = None
    maximum: Yen | None = None
    choices: list[ChoiceYaml] = Field(default_factory=list[ChoiceYaml])
    role: Annotated[str, Field(pattern=_words(AnswerRole))] | None = None
    ask_when: ConditionYaml | None = None
    actionable: Word = ""
    homework: Word = ""
    unknown_reason: Word = ""
    counts_as_when_unknown: Yen | None = None
    paper_help: Word = ""
    leads_to: list[Id] = Field(default_factory=list[str])


class QuestionnaireYaml(Located):
    """A paper questionnaire for one kind of visit."""

    id: Id
    title: Text
    topics: Annotated[list[Id], Field(min_length=1)]
    questions: list[Id] = Field(default_factory=list[str])
    expenses: bool = True


class RetiredYaml(Located):
    """A question of an earlier edition."""

    id: Id
    text: Text


class TableRowYaml(Located):
    """One row of a look-up table; `values` maps column to number."""

    id: Id
    label: Text
    values: Annotated[dict[str, Yen], Field(min_length=1)]


class TableYaml(Located):
    """A look-up table of thresholds."""

    id: Id
    title: Text
    edition: Text
    rows: Annotated[list[TableRowYaml], Field(min_length=1)]


class FactYaml(Located):
    """Something derived from answers."""

    id: Id
    sentence: Text
    condition: ConditionYaml


class IndustryYaml(Located):
    """One class of the industry classification."""

    code: Id
    name: Text
    rows: Annotated[list[Id], Field(min_length=1)]
    keywords: list[Text] = Field(default_factory=list[str])


class CategoryYaml(Located):
    """A category of expenses."""

    id: Id
    label: Text
    help: Text


class ProgramYaml(Located):
    """The program of a file; document and slide are the defaults of its sources."""

    id: Id
    name: Text
    document: Id
    slide: Text


class ContactYaml(Located):
    """A section and its phone."""

    section: Text
    phone: Word = ""
    source: SourceYaml | None = None


class BudgetYaml(Located):
    """The budget of the slide."""

    amount: Yen | None = None
    previous: Yen | None = None
    shared: bool = False
    text: Text
    source: SourceYaml | None = None


class RateFigureYaml(Located):
    """A rate that the source states."""

    rate: RateValue
    when: Word = ""
    condition: ConditionYaml | None = None
    up_to: bool = False
    candidate: bool = False
    source: SourceYaml


class YenFigureYaml(Located):
    """An amount that the source states."""

    amount: Yen
    text: Word = ""
    source: SourceYaml


class FiguresYaml(Located):
    """The figures of an entry: each stands here once."""

    rates: list[RateFigureYaml] = Field(default_factory=list[RateFigureYaml])
    max_limit: YenFigureYaml | None = None
    min_limit: YenFigureYaml | None = None
    top_up_max: YenFigureYaml | None = None


class EntryCategoriesYaml(Located):
    """Which categories the base and the top-up cover."""

    base: list[Id] = Field(default_factory=list[str])
    top_up: list[Id] = Field(default_factory=list[str])


class EntryConditionsYaml(Located):
    """What the source states (hard) and what practice adds (soft)."""

    hard: ConditionYaml | None = None
    soft: list[LeafYaml] = Field(default_factory=list[LeafYaml])


class OfferYaml(Located):
    """One thing an advice or tax entry can do."""

    id: Id
    label: Text
    good_for: Text
    who_calls: Text
    trigger: ConditionYaml | None = None
    source: SourceYaml | None = None


class EntryYaml(Located):
    """A program's frame or a measure."""

    id: Id
    type: Word = ""
    official_name: Text
    short_name: Text
    plain_name: Text
    kind: Annotated[str, Field(pattern=_words(EntryKind))]
    stage: Id
    who: Text
    what_for: Text
    route: Word = ""
    document: Id | None = None
    slide: Word | None = None
    targets: list[Text] = Field(default_factory=list[str])
    keywords: list[Text] = Field(default_factory=list[str])
    special: list[Text] = Field(default_factory=list[str])
    contacts: list[ContactYaml] = Field(default_factory=list[ContactYaml])
    budget: BudgetYaml | None = None
    figures: FiguresYaml = Field(default_factory=FiguresYaml)
    categories: EntryCategoriesYaml = Field(default_factory=EntryCategoriesYaml)
    conditions: EntryConditionsYaml = Field(default_factory=EntryConditionsYaml)
    calculation: CalculationYaml | None = None
    offers: list[OfferYaml] = Field(default_factory=list[OfferYaml])
    sources: Annotated[list[SourceYaml], Field(min_length=1)]


class NoteYaml(Located):
    """An ambiguity or caution."""

    id: Id
    entries: list[Id]
    shown: Text
    confirm: Text
    basis: Text
    when: ConditionYaml | None = None
    source: SourceYaml | None = None


class AdviceYaml(Located):
    """A next step, a document, a warning or a step of the year."""

    id: Id
    kind: Annotated[str, Field(pattern=_words(AdviceKind))]
    text: Text
    who: Text
    lead_time: Word = ""
    lead_days: Annotated[int, Field(ge=0)] | None = None
    entries: list[Id] = Field(default_factory=list[str])
    when: ConditionYaml | None = None
    order_rule: Annotated[str, Field(pattern=_words(OrderRule))] | None = None
    basis: Text


class ColumnYaml(Located):
    """One column of a comparison; `what_if` maps question to answer."""

    entry: Id
    label: Text
    what_if: dict[str, Answer] = Field(default_factory=dict[str, Answer])
    what_if_text: Word = ""


class ComparisonYaml(Located):
    """Entries worth comparing side by side."""

    id: Id
    title: Text
    when: ConditionYaml
    columns: Annotated[list[ColumnYaml], Field(min_length=2)]


class CombinationYaml(Located):
    """Whether entries may stand together."""

    kind: Annotated[str, Field(pattern=_words(PairKind))]
    groups: Annotated[list[Annotated[list[Id], Field(min_length=1)]], Field(min_length=2)]
    text: Text
    source: SourceYaml | None = None
