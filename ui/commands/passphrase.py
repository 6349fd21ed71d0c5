"""Where a command takes the passphrase from: a file, the environment or the keyboard.

Never from an argument: those stand in the list of processes and in the shell's history.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from models.stores.cipher import looks_encrypted
from models.stores.consultation_store import FILE_NAME, ConsultationStore
from models.stores.store_errors import DamagedStoreError
from models.values.problems import ExitCode, UserFacingError
from ui.commands.context import print_lines, read_bytes

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from ui.commands.context import CommandContext

ENVIRONMENT_VARIABLE = "MICHISHIRUBE_PASSPHRASE"
NEW_ENVIRONMENT_VARIABLE = "MICHISHIRUBE_NEW_PASSPHRASE"
PROMPT = "合言葉: "
NEW_PROMPT = "新しい合言葉: "
AGAIN_PROMPT = "もう一度、新しい合言葉: "
FORGOTTEN = (
    "合言葉を忘れると、この記録も控えも、だれにも（作った人にも）開けません。"
    "紙に書いて、端末とは別の、鍵のかかる所にしまってください。"
)
UNPROTECTED = (
    "合言葉がないので、端末をなくすと中を読まれるおそれがあります。"
    "ディスクの暗号化（WindowsではBitLocker、macOSではFileVault）を使ってください。"
)


def add_passphrase_option(parser: ArgumentParser) -> None:
    """Add the file that holds the passphrase; it may stand before or after the action."""
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        default=argparse.SUPPRESS,
        help="合言葉の書いてあるファイル（1行目）",
    )


@contextmanager
def open_store(
    args: Namespace, context: CommandContext, name_question: str = ""
) -> Iterator[ConsultationStore]:
    """Open the store of the case commands, asking for the passphrase where there is one.

    The first command of a day makes the day's backup. A damaged store is salvaged on the way, and
    the error says where to and which backup is the newest good one.
    """
    passphrase = known_passphrase(args, context)
    folder = context.data_folder
    if passphrase is None and is_encrypted(folder / FILE_NAME) and sys.stdin.isatty():
        passphrase = getpass.getpass(PROMPT)
    try:
        with ConsultationStore.open(folder, context.clock, name_question, passphrase) as store:
            for outcome in store.back_up_if_due():
                if outcome.problem:
                    print(outcome.problem, file=sys.stderr)
            yield store
    except DamagedStoreError as error:
        raise _examined(error, folder, context, passphrase) from error


def _examined(
    error: DamagedStoreError, folder: Path, context: CommandContext, passphrase: str | None
) -> UserFacingError:
    from models.stores.store_care import examine_damage  # noqa: PLC0415 - hopefully never

    damage = examine_damage(folder, context.clock, passphrase)
    return UserFacingError(
        error.message, f"{folder / FILE_NAME}\n{damage.text()}", ExitCode.UNUSABLE_STORE
    )


def known_passphrase(args: Namespace, context: CommandContext) -> str | None:
    """Return the passphrase of the file named, else that of the environment."""
    file: Path | None = getattr(args, "passphrase_file", None)
    if file is not None:
        return first_line(file)
    return context.environment.get(ENVIRONMENT_VARIABLE) or None


def add_passphrase_parser(parser: ArgumentParser) -> None:
    """Add what can be done with the passphrase itself."""
    actions = parser.add_subparsers(
        title="できること", dest="passphrase_action", metavar="できること", required=True
    )
    for name, words in (
        ("set", "合言葉を決めて、相談の記録を暗号化します"),
        ("change", "合言葉を変えます"),
        ("remove", "合言葉をやめ、暗号化しないで保存します"),
    ):
        action = actions.add_parser(name, help=words)
        add_passphrase_option(action)
        if name != "remove":
            action.add_argument(
                "--new-passphrase-file",
                type=Path,
                metavar="FILE",
                help="新しい合言葉の書いてあるファイル（1行目）。"
                f"環境変数 {NEW_ENVIRONMENT_VARIABLE} でもかまいません",
            )


def run_passphrase(args: Namespace, context: CommandContext) -> None:
    """Set, change or remove the passphrase of the store."""
    wanted = args.passphrase_action
    with open_store(args, context) as store:
        if wanted == "set" and store.is_encrypted:
            raise _wrong_action("合言葉はもう決まっています。", "passphrase change")
        if wanted != "set" and not store.is_encrypted:
            raise _wrong_action("合言葉はまだ決まっていません。", "passphrase set")
        if wanted == "remove":
            store.remove_passphrase()
            print_lines("合言葉をやめました。", UNPROTECTED)
            return
        store.set_passphrase(new_passphrase(args, context))
    done = "合言葉を決め、記録を暗号化しました。" if wanted == "set" else "合言葉を変えました。"
    print_lines(done, FORGOTTEN)


def new_passphrase(args: Namespace, context: CommandContext) -> str:
    """Return a passphrase to be set: from a file, the environment, or typed twice."""
    if args.new_passphrase_file is not None:
        return first_line(args.new_passphrase_file)
    if given := context.environment.get(NEW_ENVIRONMENT_VARIABLE):
        return given
    if not sys.stdin.isatty():
        raise UserFacingError(
            "新しい合言葉がありません。",
            "--new-passphrase-file FILE か、"
            f"環境変数 {NEW_ENVIRONMENT_VARIABLE} で渡してください。",
        )
    print_lines(FORGOTTEN)
    first = getpass.getpass(NEW_PROMPT)
    if first != getpass.getpass(AGAIN_PROMPT):
        raise UserFacingError(
            "2回の合言葉が違います。何も変えていません。", "もう一度お試しください。"
        )
    return first


def first_line(file: Path) -> str:
    """Return the passphrase in the first line of a file."""
    try:
        lines = read_bytes(file).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UserFacingError(
            f"{file} はUTF-8ではありません。", "UTF-8で保存し直してください。"
        ) from error
    if not lines or not lines[0]:
        raise UserFacingError(
            f"{file} の1行目に合言葉がありません。", "1行目に合言葉を書いてください。"
        )
    return lines[0]


def is_encrypted(file: Path) -> bool:
    """Whether a file needs a passphrase; what is wrong with it is told when it is opened."""
    try:
        return looks_encrypted(file)
    except OSError:
        return False


def _wrong_action(message: str, instead: str) -> UserFacingError:
    return UserFacingError(message, f"「cases {instead}」を使ってください。", ExitCode.BAD_INPUT)
