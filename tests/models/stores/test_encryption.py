"""With a passphrase nothing that a client said stands on the disk, and only it opens the store."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from models.stores import cipher, passphrase, rewriting, store_replacement
from models.stores.consultation_store import FILE_NAME
from models.stores.passphrase import ATTEMPTS_NAME, Attempts, passphrase_problem
from models.stores.store_errors import (
    DamagedStoreError,
    PassphraseNeededError,
    WrongPassphraseError,
)
from tests.models.stores.store_cases import (
    CASE,
    PASSPHRASE,
    SPOKEN,
    Clock,
    change,
    fill,
    opened,
    refused,
    spoken_words_in,
)

ROOT = Path(__file__).parents[3]
REAL_ROUNDS = cipher.KDF_ROUNDS
OTHER = "べつの合言葉です"


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch):
    monkeypatch.setattr(cipher, "KDF_ROUNDS", 1000)


@pytest.fixture
def folder(tmp_path):
    """Return a folder with an encrypted store that holds a consultation."""
    with opened(tmp_path / "data", PASSPHRASE) as store:
        fill(store)
    return tmp_path / "data"


# ---------------------------------------------------------------- what it is for


def test_what_is_kept_comes_back_with_the_passphrase(folder, catalog):
    with opened(folder, PASSPHRASE) as store:
        assert store.is_encrypted
        (summary,) = store.list()
        assert (summary.client_name, summary.title) == ("山田製作所", "第2回")
        assert store.load(summary.id, catalog).expenses == CASE.expenses
        assert store.undo(summary.id, catalog)[0].title == "第1回"


def test_no_word_of_the_client_stands_on_the_disk(folder, catalog):
    assert spoken_words_in(folder) == []
    with opened(folder, PASSPHRASE) as store:
        key = store.list()[0].id
        held = store.load(key, catalog)
        store._connection.execute("PRAGMA cache_size = 5")  # spills into file and journal
        store._connection.execute("BEGIN IMMEDIATE")
        store._update(key, replace(held, notes="極秘の取引先" * 20_000))
        assert (folder / f"{FILE_NAME}-journal").stat().st_size > 0
        assert spoken_words_in(folder) == []
        store._connection.execute("ROLLBACK")


def test_without_a_passphrase_the_words_would_be_found(tmp_path):
    with opened(tmp_path) as store:
        assert not store.is_encrypted
        fill(store)
    assert {word for _, word in spoken_words_in(tmp_path)} == set(SPOKEN)


def test_nothing_temporary_is_ever_written(folder, tmp_path):
    for each in (opened(folder, PASSPHRASE), opened(tmp_path / "plain")):
        with each as store:
            assert store._connection.execute("PRAGMA temp_store").fetchone() == (2,)
            assert store._connection.execute("PRAGMA secure_delete").fetchone() == (1,)
            assert store._connection.execute("PRAGMA synchronous").fetchone() == (2,)
            assert store._connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_the_file_is_one_of_sqlcipher_itself(tmp_path, monkeypatch):
    """The derivation is ours, but its result is SQLCipher's own default, or this fails."""
    monkeypatch.setattr(cipher, "KDF_ROUNDS", REAL_ROUNDS)
    with opened(tmp_path, PASSPHRASE) as store:
        fill(store)
    connection = dbapi2.connect(str(tmp_path / FILE_NAME))
    connection.execute(f"PRAGMA key = '{PASSPHRASE}'")
    assert connection.execute("SELECT count(*) FROM consultation").fetchone() == (1,)
    settings = {row[0] for row in connection.execute("PRAGMA cipher_settings")}
    assert f"PRAGMA kdf_iter = {cipher.KDF_ROUNDS};" in settings
    assert "PRAGMA kdf_algorithm = PBKDF2_HMAC_SHA512;" in settings or (
        "PRAGMA cipher_kdf_algorithm = PBKDF2_HMAC_SHA512;" in settings
    )
    connection.close()


def test_a_key_never_shows(folder):
    key = cipher.derive_key(PASSPHRASE, b"0" * 16)
    assert "raw" not in repr(key)
    assert key.raw.hex() not in repr(key)
    with opened(folder, PASSPHRASE) as store:
        assert PASSPHRASE not in repr(vars(store))


def test_full_width_letters_open_it_too(tmp_path):
    with opened(tmp_path, "ＡＢＣ　ｄｅｆ１２") as store:
        fill(store)
    with opened(tmp_path, "ABC def12") as store:
        assert len(store.list()) == 1


# ---------------------------------------------------------------- what it refuses


def test_the_passphrase_is_asked_for(folder):
    error = refused(lambda: opened(folder), PassphraseNeededError)
    assert "合言葉" in error.message
    assert "MICHISHIRUBE_PASSPHRASE" in error.advice


