"""Amounts as functions of pooled cost: piecewise linear, never falling, exact fractions."""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.values.calculation import Tier


class Piece(NamedTuple):
    """From `start` yen of cost on, the amount is `value` and grows by `slope` a yen."""

    start: Fraction
    value: Fraction
    slope: Fraction


Profile = tuple[Piece, ...]
"""Pieces in order, the first at 0. Between pieces the amount may jump up, never down."""

_ZERO = Fraction(0)
IDENTITY: Profile = (Piece(_ZERO, _ZERO, Fraction(1)),)


def piece_at(profile: Profile, cost: Fraction | int) -> Piece:
    """Return the piece that holds at a cost."""
    return profile[max(bisect_right(profile, cost, key=itemgetter(0)) - 1, 0)]


def value_at(profile: Profile, cost: Fraction | int) -> Fraction:
    """Return the amount at a cost."""
    piece = piece_at(profile, cost)
    return piece.value + piece.slope * (cost - piece.start)


def cut_from(profile: Profile, cost: Fraction) -> Profile:
    """Return the profile from a cost on."""
    piece = piece_at(profile, cost)
    first = Piece(cost, value_at(profile, cost), piece.slope)
    return (first, *(each for each in profile if each.start > cost))


def multiplied(profile: Profile, rate: Fraction) -> Profile:
    """Return the profile times a rate."""
    return tuple(Piece(start, value * rate, slope * rate) for start, value, slope in profile)


def _ends(profile: Profile) -> list[Fraction | None]:
    return [*(piece.start for piece in profile[1:]), None]


def _crossing(piece: Piece, end: Fraction | None, level: Fraction) -> Fraction | None:
    """Return where a piece that starts below a level reaches it, `None` when it does not."""
    if not piece.slope:
        return None
    cost = piece.start + (level - piece.value) / piece.slope
    return cost if end is None or cost < end else None


def capped(profile: Profile, most: Fraction) -> Profile:
    """Return the profile, at most `most` yen."""
    kept: list[Piece] = []
    for piece, end in zip(profile, _ends(profile), strict=True):
        if piece.value >= most:
            return (*kept, Piece(piece.start, most, _ZERO))
        kept.append(piece)
        reached = _crossing(piece, end, most)
        if reached is not None:
            return (*kept, Piece(reached, most, _ZERO))
    return tuple(kept)


def zero_below(profile: Profile, least: Fraction) -> Profile:
    """Return the profile with 0 wherever it does not reach `least` yen."""
    for index, (piece, end) in enumerate(zip(profile, _ends(profile), strict=True)):
        if piece.value >= least:
            return _from(profile, index, piece)
        reached = _crossing(piece, end, least)
        if reached is not None:
            return _from(profile, index, Piece(reached, least, piece.slope))
    return (Piece(_ZERO, _ZERO, _ZERO),)


def lowered(profile: Profile, by: Fraction) -> Profile:
    """Return the profile minus `by` yen, not below zero."""
    if not by:
        return profile
    for index, (piece, end) in enumerate(zip(profile, _ends(profile), strict=True)):
        less = piece._replace(value=piece.value - by)
        rest = tuple(each._replace(value=each.value - by) for each in profile[index + 1 :])
        if less.value >= 0:
            return _from((*profile[:index], less, *rest), index, less)
        reached = _crossing(less, end, _ZERO)
        if reached is not None:
            return _from((*profile[:index], less, *rest), index, Piece(reached, _ZERO, less.slope))
    return (Piece(_ZERO, _ZERO, _ZERO),)


def _from(profile: Profile, index: int, first: Piece) -> Profile:
    """Return the profile from piece `index` on, which `first` replaces, and 0 before it."""
    before = () if first.start == 0 else (Piece(_ZERO, _ZERO, _ZERO),)
    return (*before, first, *profile[index + 1 :])


def tiered(tiers: Sequence[Tier]) -> Profile:
    """Return the profile of stepped rates over the cost itself."""
    pieces: list[Piece] = []
    start = value = _ZERO
    for tier in tiers:
        pieces.append(Piece(start, value, tier.rate))
        if tier.up_to is None:
            return tuple(pieces)
        value += tier.rate * (tier.up_to - start)
        start = Fraction(tier.up_to)
    return (*pieces, Piece(start, value, _ZERO))


def composed(outer: Profile, inner: Profile) -> Profile:
    """Return the outer profile of what the inner one pays."""
    pieces: list[Piece] = []
    for piece, end in zip(inner, _ends(inner), strict=True):
        slope = piece_at(outer, piece.value).slope
        pieces.append(Piece(piece.start, value_at(outer, piece.value), piece.slope * slope))
        for each in outer:
            reached = _crossing(piece, end, each.start) if each.start > piece.value else None
            if reached is not None:
                pieces.append(Piece(reached, each.value, piece.slope * each.slope))
    return tuple(pieces)


def never_above(lower: Profile, upper: Profile) -> bool:
    """Return whether `lower` is nowhere above `upper`."""
    starts = sorted({piece.start for piece in (*lower, *upper)})
    for index, start in enumerate(starts):
        low, high = piece_at(lower, start), piece_at(upper, start)
        if value_at(lower, start) > value_at(upper, start):
            return False
        if index + 1 == len(starts):
            return low.slope <= high.slope
        end = starts[index + 1]
        if low.value + low.slope * (end - low.start) > high.value + high.slope * (end - high.start):
            return False
    return True
