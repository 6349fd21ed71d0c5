"""A whole entry of the catalog as text: everything that the source says, and where it says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.values.conditions import AllOf, AnyOf, Leaf, Not
from models.values.money import man_text
from reports.wording import truth_mark
from ui.detail_texts import SOFT, contact_parts, fact_parts, note_parts, offer_parts, source_words
from ui.widgets.rich_text import DetailText, Heading, Paragraph, Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.values.catalog import Catalog, Entry
    from models.values.conditions import Condition
    from models.values.results import Screening
    from models.values.truth import Truth

SHARED = "ほかの事業と合わせた額（内数）"


def entry_detail(
    catalog: Catalog,
    entry: Entry,
    screening: Screening | None = None,
    truth_of: Callable[[Condition], Truth] | None = None,
) -> DetailText:
    """Return an entry in full; with the marks of the open consultation where there is one."""
    stage = catalog.stages[entry.stage]
    parts: list[Part] = [Paragraph(entry.plain_name)]
    parts += [Heading("いま申し込めるか"), Paragraph(stage.can_apply_now)]
    parts += fact_parts(entry)
    parts += offer_parts(entry, () if screening is None else screening.offers)
    parts += _conditions(entry, truth_of)
    parts += note_parts(catalog.notes_of(entry.id))
    parts += _budget(entry)
    if entry.targets:
        parts += [Heading("ねらい（成果目標）"), *(Paragraph(f"・{one}") for one in entry.targets)]
    if entry.route:
        parts += [Heading("お金や支援の流れ"), Paragraph(entry.route)]
    parts += contact_parts(entry)
    parts += [Heading("出典"), *(Paragraph(one.text(), look="quiet") for one in entry.sources)]
    return DetailText(entry.official_name, stage.label, tuple(parts))


def _conditions(entry: Entry, truth_of: Callable[[Condition], Truth] | None) -> list[Part]:
    parts: list[Part] = [
        Paragraph(f"{_mark(one, truth_of)} {_words(one)}", _source_of(one))
        for one in _parts_of(entry.hard)
    ]
    for leaf in entry.soft:
        text = f"{_mark(leaf, truth_of)} {leaf.sentence}{SOFT}"
        parts.append(Paragraph(text, source_words(leaf.source)))
    return [Heading("条件"), *parts] if parts else []


def _parts_of(condition: Condition | None) -> tuple[Condition, ...]:
    if condition is None:
        return ()
    if isinstance(condition, AllOf):
        return tuple(inner for part in condition.parts for inner in _parts_of(part))
    return (condition,)


def _words(condition: Condition) -> str:
    if isinstance(condition, Leaf):
        return condition.sentence
    if isinstance(condition, Not):
        return f"次に当たらない: {_words(condition.part)}"
    joint = "、または " if isinstance(condition, AnyOf) else "、かつ "
    return joint.join(_words(part) for part in condition.parts)


def _source_of(condition: Condition) -> str:
    if isinstance(condition, Leaf):
        return source_words(condition.source)
    inner = (condition.part,) if isinstance(condition, Not) else condition.parts
    found = dict.fromkeys(_source_of(part) for part in inner)
    return "\n".join(one for one in found if one)


def _mark(condition: Condition, truth_of: Callable[[Condition], Truth] | None) -> str:
    return "・" if truth_of is None else truth_mark(truth_of(condition))


def _budget(entry: Entry) -> list[Part]:
    budget = entry.budget
    if budget is None:
        return []
    lines = [budget.text]
    if budget.shared and "内数" not in budget.text:
        lines.append(SHARED)
    if budget.previous is not None:
        lines.append(f"前の年度 {man_text(budget.previous)}")
    return [Heading("予算"), Paragraph("\n".join(lines), source_words(budget.source))]
