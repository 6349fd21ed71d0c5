"""The window's list of many consultations against an empty one: its start, each key of a search.

    QT_QPA_PLATFORM=offscreen python -m benchmarks.window_scale [CONSULTATIONS]

Processor time, so that a busy machine counts little; `store_scale` does the same for the store
alone. Targets: the list at most 300 ms more than with an empty store, a search under 20 ms until
the list holds what was found.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks.store_scale import fill
from models.stores.catalog_store import load_catalog
from models.stores.consultation_store import ConsultationStore
from models.values.office import Office
from ui.consultation_session import ConsultationSession
from ui.dialogs.ask import Ask
from ui.main_window import MainWindow
from ui.page_base import Desk
from ui.steps import Step
from ui.theme import FIRST_FONTS, LATER_FONTS, Theme, load_fonts

ROOT = Path(__file__).resolve().parents[1]
TYPED = ("山", "山田", "山田製", "山田製作所", "x", "2020年", "4月20日", "株式会社")


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a benchmark's clock


def milliseconds_of(action: object) -> float:
    started = time.process_time()
    action()  # type: ignore[operator]
    return (time.process_time() - started) * 1000


def measure(app: QApplication, folder: Path, count: int) -> float:
    """Print what a window over so many consultations takes; return the start's milliseconds."""
    if count:
        with ConsultationStore.open(folder, now, "") as store:
            fill(store, count)
    catalog, theme = load_catalog(ROOT / "data.sqlite"), Theme()
    theme.apply()
    session = ConsultationSession(
        lambda question: ConsultationStore.open(folder, now, question),
        lambda: catalog,
        Office,
        now,
    )
    window = MainWindow(Desk(session, theme, Ask()))
    window.resize(1366, 768)
    window.show()
    app.processEvents()

    def start() -> None:
        window.complete_start()
        app.processEvents()

    started = milliseconds_of(start)
    print(f"{count:6} consultations: list shown after {started:.0f} ms")
    page = window.page(Step.CONSULTATIONS)
    for text in TYPED if count else ():
        found = milliseconds_of(lambda text=text: page.search.setText(text))
        painted = milliseconds_of(app.processEvents)
        shown = page.list.list_model.rowCount()
        print(f"  search {text}: {shown} found in {found:.1f} ms, painted in {painted:.1f}")
    session.release()
    return started


def main(count: int) -> None:
    app = QApplication([])
    load_fonts(FIRST_FONTS + LATER_FONTS)
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name, each) for each in ("warm", "empty", "full")]
        measure(app, folders[0], 0)
        empty = measure(app, folders[1], 0)
        print(f"{measure(app, folders[2], count) - empty:.0f} ms more")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
