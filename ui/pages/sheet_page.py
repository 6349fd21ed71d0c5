"""シート: the real pages at the right, the choices at the left, save and print on one key each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from models.values.problems import Problem, UserFacingError
from models.values.sheet_settings import NextAppointment, SheetSettings
from reports.candidates import may_be_named, offering
from reports.sheet_input import options_of
from ui.commands.output_file import write_whole
from ui.commands.sheet_worker import SheetOrder
from ui.page_base import Desk, PageBase
from ui.printed_mode import PrintedMode
from ui.printing import print_pdf
from ui.sheet_builder import BuiltSheet, SheetBuilder
from ui.widgets.basics import row
from ui.widgets.page_preview import PagePreview
from ui.widgets.sheet_choices import SheetChoices

if TYPE_CHECKING:
    from models.values.consultation import Consultation
    from reports.sheet_input import SheetOptions

NOT_IN_NAMES = set('\\/:*?"<>|')


class SheetPage(PageBase):
    """Shows, saves and prints the consultation sheet."""

    title = "シート"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._built: BuiltSheet | None = None
        self._after_build: list = []
        self._settings_of: int | None = None
        self._settings, self._appointment = SheetSettings(), NextAppointment()
        self.builder = SheetBuilder(desk.catalog_file, lambda: desk.session.catalog, self)
        self.choices = SheetChoices(desk.theme)
        self.preview = PagePreview(desk.theme)
        self.printed = PrintedMode(desk, self._options, self)
        self.side = QStackedWidget()
        self.side.addWidget(self.choices)
        self.side.addWidget(self.printed.panel)
        layout = row(self, gap=0)
        layout.addWidget(self.side)
        layout.addWidget(self.preview, 1)
        self._connect()
        self._size()
        desk.theme.changed.connect(self._size)

    def _connect(self) -> None:
        self.builder.sheet_built.connect(self._on_builder_sheet_built)
        self.builder.build_failed.connect(self._on_builder_build_failed)
        self.choices.options_changed.connect(self._request)
        self.choices.choice_committed.connect(self._on_choices_choice_committed)
        self.choices.field_edited.connect(self._on_choices_field_edited)
        self.choices.save_button.clicked.connect(self.save)
        self.choices.print_button.clicked.connect(self.print_sheet)
        self.choices.prints_button.clicked.connect(self._on_prints_button_clicked)
        self.printed.pdf_ready.connect(self.preview.show_pdf)
        self.printed.left.connect(self._leave_printed)
        self.printed.panel.save_requested.connect(self._on_printed_save_requested)
        self.printed.panel.print_requested.connect(self._on_printed_print_requested)
        back = QShortcut(QKeySequence("Esc"), self.printed.panel)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self._leave_printed)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.activated.connect(self.save)

    # ------------------------------------------------------------ public

    def show_consultation(self, consultation: Consultation | None) -> None:
        """Have the sheet built anew where it changed."""
        super().show_consultation(consultation)
        held_id = self.desk.session.consultation_id
        if consultation is None or held_id is None:
            return
        if held_id != self._settings_of:
            self.side.setCurrentWidget(self.choices)
            self._read_settings(held_id)
        elif self._way_chosen_elsewhere(held_id):
            self._read_settings(held_id)
        self.choices.show_consultation(consultation)
        self.choices.show_entries(self._nameable(consultation))
        self.choices.show_prints(self.printed.count())
        self._request()

    def commit_pending(self) -> None:
        """Take the notes that are being typed."""
        self.choices.commit()

    def problems(self) -> tuple[Problem, ...]:
        """Return what cannot be taken among the fields."""
        return tuple(Problem("", name, why) for name, why in self.choices.reasons().items())

    def focus_first(self) -> None:
        """Begin on the choice of copies."""
        self.choices.focus_first()

    def release(self) -> None:
        """End the worker processes and close the shown file."""
        self.builder.release()
        self.preview.clear()
        self.printed.release()

    def is_current(self) -> bool:
        """Whether the shown pages are those of the present consultation and choices."""
        return self._built is not None and self._built.order == self._order()

    def save(self) -> None:
        """Save the PDF file of the present sheet where the user says."""
        self._leave_printed()
        self.commit_pending()
        self._when_built(self._save)

    def print_sheet(self) -> None:
        """Print the present sheet on a printer that the user chooses."""
        self._leave_printed()
        self.commit_pending()
        self._when_built(self._print)

    # ------------------------------------------------------------ slots

    def _on_builder_sheet_built(self, built: BuiltSheet) -> None:
        self._built = built
        self.choices.show_lost(built.lost)
        if not self._looks_back():
            self.preview.show_pdf(built.pdf)
        if self.is_current():
            waiting, self._after_build = self._after_build, []
            for action in waiting:
                action()

    def _on_builder_build_failed(self, error: UserFacingError) -> None:
        self._after_build.clear()
        self.desk.ask.tell(self, error.message, error.advice)

    def _on_choices_choice_committed(self) -> None:
        held_id, session = self.desk.session.consultation_id, self.desk.session
        if held_id is None or held_id != self._settings_of or session.is_read_only:
            return
        settings = self.choices.settings()
        appointment = replace(self._appointment, words=self.choices.appointment())
        try:
            if settings != self._settings:
                session.store.keep_sheet_settings(held_id, settings)
                self._settings = settings
            if appointment != self._appointment:
                session.store.keep_appointment(held_id, appointment)
                self._appointment = appointment
        except UserFacingError as error:
            session.trouble_met.emit(error)

    def _on_choices_field_edited(self, name: str, text: str, label: str) -> None:
        # No day at all is not an empty day.
        value = text or None if name == "consulted_on" else text
        self._commit(f"{label}を書きました", **{name: value})

    def _on_prints_button_clicked(self) -> None:
        self.commit_pending()
        if self.printed.open_newest():
            self.side.setCurrentWidget(self.printed.panel)
            self.printed.panel.back_button.setFocus()

    def _on_printed_save_requested(self) -> None:
        self._save_pdf(self.printed.pdf)

    def _on_printed_print_requested(self) -> None:
        self._print_pdf(self.printed.pdf)

    # ------------------------------------------------------------ private

    def _read_settings(self, held_id: int) -> None:
        """Show what was chosen for this visit when it was last open."""
        store = self.desk.session.store
        self._settings, self._appointment = (
            store.sheet_settings(held_id),
            store.appointment(held_id),
        )
        self._settings_of = held_id
        self.choices.show_settings(self._settings, self._appointment.words)

    def _way_chosen_elsewhere(self, held_id: int) -> bool:
        """Whether another way's money is to be printed: it is chosen on another page."""
        stored = self.desk.session.store.sheet_settings(held_id)
        return stored.money_way != self._settings.money_way

    def _nameable(self, consultation: Consultation) -> dict[str, str]:
        """Return what the owner's copy could name, left out or not: id -> name."""
        screenings = self.desk.session.screenings()
        named = {frame for each in consultation.scenarios for frame in each.frames}
        found = (*may_be_named(screenings, named), *offering(screenings))
        entries = self.desk.session.catalog.entries
        return {each.entry: entries[each.entry].short_name for each in found}

    def _size(self) -> None:
        # A stack asks for more than its pages, which are as wide as they must be.
        self.side.setFixedWidth(self.choices.minimumWidth())

    def _looks_back(self) -> bool:
        """Whether an earlier print is shown instead of the present sheet."""
        return self.side.currentWidget() is self.printed.panel

    def _leave_printed(self) -> None:
        if not self._looks_back():
            return
        self.side.setCurrentWidget(self.choices)
        if self._built is not None:
            self.preview.show_pdf(self._built.pdf)
        self.choices.prints_button.setFocus()

    def _order(self) -> SheetOrder | None:
        if self._shown is None:
            return None
        session = self.desk.session
        day, options = session.clock().date(), self._options()
        plans = session.plans.of(self._shown)
        return SheetOrder(self._shown, session.office, day, options, plans)

    def _options(self) -> SheetOptions:
        return options_of(self.choices.settings(), self.choices.appointment())

    def _request(self, *, at_once: bool = False) -> None:
        order = self._order()
        if order is not None and (self._built is None or self._built.order != order):
            self.builder.request(order, at_once=at_once or self._built is None)

    def _when_built(self, action) -> None:  # noqa: ANN001 - a method without arguments
        if self.is_current():
            action()
            return
        self._after_build = [action]
        self._request(at_once=True)

    def _save(self) -> None:
        if self._built is not None and self._save_pdf(self._built.pdf):
            self._keep_print(self._built)

    def _print(self) -> None:
        if self._built is None or not self._accepts_lost(self._built.lost):
            return
        if self._print_pdf(self._built.pdf):
            self._keep_print(self._built)

    def _save_pdf(self, pdf: bytes) -> bool:
        """Save where the user says; tell whether it was done."""
        path = self.desk.ask.save_path(self, "PDFに保存", self._suggested_path())
        if path is None:
            return False
        try:
            write_whole(path, pdf)
        except UserFacingError as error:
            self.desk.ask.tell(self, error.message, error.advice)
            return False
        self.desk.session.post(f"{path.name} に保存しました")
        return True

    def _print_pdf(self, pdf: bytes) -> bool:
        """Print where the user says; tell whether it was done."""
        pages = self.preview.page_count()
        printer = self.desk.ask.printer(self, pages, self._suggested_path().stem)
        if printer is None:
            return False
        try:
            count = print_pdf(pdf, printer)
        except UserFacingError as error:
            self.desk.ask.tell(self, error.message, error.advice)
            return False
        self.desk.session.post(f"{count}ページをプリンターに送りました")
        return True

    def _keep_print(self, built: BuiltSheet) -> None:
        self.desk.session.keep_print(built.order.consultation, built.pdf)
        self.choices.show_prints(self.printed.count())

    def _accepts_lost(self, lost: str) -> bool:
        if not lost:
            return True
        text = f"次の文字は紙に出せないため、〓で印刷されます。\n{'　'.join(lost)}"
        return self.desk.ask.confirm(
            self, text, "別の字に直すには、やめてから直してください。", "このまま印刷する"
        )

    def _suggested_path(self) -> Path:
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(documents) or Path.home())
        discreet = self.choices.is_neutral() or not self.choices.shows_name()
        name = "" if discreet else self.desk.session.client_name()
        day = self._shown.consulted_on if self._shown is not None else None
        stem = "_".join(part for part in ("相談シート", name, day) if part)
        return folder / f"{''.join(c for c in stem if c not in NOT_IN_NAMES)}.pdf"
