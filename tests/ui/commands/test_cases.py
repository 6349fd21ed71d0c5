"""`cases`: the passphrase never stands in an argument, and every way of giving it works."""

from __future__ import annotations

import getpass
import io
import json
import sqlite3

import pypdfium2
import pytest
from PIL import Image
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.pdfgen.canvas import Canvas

import main
from models.stores import cipher
from models.values.answer_code import answer_codes
from models.values.consultation import Consultation, Expense, TaxMode
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


# ---------------------------------------------------------------- list, archive, anonymous


def test_the_list_is_searched_and_archived(run, case):
    run("import", case)
    assert NAME in run("list", "山田", "２０２１")[1]
    assert "当てはまる" in run("list", "鈴木")[1]
    assert "しまいました" in run("archive", 1)[1]
    assert NAME not in run("list")[1]
    assert NAME in run("list", "--archived")[1]
    assert "戻しました" in run("archive", 1, "--back")[1]
    assert NAME in run("list")[1]
    assert run("archive", 9)[0] == 2


def test_an_anonymous_export_names_nobody(run, case, tmp_path):
    run("import", case)
    code, out, _ = run("export", 1, tmp_path / "out.json", "--anonymous")
    assert code == 0
    assert "分かることがあります" in out
    text = (tmp_path / "out.json").read_text(encoding="utf-8")
    for word in (NAME, "NC旋盤", "極秘", "第1回"):
        assert word not in text
    assert run("import", tmp_path / "out.json")[0] == 0


# ---------------------------------------------------------------- backups


def test_the_first_command_of_a_day_makes_a_backup(run, case, tmp_path):
    run("import", case)
    run("list")
    assert len(list((tmp_path / "data/backups").iterdir())) == 1


def test_a_backup_by_hand_and_back(run, case, tmp_path):
    run("import", case)
    code, out, _ = run("backup", tmp_path / "copy")
    assert code == 0
    assert "合言葉はありません" in out
    day = run("delete", 1)[1]
    assert "以後に" in day
    assert "書き出したファイル" in day
    assert "ありません" in run("list")[1]
    code, out, _ = run("restore", tmp_path / "copy")
    assert code == 0
    assert "相談 1件" in out
    assert "残してあります" in out
    assert NAME in run("list")[1]
    assert run("restore", tmp_path / "none")[0] == 3


def test_an_encrypted_backup_asks_for_its_passphrase(run, case, typed, written, tmp_path):
    run("import", case)
    run("passphrase", "set", "--new-passphrase-file", written)
    assert "合言葉が要ります" in run("--passphrase-file", written, "backup", tmp_path / "copy")[1]
    (tmp_path / "data").rename(tmp_path / "lost")
    typed.append(PASSPHRASE)
    assert run("restore", tmp_path / "copy")[0] == 0
    typed.append(PASSPHRASE)
    assert NAME in run("list")[1]


def test_a_second_place_for_backups(run, case, tmp_path):
    stick = tmp_path / "stick"
    assert run("backup-folder", stick)[0] == 2
    stick.mkdir()
    assert "ありません" in run("backup-folder")[1]
    assert run("backup-folder", stick)[0] == 0
    assert str(stick) in run("backup-folder")[1]
    assert len(list(stick.rglob("consultations-*.sqlite"))) == 1
    (stick / "gone").mkdir()
    for each in sorted(stick.rglob("*"), reverse=True):
        each.rmdir() if each.is_dir() else each.unlink()
    stick.rmdir()
    code, _, err = run("list")
    assert code == 0
    assert str(stick) in err
    assert "やめました" in run("backup-folder", "--none")[1]
    assert run("list")[2] == ""


