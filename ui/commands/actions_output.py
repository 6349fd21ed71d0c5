"""What the client's own actions would change, for people and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.values.money import rate_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction

    from models.values.actions import ActionValue, EntryChange
    from models.values.money import YenRange
    from ui.commands.results_json import Json


def action_lines(actions: Sequence[ActionValue]) -> Iterator[str]:
    """Yield a heading and one line a change; nothing where no action would change anything."""
    if not actions:
        return
    yield ""
    yield "■ これからできること（見込みは、ほかの答えと経費が今のままのとき）"
    for action in actions:
        yield from (f"  ・{change.sentence}" for change in action.changes)


def actions_json(actions: Iterable[ActionValue]) -> list[Json]:
    """Return the actions, the most yen first."""
    return [
        {
            "question": action.question,
            "action": action.action,
            "answer": {"before": action.answer_before, "after": action.answer_after},
            "changes": [_change_json(change) for change in action.changes],
        }
        for action in actions
    ]


def _change_json(change: EntryChange) -> Json:
    return {
        "frame": change.entry,
        "beside": change.beside,
        "verdict": {"before": change.verdict_before.value, "after": change.verdict_after.value},
        "subsidy_rate": {"before": _rate(change.rate_before), "after": _rate(change.rate_after)},
        "total": {"before": _range(change.total_before), "after": _range(change.total_after)},
        "gain": None
        if change.low_gain is None
        else {"low": change.low_gain, "high": change.high_gain},
        "text": change.sentence,
    }


def _rate(rate: Fraction | None) -> str | None:
    return None if rate is None else rate_text(rate)


def _range(amount: YenRange | None) -> Json | None:
    return None if amount is None else {"low": amount.low, "high": amount.high}
