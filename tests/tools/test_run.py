"""run.py: when it sets up, what it asks of the system, and what it says when it cannot."""

import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt")
LINUX_ONLY = pytest.mark.skipif(sys.platform != "linux", reason="flock and exec are not on Windows")


class Recorder:
    """Stands in for the outside world: remembers commands, can make one of them fail."""

    def __init__(self, run: ModuleType) -> None:
        self.run = run
        self.commands: list[list[str]] = []
        self.failing = ""

    def __call__(self, command) -> bool:
        self.commands.append(command)
        if self.failing and self.failing in command:
            return False
        if "venv" in command:
            shutil.rmtree(self.run.VENV, ignore_errors=True)
            self.run.VENV_PYTHON.parent.mkdir(parents=True)
            self.run.VENV_PYTHON.touch()
        return True

    def words(self) -> list[str]:
        """Name each command by what it does."""
        known = ("venv", "pip", "update", "install")
        return [next(word for word in known if word in command) for command in self.commands]


@pytest.fixture
def run(tmp_path) -> ModuleType:
    """Load a copy of run.py that lives in an empty project with two locks."""
    shutil.copy(ROOT / "run.py", tmp_path)
    for lock in LOCKS:
        (tmp_path / lock).write_text(f"{lock} 1\n", encoding="utf-8")
    spec = importlib.util.spec_from_file_location("run_under_test", tmp_path / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def world(run, monkeypatch) -> Recorder:
    """Replace every outside command, and the start of the program."""
    recorder = Recorder(run)
    recorder.started = []
    monkeypatch.setattr(run, "run_logged", recorder)
    monkeypatch.setattr(run, "is_loadable", lambda library: True)
    monkeypatch.setattr(run, "start", lambda *call: recorder.started.append(call) or 0)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.chdir(run.ROOT)
    return recorder


def test_first_run_makes_the_environment_installs_the_lock_and_starts_main(run, world):
    assert run.main(["--case", "見本"]) == 0
    assert world.words() == ["venv", "pip"]
    assert str(run.ROOT / "requirements.txt") in world.commands[1]
    command, _ = world.started[0]
    assert command == [str(run.VENV_PYTHON), str(run.ROOT / "main.py"), "--case", "見本"]


def test_second_run_only_starts(run, world):
    run.main([])
    run.main([])
    assert world.words() == ["venv", "pip"]
    assert len(world.started) == 2


def test_changed_lock_is_installed_into_the_same_environment(run, world):
    run.main([])
    (run.ROOT / "requirements.txt").write_text("requirements.txt 2\n", encoding="utf-8")
    run.main([])
    assert world.words() == ["venv", "pip", "pip"]


def test_development_environment_also_runs_the_program(run, world):
    run.main(["test"])
    run.main([])
    assert world.words() == ["venv", "pip"]


def test_runtime_environment_does_not_do_for_tests(run, world):
    run.main([])
    run.main(["test"])
    assert world.words() == ["venv", "pip", "pip"]
    assert str(run.ROOT / "requirements-dev.txt") in world.commands[2]


@pytest.mark.parametrize("stamp", ["", "{", "[]", '{"python": "cpython-310 linux"}'])
def test_environment_without_a_good_stamp_is_made_anew(run, world, stamp):
    run.main([])
    run.STAMP.write_text(stamp, encoding="utf-8")
    run.main([])
    assert world.words() == ["venv", "pip"] * 2


def test_environment_whose_setup_was_killed_is_made_anew(run, world):
    run.main([])
    run.UNFINISHED.touch()
    run.main([])
    assert world.words() == ["venv", "pip"] * 2
    assert not run.UNFINISHED.exists()


def test_environment_without_its_python_is_made_anew(run, world):
    run.main([])
    run.VENV_PYTHON.unlink()
    run.main([])
    assert world.words() == ["venv", "pip"] * 2


def test_failed_update_is_told_and_leaves_the_old_environment(run, world, capsys):
    run.main([])
    world.failing = "pip"
    assert run.main(["test"]) == 3
    assert "ネットワーク" in capsys.readouterr().err
    assert run.main([]) == 0
    assert world.words() == ["venv", "pip", "pip"]


def test_failed_first_install_leaves_no_stamp(run, world):
    world.failing = "pip"
    assert run.main([]) == 3
    assert not run.STAMP.exists()
    assert world.started == []


def test_environment_that_cannot_be_made_is_told(run, world, capsys):
    world.failing = "venv"
    assert run.main([]) == 3
    assert "実行環境(.venv)を作れませんでした" in capsys.readouterr().err


def test_lock_that_cannot_be_read_is_told(run, world, capsys):
    (run.ROOT / "requirements.txt").unlink()
    assert run.main([]) == 3
    assert "requirements.txt" in capsys.readouterr().err


def test_interruption_is_told(run, world, monkeypatch, capsys):
    def interrupt(lock):
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "ensure_environment", interrupt)
    assert run.main([]) == 3
    assert capsys.readouterr().err == "中止しました。\n"


def test_pip_takes_wheels_only_and_checks_hashes(run):
    command = run.pip_command("requirements.txt")
    assert {"--only-binary=:all:", "--require-hashes"} <= set(command)
    assert "--no-index" not in command


def test_a_wheels_folder_replaces_the_network(run):
    (run.ROOT / "wheels").mkdir()
    assert run.pip_command("requirements.txt")[-3:] == [
        "--no-index",
        "--find-links",
        str(run.ROOT / "wheels"),
    ]


