"""`catalog`: list, show, search, check and build as a user calls them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import main
from models.stores.catalog_store import load_catalog
from tests.small_catalogs import COMPLETE, bad_catalog

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("catalog") / "data.sqlite"
    assert main.main(["catalog", "build", "-o", str(file)]) == 0
    return file


@pytest.fixture
def run(compiled: Path, capsys: pytest.CaptureFixture[str]):
    def run_catalog(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main.main(["--catalog", str(compiled), "catalog", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_catalog


# The table of the figures that other tools rely on (docs): rate, maximum, minimum, top-up.
FIGURES = {
    "jigyo-shokei/keieisha-kotai/gensoku": ("1/2", 2_250_000, None, 2_250_000),
    "jigyo-shokei/keieisha-kotai/venture-seisansei": ("2/3", 3_000_000, None, 3_000_000),
    "jigyo-shokei/ma/gensoku": ("1/2", 4_500_000, None, 4_500_000),
    "jigyo-shokei/ma/venture-seisansei": ("2/3", 6_000_000, None, 6_000_000),
    "jigyo-shokei/senmonka/urite": ("2/3", 2_000_000, None, 4_500_000),
    "jigyo-shokei/senmonka/kaite": ("2/3", 2_000_000, None, 0),
    "senryaku-kiban/sapoin": ("2/3", 45_000_000, None, None),
    "senryaku-kiban/sabisapo": ({"1/2", "2/3"}, 30_000_000, None, None),
    "japan-brand/jigyo": ({"1/2", "2/3"}, 5_000_000, None, None),
    "japan-brand/shien": ("2/3", 20_000_000, None, None),
    "seisansei/monozukuri": ({"1/2", "2/3"}, 10_000_000, 1_000_000, None),
    "seisansei/jizokuka": ("2/3", 500_000, None, None),
    "seisansei/it-donyu": ("1/2", 4_500_000, 300_000, None),
    "kodo-renkei/kigyokan": ({"1/2", "2/3"}, 20_000_000, None, None),
    "kodo-renkei/supply-chain": ({"1/2", "2/3"}, 10_000_000, None, None),
    "kodo-renkei/business-model": ("2/3", 100_000_000, None, None),
    "nariwai/a": ("3/4", 1_500_000_000, None, None),
    "nariwai/b": ("3/4", 300_000_000, None, None),
    "nariwai/c": ("3/4", 300_000_000, None, None),
}


def test_list_shows_every_figure_and_no_other(run) -> None:
    code, out, _ = run("list", "--json")
    document = json.loads(out)
    assert code == 0
    assert document["edition"] == "r3-gaisan-yokyu"
    listed = {entry["id"]: entry for entry in document["entries"]}
    assert FIGURES.keys() <= listed.keys()
    for entry in document["entries"]:
        rate, maximum, minimum, top_up = FIGURES.get(entry["id"], (None, None, None, None))
        found = entry["subsidy_rate"]
        if isinstance(rate, set):
            assert {one["rate"] for one in found} == rate
            assert all(one["when"] for one in found)
        else:
            assert found == rate, entry["id"]
        limits = [entry[name] for name in ("subsidy_max_limit", "subsidy_min_limit", "top_up_max")]
        assert limits == [maximum, minimum, top_up], entry["id"]


def test_list_carries_budget_contact_and_source(run) -> None:
    entries = {entry["id"]: entry for entry in json.loads(run("list", "--json")[1])["entries"]}
    entry = entries["jigyo-shokei/ma/gensoku"]
    assert entry["name"] == "事業承継補助金 M&A型 原則枠"
    assert (entry["kind"], entry["stage"]) == ("subsidy", "budget_request")
    assert (entry["budget_oku"], entry["previous_budget_oku"]) == (27.0, None)
    assert entry["budget_shared"] is True
    assert entry["contact"] == [{"section": "中小企業庁 財務課", "phone": "03-3501-5803"}]
    assert {"document", "slide", "item", "line"} == entry["source"][0].keys()
    assert any(source["line"] == 373 for source in entry["source"])


def test_list_for_people(run) -> None:
    code, out, _ = run("list")
    assert code == 0
    assert "seisansei/monozukuri" in out
    assert "R1補正" in out


def test_show(run) -> None:
    code, out, _ = run("show", "jigyo-shokei/senmonka/kaite")
    assert code == 0
    for words in ("買い手支援枠", "補助率 2/3", "381行", "要確認", "03-3501-5803", "まだ申し込め"):
        assert words in out


def test_show_of_every_entry(run, compiled: Path) -> None:
    for entry in load_catalog(compiled).entries:
        code, out, _ = run("show", entry)
        assert code == 0
        assert out.count("\n") > 5


@pytest.mark.parametrize("wrong", ["jigyo-shokei/ma", "jigyo-shokei/ma/gensok"])
def test_show_of_what_does_not_exist_names_the_near(run, wrong: str) -> None:
    code, out, error = run("show", wrong)
    assert (code, out) == (2, "")
    assert "jigyo-shokei/ma/gensoku" in error


def test_show_of_something_else_tells_where_to_look(run) -> None:
    code, _, error = run("show", "zzz")
    assert code == 2
    assert "catalog list" in error


def test_search(run) -> None:
    code, out, _ = run("search", "ものづくり", "補助", "--json")
    results = json.loads(out)["results"]
    assert code == 0
    assert results[0]["id"] == "seisansei/monozukuri"
    assert set(results[0]) == {"id", "name"}
    assert "seisansei/monozukuri" in run("search", "ものづくり　補助")[1]


def test_search_without_a_hit(run) -> None:
    assert json.loads(run("search", "宇宙旅行", "--json")[1]) == {"results": []}
    code, out, _ = run("search", "宇宙旅行")
    assert code == 0
    assert "見つかりません" in out


def test_check_of_the_real_catalog(run) -> None:
    code, out, _ = run("check")
    assert code == 0
    assert "致命的 0件、重要 0件" in out.splitlines()[-1]


def test_check_grades_and_places(run, tmp_path: Path) -> None:
    folder = bad_catalog("radical", tmp_path / "catalog")
    code, out, _ = run("check", str(folder))
    assert code == 2
    lines = out.splitlines()
    place = folder / "programs" / "10-shokei.yaml"
    assert any(line.startswith(f"[致命的] {place}:10 ") for line in lines)
    assert lines[-1] == "カタログの確認: 致命的 1件、重要 0件、軽微 0件、参考 1件"


def test_build(run, tmp_path: Path) -> None:
    target = tmp_path / "made.sqlite"
    code, out, _ = run("build", str(COMPLETE), "-o", str(target))
    assert code == 0
    assert target.is_file()
    assert str(target) in out


def test_build_of_a_bad_catalog(run, tmp_path: Path) -> None:
    folder = bad_catalog("unknown_question", tmp_path / "catalog")
    code, out, error = run("build", str(folder), "-o", str(tmp_path / "made.sqlite"))
    assert (code, out) == (2, "")
    assert f"{folder / 'programs' / '10-shokei.yaml'}:36" in error
    assert not (tmp_path / "made.sqlite").exists()


def test_unusable_catalog(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main.main(["--catalog", str(tmp_path / "none"), "catalog", "list"]) == 3
    assert "Traceback" not in capsys.readouterr().err


def test_no_action(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main.main(["catalog"])
    assert caught.value.code == 2
    assert "usage" not in capsys.readouterr().err
