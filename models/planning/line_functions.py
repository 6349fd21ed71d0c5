"""Piecewise straight functions of one amount: sums, minima and stepped rates of them, exactly."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from models.planning.profiles import Piece, Profile, capped, piece_at, value_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from models.values.calculation import Tier

_ZERO = Fraction(0)


def constant(amount: Fraction | int) -> Profile:
    """Return the function that is always this amount."""
    return (Piece(_ZERO, Fraction(amount), _ZERO),)


def line(slope: Fraction | int, at_zero: Fraction | int) -> Profile:
    """Return a straight line."""
    return (Piece(_ZERO, Fraction(at_zero), Fraction(slope)),)


def total_of(terms: Iterable[tuple[Fraction | int, Profile]]) -> Profile:
    """Return the sum of factor x function over the terms."""
    changes = [
        (piece.start, factor, before, piece)
        for factor, function in terms
        for before, piece in pairwise((None, *function))
        if piece is not None
    ]
    changes.sort(key=itemgetter(0))
    at_zero = slope = _ZERO
    pieces: list[Piece] = []
    for start, together in groupby(changes, key=itemgetter(0)):
        for _, factor, before, piece in together:
            steeper, higher = piece.slope, piece.value - piece.slope * piece.start
            if before is not None:
                steeper -= before.slope
                higher -= before.value - before.slope * before.start
            slope += factor * steeper
            at_zero += factor * higher
        pieces.append(Piece(start, at_zero + slope * start, slope))
    return simplified(pieces)


def lower_of(first: Profile, second: Profile) -> Profile:
    """Return the lower of two functions."""
    return _chosen(first, second, lambda pair: min(pair, key=_value_then_slope))


def higher_of(first: Profile, second: Profile) -> Profile:
    """Return the higher of two functions."""
    return _chosen(first, second, lambda pair: max(pair, key=_value_then_slope))


def _value_then_slope(piece: Piece) -> tuple[Fraction, Fraction]:
    return piece.value, piece.slope


def _chosen(first: Profile, second: Profile, choose: Callable[[Sequence[Piece]], Piece]) -> Profile:
    starts = {piece.start for piece in (*first, *second)}
    ordered = sorted(starts)
    for start, end in zip(ordered, [*ordered[1:], None], strict=True):
        crossing = meeting_point(piece_at(first, start), piece_at(second, start))
        if crossing is not None and start < crossing and (end is None or crossing < end):
            starts.add(crossing)
    pieces: list[Piece] = []
    for start in sorted(starts):
        ones = [
            Piece(start, value_at(each, start), piece_at(each, start).slope)
            for each in (first, second)
        ]
        pieces.append(choose(ones))
    return simplified(pieces)


def meeting_point(first: Piece, second: Piece) -> Fraction | None:
    """Return where two lines meet, `None` when they never do or always are the same."""
    if first.slope == second.slope:
        return None
    first_at_zero = first.value - first.slope * first.start
    second_at_zero = second.value - second.slope * second.start
    return (first_at_zero - second_at_zero) / (second.slope - first.slope)


def roots(function: Profile) -> Iterator[Fraction]:
    """Return where a piece reaches 0 between its ends."""
    zero = constant(0)[0]
    ends = [*(piece.start for piece in function[1:]), None]
    for piece, end in zip(function, ends, strict=True):
        root = meeting_point(piece, zero)
        if root is not None and piece.start < root and (end is None or root < end):
            yield root


def through_tiers(tiers: Sequence[Tier], cost: Profile) -> Profile:
    """Return the amount of stepped rates for a cost."""
    terms: list[tuple[Fraction | int, Profile]] = []
    below = constant(0)
    for tier in tiers:
        up_to = cost if tier.up_to is None else capped(cost, Fraction(tier.up_to))
        terms += [(tier.rate, up_to), (-tier.rate, below)]
        below = up_to
    return total_of(terms)


def simplified(pieces: Sequence[Piece]) -> Profile:
    """Return the pieces without those that only go on as the one before."""
    kept: list[Piece] = []
    for piece in pieces:
        if kept:
            last = kept[-1]
            goes_on = last.value + last.slope * (piece.start - last.start) == piece.value
            if goes_on and last.slope == piece.slope:
                continue
        kept.append(piece)
    return tuple(kept)
