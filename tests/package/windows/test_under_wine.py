"""On Windows' own libraries the program does what it does on Linux.

Skipped but for check_under_wine.sh, which puts the Windows Python and the package together.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from datetime import UTC, date, datetime

import pytest

from models.stores.consultation_store import ConsultationStore
from models.stores.data_folder import PORTABLE_MARK
from models.values.consultation import Consultation
from models.values.office import Office
from reports.sheet_input import SheetOptions
from tests.package.windows.conftest import (
    HOME,
    ROOT,
    drive,
    from_source,
    on_linux,
    packaged,
    windows_path,
)
from ui.commands.plan_worker import PlanOrder
from ui.commands.sheet_worker import SheetOrder

FONTS = windows_path(ROOT / "resources" / "fonts")
"""Where Qt's offscreen platform looks, which knows no fonts of Windows."""
SAMPLE = ROOT / "resources" / "samples" / "yamada.json"
# What a Japanese console of Windows has no code for, beside what it has.
TITLE = "𠮷野家 ①㈱ 😀 髙﨑 〜 한글"
RUNTIME = ("vcruntime140", "vcruntime140_1", "msvcp140", "msvcp140_1", "msvcp140_2")
NOON = datetime(2021, 4, 20, 12, tzinfo=UTC)
PASSPHRASE = "ながい合言葉 correct horse"  # noqa: S105 - of tests only


@pytest.fixture
def case(room):
    file = room / "相談 データ.json"
    document = json.loads(SAMPLE.read_text(encoding="utf-8")) | {"title": TITLE}
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return file


def done_well(run):
    assert (run.returncode, run.stderr.decode()) == (0, "")
    return run.stdout


# ---------------------------------------------------------------- the same answers


def test_it_finds_itself_in_order(program):
    lines = done_well(program.run("self-test")).decode().splitlines()
    assert len(lines) >= 4
    assert all(line.startswith("○ ") for line in lines)


@pytest.mark.parametrize(
    "command",
    [
        ["screen", "CASE", "--json"],
        ["screen", "CASE"],
        ["simulate", "CASE", "--json"],
        ["simulate", "CASE"],
        ["plan", "CASE", "--json"],
        ["ask", "CASE", "--json"],
        ["catalog", "list"],
        ["catalog", "list", "--json"],
        ["catalog", "search", "承継"],
    ],
    ids=" ".join,
)
def test_it_answers_as_on_linux_byte_for_byte(program, case, command):
    arguments = [case if word == "CASE" else word for word in command]
    assert done_well(program.run(*arguments)) == done_well(on_linux(*arguments))


@pytest.mark.parametrize(
    "command",
    [["sheet", "CASE"], ["sheet", "CASE", "--qr", "with-name"], ["questionnaire"]],
    ids=" ".join,
)
def test_its_paper_is_that_of_linux_byte_for_byte(program, case, room, command):
    arguments = [case if word == "CASE" else word for word in command]
    theirs, ours = room / "紙 1.pdf", room / "linux.pdf"
    told = done_well(program.run(*arguments, "-o", theirs)).decode()
    assert windows_path(theirs) in told
    done_well(on_linux(*arguments, "-o", ours))
    assert theirs.read_bytes() == ours.read_bytes()


def test_it_compiles_the_same_catalog(room):
    made = room / "目録.sqlite"
    done_well(from_source().run("catalog", "build", "-o", made))
    ours, theirs = on_linux("catalog", "list"), on_linux("--catalog", made, "catalog", "list")
    assert done_well(theirs) == done_well(ours)


def test_it_reads_the_codes_of_its_own_paper(program, case, room):
    paper = room / "控え.pdf"
    done_well(program.run("sheet", case, "--copy", "advisor", "-o", paper))
    read = program.run("--data-dir", room / "読み取り", "cases", "read-code", paper)
    assert "番号 1" in done_well(read).decode()


