"""Looks at earlier prints on the sheet page: as printed, or as today's catalog would have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.values.problems import UserFacingError
from ui.commands.sheet_worker import SheetOrder
from ui.printed_record import PrintedView, printed_view
from ui.sheet_builder import BuiltSheet, SheetBuilder
from ui.widgets.printed_panel import AS_PRINTED, TODAY, PrintedPanel

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.stores.printed_sheets import PrintedSheet
    from reports.sheet_input import SheetOptions
    from ui.page_base import Desk


class PrintedMode(QObject):
    """Works between the store, the panel and the preview; asks nothing of the present sheet."""

    pdf_ready = Signal(bytes)
    """A PDF file that the preview shall show."""
    left = Signal()

    def __init__(self, desk: Desk, options: Callable[[], SheetOptions], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._options = options
        self._view: PrintedView | None = None
        self._prints: tuple[PrintedSheet, ...] = ()
        self._way = AS_PRINTED
        self.pdf = b""
        self.panel = PrintedPanel(desk.theme)
        self._builder = SheetBuilder(desk.catalog_file, lambda: desk.session.catalog, self)
        self._builder.sheet_built.connect(self._on_builder_sheet_built)
        self._builder.build_failed.connect(self._on_builder_build_failed)
        self.panel.left.connect(self.left)
        self.panel.print_chosen.connect(self.show_print)
        self.panel.way_chosen.connect(self._on_panel_way_chosen)

    # ------------------------------------------------------------ public

    def count(self) -> int:
        """Return how many sheets of the held consultation were printed."""
        held_id = self._desk.session.consultation_id
        return 0 if held_id is None else self._desk.session.store.print_count(held_id)

    def open_newest(self) -> bool:
        """Show the newest print; tell whether there is any."""
        held_id = self._desk.session.consultation_id
        try:
            self._prints = () if held_id is None else self._desk.session.store.prints(held_id)
        except UserFacingError as error:
            self._desk.ask.tell(None, error.message, error.advice)
            return False
        if self._prints:
            self.show_print(self._prints[0].id)
        return bool(self._prints)

    def show_print(self, print_id: int) -> None:
        """Show a print as it was."""
        session = self._desk.session
        found = next(each for each in self._prints if each.id == print_id)
        try:
            pdf = session.store.print_pdf(print_id)
        except UserFacingError as error:
            self._desk.ask.tell(None, error.message, error.advice)
            return
        self._view = printed_view(found, session.catalog)
        self._show(AS_PRINTED, pdf)

    def release(self) -> None:
        """End the worker process."""
        self._builder.release()

    # ------------------------------------------------------------ slots

    def _on_panel_way_chosen(self, way: str) -> None:
        if self._view is None:
            return
        if way == AS_PRINTED or self._view.rerun is None:
            self.show_print(self._view.printed.id)
            return
        self._way = TODAY
        session, rerun = self._desk.session, self._view.rerun
        order = SheetOrder(rerun, session.office, session.clock().date(), self._options())
        self._builder.request(order, at_once=True)

    def _on_builder_sheet_built(self, built: BuiltSheet) -> None:
        if self._view is not None and self._way == TODAY:
            self._show(TODAY, built.pdf)

    def _on_builder_build_failed(self, error: UserFacingError) -> None:
        self._desk.ask.tell(None, error.message, error.advice)

    # ------------------------------------------------------------ private

    def _show(self, way: str, pdf: bytes) -> None:
        if self._view is None:
            return
        self._way, self.pdf = way, pdf
        self.panel.show_view(self._view, self._prints, way)
        self.pdf_ready.emit(pdf)
