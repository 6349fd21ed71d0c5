"""Do eight hours of an advisor's work at once, and watch memory and handles.

    python -m benchmarks.long_day [CONSULTATIONS]

The real window (offscreen) over an encrypted store holds CONSULTATIONS (24: three an hour, eight
hours) whole consultations with the keyboard: answers, expenses, verdicts, comparison, the catalog's
search, the sheet built anew after each change, saved and printed; every change taken back and made
again, the store locked and unlocked. Memory, open files and objects of the window are counted after
each. The last third may not hold more than the third before it, but for a little.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from models.stores import cipher
from tests.ui.driven_program import Driver, ScriptedAsk, a_consultation, run

CONSULTATIONS = 24
WARM = 4
"""Pages, fonts and caches are made in the first consultations."""
STEPS_BACK = 12
MOST_MEMORY_MB = 6.0
MOST_HANDLES = 2
MOST_OBJECTS = 20


@dataclass(frozen=True, slots=True)
class Sample:
    """What the window and the process beside it hold."""

    memory_mb: float
    beside_mb: float
    handles: int
    threads: int
    objects: int
    python: int


def memory_of(pid: str) -> float:
    """Return the memory that a process made for itself, libraries and files apart, in MB."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return int(text.split("Anonymous:")[1].split()[0]) / 1024


def children() -> list[str]:
    found = [
        file.read_text(encoding="ascii") for file in Path("/proc/self/task").glob("*/children")
    ]
    return " ".join(found).split()


def sample() -> Sample:
    from PySide6.QtCore import QObject  # noqa: PLC0415 - once the program has it
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - as above

    gc.collect()
    objects = sum(len(w.findChildren(QObject)) + 1 for w in QApplication.topLevelWidgets())
    return Sample(
        memory_of("self"),
        sum(map(memory_of, children())),
        len(os.listdir("/proc/self/fd")),  # noqa: PTH208 - names are what is counted
        len(os.listdir("/proc/self/task")),  # noqa: PTH208 - as above
        objects,
        len(gc.get_objects()),
    )


class Day:
    """The script of the day, and what was counted."""

    def __init__(self, consultations: int) -> None:
        self.consultations = consultations
        self.samples: list[Sample] = []
        self.changes = 0

    def script(self, driver: Driver) -> Any:
        from ui.dialogs.store_dialogs import StoreAction  # noqa: PLC0415 - once the program has it
        from ui.steps import Step  # noqa: PLC0415 - as above
        from ui.store_keeper import StoreKeeper  # noqa: PLC0415 - as above

        window = driver.window
        session = window._session  # noqa: SLF001 - what a user sees, without eyes
        session.message_posted.connect(self._count)
        keeper = window.window().findChild(StoreKeeper)
        driver.ask.actions = [StoreAction.ENCRYPT]
        keeper.show_settings()
        yield lambda: session.store.is_encrypted
        for number in range(self.consultations):
            yield from a_consultation(driver, f"お客さま{number}")
            for file in driver.ask.output.iterdir():
                file.unlink()
            for step in (window.undo, window.redo):
                for _ in range(STEPS_BACK):
                    step()
                    yield lambda: True
            held = session.consultation_id
            keeper.lock()
            yield keeper.cover.isVisible
            keeper.unlock()
            yield lambda held=held: session.consultation_id == held
            window.go_to(Step.CONSULTATIONS)
            yield lambda: True
            self.samples.append(sample())
            self._print(number + 1)
        assert driver.ask.told == [], driver.ask.told

    def _count(self, _text: str, _can_undo: bool) -> None:
        self.changes += 1

    def _print(self, number: int) -> None:
        now = self.samples[-1]
        print(
            f"{number:4}  {now.memory_mb:6.1f} MB  beside {now.beside_mb:6.1f} MB"
            f"  files {now.handles:3}  threads {now.threads:2}  objects {now.objects:5}"
            f"  Python's {now.python:7}",
            flush=True,
        )

    def growth(self, name: str) -> float:
        """Return by how much the last third is above the third before it."""
        values = [getattr(each, name) for each in self.samples[WARM:]]
        third = max(1, len(values) // 3)
        return median(values[-third:]) - median(values[-2 * third : -third] or values[:1])


def main(consultations: int) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    cipher.KDF_ROUNDS = 1000  # waiting for keys is not what is measured
    day = Day(consultations)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "out").mkdir()
        code = run(
            ["--data-dir", str(folder / "data")], Driver(day.script, ScriptedAsk(folder / "out"))
        )
    seconds = time.perf_counter() - started
    print(f"{len(day.samples)} consultations, {day.changes} changes told, {seconds:.0f} s")
    faults = code
    for name, most in (
        ("memory_mb", MOST_MEMORY_MB),
        ("beside_mb", MOST_MEMORY_MB),
        ("handles", MOST_HANDLES),
        ("threads", MOST_HANDLES),
        ("objects", MOST_OBJECTS),
    ):
        growth = day.growth(name)
        faults += growth > most
        print(f"{name:10} grew by {growth:+.1f} from the second third to the last (at most {most})")
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else CONSULTATIONS))
