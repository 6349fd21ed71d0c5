"""The dialogs of the store let through what is right and say what is not."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit

from models.stores.store_care import Damage, FoundStore
from tests.models.stores.store_cases import PASSPHRASE
from ui.dialogs.ask import Ask
from ui.dialogs.passphrase_dialogs import ChooseDialog, UnlockDialog
from ui.dialogs.store_dialogs import DamageDialog, SettingsDialog, StoreAction, StoreView

FOUND = FoundStore(Path("backups/x.sqlite"), datetime(2021, 4, 20, 9), 12)  # noqa: DTZ001


def words(dialog):
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


@pytest.fixture
def shown(qtbot, theme):
    def show(dialog):
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return show


def test_a_new_passphrase_is_typed_twice(shown):
    dialog = shown(ChooseDialog(None, ("暗号化します。",), "やめる"))
    assert "作った人にも" in words(dialog)
    first, again = dialog.fields
    assert not dialog.accept_button.isEnabled()
    first.setText("短い")
    assert "8文字" in dialog.problem.text()
    first.setText(PASSPHRASE)
    again.setText("別の合言葉です")
    assert "もう一度" in dialog.problem.text()
    assert not dialog.accept_button.isEnabled()
    again.setText(PASSPHRASE)
    assert dialog.accept_button.isEnabled()
    assert first.echoMode() is QLineEdit.EchoMode.Password
    dialog.shown.setChecked(True)
    assert first.echoMode() is QLineEdit.EchoMode.Normal


def test_after_wrong_passphrases_the_button_waits(shown):
    dialog = shown(UnlockDialog(None, "合言葉が違います。", 2, "閉じる"))
    dialog.fields[0].setText(PASSPHRASE)
    assert not dialog.accept_button.isEnabled()
    assert "あと2秒" in dialog.problem.text()
    dialog._on_timer_timeout()
    dialog._on_timer_timeout()
    assert dialog.accept_button.isEnabled()
    assert dialog.problem.text() == "合言葉が違います。"


def test_settings_show_only_what_can_be_done(shown):
    plain = shown(SettingsDialog(None, StoreView(False, False, 10, "", "まだ")))
    assert "BitLocker" in words(plain)
    assert not plain.remove_button.isVisible()
    assert not plain.no_folder_button.isVisible()
    plain.set_button.click()
    assert plain.action is StoreAction.ENCRYPT
    encrypted = shown(SettingsDialog(None, StoreView(True, False, 30, "/media/x", "最後の控え")))
    assert encrypted.minutes() == 30
    assert encrypted.remove_button.isVisible()
    assert encrypted.no_folder_button.isVisible()
    reader = shown(SettingsDialog(None, StoreView(True, True, 10, "", "")))
    assert not reader.set_button.isEnabled()
    assert reader.lock_button.isEnabled()


@pytest.mark.parametrize(
    ("damage", "visible"),
    [
        (Damage(FOUND, FOUND), (True, True)),
        (Damage(None, FOUND), (False, True)),
        (Damage(None, None), (False, False)),
    ],
)
def test_damage_offers_what_there_is(shown, damage, visible):
    dialog = shown(DamageDialog(None, "壊れています。", damage))
    buttons = (dialog.salvaged_button, dialog.backup_button)
    assert tuple(button.isVisible() for button in buttons) == visible
    if damage.backup:
        assert "12件" in words(dialog)
        dialog.backup_button.click()
        assert dialog.chosen == FOUND.file


def answer(act):
    """Do something with the dialog that opens next."""

    def when_open():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        act(dialog)

    QTimer.singleShot(0, when_open)


def test_the_door_gives_back_what_was_chosen(theme):
    ask = Ask()

    def type_it(dialog):
        for field in dialog.fields:
            field.setText(PASSPHRASE)
        dialog.accept()

    answer(type_it)
    assert ask.unlock(None, "", 0, "閉じる") == PASSPHRASE
    answer(type_it)
    assert ask.new_passphrase(None, ("x",), "やめる") == PASSPHRASE
    answer(QDialog.reject)
    assert ask.new_passphrase(None, ("x",), "やめる") is None
    answer(lambda dialog: dialog.folder_button.click())
    assert ask.store_settings(None, StoreView(True, False, 5, "", "")) == (
        StoreAction.CHOOSE_FOLDER, 5,
    )  # fmt: skip
    answer(lambda dialog: dialog.salvaged_button.click())
    assert ask.damage(None, "壊れています。", Damage(FOUND, None)) == FOUND.file