def test_a_damaged_store_is_salvaged_and_the_way_back_is_told(run, case, tmp_path):
    for _ in range(30):
        run("import", case)
    file = tmp_path / "data" / "consultations.sqlite"
    data = bytearray(file.read_bytes())
    data[8192:12288] = bytes(4096)
    file.write_bytes(data)
    code, out, err = run("list")
    assert (code, out) == (3, "")
    assert "壊れています" in err
    assert "cases restore" in err
    (salvaged,) = (tmp_path / "data/backups").glob("*-salvaged-*.sqlite")
    assert str(salvaged) in err
    assert run("restore", salvaged)[0] == 0
    assert NAME in run("list")[1]


def test_damage_that_shows_later_is_helped_as_well(run, case, tmp_path):
    run("import", case)
    connection = sqlite3.connect(tmp_path / "data" / "consultations.sqlite")
    connection.execute("UPDATE consultation SET updated_at = 'x'")
    connection.commit()
    connection.close()
    code, _, err = run("list")
    assert code == 3
    assert "読み取れた相談 1件" in err


# ---------------------------------------------------------------- handing over


@pytest.fixture
def laptops(tmp_path, capsys):
    """Run `cases` on one of several laptops, named by the first argument."""

    def run_it(laptop, *arguments):
        capsys.readouterr()
        folder = str(tmp_path / laptop)
        code = main.main(["--data-dir", folder, "cases", *map(str, arguments)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_it


def edited(file, change):
    """Change a handed-over file as if its laptop had changed the consultation."""
    document = json.loads(file.read_text(encoding="utf-8"))
    change(document)
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def test_a_consultation_goes_to_another_laptop_and_back(laptops, case, tmp_path):
    laptops("a", "import", case)
    file = tmp_path / "over.json"
    code, out, _ = laptops("a", "export", 1, file, "--hand-over")
    assert code == 0
    assert "--encrypt" in out
    assert "引き継いだ相談" in laptops("b", "import", file)[1]
    assert "合わせました" in laptops("b", "import", file)[1]
    back = tmp_path / "back.json"
    laptops("b", "export", 1, back, "--hand-over")
    edited(back, lambda case: case.update(advisor="佐藤"))
    edited(back, lambda case: case["expenses"].append({**CASE["expenses"][0], "label": "看板"}))
    code, out, _ = laptops("a", "import", back)
    assert code == 0
    assert "advisor" in out
    laptops("a", "export", 1, tmp_path / "end.json")
    end = json.loads((tmp_path / "end.json").read_text(encoding="utf-8"))
    assert end["advisor"] == "佐藤"
    assert [each["label"] for each in end["expenses"]] == ["NC旋盤", "看板"]
    assert len(laptops("a", "list")[1].splitlines()) == 1


def test_what_both_changed_is_listed_and_waits_for_a_word(laptops, case, tmp_path):
    laptops("a", "import", case)
    file = tmp_path / "over.json"
    laptops("a", "export", 1, file, "--hand-over")
    laptops("b", "import", file)
    edited(file, lambda case: case.update(title="甲の題"))
    laptops("a", "import", file)
    edited(file, lambda case: case.update(title="乙の題"))
    code, out, err = laptops("a", "import", file)
    assert (code, out) == (2, "")
    for words in ("title", "甲の題", "乙の題", "--prefer"):
        assert words in err
    assert "甲の題" in laptops("a", "list")[1]
    assert "こちらの値" in laptops("a", "import", file, "--prefer", "mine")[1]
    assert "甲の題" in laptops("a", "list")[1]
    edited(file, lambda case: case.update(title="丙の題"))
    assert laptops("a", "import", file, "--prefer", "theirs")[0] == 0
    assert "丙の題" in laptops("a", "list")[1]


def test_a_travelling_file_may_have_a_passphrase(laptops, case, written, tmp_path, monkeypatch):
    laptops("a", "import", case)
    folder = tmp_path / "stick"
    folder.mkdir()
    file = folder / "over"
    code, _, _ = laptops(
        "a", "export", 1, file, "--hand-over", "--encrypt", "--new-passphrase-file", written
    )
    assert code == 0
    assert spoken_words_in(folder) == []
    assert [each.name for each in folder.iterdir()] == ["over"]
    assert "合言葉が付いています" in laptops("b", "import", file)[2]
    assert laptops("b", "import", file, "--file-passphrase-file", written)[0] == 0
    monkeypatch.setenv("MICHISHIRUBE_FILE_PASSPHRASE", "違う合言葉です")
    assert "合言葉が違う" in laptops("c", "import", file)[2]
    monkeypatch.delenv("MICHISHIRUBE_FILE_PASSPHRASE")
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda prompt: PASSPHRASE)
    assert laptops("c", "import", file)[0] == 0
    data = bytearray(file.read_bytes())
    data[5000] ^= 1
    file.write_bytes(data)
    assert laptops("d", "import", file)[0] == 3


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"identity": "x", "bases": []}, "hand_over.identity"),
        ({"identity": "ab" * 16}, "hand_over.bases"),
        ({"identity": "ab" * 16, "bases": ["x"]}, "hand_over.bases[0]"),
        ({"identity": "ab" * 16, "bases": [], "more": 1}, "hand_over.more"),
        ([], "hand_over"),
    ],
)
def test_a_file_that_was_tampered_with_is_refused(laptops, tmp_path, given, path):
    file = tmp_path / "over.json"
    file.write_text(json.dumps({**CASE, "hand_over": given}))
    code, _, err = laptops("a", "import", file)
    assert code == 2
    assert path in err


