"""The rows of a comparison as words, the differing ones first. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.values.money import rate_text, yen_text
from models.values.results import VERDICT_LABEL, Verdict
from reports.wording import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.values.catalog import Catalog
    from models.values.money import YenRange
    from models.values.results import SimulationResult
    from models.values.ways import Ways

MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One row: its title, and a text for each column, 「補助金を使わない」 first."""

    title: str
    aside: str
    cells: tuple[str, ...]
    differs: bool
    is_amount: bool = True
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    title: str
    aside: str
    without: Callable[[Ways], str]
    of: Callable[[SimulationResult, Catalog], str]
    is_amount: bool = True
    is_strong: bool = False


def two_lines(amount: YenRange | None) -> str:
    """Return an amount; a range over two lines, so that its ends stand below one another."""
    if amount is None:
        return NOTHING
    if amount.is_certain:
        return yen_text(amount.low)
    return f"{amount.low:,}円〜\n{yen_text(amount.high)}"


def _rate(result: SimulationResult, _catalog: Catalog) -> str:
    rate = result.amount.subsidy_rate
    return NOTHING if rate is None else rate_text(rate)


def _open(result: SimulationResult, catalog: Catalog) -> str:
    questions = [catalog.questions[one].label for one in result.open_questions]
    if not questions:
        return "なし"
    more = f"\nほか{len(questions) - MOST_NAMED}" if len(questions) > MOST_NAMED else ""
    return "\n".join(questions[:MOST_NAMED]) + more


def _nothing(_ways: Ways) -> str:
    return NOTHING


LINES = (
    _Line("補助率", "", _nothing, _rate),
    _Line("対象になる費用", "税抜", _nothing, lambda r, _: yen_text(r.amount.eligible_cost)),
    _Line("補助", "見込み・以内", _nothing, lambda r, _: two_lines(r.amount.subsidy)),
    _Line("上乗せ", "廃業の費用", _nothing, lambda r, _: two_lines(r.amount.top_up)),
    _Line(
        "補助の合計",
        "見込み・以内",
        _nothing,
        lambda r, _: two_lines(r.amount.total),
        is_strong=True,
    ),
    _Line(
        "ご自身の負担",
        "税込",
        lambda ways: yen_text(ways.paid),
        lambda r, _: two_lines(r.own_burden),
        is_strong=True,
    ),
    _Line(
        "立て替えの最大",
        "税込",
        lambda ways: yen_text(ways.paid),
        lambda r, _: yen_text(r.peak_advance),
    ),
    _Line("あと聞くこと", "", _nothing, _open, is_amount=False),
)


def compared_rows(ways: Ways, catalog: Catalog) -> tuple[ComparedRow, ...]:
    """Return the rows of a comparison, the differing ones first."""
    rows = [_row(line, ways, catalog) for line in LINES]
    return (*(one for one in rows if one.differs), *(one for one in rows if not one.differs))


def _row(line: _Line, ways: Ways, catalog: Catalog) -> ComparedRow:
    texts = [
        VERDICT_LABEL[Verdict.NOT_ELIGIBLE] if way.is_ruled_out else line.of(way.result, catalog)
        for way in ways.ways
    ]
    compared = {text for text, way in zip(texts, ways.ways, strict=True) if not way.is_ruled_out}
    return ComparedRow(
        line.title,
        line.aside,
        (line.without(ways), *texts),
        differs=len(compared) > 1,
        is_amount=line.is_amount,
        is_strong=line.is_strong,
    )
