#!/usr/bin/env python3
"""Set up `.venv` beside this file and start Michishirube or its tests, in one command.

    python3 run.py [arguments]        set up for running, then run main.py with the arguments
    python3 run.py test [arguments]   set up for developing, then run pytest with the arguments

Standard library only; it parses on Python 3.8, so that an old Python gets a sentence. A folder
`wheels/` beside it replaces the network. Tried on Debian, and on Windows' Python under Wine.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "michishirube-setup.json"  # what the environment holds; written last
UNFINISHED = VENV / "michishirube-setup-unfinished"  # there while it is being changed
LOG = ROOT / "setup.log"  # what pip and apt-get said, in English, for whoever helps
RUNTIME_LOCK = "requirements.txt"
DEVELOPMENT_LOCK = "requirements-dev.txt"  # holds the runtime lock, pin for pin
OLDEST_PYTHON = (3, 11)
EXIT_NO_ENVIRONMENT = 3

# Library that Qt loads -> Debian package that brings it.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
# The same for a window on an X server (a Wayland session has one too).
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


class SetupError(Exception):
    """The environment cannot be set up; the message is for the user, in Japanese."""


def say(message: str) -> None:
    """Print a message; standard output belongs to the program that is started."""
    print(message, file=sys.stderr, flush=True)


def check_python(version: tuple[int, int] = sys.version_info[:2]) -> None:
    """Refuse a Python that is too old."""
    if version < OLDEST_PYTHON:
        found, wanted = ("{}.{}".format(*pair) for pair in (version, OLDEST_PYTHON))
        raise SetupError(
            f"Python {wanted} 以上が必要です(今のPythonは {found} です)。\n"
            f"新しいPythonを入れてから、もう一度実行してください。例: python{wanted} run.py"
        )


def is_loadable(library: str) -> bool:
    """Tell whether the dynamic linker finds the library."""
    with contextlib.suppress(OSError):
        return bool(ctypes.CDLL(library))
    return False


def missing_packages(libraries: Mapping[str, str]) -> list[str]:
    """Name the Debian packages of the libraries that cannot be loaded (Linux only)."""
    if not sys.platform.startswith("linux"):
        return []
    return sorted({package for name, package in libraries.items() if not is_loadable(name)})


def needed_libraries(arguments: Sequence[str], environment: Mapping[str, str]) -> dict[str, str]:
    """Return what the start needs of Qt: nothing for a subcommand, all of it for the window."""
    if arguments[:1] == ["test"]:
        return QT_LIBRARIES
    if arguments and not arguments[0].startswith("-"):
        return {}
    return (
        QT_LIBRARIES if environment.get("QT_QPA_PLATFORM") else {**QT_LIBRARIES, **WINDOW_LIBRARIES}
    )


def install_packages(packages: Sequence[str]) -> None:
    """Install Debian packages as root, or say which command does it."""
    if not packages:
        return
    names = " ".join(packages)
    apt_get = shutil.which("apt-get")
    if apt_get is None or os.geteuid() != 0:
        raise SetupError(
            "必要なシステムの部品がありません。次のコマンドで入れてから、もう一度実行してください\n"
            "(Debian・Ubuntuの場合。ほかのシステムでは、同じ働きの部品を入れてください)。\n"
            f"  sudo apt-get install --no-install-recommends {names}"
        )
    say(f"システムの部品を入れています: {names}")
    install = [apt_get, "install", "-y", "-qq", "--no-install-recommends", *packages]
    refresh = [apt_get, "update", "-qq"]  # a fresh machine has no package lists, an old one stale
    if not (run_logged(install) or (run_logged(refresh) and run_logged(install))):
        raise SetupError(
            f"システムの部品を入れられませんでした。詳しい記録: {LOG}\n"
            f"ネットワークを確かめて、次のコマンドをお試しください: apt-get install {names}"
        )


def run_logged(command: Sequence[str]) -> bool:
    """Run a command with its output in the log; tell whether it succeeded."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with LOG.open("ab") as log:
        return subprocess.call(command, stdout=log, stderr=log, env=environment) == 0


