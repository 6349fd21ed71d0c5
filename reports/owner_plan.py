"""The best combination on the owner's copy: short, and only where it says something new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.planning.cash_plan import paid_in_all
from models.values.money import man_text
from reports.compared_ways import owner_ways
from reports.content_blocks import Section, TextBlock, Weight
from reports.owner_names import letter_of, tells_a_stranger
from reports.plan_content import DOUBLE_RULE
from reports.wording import range_man

if TYPE_CHECKING:
    from models.values.plan import Plan
    from models.values.results import Screening
    from models.values.ways import Way
    from reports.sheet_input import SheetInput

_UNSAID = "一緒に使えるかは、公募要領で確かめます"
_SPLIT_UNTIL, _PLAN_UNTIL = 4, 10
"""The tightness from which on the advisor's copy tells it alone."""
_MOST_LABELS = 3
_LONGEST_LABEL = 12
_SOMETHING = "ほかの費用"


def owner_plan_sections(given: SheetInput, shown: list[Screening]) -> tuple[Section, ...]:
    """Return the section of the plan, or none.

    It names only what the owner has been told of: the plan is that over the frames in play, or,
    where the advisor's scenarios want the same expense twice, the split among them.
    """
    plans = given.plans
    double = plans.double_funding
    by_scenarios = bool(given.consultation.scenarios) and double is not None
    plan = double.split if double is not None and by_scenarios else plans.spoken
    if not plan.frames or not _may_be_named(given, plan, shown):
        return ()
    stages = frozenset(given.catalog.entries[frame.entry].stage for frame in plan.frames)
    several = len(plan.frames) > 1
    if not several and not _is_new(given, plan):
        if double is None:
            return ()
        best = "と、見込みの額がいちばん多くなります" if plan.proven_optimal else "案です"
        told = TextBlock(f"{DOUBLE_RULE}{_placed(given, plan, shown)}{best}。")
        # The scenarios of the advisor ask for the split; else the advisor's copy tells enough.
        until = None if by_scenarios else _SPLIT_UNTIL
        return (Section("同じ経費は一度だけ", (told,), stages, whole=True, until=until),)
    sums = f"{_placed(given, plan, shown)}と、合わせて {range_man(plan.total)}以内の見込みです。"
    blocks = (
        TextBlock(sums, Weight.STRONG),
        TextBlock(f"{DOUBLE_RULE if several else ''}{_sureness(plan)}{_own_burden(given, plan)}"),
    )
    aside = _UNSAID if several else ""
    return (
        Section("組み合わせるなら", blocks, stages, whole=True, aside=aside, until=_PLAN_UNTIL),
    )


def _placed(given: SheetInput, plan: Plan, shown: list[Screening]) -> str:
    """Return which expense goes where."""
    placed = "、".join(
        f"{_labels(given, frame.expenses)}は{_name(given, frame.entry, shown)}"
        for frame in plan.frames
    )
    return f"{placed}に入れる"


def _sureness(plan: Plan) -> str:
    """Return how good the plan is, and no more than is proven."""
    if plan.proven_optimal:
        return "見込みの額は、これがいちばん多くなります。"
    bound = man_text(plan.upper_bound)
    return f"途中までの計算で、これより良い組合せが{bound}まであり得ます。"


def _own_burden(given: SheetInput, plan: Plan) -> str:
    own = plan.total.subtracted_from(paid_in_all(given.consultation.expenses))
    return f"ご自身の負担は {range_man(own)}です（消費税こみ）。"


def _may_be_named(given: SheetInput, plan: Plan, shown: list[Screening]) -> bool:
    """Whether the owner's copy may name every frame of the plan."""
    frames = {frame.entry for frame in plan.frames}
    if not frames.isdisjoint(given.options.left_out):
        return False
    return not given.options.neutral_title or frames <= _lettered(given, shown)


def _lettered(given: SheetInput, shown: list[Screening]) -> set[str]:
    """Return the entries that a neutral sheet speaks of under a letter."""
    compared = owner_ways(given)
    ways = () if compared is None else compared.ways
    return {*(screening.entry for screening in shown), *(way.key for way in ways)}


def _is_new(given: SheetInput, plan: Plan) -> bool:
    """Whether a plan of one frame is another way than the best of those compared."""
    compared = owner_ways(given)
    if compared is None:
        return False

    def low(way: Way) -> int:
        total = way.result.amount.total
        return 0 if total is None else total.low

    best = max(compared.ways, key=low)
    return [part.entry for part in best.parts] != [plan.frames[0].entry]


def _name(given: SheetInput, entry: str, shown: list[Screening]) -> str:
    if given.options.neutral_title:
        return letter_of(given, entry, shown)
    return given.catalog.entries[entry].short_name


def _labels(given: SheetInput, indices: tuple[int, ...]) -> str:
    labels = list(dict.fromkeys(given.consultation.expenses[i].label for i in indices))
    told = [label for label in labels if label and not tells_a_stranger(given, label)]
    if len(told) < len(labels):
        told.append(_SOMETHING)
    more = "など" if len(told) > _MOST_LABELS else ""
    return "・".join(_short(label) for label in told[:_MOST_LABELS]) + more


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"
