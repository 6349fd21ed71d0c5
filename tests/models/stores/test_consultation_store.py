"""The store keeps every acknowledged change, and says in Japanese when it cannot."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.stores import store_file
from models.stores.consultation_store import (
    FILE_NAME,
    KEPT_UNDO_STEPS,
    ConsultationStore,
)
from models.stores.data_folder import data_folder
from models.stores.store_lock import FolderLock
from models.values.case_file import read_case, write_case
from models.values.consultation import Consultation, Expense, TaxMode
from models.values.edits import edit_between
from models.values.problems import ExitCode, UserFacingError
from models.values.questions import RetiredQuestion
from models.values.sheet_settings import NextAppointment, SheetSettings
from tests.models.stores.store_cases import is_private
from tests.models.stores.writing_program import acknowledged_changes, start_writer

ROOT = Path(__file__).parents[3]
START = datetime(2021, 4, 20, 9, 0, tzinfo=UTC)
LATHE = Expense("NC旋盤", "equipment", 8_800_000, TaxMode.INCLUDED)
CASE = Consultation(
    title="第1回",
    consulted_on="2021-04-20",
    answers={"applicant.name": "山田製作所", "succession.role": None},
    expenses=(LATHE,),
)


class Clock:
    """A clock that goes on a minute whenever it is asked."""

    def __init__(self):
        self.now = START

    def __call__(self):
        self.now += timedelta(minutes=1)
        return self.now


def opened(folder, clock=None):
    return ConsultationStore.open(folder, clock or Clock(), "applicant.name")


@pytest.fixture
def store(tmp_path):
    with opened(tmp_path / "data") as made:
        yield made


def change(store, key, old, new, label="変えました"):
    edit = edit_between(old, new, label)
    store.commit(key, new, edit)
    return new


def refused(action):
    with pytest.raises(UserFacingError) as caught:
        action()
    assert caught.value.exit_code is ExitCode.UNUSABLE_STORE
    assert caught.value.advice
    return caught.value


def test_what_was_chosen_for_a_sheet_goes_with_the_consultation(tmp_path):
    with opened(tmp_path) as store:
        key, other = store.create(CASE), store.create(CASE)
        for each in (key, other):
            store.keep_sheet_settings(each, SheetSettings(left_out=frozenset({"極秘の枠"})))
            store.keep_appointment(each, NextAppointment("極秘の約束"))
        store.delete(key)
        assert store.sheet_settings(key) == SheetSettings()
        assert store.appointment(key) == NextAppointment()
        assert store.sheet_settings(other).left_out == {"極秘の枠"}
        store.delete(other)
    assert "極秘の".encode() not in (tmp_path / FILE_NAME).read_bytes()


def test_a_consultation_comes_back_as_it_was(store, catalog):
    key = store.create(CASE)
    assert store.load(key, catalog) == CASE
    assert store.document(key) == write_case(CASE)


def test_the_list_has_the_last_changed_first(store):
    first = store.create(CASE)
    second = store.create(Consultation())
    assert [(s.id, s.client_name, s.consulted_on, s.title) for s in store.list()] == [
        (second, "", None, ""),
        (first, "山田製作所", "2021-04-20", "第1回"),
    ]
    change(store, first, CASE, replace(CASE, title="第2回"))
    (top, _) = store.list()
    assert (top.id, top.title) == (first, "第2回")
    assert top.updated_at == START + timedelta(minutes=3)


def test_undo_and_redo_go_step_by_step(store, catalog):
    key = store.create(CASE)
    one = change(store, key, CASE, replace(CASE, title="第2回"), "題を変えました")
    two = change(store, key, one, one.with_answer("succession.role", "buyer"), "役割を答えました")
    assert (store.can_undo(key), store.can_redo(key)) == ("役割を答えました", None)
    consultation, edit = store.undo(key, catalog)
    assert (consultation, edit.path) == (one, "answers.succession.role")
    assert (store.can_undo(key), store.can_redo(key)) == ("題を変えました", "役割を答えました")
    assert store.undo(key, catalog)[0] == CASE
    assert store.undo(key, catalog) is None
    assert store.redo(key, catalog)[0] == one
    assert store.redo(key, catalog)[0] == two
    assert store.redo(key, catalog) is None
    assert store.load(key, catalog) == two


def test_a_new_change_cuts_what_was_undone(store, catalog):
    key = store.create(CASE)
    change(store, key, CASE, replace(CASE, title="第2回"))
    store.undo(key, catalog)
    change(store, key, CASE, replace(CASE, title="第3回"))
    assert store.can_redo(key) is None
    assert store.undo(key, catalog)[0] == CASE
    assert store.redo(key, catalog)[0].title == "第3回"


def test_the_last_steps_are_kept_even_after_a_restart(tmp_path, catalog):
    with opened(tmp_path) as store:
        key = store.create(CASE)
        held = CASE
        for number in range(KEPT_UNDO_STEPS + 5):
            held = change(store, key, held, replace(held, title=f"{number}"), f"{number}")
    with opened(tmp_path) as store:
        assert store.can_undo(key) == str(KEPT_UNDO_STEPS + 4)
        count = 0
        while store.undo(key, catalog):
            count += 1
        assert count == KEPT_UNDO_STEPS
        assert store.load(key, catalog).title == "4"
        assert store.can_redo(key) == "5"


def test_the_name_in_the_list_follows_undo(store, catalog):
    key = store.create(CASE)
    change(store, key, CASE, CASE.with_answer("applicant.name", "山本商店"))
    assert store.list()[0].client_name == "山本商店"
    store.undo(key, catalog)
    assert store.list()[0].client_name == "山田製作所"


def test_undo_crosses_an_edition_that_retired_a_question(store, catalog):
    key = store.create(CASE)
    changed = CASE.with_answer("succession.closes_business", True)
    change(store, key, CASE, changed)
    change(store, key, changed, CASE.with_answer("succession.closes_business", False))
    questions = {k: v for k, v in catalog.questions.items() if k != "succession.closes_business"}
    retired = {"succession.closes_business": RetiredQuestion("succession.closes_business", "廃業")}
    later = replace(catalog, questions=questions, retired=retired)
    assert store.load(key, later).ignored_answers == {"succession.closes_business": False}
    undone, _ = store.undo(key, later)
    assert undone.ignored_answers == {"succession.closes_business": True}
    assert store.undo(key, later)[0].ignored_answers == {}


def test_a_copy_is_a_consultation_of_its_own(store, catalog):
    key = store.create(CASE)
    change(store, key, CASE, replace(CASE, title="第2回"))
    copy = store.duplicate(key)
    assert copy != key
    assert store.load(copy, catalog) == store.load(key, catalog)
    assert store.can_undo(copy) is None
    assert {each.client_name for each in store.list()} == {"山田製作所"}


def test_what_is_deleted_leaves_no_trace_in_the_file(tmp_path, catalog):
    hidden = "極秘の取引先"
    with opened(tmp_path) as store:
        kept = store.create(CASE)
        key = store.create(replace(CASE, notes=hidden * 500))
        change(store, key, replace(CASE, notes=hidden * 500), replace(CASE, notes=hidden))
        store.delete(key)
        assert [each.id for each in store.list()] == [kept]
        assert store.can_undo(key) is None
    for file in tmp_path.iterdir():
        assert hidden.encode() not in file.read_bytes()


@pytest.mark.parametrize("method", ["document", "delete", "duplicate"])
def test_an_unknown_number_is_told(store, method):
    with pytest.raises(UserFacingError, match="番号 99") as caught:
        getattr(store, method)(99)
    assert caught.value.exit_code is ExitCode.BAD_INPUT
    edit = edit_between(CASE, replace(CASE, title="x"), "x")
    with pytest.raises(UserFacingError, match="番号 99"):
        store.commit(99, CASE, edit)
    assert store.undo(99, None) is None


def test_the_file_is_private_and_safe_to_copy(store, tmp_path):
    store.create(CASE)
    file = tmp_path / "data" / FILE_NAME
    assert is_private(file)
    assert is_private(file.parent)
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    tables = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
    ours = [sql for name, sql in tables if not name.startswith(("sqlite_", "_sqlite"))]
    assert ours
    assert all(sql.rstrip().endswith("STRICT") for sql in ours)
    connection.close()
    assert store._connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert store._connection.execute("PRAGMA secure_delete").fetchone() == (1,)


def test_a_second_program_may_look_but_not_write(tmp_path, catalog):
    with opened(tmp_path) as first:
        key = first.create(CASE)
        with opened(tmp_path) as second:
            assert not first.is_read_only
            assert second.is_read_only
            assert second.load(key, catalog) == CASE
            change(first, key, CASE, replace(CASE, title="第2回"))
            assert second.list()[0].title == "第2回"
            for write in (
                lambda: second.create(CASE),
                lambda: second.delete(key),
                lambda: second.duplicate(key),
                lambda: second.undo(key, catalog),
            ):
                assert "別の みちしるべ" in refused(write).message
    with opened(tmp_path) as third:
        assert not third.is_read_only


def test_a_lock_left_by_a_killed_program_holds_nobody_up(tmp_path):
    script = (
        "import os, sys; from pathlib import Path; from datetime import datetime, UTC;"
        "from models.stores.consultation_store import ConsultationStore as S;"
        "s = S.open(Path(sys.argv[1]), lambda: datetime.now(UTC), '');"
        "os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, check=False)
    assert abs(done.returncode) == 9  # Windows knows no signals: it ended with 9
    with opened(tmp_path) as store:
        assert not store.is_read_only


# ---------------------------------------------------------------- what goes wrong


def test_a_folder_that_is_a_file_is_told(tmp_path):
    (tmp_path / "data").write_text("")
    assert "フォルダー" in refused(lambda: opened(tmp_path / "data")).message


@pytest.mark.skipif(not Path("/proc").exists(), reason="no folder that root cannot write")
def test_a_folder_that_cannot_be_written_is_told():
    error = refused(lambda: opened(Path("/proc/michishirube")))
    assert "--data-dir" in error.advice


def test_a_store_of_a_newer_program_is_left_alone(tmp_path):
    with opened(tmp_path) as store:
        store.create(CASE)
    file = tmp_path / FILE_NAME
    connection = sqlite3.connect(file)
    connection.execute(f"PRAGMA user_version = {store_file.SCHEMA_VERSION + 1}")
    connection.close()
    before = file.read_bytes()
    assert "もっと新しい" in refused(lambda: opened(tmp_path)).message
    assert file.read_bytes() == before


@pytest.mark.parametrize("kept", [0, 1, 50, 99, 100, 4096, 5000, -4096, -1])
def test_a_truncated_store_is_told_and_left_alone(tmp_path, kept):
    with opened(tmp_path) as store:
        for _ in range(20):
            store.create(replace(CASE, notes="メモ" * 500))
    file = tmp_path / FILE_NAME
    data = file.read_bytes()[:kept]
    file.write_bytes(data)
    assert "壊れて" in refused(lambda: opened(tmp_path)).message
    assert file.read_bytes() == data
    assert {each.name for each in tmp_path.iterdir()} <= {FILE_NAME, "consultations.lock"}


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\0"])
def test_another_file_in_its_place_is_told_and_left_alone(tmp_path, content):
    file = tmp_path / FILE_NAME
    file.write_bytes(content)
    refused(lambda: opened(tmp_path))
    assert file.read_bytes() == content


def test_a_database_of_another_program_is_told(tmp_path):
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("CREATE TABLE a (b)")
    connection.close()
    refused(lambda: opened(tmp_path))


def test_flipped_bits_never_give_back_other_figures(tmp_path, catalog):
    """Whatever one bit does, a consultation is right, or the damage is told."""
    with opened(tmp_path) as store:
        key = store.create(CASE)
        held = change(store, key, CASE, replace(CASE, title="第2回"))
        for number in range(3):
            store.create(replace(CASE, notes=f"{number}" * 2000))
    file = tmp_path / FILE_NAME
    sound = file.read_bytes()
    rng = random.Random(7)  # noqa: S311 - repeatable, not a secret
    told = 0
    for _ in range(300):
        place = rng.randrange(len(sound) * 8)
        data = bytearray(sound)
        data[place // 8] ^= 1 << place % 8
        file.write_bytes(data)
        try:
            with opened(tmp_path) as store:
                assert store.load(key, catalog) == held
                undone = store.undo(key, catalog)
                assert undone is None or undone[0] == CASE
        except UserFacingError as error:
            told += error.exit_code is ExitCode.UNUSABLE_STORE
        for copy in tmp_path.glob("*version*"):
            copy.unlink()
    assert told


def test_a_full_disk_is_told_and_loses_nothing(tmp_path, catalog):
    store = opened(tmp_path)
    key = store.create(CASE)
    (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
    store._connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    long = replace(CASE, notes="長い" * 5000)
    error = refused(lambda: change(store, key, CASE, long))
    assert "空きがなくなり" in error.message
    assert store.load(key, catalog) == CASE
    assert store.can_undo(key) is None
    store._connection.execute("PRAGMA max_page_count = 1000000")
    change(store, key, CASE, long)
    store.close()
    with opened(tmp_path) as again:
        assert again.load(key, catalog) == long


def test_a_file_that_may_not_grow_is_told(tmp_path, catalog):
    store = opened(tmp_path)
    key = store.create(CASE)
    size = (tmp_path / FILE_NAME).stat().st_size
    resource = pytest.importorskip("resource")  # Windows has no such limits
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        refused(lambda: change(store, key, CASE, replace(CASE, notes="長い" * 50_000)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert store.load(key, catalog) == CASE
    store.close()


def test_a_store_locked_by_a_foreign_program_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(store_file, "BUSY_SECONDS", 0.01)
    with opened(tmp_path) as store:
        foreign = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
        foreign.execute("BEGIN EXCLUSIVE")
        assert "別のプログラム" in refused(lambda: store.create(CASE)).message
        foreign.execute("ROLLBACK")
        foreign.close()
        store.create(CASE)


def test_a_first_start_that_was_killed_is_begun_again(tmp_path):
    (tmp_path / f"{FILE_NAME}.new").write_bytes(b"half a store")
    with opened(tmp_path) as store:
        store.create(CASE)
    assert not (tmp_path / f"{FILE_NAME}.new").exists()


# ---------------------------------------------------------------- kills and start-up


def test_a_kill_loses_no_acknowledged_change(tmp_path, catalog):
    rng = random.Random(7)  # noqa: S311 - repeatable, not a secret
    for _ in range(20):
        acknowledged = acknowledged_changes(start_writer(tmp_path), rng.uniform(0, 0.03))
        with opened(tmp_path) as store:
            (only,) = store.list()
            assert int(only.title) >= acknowledged
            assert store.load(only.id, catalog).title == only.title
            assert store.can_undo(only.id) == only.title


def test_opening_a_current_store_imports_nothing_heavy(tmp_path):
    opened(tmp_path).close()
    script = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC;"
        "from models.stores.consultation_store import ConsultationStore as S;"
        "S.open(Path(sys.argv[1]), lambda: datetime.now(UTC), '').close();"
        "heavy = {'sqlite_utils', 'platformdirs', 'PySide6', 'reportlab', 'yaml', 'pydantic'};"
        "print(*heavy & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == []


def test_the_folder_is_the_option_or_the_environment_or_the_platforms(tmp_path):
    environment = {"MICHISHIRUBE_DATA_DIR": str(tmp_path / "環境")}
    assert data_folder(tmp_path / "a", environment) == tmp_path / "a"
    assert data_folder(None, environment) == tmp_path / "環境"
    assert data_folder(None, {}).name == "michishirube"


def test_a_folder_with_any_name_can_be_used(tmp_path, catalog):
    name = "相談 #1 x=%20" if os.name == "nt" else "相談 #1 ?x=%20"
    with opened(tmp_path / name) as store:
        key = store.create(CASE)
        assert store.load(key, catalog) == CASE
    assert read_case(write_case(CASE).encode(), catalog, "x") == CASE
    shutil.rmtree(tmp_path)


def tampered(folder, statement):
    connection = sqlite3.connect(folder / FILE_NAME)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_step_that_does_not_fit_leaves_the_consultation_usable(tmp_path, catalog):
    with opened(tmp_path) as store:
        key = store.create(CASE)
        new = change(store, key, CASE, replace(CASE, title="第2回"))
        other = edit_between(replace(CASE, title="別"), replace(CASE, title="題"), "別の題")
        store.commit(key, new, other)
        assert "元に戻す記録" in refused(lambda: store.undo(key, catalog)).message
        assert store.load(key, catalog) == new


@pytest.mark.parametrize(
    ("statement", "action"),
    [
        ("UPDATE consultation SET document = replace(document, '88', '89')", "load"),
        ("UPDATE undo_step SET before = '[\"他\"]'", "undo"),
    ],
)
def test_text_that_changed_on_the_disk_is_told(statement, action, tmp_path, catalog):
    with opened(tmp_path) as store:
        key = store.create(CASE)
        change(store, key, CASE, replace(CASE, title="第2回"))
    tampered(tmp_path, statement)
    with opened(tmp_path) as store:
        assert "壊れて" in refused(lambda: getattr(store, action)(key, catalog)).message


def test_a_second_program_waits_while_the_first_makes_the_store(tmp_path):
    lock = FolderLock(tmp_path / "consultations.lock")
    assert lock.take()
    assert "準備" in refused(lambda: opened(tmp_path)).message
    lock.release()
    opened(tmp_path).close()
