"""The packaged program, copied to where an office might put it, and how it is run there."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

BUILT = "MICHISHIRUBE_PACKAGE"  # names the built folder; without it these tests are skipped
NOBODY = 65534


def pytest_configure(config):
    config.addinivalue_line("markers", f"package: needs a built package, named by {BUILT}")


def pytest_collection_modifyitems(items):
    for item in items:
        if item.get_closest_marker("package") and not os.environ.get(BUILT):
            item.add_marker(pytest.mark.skip(reason=f"no built package ({BUILT})"))


@cache
def without_network() -> tuple[str, ...]:
    """Return what starts a command without a network; nothing where the system forbids it."""
    for command in (("unshare", "--net"), ("unshare", "--net", "--map-root-user")):
        if (
            shutil.which("unshare")
            and subprocess.run([*command, "true"], check=False).returncode == 0
        ):
            return command
    return ()


def as_nobody() -> tuple[str, ...]:
    """Return what starts a command as somebody for whom read-only means read-only."""
    if os.geteuid() != 0:
        return ()
    return ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")


@dataclass(frozen=True)
class Package:
    """A folder with the packaged program."""

    folder: Path

    @property
    def program(self) -> Path:
        return self.folder / "michishirube"

    @property
    def inside(self) -> Path:
        return self.folder / "_internal"

    def command(self, *arguments) -> list[str]:
        """Return a command without network and without the right to write into the folder."""
        return [*without_network(), *as_nobody(), str(self.program), *map(str, arguments)]

    def run(self, *arguments, environment=None, stdin=b""):
        """Run it with nothing in its environment but what is given: no Python, no PATH, no HOME."""
        return subprocess.run(
            self.command(*arguments),
            env=environment or {},
            input=stdin,
            cwd="/",
            capture_output=True,
            timeout=60,
            check=False,
        )


@pytest.fixture(scope="session")
def room():
    """Return a folder that everybody may write into (pytest's own are closed to nobody)."""
    with tempfile.TemporaryDirectory(prefix="michishirube-package-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder
        for path in folder.rglob("*"):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o777)


def copied(target: Path) -> Package:
    shutil.copytree(os.environ[BUILT], target, symlinks=True)
    return Package(target)


@pytest.fixture(scope="session")
def package(room):
    """Return the package in a read-only folder with a Japanese name and spaces in its path."""
    package = copied(room / "山田 太郎" / "みちしるべ 配布版")
    for path in (package.folder, *package.folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & ~0o222)
    return package


@pytest.fixture
def stick(room):
    """Return the package on a stick: its folder can be written into, and says portable."""
    package = copied(room / "USB メモリー" / "みちしるべ")
    package.folder.chmod(0o777)
    (package.folder / "portable.txt").touch()
    yield package
    shutil.rmtree(package.folder)
