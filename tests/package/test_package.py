"""The packaged program does what the source tree does, where nothing else is.

Build it and run these with tests/package/check_package.sh.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from PyInstaller.archive.readers import CArchiveReader

from models.planning.plans import find_plans
from models.stores.catalog_store import load_catalog
from models.values.case_file import read_case
from models.values.consultation import Consultation
from models.values.office import Office
from models.values.plan_document import read_plans
from reports.sheet_input import SheetOptions
from ui.commands.plan_worker import PlanOrder
from ui.commands.sheet_worker import SheetOrder

pytestmark = [
    pytest.mark.package,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="uses Linux's own tools"),
]
ROOT = Path(__file__).parents[2]
ROOMS = ("models", "reports", "ui")
CASE = {
    "format": "michishirube-case",
    "version": 1,
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
}
IMPORTED = re.compile(r"from PySide6\.(\w+) import")
QT_PLUGINS = {
    "platforms/libqxcb.so",
    "platforms/libqoffscreen.so",
    "printsupport/libcupsprintersupport.so",
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "platforminputcontexts/libibusplatforminputcontextplugin.so",
}
NOT_SHIPPED = {
    "pydantic", "yaml", "numpy", "tkinter", "unittest", "pytest", "PyInstaller", "ssl", "asyncio",
    "http",
}  # fmt: skip
# Printing needs the system's CUPS; without it there is no printer to miss.
MAY_BE_MISSING = "libcups.so"
# What Qt says of itself on the offscreen platform.
HARMLESS = ("propagateSizeHints",)
DISPLAY = ":88"
DISPLAY_SOCKET = Path("/tmp/.X11-unix/X88")  # noqa: S108 - where X servers put it
DESKTOP = {"LANG": "C.UTF-8"}  # Qt complains, in English, of a machine without a locale
FRAME_BUFFER_HEADER = 4096
SECONDS = 20


@pytest.fixture
def case(room):
    file = room / "相談 データ.json"
    file.write_text(json.dumps(CASE, ensure_ascii=False), encoding="utf-8")
    return file


def from_source(*arguments):
    command = [sys.executable, "main.py", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False)


def wait_until(is_reached, process):
    """Wait for a condition; a program that ends before is an error."""
    end = time.monotonic() + SECONDS
    while not is_reached():
        if process.poll() is not None:
            pytest.fail(f"ended with {process.returncode}: {process.stderr.read().decode()}")
        if time.monotonic() > end:
            pytest.fail(f"not reached in {SECONDS} s")
        time.sleep(0.05)


@contextlib.contextmanager
def running(command, **options):
    process = subprocess.Popen(command, stderr=subprocess.PIPE, **options)
    try:
        yield process
    finally:
        process.terminate()
        _, errors = process.communicate(timeout=SECONDS)
        process.errors = errors.decode()


def first_answer(command, question):
    """Return the line that answers a question, and what comes once the input has ended."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, env={}, cwd="/"
    ) as process:
        # The end of the input is the end of all questions: it waits for the answer.
        process.stdin.write(question)
        process.stdin.flush()
        answer = process.stdout.readline()
        rest, errors = process.communicate(timeout=SECONDS)
    return answer, rest, errors, process.returncode


# ---------------------------------------------------------------- what it does


def test_it_finds_itself_in_order_where_nothing_else_is(package):
    done = package.run("self-test")
    lines = done.stdout.decode().splitlines()
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(lines) >= 4
    assert all(line.startswith("○ ") for line in lines)


@pytest.mark.parametrize(
    "command",
    [
        ["screen", "CASE", "--json"],
        ["simulate", "CASE", "--json"],
        ["plan", "CASE", "--json"],
        ["ask", "CASE", "--json"],
        ["screen", "CASE"],
        ["simulate", "CASE"],
        ["catalog", "list", "--json"],
        ["catalog", "search", "承継"],
    ],
)
def test_it_answers_as_the_source_tree_does(package, case, command):
    arguments = [case if argument == "CASE" else argument for argument in command]
    done, wanted = package.run(*arguments), from_source(*arguments)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == wanted.stdout


