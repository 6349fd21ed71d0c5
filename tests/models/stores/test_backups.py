"""Backups are made, checked and let go by themselves; a restore loses nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
from datetime import date, datetime, timedelta

import pytest

from models.stores import backups, cipher
from models.stores.backups import TERM, Backup, backup_name, backups_in, superfluous
from models.stores.consultation_store import FILE_NAME
from models.stores.store_care import restore
from models.stores.store_errors import (
    DamagedStoreError,
    PassphraseNeededError,
    WrongPassphraseError,
)
from models.stores.store_file import SCHEMA_VERSION
from models.stores.store_settings import StoreSettings, read_settings, write_settings
from tests.models.stores.store_cases import (
    CASE,
    PASSPHRASE,
    Clock,
    fill,
    is_private,
    opened,
    refused,
    spoken_words_in,
)

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch):
    monkeypatch.setattr(cipher, "KDF_ROUNDS", 1000)


@pytest.fixture
def stick(tmp_path):
    """Return a stick that the settings of the store in `data` name."""
    folder = tmp_path / "stick"
    folder.mkdir()
    write_settings(tmp_path / "data", StoreSettings("a1b2c3d4", str(folder)))
    return folder


def names(folder):
    return sorted(file.name for file in folder.iterdir())


# ---------------------------------------------------------------- the daily ones


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_the_first_start_of_a_day_makes_a_backup_in_both_places(
    tmp_path, stick, catalog, passphrase
):
    clock = Clock()
    with opened(tmp_path / "data", passphrase, clock) as store:
        key, held = fill(store)
        outcomes = store.back_up_if_due()
        assert [outcome.problem for outcome in outcomes] == ["", ""]
        assert store.back_up_if_due() == ()
        clock.now += DAY
        assert len(store.back_up_if_due()) == 2
    for folder in (tmp_path / "data/backups", stick / "michishirube-backups-a1b2c3d4"):
        newest, oldest = backups_in(folder)
        assert newest.made_at.date() - oldest.made_at.date() == DAY
        assert is_private(newest.file)
        shutil.copy(newest.file, tmp_path / FILE_NAME)
        with opened(tmp_path, passphrase) as copy:
            assert copy.load(key, catalog) == held
    if passphrase:
        assert spoken_words_in(tmp_path) == []


def test_a_stick_that_is_not_there_is_told_and_made_up_for(tmp_path, stick):
    stick.rmdir()
    with opened(tmp_path / "data") as store:
        own, other = store.back_up_if_due()
        assert own.problem == ""
        assert str(stick) in other.problem
        assert not stick.exists()
        stick.mkdir()
        (made_up,) = store.back_up_if_due()
        assert made_up.problem == ""


def test_a_reader_makes_no_backup(tmp_path):
    with opened(tmp_path), opened(tmp_path) as second:
        assert second.is_read_only
        assert second.back_up_if_due() == ()


def test_a_damaged_store_takes_no_backups_place(tmp_path):
    with opened(tmp_path) as store:
        fill(store)
        store.back_up_if_due()
        store._connection.execute("UPDATE consultation SET checksum = 'x'")
        store._clock.now += DAY
        refused(store.back_up_if_due, DamagedStoreError)
    assert len(names(tmp_path / "backups")) == 1


def test_a_copy_that_the_disk_spoils_is_not_kept(tmp_path, monkeypatch):
    with opened(tmp_path) as store:
        fill(store)
        monkeypatch.setattr(backups, "hash_from_disk", lambda file: "other")
        refused(store.back_up_if_due, DamagedStoreError)
    assert names(tmp_path / "backups") == []


def test_what_a_kill_left_among_the_backups_is_cleared_away(tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "consultations-20210401-000000.sqlite.new").write_bytes(b"half")
    with opened(tmp_path) as store:
        fill(store)
        store.back_up(folder / "consultations-20210402-000000.sqlite.old")
        store.back_up_if_due()
    assert [name for name in names(folder) if not name.endswith(".sqlite")] == []
    assert len(names(folder)) == 2


# ---------------------------------------------------------------- which ones stay


def made(days_ago, reason="", today=date(2021, 4, 20)):
    moment = datetime(today.year, today.month, today.day, 9) - timedelta(days=days_ago)  # noqa: DTZ001
    return Backup(backup_name(moment, reason), moment, reason)


def days_left(backups, today=date(2021, 4, 20)):
    gone = superfluous(backups, today)
    return [(today - each.made_at.date()).days for each in backups if each not in gone]


def test_a_week_of_days_and_four_of_weeks_stay():
    left = days_left([made(age) for age in range(60)])
    assert left[:7] == list(range(7))
    assert 4 <= len(left[7:]) <= 5
    assert max(left) < TERM.days


def test_nothing_older_than_the_term_stays_after_a_new_one():
    assert days_left([made(0), made(36), made(400)]) == [0]
    assert days_left([made(36), made(400)]) == [36]


def test_each_day_keeps_what_it_will_need():
    """Made and rotated day after day, there are always a week of days and weeks behind them."""
    held = []
    for day in range(120):
        today = date(2021, 1, 1) + timedelta(days=day)
        held.append(made(0, today=today))
        gone = superfluous(held, today)
        held = [each for each in held if each not in gone]
        ages = sorted((today - each.made_at.date()).days for each in held)
        if day > 40:
            assert ages[:7] == list(range(7))
            assert ages[-1] >= 21
            assert len(ages) <= 12


def test_what_was_set_aside_stays_for_the_term():
    assert days_left([made(0), made(34, "replaced"), made(36, "replaced")]) == [0, 34]


def test_other_files_are_nobodys_business(tmp_path):
    for name in ("notes.txt", "consultations-20210230-000000.sqlite", "consultations.sqlite"):
        (tmp_path / name).write_text("")
    assert backups_in(tmp_path) == ()
    assert backups_in(tmp_path / "none") == ()


# ---------------------------------------------------------------- by hand, and back


def test_a_backup_by_hand_is_never_half_written(tmp_path, monkeypatch):
    target = tmp_path / "控え.sqlite"
    with opened(tmp_path / "data") as store:
        fill(store)
        store.back_up(target)
        good = target.read_bytes()
        monkeypatch.setattr(os, "fsync", full_disk)
        assert "フォルダー" in refused(lambda: store.back_up(target)).message
        monkeypatch.undo()
        assert target.read_bytes() == good
        refused(lambda: store.back_up(tmp_path / "none" / "x"))
        refused(lambda: store.back_up(tmp_path / "data" / FILE_NAME))
    assert sorted(names(tmp_path)) == ["data", "控え.sqlite"]


def full_disk(*_):
    raise OSError(28, "No space left on device")


def test_a_restore_sets_the_present_store_aside(tmp_path, catalog):
    with opened(tmp_path / "data") as store:
        fill(store)
        store.back_up(tmp_path / "copy")
        store.create(CASE)
    count, aside = restore(tmp_path / "data", tmp_path / "copy", Clock(), None)
    assert count == 1
    assert (tmp_path / "copy").exists()
    with opened(tmp_path / "data") as store:
        assert len(store.list()) == 1
    assert restore(tmp_path / "data", aside, Clock(), None)[0] == 2
    with opened(tmp_path / "data") as store:
        assert len(store.list()) == 2
    assert len(backups_in(tmp_path / "data/backups")) == 2


def test_two_restores_in_one_second_keep_both_former_stores(tmp_path):
    with opened(tmp_path / "data") as store:
        store.back_up(tmp_path / "copy")
    clock = Clock(step=timedelta(0))
    asides = {restore(tmp_path / "data", tmp_path / "copy", clock, None)[1] for _ in range(3)}
    assert all(aside.exists() for aside in asides)
    assert len(asides) == 3


def test_a_restore_needs_the_passphrase_of_the_backup(tmp_path):
    with opened(tmp_path / "data", PASSPHRASE) as store:
        store.back_up(tmp_path / "copy")
    new = tmp_path / "new"
    refused(lambda: restore(new, tmp_path / "copy", Clock(), None), PassphraseNeededError)
    refused(lambda: restore(new, tmp_path / "copy", Clock(), "違う合言葉"), WrongPassphraseError)
    assert restore(new, tmp_path / "copy", Clock(), PASSPHRASE) == (0, None)
    with opened(new, PASSPHRASE) as store:
        assert store.is_encrypted


def test_what_is_no_backup_is_refused(tmp_path):
    with opened(tmp_path / "data") as store:
        fill(store)
        store.back_up(tmp_path / "copy")
    before = (tmp_path / "data" / FILE_NAME).read_bytes()
    refused(lambda: restore(tmp_path / "data", tmp_path / "none", Clock(), None))
    (tmp_path / "text").write_text("hello" * 2000)
    refused(lambda: restore(tmp_path / "data", tmp_path / "text", Clock(), None))
    connection = sqlite3.connect(tmp_path / "copy")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    newer = refused(lambda: restore(tmp_path / "data", tmp_path / "copy", Clock(), None))
    assert "新しい" in newer.message
    with opened(tmp_path / "data"):
        refused(lambda: restore(tmp_path / "data", tmp_path / "copy", Clock(), None))
    assert (tmp_path / "data" / FILE_NAME).read_bytes() == before


def test_a_journal_of_the_former_store_never_meets_the_new_one(tmp_path):
    with opened(tmp_path / "data") as store:
        fill(store)
        store.back_up(tmp_path / "copy")
    (tmp_path / "data" / f"{FILE_NAME}-journal").write_bytes(b"\xd9\xd5\x05\xf9 of another store")
    _, aside = restore(tmp_path / "data", tmp_path / "copy", Clock(), None)
    assert not (tmp_path / "data" / f"{FILE_NAME}-journal").exists()
    assert aside.with_name(f"{aside.name}-journal").exists()


# ---------------------------------------------------------------- with a passphrase


def test_backups_follow_the_passphrase(tmp_path, stick):
    with opened(tmp_path / "data") as store:
        fill(store)
        store.back_up_if_due()
        assert spoken_words_in(tmp_path)
        assert store.set_passphrase(PASSPHRASE) == ()
        assert spoken_words_in(tmp_path) == []
        assert store.set_passphrase("もうひとつの合言葉") == ()
        store._clock.now += DAY
        store.back_up_if_due()
    for backup in backups_in(tmp_path / "data/backups"):
        assert restore(tmp_path / "new", backup.file, Clock(), "もうひとつの合言葉")[0] == 1


def test_backups_on_a_stick_follow_when_it_comes_back(tmp_path, stick):
    with opened(tmp_path / "data") as store:
        fill(store)
        store.back_up_if_due()
        stick.rename(tmp_path / "away")
        store.set_passphrase(PASSPHRASE)
        (tmp_path / "away").rename(stick)
        assert spoken_words_in(stick)
        store._clock.now += DAY
        store.back_up_if_due()
    assert spoken_words_in(tmp_path) == []


def test_backups_that_cannot_follow_are_named(tmp_path):
    with opened(tmp_path / "data") as store:
        fill(store)
        store.back_up_if_due()
        bad = tmp_path / "data/backups" / backup_name(datetime(2021, 4, 1))  # noqa: DTZ001
        bad.write_bytes(b"SQLite format 3\0" + bytes(5000))
        assert store.set_passphrase(PASSPHRASE) == (bad,)
    shutil.copy(backups_in(tmp_path / "data/backups")[0].file, bad)
    with opened(tmp_path / "data", PASSPHRASE) as store:
        store.remove_passphrase()
        store.set_passphrase(PASSPHRASE)
        assert store.set_passphrase("もうひとつの合言葉") == ()


# ---------------------------------------------------------------- settings


def test_settings_come_back(tmp_path):
    settings = StoreSettings("abc", str(tmp_path / "控え"), 0)
    write_settings(tmp_path, settings)
    assert read_settings(tmp_path) == settings
    assert settings.second_folder == tmp_path / "控え" / "michishirube-backups-abc"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"installation": "../x", "backup_folder": "relative", "lock_minutes": true}',
        '{"lock_minutes": -1, "backup_folder": 5}',
        "[" * 100_000,
    ],
)
def test_broken_settings_are_those_of_a_new_machine(tmp_path, text):
    (tmp_path / "store-settings.json").write_text(text)
    found = read_settings(tmp_path)
    assert len(found.installation) == 8
    assert found == StoreSettings(found.installation)
    assert found.second_folder is None
