"""The real program, watched from outside: no network, and protected no word on the disk."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from models.values.resources import PROJECT_ROOT
from tests.reports.sheets import all_text
from tests.ui.driven_program import LABEL, NAME, NOTE, SPOKEN

if TYPE_CHECKING:
    from pathlib import Path

WATCH = """
import os, sys
log = open(os.environ["WATCH_LOG"], "a", buffering=1)
log.write(f"process {os.getpid()}\\n")
sys.addaudithook(
    lambda event, given: log.write(f"{event} {given!r}\\n") if event.startswith("socket.") else None
)
"""
"""Python imports `sitecustomize` at every start, also of the process that builds the sheets."""
NAME_OF_MACHINE = "socket.gethostname" if os.name == "nt" else "process"
"""Python asks for it when the PDF library asks on what system it runs: no socket, no network."""
FAMILIES = re.compile(r"AF_(?!UNIX|LOCAL)\w+")
STRACE = shutil.which("strace")


@dataclass(frozen=True)
class Watched:
    """What a run of the program left behind."""

    done: subprocess.CompletedProcess[str]
    output: Path
    audit: str
    calls: str
    """What strace saw of the system calls for networks."""


def of_windows() -> dict[str, str]:
    """Return what no program of Windows starts without, and where Qt finds fonts offscreen."""
    kept = ("SYSTEMROOT", "QT_QPA_FONTDIR", "USERPROFILE")
    return {name: os.environ[name] for name in kept if name in os.environ}


def watched(folder: Path, *command: str) -> Watched:
    """Run Python with a watched home, temporary folder and network."""
    for name in ("data", "out", "home", "tmp", "watch"):
        (folder / name).mkdir()
    (folder / "watch" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    log, calls = folder / "audit.txt", folder / "calls.txt"
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join((str(folder / "watch"), str(PROJECT_ROOT))),
        "WATCH_LOG": str(log),
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        **({"TEMP": str(folder / "tmp"), **of_windows()} if os.name == "nt" else {}),
        "QT_QPA_PLATFORM": "offscreen",
    }
    tracing = [STRACE, "-f", "-qq", "-e", "trace=%network", "-o", str(calls)] if STRACE else []
    done = subprocess.run(
        [*tracing, sys.executable, *command],
        cwd=PROJECT_ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        errors="backslashreplace",
        check=False,
    )
    seen = calls.read_text() if calls.exists() else ""
    return Watched(done, folder / "out", log.read_text(), seen)


def driven(folder: Path, kind: str) -> Watched:
    """Run the program through a consultation; its home, store and temporary files are searched."""
    places = [str(folder / name) for name in ("data", "out", "data", "home", "tmp")]
    return watched(folder, "-m", "tests.ui.driven_program", kind, *places)


@pytest.fixture(scope="module")
def day(tmp_path_factory) -> Watched:
    return driven(tmp_path_factory.mktemp("day"), "protected")


def test_under_a_passphrase_no_step_leaves_a_word_on_the_disk(day):
    assert day.done.returncode == 0, day.done.stderr
    # The papers that the advisor had made hold them, and their properties do not.
    text = all_text((day.output / "sheet.pdf").read_bytes())
    for word in (NAME, NOTE, LABEL):
        assert word in text
    for file in day.output.iterdir():
        with pypdfium2.PdfDocument(file) as document:
            told = " ".join([*document.get_metadata_dict().values(), *map(str, document.get_toc())])
        assert not [word for word in SPOKEN if word in told]


def test_what_the_program_prints_names_nobody(day):
    assert not [word for word in SPOKEN if word in day.done.stdout + day.done.stderr]


def test_without_a_passphrase_the_same_search_finds_the_words(tmp_path):
    plain = driven(tmp_path, "plain")
    assert plain.done.returncode == 1
    assert "consultations.sqlite" in plain.done.stderr
    assert NAME in plain.done.stderr


def test_a_whole_consultation_opens_no_socket(day):
    events = day.audit.splitlines()
    # The window and the process that builds its sheets.
    assert len([each for each in events if each.startswith("process")]) == 2
    assert [each for each in events if not each.startswith(("process", NAME_OF_MACHINE))] == []


@pytest.mark.skipif(STRACE is None, reason="strace is not installed")
def test_the_system_is_asked_for_no_socket_of_a_network(day):
    assert FAMILIES.findall(day.calls) == []


def test_the_same_watch_sees_a_socket(tmp_path):
    seen = watched(tmp_path, "-c", "import socket; socket.socket(socket.AF_INET6).close()")
    assert "socket.__new__" in seen.audit
    if STRACE:
        assert FAMILIES.findall(seen.calls) != []
