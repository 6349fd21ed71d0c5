"""A store of every earlier version opens, keeps what it held, and is copied first.

For a new migration: add the store of the version before it to tests/old_databases/ and a row to
`CHECKED`, which says what the migration must have done.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlite_utils
from sqlite_utils.migrations import Migrations

from models.stores import migrations, store_file
from models.stores.consultation_store import FILE_NAME, ConsultationStore
from models.values.problems import ExitCode, UserFacingError
from models.values.sheet_settings import NextAppointment, SheetSettings
from models.values.text import search_key

OLD = Path(__file__).parents[2] / "old_databases"
NOW = datetime(2021, 5, 1, tzinfo=UTC)


def version_file(version):
    return OLD / f"consultations-v{version}.sqlite"


def put(version, folder):
    folder.mkdir(exist_ok=True)
    shutil.copy(version_file(version), folder / FILE_NAME)
    return folder / FILE_NAME


def opened(folder):
    return ConsultationStore.open(folder, lambda: NOW, "applicant.name")


def check_first_tables(store, catalog):
    (summary,) = store.list()
    assert (summary.client_name, summary.title) == ("山田製作所", "第2回")
    assert summary.consulted_on == "2021-04-20"
    assert store.load(summary.id, catalog).expenses[0].amount == 8_800_000
    assert store.can_undo(summary.id) == "題を変えました"
    assert store.undo(summary.id, catalog)[0].title == "第1回"
    assert store.redo(summary.id, catalog)[0].title == "第2回"


def check_list_and_identity(store, catalog):
    (summary,) = store.list("製作所 山田")
    assert not summary.is_archived
    assert store.list("２０２１-04") == (summary,)
    assert store.list("山本") == ()
    row = "SELECT identity, search_text FROM consultation"
    identity, text = store._connection.execute(row).fetchone()
    assert re.fullmatch("[0-9a-f]{32}", identity)
    assert text == search_key(text)
    for table in ("printed_sheet", "hand_over"):
        query = f"SELECT count(*) FROM {table}"  # noqa: S608 - our own names
        assert store._connection.execute(query).fetchone() == (0,)


def check_typed_rows(store, catalog):
    (summary,) = store.list()
    store.keep_typed_rows(summary.id, {0: {0: "まだ途中"}, 3: {2: "abc"}})
    store.keep_typed_rows(summary.id, {1: {-1: "", 0: "店の片付け"}})
    assert store.typed_rows(summary.id) == {1: {-1: "", 0: "店の片付け"}}
    store.keep_typed_rows(summary.id, {})
    assert store.typed_rows(summary.id) == {}
    assert store.load(summary.id, catalog).expenses


def check_sheet_settings(store, catalog):
    (summary,) = store.list()
    assert store.appointment(summary.id) == NextAppointment()
    chosen = SheetSettings(
        "owner", False, True, False, frozenset({"a/b", "c"}), frozenset({"a/b"}), "c", "none"
    )
    assert store.sheet_settings(summary.id) == SheetSettings()
    store.keep_sheet_settings(summary.id, SheetSettings(left_out=frozenset({"x"})))
    store.keep_sheet_settings(summary.id, chosen)
    store.keep_appointment(summary.id, NextAppointment("来週", "2021-05-08"))
    assert store.sheet_settings(summary.id) == chosen
    assert store.appointment(summary.id) == NextAppointment("来週", "2021-05-08")
    store.keep_appointment(summary.id, NextAppointment())
    assert store.appointment(summary.id) == NextAppointment()


CHECKED = {
    "001_consultations_and_undo_steps": check_first_tables,
    "002_list_prints_and_hand_over": check_list_and_identity,
    "003_typed_rows": check_typed_rows,
    "004_sheet_settings_and_appointment": check_sheet_settings,
}


def names(steps):
    return [step.name for step in steps.pending(sqlite_utils.Database(memory=True))]


def test_every_migration_has_a_test_and_every_version_an_old_store():
    taken = names(migrations.steps)
    assert list(CHECKED) == taken
    assert len(taken) == store_file.SCHEMA_VERSION
    for version in range(1, store_file.SCHEMA_VERSION + 1):
        assert version_file(version).exists(), version


@pytest.mark.parametrize("version", range(1, store_file.SCHEMA_VERSION + 1))
def test_an_old_store_is_brought_up_to_date(version, tmp_path, catalog):
    put(version, tmp_path / "data")
    with opened(tmp_path / "data") as store:
        for check in CHECKED.values():
            check(store, catalog)


@pytest.mark.parametrize("version", range(1, store_file.SCHEMA_VERSION + 1))
def test_an_old_store_has_the_version_that_its_name_says(version):
    connection = sqlite3.connect(f"{version_file(version).as_uri()}?mode=ro", uri=True)
    assert connection.execute("PRAGMA user_version").fetchone() == (version,)
    connection.close()


@pytest.fixture
def next_version(monkeypatch):
    """Make the program one version newer; its last step fails while the list is not empty."""
    steps = Migrations("consultations")
    failing = []

    for step in migrations.steps.pending(sqlite_utils.Database(memory=True)):
        steps(name=step.name)(step.fn)

    @steps(name="next_step")
    def add_column(db):
        db.execute("ALTER TABLE consultation ADD COLUMN color TEXT")
        if failing:
            raise sqlite3.OperationalError("stopped half way")

    monkeypatch.setattr(migrations, "steps", steps)
    monkeypatch.setattr(store_file, "SCHEMA_VERSION", store_file.SCHEMA_VERSION + 1)
    return failing


def columns(file):
    connection = sqlite3.connect(file)
    found = [row[1] for row in connection.execute("PRAGMA table_info(consultation)")]
    connection.close()
    return found


def test_the_file_is_copied_before_a_step(next_version, tmp_path, catalog):
    version = store_file.SCHEMA_VERSION - 1
    file = put(version, tmp_path)
    before = file.read_bytes()
    with opened(tmp_path) as store:
        check_first_tables(store, catalog)
    (copy,) = (tmp_path / "backups").iterdir()
    assert copy.name == f"consultations-20210501-000000-version-{version}.sqlite"
    assert copy.read_bytes() == before
    assert "color" in columns(file)
    with opened(tmp_path) as store:
        assert len(store.list()) == 1


def test_a_step_that_fails_changes_nothing(next_version, tmp_path, catalog):
    file = put(store_file.SCHEMA_VERSION - 1, tmp_path)
    next_version.append(True)
    with pytest.raises(UserFacingError) as caught:
        opened(tmp_path)
    assert caught.value.exit_code is ExitCode.UNUSABLE_STORE
    assert "color" not in columns(file)
    next_version.clear()
    with opened(tmp_path) as store:
        check_first_tables(store, catalog)


def test_a_second_program_does_not_take_a_step(next_version, tmp_path, monkeypatch):
    put(store_file.SCHEMA_VERSION - 1, tmp_path)
    monkeypatch.setattr(store_file, "SCHEMA_VERSION", store_file.SCHEMA_VERSION - 1)
    with opened(tmp_path):
        monkeypatch.setattr(store_file, "SCHEMA_VERSION", store_file.SCHEMA_VERSION + 1)
        with pytest.raises(UserFacingError, match="別の みちしるべ"):
            opened(tmp_path)
