"""Size, start and memory of the package, beside a minimal Qt package built in the same run.

    .venv/bin/python benchmarks/package_size.py [--package FOLDER] [--runs N]

Builds both into a temporary folder (or takes ours, already built: FOLDER holds the program). The
minimal one is a window with one label, by PyInstaller's defaults. They start in turn, medians
count. "painted" is when Qt has flushed the first picture of the window, as Qt's own log tells it,
counted from before the process starts. Memory is what the process holds (Pss) one second later,
when ours has loaded its store and its catalog too. "cold" is a start after the system's file cache
was emptied (root only).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
RUNS, COLD_RUNS = 15, 5
DISPLAY = ":88"
DROP_CACHES = Path("/proc/sys/vm/drop_caches")
SETTLED_SECONDS = 1.0
MEGABYTE = 1 << 20
MINIMAL = """
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("みちしるべ"))
window.resize(1280, 720)
window.show()
app.exec()
"""


def build(folder: Path, name: str, what: list[str]) -> Path:
    """Build a package with PyInstaller and return its program."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", *what]
    places = ["--distpath", str(folder / "dist"), "--workpath", str(folder / f"build-{name}")]
    environment = {**os.environ, "PYINSTALLER_CONFIG_DIR": str(folder / f"cache-{name}")}
    begun = time.monotonic()
    subprocess.run([*command, *places], cwd=folder, env=environment, check=True)
    print(f"{name}: built in {time.monotonic() - begun:.0f} s", flush=True)
    return folder / "dist" / name / name


def size(program: Path) -> tuple[float, int, float]:
    """Return the megabytes and the number of a package's files, and the megabytes as a zip."""
    files = [path for path in program.parent.rglob("*") if path.is_file() and not path.is_symlink()]
    with tempfile.TemporaryDirectory() as folder:
        packed = Path(shutil.make_archive(f"{folder}/package", "zip", program.parent))
        zipped = packed.stat().st_size
    return sum(path.stat().st_size for path in files) / MEGABYTE, len(files), zipped / MEGABYTE


def start(program: Path, screen: dict[str, str], data: str) -> tuple[float, float]:
    """Start a program, return milliseconds to its first picture and megabytes after a second."""
    environment = {
        **screen,
        "LANG": "C.UTF-8",
        "MICHISHIRUBE_DATA_DIR": data,
        "QT_LOGGING_RULES": "qt.widgets.painting=true",
    }
    begun = time.monotonic()
    with subprocess.Popen(
        [program], env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as process:
        assert process.stderr is not None
        seen = b""
        for line in process.stderr:
            seen += line
            if b"Flushing QRegion" in line:
                break
        else:
            sys.exit(f"{program} painted nothing: {seen.decode()}")
        painted = (time.monotonic() - begun) * 1000
        os.set_blocking(process.stderr.fileno(), False)  # a full pipe would stop the program
        end = time.monotonic() + SETTLED_SECONDS
        while time.monotonic() < end:
            process.stderr.read()
            time.sleep(0.01)
        memory = resident_alone(process.pid)
        process.kill()
    return painted, memory


def resident_alone(pid: int) -> float:
    """Return the megabytes that a process and its children hold, shared pages divided."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    own = next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    return own / 1024 + sum(resident_alone(int(child)) for child in children)


def can_empty_the_cache() -> bool:
    """Empty the system's file cache; tell whether that was allowed."""
    os.sync()
    with contextlib.suppress(OSError):
        DROP_CACHES.write_text("3")
        return True
    return False


@contextlib.contextmanager
def x_server(folder: Path) -> Iterator[dict[str, str]]:
    """Run an X server of our own, and yield the environment for it."""
    screen = ["-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(["Xvfb", DISPLAY, *screen], cwd=folder, stderr=subprocess.DEVNULL) as one:
        while not Path("/tmp/.X11-unix", f"X{DISPLAY[1:]}").exists():  # noqa: S108
            time.sleep(0.05)
        yield {"DISPLAY": DISPLAY}
        one.terminate()


def compare(programs: dict[str, Path], screen: dict[str, str], name: str, runs: int) -> None:
    """Start both in turn and print what was measured on one screen."""
    times: dict[str, list[float]] = {one: [] for one in programs}
    memory: dict[str, list[float]] = {one: [] for one in programs}
    cold: dict[str, list[float]] = {one: [] for one in programs}
    with tempfile.TemporaryDirectory() as data:
        for one, program in programs.items():
            start(program, screen, data)  # fills the file cache, makes the store
            for _ in range(COLD_RUNS):
                if can_empty_the_cache():
                    cold[one].append(start(program, screen, data)[0])
        for _ in range(runs):
            for one, program in programs.items():
                painted, held = start(program, screen, data)
                times[one].append(painted)
                memory[one].append(held)
    middle = statistics.median
    for one in programs:
        print(
            f"{name:10} {one:14} painted {middle(times[one]):5.0f} ms (least {min(times[one]):.0f})"
            + (f"   cold {middle(cold[one]):5.0f} ms" if cold[one] else "")
            + f"   memory {middle(memory[one]):5.1f} MB"
        )
    ratios = [a / b for a, b in zip(times["michishirube"], times["minimal"], strict=True)]
    print(f"{name:10} ours / minimal painted {middle(ratios):.2f}", flush=True)


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--package", type=Path)
    parser.add_argument("--runs", type=int, default=RUNS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="michishirube-size-") as name:
        folder = Path(name)
        (folder / "minimal.py").write_text(MINIMAL, encoding="utf-8")
        programs = {
            "michishirube": options.package.absolute() / "michishirube"
            if options.package
            else build(folder, "michishirube", [str(ROOT / "build.spec")]),
            "minimal": build(folder, "minimal", ["--windowed", "minimal.py"]),
        }
        for one, program in programs.items():
            megabytes, count, zipped = size(program)
            print(f"{one:14} {megabytes:6.1f} MB in {count} files, zipped {zipped:.1f} MB")
        compare(programs, {"QT_QPA_PLATFORM": "offscreen"}, "offscreen", options.runs)
        if shutil.which("Xvfb"):
            with x_server(folder) as screen:
                compare(programs, screen, "Xvfb", options.runs)


if __name__ == "__main__":
    main()
