"""The command line as other programs and people see it: output, messages, exit codes."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import main
from models.stores.consultation_store import FILE_NAME
from models.values.problems import UserFacingError
from ui.commands import screen as screen_command
from ui.commands.command_line import COMMANDS, parse_command_line
from ui.commands.context import print_lines
from ui.commands.japanese_arguments import in_japanese

ROOT = Path(__file__).parents[3]
HEAD = {"format": "michishirube-case", "version": 1}
FRAME = "jigyo-shokei/ma/gensoku"
CASE = {
    **HEAD,
    "title": "第2回 山田製作所",
    "consulted_on": "2021-04-20",
    "answers": {
        "applicant.name": "株式会社山田製作所",
        "applicant.legal_form": "company",
        "applicant.industry_code": "24",
        "applicant.stated_capital": 20_000_000,
        "applicant.regular_employees": 30,
        "applicant.consumption_tax": "taxable",
        "succession.kind": "m_and_a",
        "succession.role": "buyer",
        "succession.innovation": True,
    },
    "expenses": [
        {"label": "NC旋盤", "category": "equipment", "amount": 8_800_000, "tax": "included"},
        {"label": "片付け", "category": "closure", "amount": 3_300_000, "tax": "included"},
    ],
    "scenarios": [FRAME, {"name": "相談", "frames": ["saisei-shien"]}],
}
HEAVY = ("PySide6", "reportlab", "pypdfium2", "sqlite_utils", "yaml", "pydantic", "platformdirs")


@pytest.fixture(scope="session")
def compiled(tmp_path_factory):
    """Compile a catalog from today's sources."""
    file = tmp_path_factory.mktemp("catalog") / "data.sqlite"
    assert main.main(["catalog", "build", "-o", str(file)]) == 0
    return file


@pytest.fixture
def case(tmp_path):
    file = tmp_path / "case.json"
    file.write_text(json.dumps(CASE, ensure_ascii=False), encoding="utf-8")
    return file


@pytest.fixture
def run(compiled, tmp_path, capsys):
    """Run the program with the compiled catalog; return exit code, standard output and error."""

    def run_it(*arguments):
        capsys.readouterr()
        options = ["--catalog", str(compiled), "--data-dir", str(tmp_path / "data")]
        try:
            code = main.main([*options, *map(str, arguments)])
        except SystemExit as stop:
            code = stop.code
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        return code, captured.out, captured.err

    return run_it


