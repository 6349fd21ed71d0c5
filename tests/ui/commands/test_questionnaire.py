"""`questionnaire` on the command line: the file, the topics, and what is said of a wrong one."""

from __future__ import annotations

from dataclasses import replace

import pytest

import main
from models.catalog_build.compile import write_catalog
from tests.reports.sheets import all_text, page_texts


@pytest.fixture(scope="module")
def compiled(catalog, tmp_path_factory):
    file = tmp_path_factory.mktemp("catalog") / "data.sqlite"
    write_catalog(catalog, file)
    return file


@pytest.fixture
def run(compiled, capsys):
    """Run the subcommand; return exit code, standard output and error."""

    def run_it(*arguments, catalog_file=compiled):
        try:
            code = main.main(
                ["--catalog", str(catalog_file), "questionnaire", *map(str, arguments)]
            )
        except SystemExit as stop:
            code = stop.code
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        return code, captured.out, captured.err

    return run_it


def test_without_a_topic_everything_is_asked(run, tmp_path, catalog):
    file = tmp_path / "all.pdf"
    code, out, err = run("-o", file)
    assert (code, out, err) == (0, f"{file} に書き出しました。\n", "")
    text = all_text(file.read_bytes())
    for topic in catalog.topics.values():
        assert topic.title in text


def test_a_topic_asks_less(run, tmp_path, catalog):
    file = tmp_path / "disaster.pdf"
    assert run("-o", file, "--topic", "disaster")[0] == 0
    pages = page_texts(file.read_bytes())
    assert len(pages) <= 2
    assert catalog.questionnaires["disaster"].title in pages[0]
    assert catalog.topics["trade"].title not in "".join(pages)


def test_topics_are_taken_once_and_in_the_order_of_the_catalog(run, tmp_path):
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    assert run("-o", first, "--topic", "trade", "disaster", "trade")[0] == 0
    assert run("-o", second, "--topic", "disaster", "trade")[0] == 0
    assert first.read_bytes() == second.read_bytes()


def test_a_topic_that_does_not_exist_names_those_that_do(run, tmp_path, catalog):
    file = tmp_path / "no.pdf"
    code, out, err = run("-o", file, "--topic", "disaster", "war")
    assert (code, out) == (2, "")
    assert "「war」" in err
    for paper in catalog.questionnaires.values():
        assert f"{paper.id}（{paper.title}）" in err
    assert not file.exists()


def test_a_catalog_without_topics_says_so(run, tmp_path, catalog):
    bare = tmp_path / "bare.sqlite"
    write_catalog(replace(catalog, questionnaires={}), bare)
    code, _, err = run("-o", tmp_path / "no.pdf", "--topic", "disaster", catalog_file=bare)
    assert code == 2
    assert "このカタログに種類はありません" in err


@pytest.mark.parametrize("arguments", [[], ["-o"], ["-o", "x.pdf", "--topic"]])
def test_arguments_that_are_missing(run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "使い方" in err