def test_a_wrong_passphrase_is_told_calmly_and_quietly(folder, capfd):
    before = (folder / FILE_NAME).read_bytes()
    error = refused(lambda: opened(folder, OTHER), WrongPassphraseError)
    assert "合言葉が違います" in error.message
    assert OTHER not in error.text()
    assert (folder / FILE_NAME).read_bytes() == before
    assert capfd.readouterr() == ("", "")
    with opened(folder, PASSPHRASE) as store:
        assert len(store.list()) == 1


def test_wrong_passphrases_wait_longer_and_longer(folder):
    clock = Clock(step=timedelta(0))
    waits = []
    for _ in range(12):
        error = refused(lambda: opened(folder, OTHER, clock), WrongPassphraseError)
        waits.append(error.seconds)
        assert (
            error.seconds == 0
            or str(error.seconds)
            in refused(lambda: opened(folder, PASSPHRASE, clock), WrongPassphraseError).advice
        )
        clock.now += timedelta(seconds=error.seconds)
    assert waits == [0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    opened(folder, PASSPHRASE, clock).close()
    assert not (folder / ATTEMPTS_NAME).exists()
    assert refused(lambda: opened(folder, OTHER, clock), WrongPassphraseError).seconds == 0


def test_the_note_of_wrong_tries_holds_no_secret(folder):
    refused(lambda: opened(folder, OTHER), WrongPassphraseError)
    text = (folder / ATTEMPTS_NAME).read_text()
    assert set(text) <= set('{"wrong": 1, "last": "0123456789-+:.T"}')


@pytest.mark.parametrize(
    "note",
    ["", "[]", '{"wrong": "x"}', '{"wrong": 5, "last": "2021-01-01"}', '{"wrong": -1}', "\0"],
)
def test_a_broken_note_of_wrong_tries_shuts_nobody_out(folder, note):
    (folder / ATTEMPTS_NAME).write_text(note)
    opened(folder, PASSPHRASE).close()


def test_a_clock_set_back_shuts_nobody_out(folder):
    clock = Clock(step=timedelta(0))
    attempts = Attempts(folder / ATTEMPTS_NAME, clock)
    for _ in range(20):
        attempts.count()
    assert attempts.wait() == 300
    clock.now -= timedelta(days=365)
    assert attempts.wait() == 0


def test_tries_are_counted_where_nothing_can_be_written(folder):
    attempts = Attempts(folder / "missing" / ATTEMPTS_NAME, Clock())
    attempts.count()
    attempts.forget()
    assert attempts.wait() == 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [("短い", "8文字"), ("あ" * 1001, "1,000"), ("aaaaaaaaaa", "同じ"), ("ab\ncdefghij", "改行")],
)
def test_what_cannot_be_a_passphrase(text, reason, tmp_path):
    assert reason in passphrase_problem(text)
    assert reason in refused(lambda: opened(tmp_path, text)).message
    assert not (tmp_path / FILE_NAME).exists()
    assert passphrase_problem(PASSPHRASE) == ""


def test_a_store_without_encryption_opens_whatever_was_typed(tmp_path):
    with opened(tmp_path) as store:
        fill(store)
    with opened(tmp_path, PASSPHRASE) as store:
        assert not store.is_encrypted


@pytest.mark.parametrize("kept", [0, 50, 4095])
def test_a_stump_is_damaged_whatever_it_was(folder, kept):
    data = (folder / FILE_NAME).read_bytes()[:kept]
    (folder / FILE_NAME).write_bytes(data)
    refused(lambda: opened(folder, PASSPHRASE), DamagedStoreError)
    assert (folder / FILE_NAME).read_bytes() == data


@pytest.mark.parametrize("cut", [-4096, -1])
def test_a_missing_end_is_damage_too(folder, cut):
    data = (folder / FILE_NAME).read_bytes()[:cut]
    (folder / FILE_NAME).write_bytes(data)
    refused(lambda: opened(folder, PASSPHRASE), DamagedStoreError)


def test_a_flipped_bit_is_told_on_every_page(folder, capfd):
    sound = (folder / FILE_NAME).read_bytes()
    for place in range(4096 + 77, len(sound), 4096):
        data = bytearray(sound)
        data[place] ^= 1
        (folder / FILE_NAME).write_bytes(data)
        refused(lambda: opened(folder, PASSPHRASE), DamagedStoreError)
    assert capfd.readouterr() == ("", "")


# ---------------------------------------------------------------- set, change, remove


def test_a_passphrase_is_set_changed_and_removed(tmp_path, catalog):
    with opened(tmp_path) as store:
        key, held = fill(store)
        store.set_passphrase(PASSPHRASE)
        assert store.is_encrypted
        assert spoken_words_in(tmp_path) == []
        store.set_passphrase(OTHER)
        assert store.load(key, catalog) == held
    refused(lambda: opened(tmp_path, PASSPHRASE), WrongPassphraseError)
    with opened(tmp_path, OTHER) as store:
        assert store.can_undo(key) == "題を変えました"
        store.remove_passphrase()
        assert not store.is_encrypted
        change(store, key, held, CASE)
    with opened(tmp_path) as store:
        assert store.load(key, catalog) == CASE
        assert store.create(CASE) == key + 1
    assert {file.name for file in tmp_path.iterdir()} == {FILE_NAME, "consultations.lock"}


