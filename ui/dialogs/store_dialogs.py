"""Dialogs about the store as a whole: its settings, and what to do when it is damaged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from ui.dialogs.passphrase_dialogs import MARGIN, WIDTH, WINDOW_TITLE, plain_label

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from models.stores.store_care import Damage

MINUTES = ((5, "5分"), (10, "10分"), (30, "30分"), (60, "1時間"), (0, "しない"))
UNPROTECTED = (
    "合言葉がないので、パソコンをなくすと中を読まれるおそれがあります。合言葉を決めるか、"
    "ディスクの暗号化（WindowsではBitLocker、macOSではFileVault）を使ってください。"
)


class StoreAction(Enum):
    """What somebody wants to do with the store."""

    ENCRYPT = "encrypt"
    DECRYPT = "decrypt"
    CHOOSE_FOLDER = "folder"
    NO_FOLDER = "no folder"
    LOCK_NOW = "lock"


@dataclass(frozen=True, slots=True)
class StoreView:
    """What the settings show; `backup_folder` is empty for none, `last_backup` a line of words."""

    is_encrypted: bool
    is_read_only: bool
    lock_minutes: int
    backup_folder: str
    last_backup: str


class SettingsDialog(QDialog):
    """保存と合言葉: one action at a time, chosen by its button."""

    def __init__(self, parent: QWidget | None, view: StoreView) -> None:
        super().__init__(parent)
        self.action: StoreAction | None = None
        self._view = view
        self.setWindowTitle(f"{WINDOW_TITLE} 保存と合言葉")
        self.setMinimumWidth(WIDTH + 140)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(14)
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(14)
        grid.setColumnStretch(1, 1)
        self._add_passphrase(grid)
        self._add_backups(grid)
        layout.addLayout(grid)
        across = QHBoxLayout()
        across.addStretch(1)
        close = QPushButton("閉じる")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        across.addWidget(close)
        layout.addLayout(across)

    def minutes(self) -> int:
        """Return after how many idle minutes the store is locked."""
        return int(self.lock_minutes.currentData())

    def _add_passphrase(self, grid: QGridLayout) -> None:
        is_encrypted = self._view.is_encrypted
        grid.addWidget(QLabel("合言葉"), 0, 0)
        words = "あり（記録と控えは暗号化されています）" if is_encrypted else f"なし。{UNPROTECTED}"
        grid.addWidget(plain_label(words), 0, 1)
        self.set_button = self._button(
            "合言葉を変える…" if is_encrypted else "合言葉を決める…", StoreAction.ENCRYPT
        )
        self.remove_button = self._button("合言葉をやめる…", StoreAction.DECRYPT)
        self.lock_button = self._button("鍵をかける（Ctrl+L）", StoreAction.LOCK_NOW)
        grid.addLayout(_beside(self.set_button, self.remove_button, self.lock_button), 1, 1)
        for button in (self.remove_button, self.lock_button):
            button.setVisible(is_encrypted)
        grid.addWidget(QLabel("自動の鍵"), 2, 0)
        self.lock_minutes = QComboBox()
        for minutes, text in MINUTES:
            self.lock_minutes.addItem(f"使わないまま{text}" if minutes else text, minutes)
        self.lock_minutes.setCurrentIndex(
            max(0, self.lock_minutes.findData(self._view.lock_minutes))
        )
        self.lock_minutes.setEnabled(is_encrypted)
        grid.addWidget(self.lock_minutes, 2, 1)

    def _add_backups(self, grid: QGridLayout) -> None:
        grid.addWidget(QLabel("毎日の控え"), 3, 0)
        grid.addWidget(plain_label(self._view.last_backup), 3, 1)
        grid.addWidget(QLabel("控えの2つ目\nの場所"), 4, 0)
        place = self._view.backup_folder or "ありません（USBメモリーなどを選べます）"
        grid.addWidget(plain_label(place), 4, 1)
        self.folder_button = self._button("場所を選ぶ…", StoreAction.CHOOSE_FOLDER)
        self.no_folder_button = self._button("2つ目をやめる", StoreAction.NO_FOLDER)
        self.no_folder_button.setVisible(bool(self._view.backup_folder))
        grid.addLayout(_beside(self.folder_button, self.no_folder_button), 5, 1)

    def _button(self, text: str, action: StoreAction) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setEnabled(not self._view.is_read_only or action is StoreAction.LOCK_NOW)
        button.clicked.connect(lambda: self._choose(action))
        return button

    def _choose(self, action: StoreAction) -> None:
        self.action = action
        self.accept()


class DamageDialog(QDialog):
    """Tells of a damaged store what was saved from it, and lets one of the files be chosen."""

    def __init__(self, parent: QWidget | None, message: str, damage: Damage) -> None:
        super().__init__(parent)
        self.chosen: Path | None = None
        self.setWindowTitle(WINDOW_TITLE)
        self.setMinimumWidth(WIDTH + 140)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(14)
        for text in (message, *damage.lines()):
            layout.addWidget(plain_label(text))
        layout.addWidget(
            plain_label("どれを選んでも、いまのファイルは消さずに backups フォルダーに残します。")
        )
        self.salvaged_button = self._button(
            "読み取れた分で続ける", None if damage.salvaged is None else damage.salvaged.file
        )
        self.backup_button = self._button(
            "控えに戻す", None if damage.backup is None else damage.backup.file
        )
        close = QPushButton("何もしないで閉じる")
        close.clicked.connect(self.reject)
        layout.addLayout(_beside(self.salvaged_button, self.backup_button, close))

    def _button(self, text: str, file: Path | None) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setVisible(file is not None)
        button.clicked.connect(lambda: self._choose(file))
        return button

    def _choose(self, file: Path | None) -> None:
        self.chosen = file
        self.accept()


def _beside(*buttons: QPushButton) -> QHBoxLayout:
    across = QHBoxLayout()
    across.setSpacing(10)
    for button in buttons:
        across.addWidget(button)
    across.addStretch(1)
    return across
