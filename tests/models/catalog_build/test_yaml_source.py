from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models.catalog_build.yaml_source import LocatedDict, LocatedList, path_text, read_yaml

if TYPE_CHECKING:
    from pathlib import Path


def read(tmp_path: Path, text: str) -> object:
    file = tmp_path / "a.yaml"
    file.write_text(text, encoding="utf-8")
    source = read_yaml(tmp_path, file)
    assert not source.problems
    return source.data


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("3", 3), ("-3", -3), ("1_000", 1000), ("0", 0), ("01", "01"), ("2020-09-30", "2020-09-30"),
        ("no", "no"), ("on", "on"), ("yes", "yes"), ("true", True), ("False", False),
        ("null", None), ("~", None), ("", None), ("'12'", "12"), ('"true"', "true"), ("1/2", "1/2"),
        ("12:30", "12:30"), ("0x10", "0x10"), ("450万円", "450万円"),
        ("03-3501-5803", "03-3501-5803"),
    ],
)  # fmt: skip
def test_plain_values_stay_what_they_look_like(tmp_path: Path, written: str, value: object) -> None:
    data = read(tmp_path, f"a: {written}\n")
    assert isinstance(data, LocatedDict)
    assert data["a"] == value
    assert type(data["a"]) is type(value)


@pytest.mark.parametrize("written", ["2.5", ".5", "1e3", "-0.1", "1."])
def test_decimal_numbers_are_refused(tmp_path: Path, written: str) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(f"a: {written}\n", encoding="utf-8")
    (problem,) = read_yaml(tmp_path, file).problems
    assert (problem.path, problem.line) == ("a", 1)


def test_everything_knows_its_line(tmp_path: Path) -> None:
    data = read(tmp_path, "a: 1\nb:\n  - c: 2\n    d: 3\n  - 4\n")
    assert isinstance(data, LocatedDict)
    assert data.place.lines == {"a": 1, "b": 2}
    parts = data["b"]
    assert isinstance(parts, LocatedList)
    assert parts.place.lines == {0: 3, 1: 5}
    first = parts[0]
    assert isinstance(first, LocatedDict)
    assert first.place.lines == {"c": 3, "d": 4}
    assert path_text(first.place.path) == "b[0]"


def test_an_alias_may_be_used_twice(tmp_path: Path) -> None:
    data = read(tmp_path, "a: &x {item: 1}\nb: *x\n")
    assert data == {"a": {"item": 1}, "b": {"item": 1}}


BOMB = "a0: &a0 [x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
"""Each list names the one before it nine times: 31,000,000,000 parts in 12 lines."""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" * 41 + "]" * 41, "深すぎます"),
        ("[" * 100_000, "深すぎます"),
        ("- " * 900, "深すぎます"),
        ("".join(f"{' ' * n}a:\n" for n in range(900)), "深すぎます"),
        (BOMB, "多すぎます"),
        (f"a: {'9' * 6000}", "大きすぎます"),
        ("#" * 5_000_001, "大きすぎます"),
    ],
)
def test_what_would_never_end_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(text, encoding="utf-8")
    (problem,) = read_yaml(tmp_path, file).problems
    assert reason in problem.reason


def test_forty_levels_are_read(tmp_path: Path) -> None:
    read(tmp_path, "[" * 40 + "]" * 40)


def test_empty_file_and_byte_order_mark(tmp_path: Path) -> None:
    assert read(tmp_path, "# nothing\n") is None
    assert read(tmp_path, "\ufeffa: 1\n") == {"a": 1}


def test_file_that_cannot_be_opened(tmp_path: Path) -> None:
    (problem,) = read_yaml(tmp_path, tmp_path / "none.yaml").problems
    assert problem.file == "none.yaml"
