"""The choices of the sheet, and the few words that only the sheet shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from models.values.answer_check import line_problem
from models.values.json_fields import day_problem, notes_problem
from models.values.sheet_settings import SheetSettings
from models.values.text import replace_radicals
from ui.theme import TextStyle
from ui.widgets.basics import StyledLabel, column, make_button, named
from ui.widgets.entry_choices import EntryChoices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QFocusEvent

    from models.values.consultation import Consultation
    from ui.theme import Theme

WIDTH = 300
COPIES = {"owner": "お客さま用", "advisor": "相談員の控え", "both": "両方"}
NO_CODES, NAMED_CODES = "none", "with-name"
NOTES, DAY = "今日のお話", "consulted_on"
FIELDS = {"title": "件名", "consulted_on": "相談日", "advisor": "担当"}
COMMIT_MS = 1500


class NotesEdit(QPlainTextEdit):
    """A few lines in the owner's words; committed when left, or after a pause."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left."""
        super().focusOutEvent(event)
        self.left.emit()


class SheetChoices(QScrollArea):
    """What the advisor chooses about one sheet."""

    options_changed = Signal()
    choice_committed = Signal()
    """A choice was made, or the next appointment was written: it can be kept."""
    field_edited = Signal(str, str, str)
    """A field of the consultation was committed: its name, the text, its Japanese name."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._notes_stored = ""
        self._settings = SheetSettings()
        self._reasons: dict[str, StyledLabel] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("pageScroll")
        inner = named(QWidget(), "pageBody")
        self._layout = column(inner, margins=(28, 16, 16, 16), gap=8)
        self._build_buttons()
        self._build_copies()
        self._build_notes()
        self._build_fields()
        self._layout.addStretch(1)
        self.setWidget(inner)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(COMMIT_MS)
        self._connect()
        self._size()
        theme.changed.connect(self._size)

    def _build_buttons(self) -> None:
        theme = self._theme
        self.print_button = make_button(
            theme, "印刷", "primary", icon="print", shortcut_hint="Ctrl+P"
        )
        self.save_button = make_button(theme, "PDFに保存", icon="save", shortcut_hint="Ctrl+S")
        self._layout.addWidget(self.print_button)
        self._layout.addWidget(self.save_button)
        self.prints_button = make_button(theme, "", "link")
        self.prints_button.hide()
        self._layout.addWidget(self.prints_button)
        self._lost = StyledLabel(theme, "", TextStyle.SMALL, "attention", wrap=True)
        self._lost.hide()
        self._layout.addWidget(self._lost)

    def _build_copies(self) -> None:
        theme = self._theme
        self._heading("どの紙を出しますか")
        self.copy_group = QButtonGroup(self)
        self._copy_buttons: dict[str, QRadioButton] = {}
        for value, text in COPIES.items():
            button = QRadioButton(text)
            button.setFont(theme.font(TextStyle.BODY))
            self.copy_group.addButton(button)
            self._copy_buttons[value] = button
            self._layout.addWidget(button)
        self._copy_buttons["both"].setChecked(True)
        self._heading("お客さま用の紙")
        self.name_box = QCheckBox("お名前を入れる")
        self.name_box.setChecked(True)
        self.neutral_box = QCheckBox("題名を目立たなくする")
        self.neutral_box.setToolTip("人に見られても、引き継ぎや売買の話と分からない題名にします")
        self.notes_box = QCheckBox("「今日のお話」を入れる")
        self.notes_box.setToolTip("外すと、書き込む欄を印刷します")
        self.notes_box.setChecked(True)
        for box in (self.name_box, self.neutral_box, self.notes_box):
            self._layout.addWidget(box)
        self.entry_choices = EntryChoices(theme)
        self._layout.addWidget(self.entry_choices)
        self._heading("相談員の控え")
        self.code_box = QCheckBox("回答のQRコードを入れる")
        self.code_box.setChecked(True)
        self.code_box.setToolTip("写真やスキャンから、回答と費用を入れ直せます")
        self.code_name_box = QCheckBox("お名前もQRに入れる")
        self._layout.addWidget(self.code_box)
        self._layout.addWidget(self.code_name_box)

    def _build_notes(self) -> None:
        theme = self._theme
        self._heading("今日のお話（お客さまの言葉で）")
        self.notes = NotesEdit()
        self.notes.setAccessibleName("今日のお話")
        self.notes.setTabChangesFocus(True)
        self.notes.setFixedHeight(theme.px(104))
        self._layout.addWidget(self.notes)
        self._add_reason("notes")
        self._heading("次回の約束")
        self.next_line = QLineEdit()
        self.next_line.setAccessibleName("次回の約束")
        self.next_line.setPlaceholderText("空なら書き込む欄を印刷します")
        self._layout.addWidget(self.next_line)

    def _build_fields(self) -> None:
        self._lines: dict[str, QLineEdit] = {}
        for name, text in FIELDS.items():
            self._heading(text)
            line = QLineEdit()
            line.setAccessibleName(text)
            self._lines[name] = line
            self._layout.addWidget(line)
            self._add_reason(name)

    def _add_reason(self, name: str) -> None:
        label = StyledLabel(self._theme, "", TextStyle.SMALL, "negative", wrap=True)
        label.hide()
        self._reasons[name] = label
        self._layout.addWidget(label)

    def _heading(self, text: str) -> None:
        label = StyledLabel(self._theme, text, TextStyle.SMALL_STRONG, "quiet")
        label.setContentsMargins(0, 8, 0, 0)
        self._layout.addWidget(label)

    def _connect(self) -> None:
        self.copy_group.buttonClicked.connect(self._on_choice_made)
        for box in (self.name_box, self.code_box):
            box.toggled.connect(self._enable_code_name)
        for box in self._boxes():
            box.clicked.connect(self._on_choice_made)
        self.entry_choices.changed.connect(self._on_choice_made)
        self.next_line.textChanged.connect(self._on_next_line_text_changed)
        self.next_line.editingFinished.connect(self.choice_committed)
        self.notes.textChanged.connect(self._pause_start)
        self.notes.left.connect(self.commit)
        self._pause.timeout.connect(self.commit)
        for line in self._lines.values():
            line.editingFinished.connect(self.commit)

    # ------------------------------------------------------------ public

    def show_settings(self, settings: SheetSettings, appointment: str) -> None:
        """Show what was chosen for this visit before."""
        self._settings = settings
        self._copy_buttons[settings.copies].setChecked(True)
        self.name_box.setChecked(settings.show_client_name)
        self.neutral_box.setChecked(settings.neutral_title)
        self.notes_box.setChecked(settings.show_notes)
        self.code_box.setChecked(settings.codes != NO_CODES)
        self.code_name_box.setChecked(settings.codes == NAMED_CODES)
        self._enable_code_name()
        self.entry_choices.leave_out(settings.left_out)
        self.next_line.blockSignals(True)
        self.next_line.setText(appointment)
        self.next_line.blockSignals(False)

    def show_entries(self, entries: Mapping[str, str]) -> None:
        """Show which entries the owner's copy may name: id -> name."""
        self.entry_choices.show_entries(entries)

    def settings(self) -> SheetSettings:
        """Return what is chosen."""
        return replace(
            self._settings,
            copies=self.copies(),
            show_client_name=self.shows_name(),
            neutral_title=self.is_neutral(),
            show_notes=self.notes_box.isChecked(),
            codes=self.codes(),
            left_out=self.entry_choices.left_out(),
        )

    def show_consultation(self, consultation: Consultation) -> None:
        """Show the stored words; what is being typed stays."""
        self._notes_stored = consultation.notes
        if self.notes.toPlainText() != consultation.notes and not self._pause.isActive():
            self.notes.setPlainText(consultation.notes)
            self._pause.stop()
        stored = {
            "title": consultation.title,
            "consulted_on": consultation.consulted_on or "",
            "advisor": consultation.advisor,
        }
        for name, text in stored.items():
            line = self._lines[name]
            if self._reasons[name].isHidden():
                line.setText(text)
            line.setProperty("stored", text)

    def commit(self) -> None:
        """Take what was typed into the fields of the consultation, where it can be taken."""
        self._pause.stop()
        self.choice_committed.emit()
        notes = replace_radicals(self.notes.toPlainText().strip())
        if self._accepts("notes", notes_problem(notes)) and notes != self._notes_stored.strip():
            self._notes_stored = notes
            self.field_edited.emit("notes", notes, NOTES)
        for name, line in self._lines.items():
            text = replace_radicals(line.text().strip())
            check = day_problem if name == DAY and text else line_problem
            if self._accepts(name, check(text)) and text != (line.property("stored") or ""):
                self.field_edited.emit(name, text, FIELDS[name])

    def copies(self) -> str:
        """Return which copies are wanted: owner, advisor or both."""
        return next(value for value, one in self._copy_buttons.items() if one.isChecked())

    def choose_copies(self, value: str) -> None:
        """Choose as the user would."""
        self._copy_buttons[value].click()

    def shows_name(self) -> bool:
        """Whether the client's name is printed."""
        return self.name_box.isChecked()

    def is_neutral(self) -> bool:
        """Whether the title tells a stranger nothing."""
        return self.neutral_box.isChecked()

    def codes(self) -> str:
        """Return what the QR codes hold: none, answers or with-name."""
        if not self.code_box.isChecked():
            return NO_CODES
        with_name = self.code_name_box.isEnabled() and self.code_name_box.isChecked()
        return NAMED_CODES if with_name else "answers"

    def appointment(self) -> str:
        """Return the next appointment as typed."""
        return self.next_line.text().strip()

    def reasons(self) -> dict[str, str]:
        """Return why fields cannot be taken, by their Japanese names."""
        names = {"notes": NOTES, **FIELDS}
        return {names[n]: one.text() for n, one in self._reasons.items() if not one.isHidden()}

    def show_lost(self, lost: str) -> None:
        """Say which characters the paper cannot show."""
        self._lost.setText(f"紙に出せない文字があります（〓になります）: {'　'.join(lost)}")
        self._lost.setVisible(bool(lost))

    def show_prints(self, count: int) -> None:
        """Offer the earlier prints, where there are any."""
        self.prints_button.setText(f"これまでの印刷（{count}）")
        self.prints_button.setVisible(count > 0)

    def lost_text(self) -> str:
        """Return what is said about lost characters; empty when nothing is."""
        return "" if self._lost.isHidden() else self._lost.text()

    def focus_first(self) -> None:
        """Begin on the print button, the reason to be here."""
        self.print_button.setFocus()

    # ------------------------------------------------------------ private

    def _boxes(self) -> tuple[QCheckBox, ...]:
        owners = (self.name_box, self.neutral_box, self.notes_box)
        return (*owners, self.code_box, self.code_name_box)

    def _enable_code_name(self) -> None:
        """Offer the name for the codes only where there are codes and a name."""
        self.code_name_box.setEnabled(self.code_box.isChecked() and self.name_box.isChecked())

    def _on_choice_made(self) -> None:
        self.options_changed.emit()
        self.choice_committed.emit()

    def _on_next_line_text_changed(self) -> None:
        self.options_changed.emit()
        self._pause.start()

    def _pause_start(self) -> None:
        if self.notes.toPlainText() != self._notes_stored:
            self._pause.start()

    def _accepts(self, name: str, reason: str) -> bool:
        label = self._reasons[name]
        label.setText(reason)
        label.setVisible(bool(reason))
        return not reason

    def _size(self) -> None:
        self.setFixedWidth(self._theme.px(WIDTH))
