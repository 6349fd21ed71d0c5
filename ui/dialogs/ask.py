"""The one door for modal questions; tests put another object in its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

    from models.stores.store_care import Damage
    from ui.conflict_words import ConflictWords
    from ui.dialogs.exchange_dialogs import ExportChoice
    from ui.dialogs.store_dialogs import StoreAction, StoreView

WINDOW_TITLE = "みちしるべ"


class Ask:
    """Asks the user where something would be lost, and for files and printers."""

    def confirm(self, parent: QWidget | None, text: str, detail: str, yes: str) -> bool:
        """Return whether the user wants it; `yes` is the word on the button."""
        from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 - not for the first paint

        box = _box(parent, text, detail)
        accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        reject = box.addButton("やめる", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(reject)
        box.setEscapeButton(reject)
        box.exec()
        return box.clickedButton() is accept

    def tell(self, parent: QWidget | None, text: str, detail: str = "") -> None:
        """Tell something that must not be missed; the words can be selected and copied."""
        from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 - not for the first paint

        box = _box(parent, text, detail)
        box.addButton("閉じる", QMessageBox.ButtonRole.AcceptRole)
        box.exec()

    def tell_fault(self, parent: QWidget | None, text: str, report: str) -> None:
        """Tell of a fault of the program; a button copies the report."""
        from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - not for the first paint
        from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 - as above

        box = _box(parent, text, f"直す人に、次の報告を渡してください。\n\n{report}")
        copy = box.addButton("報告を写す", QMessageBox.ButtonRole.ActionRole)
        close = box.addButton("閉じる", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(close)
        box.setEscapeButton(close)
        # Every button of a message box closes it; this one only copies.
        copy.clicked.disconnect()
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        box.exec()

    def save_path(self, parent: QWidget | None, title: str, suggested: Path) -> Path | None:
        """Return where to write a PDF, `None` when the user thinks better of it."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - not for the first paint

        chosen, _ = QFileDialog.getSaveFileName(parent, title, str(suggested), "PDF (*.pdf)")
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")

    def pictures(self, parent: QWidget | None, title: str) -> list[Path]:
        """Return the picture and PDF files that the user chose, none when they think better."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - not for the first paint

        kinds = "写真とPDF (*.png *.jpg *.jpeg *.pdf)"
        chosen, _ = QFileDialog.getOpenFileNames(parent, title, "", kinds)
        return [Path(each) for each in chosen]

    def case_path(self, parent: QWidget | None, suggested: Path, suffix: str) -> Path | None:
        """Return where to write a consultation, `None` when the user thinks better of it."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - not for the first paint

        kinds = f"みちしるべの相談 (*{suffix})"
        chosen, _ = QFileDialog.getSaveFileName(parent, "相談を書き出す", str(suggested), kinds)
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix.lower() == suffix else path.with_name(f"{path.name}{suffix}")

    def open_case(self, parent: QWidget | None) -> Path | None:
        """Return the file of a consultation, `None` when the user thinks better of it."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - not for the first paint

        kinds = "みちしるべの相談 (*.json *.michishirube);;すべてのファイル (*)"
        chosen, _ = QFileDialog.getOpenFileName(parent, "相談を読み込む", "", kinds)
        return Path(chosen) if chosen else None

    def export_choice(self, parent: QWidget | None, name: str) -> ExportChoice | None:
        """Return how to write the consultation of `name`, `None` for not at all."""
        from ui.dialogs.exchange_dialogs import ExportDialog  # noqa: PLC0415 - as above

        dialog = ExportDialog(parent, name)
        return dialog.choice() if _accepted(dialog) else None

    def conflicts(
        self, parent: QWidget | None, name: str, conflicts: Sequence[ConflictWords]
    ) -> frozenset[str] | None:
        """Return the paths at which the file is right, `None` when nothing shall be merged."""
        from ui.dialogs.exchange_dialogs import ConflictDialog  # noqa: PLC0415 - as above

        dialog = ConflictDialog(parent, name, conflicts)
        return dialog.theirs() if _accepted(dialog) else None

    def printer(self, parent: QWidget | None, pages: int, document_name: str) -> QPrinter | None:
        """Return the printer that the user chose, `None` when the user thinks better of it.

        Where there is none to choose from, that is told, and the answer is `None` too.
        """
        from PySide6.QtPrintSupport import QPrintDialog  # noqa: PLC0415 - only to print

        from ui.printing import NO_PRINTER, can_choose, new_printer  # noqa: PLC0415 - only to print

        printer = new_printer()
        if not can_choose(printer):
            self.tell(parent, *NO_PRINTER)
            return None
        printer.setDocName(document_name)
        dialog = QPrintDialog(printer, parent)
        dialog.setMinMax(1, pages)
        if dialog.exec() != QPrintDialog.DialogCode.Accepted:
            return None
        return printer

    def folder(self, parent: QWidget | None, title: str) -> Path | None:
        """Return a folder that the user chose, `None` when the user thinks better of it."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - not for the first paint

        chosen = QFileDialog.getExistingDirectory(parent, title)
        return Path(chosen) if chosen else None

    def unlock(
        self, parent: QWidget | None, message: str, seconds: int, no: str, what: str = ""
    ) -> str | None:
        """Return a passphrase to try, `None` when the user chose `no`; wait `seconds` before.

        `what` says what is locked, "" the store.
        """
        from ui.dialogs.passphrase_dialogs import UnlockDialog  # noqa: PLC0415 - as above

        dialog = UnlockDialog(parent, message, seconds, no, what)
        return dialog.passphrase() if _accepted(dialog) else None

    def new_passphrase(self, parent: QWidget | None, words: tuple[str, ...], no: str) -> str | None:
        """Return a new passphrase, `None` when the user chose `no`."""
        from ui.dialogs.passphrase_dialogs import ChooseDialog  # noqa: PLC0415 - as above

        dialog = ChooseDialog(parent, words, no)
        return dialog.passphrase() if _accepted(dialog) else None

    def store_settings(
        self, parent: QWidget | None, view: StoreView
    ) -> tuple[StoreAction | None, int]:
        """Return what to do with the store (`None`: nothing more), and the minutes to the lock."""
        from ui.dialogs.store_dialogs import SettingsDialog  # noqa: PLC0415 - as above

        dialog = SettingsDialog(parent, view)
        _accepted(dialog)
        return dialog.action, dialog.minutes()

    def damage(self, parent: QWidget | None, message: str, damage: Damage) -> Path | None:
        """Return the file that shall take the place of a damaged store, `None` for none."""
        from ui.dialogs.store_dialogs import DamageDialog  # noqa: PLC0415 - as above

        dialog = DamageDialog(parent, message, damage)
        _accepted(dialog)
        return dialog.chosen


def _accepted(dialog: QDialog) -> bool:
    from PySide6.QtWidgets import QDialog  # noqa: PLC0415 - not for the first paint

    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()


def _box(parent: QWidget | None, text: str, detail: str) -> QMessageBox:
    """Return a box whose words can be selected and copied; no markup is read in them."""
    from PySide6.QtCore import Qt  # noqa: PLC0415 - not for the first paint
    from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 - not for the first paint

    box = QMessageBox(parent)
    box.setWindowTitle(WINDOW_TITLE)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.setText(text)
    box.setInformativeText(detail)
    return box