def in_shell(*arguments, environment=None, **options):
    return subprocess.run(
        [sys.executable, "main.py", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        check=False,
        **options,
    )


# ---------------------------------------------------------------- JSON


@pytest.mark.parametrize("command", ["screen", "simulate", "ask"])
def test_json_is_one_document_and_nothing_else(run, case, command):
    code, out, err = run(command, case, "--json")
    assert (code, err) == (0, "")
    json.loads(out)
    assert out.endswith("}\n")


def test_screen_json_has_the_keys_of_the_contract(run, case):
    document = json.loads(run("screen", case, "--json")[1])
    assert list(document) == ["results"]
    for result in document["results"]:
        assert list(result) == ["id", "stage", "verdict", "reasons", "open_questions", "offers"]
        for reason in result["reasons"]:
            assert list(reason) == ["condition", "text", "value", "distance", "source"]
    found = {result["id"]: result for result in document["results"]}
    assert found[FRAME]["stage"] == "budget_request"
    assert found["saisei-shien"]["verdict"] == "consult"
    assert {offer["raised"] for offer in found["saisei-shien"]["offers"]} <= {None, True, False}


def test_screen_json_gives_the_distance_to_a_missed_threshold(run, tmp_path):
    answers = {
        **CASE["answers"],
        "applicant.regular_employees": 301,
        "applicant.stated_capital": 300_000_001,
    }
    file = tmp_path / "large.json"
    file.write_text(json.dumps({**HEAD, "answers": answers}))
    document = json.loads(run("screen", file, "--json")[1])
    (result,) = [each for each in document["results"] if each["id"] == FRAME]
    assert result["verdict"] == "not_eligible"
    distances = [reason["distance"] for reason in result["reasons"]]
    assert {"answer": 301, "limit": 300, "unit": "人"} in distances
    sources = [reason["source"] for reason in result["reasons"] if reason["source"]]
    assert all(list(each) == ["document", "slide", "item", "line"] for each in sources)


def test_simulate_json_has_the_keys_of_the_contract(run, case):
    document = json.loads(run("simulate", case, "--json")[1])
    assert list(document) == ["catalog", "results", "actions"]
    assert list(document["catalog"]) == ["edition", "hash"]
    firm, without = document["results"]
    assert list(firm) == [
        "frame", "scenario", "stage", "verdict", "eligible_cost", "closure_cost", "subsidy_rate",
        "subsidy", "top_up", "total", "own_burden", "peak_advance", "limits_hit", "reason_codes",
        "missing_to_minimum", "years", "steps", "open_questions", "needs_confirmation", "source",
    ]  # fmt: skip
    assert firm["subsidy"] == {"low": 4_000_000, "high": 4_000_000}
    assert firm["top_up"] == {"low": 0, "high": 1_500_000}
    assert firm["subsidy_rate"] == "1/2"
    assert any("廃業" in text for text in firm["needs_confirmation"])
    assert firm["source"]
    assert list(firm["steps"][0]) == ["text", "amount"]
    assert without["scenario"] == "相談"
    assert without["total"] is without["own_burden"] is without["eligible_cost"] is None
    assert without["reason_codes"] == ["no_firm_amount"]


def test_simulate_json_gives_each_year(run, tmp_path):
    expense = {"label": "研究", "category": "research", "amount": 1_000_000, "tax": "none"}
    file = tmp_path / "years.json"
    file.write_text(
        json.dumps(
            {
                **HEAD,
                "expenses": [expense, {**expense, "year": 2}],
                "scenarios": ["senryaku-kiban/sapoin"],
            }
        )
    )
    (result,) = json.loads(run("simulate", file, "--json")[1])["results"]
    assert result["years"][:2] == [
        {"year": 1, "eligible_cost": 1_000_000, "subsidy": {"low": 666_666, "high": 666_666}},
        {"year": 2, "eligible_cost": 1_000_000, "subsidy": {"low": 666_666, "high": 666_666}},
    ]


def test_ask_json_names_a_question_or_null(run, case, tmp_path):
    document = json.loads(run("ask", case, "--json")[1])
    assert list(document) == ["question", "text", "why", "decides"]
    assert document["decides"] > 0
    everything = tmp_path / "asked.json"
    asked = dict(CASE["answers"])
    for _ in range(100):
        everything.write_text(json.dumps({**HEAD, "answers": asked}))
        document = json.loads(run("ask", everything, "--json")[1])
        if document["question"] is None:
            break
        asked[document["question"]] = None
    assert document == {"question": None, "text": "", "why": "", "decides": 0}
    assert "もうありません" in run("ask", everything)[1]


# ---------------------------------------------------------------- for people


def test_screen_tells_people_the_reasons(run, case):
    _, out, _ = run("screen", case)
    assert "第2回 山田製作所　令和3年（2021年）4月20日（火）　令和3年度概算要求" in out
    assert "○ 該当の見込み" in out or "△ 要確認" in out
    assert "× 該当しない" in out
    assert "まだ分からないこと: " in out
    assert "［概算要求・未確定］" in out


def test_simulate_tells_people_the_figures(run, case):
    _, out, _ = run("simulate", case)
    assert "補助額　　　　4,000,000円" in out
    assert "上乗せ額　　　0円〜1,500,000円" in out
    assert "8,000,000円 × 1/2 … 4,000,000円" in out
    advice = out[out.index("■ 相談: ") :]
    assert "資料に額の決まりがない" in advice
    assert "円" not in advice.replace("円です", "")


def test_ask_tells_people_why(run, case):
    _, out, _ = run("ask", case)
    assert "理由: " in out


@pytest.mark.parametrize("command", ["screen", "simulate", "ask"])
def test_people_are_told_of_a_visit_outside_of_the_editions_time(run, tmp_path, command):
    for day, flagged in (("2021-04-20", True), ("2020-10-15", False), ("2020-01-15", True)):
        file = tmp_path / f"{day}.json"
        file.write_text(json.dumps({**CASE, "consulted_on": day}), encoding="utf-8")
        head = run(command, file)[1].split("\n\n")[0].splitlines()
        assert head[0].startswith("第2回 山田製作所")
        assert [line[:2] for line in head[1:]] == (["！ "] if flagged else [])


# ---------------------------------------------------------------- wrong input


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["screen"], "CASE.json がありません。"),
        (["screen", "a", "b"], "「b」は使えません。"),
        (["screen", "a", "--js"], "「--js」は使えません。"),
        (["plans", "a"], "'plans' は使えません"),
        (["questionaire"], "'questionaire' は使えません"),
        (["--catalog"], "--catalog の後に値を1つ書いてください。"),
        (["cases"], "がありません。"),
        (["cases", "delete", "x"], "ID に 'x' は使えません。"),
        (["cases", "melt", "x"], "'melt' は使えません"),
        (["sheet", "a"], "-o がありません。"),
        (["sheet", "a", "-o", "b", "--copy", "c"], "--copy に 'c' は使えません"),
        (["self-test", "x"], "「x」は使えません。"),
        (["screen", "a", "--json=1"], "--json に値 '1' は付けられません。"),
    ],
)
def test_wrong_arguments_are_told_in_japanese(arguments, words, run):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert err.startswith("使い方: ")
    assert "使い方: 使い方" not in err


