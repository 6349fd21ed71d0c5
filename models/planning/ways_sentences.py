"""Says in words what ways side by side show: which is better for what, and by how much.

Only ways under the same answers and expenses are called better than one another, and only such as
can both hold. What a variation changes is told as a what-if, against the same frames without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.values.money import man_text
from models.values.results import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.values.money import YenRange
    from models.values.ways import Way, Ways

NOTHING_YET = "この経費では、まだ補助の見込み額がありません。"


def ways_sentences(ways: Ways) -> tuple[str, ...]:
    """Return what the figures show, one paragraph an assumption: nothing of what is ruled out.

    Amounts are exact; where ranges overlap, or their low and high ends decide differently, the
    sentences say so.
    """
    known = [
        way
        for way in ways.ways
        if not way.is_ruled_out
        and way.result.amount.total is not None
        and way.result.own_burden is not None
    ]
    groups: list[list[Way]] = []
    for way in known:
        found = next((group for group in groups if _same_assumption(group[0], way)), None)
        if found is None:
            groups.append([way])
        else:
            found.append(way)
    groups.sort(key=lambda group: bool(group[0].assumed))
    if not groups:
        return (NOTHING_YET,)
    return tuple("".join(_of_group(ways, group)) for group in groups)


def range_words(amount: YenRange) -> str:
    """Return a range for a sentence: `450万円` or `200万円〜650万円`."""
    if amount.is_certain:
        return man_text(amount.low)
    return f"{man_text(amount.low)}〜{man_text(amount.high)}"


def _same_assumption(one: Way, other: Way) -> bool:
    if not one.assumed and not other.assumed:
        return True
    return (
        one.assumed == other.assumed
        and one.scenario.answers == other.scenario.answers
        and one.scenario.expenses == other.scenario.expenses
    )


def _of_group(ways: Ways, group: Sequence[Way]) -> list[str]:
    """Return what can be said of the ways under one assumption."""
    head = f"{group[0].assumed}、" if group[0].assumed else ""
    if len(group) == 1 and head:
        return _what_if(head, group[0])
    paying = [way for way in group if way.pays]
    if not paying:
        return [NOTHING_YET if not head else f"{head}補助の見込み額がありません。"]
    told: list[str] = []
    waiting = sorted(paying, key=lambda way: (-_total(way).low, -_total(way).high))
    tops: list[Way] = []
    while waiting:
        top = waiting[0]
        rivals = [way for way in waiting[1:] if not _are_apart(ways, top, way)]
        beaten = [way for way in group if not way.pays and not _are_apart(ways, top, way)]
        told += _compared(head, top, rivals, beaten)
        waiting = [way for way in waiting[1:] if way not in rivals]
        tops.append(top)
    if len(tops) > 1:
        names = "と".join(way.short for way in tops)
        told.append(f"{names}は、両方が成り立つことはないため、どちらが多いかは比べません。")
    return told


def _compared(head: str, top: Way, rivals: Sequence[Way], beaten: Sequence[Way]) -> list[str]:
    """Return how the way with the largest low end stands to those that can hold with it."""
    best = _total(top)
    if not rivals:
        if beaten:
            told = f"{head}補助の見込みがあるのは{top.short}だけで、{range_words(best)}です。"
            return [told, *_unsure(top)]
        return [f"{head}{top.short}の見込みは{range_words(best)}です。"]
    highest = max((top, *rivals), key=lambda way: (_total(way).high, _total(way).low))
    if highest is not top:
        return [_two_ends(head, top, highest)]
    rival = max(rivals, key=lambda way: (_total(way).high, _total(way).low))
    other = _total(rival)
    if best.low > other.high:
        return _better(head, top, rival, [*rivals, *beaten])
    if best.is_certain and other == best:
        amount = man_text(best.low)
        return [f"{head}補助の見込みは、{top.short}と{rival.short}で同じ{amount}です。"]
    aside = ""
    if best.low > other.low and best.high > other.high:
        aside = f"（少ない方どうし、多い方どうしでは、{top.short}の方が多くなります）"
    return [
        f"{head}補助の見込みの幅が重なるため、{top.short}と{rival.short}の"
        f"どちらが多いかはまだ言えません{aside}。"
    ]


def _two_ends(head: str, by_low: Way, by_high: Way) -> str:
    """Say that the low ends decide differently from the high ends."""
    low = man_text(_total(by_low).low - _total(by_high).low)
    high = man_text(_total(by_high).high - _total(by_low).high)
    return (
        f"{head}補助の見込みは、少ない方では{by_low.short}が{by_high.short}より{low}多く、"
        f"多い方では{by_high.short}が{by_low.short}より{high}多くなるため、"
        "どちらが多いかはまだ言えません。"
    )


def _better(head: str, top: Way, rival: Way, others: Sequence[Way]) -> list[str]:
    best, other = _total(top), _total(rival)
    exact = best.is_certain and other.is_certain
    difference = f"{'' if exact else '少なくとも'}{man_text(best.low - other.high)}"
    burden = ""
    if top.result.paid == rival.result.paid:
        # Both pay the same: what one gets more is what is left to pay less, to the yen.
        burden = "、ご自身の負担はその分少なく"
    told = [
        f"{head}補助の見込みは、{top.short}が{rival.short}より{difference}多く{burden}なります。"
    ]
    peaks = {way.result.peak_advance for way in (top, *others)}
    if len(peaks) == 1:
        told.append(f"立て替える最大は、どれも{man_text(peaks.pop())}です。")
    return [*told, *_unsure(top)]


def _unsure(top: Way) -> list[str]:
    """Say of the way that promises most that it is not settled yet, where it is not."""
    if top.result.screening.verdict is Verdict.LIKELY:
        return []
    return [f"ただし、{top.short}に当てはまるかは、これから確かめます。"]


def _what_if(head: str, way: Way) -> list[str]:
    """Say what a variation changes, against the same frames without it."""
    now, base = _total(way), way.base
    before = None if base is None else base.amount.total
    if not now.high and (before is None or not before.high):
        return [f"{head}{way.short}に補助の見込み額はありません。"]
    if base is None or before is None:
        return [f"{head}{way.short}の見込みは{range_words(now)}です。"]
    told = [f"{head}{way.short}の補助の見込みは{_moved(now, before)}。"]
    own, own_before = way.result.own_burden, base.own_burden
    if own is not None and own_before is not None:
        told.append(f"ご自身の負担は{_moved(own, own_before)}。")
    ahead = way.result.peak_advance - base.peak_advance
    if ahead:
        side = "多く" if ahead > 0 else "少なく"
        told.append(f"立て替える最大は、変える前より{man_text(abs(ahead))}{side}なります。")
    return told


def _moved(now: YenRange, before: YenRange) -> str:
    """Return an amount and how it moved; of ranges both, for their ends may move apart."""
    if not (now.is_certain and before.is_certain):
        return f"{range_words(now)}です（変える前は{range_words(before)}）"
    difference = now.low - before.low
    if not difference:
        return f"{man_text(now.low)}で、変える前と同じです"
    side = "多く" if difference > 0 else "少なく"
    return f"{man_text(now.low)}で、変える前より{man_text(abs(difference))}{side}なります"


def _are_apart(ways: Ways, one: Way, other: Way) -> bool:
    return frozenset({one.label, other.label}) in ways.apart


def _total(way: Way) -> YenRange:
    total = way.result.amount.total
    if total is None:
        raise ValueError("only ways with a known amount are compared")
    return total
