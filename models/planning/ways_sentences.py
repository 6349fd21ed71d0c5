"""Says in words what ways side by side show: which promises more, and by how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.values.money import man_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.values.money import YenRange
    from models.values.ways import Ways


def ways_sentences(ways: Ways) -> tuple[str, ...]:
    """Say which of the ways that can all hold promises more, and by how much (yen).

    A way that assumes something and a frame that is not eligible are never called better. Where
    ranges overlap the sentence says that nothing can be said yet.
    """
    known = [
        (way.short, way.result.amount.total)
        for way in ways.ways
        if not way.notes and not way.is_ruled_out and way.result.amount.total is not None
    ]
    return (_sentence(known),)


def _sentence(known: Sequence[tuple[str, YenRange]]) -> str:
    if not known or all(total.high == 0 for _, total in known):
        return "この経費では、まだ補助の見込み額がありません。"
    ordered = sorted(known, key=lambda item: (-item[1].low, -item[1].high))
    label, best = ordered[0]
    if len(ordered) == 1:
        return f"{label}の見込みは{range_words(best)}です。"
    return _better(label, best, ordered[1:])


def _better(label: str, best: YenRange, others: Sequence[tuple[str, YenRange]]) -> str:
    rival_label, rival = max(others, key=lambda item: (item[1].high, item[1].low))
    if rival.high == 0:
        return f"補助の見込みがあるのは{label}だけで、{range_words(best)}です。"
    if best.is_certain and rival == best:
        return f"補助の見込みは、{label}と{rival_label}で同じ{man_text(best.low)}です。"
    if best.low <= rival.high:
        return (
            f"補助の見込みの幅が重なるため、{label}と{rival_label}の"
            "どちらが多いかはまだ言えません。"
        )
    difference = man_text(best.low - rival.high)
    at_least = "" if best.is_certain and rival.is_certain else "少なくとも"
    return f"補助の見込みは、{label}が{rival_label}より{at_least}{difference}多くなります。"


def range_words(amount: YenRange) -> str:
    """Return a range for a sentence: `450万円` or `200万円〜650万円`."""
    if amount.is_certain:
        return man_text(amount.low)
    return f"{man_text(amount.low)}〜{man_text(amount.high)}"