def test_a_complaint_never_seen_is_still_japanese():
    assert in_japanese("something new in Python 3.20") == "引数の書き方が違います。"


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself_in_japanese(command, run):
    code, out, _ = run(command, "--help")
    assert code == 0
    assert out.startswith("使い方: ")
    for english in ("usage", "positional", "optional", "options:", "show this"):
        assert english not in out


def test_the_help_names_every_command(run):
    _, out, _ = run("--help")
    assert all(command in out for command in COMMANDS)


@pytest.mark.parametrize("command", ["screen", "simulate", "ask"])
def test_a_wrong_case_names_file_field_value_and_what_is_allowed(command, run, tmp_path):
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps({**HEAD, "expenses": [{"amount": -1}]}))
    code, out, err = run(command, file, "--json")
    assert (code, out) == (2, "")
    for words in ("wrong.json", "expenses[0].amount", "-1", "10,000,000,000,000"):
        assert words in err


def test_a_case_that_cannot_be_opened_is_told(run, tmp_path):
    for file in (tmp_path / "none.json", tmp_path):
        code, out, err = run("screen", file)
        assert (code, out) == (2, "")
        assert str(file) in err


def test_a_catalog_that_cannot_be_used_is_told(case, tmp_path, capsys):
    for name, content in (("none", None), ("broken", b"broken"), ("empty", b"")):
        file = tmp_path / name
        if content is not None:
            file.write_bytes(content)
        assert main.main(["--catalog", str(file), "screen", str(case)]) == 3
        captured = capsys.readouterr()
        assert captured.out == ""
        assert str(file) in captured.err


def test_a_fault_of_the_program_is_told_calmly(run, case, monkeypatch):
    def fail(*_):
        raise ValueError("株式会社山田製作所")

    monkeypatch.setattr(screen_command, "run", fail)
    code, out, err = run("screen", case)
    assert (code, out) == (1, "")
    assert "申し訳ありません" in err
    assert "ValueError" in err
    assert "山田製作所" not in err


