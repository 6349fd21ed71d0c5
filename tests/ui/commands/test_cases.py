"""`cases`: the passphrase never stands in an argument, and every way of giving it works."""

from __future__ import annotations

import getpass
import io
import json

import pytest

import main
from models.stores import cipher
from tests.models.stores.store_cases import PASSPHRASE, spoken_words_in

NAME = "山田製作所"
CASE = {
    "format": "michishirube-case",
    "version": 1,
    "title": "第1回",
    "consulted_on": "2021-04-20",
    "notes": "極秘の取引先",
    "answers": {"applicant.name": NAME},
    "expenses": [{"label": "NC旋盤", "category": "equipment", "amount": 1, "tax": "none"}],
}


@pytest.fixture(autouse=True)
def quiet_surroundings(monkeypatch):
    monkeypatch.setattr(cipher, "KDF_ROUNDS", 1000)
    monkeypatch.delenv("MICHISHIRUBE_PASSPHRASE", raising=False)
    monkeypatch.delenv("MICHISHIRUBE_NEW_PASSPHRASE", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO())


@pytest.fixture
def case(tmp_path):
    file = tmp_path / "case.json"
    file.write_text(json.dumps(CASE, ensure_ascii=False), encoding="utf-8")
    return file


@pytest.fixture
def run(tmp_path, capsys):
    """Run `cases` on a store below the test's folder; return exit code, output and error."""

    def run_it(*arguments):
        capsys.readouterr()
        try:
            code = main.main(["--data-dir", str(tmp_path / "data"), "cases", *map(str, arguments)])
        except SystemExit as stop:
            code = stop.code
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        assert PASSPHRASE not in captured.out + captured.err
        return code, captured.out, captured.err

    return run_it


@pytest.fixture
def written(tmp_path):
    """Return a file that holds the passphrase."""
    file = tmp_path / "passphrase.txt"
    file.write_text(f"\ufeff{PASSPHRASE}\r\nand a note\n", encoding="utf-8")
    return file


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def typed(monkeypatch):
    """Let a person type at a terminal; return the list of what is still to be typed."""
    answers = []
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda prompt: answers.pop(0))
    return answers


# ---------------------------------------------------------------- the passphrase


def test_a_passphrase_from_a_file_protects_and_opens_the_store(run, case, written, tmp_path):
    run("import", case)
    code, out, err = run("passphrase", "set", "--new-passphrase-file", written)
    assert (code, err) == (0, "")
    assert "忘れると" in out
    assert spoken_words_in(tmp_path / "data") == []
    code, out, err = run("list")
    assert (code, out) == (3, "")
    assert "合言葉" in err
    assert NAME in run("list", "--passphrase-file", written)[1]
    assert NAME in run("--passphrase-file", written, "list")[1]


def test_a_passphrase_from_the_environment(run, case, monkeypatch):
    run("import", case)
    monkeypatch.setenv("MICHISHIRUBE_NEW_PASSPHRASE", PASSPHRASE)
    assert run("passphrase", "set")[0] == 0
    monkeypatch.setenv("MICHISHIRUBE_PASSPHRASE", PASSPHRASE)
    assert NAME in run("list")[1]
    monkeypatch.setenv("MICHISHIRUBE_PASSPHRASE", "違う合言葉です")
    assert run("list")[0] == 3


def test_a_passphrase_typed_at_a_terminal(run, case, typed):
    run("import", case)
    typed += [PASSPHRASE, PASSPHRASE]
    assert run("passphrase", "set")[0] == 0
    typed.append(PASSPHRASE)
    assert NAME in run("list")[1]
    typed += [PASSPHRASE, "もうひとつの合言葉", "打ち間違えた合言葉"]
    code, _, err = run("passphrase", "change")
    assert code == 2
    assert "2回の合言葉" in err
    typed += [PASSPHRASE]
    code, out, _ = run("passphrase", "remove")
    assert code == 0
    assert "BitLocker" in out
    assert typed == []
    assert NAME in run("list")[1]


def test_what_does_not_fit_is_told(run, case, written, tmp_path):
    run("import", case)
    assert "passphrase set" in run("passphrase", "change")[2]
    assert "passphrase set" in run("passphrase", "remove")[2]
    code, _, err = run("passphrase", "set")
    assert code == 2
    assert "--new-passphrase-file" in err
    (tmp_path / "short").write_text("短い\n", encoding="utf-8")
    assert "8文字" in run("passphrase", "set", "--new-passphrase-file", tmp_path / "short")[2]
    (tmp_path / "empty").write_text("\n", encoding="utf-8")
    assert "1行目" in run("passphrase", "set", "--new-passphrase-file", tmp_path / "empty")[2]
    (tmp_path / "sjis").write_bytes("ながい合言葉".encode("cp932"))
    assert "UTF-8" in run("passphrase", "set", "--new-passphrase-file", tmp_path / "sjis")[2]
    assert run("passphrase", "set", "--new-passphrase-file", written)[0] == 0
    again = run("passphrase", "set", "--new-passphrase-file", written, "--passphrase-file", written)
    assert again[0] == 2
    assert "passphrase change" in again[2]


def test_wrong_tries_are_told_to_wait(run, case, written, tmp_path, monkeypatch):
    run("import", case)
    run("passphrase", "set", "--new-passphrase-file", written)
    monkeypatch.setenv("MICHISHIRUBE_PASSPHRASE", "違う合言葉です")
    for _ in range(3):
        assert "違います" in run("list")[2]
    assert "待ちます" in run("list")[2]


def test_self_test_does_not_ask_for_the_passphrase(run, case, written, tmp_path, capsys):
    run("import", case)
    run("passphrase", "set", "--new-passphrase-file", written)
    main.main(["--data-dir", str(tmp_path / "data"), "self-test"])
    assert "合言葉で守られています" in capsys.readouterr().out
