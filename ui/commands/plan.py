"""`plan`: the best combination that may be used together, with the proof that none is better."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.planning.best_combination import best_combination
from models.values.money import yen_text
from models.values.plan import LEFT_OUT_LABEL
from reports.wording import range_yen
from ui.commands.case_heading import heading_lines
from ui.commands.context import add_case_arguments, add_json_option, print_json, print_lines

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from models.values.catalog import Catalog
    from models.values.consultation import Consultation
    from models.values.money import YenRange
    from models.values.plan import LeftOutFrame, Plan, PlannedFrame
    from ui.commands.context import CommandContext
    from ui.commands.japanese_arguments import Subparsers

_TIME_LIMIT_S = 20.0


def add_parser(subparsers: Subparsers) -> None:
    """Add the arguments of the subcommand."""
    parser = subparsers.add_parser(
        "plan",
        description="補助額の合計（少ない方の額）が最も多くなる、枠の組合せと経費の分け方を出します。",
    )
    add_case_arguments(parser)
    add_json_option(parser)


def run(args: Namespace, context: CommandContext) -> None:
    """Print the plan."""
    consultation = context.read_case(args.case)
    plan = best_combination(context.catalog, consultation, _TIME_LIMIT_S)
    if args.json:
        print_json(plan_json(context.catalog, plan))
        return
    print_lines(*heading_lines(context.catalog, consultation), "")
    print_lines(*_lines(context.catalog, consultation, plan))


def plan_json(catalog: Catalog, plan: Plan) -> dict[str, Any]:
    """Return the plan, with the edition it stands on and its proof."""
    runner_up = plan.runner_up
    return {
        "catalog": {"edition": catalog.edition.id, "hash": catalog.edition.content_hash},
        "total": _range(plan.total),
        "if_confirmed": None if plan.if_confirmed is None else _range(plan.if_confirmed),
        "frames": [
            {
                "frame": frame.entry,
                "expenses": list(frame.expenses),
                "total": _range(frame.total),
            }
            for frame in plan.frames
        ],
        "left_out": [
            {
                "frame": each.entry,
                "reason": each.reason.value,
                "because_of": list(each.because_of),
            }
            for each in plan.left_out
        ],
        "proven_optimal": plan.proven_optimal,
        "upper_bound": plan.upper_bound,
        "proof": {
            "price_bound": plan.proof.price_bound,
            "prices": [str(price) for price in plan.proof.prices],
            "searched": plan.proof.searched,
        },
        "runner_up": None
        if runner_up is None
        else {
            "frames": list(runner_up.frames),
            "low": runner_up.low,
            "difference": runner_up.difference,
        },
        "to_confirm": [list(pair) for pair in plan.unsaid_pairs],
    }


def _range(amount: YenRange) -> dict[str, int]:
    return {"low": amount.low, "high": amount.high}


def _lines(catalog: Catalog, consultation: Consultation, plan: Plan) -> Iterator[str]:
    if not plan.frames:
        yield "この経費と答えでは、補助の見込み額が出る枠がありません。"
    else:
        yield f"最もよい組合せ　補助額の合計 {range_yen(plan.total)}"
    for frame in plan.frames:
        yield from _frame_lines(catalog, consultation, frame)
    if plan.unsaid_pairs:
        yield "要確認: 一緒に使えるかは資料に書かれていません。それぞれ別の経費に使う前提です。"
    if plan.if_confirmed is not None:
        yield (
            "要確認: 資料に書かれていない組合せも認められれば、"
            f"合計は {range_yen(plan.if_confirmed)} になります。"
        )
    yield from _proof_lines(catalog, plan)
    if plan.left_out:
        yield ""
        yield "使わなかった枠"
    for each in plan.left_out:
        yield f"  ・{_left_out_text(catalog, each)}"


def _frame_lines(
    catalog: Catalog, consultation: Consultation, frame: PlannedFrame
) -> Iterator[str]:
    entry = catalog.entries[frame.entry]
    yield f"■ {entry.short_name}［{catalog.stages[entry.stage].label}］  {entry.id}"
    yield f"  補助額　{range_yen(frame.total)}"
    for index in frame.expenses:
        expense = consultation.expenses[index]
        yield f"  ・{index + 1}. {expense.label} 税抜き {yen_text(expense.net)}"


def _proof_lines(catalog: Catalog, plan: Plan) -> Iterator[str]:
    if plan.proven_optimal:
        yield "これより多い組合せがないことを確かめました。"
    else:
        yield f"これより良い組合せが{yen_text(plan.could_be_better_by)}まであり得ます。"
    if plan.runner_up is not None:
        names = "・".join(catalog.entries[each].short_name for each in plan.runner_up.frames)
        difference = plan.runner_up.difference
        less = f"{yen_text(difference)}少ない" if difference else "同じ"
        yield f"次によい組合せは {names} で、合計 {yen_text(plan.runner_up.low)}（{less}）です。"


def _left_out_text(catalog: Catalog, each: LeftOutFrame) -> str:
    names = "・".join(catalog.entries[other].short_name for other in each.because_of)
    because = f"（{names}）" if names else ""
    return f"{catalog.entries[each.entry].short_name}: {LEFT_OUT_LABEL[each.reason]}{because}"
