"""Things that stand in the catalog and that nothing uses: most often a forgotten reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.catalog_build.schema_conditions import (
    AnswerLimitYaml,
    LeafYaml,
    SourceYaml,
    TableLimitYaml,
)
from models.catalog_build.schema_steps import (
    CapPerBodyYaml,
    CostCapYaml,
    MinusAnswerYaml,
    ReadingsYaml,
)
from models.catalog_build.walk import PartT, all_items, parts_of_type
from models.values.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from models.catalog_build.draft import Draft
    from models.catalog_build.schema_base import Located


def check_usage(draft: Draft) -> Iterator[Problem]:
    """Find facts, tables, documents, stages, topics, notes, categories and questions unused."""
    items = [item for item, _ in all_items(draft)]
    leaves = _parts(items, LeafYaml)
    entries = [item.yaml for item in draft.entries]
    programs = {item.program.id for item in draft.entries if item.program is not None}
    documents = {source.document for source in _parts(items, SourceYaml)}
    documents |= {program.document for program in draft.programs}
    documents |= {entry.document for entry in entries}
    tables = {limit.table for limit in _parts(items, TableLimitYaml)}
    read_notes = {step.note for step in _parts(items, ReadingsYaml)}
    used_categories = {
        name for entry in entries for name in (*entry.categories.base, *entry.categories.top_up)
    }
    notes = [n.yaml for n in draft.notes if not n.yaml.entries]
    minor, info = Severity.MINOR, Severity.INFO
    yield from _unused(draft.facts, {leaf.fact for leaf in leaves}, "この事実", minor)
    yield from _unused(draft.tables, tables, "この表", minor)
    yield from _unused(notes, read_notes, "この注", minor)
    yield from _unused(draft.documents, documents, "この文書", minor)
    yield from _unused(draft.stages, {entry.stage for entry in entries}, "この段階", minor)
    yield from _unused(draft.topics, {q.topic for q in draft.questions}, "この話題", minor)
    yield from _unused(draft.programs, programs, "この制度（枠がない）", minor)
    yield from _unused(draft.categories, used_categories, "この経費区分", info)
    yield from _unused(draft.questions, _used_questions(draft, items, leaves), "この質問", info)


def _used_questions(
    draft: Draft, items: Sequence[Located], leaves: Sequence[LeafYaml]
) -> set[str | None]:
    used = {leaf.question for leaf in leaves}
    used |= {limit.by for limit in _parts(items, TableLimitYaml)}
    used |= {limit.answer for limit in _parts(items, AnswerLimitYaml)}
    used |= {step.minus_answer for step in _parts(items, MinusAnswerYaml)}
    used |= {step.cost_cap for step in _parts(items, CostCapYaml)}
    used |= {body.question for body in _parts(items, CapPerBodyYaml)}
    leading = {question.id for question in draft.questions if question.leads_to}
    return used | leading | {q.id for q in draft.questions if q.role is not None}


def _parts(items: Sequence[Located], kind: type[PartT]) -> list[PartT]:
    return [part for item in items for part in parts_of_type(item, kind)]


def _unused(
    items: Sequence[Located], used: set[str | None] | set[str], what: str, severity: Severity
) -> Iterator[Problem]:
    for item in items:
        if getattr(item, "id") not in used:  # noqa: B009 (every kind given here has an id)
            yield item.problem(f"{what}はどこからも使われていません。", severity, "id")
