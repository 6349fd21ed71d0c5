"""What the client may see: their own copy of the sheet, large, over the whole window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from reports.sheet_input import CodeChoice, CopyChoice, options_of
from ui.commands.sheet_worker import SheetOrder
from ui.sheet_builder import BuiltSheet, SheetBuilder
from ui.theme import TextStyle
from ui.widgets.basics import StyledLabel, column, make_button, row
from ui.widgets.cover import Cover
from ui.widgets.page_preview import PagePreview

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from models.values.problems import UserFacingError
    from ui.page_base import Desk

WIDEST = 1100
WAIT = "お見せする紙を作っています…"
NOTHING = "これからお話をうかがいます。"


class ClientView(Cover):
    """Lies over the window: no list of others, no notes, no words among advisors.

    It is the owner's copy as it would be printed now, with the choices made for the sheet. `key` is
    the one that opens it, and closes it again.
    """

    left = Signal()

    def __init__(self, window: QWidget, desk: Desk, key: str) -> None:
        super().__init__(window)
        self._desk = desk
        self._order: SheetOrder | None = None
        self.builder = SheetBuilder(desk.catalog_file, lambda: desk.session.catalog, self)
        self.preview = PagePreview(desk.theme, widest=WIDEST)
        self.preview.setAccessibleName("お客さまにお見せする紙")
        self.words = StyledLabel(desk.theme, "", TextStyle.TITLE)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.words)
        self._stack.addWidget(self.preview)
        self.back_button = make_button(desk.theme, "戻る", icon="undo", shortcut_hint=key)
        line = row(margins=(16, 8, 16, 8))
        line.addStretch(1)
        line.addWidget(self.back_button)
        layout = column(self, gap=0)
        layout.addWidget(self._stack, 1)
        layout.addLayout(line)
        self.builder.sheet_built.connect(self._on_builder_sheet_built)
        self.builder.build_failed.connect(self._on_builder_build_failed)
        self.back_button.clicked.connect(self.leave)

    # ------------------------------------------------------------ public

    def show_over(self) -> None:
        """Cover the window and show the owner's copy of the open consultation."""
        self._order = self._wanted()
        self._say(NOTHING if self._order is None else WAIT)
        self.preview.verticalScrollBar().setValue(0)
        super().show_over()
        self.preview.setFocus()
        if self._order is not None:
            self.builder.request(self._order, at_once=True)

    def leave(self) -> None:
        """Go back to the advisor's pages."""
        if not self.isHidden():
            self.hide()
            self.preview.clear()
            self.left.emit()

    def release(self) -> None:
        """End the worker process and close the shown file."""
        self.builder.release()
        self.preview.clear()

    # ------------------------------------------------------------ events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Escape; no key reaches the pages below."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        event.accept()

    # ------------------------------------------------------------ slots

    def _on_builder_sheet_built(self, built: BuiltSheet) -> None:
        if built.order == self._order:
            self.preview.show_pdf(built.pdf)
            self._stack.setCurrentWidget(self.preview)
            if self.isVisible():
                self.preview.setFocus()

    def _on_builder_build_failed(self, error: UserFacingError) -> None:
        if self.isVisible():
            self.leave()
            self._desk.ask.tell(self._window, error.message, error.advice)

    # ------------------------------------------------------------ private

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self._stack.setCurrentWidget(self.words)

    def _wanted(self) -> SheetOrder | None:
        session = self._desk.session
        held, held_id = session.consultation, session.consultation_id
        if held is None or held_id is None:
            return None
        store = session.store
        chosen = options_of(store.sheet_settings(held_id), store.appointment(held_id).words)
        options = replace(chosen, copies=CopyChoice.OWNER, codes=CodeChoice.NONE)
        day, plans = session.clock().date(), session.plans.of(held)
        return SheetOrder(held, session.office, day, options, plans)