def test_tests_run_offscreen_in_the_project_folder(run, world, monkeypatch, tmp_path_factory):
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    run.main(["test", "-k", "money"])
    command, environment = world.started[0]
    assert command == [str(run.VENV_PYTHON), "-m", "pytest", "-k", "money"]
    assert environment["QT_QPA_PLATFORM"] == "offscreen"
    assert Path.cwd() == run.ROOT


def test_tests_keep_the_platform_that_was_asked_for(run, world, monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    run.main(["test"])
    assert world.started[0][1]["QT_QPA_PLATFORM"] == "xcb"


@pytest.mark.parametrize(
    ("arguments", "environment", "needs_qt", "needs_window"),
    [
        ([], {}, True, True),
        (["--verbose"], {}, True, True),
        ([], {"QT_QPA_PLATFORM": "offscreen"}, True, False),
        (["test"], {}, True, False),
        (["catalog", "check"], {}, False, False),
    ],
)
def test_libraries_follow_what_is_started(run, arguments, environment, needs_qt, needs_window):
    needed = run.needed_libraries(arguments, environment)
    assert ("libEGL.so.1" in needed, "libxcb-cursor.so.0" in needed) == (needs_qt, needs_window)


@LINUX_ONLY
def test_missing_library_names_its_package(run):
    needed = {"libc.so.6": "libc6", "libmichishirube-none.so.9": "some-package"}
    assert run.missing_packages(needed) == ["some-package"]


def test_other_systems_bring_their_libraries(run, monkeypatch):
    monkeypatch.setattr(run.sys, "platform", "win32")
    assert run.missing_packages({"libmichishirube-none.so.9": "some-package"}) == []


@LINUX_ONLY
def test_missing_library_without_root_names_the_command(run, world, monkeypatch, capsys):
    monkeypatch.setattr(run, "is_loadable", lambda library: library != "libxcb-cursor.so.0")
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000)
    assert run.main([]) == 3
    told = capsys.readouterr().err
    assert "sudo apt-get install --no-install-recommends libxcb-cursor0\n" in told
    assert world.commands == []


@LINUX_ONLY
def test_missing_library_as_root_is_installed(run, world, monkeypatch):
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(run.os, "geteuid", lambda: 0)
    run.install_packages(["libegl1", "libgl1"])
    assert world.commands[0][-2:] == ["libegl1", "libgl1"]
    assert world.words() == ["install"]


@LINUX_ONLY
def test_failed_package_install_refreshes_the_lists_then_tells(run, world, monkeypatch):
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(run.os, "geteuid", lambda: 0)
    world.failing = "install"
    with pytest.raises(run.SetupError, match="apt-get install libegl1"):
        run.install_packages(["libegl1"])
    assert world.words() == ["install", "update", "install"]


@LINUX_ONLY
def test_python_without_ensurepip_asks_for_the_venv_package(run, world, monkeypatch, capsys):
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000)
    assert run.main([]) == 3
    assert f"python3.{sys.version_info[1]}-venv" in capsys.readouterr().err


def test_old_python_is_refused_in_words(run):
    with pytest.raises(run.SetupError, match=r"3\.11 以上.*今のPythonは 3\.8 です"):
        run.check_python((3, 8))
    run.check_python((3, 11))


def test_it_parses_on_an_old_python():
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_it_needs_the_standard_library_only():
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))
    names = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert names <= sys.stdlib_module_names


@LINUX_ONLY
def test_output_of_commands_goes_to_the_log(run, capfd):
    assert run.run_logged([sys.executable, "-c", "print('hello')"])
    assert not run.run_logged([sys.executable, "-c", "raise SystemExit(1)"])
    assert "hello" in run.LOG.read_text(encoding="utf-8")
    assert capfd.readouterr().out == ""


@LINUX_ONLY
def test_a_second_setup_waits_for_the_first(run):
    code = "import run\nwith run.setup_lock(): print('in')"
    command = [sys.executable, "-c", code]
    with run.setup_lock():
        second = subprocess.Popen(command, cwd=run.ROOT, stdout=subprocess.PIPE)
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(timeout=0.5)
    assert second.communicate(timeout=30)[0] == b"in\n"


@LINUX_ONLY
def test_the_exit_code_of_the_program_comes_back(run):
    """The program replaces run.py: its output and exit code are the caller's."""
    python = Path(sys.executable)
    run.VENV_PYTHON.parent.mkdir(parents=True)
    run.VENV_PYTHON.symlink_to(python)
    stamp = run.stamp_for("requirements.txt")
    run.STAMP.write_text(json.dumps(stamp), encoding="utf-8")
    (run.ROOT / "main.py").write_text("import sys; sys.exit(len(sys.argv))", encoding="utf-8")
    done = subprocess.run(
        [python, run.ROOT / "run.py", "catalog", "check"], env=dict(os.environ), check=False
    )
    assert done.returncode == 3


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_is_pinned_hashed_and_names_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    requirements = text.replace("\\\n", " ").strip().splitlines()
    for requirement in requirements:
        assert re.fullmatch(
            r"[\w.-]+==[\w.]+( ; [^;]+?)?(\s+--hash=sha256:[0-9a-f]{64})+", requirement
        )
    assert not re.search(r"https?:|file:|/", text.replace("sys_platform", ""))


def test_development_lock_holds_the_runtime_lock_pin_for_pin():
    runtime, development = (
        set(re.findall(r"^\S+==\S+", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))
        for lock in LOCKS
    )
    assert runtime <= development
