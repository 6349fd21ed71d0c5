"""The rows of a comparison as words, the differing ones first. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.values.money import YenRange, rate_text, yen_text
from models.values.results import VERDICT_LABEL, Verdict
from reports.wording import NOTHING, difference_yen

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.values.catalog import Catalog
    from models.values.results import SimulationResult
    from models.values.ways import Way, Ways

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
    of: Callable[[Way, Catalog], str]
    is_amount: bool = True
    is_strong: bool = False


def two_lines(amount: YenRange | None) -> str:
    """Return an amount; a range over two lines, so that its ends stand below one another."""
    if amount is None:
        return NOTHING
    if amount.is_certain:
        return yen_text(amount.low)
    return f"{amount.low:,}円〜\n{yen_text(amount.high)}"


def _rate(way: Way, _catalog: Catalog) -> str:
    rate = way.result.amount.subsidy_rate
    return NOTHING if rate is None else rate_text(rate)


def _cost(way: Way, _catalog: Catalog) -> str:
    return yen_text(way.result.amount.eligible_cost)


def _open(way: Way, catalog: Catalog) -> str:
    questions = [catalog.questions[one].label for one in way.result.open_questions]
    if not questions:
        return "なし"
    more = f"\nほか{len(questions) - MOST_NAMED}" if len(questions) > MOST_NAMED else ""
    return "\n".join(questions[:MOST_NAMED]) + more


def _nothing(_ways: Ways) -> str:
    return NOTHING


LINES = (
    _Line("補助率", "", _nothing, _rate),
    _Line(
        "対象になる費用", "税抜", _nothing, lambda way, _: yen_text(way.result.amount.eligible_cost)
    ),
    _Line("補助", "見込み・以内", _nothing, lambda way, _: two_lines(way.result.amount.subsidy)),
    _Line("上乗せ", "廃業の費用", _nothing, lambda way, _: two_lines(way.result.amount.top_up)),
    _Line(
        "補助の合計",
        "見込み・以内",
        _nothing,
        lambda way, _: two_lines(way.result.amount.total),
        is_strong=True,
    ),
    _Line(
        "ご自身の負担",
        "税込",
        lambda ways: yen_text(ways.paid),
        lambda way, _: two_lines(way.result.own_burden),
        is_strong=True,
    ),
    _Line(
        "立て替えの最大",
        "税込",
        lambda ways: yen_text(ways.paid),
        lambda way, _: yen_text(way.result.peak_advance),
    ),
    _Line("あと聞くこと", "", _nothing, _open, is_amount=False),
)
WITHOUT_THIS = "変える前との差"
CHANGES = (
    _Line("補助の合計の差", WITHOUT_THIS, _nothing, lambda way, _: _change(way, _total)),
    _Line("支払う額の差", WITHOUT_THIS, _nothing, lambda way, _: _change(way, _paid)),
    _Line("ご負担の差", WITHOUT_THIS, _nothing, lambda way, _: _change(way, _own)),
)
"""Stand below the others where a way varies the client's own answers or expenses."""


def _total(result: SimulationResult) -> YenRange | None:
    return result.amount.total


def _paid(result: SimulationResult) -> YenRange | None:
    return YenRange(result.paid, result.paid)


def _own(result: SimulationResult) -> YenRange | None:
    return result.own_burden


def _change(way: Way, of: Callable[[SimulationResult], YenRange | None]) -> str:
    if way.base is None:
        return NOTHING
    return difference_yen(of(way.result), of(way.base)).replace("〜", "〜\n")


def compared_rows(ways: Ways, catalog: Catalog) -> tuple[ComparedRow, ...]:
    """Return the rows of a comparison, the differing ones first."""
    varied = any(way.base is not None for way in ways.ways)
    rows = [_row(line, ways, catalog) for line in (*LINES, *(CHANGES if varied else ()))]
    return (*(one for one in rows if one.differs), *(one for one in rows if not one.differs))


def _row(line: _Line, ways: Ways, catalog: Catalog) -> ComparedRow:
    texts = [
        VERDICT_LABEL[Verdict.NOT_ELIGIBLE] if way.is_ruled_out else line.of(way, catalog)
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