def test_a_stop_by_the_keyboard_is_quiet(run, case, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(screen_command, "run", stop)
    code, _, err = run("screen", case)
    assert (code, err) == (1, "中止しました。\n")


# ---------------------------------------------------------------- sheet


def test_a_sheet_is_written_and_the_same_again(run, case, tmp_path):
    one, other = tmp_path / "一.pdf", tmp_path / "二.pdf"
    assert run("sheet", case, "-o", one)[0] == 0
    assert run("sheet", case, "-o", other)[0] == 0
    assert one.read_bytes().startswith(b"%PDF")
    assert one.read_bytes() == other.read_bytes()
    assert [each.name for each in tmp_path.glob(".*")] == []


def test_the_day_and_the_copy_can_be_chosen(run, case, tmp_path):
    files = {}
    for name, options in {
        "both": [],
        "owner": ["--copy", "owner"],
        "advisor": ["--copy", "advisor"],
        "day": ["--date", "2021-05-01"],
    }.items():
        file = tmp_path / f"{name}.pdf"
        assert run("sheet", case, "-o", file, *options)[0] == 0
        files[name] = file.read_bytes()
    assert len(set(files.values())) == len(files)


def test_a_sheet_needs_a_day(run, tmp_path):
    file = tmp_path / "undated.json"
    file.write_text(json.dumps(HEAD))
    code, _, err = run("sheet", file, "-o", tmp_path / "x.pdf")
    assert code == 2
    assert "--date" in err
    assert run("sheet", file, "-o", tmp_path / "x.pdf", "--date", "2021-04-20")[0] == 0
    code, _, err = run("sheet", file, "-o", tmp_path / "x.pdf", "--date", "2021-04-31")
    assert code == 2
    assert "2021-04-31" in err


def test_a_sheet_names_the_office(run, case, tmp_path):
    office = tmp_path / "office.json"
    wrong = '{"name": "新潟県よろず支援拠点", "contacts": [{"label": "窓口"}]}'
    office.write_text(wrong, encoding="utf-8")
    code, _, err = run("sheet", case, "-o", tmp_path / "x.pdf", "--office", office)
    assert code == 2
    assert "contacts[0].phone" in err
    office.write_text('{"name": "新潟県よろず支援拠点"}', encoding="utf-8")
    assert run("sheet", case, "-o", tmp_path / "x.pdf", "--office", office)[0] == 0


def test_a_sheet_that_cannot_be_written_leaves_the_former_one(run, case, tmp_path):
    code, _, err = run("sheet", case, "-o", tmp_path / "none" / "x.pdf")
    assert code == 2
    assert "x.pdf に書き込めません" in err
    file = tmp_path / "x.pdf"
    file.write_bytes(b"former")
    assert run("sheet", tmp_path / "none.json", "-o", file)[0] == 2
    assert file.read_bytes() == b"former"
    assert run("sheet", case, "-o", tmp_path)[0] == 2


def test_characters_that_the_paper_lacks_are_told(run, tmp_path):
    file = tmp_path / "case.json"
    file.write_text(json.dumps({**CASE, "title": "\U0001f600"}))
    _, out, _ = run("sheet", file, "-o", tmp_path / "x.pdf")
    assert "〓" in out
    assert "\U0001f600" in out


# ---------------------------------------------------------------- cases and self-test


def test_cases_come_and_go(run, case, tmp_path):
    assert "ありません" in run("cases", "list")[1]
    assert run("cases", "import", case)[:2] == (0, "番号 1 の相談として保存しました。\n")
    line = run("cases", "list")[1]
    for words in ("1", "2021-04-20", "株式会社山田製作所", "第2回 山田製作所"):
        assert words in line
    out = tmp_path / "out.json"
    assert run("cases", "export", 1, out)[0] == 0
    assert run("cases", "import", out)[0] == 0
    again = tmp_path / "again.json"
    run("cases", "export", 2, again)
    assert out.read_bytes() == again.read_bytes()
    assert json.loads(out.read_text(encoding="utf-8"))["answers"] == CASE["answers"]
    assert run("cases", "delete", 1)[0] == 0
    code, _, err = run("cases", "delete", 1)
    assert code == 2
    assert "番号 1" in err
    assert "山田製作所" in run("cases", "list")[1]


def test_a_store_that_cannot_be_used_is_told(run, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / FILE_NAME).write_bytes(b"broken" * 100)
    for arguments in (["list"], ["delete", "1"], ["export", "1", tmp_path / "x"]):
        code, out, err = run("cases", *arguments)
        assert (code, out) == (3, "")
        assert FILE_NAME in err


def test_self_test_tells_one_line_each(run, tmp_path):
    code, out, err = run("self-test")
    assert (code, err) == (0, "")
    assert [line.split(":")[0] for line in out.splitlines()] == [
        "○ 制度カタログ", "○ フォント", "○ 相談シート", "○ 相談の保存",
    ]  # fmt: skip
    assert not (tmp_path / "data").exists()


def test_self_test_looks_at_the_real_store(run, case, tmp_path):
    run("cases", "import", case)
    assert "保存した相談 1件" in run("self-test")[1]
    (tmp_path / "data" / FILE_NAME).write_bytes(b"broken" * 100)
    code, out, _ = run("self-test")
    assert code == 3
    assert "× 相談の保存: " in out
    assert len(out.splitlines()) == 4


def test_self_test_tells_of_a_missing_catalog(tmp_path, capsys):
    assert main.main(["--catalog", str(tmp_path / "none"), "self-test"]) == 3
    out = capsys.readouterr().out
    assert "× 制度カタログ: " in out
    assert "○ フォント" in out


# ---------------------------------------------------------------- the process


def test_without_a_command_the_window_is_wanted():
    options, context = parse_command_line(["--data-dir", "x"], {})
    assert options.command is None
    assert context.data_folder == Path("x").absolute()


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["screen", "CASE", "--json"], set()),
        (["simulate", "CASE", "--json"], set()),
        (["ask", "CASE", "--json"], set()),
        (["catalog", "list", "--json"], set()),
        (["cases", "list"], {"sqlite_utils"}),
        (["sheet", "CASE", "-o", "OUT"], {"reportlab"}),
        (["self-test"], {"reportlab", "sqlite_utils"}),
        (["--help"], set()),
    ],
)
def test_a_command_imports_only_what_it_needs(arguments, allowed, case, compiled, tmp_path):
    named = {"CASE": str(case), "OUT": str(tmp_path / "x.pdf")}
    arguments = [named.get(argument, argument) for argument in arguments]
    script = (
        "import sys, main\n"
        "try: main.main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        f"print('IMPORTED', *{{*{HEAVY!r}}} & set(sys.modules), file=sys.stderr)"
    )
    options = ["--catalog", str(compiled), "--data-dir", str(tmp_path / "data")]
    done = subprocess.run(
        [sys.executable, "-c", script, *options, *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert set(done.stderr.split()[1:]) <= allowed


ASCII_MACHINE = {"LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}


def test_output_is_utf8_on_every_machine(case, compiled):
    done = in_shell(
        "--catalog", compiled, "screen", case, environment=ASCII_MACHINE, capture_output=True
    )
    assert done.returncode == 0
    assert "該当しない" in done.stdout.decode("utf-8")
    assert b"\r" not in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="names of files are text there")
def test_a_file_name_that_is_no_text_is_told_as_far_as_it_can_be(compiled, tmp_path):
    name = os.fsdecode(b"\xff\xfe.json")
    done = in_shell(
        "--catalog", compiled, "screen", tmp_path / name, environment=ASCII_MACHINE,
        capture_output=True,
    )  # fmt: skip
    assert done.returncode == 2
    assert "開けません" in done.stderr.decode("utf-8")


def test_a_reader_that_leaves_early_is_no_fault(case, compiled):
    running = subprocess.Popen(
        [sys.executable, "main.py", "--catalog", compiled, "simulate", case, "--json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    running.stdout.close()
    err = running.stderr.read()
    running.stderr.close()
    assert running.wait() == 0
    assert err == b""


def test_windows_tells_in_its_own_way_that_the_reader_left(monkeypatch):
    class Left(io.StringIO):
        def write(self, _text):
            raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(sys, "stdout", Left())
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(UserFacingError):
        print_lines("一行")
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(BrokenPipeError):
        print_lines("一行")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
def test_a_full_disk_behind_standard_output_is_told(case, compiled):
    with Path("/dev/full").open("wb") as full:
        done = in_shell("--catalog", compiled, "ask", case, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert "書き出せません" in done.stderr.decode("utf-8")
    assert b"Exception" not in done.stderr


def test_the_environment_names_the_data_folder(compiled, case, tmp_path):
    environment = {"MICHISHIRUBE_DATA_DIR": str(tmp_path / "相談")}
    done = in_shell(
        "--catalog", compiled, "cases", "import", case,
        environment=environment, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0
    assert (tmp_path / "相談" / FILE_NAME).exists()


def test_main_is_short():
    assert len((ROOT / "main.py").read_text(encoding="utf-8").splitlines()) < 40


def test_no_path_of_this_machine_is_told_in_a_fault(tmp_path):
    copy = tmp_path / "program"
    for name in ("models", "reports", "ui"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "main.py", copy)
    (copy / "ui" / "commands" / "screen.py").write_text("1 / 0\n")
    done = subprocess.run(
        [sys.executable, "main.py", "screen", "x"], cwd=copy, capture_output=True, check=False
    )
    err = done.stderr.decode("utf-8")
    assert done.returncode == 1
    assert "Traceback" not in err
    assert "ZeroDivisionError ui/commands/screen.py:1" in err
    assert not re.search(re.escape(str(tmp_path)), err)
