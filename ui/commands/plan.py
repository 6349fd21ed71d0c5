"""`plan`: the best combination that may be used together, with the proof that none is better."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.planning.best_combination import best_combination
from models.values.plan_document import plan_document
from reports.plan_content import LEFT_OUT_TITLE, plan_words
from ui.commands.case_heading import heading_lines
from ui.commands.context import add_case_arguments, add_json_option, print_json, print_lines

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from models.values.catalog import Catalog
    from models.values.plan import Plan
    from reports.plan_content import PlanWords
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
    print_lines(*_lines(plan_words(context.catalog, consultation.expenses, plan)))


def plan_json(catalog: Catalog, plan: Plan) -> dict[str, Any]:
    """Return the plan, with the edition it stands on and its proof."""
    edition = {"edition": catalog.edition.id, "hash": catalog.edition.content_hash}
    return {"catalog": edition, **plan_document(plan)}


def _lines(words: PlanWords) -> Iterator[str]:
    yield words.headline
    for frame in words.frames:
        yield f"■ {frame.name}［{frame.stage}］  {frame.entry}"
        yield f"  補助額　{frame.amount}"
        for name, cost in frame.expenses:
            yield f"  ・{name} {cost}"
    yield from words.to_confirm
    yield words.proof
    if words.runner_up:
        yield words.runner_up
    if words.left_out:
        yield ""
        yield LEFT_OUT_TITLE
    for each in words.left_out:
        yield f"  ・{each.name}: {each.why}"