def stamp_for(lock: str) -> dict[str, str]:
    """Describe an environment of this Python into which the lock was installed."""
    stamp = {"python": f"{sys.implementation.cache_tag} {sys.platform}"}
    for name in (RUNTIME_LOCK, lock):
        stamp[name] = hashlib.sha256((ROOT / name).read_bytes()).hexdigest()
    return stamp


def read_stamp() -> dict[str, str]:
    """Return what the environment holds; nothing when it is missing, broken or half made."""
    if UNFINISHED.exists() or not VENV_PYTHON.exists():
        return {}
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def is_ready(lock: str) -> bool:
    """Tell whether the environment holds what the lock says."""
    found, wanted = read_stamp(), stamp_for(lock)
    return all(found.get(key) == wanted[key] for key in ("python", lock))


def make_venv() -> None:
    """Make the environment anew, whatever stood there."""
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        install_packages(["python{}.{}-venv".format(*sys.version_info)])
    if not run_logged([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        raise SetupError(
            f"実行環境(.venv)を作れませんでした。詳しい記録: {LOG}\n"
            "空き容量と、このフォルダーに書き込めることを確かめてください。"
        )


def pip_command(lock: str) -> list[str]:
    """Return the command that installs a lock: wheels only, every hash checked."""
    command = [str(VENV_PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["--no-input", "--only-binary=:all:", "--require-hashes", "-r", str(ROOT / lock)]
    wheels = ROOT / "wheels"
    return [*command, "--no-index", "--find-links", str(wheels)] if wheels.is_dir() else command


def install_lock(lock: str) -> None:
    """Bring the environment to what the lock says; a kill in between leaves UNFINISHED behind."""
    UNFINISHED.touch()
    if not run_logged(pip_command(lock)):
        UNFINISHED.unlink()  # pip puts back what it had begun to change
        raise SetupError(
            f"必要な部品を入れられませんでした。詳しい記録: {LOG}\n"
            "ネットワークを確かめて、もう一度実行してください。ネットワークのない場所では、\n"
            "部品を入れた wheels フォルダーを run.py の隣に置いてください。"
        )
    draft = STAMP.with_suffix(".new")
    draft.write_text(json.dumps(stamp_for(lock), indent=1), encoding="utf-8")
    draft.replace(STAMP)
    UNFINISHED.unlink()


@contextlib.contextmanager
def setup_lock() -> Iterator[None]:
    """Let one set-up run at a time; a second one waits. The system frees it with the process."""
    with (ROOT / ".venv.lock").open("a+b") as file:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415 - exists on Windows only

            try:  # waits ten seconds
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            except OSError as error:
                raise SetupError(
                    "ほかの準備が続いています。終わってから実行してください。"
                ) from error
        else:
            import fcntl  # noqa: PLC0415 - does not exist on Windows

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def ensure_environment(lock: str) -> None:
    """Make the environment hold what the lock says, if it does not yet."""
    if is_ready(lock):
        return
    say("準備をしています。初回は1分ほどかかります…")
    with setup_lock():
        if not is_ready(lock):  # else the one we waited for did it
            if read_stamp().get("python") != stamp_for(lock)["python"]:
                make_venv()
            install_lock(lock)
    say("準備ができました。")


def start(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Become the command where the system can do that, else run it and return its exit code."""
    if os.name == "posix":
        os.execve(command[0], list(command), dict(environment))  # noqa: S606 - no shell is meant
    return subprocess.call(command, env=dict(environment))


def main(arguments: Sequence[str]) -> int:
    """Set up and start; return the exit code."""
    is_test = arguments[:1] == ["test"]
    environment = dict(os.environ)
    try:
        check_python()
        install_packages(missing_packages(needed_libraries(arguments, environment)))
        ensure_environment(DEVELOPMENT_LOCK if is_test else RUNTIME_LOCK)
        if not is_test:
            return start([str(VENV_PYTHON), str(ROOT / "main.py"), *arguments], environment)
        os.chdir(ROOT)
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        return start([str(VENV_PYTHON), "-m", "pytest", *arguments[1:]], environment)
    except SetupError as error:
        say(str(error))
    except OSError as error:
        say(f"準備の途中でファイルを読み書きできませんでした: {error.filename}\n{error.strerror}")
    except KeyboardInterrupt:
        say("中止しました。")
    return EXIT_NO_ENVIRONMENT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
