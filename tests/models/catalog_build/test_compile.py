"""What is compiled is loaded back equal, byte for byte the same each time."""

from __future__ import annotations

import dataclasses
import sqlite3
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from models.catalog_build.assemble import assemble
from models.catalog_build.compile import (
    build_catalog,
    dump_catalog,
    dump_folder,
    with_hash,
    write_catalog,
)
from models.catalog_build.findings import check_catalog
from models.stores.catalog_schema import TABLES
from models.stores.catalog_store import load_catalog
from models.values import calculation, catalog, conditions, questions, sources
from models.values.conditions import Leaf, Operator
from models.values.problems import UserFacingError
from tests.small_catalogs import COMPLETE, bad_catalog, catalog_with

if TYPE_CHECKING:
    from collections.abc import Iterator

REAL = Path("resources/catalog")
DATA = Path("data.sqlite")


@pytest.fixture(scope="module")
def complete() -> catalog.Catalog:
    return assemble(check_catalog(COMPLETE).draft)


@pytest.mark.parametrize(
    "addition", ["complete", "stepped_rates", "part_of_the_whole", "thousand_yen"]
)
def test_small_catalogs_survive_compiling_and_loading(addition: str, tmp_path: Path) -> None:
    folder = catalog_with(addition, tmp_path / "catalog")
    content_hash = build_catalog(folder, tmp_path / "data.sqlite")
    made = with_hash(assemble(check_catalog(folder).draft), content_hash)
    assert load_catalog(tmp_path / "data.sqlite") == made


def test_real_catalog_survives_compiling_and_loading(tmp_path: Path) -> None:
    content_hash = build_catalog(REAL, tmp_path / "data.sqlite")
    loaded = load_catalog(tmp_path / "data.sqlite")
    assert loaded == with_hash(assemble(check_catalog(REAL).draft), content_hash)
    assert list(loaded.entries) == list(assemble(check_catalog(REAL).draft).entries)
    assert list(loaded.questions) == list(assemble(check_catalog(REAL).draft).questions)


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first.sqlite", tmp_path / "second.sqlite"
    assert build_catalog(REAL, first) == build_catalog(REAL, second)
    assert first.read_bytes() == second.read_bytes()


def test_data_sqlite_is_current() -> None:
    assert dump_catalog(DATA) == dump_folder(REAL), "run `python main.py catalog build`"


