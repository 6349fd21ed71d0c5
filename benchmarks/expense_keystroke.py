"""From a keystroke in the expense table to updated figures, at 200 rows.

    .venv/bin/python benchmarks/expense_keystroke.py [rows]

Two keys are measured: a digit typed into an amount (the totals follow), and Enter, which commits
the field. "painted" is when the new figures stand on the screen, "stored" when they are on the
disk too, which happens in the same turn of the event loop and depends on the disk.
"""

# ruff: noqa: E402 - the platform is chosen before Qt is imported

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.stores.catalog_store import load_catalog
from models.stores.consultation_store import ConsultationStore
from models.values.case_file import read_case
from models.values.consultation import Consultation, Expense, TaxMode
from models.values.office import Office
from ui.consultation_session import ConsultationSession
from ui.dialogs.ask import Ask
from ui.main_window import MainWindow
from ui.page_base import Desk
from ui.steps import Step
from ui.tables.expense_rows import Column
from ui.theme import FIRST_FONTS, LATER_FONTS, Theme, load_fonts

ROWS = 200
RUNS = 60
LIMIT_MS = 16.0
NAMES = ("digit painted", "Enter painted", "Enter stored")


def main() -> None:
    """Measure and print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    app = QApplication([])
    load_fonts(FIRST_FONTS + LATER_FONTS)
    theme = Theme()
    theme.apply()
    catalog = load_catalog(ROOT / "data.sqlite")
    sample = read_case(
        (ROOT / "resources" / "samples" / "yamada.json").read_bytes(), catalog, "sample"
    )
    categories = list(catalog.categories)
    expenses = tuple(
        Expense(f"費用{n}", categories[n % len(categories)], 100_000 + n, TaxMode.INCLUDED)
        for n in range(rows)
    )
    held = Consultation(consulted_on="2020-11-17", answers=sample.answers, expenses=expenses)
    with tempfile.TemporaryDirectory() as folder:
        window = open_window(Path(folder), catalog, theme)
        window._session.start_new(held)  # noqa: SLF001 - the benchmark stands in for the user
        window.go_to(Step.EXPENSES)
        window.activateWindow()
        settle(app)
        times = measure(app, window)
        window.close()
    for name, found in times.items():
        report(name, found)
    print(f"{rows} rows, {RUNS} runs, aim under {LIMIT_MS:.0f} ms")


def open_window(folder: Path, catalog: object, theme: Theme) -> MainWindow:
    """Return a shown window on a store of its own."""

    def clock() -> datetime:
        return datetime(2020, 11, 17, tzinfo=UTC)

    session = ConsultationSession(
        lambda question: ConsultationStore.open(folder, clock, question),
        lambda: catalog,  # type: ignore[arg-type,return-value]
        Office,
        clock,
    )
    window = MainWindow(Desk(session, theme, Ask()))
    window.resize(1366, 768)
    window.show()
    window.complete_start()
    return window


class Watch(QObject):
    """Notes when something was painted, and when the writing to the disk began."""

    def __init__(self, session: ConsultationSession) -> None:
        super().__init__()
        self.painted = 0.0
        self.is_writing = False
        self._flush = session.flush
        session._write_soon.timeout.disconnect()  # noqa: SLF001 - to see when it begins
        session._write_soon.timeout.connect(self._on_timeout)  # noqa: SLF001

    def eventFilter(self, _thing: QObject, event: QEvent) -> bool:
        """Note a paint, as long as it is of new figures."""
        if event.type() == QEvent.Type.UpdateRequest and not self.is_writing:
            QTimer.singleShot(0, self._note)
        return False

    def _note(self) -> None:
        if not self.is_writing:
            self.painted = time.perf_counter()

    def _on_timeout(self) -> None:
        self._note()
        self.is_writing = True
        self._flush()


def measure(app: QApplication, window: MainWindow) -> dict[str, list[float]]:
    """Return the milliseconds of typed digits and of committed fields."""
    table = window.page(Step.EXPENSES).table  # type: ignore[attr-defined]
    watch = Watch(window._session)  # noqa: SLF001 - as above
    window.window().installEventFilter(watch)
    times: dict[str, list[float]] = {name: [] for name in NAMES}
    for run in range(RUNS):
        table.move_to(run % 50, Column.AMOUNT)
        settle(app)
        press(app, watch, Qt.Key.Key_1)  # opens the editor
        for key in (Qt.Key.Key_2, Qt.Key(Qt.Key.Key_1 + run % 9)):
            times["digit painted"].append(press(app, watch, key)[0])
        painted, stored = press(app, watch, Qt.Key.Key_Return)
        times["Enter painted"].append(painted)
        times["Enter stored"].append(stored)
    return times


def press(app: QApplication, watch: Watch, key: object) -> tuple[float, float]:
    """Press a key; return the milliseconds until it is painted, and until nothing is left to do."""
    focused = app.focusWidget()
    assert focused is not None
    watch.is_writing = False
    watch.painted = 0.0
    begun = time.perf_counter()
    QTest.keyClick(focused, key)  # type: ignore[call-overload]
    settle(app)
    ended = time.perf_counter()
    return ((watch.painted or ended) - begun) * 1000, (ended - begun) * 1000


def settle(app: QApplication) -> None:
    """Let the event loop finish what is waiting."""
    for _ in range(3):
        app.processEvents()


def report(name: str, times: list[float]) -> None:
    """Print one line."""
    ordered = sorted(times)
    high = ordered[int(len(ordered) * 0.95)]
    print(f"{name:16s} median {statistics.median(times):5.1f} ms   95% {high:5.1f} ms")


if __name__ == "__main__":
    main()
