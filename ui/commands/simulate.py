"""`simulate`: the amounts of the scenarios in the case, or of all frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.planning.action_value import action_values
from models.planning.simulation import simulate
from models.values.money import rate_text, yen_text
from models.values.results import VERDICT_LABEL, VERDICT_SHAPE
from reports.wording import LIMIT_WORDS, NOTHING, REASON_WORDS, range_yen
from ui.commands.actions_output import action_lines, actions_json
from ui.commands.case_heading import heading_lines
from ui.commands.context import add_case_arguments, add_json_option, print_json, print_lines
from ui.commands.results_json import confirmations, simulation_json

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from models.values.catalog import Catalog
    from models.values.results import SimulationResult
    from ui.commands.context import CommandContext
    from ui.commands.japanese_arguments import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    """Add the arguments of the subcommand."""
    parser = subparsers.add_parser(
        "simulate",
        description="相談データにある案（なければ金額の出るすべての枠）の補助額と負担を計算します。",
    )
    add_case_arguments(parser)
    add_json_option(parser)


def run(args: Namespace, context: CommandContext) -> None:
    """Print the amounts."""
    consultation = context.read_case(args.case)
    results = simulate(context.catalog, consultation)
    actions = action_values(context.catalog, consultation)
    if args.json:
        document = simulation_json(context.catalog, results)
        print_json({**document, "actions": actions_json(actions)})
        return
    print_lines(*heading_lines(context.catalog, consultation))
    for result in results:
        print_lines("", *_result_lines(context.catalog, result))
    print_lines(*action_lines(actions))


def _result_lines(catalog: Catalog, result: SimulationResult) -> Iterator[str]:
    entry, amount = catalog.entries[result.entry], result.amount
    verdict = result.screening.verdict
    scenario = f"{result.scenario}: " if result.scenario else ""
    yield f"■ {scenario}{entry.short_name}［{catalog.stages[entry.stage].label}］  {entry.id}"
    yield f"  判定　　　　　{VERDICT_SHAPE[verdict]} {VERDICT_LABEL[verdict]}"
    if amount.total is not None:
        yield from _figure_lines(result, has_top_up=bool(entry.top_up_categories))
    for code in amount.reason_codes:
        yield f"  ・{REASON_WORDS.get(code, code)}"
    for code in amount.limits_hit:
        yield f"  ・{LIMIT_WORDS.get(code, code)}"
    if amount.missing_to_minimum is not None:
        yield f"  ・下限まで、補助対象経費があと {yen_text(amount.missing_to_minimum)} 要ります"
    if amount.steps:
        yield "  計算（少ない方の額）" if amount.steps_high else "  計算"
    for step in amount.steps:
        figure = "" if step.amount is None else f" … {yen_text(step.amount)}"
        yield f"    {step.text}{figure}"
    for text in confirmations(catalog, result):
        yield f"  要確認: {text}"


def _figure_lines(result: SimulationResult, *, has_top_up: bool) -> Iterator[str]:
    amount = result.amount
    rate = NOTHING if amount.subsidy_rate is None else rate_text(amount.subsidy_rate)
    yield f"  補助対象経費　{yen_text(amount.eligible_cost)}"
    if has_top_up:
        yield f"  廃業費　　　　{yen_text(amount.closure_cost)}"
    yield f"  補助率　　　　{rate}"
    yield f"  補助額　　　　{range_yen(amount.subsidy)}"
    if has_top_up:
        yield f"  上乗せ額　　　{range_yen(amount.top_up)}"
    yield f"  合計　　　　　{range_yen(amount.total)}"
    yield f"  自己負担　　　{range_yen(result.own_burden)}（消費税こみ）"
    yield f"  立替の最大　　{yen_text(result.peak_advance)}"
