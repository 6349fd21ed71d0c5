"""What a frame would take at given prices: whole expenses, chosen best, in whole numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from models.planning.joint_answers import JointBins, most_further

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.planning.scaled_frames import ScaledBin, ScaledFrame

_MOST_STEPS = 1500


class Answer(NamedTuple):
    """The most a frame or bin pays above the prices (scaled, from above), and what it takes."""

    gain: int
    taken: tuple[int, ...]


class Care(NamedTuple):
    """How exactly to answer: the gain may be above the true one by `close` (scaled).

    It is more only where so many steps were not enough. Bins pay multiples of `grain`.
    """

    close: int
    grain: int = 1
    steps: int = _MOST_STEPS


class _Leg(NamedTuple):
    """An expense for a bin: price of a unit of weighted cost from below, weighted cost, price."""

    rate: int
    size: int
    price: int
    number: int


def frame_answer(
    frame: ScaledFrame, prices: Mapping[int, int], unit: int, steps: int | None = None
) -> Answer:
    """Return what a frame takes, and the most it pays above the prices of that.

    With few `steps` for each bin this is quick and rough: the gain is then too high.
    """
    care = Care(unit >> 5, steps=steps or _MOST_STEPS)
    answers = [_answer_by(frame, way, prices, care, unit) for way in range(len(frame.ways))]
    least = min(answers, key=lambda answer: answer.gain)
    if len(answers) > 1 and steps is None:
        joint = JointBins(frame, prices, unit)
        if joint.worth(least.taken) + care.close < least.gain:
            gain, taken = joint.best(care.close)
            least = Answer(min(least.gain, gain), taken)
    return Answer(min(least.gain, frame.most), least.taken)


def _answer_by(
    frame: ScaledFrame, way: int, prices: Mapping[int, int], care: Care, unit: int
) -> Answer:
    """Return the answer if only this way bounded what the frame pays."""
    fixed, base, top_up, lead = frame.ways[way]
    # A track of a single bin pays whole yen.
    grain = unit if len(base) == 1 and not fixed else 1
    answers = [bin_answer(frame.bins[place], prices, care._replace(grain=grain)) for place in base]
    gain = fixed + sum([answer.gain for answer in answers])
    taken = tuple([number for answer in answers for number in answer.taken])
    if not top_up:
        return Answer(gain, taken)
    grain = unit if len(top_up) == 1 else 1
    answers = [
        bin_answer(frame.bins[place], prices, care._replace(grain=grain)) for place in top_up
    ]
    more = sum([answer.gain for answer in answers])
    if more and lead is not None and not taken:
        led = _led_answer(frame.bins[lead], prices, care)
        if led is None or fixed + led.gain + more <= gain:
            return Answer(gain, taken)
        gain, taken = fixed + led.gain, led.taken
    return Answer(
        gain + more, taken + tuple([number for answer in answers for number in answer.taken])
    )


def _led_answer(each: ScaledBin, prices: Mapping[int, int], care: Care) -> Answer | None:
    """Return the same for a bin that takes at least one expense; `None`: it cannot."""
    best: Answer | None = None
    for number, size in each.sizes.items():
        found = bin_answer(each, prices, care, filled=size, without=number)
        gain = found.gain - prices[number]
        if best is None or gain > best.gain:
            best = Answer(gain, (number, *found.taken))
    return best


def bin_answer(
    each: ScaledBin, prices: Mapping[int, int], care: Care, *, filled: int = 0, without: int = -1
) -> Answer:
    """Return the best whole expenses for a bin, filled so far, and what it gains by them.

    Of more cost than it can use only the part that it can use counts.
    """
    full = each.full
    room = None if full is None else full - filled
    if room is not None and room <= 0:
        return Answer(each.value(filled) // care.grain * care.grain, ())
    legs: list[_Leg] = []
    for number, size in each.sizes.items():
        if number != without:
            used = size if room is None or size < room else room
            price = prices[number]
            legs.append(_Leg(price // used, used, price, number))
    legs.sort()
    return _best_whole(each, filled, legs, care)


def _best_whole(each: ScaledBin, filled: int, legs: Sequence[_Leg], care: Care) -> Answer:
    """Return the best choice of legs, the cheapest first, by branch and bound."""
    close, grain, most_steps = care
    full, value = each.full, each.value
    rests = [0]
    for leg in reversed(legs):
        rests.append(rests[-1] + leg.size)
    rests.reverse()
    count = len(legs)
    best = missed = value(filled) // grain * grain
    chosen = 0
    # How many legs are decided, the fill and the cost with those chosen, and which they are.
    stack = [(0, filled, 0, 0)]
    steps = 0
    while stack:
        at, fill, cost, some = stack.pop()
        if at == count:
            continue
        steps += 1
        rate, size, price, _ = legs[at]
        most = most_further(each, fill, rests[at], rate) - cost
        if most <= best + close or steps > most_steps:
            missed = max(missed, most)
            continue
        stack.append((at + 1, fill, cost, some))
        fill += size
        cost += price
        some |= 1 << at
        worth = value(fill) // grain * grain - cost
        if worth > best:
            best, chosen = worth, some
        if full is None or fill < full:
            stack.append((at + 1, fill, cost, some))
    taken = tuple([leg.number for at, leg in enumerate(legs) if chosen >> at & 1])
    return Answer(max(best, missed), taken)
