"""Every broken catalog of tests/bad_catalog gives exactly the findings that stand beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models.catalog_build.findings import check_catalog
from tests.small_catalogs import BAD, COMPLETE, bad_catalog

if TYPE_CHECKING:
    from pathlib import Path

FAULTS = sorted(folder.name for folder in BAD.iterdir())


def findings(folder: Path) -> list[str]:
    return [f"{one.severity.value} {one.text()}" for one in check_catalog(folder).problems]


@pytest.fixture(scope="module")
def known() -> list[str]:
    """Return what the complete catalog itself gives."""
    return findings(COMPLETE)


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_found(fault: str, known: list[str], tmp_path: Path) -> None:
    found = [
        line for line in findings(bad_catalog(fault, tmp_path / "catalog")) if line not in known
    ]
    expected = (BAD / fault / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert found == expected
    assert expected, "a fault without a finding proves nothing"


def test_the_complete_catalog_has_no_fault_worth_a_correction(known: list[str]) -> None:
    assert {line.partition(" ")[0] for line in known} == {"info"}


def test_all_faults_are_found_at_once(tmp_path: Path) -> None:
    folder = bad_catalog("radical", tmp_path / "catalog")
    for file, old, new in (
        ("questions.yaml", "role: representative", "role: nobody"),
        ("edition.yaml", "id: requested,", "id: hoped,"),
        ("programs/20-research.yaml", "rate: 2/3", "rate: 0.6"),
    ):
        text = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    files = {problem.file for problem in check_catalog(folder).blocking}
    assert files == {
        "questions.yaml",
        "programs/10-shokei.yaml",
        "programs/20-research.yaml",
        "programs/30-parts.yaml",
    }


def test_bytes_that_are_no_utf8(tmp_path: Path) -> None:
    folder = bad_catalog("radical", tmp_path / "catalog")
    (folder / "categories.yaml").write_bytes("categories: 設備".encode("cp932"))
    found = [one for one in check_catalog(folder).blocking if one.file == "categories.yaml"]
    assert [one.reason.partition("。")[0] for one in found] == ["読めません"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    (problem,) = check_catalog(tmp_path / "nowhere").blocking[:1]
    assert "フォルダー" in problem.reason
