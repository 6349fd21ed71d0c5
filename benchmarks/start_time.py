"""How long the window takes to appear, beside a bare PySide6 window with one label.

    .venv/bin/python benchmarks/start_time.py [runs]

Both start in turn, each in a process of its own; the medians count. "painted" is the end of the
first paint, counted from before the process starts; "ready" is when the list of consultations can
be used (it has no counterpart in a bare window). Runs on the platform of QT_QPA_PLATFORM,
offscreen when there is none.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 15

BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

class Label(QLabel):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, done)

def done():
    print("painted", time.monotonic())
    app.quit()

app = QApplication([])
window = QMainWindow()
window.setCentralWidget(Label("みちしるべ"))
window.show()
app.exec()
"""

OURS = """
import sys, time
import main
import ui.application
from PySide6.QtCore import QTimer

times = {}
complete = ui.application.complete_start

def timed(make_context, theme, window, guard):
    times["painted"] = time.monotonic()
    complete(make_context, theme, window, guard)
    QTimer.singleShot(0, lambda: done(window))

def done(window):
    times["ready"] = time.monotonic()
    for name, moment in times.items():
        print(name, moment)
    window.close()

ui.application.complete_start = timed
sys.exit(main.main(sys.argv[1:]))
"""


def run_once(code: str, folder: str) -> dict[str, float]:
    """Return the milliseconds from before the start of a process to each moment it tells."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "MICHISHIRUBE_DATA_DIR": folder}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    found = (line.split() for line in done.stdout.splitlines())
    return {name: (float(moment) - begun) * 1000 for name, moment in found}


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    bare: list[float] = []
    ours: list[float] = []
    ready: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        run_once(BARE, folder)
        run_once(OURS, folder)  # the first run fills the file cache
        for _ in range(runs):
            bare.append(run_once(BARE, folder)["painted"])
            times = run_once(OURS, folder)
            ours.append(times["painted"])
            ready.append(times["ready"])
    middle = statistics.median
    print(f"bare window painted   {middle(bare):6.0f} ms  (least {min(bare):.0f})")
    print(f"our window painted    {middle(ours):6.0f} ms  (least {min(ours):.0f})")
    print(f"our window ready      {middle(ready):6.0f} ms  (least {min(ready):.0f})")
    pairs = [one / other for one, other in zip(ours, bare, strict=True)]
    print(f"painted, ours / bare  {middle(pairs):6.2f}  (aim 1.25, at most 1.50), {runs} runs")


if __name__ == "__main__":
    main()