@pytest.mark.parametrize("command", [["sheet", "CASE"], ["questionnaire"]])
def test_its_paper_is_the_source_trees_byte_for_byte(package, case, room, command):
    arguments = [case if argument == "CASE" else argument for argument in command]
    ours, theirs = room / f"{command[0]} 配布版.pdf", room / f"{command[0]}.pdf"
    done = package.run(*arguments, "-o", ours)
    assert (done.returncode, done.stderr) == (0, b"")
    assert from_source(*arguments, "-o", theirs).returncode == 0
    assert ours.read_bytes() == theirs.read_bytes()


def test_it_reads_the_codes_of_its_own_paper(package, case, room):
    paper, data = room / "控え.pdf", room / "読み取り"
    assert package.run("sheet", case, "--copy", "advisor", "-o", paper).returncode == 0
    done = package.run("--data-dir", data, "cases", "read-code", paper)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "番号 1" in done.stdout.decode()


def test_the_process_beside_the_window_builds_sheets(package):
    visit = date(2021, 4, 20)
    order = SheetOrder(Consultation(title="試し"), Office(), visit, SheetOptions())
    catalog = package.inside / "data.sqlite"
    done = package.run("--catalog", catalog, "sheet-worker", stdin=order.line())
    head, _, pdf = done.stdout.partition(b"\n")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(head)["length"] == len(pdf)
    assert pdf.startswith(b"%PDF")


def test_the_process_beside_the_window_finds_plans(package):
    catalog = load_catalog(ROOT / "data.sqlite")
    asked = read_case(json.dumps(CASE).encode(), catalog, "CASE")
    order, file = PlanOrder(7, asked, 20), package.inside / "data.sqlite"
    answer, rest, errors, code = first_answer(
        package.command("--catalog", file, "plan-worker"), order.line()
    )
    assert (code, errors, rest) == (0, b"", b"")
    document = json.loads(answer)
    assert document["number"] == 7
    ours = find_plans(catalog, asked, 20)
    assert read_plans(document["plans"]) == ours
    assert ours.whole.frames


@pytest.mark.parametrize("action", ["check", "build"])
def test_it_says_that_it_cannot_build_a_catalog(package, action):
    done = package.run("catalog", action)
    assert done.returncode == 2
    assert "配布版では" in done.stderr.decode()


def test_without_a_screen_it_says_so(package):
    done = package.run()
    assert done.returncode == 3
    assert done.stderr.decode().startswith("画面が見つからない")


# ---------------------------------------------------------------- portable mode


def test_a_stick_carries_its_consultations(stick, case):
    assert stick.run("cases", "import", case).returncode == 0
    assert (stick.folder / "data" / "consultations.sqlite").exists()
    assert "山田製作所" in stick.run("cases", "list").stdout.decode()


def test_a_stick_that_cannot_be_written_to_is_told(stick, case):
    stick.folder.chmod(0o555)
    done = stick.run("cases", "import", case)
    assert done.returncode == 3
    message = done.stderr.decode()
    assert "フォルダーを使えません" in message
    assert str(stick.folder / "data") in message


# ---------------------------------------------------------------- the window


def test_the_window_opens_offscreen(package, room):
    data = room / "画面なし"
    environment = {**DESKTOP, "QT_QPA_PLATFORM": "offscreen", "MICHISHIRUBE_DATA_DIR": str(data)}
    with running(package.command(), env=environment, cwd="/") as process:
        # The store is opened after the first paint.
        wait_until((data / "consultations.sqlite").exists, process)
    assert complaints(process.errors) == []


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="no Xvfb")
def test_the_window_opens_on_a_screen(package, room):
    data, buffer = room / "画面あり", room / "screen"
    buffer.mkdir()
    screen = ["Xvfb", DISPLAY, "-screen", "0", "1366x768x24", "-fbdir", buffer]
    environment = {**DESKTOP, "DISPLAY": DISPLAY, "MICHISHIRUBE_DATA_DIR": str(data)}
    with running(screen) as server:
        wait_until(DISPLAY_SOCKET.exists, server)
        with running(package.command(), env=environment, cwd="/") as process:
            wait_until((data / "consultations.sqlite").exists, process)
            wait_until(lambda: is_drawn(buffer / "Xvfb_screen0"), process)
    assert complaints(process.errors) == []