def test_what_goes_wrong_is_told_in_japanese(program, room):
    missing = program.run("screen", room / "ない.json")
    assert missing.returncode == 2
    assert missing.stderr.decode().startswith(windows_path(room / "ない.json"))
    assert b"Traceback" not in missing.stderr


def test_a_reader_that_leaves_early_is_no_fault(program, case):
    pipe = subprocess.PIPE
    command = program.command("simulate", case, "--json")
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe) as running:
        running.stdout.close()
        errors = running.stderr.read()
    assert (running.returncode, errors) == (0, b"")


# ---------------------------------------------------------------- the consultations


def test_consultations_are_kept_where_windows_keeps_them(program, case):
    place = drive() / HOME / "AppData" / "Local" / "michishirube"
    shutil.rmtree(place, ignore_errors=True)
    assert "番号 1" in done_well(program.run("cases", "import", case)).decode()
    assert (place / "consultations.sqlite").is_file()
    assert TITLE in done_well(program.run("cases", "list")).decode()
    shutil.rmtree(place)


def test_a_store_of_windows_is_a_store_of_linux(program, case, room):
    data, copy = room / "相談の記録", room / "戻した記録"
    store = ["--data-dir", data]
    done_well(program.run(*store, "cases", "import", case))
    protected = {"MICHISHIRUBE_NEW_PASSPHRASE": PASSPHRASE, "MICHISHIRUBE_PASSPHRASE": PASSPHRASE}
    done_well(program.run(*store, "cases", "passphrase", "set", **protected))
    assert program.run(*store, "cases", "list").returncode == 3
    done_well(program.run(*store, "cases", "backup", room / "控え 1.sqlite", **protected))
    done_well(
        program.run("--data-dir", copy, "cases", "restore", room / "控え 1.sqlite", **protected)
    )
    for folder in (data, copy):
        listed = program.run("--data-dir", folder, "cases", "list", **protected)
        assert TITLE in done_well(listed).decode()
        with ConsultationStore.open(folder, lambda: NOON, "", PASSPHRASE) as opened:
            assert [each.title for each in opened.list()] == [TITLE]
    done_well(program.run(*store, "cases", "passphrase", "remove", **protected))
    assert TITLE in done_well(program.run(*store, "cases", "list")).decode()


def test_a_consultation_travels_to_linux_and_back(program, case, room):
    theirs, ours = ["--data-dir", room / "窓"], ["--data-dir", room / "ペンギン"]
    there, back = room / "行き.michishirube", room / "帰り.michishirube"
    done_well(program.run(*theirs, "cases", "import", case))
    done_well(program.run(*theirs, "cases", "export", "1", there, "--hand-over"))
    done_well(on_linux(*ours, "cases", "import", there))
    done_well(on_linux(*ours, "cases", "export", "1", back, "--hand-over"))
    merged = done_well(program.run(*theirs, "cases", "import", back)).decode()
    assert "相談 1 に合わせました" in merged


# ---------------------------------------------------------------- what works beside the window


def test_the_process_beside_the_window_builds_sheets(program):
    order = SheetOrder(Consultation(title=TITLE), Office(), date(2021, 4, 20), SheetOptions())
    answered = done_well(
        program.run("--catalog", catalog_of(program), "sheet-worker", stdin=order.line() * 2)
    )
    for _ in range(2):
        head, _, rest = answered.partition(b"\n")
        length = json.loads(head)["length"]
        assert rest[:length].startswith(b"%PDF")
        answered = rest[length:]
    assert answered == b""


def test_the_process_beside_the_window_finds_plans(program):
    order = PlanOrder(7, Consultation(title=TITLE), 20)
    command = program.command("--catalog", catalog_of(program), "plan-worker")
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT) as process:
        process.stdin.write(order.line())
        process.stdin.flush()  # the end of the input would be the end of the question
        answer = process.stdout.readline()
        rest, errors = process.communicate()
    assert (process.returncode, errors, rest) == (0, b"", b"")
    assert json.loads(answer)["number"] == 7


