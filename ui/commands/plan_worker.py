"""Finds plans for the window in a process of its own, so that the window never waits.

Not a subcommand for people. One JSON line in for each question, or to end a search early; out comes
one JSON line for each question that no newer one has overtaken. It ends when its input ends.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, BinaryIO

from models.planning.pace import Pace
from models.planning.plans import search_plans
from models.values.case_file import read_case, write_case
from models.values.consultation import Consultation
from models.values.plan_document import plans_document
from models.values.problems import UserFacingError

if TYPE_CHECKING:
    from argparse import Namespace

    from models.values.catalog import Catalog
    from ui.commands.context import CommandContext
    from ui.commands.japanese_arguments import Subparsers

STOP_LINE = b'{"stop": true}\n'
"""Ends the search under way; its answer comes with what was found so far."""
Lines = SimpleQueue["bytes | None"]


@dataclass(frozen=True, slots=True)
class PlanOrder:
    """One question; `number` comes back with the answer, the limit is in seconds of work."""

    number: int
    consultation: Consultation
    time_limit_s: float

    def line(self) -> bytes:
        """Return the order as one line of JSON, with nothing but what a plan depends on."""
        held = self.consultation
        asked = Consultation(answers=held.answers, expenses=held.expenses, scenarios=held.scenarios)
        document = {
            "number": self.number,
            "case": write_case(asked),
            "time_limit_s": self.time_limit_s,
        }
        return json.dumps(document).encode() + b"\n"


def serve(catalog: Catalog, orders: BinaryIO, answers: BinaryIO) -> None:
    """Answer questions until there are no more; a newer one takes the place of an older one."""
    lines: Lines = SimpleQueue()
    reader = Thread(target=_read, args=(orders, lines), daemon=True)
    reader.start()
    line = lines.get()
    while line is not None:
        document: dict[str, Any] = json.loads(line)
        line = _answer(catalog, document, lines, answers) if "case" in document else lines.get()
    reader.join()


def _read(orders: BinaryIO, lines: Lines) -> None:
    for line in orders:
        lines.put(line)
    lines.put(None)


def _answer(
    catalog: Catalog, document: dict[str, Any], lines: Lines, answers: BinaryIO
) -> bytes | None:
    """Write the answer to one question and return the line that comes next."""
    found: dict[str, Any] = {"number": document["number"]}
    pace = Pace(document["time_limit_s"])
    try:
        asked = read_case(document["case"].encode(), catalog, "相談")
    except UserFacingError as error:
        found["error"] = error.text()
    else:
        search = search_plans(catalog, asked, pace)
        while "plans" not in found:
            if not lines.empty():
                line = lines.get()
                if line != STOP_LINE:
                    return line
                pace.stop()
            try:
                next(search)
            except StopIteration as done:
                found["plans"] = plans_document(done.value)
    answers.write(json.dumps(found).encode() + b"\n")
    answers.flush()
    return lines.get()


def add_parser(subparsers: Subparsers) -> None:
    """Add the subcommand, which takes no arguments."""
    subparsers.add_parser("plan-worker", description="窓のために枠の組合せを調べます。")


def run(_args: Namespace, context: CommandContext) -> None:
    """Serve the window that started this process."""
    serve(context.catalog, sys.stdin.buffer, sys.stdout.buffer)
