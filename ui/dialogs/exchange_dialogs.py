"""Dialogs about a consultation that travels: how to write it, and what to do with two versions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.passphrase_dialogs import MARGIN, WIDTH, WINDOW_TITLE, plain_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.conflict_words import ConflictWords

INDENT = 26
LEAST_HEIGHT = 260


class ExportKind(Enum):
    """What a written consultation is for."""

    HAND_OVER = "hand over"
    NAMELESS = "nameless"
    CASE_FILE = "case file"


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """How a consultation is written; only what is handed over can have a passphrase."""

    kind: ExportKind
    with_passphrase: bool = False


KIND_WORDS = {
    ExportKind.HAND_OVER: (
        "ほかのパソコンで続ける",
        "あちらで変えた内容を、後でこのパソコンの相談に合わせられます。",
    ),
    ExportKind.NAMELESS: (
        "お名前などを除く（勉強会や問い合わせ用）",
        "お名前・番号・題・メモ・品名を除き、答えと金額だけを書き出します。",
    ),
    ExportKind.CASE_FILE: (
        "そのまま書き出す",
        "お名前やメモも入ります。ほかの人に渡すときは気をつけてください。",
    ),
}


class ExportDialog(QDialog):
    """書き出す: for what, and whether under a passphrase."""

    def __init__(self, parent: QWidget | None, name: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{WINDOW_TITLE} 書き出す")
        self.setMinimumWidth(WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(10)
        layout.addWidget(plain_label(f"「{name}」の相談を、ファイルに書き出します。"))
        self.group = QButtonGroup(self)
        self.buttons: dict[ExportKind, QRadioButton] = {}
        self.passphrase_box = QCheckBox("ファイルに合言葉を付ける（おすすめします）")
        self.passphrase_box.setChecked(True)
        for kind, (title, words) in KIND_WORDS.items():
            button = QRadioButton(title)
            self.group.addButton(button)
            self.buttons[kind] = button
            layout.addWidget(button)
            layout.addLayout(_indented(plain_label(words)))
            if kind is ExportKind.HAND_OVER:
                layout.addLayout(_indented(self.passphrase_box))
                button.toggled.connect(self.passphrase_box.setEnabled)
        self.buttons[ExportKind.HAND_OVER].setChecked(True)
        layout.addWidget(_buttons(self, "場所を選ぶ…"))

    def choice(self) -> ExportChoice:
        """Return what was chosen."""
        kind = next(kind for kind, button in self.buttons.items() if button.isChecked())
        is_handed_over = kind is ExportKind.HAND_OVER
        return ExportChoice(kind, is_handed_over and self.passphrase_box.isChecked())


class ConflictDialog(QDialog):
    """両方で変わった項目: one row a field, and who is right in each."""

    def __init__(
        self, parent: QWidget | None, name: str, conflicts: Sequence[ConflictWords]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{WINDOW_TITLE} 両方で変わった項目")
        self.setMinimumSize(WIDTH + 220, LEAST_HEIGHT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(12)
        intro = (
            f"「{name}」は、このパソコンでもファイルでも、次の項目が変わっています。"
            "どちらを残すか選んでください。後で元に戻せます。"
        )
        layout.addWidget(plain_label(intro))
        self._theirs: dict[str, QRadioButton] = {}
        self._mine: dict[str, QRadioButton] = {}
        layout.addWidget(self._build_rows(conflicts), 1)
        all_mine, all_theirs = QPushButton("すべてこのパソコン"), QPushButton("すべてファイル")
        all_mine.clicked.connect(lambda: self._choose_all(self._mine))
        all_theirs.clicked.connect(lambda: self._choose_all(self._theirs))
        across = QHBoxLayout()
        across.addWidget(all_mine)
        across.addWidget(all_theirs)
        across.addStretch(1)
        layout.addLayout(across)
        layout.addWidget(_buttons(self, "この内容で合わせる"))

    def theirs(self) -> frozenset[str]:
        """Return the paths at which the file is right."""
        return frozenset(path for path, button in self._theirs.items() if button.isChecked())

    def choose_theirs(self, path: str) -> None:
        """Choose the file at a path, as the user would."""
        self._theirs[path].click()

    def _build_rows(self, conflicts: Sequence[ConflictWords]) -> QScrollArea:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(10)
        for place, title in enumerate(("項目", "このパソコン", "ファイル")):
            grid.addWidget(plain_label(title), 0, place)
            grid.setColumnStretch(place, 1)
        for line, words in enumerate(conflicts, start=1):
            group = QButtonGroup(inner)
            grid.addWidget(plain_label(words.field), line, 0)
            for place, (side, kept) in enumerate(
                ((words.mine, self._mine), (words.theirs, self._theirs)), start=1
            ):
                button = QRadioButton()
                button.setAccessibleName(f"{words.field}　{side}")
                group.addButton(button)
                kept[words.path] = button
                grid.addLayout(_chosen_words(button, side), line, place)
            self._mine[words.path].setChecked(True)
        grid.setRowStretch(len(conflicts) + 1, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        return scroll

    @staticmethod
    def _choose_all(buttons: dict[str, QRadioButton]) -> None:
        for button in buttons.values():
            button.setChecked(True)


def _chosen_words(button: QRadioButton, words: str) -> QHBoxLayout:
    """Return a button and its words, which may take several lines."""
    across = QHBoxLayout()
    across.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    label = plain_label(words)
    label.setBuddy(button)
    across.addWidget(label, 1)
    return across


def _indented(widget: QWidget) -> QHBoxLayout:
    across = QHBoxLayout()
    across.addSpacing(INDENT)
    across.addWidget(widget, 1)
    return across


def _buttons(dialog: QDialog, yes: str) -> QDialogButtonBox:
    box = QDialogButtonBox()
    box.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
    box.addButton("やめる", QDialogButtonBox.ButtonRole.RejectRole)
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box