# ---------------------------------------------------------------- codes


@pytest.fixture
def printed_codes(tmp_path, catalog):
    """Return a PDF and a photograph of the codes of a case that takes two of them."""
    expenses = tuple(
        Expense(f"設備 {number * 7919 % 1013}", "equipment", number**5, TaxMode.NONE)
        for number in range(1, 70)
    )
    case = Consultation(answers={"applicant.regular_employees": 18}, expenses=expenses)
    codes = answer_codes(case, catalog)
    assert len(codes) == 2
    file, side = tmp_path / "copy.pdf", 120
    canvas = Canvas(str(file), pagesize=(595, 842))
    for index, code in enumerate(codes):
        widget = QrCodeWidget(code, barLevel="M")
        left, bottom, right, top = widget.getBounds()
        scale = [side / (right - left), 0, 0, side / (top - bottom), 0, 0]
        drawing = Drawing(side, side, transform=scale)
        drawing.add(widget)
        drawing.drawOn(canvas, 60 + 200 * index, 500)
    canvas.save()
    photo = tmp_path / "photo.jpg"
    with pypdfium2.PdfDocument(file) as document:
        page = document[0].render(scale=150 / 72).to_pil()
    page.rotate(3, fillcolor="white", expand=True).convert("RGB").save(photo, quality=60)
    return file, photo


def test_codes_are_read_from_a_pdf_and_from_a_photograph(run, printed_codes, tmp_path):
    for number, file in enumerate(printed_codes, start=1):
        assert f"番号 {number}" in run("read-code", file)[1]
        run("export", number, tmp_path / f"{number}.json")
    one, other = ((tmp_path / f"{n}.json").read_text(encoding="utf-8") for n in (1, 2))
    assert one == other
    assert len(json.loads(one)["expenses"]) == 69


def test_pictures_without_codes_are_told(run, tmp_path):
    files = {"none.png": None, "text.png": b"hello", "bad.pdf": b"%PDF-1.4 broken", "cut.jpg": b""}
    for name, content in files.items():
        if content is not None:
            (tmp_path / name).write_bytes(content)
        code, _, err = run("read-code", tmp_path / name)
        assert code == 2
        assert name in err
    Image.new("L", (200, 200), 255).save(tmp_path / "white.png")
    assert "見つかりません" in run("read-code", tmp_path / "white.png")[2]
    Image.new("1", (13_000, 10)).save(tmp_path / "wide.png")
    assert "大きすぎます" in run("read-code", tmp_path / "wide.png")[2]
