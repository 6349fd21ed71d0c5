"""What a frame would take at given prices: whole expenses, chosen best, in whole numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from models.planning.joint_answers import JointBins, most_further
from models.planning.line_answers import FINER, Care, Leg, best_of_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.planning.scaled_frames import ScaledBin, ScaledFrame, ScaledWay

_MOST_STEPS = 1500


class Answer(NamedTuple):
    """The most a frame or bin pays above the prices (scaled, from above), and what it takes."""

    gain: int
    taken: tuple[int, ...]


def frame_answer(
    frame: ScaledFrame, prices: Mapping[int, int], unit: int, steps: int | None = None
) -> Answer:
    """Return what a frame takes (in order), and the most it pays above the prices of that.

    With few `steps` for each bin this is quick and rough: the gain is then too high.
    """
    most_steps = steps or _MOST_STEPS
    loose, whole = Care(unit >> 5, 1, most_steps), Care(unit >> 5, unit, most_steps)
    if len(frame.ways) == 1:
        gain, taken = _answer_by(frame, frame.ways[0], prices, loose, whole)
    else:
        gain, taken = _answer_by_all(frame, prices, loose, whole, joint=steps is None)
    return Answer(min(gain, frame.most), tuple(sorted(taken)))


def _answer_by_all(
    frame: ScaledFrame, prices: Mapping[int, int], loose: Care, whole: Care, *, joint: bool
) -> Answer:
    """Return the answer where all ways together bound what the frame pays."""
    bins = JointBins(frame, prices, whole.grain)
    least = Answer(frame.most, ())
    for way in frame.ways:
        answer = _answer_by(frame, way, prices, loose, whole)
        if answer.gain < least.gain:
            least = answer
        if bins.worth(answer.taken) + loose.close >= least.gain:
            return Answer(least.gain, answer.taken)
    if not joint:
        return least
    gain, taken = bins.best(loose.close)
    return Answer(min(least.gain, gain), taken)


def _answer_by(
    frame: ScaledFrame, way: ScaledWay, prices: Mapping[int, int], loose: Care, whole: Care
) -> Answer:
    """Return the answer if only this way bounded what the frame pays."""
    fixed, base, top_up, lead = way
    bins = frame.bins
    # A track of a single bin pays whole yen.
    first = _bins_answer([bins[p] for p in base], prices, loose if fixed else whole, loose)
    if not top_up:
        return Answer(fixed + first.gain, first.taken) if fixed else first
    second = _bins_answer([bins[p] for p in top_up], prices, whole, loose)
    if second.gain and lead is not None and not first.taken:
        led = _led_answer(bins[lead], prices, loose)
        if led is None or led.gain + second.gain <= first.gain:
            return Answer(fixed + first.gain, first.taken)
        first = led
    return Answer(fixed + first.gain + second.gain, first.taken + second.taken)


def _bins_answer(
    bins: Sequence[ScaledBin], prices: Mapping[int, int], single: Care, several: Care
) -> Answer:
    """Return the answer of all these bins, with one care for a single bin, or that for several."""
    if len(bins) == 1:
        return bin_answer(bins[0], prices, single)
    answers = [bin_answer(each, prices, several) for each in bins]
    return Answer(
        sum([answer.gain for answer in answers]),
        tuple([number for answer in answers for number in answer.taken]),
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
    full, line = each.full, each.rate
    room = None if full is None else full - filled
    if room is not None and room <= 0:
        return Answer(each.value(filled) // care.grain * care.grain, ())
    legs: list[Leg] = []
    for number, size in each.sizes.items():
        if number != without:
            used = size if room is None or size < room else room
            price = prices[number]
            # What costs more than a line pays for it never helps; rounding hides less than a grain.
            if line is None or price < line * used + care.grain:
                legs.append(((price << FINER) // used, used, price, number))
    legs.sort()
    if line is None:
        gain, taken = _best_whole(each, filled, legs, care)
    else:
        gain, taken = best_of_line(line, room, filled, legs, care)
    return Answer(gain, tuple([leg[3] for at, leg in enumerate(legs) if taken >> at & 1]))


def _best_whole(each: ScaledBin, filled: int, legs: Sequence[Leg], care: Care) -> tuple[int, int]:
    """Return the most that a choice of legs gains, the cheapest first, and which (bits)."""
    close, grain, most_steps = care
    full, value = each.full, each.value
    rests = [0]
    for leg in reversed(legs):
        rests.append(rests[-1] + leg[1])
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
        most = most_further(each, fill, rests[at], rate >> FINER) - cost
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
    return max(best, missed), chosen
