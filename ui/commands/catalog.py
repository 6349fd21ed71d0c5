"""`catalog`: look things up in the catalog, check its sources, build `data.sqlite`."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

from models.values.problems import ExitCode, Severity, UserFacingError
from models.values.resources import is_packaged, resource_path
from ui.commands.context import add_json_option, print_json, print_lines
from ui.commands.entry_json import entry_json
from ui.commands.entry_lines import entry_lines, entry_summary

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from ui.commands.context import CommandContext
    from ui.commands.japanese_arguments import Subparsers

_GRADES = {
    Severity.CRITICAL: "致命的",
    Severity.IMPORTANT: "重要",
    Severity.MINOR: "軽微",
    Severity.INFO: "参考",
}


def add_parser(subparsers: Subparsers) -> None:
    """Add the arguments of the subcommand and of its actions."""
    catalog = subparsers.add_parser(
        "catalog", description="制度カタログを調べ、確かめ、組み立てます。"
    )
    actions = catalog.add_subparsers(
        title="すること", dest="action", required=True, metavar="すること"
    )
    add_json_option(actions.add_parser("list", help="すべての制度と枠を並べます"))
    show = actions.add_parser("show", help="一つの制度か枠を詳しく表示します")
    show.add_argument("entry", metavar="ID", help="制度か枠のID")
    search = actions.add_parser("search", help="言葉で制度と枠を探します")
    search.add_argument("words", nargs="+", metavar="言葉", help="すべてを含むものを探します")
    add_json_option(search)
    _add_folder(actions.add_parser("check", help="カタログの原稿をすべて確かめます"))
    build = actions.add_parser("build", help="カタログの原稿から data.sqlite を作ります")
    _add_folder(build)
    build.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="作るファイル（なければ data.sqlite）"
    )


def _add_folder(parser: ArgumentParser) -> None:
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="DIR", help="原稿のフォルダー（resources/catalog）"
    )


def run(args: Namespace, context: CommandContext) -> ExitCode:
    """Run the action that `args` name."""
    actions = {"list": _list, "show": _show, "search": _search, "check": _check, "build": _build}
    return actions[args.action](args, context)


def _list(args: Namespace, context: CommandContext) -> ExitCode:
    catalog = context.catalog
    if args.json:
        entries = [entry_json(entry) for entry in catalog.entries.values()]
        print_json({"edition": catalog.edition.id, "entries": entries})
        return ExitCode.DONE
    print_lines(f"{catalog.edition.title}（{catalog.edition.published_on}）", "")
    print_lines(*(entry_summary(catalog, entry) for entry in catalog.entries.values()))
    return ExitCode.DONE


def _show(args: Namespace, context: CommandContext) -> ExitCode:
    catalog = context.catalog
    entry = catalog.entries.get(args.entry)
    if entry is None:
        inside = [one for one in catalog.entries if one.startswith(f"{args.entry}/")]
        near = inside or difflib.get_close_matches(args.entry, catalog.entries, n=5)
        advice = f"似たID: {'、'.join(near)}" if near else "`catalog list` でIDを確かめてください。"
        raise UserFacingError(f"「{args.entry}」という制度や枠はありません。", advice)
    print_lines(*entry_lines(catalog, entry))
    return ExitCode.DONE


def _search(args: Namespace, context: CommandContext) -> ExitCode:
    from models.stores.catalog_search import CatalogSearch  # noqa: PLC0415 - only when used

    catalog = context.catalog
    found = CatalogSearch(catalog).find(" ".join(args.words))
    if args.json:
        print_json({"results": [{"id": one.id, "name": one.official_name} for one in found]})
        return ExitCode.DONE
    print_lines(*(entry_summary(catalog, entry) for entry in found))
    if not found:
        print_lines("見つかりませんでした。言葉を短くするか、別の言い方で探してください。")
    return ExitCode.DONE


def _check(args: Namespace, _context: CommandContext) -> ExitCode:
    _refuse_in_package()
    from models.catalog_build.findings import check_catalog, placed  # noqa: PLC0415 - only when used

    folder = _folder(args)
    findings = check_catalog(folder)
    for problem in findings.problems:
        print_lines(f"[{_GRADES[problem.severity]}] {placed(problem, folder).text()}")
    counts = "、".join(f"{name} {findings.count(grade)}件" for grade, name in _GRADES.items())
    print_lines(f"カタログの確認: {counts}")
    return ExitCode.BAD_INPUT if findings.blocking else ExitCode.DONE


def _build(args: Namespace, _context: CommandContext) -> ExitCode:
    _refuse_in_package()
    from models.catalog_build.compile import build_catalog  # noqa: PLC0415 - only when used

    target = args.output or resource_path("data.sqlite")
    content_hash = build_catalog(_folder(args), target)
    print_lines(f"{target} を作りました。", f"内容の照合値: {content_hash}")
    return ExitCode.DONE


def _refuse_in_package() -> None:
    """Raise `UserFacingError` in the package: it lacks the sources and what reads them."""
    if is_packaged():
        raise UserFacingError(
            "配布版では、カタログの原稿を確かめたり組み立てたりできません。",
            "ソースコードのフォルダーで `python3 run.py catalog check` などを実行してください。",
        )


def _folder(args: Namespace) -> Path:
    return args.folder or resource_path("resources", "catalog")
