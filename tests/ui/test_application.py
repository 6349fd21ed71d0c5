"""The start: the frame first, then the rest; calm words when something is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QTimer, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPushButton

from models.catalog_build.compile import write_catalog
from models.values.consultation import Consultation
from models.values.problems import ExitCode, UserFacingError
from models.values.resources import PROJECT_ROOT
from tests.ui.conftest import NOW, FakeAsk
from ui.application import WindowGuard, complete_start, speak_japanese
from ui.commands.context import CommandContext
from ui.dialogs.ask import Ask
from ui.first_window import FirstWindow

EARLY = """
import sys
import ui.application, ui.first_window
late = {"json", "sqlite3", "sqlite_utils", "reportlab", "pypdfium2", "PySide6.QtSvg",
        "PySide6.QtPrintSupport", "models.values.catalog", "argparse_"}
print(sorted(late & set(sys.modules)))
"""


@pytest.fixture
def context(tmp_path, catalog):
    file = tmp_path / "catalog.sqlite"
    write_catalog(catalog, file)
    return CommandContext(file, tmp_path / "相談", {}, lambda: NOW)


@pytest.fixture
def shell(qtbot, theme):
    window = FirstWindow(theme)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def guard(shell):
    guard = WindowGuard(shell)
    guard._ask = FakeAsk()
    return guard


def test_the_dialogs_of_qt_speak_japanese(qapp, shell):
    speak_japanese(shell)
    try:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        assert box.buttons()[0].text() == "キャンセル"
    finally:
        for translator in shell.findChildren(QTranslator):
            qapp.removeTranslator(translator)


def test_nothing_heavy_is_imported_before_the_first_paint():
    environment = {**os.environ, "PYTHONPATH": str(PROJECT_ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", EARLY], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_frame_is_painted_and_then_filled(qtbot, shell, theme, guard, context):
    with qtbot.waitSignal(shell.first_frame.painted):
        shell.show()
    complete_start(lambda: context, theme, shell, guard)
    content = shell.centralWidget()
    assert content.frame.edition.text()
    assert shell.close()


def test_the_office_file_stands_beside_the_store(shell, theme, guard, context):
    context.data_folder.mkdir()
    text = '{"name": "みほん拠点", "advisors": ["渡邉"], "contacts": []}'
    (context.data_folder / "office.json").write_text(text, encoding="utf-8")
    complete_start(lambda: context, theme, shell, guard)
    assert shell.centralWidget()._session.office.name == "みほん拠点"


def test_a_missing_catalog_is_told_and_ends_with_its_exit_code(shell, theme, guard, tmp_path):
    broken = CommandContext(tmp_path / "ない.sqlite", tmp_path, {}, lambda: NOW)
    complete_start(lambda: broken, theme, shell, guard)
    assert guard.exit_code == ExitCode.UNUSABLE_STORE
    assert guard.ask.told


def test_a_fault_is_told_calmly_and_once(guard):
    guard.on_fault(ValueError, ValueError("山田さんの秘密"), None)
    assert "申し訳ありません" in guard.ask.told[0]
    assert "山田さん" not in guard.ask.told[0]


def test_what_is_not_on_the_disk_is_saved_before_a_fault_is_told(guard):
    steps = []
    guard.save = lambda: steps.append("saved")
    guard.ask.tell_fault = lambda _parent, text, _report: steps.append(text)
    guard.on_fault(ValueError, ValueError("x"), None)
    assert steps[0] == "saved"
    assert "すべて保存してあります" in steps[1]

    def fails():
        raise OSError("山田さんの秘密")

    guard.save = fails
    guard.on_fault(ValueError, ValueError("x"), None)
    assert "保存できていないかも" in steps[2]


def test_a_fault_saves_the_session_of_the_window(shell, theme, guard, context, qtbot):
    complete_start(lambda: context, theme, shell, guard)
    session = shell.centralWidget()._session
    session.start_new(Consultation(consulted_on="2020-11-17"))
    session.change(Consultation(title="第1回"), "件名を書きました")
    assert session.store.document(session.consultation_id).count("第1回") == 0
    guard.on_fault(ValueError, ValueError("x"), None)
    assert "第1回" in session.store.document(session.consultation_id)
    assert shell.close()


def test_faults_beside_the_window_tell_no_word(guard, capsys):
    with pytest.raises(ValueError, match="秘密") as caught:
        raise ValueError("山田さんの秘密")
    guard.on_fault_beside(SimpleNamespace(exc_value=caught.value))
    told = capsys.readouterr().err
    assert "ValueError tests/ui/test_application.py" in told
    assert "山田" not in told


def test_the_report_can_be_copied(qtbot, theme):
    def copy_and_close():
        box = QApplication.activeModalWidget()
        if box is None:
            QTimer.singleShot(0, copy_and_close)
            return
        buttons = {button.text(): button for button in box.findChildren(QPushButton)}
        buttons["報告を写す"].click()
        assert box.isVisible()
        buttons["閉じる"].click()

    QTimer.singleShot(0, copy_and_close)
    Ask().tell_fault(None, "申し訳ありません。", "報告の全文")
    assert QGuiApplication.clipboard().text() == "報告の全文"


def test_an_error_that_the_user_can_mend_is_told_in_its_own_words(guard):
    error = UserFacingError("空きがありません。", "空きを作ってください。")
    guard.on_fault(UserFacingError, error, None)
    assert "空きを作ってください" in guard.ask.told[0]


def test_a_change_that_cannot_be_stored_stays_in_the_window(open_window, monkeypatch):
    opened = open_window()
    opened.session.start_new(Consultation(consulted_on="2020-11-17"))

    def full(*_given):
        raise UserFacingError("保存先の空きがありません。", "空きを作ってください。")

    monkeypatch.setattr(type(opened.session.store), "commit", full)
    changed = Consultation(consulted_on="2020-11-17", title="第1回")
    opened.session.change(changed, "件名を書きました")
    opened.session.flush()
    assert opened.session.consultation == changed
    assert "空きを作ってください" in opened.ask.told[0]
