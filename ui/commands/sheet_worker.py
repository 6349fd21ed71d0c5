"""Builds sheets for the window in a process of its own, so that the window never waits.

Not a subcommand for people. One JSON line in for each order; out come one JSON line and then as
many bytes of PDF as it says. It ends when its input ends.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

from models.values.case_file import read_case, write_case
from models.values.office_file import read_office, write_office
from models.values.plan_document import plans_document, read_plans
from models.values.problems import UserFacingError
from reports.sheet_input import CodeChoice, CopyChoice, SheetOptions

if TYPE_CHECKING:
    from argparse import Namespace

    from models.values.catalog import Catalog
    from models.values.consultation import Consultation
    from models.values.office import Office
    from models.values.plan import Plans
    from ui.commands.context import CommandContext
    from ui.commands.japanese_arguments import Subparsers


@dataclass(frozen=True, slots=True)
class SheetOrder:
    """All that a sheet is made from but the catalog."""

    consultation: Consultation
    office: Office
    made_on: date
    options: SheetOptions
    plans: Plans | None = None
    """What the window shows as the best combination, if it was asked for."""

    def line(self) -> bytes:
        """Return the order as one line of JSON."""
        options = self.options
        document = {
            "case": write_case(self.consultation),
            "office": write_office(self.office),
            "made_on": self.made_on.isoformat(),
            "copies": options.copies.value,
            "show_client_name": options.show_client_name,
            "neutral_title": options.neutral_title,
            "left_out": sorted(options.left_out),
            "next_appointment": options.next_appointment,
            "codes": options.codes.value,
            "show_notes": options.show_notes,
            "left_out_ways": sorted(options.left_out_ways),
            "money_way": options.money_way,
            "plans": None if self.plans is None else plans_document(self.plans),
        }
        return json.dumps(document).encode() + b"\n"


def read_order(line: bytes, catalog: Catalog) -> SheetOrder:
    """Return the order of a line."""
    document: dict[str, Any] = json.loads(line)
    plans = document["plans"]
    options = SheetOptions(
        copies=CopyChoice(document["copies"]),
        show_client_name=document["show_client_name"],
        neutral_title=document["neutral_title"],
        left_out=frozenset(document["left_out"]),
        next_appointment=document["next_appointment"],
        codes=CodeChoice(document["codes"]),
        show_notes=document["show_notes"],
        left_out_ways=frozenset(document["left_out_ways"]),
        money_way=document["money_way"],
    )
    return SheetOrder(
        consultation=read_case(document["case"].encode(), catalog, "相談"),
        office=read_office(document["office"].encode(), "拠点の設定"),
        made_on=date.fromisoformat(document["made_on"]),
        options=options,
        plans=None if plans is None else read_plans(plans),
    )


def build(order: SheetOrder, catalog: Catalog) -> tuple[bytes, str]:
    """Return the PDF file, and the characters that the paper cannot show."""
    # The window knows orders, too, and needs nothing of what draws paper.
    from reports.sheet import make_sheet  # noqa: PLC0415
    from reports.sheet_content import lost_on_paper  # noqa: PLC0415

    pdf = make_sheet(
        catalog,
        order.consultation,
        order.office,
        order.made_on,
        order.options,
        plans=order.plans,
    )
    return pdf, lost_on_paper(order.consultation, order.office)


def answer(line: bytes, catalog: Catalog) -> bytes:
    """Return what is written for one order."""
    try:
        pdf, lost = build(read_order(line, catalog), catalog)
    except UserFacingError as error:
        return json.dumps({"length": 0, "error": error.text()}).encode() + b"\n"
    return json.dumps({"length": len(pdf), "lost": lost}).encode() + b"\n" + pdf


def serve(catalog: Catalog, orders: BinaryIO, sheets: BinaryIO) -> None:
    """Answer orders until there are no more."""
    for line in orders:
        sheets.write(answer(line, catalog))
        sheets.flush()


def add_parser(subparsers: Subparsers) -> None:
    """Add the subcommand, which takes no arguments."""
    subparsers.add_parser("sheet-worker", description="窓のために相談シートを作ります。")


def run(_args: Namespace, context: CommandContext) -> None:
    """Serve the window that started this process."""
    serve(context.catalog, sys.stdin.buffer, sys.stdout.buffer)
