"""Takes the pictures of docs/screenshots/: every page at 1366x768, and at 150 percent.

    xvfb-run -a -s "-screen 0 1366x768x24" .venv/bin/python docs/screenshots.py

Look at every picture before it is committed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "screenshots"
SCREEN = (1366, 768)
SCALES = {"100": "1", "150": "1.5"}
PATIENCE = 20.0
CLIENTS = (
    ("そば処 やぶ久", "2020-11-10", "第1回 後を継ぐ人の相談"),
    ("渡邉旅館", "2020-10-30", "第3回 豪雨の復旧"),
    ("有限会社佐藤木工", "2020-10-22", "第1回 売り先の相談"),
)


def main() -> None:
    """Take all pictures, each scale in a process of its own."""
    if len(sys.argv) > 1:
        Camera(sys.argv[1]).take_all()
        return
    TARGET.mkdir(exist_ok=True)
    for name, factor in SCALES.items():
        environment = {**os.environ, "QT_SCALE_FACTOR": factor, "PYTHONPATH": str(ROOT)}
        environment.setdefault("QT_QPA_PLATFORM", "xcb")
        subprocess.run([sys.executable, __file__, name], env=environment, check=True)  # noqa: S603


class Camera:
    """One window with a worked example, and the pictures of its pages."""

    def __init__(self, scale: str) -> None:
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - in the inner process only

        from ui.theme import FIRST_FONTS, LATER_FONTS, Theme, load_fonts  # noqa: PLC0415

        self._scale = scale
        self._folder = tempfile.TemporaryDirectory()
        self.app = QApplication([])
        load_fonts(FIRST_FONTS + LATER_FONTS)
        self.theme = Theme()
        self.theme.apply()
        self._open()

    def _open(self) -> None:
        from PySide6.QtGui import QCursor  # noqa: PLC0415

        from models.stores.catalog_store import load_catalog  # noqa: PLC0415
        from models.stores.consultation_store import ConsultationStore  # noqa: PLC0415
        from models.values.office import LocalContact, Office  # noqa: PLC0415
        from ui.consultation_session import ConsultationSession  # noqa: PLC0415
        from ui.dialogs.ask import Ask  # noqa: PLC0415
        from ui.first_window import FirstWindow  # noqa: PLC0415
        from ui.main_window import MainWindow  # noqa: PLC0415
        from ui.page_base import Desk  # noqa: PLC0415

        def clock() -> datetime:
            return datetime(2020, 11, 17, 10, 30).astimezone()

        catalog_file = ROOT / "data.sqlite"
        catalog = load_catalog(catalog_file)
        contact = LocalContact("新潟県事業引継ぎ支援センター", "025-246-0080", "引き継ぎの相談")
        office = Office("新潟県よろず支援拠点", ("渡邉 花子",), (contact,))
        self.session = ConsultationSession(
            lambda question: ConsultationStore.open(Path(self._folder.name), clock, question),
            lambda: catalog,
            lambda: office,
            clock,
        )
        self.shell = FirstWindow(self.theme)
        self.window = MainWindow(Desk(self.session, self.theme, Ask(), catalog_file))
        self.shell.hold(self.window)
        self.window.complete_start()
        ratio = self.shell.devicePixelRatioF()
        self.shell.resize(round(SCREEN[0] / ratio), round(SCREEN[1] / ratio))
        self.shell.move(0, 0)
        self.shell.show()
        self.shell.activateWindow()
        QCursor.setPos(SCREEN[0] - 1, SCREEN[1] - 1)  # nothing looks touched
        self._settle()

    def take_all(self) -> None:
        """Go through the pages as an advisor would."""
        from PySide6.QtCore import Qt  # noqa: PLC0415

        from ui.steps import Step  # noqa: PLC0415

        self._shoot("1-first-start")
        self._begin_visit()
        self._fill()
        self.window.go_to(Step.APPLICANT)
        self._shoot("2-applicant")
        self.window.go_to(Step.EXPENSES)
        table = self.window.page(Step.EXPENSES).table
        table.move_to(4, 0)
        self._shoot("3-expenses")
        self.window.go_to(Step.VERDICTS)
        self._until(self.window.page(Step.VERDICTS).action_block.isVisible)
        self._shoot("4-verdicts")
        self._press(Qt.Key.Key_Return)
        self._shoot("4-verdicts-reasons")
        self._press(Qt.Key.Key_Escape)
        self.window.go_to(Step.COMPARISON)
        self._shoot("5-comparison")
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
            self._press(key)
        self._shoot("5-comparison-working")
        self._press(Qt.Key.Key_Escape)
        comparison = self.window.page(Step.COMPARISON)
        panel = comparison.panel
        panel.scroll_area.ensureWidgetVisible(panel.charts[0], 0, 400)
        self._shoot("5-comparison-chart")
        self._shoot_tabs(comparison)
        self.window.go_to(Step.SHEET)
        page = self.window.page(Step.SHEET)
        self._until(page.is_current)
        self._shoot("6-sheet")
        self.window.switch_client_view()
        view = self.window.client_view
        self._until(view.preview.isVisible)  # type: ignore[union-attr]
        self._shoot("6-client-view")
        self.window.switch_client_view()
        self.window.search_catalog()
        self.window.catalog_page.search.setText("M&A")  # type: ignore[union-attr]
        self._shoot("7-catalog")
        self.window.go_to(Step.CONSULTATIONS)
        self._shoot("1-consultations")
        self.shell.close()

    def _shoot_tabs(self, comparison) -> None:  # noqa: ANN001 - a page
        """Take the other tabs, each once it has found what it shows."""
        for place, (name, is_ready) in enumerate(
            (
                ("5-break-even", lambda panel: panel.sentences()),
                ("5-months", lambda _panel: True),
                ("5-plan", lambda panel: panel.plan()),
            ),
            start=1,
        ):
            comparison.tabs.buttons()[place].click()
            self._until(lambda ready=is_ready: ready(comparison.panel))
            self._shoot(name)

    def _begin_visit(self) -> None:
        from PySide6.QtCore import Qt  # noqa: PLC0415

        self.window.start_new()
        for key in (Qt.Key.Key_2, Qt.Key.Key_8):
            self._press(key)
        self._shoot("2-visit")
        self.session.delete(self.session.consultation_id or 0)
        self.session.post("")

    def _fill(self) -> None:
        from models.values.case_file import read_case  # noqa: PLC0415
        from models.values.consultation import Consultation  # noqa: PLC0415
        from models.values.questions import AnswerRole  # noqa: PLC0415

        name_question = self.session.catalog.question_for(AnswerRole.CLIENT_NAME)
        assert name_question is not None  # noqa: S101 - the catalog has one
        for name, day, title in reversed(CLIENTS):
            answers = {name_question.id: name}
            self.session.store.create(
                Consultation(title=title, consulted_on=day, answers=answers)  # type: ignore[arg-type]
            )
        data = json.loads((ROOT / "resources" / "samples" / "yamada.json").read_text("utf-8"))
        data["title"] = "第2回 設備の相談"
        sample = read_case(json.dumps(data).encode(), self.session.catalog, "sample")
        self.session.start_new(sample)

    def _press(self, key: object) -> None:
        from PySide6.QtTest import QTest  # noqa: PLC0415

        focused = self.app.focusWidget()
        assert focused is not None, "the window has no focus"  # noqa: S101
        QTest.keyClick(focused, key)  # type: ignore[call-overload]
        self._settle()

    def _settle(self) -> None:
        for _ in range(12):
            self.app.processEvents()
            time.sleep(0.01)

    def _until(self, condition: object) -> None:
        end = time.monotonic() + PATIENCE
        while not condition() and time.monotonic() < end:  # type: ignore[operator]
            self._settle()

    def _shoot(self, name: str) -> None:
        self._settle()
        file = TARGET / f"{name}-{self._scale}.png"
        self.shell.grab().save(str(file))


if __name__ == "__main__":
    main()