def values_in(value: object) -> Iterator[object]:
    """Yield every dataclass instance inside, itself first."""
    if dataclasses.is_dataclass(value):
        yield value
        for field in dataclasses.fields(value):
            yield from values_in(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from values_in(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from values_in(part)


def is_value_class(kind: object) -> bool:
    return isinstance(kind, type) and dataclasses.is_dataclass(kind)


def test_complete_catalog_holds_every_class_with_every_field(complete: catalog.Catalog) -> None:
    """So that the round trip proves something about each of them."""
    filled: dict[type, set[str]] = {}
    for value in values_in(complete):
        full = {f.name for f in dataclasses.fields(value) if getattr(value, f.name) not in ((), "")}
        set_fields = {name for name in full if getattr(value, name) is not None}
        filled.setdefault(type(value), set()).update(set_fields)
    for module in (calculation, catalog, conditions, questions, sources):
        for name, kind in vars(module).items():
            if not is_value_class(kind) or kind.__module__ != module.__name__:
                continue
            assert kind in filled, f"no {name} in the complete small catalog"
            wanted = {field.name for field in dataclasses.fields(kind)} - {"content_hash"}
            assert wanted <= filled[kind], f"{name}: {wanted - filled[kind]} is never filled"


def test_complete_catalog_holds_every_operator_and_word(complete: catalog.Catalog) -> None:
    used = {value.operator for value in values_in(complete) if isinstance(value, Leaf)}
    assert used == set(Operator)
    types = {one.type for one in complete.questions.values()}
    assert types == set(questions.QuestionType)


def test_stepped_rates(tmp_path: Path) -> None:
    (_, tiers, _, _) = entry_of("stepped_rates", "stepped", tmp_path)
    first, second = (
        sources.SourceRef("概算要求の資料", "段のある補助率", "補助率", n) for n in (10, 11)
    )
    assert tiers == calculation.Tiers(
        (
            calculation.Tier(4_000_000, Fraction(2, 3), first),
            calculation.Tier(None, Fraction(1, 2), second),
        )
    )


def test_part_that_is_limited_by_the_whole(tmp_path: Path) -> None:
    (limit, *_) = entry_of("part_of_the_whole", "part", tmp_path)
    assert limit == calculation.SubLimit(
        main_categories=("promotion",),
        categories=("website",),
        rate=Fraction(2, 3),
        share=Fraction(1, 4),
        at_most=500_000,
        limit_code="subsidy_max_limit",
        source=sources.SourceRef("概算要求の資料", "経費の中の枠", "ウェブの枠", 13),
    )


def test_rounding_to_a_thousand_yen(tmp_path: Path) -> None:
    assert calculation.RoundDown(1000) in entry_of("thousand_yen", "thousand", tmp_path)


def entry_of(addition: str, entry: str, tmp_path: Path) -> tuple[calculation.Step, ...]:
    target = tmp_path / "data.sqlite"
    build_catalog(catalog_with(addition, tmp_path / "catalog"), target)
    made = load_catalog(target).entries[entry].calculation
    assert made is not None
    return made.base


def test_figures_stand_once(complete: catalog.Catalog) -> None:
    made = complete.entries["shokei/main"].calculation
    assert made is not None
    rate = next(step for step in made.base if isinstance(step, calculation.Rate))
    assert [case.value for case in rate.cases] == [Fraction(2, 3), Fraction(1, 2)]
    assert rate.cases[1].when is None
    assert [case.source and case.source.line for case in rate.cases] == [374, 373]
    cap = next(step for step in made.base if isinstance(step, calculation.Cap))
    assert [(case.value, case.source and case.source.line) for case in cap.cases] == [
        (7_500_000, 377),
        (4_500_000, 373),
    ]


def test_leaf_ids_come_from_the_place(complete: catalog.Catalog) -> None:
    ids = [value.id for value in values_in(complete) if isinstance(value, Leaf)]
    assert len(ids) == len(set(ids))
    assert {"shokei/main/hard/2/1", "name-known", "shokei/main/soft/1"} <= set(ids)
    assert {"fact/applicant.is_sme/2", "shokei/main/base/1/zero_when"} <= set(ids)


def test_sources_take_document_and_slide_from_around_them(complete: catalog.Catalog) -> None:
    main, consult = complete.entries["shokei/main"], complete.entries["shokei/consult"]
    assert main.sources[0].slide == "事業承継の支援"
    assert main.sources[1] == sources.SourceRef("中小企業基本法", "", "別の文書", None)
    assert consult.sources[0].slide == "相談の頁"


def test_numbers_written_for_a_text_answer_become_text(complete: catalog.Catalog) -> None:
    assert complete.comparisons[0].columns[1].what_if == {
        "applicant.closes": True,
        "applicant.industry": "26",
        "applicant.employees": 5,
    }


def test_tables_are_strict_with_foreign_keys_and_without_json(tmp_path: Path) -> None:
    target = tmp_path / "data.sqlite"
    build_catalog(REAL, target)
    connection = sqlite3.connect(target)
    try:
        listed = connection.execute("PRAGMA table_list").fetchall()
        strict = {name: is_strict for _, name, kind, _, _, is_strict in listed if kind == "table"}
        assert {name for name, flag in strict.items() if flag} == {table.name for table in TABLES}
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
    finally:
        connection.close()
    assert not [line for line in dump_catalog(target) if '"{\\"' in line or '"[\\"' in line]


def test_failed_build_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "data.sqlite"
    target.write_bytes(b"old")
    with pytest.raises(UserFacingError) as caught:
        build_catalog(bad_catalog("radical", tmp_path / "catalog"), target)
    assert target.read_bytes() == b"old"
    assert [problem.line for problem in caught.value.problems] == [10]
    assert str(tmp_path / "catalog") in caught.value.text()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["catalog", "data.sqlite"]


def test_fault_while_writing_leaves_the_old_file(complete: catalog.Catalog, tmp_path: Path) -> None:
    target = tmp_path / "data.sqlite"
    target.write_bytes(b"old")
    broken = dataclasses.replace(complete, stages={})
    with pytest.raises(ValueError, match="dangling"):
        write_catalog(broken, target)
    assert target.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["data.sqlite"]


def test_a_draft_with_blocking_findings_is_no_catalog(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="edition"):
        assemble(check_catalog(tmp_path / "nowhere").draft)
    folder = bad_catalog("missing_figure", tmp_path / "catalog")
    with pytest.raises(ValueError, match="figure"):
        assemble(check_catalog(folder).draft)


def test_folder_that_cannot_be_written(complete: catalog.Catalog, tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match="書けません"):
        write_catalog(complete, tmp_path / "nowhere" / "data.sqlite")


def test_content_hash_changes_with_the_content(complete: catalog.Catalog, tmp_path: Path) -> None:
    target = tmp_path / "data.sqlite"
    first = write_catalog(complete, target)
    assert write_catalog(with_hash(complete, "other"), target) == first
    assert write_catalog(dataclasses.replace(complete, texts={"notice": "別の文"}), target) != first
