"""Dialogs about the passphrase: choose one, and unlock with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
)

from models.stores.passphrase import passphrase_problem

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

WINDOW_TITLE = "みちしるべ"
WIDTH = 560
MARGIN = 24
SHOW = "入力した文字を見せる"
STORE_LOCKED = "相談の記録は合言葉で守られています。"
FORGOTTEN = (
    "合言葉を忘れると、記録も控えも、だれにも開けません。作った人にも開けません。"
    "紙に書いて、パソコンとは別の、鍵のかかる所にしまってください。"
)


class _PassphraseForm(QDialog):
    """Words, fields for passphrases, a line for what is wrong, and two buttons."""

    def __init__(
        self, parent: QWidget | None, words: tuple[str, ...], fields: tuple[str, ...], yes: str
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(WINDOW_TITLE)
        self.setMinimumWidth(WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(12)
        for text in words:
            layout.addWidget(plain_label(text))
        form = QFormLayout()
        form.setSpacing(10)
        self.fields = [self._field(form, name) for name in fields]
        layout.addLayout(form)
        self.shown = QCheckBox(SHOW)
        self.shown.toggled.connect(self._on_shown_toggled)
        layout.addWidget(self.shown)
        self.problem = plain_label("")
        self.problem.setProperty("look", "quiet")
        self.problem.setMinimumHeight(self.fontMetrics().height() * 2)
        layout.addWidget(self.problem)
        buttons = QDialogButtonBox()
        self.accept_button = buttons.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
        self.reject_button = buttons.addButton("やめる", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.fields[0].setFocus()

    def _field(self, form: QFormLayout, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(name)
        field.textChanged.connect(self._on_field_text_changed)
        form.addRow(name, field)
        return field

    def _on_shown_toggled(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for field in self.fields:
            field.setEchoMode(mode)

    def _on_field_text_changed(self) -> None:
        raise NotImplementedError


class ChooseDialog(_PassphraseForm):
    """Lets somebody choose a passphrase, typed twice."""

    def __init__(self, parent: QWidget | None, words: tuple[str, ...], no: str) -> None:
        fields = ("新しい合言葉", "もう一度")
        super().__init__(parent, (*words, FORGOTTEN), fields, "この合言葉にする")
        self.reject_button.setText(no)
        self._on_field_text_changed()

    def passphrase(self) -> str:
        """Return what was typed."""
        return self.fields[0].text()

    def _on_field_text_changed(self) -> None:
        first, again = (field.text() for field in self.fields)
        problem = (
            passphrase_problem(first) if first else "8文字以上。短い文にすると覚えやすくなります。"
        )
        if first and not problem and first != again:
            problem = "もう一度、同じ合言葉を入れてください。"
        self.problem.setText(problem)
        self.accept_button.setEnabled(bool(first) and not problem)


class UnlockDialog(_PassphraseForm):
    """Asks for the passphrase; after wrong ones the button waits."""

    def __init__(
        self, parent: QWidget | None, message: str, seconds: int, no: str, what: str = ""
    ) -> None:
        super().__init__(parent, (what or STORE_LOCKED,), ("合言葉",), "開く")
        self.reject_button.setText(no)
        self._message = message
        self._left = seconds
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._on_timer_timeout)
        if seconds:
            self._timer.start()
        self._show_state()

    def passphrase(self) -> str:
        """Return what was typed."""
        return self.fields[0].text()

    def _on_timer_timeout(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._timer.stop()
        self._show_state()

    def _on_field_text_changed(self) -> None:
        self._show_state()

    def _show_state(self) -> None:
        wait = f"あと{self._left}秒お待ちください。" if self._left > 0 else ""
        self.problem.setText("\n".join(text for text in (self._message, wait) if text))
        self.accept_button.setEnabled(self._left <= 0 and bool(self.fields[0].text()))


def plain_label(text: str) -> QLabel:
    """Return words that wrap and in which no markup is read."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
