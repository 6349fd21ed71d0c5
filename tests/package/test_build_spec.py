"""What build.spec keeps of a package, tried on lists of files instead of a build."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

SPEC = Path(__file__).parents[2] / "build.spec"
LINKED = {
    "_internal/python311.dll": {"VCRUNTIME140.dll", "KERNEL32.dll"},
    "PySide6/Qt6Core.dll": {"VCRUNTIME140.dll", "MSVCP140.dll"},
    "PySide6/plugins/platforms/qwindows.dll": {"Qt6Core.dll"},
    "zxingcpp/zxingcpp.pyd": {"MSVCP140.dll"},
}


@pytest.fixture
def spec():
    """Return the names that build.spec gives to its patterns and functions."""
    tree = ast.parse(SPEC.read_text(encoding="utf-8"))
    wanted = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        or (isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("re.compile"))
    ]
    names = {"re": re, "defaultdict": defaultdict, "Path": Path}
    names["get_imports"] = lambda file: [(name, None) for name in LINKED.get(file, ())]
    exec(compile(ast.Module(wanted, []), str(SPEC), "exec"), names)  # noqa: S102 - our own file
    return names


def entries(*named):
    """Return entries as PyInstaller makes them on Windows: where a file goes, whence, and what."""
    return [(name.replace("/", "\\"), source, kind) for name, source, kind in named]


def test_every_folder_keeps_its_own_copy_of_a_library(spec):
    collected = entries(
        ("python311.dll", "_internal/python311.dll", "BINARY"),
        ("VCRUNTIME140.dll", "python/VCRUNTIME140.dll", "BINARY"),
        ("PySide6/plugins/platforms/qwindows.dll", "PySide6/plugins/platforms/qwindows.dll",
         "BINARY"),
        ("PySide6/Qt6Core.dll", "PySide6/Qt6Core.dll", "BINARY"),
        ("PySide6/VCRUNTIME140.dll", "PySide6/VCRUNTIME140.dll", "BINARY"),
        ("PySide6/MSVCP140.dll", "PySide6/MSVCP140.dll", "BINARY"),
        ("PySide6/Qt6Qml.dll", "PySide6/Qt6Qml.dll", "BINARY"),
    )  # fmt: skip
    kept = spec["reached"](collected)
    assert [entry for entry in collected if entry not in kept] == [collected[-1]]


def test_a_module_outside_of_qt_finds_the_runtime(spec):
    collected = entries(
        ("zxingcpp/zxingcpp.pyd", "zxingcpp/zxingcpp.pyd", "EXTENSION"),
        ("VCRUNTIME140.dll", "python/VCRUNTIME140.dll", "BINARY"),
        ("PySide6/VCRUNTIME140.dll", "PySide6/VCRUNTIME140.dll", "BINARY"),
        ("PySide6/MSVCP140.dll", "PySide6/MSVCP140.dll", "BINARY"),
    )
    more = spec["runtime_for_all"](collected)
    assert more == [("MSVCP140.dll", "PySide6/MSVCP140.dll", "BINARY")]


def test_linux_needs_no_such_runtime(spec):
    assert spec["runtime_for_all"]([("libstdc++.so.6", "/lib/libstdc++.so.6", "BINARY")]) == []
