"""What break-even says on the screen and on the sheet: sentences, chart, exact figures."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from models.planning.break_even_words import told_crossings
from models.values.break_even import Ahead
from reports.line_chart import ChartLine, Corner, LineChart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.planning.break_even_choices import WorthShowing
    from models.values.break_even import ScenarioLine

SAME_COSTS = "どちらの案でも支払う額は同じなので、補助額が多い方が、ご自身の負担は少なくなります。"
OTHER_COSTS = "支払う額が案によってちがうため、補助額とご自身の負担を別々に比べています。"
_SHARED_OTHERWISE = (
    "この図では経費の分け方が「金額」の表とちがうため、{plan}での額は表と同じになりません。"
)
_ROOM = (6, 5)
"""The chart goes a fifth beyond the last amount that it must show."""
_DECIDED = frozenset({Ahead.FIRST, Ahead.SECOND})
_MOST_FOR_OWNER = 2


class Measure(Enum):
    """What the chart shows; the values are its words."""

    SUBSIDY = "補助"
    OWN_BURDEN = "ご自身の負担"


def chart_of(shown: WorthShowing, measure: Measure = Measure.SUBSIDY) -> LineChart:
    """Return the chart of two ways along one amount, as far as anything happens near the plan."""
    found = shown.found
    courses = found.subsidy
    if measure is Measure.OWN_BURDEN and found.burden is not None:
        courses = found.burden
    surely = () if courses is None else courses.surely.crossings
    bends = [each.most_from_low for each in shown.reaches if each.most_from_low is not None]
    changes = [*found.changes, *bends]
    reach = max(shown.planned, found.today)
    last = max([found.today, *(change for change in changes if change <= found.today + reach)])
    return LineChart(
        x_title=found.amount_label,
        y_title=measure.value,
        first=_line(found.first, measure),
        second=_line(found.second, measure),
        today=found.today,
        plan=found.plan,
        marks=tuple(crossing.at for crossing in surely if crossing.at),
        most_x=max(last * _ROOM[0] // _ROOM[1], 1_000_000),
    )


def _line(line: ScenarioLine, measure: Measure) -> ChartLine:
    subsidy = measure is Measure.SUBSIDY
    return ChartLine(
        line.label,
        tuple(
            Corner(point.net, point.subsidy if subsidy else point.own_burden)
            for point in line.points
        ),
    )


def costs_sentence(shown: WorthShowing) -> str:
    """Return whether the larger subsidy is the smaller own burden."""
    return SAME_COSTS if shown.found.burden is None else OTHER_COSTS


def sentences_of(shown: WorthShowing) -> tuple[str, ...]:
    """Return all that is to be said of two ways along one amount, what decides first."""
    told = [*shown.found.sentences]
    for reach in shown.reaches:
        told += reach.sentences
    if shown.is_shared_otherwise:
        told.append(_SHARED_OTHERWISE.format(plan=shown.found.plan))
    notes = [note for way in shown.ways for note in way.notes]
    return tuple(dict.fromkeys((*told, *notes)))


def owner_sentences(telling: Sequence[WorthShowing]) -> tuple[str, ...]:
    """Return the few sentences for the owner: what is sure, of ways of which nothing is assumed."""
    sure = [each for each in telling if not any(way.notes for way in each.ways)]
    found: dict[str, None] = {}
    for each in sure:
        courses = each.found.subsidy
        crossings = () if courses is None else told_crossings(courses.surely)
        if crossings and crossings[-1].ahead in _DECIDED:
            found.setdefault(each.found.sentences[len(crossings) - 1])
            break
    for each in sure:
        for reach in each.reaches:
            is_sure = reach.most is not None and reach.most.is_certain
            if is_sure and reach.most_from_low and reach.most_from_low == reach.most_from_high:
                found.update(dict.fromkeys(reach.sentences))
    return tuple(found)[:_MOST_FOR_OWNER]
