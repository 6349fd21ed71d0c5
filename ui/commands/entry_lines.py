"""An entry of the catalog as lines of text for `catalog list`, `show` and `search`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.values.conditions import AllOf, AnyOf, Leaf
from models.values.money import rate_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from models.values.catalog import Catalog, Entry, RateFigure
    from models.values.conditions import Condition
    from models.values.sources import SourceRef


def entry_summary(catalog: Catalog, entry: Entry) -> str:
    """Return one line: id, name and stage."""
    return f"{entry.id}  {entry.official_name}［{catalog.stages[entry.stage].label}］"


def entry_lines(catalog: Catalog, entry: Entry) -> Iterator[str]:
    """Yield everything that the catalog says about an entry, each figure with its source."""
    stage = catalog.stages[entry.stage]
    yield f"{entry.official_name}（{entry.plain_name}）"
    yield f"  {entry.id}［{stage.label}］{stage.can_apply_now}"
    yield from _section("対象", [entry.who])
    yield from _section("使いみち", [entry.what_for])
    yield from _section("金額", _figures(entry))
    yield from _section("予算", _budget(entry))
    yield from _section("条件（資料にあるもの）", _condition(entry.hard))
    yield from _section("条件（資料の外。確かめること）", [leaf.sentence for leaf in entry.soft])
    yield from _section("制限", entry.special)
    offers = [f"{offer.label}: {offer.good_for}（{offer.who_calls}）" for offer in entry.offers]
    yield from _section("できること", offers)
    yield from _section("要確認", [note.confirm for note in catalog.notes_of(entry.id)])
    yield from _section("成果目標", entry.targets)
    yield from _section("お金の流れ", [entry.route] if entry.route else [])
    yield from _section("担当課", [f"{one.section} {one.phone}" for one in entry.contacts])
    yield from _section("出典", [source.text() for source in entry.sources])


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield f"{title}:"
        yield from (f"  {line}" for line in found)


def _figures(entry: Entry) -> Iterator[str]:
    for rate in entry.rates:
        yield f"補助率 {_rate(rate)}{_cited(rate.source)}"
    limits = {
        "補助上限額": entry.max_limit,
        "補助下限額": entry.min_limit,
        "上乗せ額": entry.top_up_max,
    }
    for name, figure in limits.items():
        if figure is not None:
            yield f"{name} {figure.text}{_cited(figure.source)}"


def _rate(rate: RateFigure) -> str:
    text = rate_text(rate.rate) + ("以内" if rate.up_to else "")
    case = f"（{rate.when}）" if rate.when else ""
    mark = "（要確認）" if rate.candidate and "要確認" not in case else ""
    return f"{text}{case}{mark}"


def _budget(entry: Entry) -> Iterator[str]:
    if entry.budget is not None:
        yield f"{entry.budget.text}{_cited(entry.budget.source)}"


def _condition(condition: Condition | None) -> Iterator[str]:
    if condition is None:
        return
    if isinstance(condition, Leaf):
        yield f"・{condition.sentence}{_cited(condition.source)}"
        return
    if isinstance(condition, AllOf):
        heading, parts = "次のすべて", condition.parts
    elif isinstance(condition, AnyOf):
        heading, parts = "次のどれか", condition.parts
    else:
        heading, parts = "次に当たらない", (condition.part,)
    yield heading
    for part in parts:
        yield from (f"  {line}" for line in _condition(part))


def _cited(source: SourceRef | None) -> str:
    return "" if source is None else f"  〔{source.text()}〕"