def test_a_number_of_a_deleted_consultation_is_not_given_again(tmp_path):
    with opened(tmp_path) as store:
        first = store.create(CASE)
        store.delete(first)
        store.set_passphrase(PASSPHRASE)
        assert store.create(CASE) == first + 1


def test_the_former_file_is_overwritten_before_it_is_deleted(tmp_path, monkeypatch):
    overwritten = []
    unlink = Path.unlink

    def looked_at(file, **options):
        if file.name.endswith(".old"):
            overwritten.append(set(file.read_bytes()))
        unlink(file, **options)

    with opened(tmp_path) as store:
        fill(store)
        monkeypatch.setattr(Path, "unlink", looked_at)
        store.set_passphrase(PASSPHRASE)
    assert overwritten == [{0}]


def test_a_bad_passphrase_changes_nothing(folder):
    with opened(folder, PASSPHRASE) as store:
        refused(lambda: store.set_passphrase("短い"))
        assert len(store.list()) == 1
        with opened(folder, PASSPHRASE) as second:
            assert second.is_read_only
            refused(lambda: second.set_passphrase(OTHER))
            refused(second.remove_passphrase)


class PowerCut(BaseException):
    """The program ends here."""


@pytest.mark.parametrize("moment", range(4))
def test_a_power_cut_at_any_moment_leaves_a_whole_store(tmp_path, monkeypatch, moment, catalog):
    steps = []
    replace_file, destroy = Path.replace, store_replacement.destroy

    def cut(step):
        def wrapped(*arguments):
            if len(steps) == moment:
                steps.append("cut")
                raise PowerCut
            steps.append("step")
            return step(*arguments)

        return wrapped

    store = opened(tmp_path)
    key, held = fill(store)
    monkeypatch.setattr(Path, "replace", cut(replace_file))
    monkeypatch.setattr(store_replacement, "destroy", cut(destroy))
    monkeypatch.setattr(store_replacement, "finish_replacement", lambda file: None)
    monkeypatch.setattr("models.stores.open_store.finish_replacement", lambda file: None)
    monkeypatch.setattr("models.stores.open_store.fitting_key", power_is_gone)
    with pytest.raises(PowerCut):
        store.set_passphrase(PASSPHRASE)
    monkeypatch.undo()
    monkeypatch.setattr(cipher, "KDF_ROUNDS", 1000)
    store._lock.release()
    with opened(tmp_path, PASSPHRASE) as again:
        assert again.load(key, catalog) == held
    left = {file.name for file in tmp_path.iterdir()}
    assert left <= {FILE_NAME, "consultations.lock", f"{FILE_NAME}.new"}


def power_is_gone(*_):
    raise PowerCut


def test_a_full_disk_leaves_the_store_as_it_was(tmp_path, monkeypatch, catalog):
    def full(*_):
        raise sqlite3.OperationalError("database or disk is full")

    with opened(tmp_path) as store:
        key, held = fill(store)
        monkeypatch.setattr(rewriting, "digest", full)
        refused(lambda: store.set_passphrase(PASSPHRASE))
        assert not store.is_encrypted
        assert store.load(key, catalog) == held
    assert {file.name for file in tmp_path.iterdir()} == {FILE_NAME, "consultations.lock"}


def test_a_copy_that_differs_is_not_taken(tmp_path, monkeypatch):
    with opened(tmp_path) as store:
        fill(store)
        monkeypatch.setattr(rewriting, "digest", lambda *_: "something else")
        refused(lambda: store.set_passphrase(PASSPHRASE), DamagedStoreError)
        assert len(store.list()) == 1


def test_a_former_store_left_over_comes_back_when_nothing_else_is_there(tmp_path):
    with opened(tmp_path) as store:
        fill(store)
    (tmp_path / FILE_NAME).rename(tmp_path / f"{FILE_NAME}.old")
    with opened(tmp_path) as store:
        assert len(store.list()) == 1


# ---------------------------------------------------------------- others


def test_an_old_encrypted_store_is_brought_up_to_date(tmp_path, catalog):
    """An old plain store stands in for one: it is encrypted as it is, then opened."""
    old = sorted((ROOT / "tests/old_databases").glob("*.sqlite"))[0]
    shutil.copy(old, tmp_path / FILE_NAME)
    rewriting.rewrite(tmp_path / FILE_NAME, None, passphrase.new_key(PASSPHRASE))
    with opened(tmp_path, PASSPHRASE) as store:
        assert store.list()[0].client_name == "山田製作所"
    assert spoken_words_in(tmp_path) == []


def test_a_plain_store_loads_no_encryption(tmp_path):
    opened(tmp_path).close()
    script = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC;"
        "from models.stores.consultation_store import ConsultationStore as S;"
        "S.open(Path(sys.argv[1]), lambda: datetime.now(UTC), '').close();"
        "print('sqlcipher3' in sys.modules, 'sqlcipher3._sqlite3' in sys.modules)"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