def catalog_of(program):
    return program.folder / ("data.sqlite" if program.folder == ROOT else "_internal/data.sqlite")


# ---------------------------------------------------------------- the package


@pytest.fixture
def stick(room):
    """Return the package in a folder that can be written into, and says portable."""
    folder = room / "USB メモリー" / "みちしるべ"
    shutil.copytree(packaged().folder, folder)
    (folder / PORTABLE_MARK).touch()
    return packaged(folder)


def test_a_stick_carries_its_consultations(stick, case):
    done_well(stick.run("cases", "import", case))
    assert (stick.folder / "data" / "consultations.sqlite").exists()
    assert TITLE in done_well(stick.run("cases", "list")).decode()


def test_the_package_has_no_catalog_builder(room):
    done = packaged().run("catalog", "build")
    assert done.returncode == 2
    assert "配布版では" in done.stderr.decode()


def test_the_package_needs_no_runtime_that_was_installed():
    # Wine has Microsoft's C++ runtime, as most machines do; here only the package's own counts.
    own = ",".join(RUNTIME) + "=n"
    done_well(packaged().run("self-test", WINEDLLOVERRIDES=own))


def test_the_package_reads_codes_with_its_own_runtime(case, room):
    paper, own = room / "控え.pdf", ",".join(RUNTIME) + "=n"
    done_well(packaged().run("sheet", case, "--copy", "advisor", "-o", paper))
    store = ["--data-dir", room / "読み取り"]
    done_well(packaged().run(*store, "cases", "read-code", paper, WINEDLLOVERRIDES=own))


def test_a_package_that_nobody_may_write_into_works(room, case):
    folder = room / "共有" / "みちしるべ"
    shutil.copytree(packaged().folder, folder)
    for path in (folder, *folder.rglob("*")):
        path.chmod(path.stat().st_mode & ~0o222)
    try:
        program = packaged(folder)
        done_well(program.run("self-test"))
        done_well(program.run("--data-dir", room / "記録", "cases", "import", case))
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(path.stat().st_mode | 0o222)


@pytest.mark.parametrize("platform", ["offscreen", "windows"])
def test_the_packaged_window_opens(room, platform):
    data, program = room / "窓の記録", packaged().folder / "michishirube.exe"
    command = [packaged().start[0], str(program), "--data-dir", windows_path(data)]
    # Through pipes: Wine 8 cannot give Python a file as standard output.
    process = subprocess.Popen(
        command,
        env=on_platform(platform),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        wait_until((data / "consultations.sqlite").exists, process)
    finally:
        process.terminate()
        told, _ = process.communicate()
    assert complaints(told.decode()) == []


@pytest.mark.parametrize("platform", ["offscreen", "windows"])
def test_a_whole_consultation_under_a_passphrase(room, platform):
    data, out = room / "記録", room / "紙"
    out.mkdir()
    data.mkdir()
    program = from_source()
    command = [*program.start[:-1], "-m", "tests.ui.driven_program", "protected"]
    done = subprocess.run(
        [*command, *map(windows_path, (data, out, data))],
        env=on_platform(platform),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=600,
        check=False,
    )
    assert (done.returncode, complaints(done.stderr.decode())) == (0, [])
    assert {file.name for file in out.iterdir()} == {"sheet.pdf", "printed.pdf"}


def on_platform(platform):
    """Return an environment for one of Qt's platforms; Wine passes on what stands behind WINE."""
    return {**os.environ, "WINEQT_QPA_PLATFORM": platform, "WINEQT_QPA_FONTDIR": FONTS}


def complaints(told):
    """Return what was printed, but for what Qt says of itself on the offscreen platform."""
    return [line for line in told.splitlines() if "propagateSizeHints" not in line]


def wait_until(is_reached, process, seconds=90):
    end = time.monotonic() + seconds
    while not is_reached():
        assert process.poll() is None, f"ended with {process.returncode}"
        assert time.monotonic() < end, f"not reached in {seconds} s"
        time.sleep(0.1)
