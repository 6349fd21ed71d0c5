"""Whatever a damaged store still holds is taken out, and nothing that is not whole."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from models.stores import cipher
from models.stores.carving import carve
from models.stores.consultation_store import FILE_NAME
from models.stores.salvage import salvage
from models.stores.salvage_beside import write_beside
from models.stores.store_care import examine_damage, restore
from models.stores.store_errors import DamagedStoreError
from models.values.consultation import Consultation
from models.values.sheet_settings import NextAppointment, SheetSettings
from tests.models.stores.store_cases import (
    CASE,
    PASSPHRASE,
    START,
    Clock,
    change,
    opened,
    refused,
    spoken_words_in,
)

PAGE = 4096
MANY = 40


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch):
    monkeypatch.setattr(cipher, "KDF_ROUNDS", 1000)


def full(folder, passphrase=None):
    """Make a store of many consultations with steps and a print; return what it holds."""
    with opened(folder, passphrase) as store:
        held = {}
        for number in range(1, MANY + 1):
            first = replace(CASE, notes=f"{number} の相談" * 400)
            key = store.create(first)
            one = change(store, key, first, replace(first, title=f"その{number}"), "題")
            held[key] = change(store, key, one, replace(one, office="拠点"), "拠点")
        store.keep_print(3, b"%PDF" * 3000, '{"results": []}', "hash", START)
        store.archive(2)
    return held


def recovered(target, catalog, passphrase=None):
    """Return what a salvaged file holds, opened as a store."""
    folder = target.parent / "opened"
    restore(folder, target, Clock(), passphrase)
    with opened(folder, passphrase) as store:
        return {each.id: store.load(each.id, catalog) for each in store.list(archived=None)}


def spoil(file, page, content=None):
    data = bytearray(file.read_bytes())
    data[page * PAGE : (page + 1) * PAGE] = content or random.Random(page).randbytes(PAGE)  # noqa: S311
    file.write_bytes(data)


def test_a_sound_file_is_taken_whole(tmp_path, catalog):
    held = full(tmp_path)
    target = tmp_path / "out.sqlite"
    assert salvage(tmp_path / FILE_NAME, None, target, None) == MANY
    restore(tmp_path / "opened", target, Clock(), None)
    with opened(tmp_path / "opened") as store:
        assert {e.id: store.load(e.id, catalog) for e in store.list(archived=None)} == held
        assert [each.id for each in store.list(archived=True)] == [2]
        assert store.undo(5, catalog)[1].label == "拠点"
        assert store.undo(5, catalog)[1].label == "題"
        (printed,) = store.prints(3)
        assert store.print_pdf(printed.id) == b"%PDF" * 3000
        identity = "SELECT identity FROM consultation ORDER BY id"
        kept = store._connection.execute(identity).fetchall()
    with opened(tmp_path) as store:
        assert store._connection.execute(identity).fetchall() == kept
    assert not list(tmp_path.glob("*.work"))


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_every_page_may_be_lost_but_what_stood_on_it(tmp_path, catalog, passphrase):
    """Spoil one page after the other: only the consultations on it may be missing."""
    held = full(tmp_path / "data", passphrase)
    file = tmp_path / "data" / FILE_NAME
    sound = file.read_bytes()
    with opened(tmp_path / "data", passphrase) as store:
        key = store._key
        store.back_up(tmp_path / "backup")
    pages = len(sound) // PAGE
    for page in range(0, pages, max(1, pages // 8)):
        file.write_bytes(sound)
        spoil(file, page)
        target = tmp_path / "out.sqlite"
        target.unlink(missing_ok=True)
        count = salvage(file, key, target, tmp_path / "backup")
        assert count >= MANY - 5, page
        found = recovered(target, catalog, passphrase)
        assert len(found) == count
        assert found.items() <= held.items()


def test_a_lost_first_page_is_lent_by_a_backup(tmp_path, catalog):
    held = full(tmp_path / "data", PASSPHRASE)
    with opened(tmp_path / "data", PASSPHRASE) as store:
        store.back_up_if_due()
        changed = replace(held[1], title="あとで変えた")
        change(store, 1, held[1], changed)
    file = tmp_path / "data" / FILE_NAME
    spoil(file, 0)
    refused(lambda: opened(tmp_path / "data", PASSPHRASE), DamagedStoreError)
    damage = examine_damage(tmp_path / "data", Clock(), PASSPHRASE)
    assert damage.salvaged.count == MANY
    assert damage.backup.count == MANY
    assert spoken_words_in(tmp_path) == []
    assert recovered(damage.salvaged.file, catalog, PASSPHRASE)[1] == changed


def test_without_any_table_of_contents_rows_are_still_found(tmp_path, catalog):
    held = full(tmp_path)
    file = tmp_path / FILE_NAME
    spoil(file, 0, bytes(PAGE))
    for page in range(1, 4):
        spoil(file, page)
    count = salvage(file, None, tmp_path / "out.sqlite", None)
    assert count >= MANY - 5
    assert recovered(tmp_path / "out.sqlite", catalog).items() <= held.items()


@pytest.mark.parametrize(("kept", "fewest"), [(0.5, 8), (0.9, 20)])
def test_a_cut_file_gives_what_is_left(tmp_path, catalog, kept, fewest):
    held = full(tmp_path)
    file = tmp_path / FILE_NAME
    data = file.read_bytes()
    file.write_bytes(data[: int(len(data) * kept)])
    count = salvage(file, None, tmp_path / "out.sqlite", None)
    assert count >= fewest
    assert recovered(tmp_path / "out.sqlite", catalog).items() <= held.items()


def test_nothing_comes_of_nothing(tmp_path):
    for content in (b"", b"no store at all" * 1000, bytes(3 * PAGE)):
        (tmp_path / "bad").write_bytes(content)
        assert salvage(tmp_path / "bad", None, tmp_path / "out", None) == 0
        assert [file.name for file in tmp_path.iterdir()] == ["bad"]


def test_a_step_behind_a_gap_is_left_out(tmp_path, catalog):
    with opened(tmp_path) as store:
        key = store.create(CASE)
        held = CASE
        for number in range(6):
            held = change(store, key, held, replace(held, title=f"{number}"), f"{number}")
        store.undo(key, catalog)
        store._connection.execute("UPDATE undo_step SET checksum = 'x' WHERE position = 3")
    assert salvage(tmp_path / FILE_NAME, None, tmp_path / "out", None) == 1
    restore(tmp_path / "opened", tmp_path / "out", Clock(), None)
    with opened(tmp_path / "opened") as store:
        assert store.redo(key, catalog)[1].label == "5"
        labels = []
        while step := store.undo(key, catalog):
            labels.append(step[1].label)
        assert labels == ["5", "4", "3"]


def test_bytes_that_only_look_like_pages_are_no_rows():
    rng = random.Random(1)  # noqa: S311 - repeatable, not a secret
    for _ in range(300):
        page = bytearray(rng.randbytes(PAGE * 2))
        page[0] = page[100] = page[PAGE] = 13
        page[PAGE + 3 : PAGE + 5] = rng.randrange(400).to_bytes(2, "big")
        for rowid, values in carve(bytes(page)):
            assert isinstance(rowid, int)
            assert isinstance(values, list)


# ---------------------------------------------------------------- what is offered


def test_damage_is_examined_once_and_told(tmp_path, catalog):
    full(tmp_path)
    with opened(tmp_path) as store:
        store.back_up_if_due()
        store._clock.now += timedelta(days=1)
        store.delete(1)
        store.back_up_if_due()
    newest = sorted((tmp_path / "backups").iterdir())[-1]
    spoil(newest, 3)
    file = tmp_path / FILE_NAME
    spoil(file, 2)
    before = file.read_bytes()
    damage = examine_damage(tmp_path, Clock(), None)
    assert MANY - 5 <= damage.salvaged.count < MANY
    assert damage.backup.count == MANY
    for words in (str(damage.salvaged.file), str(damage.backup.file), "cases restore"):
        assert words in damage.text()
    assert examine_damage(tmp_path, Clock(), None).salvaged.file == damage.salvaged.file
    assert file.read_bytes() == before
    restore(tmp_path, damage.salvaged.file, Clock(), None)
    with opened(tmp_path) as store:
        assert len(store.list(archived=None)) == damage.salvaged.count


def test_damage_beyond_help_is_told_too(tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b"no store" * 100)
    damage = examine_damage(tmp_path, Clock(), None)
    assert (damage.salvaged, damage.backup) == (None, None)
    assert "ありませんでした" in damage.text()
    assert "見つかりませんでした" in damage.text()


def test_a_damaged_encrypted_store_needs_its_passphrase(tmp_path):
    full(tmp_path, PASSPHRASE)
    with opened(tmp_path, PASSPHRASE) as store:
        store.back_up_if_due()
    spoil(tmp_path / FILE_NAME, 5)
    assert examine_damage(tmp_path, Clock(), None).backup is None
    damage = examine_damage(tmp_path, Clock(), PASSPHRASE)
    assert damage.backup.count == MANY
    assert damage.salvaged.count >= MANY - 5
    assert spoken_words_in(tmp_path) == []


def test_an_empty_consultation_is_salvaged_as_well(tmp_path, catalog):
    with opened(tmp_path) as store:
        store.create(Consultation())
    assert salvage(tmp_path / FILE_NAME, None, tmp_path / "out", None) == 1
    assert recovered(tmp_path / "out", catalog) == {1: Consultation()}


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_a_backup_lends_its_first_page_and_nothing_else(tmp_path, catalog, passphrase):
    """What was deleted since the backup does not come back with it."""
    full(tmp_path / "data", passphrase)
    with opened(tmp_path / "data", passphrase) as store:
        store.back_up(tmp_path / "copy")
        key = store._key
        for number in range(1, 31):
            store.delete(number)
    file = tmp_path / "data" / FILE_NAME
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])
    spoil(file, 0)
    salvage(file, key, tmp_path / "out", tmp_path / "copy")
    if (tmp_path / "out").exists():
        assert min(recovered(tmp_path / "out", catalog, passphrase)) > 30


def test_what_stands_beside_the_consultations_is_taken_along(tmp_path, catalog):
    settings = SheetSettings(neutral_title=True, left_out=frozenset({"a/b"}))
    appointment = NextAppointment("12月1日 10時", "2020-12-01")
    with opened(tmp_path / "damaged") as store:
        for number in range(1, MANY + 1):
            store.create(replace(CASE, notes=f"{number} の相談" * 400))
        store.keep_typed_rows(3, {0: {2: "450"}})
        store.keep_sheet_settings(3, settings)
        store.keep_appointment(3, appointment)
        store.hand_over(3)
    file = tmp_path / "damaged" / FILE_NAME
    target = tmp_path / "salvaged.sqlite"
    assert salvage(file, None, target, None) == MANY
    recovered(target, catalog)
    with opened(tmp_path / "opened") as store:
        assert store.typed_rows(3) == {0: {2: "450"}}
        assert store.sheet_settings(3) == settings
        assert store.appointment(3) == appointment
        assert store.appointment(4) == NextAppointment()


def test_a_row_beside_that_no_store_could_hold_is_left(tmp_path):
    with opened(tmp_path) as store:
        store.create(CASE)
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    found = {
        "sheet_settings": {(1, "odd", 1, 1, 1, None, "none")},
        "next_appointment": {(1, "火曜日", None), (9, "だれもいない", None)},
        "typed_row": {(1, "x", 0, "450")},
    }
    write_beside(connection, found, {1})
    assert connection.execute("SELECT * FROM next_appointment").fetchall() == [(1, "火曜日", None)]
    assert connection.execute("SELECT count(*) FROM sheet_settings").fetchone() == (0,)
    assert connection.execute("SELECT count(*) FROM typed_row").fetchone() == (0,)
    connection.close()
