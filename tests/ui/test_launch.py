"""The start: without a screen, and of the helper process, from source and in the package."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import main
from models.stores.catalog_store import load_catalog
from models.values.consultation import Consultation
from models.values.office import Office
from models.values.problems import ExitCode, UserFacingError
from models.values.resources import resource_path
from reports.sheet import make_sheet
from reports.sheet_input import SheetOptions
from ui.commands.sheet_worker import SheetOrder
from ui.launch import CONSOLE_PROGRAM, has_screen, refuse_without_screen, sheet_worker_command

ROOT = Path(__file__).parents[2]
NO_SCREEN = "画面が見つからない"


@pytest.fixture
def packaged(monkeypatch, tmp_path):
    """Make this look like the packaged program in a folder of its own."""
    program = tmp_path / "みち しるべ" / "michishirube"
    program.parent.mkdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    return program


@pytest.mark.parametrize(
    ("environment", "system", "has_one"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_only_linux_can_lack_a_screen(environment, system, has_one):
    assert has_screen(environment, system) is has_one


@pytest.mark.usefixtures("packaged")
def test_the_package_wants_an_x_server():
    assert not has_screen({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert has_screen({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "linux")


def test_the_refusal_is_for_people():
    with pytest.raises(UserFacingError, match=NO_SCREEN) as caught:
        refuse_without_screen()
    assert caught.value.exit_code == ExitCode.UNUSABLE_STORE


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can lack a screen")
@pytest.mark.parametrize("arguments", [[], ["--data-dir", "x"]])
def test_without_a_screen_the_start_ends_in_japanese(arguments):
    named = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in named}
    done = subprocess.run(
        [sys.executable, "main.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 3
    assert done.stderr.decode().startswith(NO_SCREEN)
    assert b"Qt" not in done.stderr


def _start(**changed: str) -> subprocess.CompletedProcess[bytes]:
    named = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in named}
    return subprocess.run(
        [sys.executable, "main.py"],
        cwd=ROOT,
        env=environment | changed,
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can lack a screen")
def test_a_screen_that_cannot_be_reached_ends_in_japanese():
    done = _start(DISPLAY=":4999")
    assert done.returncode == 3
    assert done.stderr.decode().startswith(NO_SCREEN)
    assert b"Qt" not in done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere Qt brings its own")
@pytest.mark.parametrize("library", ["libGL.so.1", "libxkbcommon-x11.so.0"])
def test_a_library_that_is_missing_is_named_in_japanese(tmp_path, library):
    (tmp_path / library).write_bytes(b"")  # found first, and not a library
    done = _start(DISPLAY=":4999", LD_LIBRARY_PATH=str(tmp_path))
    message = done.stderr.decode()
    assert done.returncode == 3
    assert library in message.splitlines()[0]
    assert "apt install" in message
    assert "Traceback" not in message


def test_the_helper_process_builds_the_very_sheet():
    catalog_file = resource_path("data.sqlite")
    consultation = Consultation(title="試し", consulted_on="2021-04-20")
    order = SheetOrder(consultation, Office(), date(2021, 4, 20), SheetOptions())
    done = subprocess.run(
        sheet_worker_command(catalog_file),
        input=order.line(),
        capture_output=True,
        check=True,
    )
    head, _, pdf = done.stdout.partition(b"\n")
    assert json.loads(head) == {"length": len(pdf), "lost": ""}
    catalog = load_catalog(catalog_file)
    assert pdf == make_sheet(catalog, consultation, Office(), order.made_on, order.options)


def test_the_package_starts_itself(packaged):
    command = sheet_worker_command(Path("data.sqlite"))
    assert command == [str(packaged), "--catalog", "data.sqlite", "sheet-worker"]


def test_the_package_on_windows_starts_its_console_twin(packaged):
    assert 'f"{NAME}-cli"' in (ROOT / "build.spec").read_text(encoding="utf-8")
    twin = packaged.with_name(CONSOLE_PROGRAM)
    twin.touch()
    assert sheet_worker_command(Path("data.sqlite"))[0] == str(twin)


@pytest.mark.usefixtures("packaged")
@pytest.mark.parametrize("action", ["check", "build"])
def test_the_package_cannot_build_a_catalog_and_says_so(action, capsys):
    assert main.main(["catalog", action]) == 2
    assert "配布版では、カタログの原稿を確かめたり" in capsys.readouterr().err


@pytest.mark.usefixtures("packaged")
def test_the_help_names_the_packaged_program(capsys):
    with pytest.raises(SystemExit):
        main.main(["--help"])
    assert capsys.readouterr().out.startswith("使い方: michishirube ")