def is_drawn(picture):
    """Return whether a screen shows more than a few plain colours."""
    content = picture.read_bytes()[FRAME_BUFFER_HEADER:]
    pixels = {content[place : place + 3] for place in range(0, len(content) - 3, 4)}
    return len(pixels) > 20  # the text's edges alone have more


def complaints(errors):
    return [line for line in errors.splitlines() if not any(word in line for word in HARMLESS)]


# ---------------------------------------------------------------- what it holds


def test_the_catalog_is_the_source_trees(package):
    assert (package.inside / "data.sqlite").read_bytes() == (ROOT / "data.sqlite").read_bytes()


def test_it_holds_every_room_and_nothing_of_developing(package):
    code = CArchiveReader(str(package.program)).open_embedded_archive("PYZ.pyz")
    modules = set(code.toc)
    ours = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for room in ROOMS
        for file in (ROOT / room).rglob("*.py")
        if file.stem != "__init__" and "catalog_build" not in file.parts
    }
    assert ours - modules == set()
    assert {name for name in modules if name.startswith("models.catalog_build")} == set()
    assert {name.split(".")[0] for name in modules} & NOT_SHIPPED == set()


def test_its_files_are_those_that_are_needed(package):
    names = [str(path.relative_to(package.inside)) for path in package.inside.rglob("*")]
    unwanted = re.compile(r"reportlab/fonts|Qt6(Qml|Quick|Network)|resources/catalog|\.(yaml|py)$")
    assert [name for name in names if unwanted.search(name)] == []
    plugins = {name.partition("/plugins/")[2] for name in names if name.endswith(".so")} - {""}
    assert plugins == QT_PLUGINS
    modules = {name.partition("PySide6/")[2] for name in names if name.endswith(".abi3.so")}
    used = {name.group(1) for file in our_files() for name in IMPORTED.finditer(file.read_text())}
    assert {name.removesuffix(".abi3.so") for name in modules} - {""} == used


def our_files():
    return [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]


def test_it_holds_every_resource_but_the_catalogs_sources(package):
    source = {path.relative_to(ROOT) for path in (ROOT / "resources").rglob("*") if path.is_file()}
    wanted = {path for path in source if path.parts[1] != "catalog"}
    shipped = (package.inside / "resources").rglob("*")
    assert {path.relative_to(package.inside) for path in shipped if path.is_file()} == wanted


def test_no_link_and_no_library_leads_nowhere(package):
    paths = list(package.inside.rglob("*"))
    assert [path for path in paths if path.is_symlink() and not path.exists()] == []
    libraries = [path for path in paths if ".so" in path.name and path.is_file()]
    environment = {"LD_LIBRARY_PATH": str(package.inside), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        ["ldd", *libraries], env=environment, capture_output=True, text=True, check=False
    )
    missing = {line.split()[0] for line in done.stdout.splitlines() if "not found" in line}
    assert {name for name in missing if not name.startswith(MAY_BE_MISSING)} == set()


def test_every_part_brings_its_licence(package):
    licences = package.inside / "licenses"
    parts = {"pillow", "pypdfium2", "reportlab", "sqlite-utils", "platformdirs"}
    assert parts <= {path.name for path in licences.iterdir()}
    for name in ("LGPL-3.0.txt", "GPL-3.0.txt", "Python.txt"):
        assert (licences / name).stat().st_size > 1000
    known = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
    shipped = [path.name for path in licences.iterdir() if path.is_dir() and path.name != "system"]
    assert [name for name in shipped if name.replace("_", "-") not in known] == []
    assert "LGPL" in (package.folder / "README.txt").read_text(encoding="utf-8")


def test_no_file_names_the_machine_that_built_it(package):
    files = [path for path in package.folder.rglob("*") if path.is_file()]
    assert [path for path in files if str(ROOT).encode() in path.read_bytes()] == []
