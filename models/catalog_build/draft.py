"""The catalog as its authors wrote it, item by item, before it is checked as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from models.catalog_build import schema

if TYPE_CHECKING:
    from models.catalog_build.schema_base import Located
    from models.catalog_build.yaml_source import TextPlace
    from models.values.problems import Problem

ItemT_co = TypeVar("ItemT_co", bound="Located", covariant=True)


@dataclass(frozen=True, slots=True)
class Item(Generic[ItemT_co]):
    """One item and the program of its file, which gives its sources document and slide."""

    yaml: ItemT_co
    program: schema.ProgramYaml | None = None


@dataclass(slots=True)
class Draft:
    """Everything that could be read. `ids` also holds the ids of items that could not."""

    edition: schema.EditionYaml | None = None
    documents: list[schema.DocumentYaml] = field(default_factory=list[schema.DocumentYaml])
    stages: list[schema.StageYaml] = field(default_factory=list[schema.StageYaml])
    texts: dict[str, str] = field(default_factory=dict[str, str])
    glossary: list[schema.GlossaryYaml] = field(default_factory=list[schema.GlossaryYaml])
    search_words: list[schema.SearchWordsYaml] = field(default_factory=list[schema.SearchWordsYaml])
    topics: list[schema.TopicYaml] = field(default_factory=list[schema.TopicYaml])
    questions: list[schema.QuestionYaml] = field(default_factory=list[schema.QuestionYaml])
    questionnaires: list[schema.QuestionnaireYaml] = field(
        default_factory=list[schema.QuestionnaireYaml]
    )
    retired: list[schema.RetiredYaml] = field(default_factory=list[schema.RetiredYaml])
    tables: list[schema.TableYaml] = field(default_factory=list[schema.TableYaml])
    facts: list[schema.FactYaml] = field(default_factory=list[schema.FactYaml])
    industries: list[schema.IndustryYaml] = field(default_factory=list[schema.IndustryYaml])
    categories: list[schema.CategoryYaml] = field(default_factory=list[schema.CategoryYaml])
    programs: list[schema.ProgramYaml] = field(default_factory=list[schema.ProgramYaml])
    entries: list[Item[schema.EntryYaml]] = field(default_factory=list[Item[schema.EntryYaml]])
    notes: list[Item[schema.NoteYaml]] = field(default_factory=list[Item[schema.NoteYaml]])
    advice: list[Item[schema.AdviceYaml]] = field(default_factory=list[Item[schema.AdviceYaml]])
    comparisons: list[Item[schema.ComparisonYaml]] = field(
        default_factory=list[Item[schema.ComparisonYaml]]
    )
    combinations: list[Item[schema.CombinationYaml]] = field(
        default_factory=list[Item[schema.CombinationYaml]]
    )
    ids: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    """Section -> ids that stand in the files."""
    unread: set[str] = field(default_factory=set[str])
    """Sections whose file could not be read."""
    strings: list[TextPlace] = field(default_factory=list["TextPlace"])
    problems: list[Problem] = field(default_factory=list["Problem"])

    def knows(self, section: str, item_id: str) -> bool:
        """Whether an item of the section with this id stands in the files, as far as is known.

        When the whole section could not be read, that is the finding, not each reference to it.
        """
        if section not in self.ids:
            return section in self.unread
        return item_id in self.ids[section]
