"""The small catalogs of tests/small_catalogs and their broken relatives in tests/bad_catalog."""

from __future__ import annotations

import shutil
from pathlib import Path

HERE = Path(__file__).parent
COMPLETE = HERE / "small_catalogs" / "complete"
BAD = HERE / "bad_catalog"


def catalog_with(addition: str, folder: Path) -> Path:
    """Copy the complete small catalog and one of its additions to `folder`."""
    shutil.copytree(COMPLETE, folder)
    shutil.copytree(HERE / "small_catalogs" / addition, folder, dirs_exist_ok=True)
    return folder


def bad_catalog(fault: str, folder: Path) -> Path:
    """Copy the complete small catalog to `folder`, changed as tests/bad_catalog/FAULT says.

    `change.txt` names a file, then the text to find once (`- `) and what stands in its place
    (`+ `), as often as it takes; a backslash and n break the line. A file that does not exist is
    made; `! delete` takes one away.
    """
    shutil.copytree(COMPLETE, folder)
    file = folder
    wanted: list[str] = []
    for line in (BAD / fault / "change.txt").read_text(encoding="utf-8").splitlines():
        mark, text = line[:2], line[2:]
        if mark == "- ":
            wanted.append(text.replace("\\n", "\n"))
        elif mark == "+ ":
            _replace(file, wanted.pop(0) if wanted else "", text)
        elif line == "! delete":
            file.unlink()
        elif line:
            file = folder / line
    assert not wanted, f"{fault}: nothing stands in the place of {wanted}"
    return folder


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    new = new.replace("\\n", "\n")
    if not old:
        file.write_text(f"{text}{new}\n", encoding="utf-8")
        return
    assert text.count(old) == 1, f"{file.name}: {old!r} stands {text.count(old)} times"
    file.write_text(text.replace(old, new), encoding="utf-8")
