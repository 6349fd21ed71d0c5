"""The program on Windows' own libraries, run by Wine, and the folders of a Japanese user there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PROGRAMS = {"source": "MICHISHIRUBE_WINE_PYTHON", "package": "MICHISHIRUBE_WINE_PACKAGE"}
"""Variables that name the Python and the built folder; what is not named is not tried."""
HOME = Path("users", "山田 花子")
DESKTOP = HOME / "デスクトップ"
SECONDS = 180


def drive() -> Path:
    """Return the folder that Windows calls C:."""
    return Path(os.environ["WINEPREFIX"], "drive_c")


def windows_path(path: Path) -> str:
    """Return the name that Windows has for a file: on C:, else on Z:, which is the machine."""
    if "drive_c" in path.parts:
        inside = path.parts[path.parts.index("drive_c") + 1 :]
        return "\\".join(("C:", *inside))
    return "Z:" + str(path).replace("/", "\\")


@dataclass(frozen=True)
class Program:
    """A way to run the program on Windows: what stands before its arguments."""

    start: tuple[str, ...]
    folder: Path
    """Where its files lie."""

    def command(self, *arguments: object) -> list[str]:
        """Return a command; files among the arguments are named as Windows does."""
        named = [windows_path(each) if isinstance(each, Path) else str(each) for each in arguments]
        return [*self.start, *named]

    def run(self, *arguments: object, stdin: bytes = b"", **environment: str):
        """Run it to its end."""
        return subprocess.run(
            self.command(*arguments),
            env={**os.environ, **environment},
            cwd=ROOT,
            input=stdin,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )


@pytest.fixture
def room():
    """Return a folder on the desktop of a user with a Japanese name and a space in it."""
    if not any(map(os.environ.get, PROGRAMS.values())):
        pytest.skip("nothing to try on Windows' libraries: see check_under_wine.sh")
    folder = drive() / DESKTOP / "試し 1"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def from_source() -> Program:
    """Return the source tree, run by Windows' Python; skips the test when there is none."""
    python = _named("source")
    return Program((_wine(), str(python), "main.py"), ROOT)


def packaged(folder: Path | None = None) -> Program:
    """Return the packaged program; skips the test when there is none."""
    folder = folder or _named("package")
    return Program((_wine(), str(folder / "michishirube-cli.exe")), folder)


def _named(kind: str) -> Path:
    named = os.environ.get(PROGRAMS[kind])
    if not named:
        pytest.skip(f"nothing named by {PROGRAMS[kind]}: see check_under_wine.sh")
    return Path(named)


def _wine() -> str:
    return os.environ.get("MICHISHIRUBE_WINE", "wine")


@pytest.fixture(params=["source", "package"])
def program(request) -> Program:
    """Return the program on Windows, from source and packaged."""
    return from_source() if request.param == "source" else packaged()


def on_linux(*arguments: object):
    """Run the source tree on this machine, to compare."""
    command = [sys.executable, "main.py", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
