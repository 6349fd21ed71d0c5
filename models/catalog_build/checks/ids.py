"""Ids: unique, and known wherever they are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.catalog_build import schema
from models.catalog_build.schema_conditions import LeafYaml, SourceYaml, TableLimitYaml
from models.catalog_build.walk import all_items, parts_of_type
from models.values.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from models.catalog_build.draft import Draft
    from models.catalog_build.schema_base import Located


def check_ids(draft: Draft) -> Iterator[Problem]:
    """Find ids that stand twice."""
    yield from _twice(draft.documents, "id")
    yield from _twice(draft.documents, "title")
    yield from _twice(draft.stages, "id")
    yield from _twice(draft.glossary, "term")
    yield from _twice(draft.topics, "id")
    yield from _twice([*draft.questions, *draft.retired], "id")
    yield from _twice(draft.questionnaires, "id")
    yield from _twice(draft.tables, "id")
    yield from _twice(draft.facts, "id")
    yield from _twice(draft.industries, "code")
    yield from _twice(draft.categories, "id")
    yield from _twice(draft.programs, "id")
    yield from _twice([item.yaml for item in draft.entries], "id")
    yield from _twice([item.yaml for item in draft.notes], "id")
    yield from _twice([item.yaml for item in draft.advice], "id")
    yield from _twice([item.yaml for item in draft.comparisons], "id")
    for question in draft.questions:
        yield from _twice(question.choices, "value")
    for table in draft.tables:
        yield from _twice(table.rows, "id")
    for item in draft.entries:
        yield from _twice(item.yaml.offers, "id")
    leaves = [leaf for item, _ in all_items(draft) for leaf in parts_of_type(item, LeafYaml)]
    yield from _twice([leaf for leaf in leaves if leaf.id is not None], "id")


def check_references(draft: Draft) -> Iterator[Problem]:
    """Find names of things that do not exist."""
    for question in draft.questions:
        yield from _unknown(draft, "topics", question, question.topic, "topic")
    for paper in draft.questionnaires:
        yield from _unknown_many(draft, "topics", paper, paper.topics, "topics")
        yield from _unknown_many(draft, "questions", paper, paper.questions, "questions")
    for program in draft.programs:
        yield from _unknown(draft, "documents", program, program.document, "document")
    for item in draft.entries:
        yield from _entry_references(draft, item.yaml)
    yield from _entries_named(draft)
    for made, program in all_items(draft):
        entry = made if isinstance(made, schema.EntryYaml) else None
        yield from _source_references(draft, made, program, entry)
    yield from _table_references(draft)


def _entries_named(draft: Draft) -> Iterator[Problem]:
    for note in draft.notes:
        yield from _unknown_many(draft, "entries", note.yaml, note.yaml.entries, "entries")
    for advice in draft.advice:
        yield from _unknown_many(draft, "entries", advice.yaml, advice.yaml.entries, "entries")
    for comparison in draft.comparisons:
        for column in comparison.yaml.columns:
            yield from _unknown(draft, "entries", column, column.entry, "entry")
    for combination in draft.combinations:
        for group in combination.yaml.groups:
            yield from _unknown_many(draft, "entries", combination.yaml, group, "groups")


def _entry_references(draft: Draft, entry: schema.EntryYaml) -> Iterator[Problem]:
    yield from _unknown(draft, "stages", entry, entry.stage, "stage")
    if entry.document is not None:
        yield from _unknown(draft, "documents", entry, entry.document, "document")
    for track, categories in (("base", entry.categories.base), ("top_up", entry.categories.top_up)):
        yield from _unknown_many(draft, "categories", entry.categories, categories, track)


def _source_references(
    draft: Draft,
    item: Located,
    program: schema.ProgramYaml | None,
    entry: schema.EntryYaml | None,
) -> Iterator[Problem]:
    has_default = program is not None or (entry is not None and entry.document is not None)
    for source in parts_of_type(item, SourceYaml):
        if source.document is not None:
            yield from _unknown(draft, "documents", source, source.document, "document")
        elif not has_default:
            yield source.problem("出典の文書（document）を書いてください。", Severity.CRITICAL)


def _table_references(draft: Draft) -> Iterator[Problem]:
    tables = {table.id: table for table in draft.tables}
    types = {question.id: question.type for question in draft.questions}
    rows = {row.id for table in draft.tables for row in table.rows}
    for item, _ in all_items(draft):
        for limit in parts_of_type(item, TableLimitYaml):
            yield from _unknown(draft, "tables", limit, limit.table, "table")
            yield from _unknown(draft, "questions", limit, limit.by, "by")
            table = tables.get(limit.table)
            if table is not None and limit.column not in table.rows[0].values:
                reason = f"表「{limit.table}」に列「{limit.column}」がありません。"
                yield limit.problem(reason, Severity.CRITICAL, "column")
            if types.get(limit.by, "industry") != "industry":
                reason = "表を引く質問（by）は業種（industry）の質問にしてください。"
                yield limit.problem(reason, Severity.CRITICAL, "by")
    for industry in draft.industries:
        for row in industry.rows:
            if rows and row not in rows:
                reason = f"行「{row}」はどの表にもありません。"
                yield industry.problem(reason, Severity.CRITICAL, "rows")


def _twice(items: Iterable[Located], name: str) -> Iterator[Problem]:
    seen: dict[str, Located] = {}
    for item in items:
        value = str(getattr(item, name))
        first = seen.setdefault(value, item)
        if first is not item:
            place = f"{first.place.file}:{first.place.line}"
            reason = f"「{value}」は {place} にもあります。一つにしてください。"
            yield item.problem(reason, Severity.CRITICAL, name)


_NAMES = {
    "topics": "話題",
    "documents": "文書",
    "stages": "段階",
    "entries": "制度・枠",
    "categories": "経費区分",
    "tables": "表",
    "questions": "質問",
    "facts": "事実",
    "notes": "注",
}


def unknown_reason(section: str, item_id: str) -> str:
    """Return the sentence for an id that no item of the section has."""
    return f"{_NAMES[section]}「{item_id}」はありません。idを確かめてください。"


def _unknown(
    draft: Draft, section: str, item: Located, item_id: str, part: str
) -> Iterator[Problem]:
    if not draft.knows(section, item_id):
        yield item.problem(unknown_reason(section, item_id), Severity.CRITICAL, part)


def _unknown_many(
    draft: Draft, section: str, item: Located, ids: list[str], part: str
) -> Iterator[Problem]:
    for index, item_id in enumerate(ids):
        if not draft.knows(section, item_id):
            yield item.problem(unknown_reason(section, item_id), Severity.CRITICAL, part)
        if item_id in ids[:index]:
            yield item.problem(f"「{item_id}」が二度あります。", Severity.IMPORTANT, part)
