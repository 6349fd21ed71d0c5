"""Measures how long the window is held up while a plan is searched beside it.

Run from the root: PYTHONPATH=. QT_QPA_PLATFORM=offscreen .venv/bin/python benchmarks/plan_window.py
A timer of the window's own thread notes the longest time between two turns of its event loop, on
the clock and as processor time of that thread, which a busy machine does not lengthen: at rest,
while the process searches (a newer question each 300 ms; then one that is stopped), and while the
search runs in the window itself, as it does where no process can be started. The real catalog and
eighty expenses keep the search busy.
"""

from __future__ import annotations

import argparse
from time import perf_counter, thread_time

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from models.stores.catalog_store import load_catalog
from models.values.consultation import Consultation, Expense, TaxMode
from models.values.resources import resource_path
from tests.models.planning.test_plan_output import ANSWERS
from ui.plan_finder import PlanFinder

LIMIT_S = 0.016
EXPENSES = 80
CATEGORIES = ("equipment", "sales_promotion", "shared_system", "it_tool", "expert_services")


class Heartbeat:
    """Notes the time between two turns of the event loop (seconds), on the clock and as work."""

    def __init__(self) -> None:
        self.gaps: list[tuple[float, float]] = []
        self._last = (perf_counter(), thread_time())
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._beat)

    def _beat(self) -> None:
        now = (perf_counter(), thread_time())
        self.gaps.append((now[0] - self._last[0], now[1] - self._last[1]))
        self._last = now

    def during(self, milliseconds: int) -> list[tuple[float, float]]:
        """Return the gaps of so many milliseconds."""
        self.gaps.clear()
        self._last = (perf_counter(), thread_time())
        self._timer.start()
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()
        self._timer.stop()
        return self.gaps


def question(number: int) -> Consultation:
    """Return a consultation that keeps the search busy; each number another one."""
    amounts = (1_234_567 + 98_765 * n * n % 7_654_321 + number for n in range(EXPENSES))
    expenses = tuple(
        Expense(f"経費{n}", CATEGORIES[n % len(CATEGORIES)], amount, TaxMode.EXCLUDED)
        for n, amount in enumerate(amounts)
    )
    return Consultation(answers=ANSWERS, expenses=expenses)


def report(name: str, gaps: list[tuple[float, float]]) -> None:
    """Print the longest gaps of one case."""
    print(name)
    for place, label in enumerate(("clock", "work ")):
        found = sorted((gap[place] for gap in gaps), reverse=True)
        longest = "  ".join(f"{gap * 1e3:.1f}" for gap in found[:5])
        late = sum(gap > LIMIT_S for gap in found)
        print(f"  {label}  longest gaps {longest} ms; {late} of {len(found)} above 16 ms")


def main() -> None:
    """Print the longest gaps of each case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--milliseconds", type=int, default=4000)
    options = parser.parse_args()
    app = QApplication([])
    catalog_file = resource_path("data.sqlite")
    catalog = load_catalog(catalog_file)
    heart = Heartbeat()
    report("at rest", heart.during(options.milliseconds))
    for name, file in (("beside the window", catalog_file), ("in the window", None)):
        finder = PlanFinder(file, lambda: catalog, app)
        answers: list[object] = []
        finder.plans_found.connect(answers.append)
        changing = QTimer()
        numbers = iter(range(1, 1000))
        changing.timeout.connect(lambda f=finder, n=numbers: f.search(question(next(n))))
        finder.search(question(0))
        QCoreApplication.processEvents()
        changing.start(300)
        report(f"{name}, a newer question each 300 ms", heart.during(options.milliseconds))
        changing.stop()
        finder.search(question(0))
        QTimer.singleShot(1000, finder.stop)
        gaps = heart.during(options.milliseconds)
        report(f"{name}, stopped after a second ({len(answers)} answers)", gaps)
        finder.release()


if __name__ == "__main__":
    main()
