"""The list is searched and archived; prints are kept as they were; consultations travel."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from models.stores import cipher
from models.stores.consultation_list import QUERY
from models.stores.consultation_store import FILE_NAME
from models.stores.hand_over_rows import KEPT_BASES
from models.stores.salvage import salvage
from models.stores.sealed_file import read_sealed, write_sealed
from models.stores.store_errors import DamagedStoreError, WrongPassphraseError
from models.values.case_file import read_case, write_case
from models.values.edits import edit_between
from models.values.hand_over import hand_over_of
from models.values.problems import ExitCode, UserFacingError
from tests.models.stores.store_cases import CASE, PASSPHRASE, change, opened, refused

NOON = datetime(2021, 4, 20, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch):
    monkeypatch.setattr(cipher, "KDF_ROUNDS", 1000)


@pytest.fixture
def store(tmp_path):
    with opened(tmp_path / "data") as made:
        yield made


def ids(found):
    return [each.id for each in found]


# ---------------------------------------------------------------- search and archive


def test_a_search_finds_names_days_and_answers(store):
    one = store.create(replace(CASE, advisor="佐藤"))
    two = store.create(CASE.with_answer("applicant.name", "(有)ヤマダ商店"))
    for words, expected in (
        ("", [two, one]),
        ("山田", [one]),
        ("やまだ", [two]),
        ("（有)ﾔﾏﾀﾞ", [two]),
        ("2021-04-20 佐藤", [one]),
        ("佐藤 ヤマダ", []),
        ("第１回", [two, one]),
        ("  ", [two, one]),
        ("%", []),
    ):
        assert ids(store.list(words)) == expected, words


def test_the_search_follows_changes_and_undo(store, catalog):
    key = store.create(CASE)
    change(store, key, CASE, CASE.with_answer("applicant.name", "鈴木商店"))
    assert ids(store.list("鈴木")) == [key]
    assert store.list("山田") == ()
    store.undo(key, catalog)
    assert ids(store.list("山田")) == [key]
    assert ids(store.list("山田", archived=None)) == [key]


def test_an_archived_consultation_is_out_of_the_list_and_whole(store, catalog):
    one, two = store.create(CASE), store.create(CASE)
    before = store.list()[1].updated_at
    store.archive(one)
    assert ids(store.list()) == [two]
    (put_away,) = store.list(archived=True)
    assert (put_away.id, put_away.is_archived, put_away.updated_at) == (one, True, before)
    assert ids(store.list(archived=None)) == [two, one]
    assert store.load(one, catalog) == CASE
    store.archive(one, archived=False)
    assert ids(store.list()) == [two, one]
    with pytest.raises(UserFacingError, match="番号 9"):
        store.archive(9)


def test_the_list_follows_what_others_change(store, tmp_path):
    key = store.create(CASE)
    with opened(tmp_path / "data") as second:
        assert ids(second.list()) == [key]
        other = store.create(CASE)
        assert ids(second.list()) == [other, key]
        assert second.list() == second.list()
        store.delete(key)
        assert ids(second.list()) == ids(store.list()) == [other]


def test_a_list_reads_no_document(store):
    plan = store._connection.execute(f"EXPLAIN QUERY PLAN {QUERY}").fetchall()
    assert "COVERING INDEX consultation_listed" in plan[0][3]
    assert len(plan) == 1


# ---------------------------------------------------------------- printed sheets


def test_a_print_stays_as_it_was(store, tmp_path):
    key = store.create(CASE)
    first = store.keep_print(key, b"%PDF one", '{"results": []}', "hash1", NOON)
    change(store, key, CASE, replace(CASE, title="第2回"))
    second = store.keep_print(key, b"%PDF two", "{}", "hash2", NOON)
    newest, oldest = store.prints(key)
    assert (newest.id, oldest.id) == (second, first)
    assert (oldest.printed_at, oldest.catalog_hash, oldest.result) == (
        NOON, "hash1", '{"results": []}',
    )  # fmt: skip
    assert oldest.document == write_case(CASE)
    assert newest.document != oldest.document
    assert store.print_pdf(first) == b"%PDF one"
    store.delete(key)
    assert store.prints(key) == ()
    with pytest.raises(UserFacingError, match="印刷"):
        store.print_pdf(first)
    assert b"%PDF one" not in (tmp_path / "data" / FILE_NAME).read_bytes()


def test_a_print_needs_its_consultation(store):
    with pytest.raises(UserFacingError, match="番号 7"):
        store.keep_print(7, b"%PDF", "{}", "hash", NOON)


def test_a_print_that_changed_on_the_disk_is_told(tmp_path):
    with opened(tmp_path) as store:
        printed = store.keep_print(store.create(CASE), b"%PDF one", "{}", "hash", NOON)
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("UPDATE printed_sheet SET pdf = x'00'")
    connection.commit()
    connection.close()
    with opened(tmp_path) as store:
        refused(lambda: store.print_pdf(printed), DamagedStoreError)


# ---------------------------------------------------------------- handing over


def given(store, key, catalog):
    data = store.hand_over(key).encode()
    return read_case(data, catalog, "x"), hand_over_of(data)


def test_a_file_given_twice_comes_back_from_the_first_gift(tmp_path, catalog):
    """What we changed between the two gifts is not undone by a laptop that never saw it."""
    with opened(tmp_path / "a") as ours, opened(tmp_path / "b") as theirs:
        key = ours.create(CASE)
        case, hand_over = given(ours, key, catalog)
        other = theirs.take_over(case, hand_over.identity)
        assert ours.known_as(hand_over.identity) == key
        newer = change(ours, key, CASE, replace(CASE, title="第2回"))
        given(ours, key, catalog)
        change(theirs, other, case, replace(case, advisor="佐藤"))
        back, bases = given(theirs, other, catalog)
        merge = ours.merge(key, back, bases.bases)
        assert merge.conflicts == []
        assert (merge.document["title"], merge.document["advisor"]) == ("第2回", "佐藤")
        merged = replace(newer, advisor="佐藤")
        ours.commit_merge(key, merged, edit_between(newer, merged, "合わせました"), back)
        assert ours.undo(key, catalog)[0] == newer


def test_a_merge_that_changes_nothing_makes_no_step(tmp_path, catalog):
    with opened(tmp_path) as store:
        key = store.create(CASE)
        case, _ = given(store, key, catalog)
        store.commit_merge(key, case, None, case)
        assert store.can_undo(key) is None


def test_only_the_last_gifts_are_remembered(store, catalog):
    key = store.create(CASE)
    held = CASE
    for number in range(KEPT_BASES + 5):
        held = change(store, key, held, replace(held, title=f"{number}"))
        _, hand_over = given(store, key, catalog)
        given(store, key, catalog)
    assert len(hand_over.bases) == len(set(hand_over.bases)) == KEPT_BASES
    assert store.known_as("00" * 16) is None


def test_a_reader_hands_nothing_over(tmp_path):
    with opened(tmp_path) as store:
        key = store.create(CASE)
        with opened(tmp_path) as second:
            refused(lambda: second.hand_over(key))


def test_a_sealed_file_keeps_its_text(tmp_path, capfd):
    file = tmp_path / "over"
    write_sealed(file, "秘密の話", PASSPHRASE)
    assert read_sealed(file, PASSPHRASE) == "秘密の話"
    refused(lambda: read_sealed(file, "違う合言葉です"), WrongPassphraseError)
    refused(lambda: write_sealed(file, "別の話", "短い"))
    refused(lambda: write_sealed(tmp_path / "none" / "x", "話", PASSPHRASE))
    with opened(tmp_path / "data", PASSPHRASE) as store:
        store.back_up(tmp_path / "store")
    refused(lambda: read_sealed(tmp_path / "store", PASSPHRASE), DamagedStoreError)
    assert capfd.readouterr() == ("", "")


def test_an_error_of_the_input_is_no_error_of_the_store(store):
    with pytest.raises(UserFacingError) as caught:
        store.print_pdf(1)
    assert caught.value.exit_code is ExitCode.BAD_INPUT


def test_a_time_that_is_none_any_more_is_told_and_salvaged(tmp_path):
    with opened(tmp_path) as store:
        key = store.create(CASE)
        store.keep_print(key, b"%PDF", "{}", "hash", NOON)
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("UPDATE consultation SET updated_at = 'x', title = 'y', consulted_on = 'z'")
    connection.execute("UPDATE printed_sheet SET printed_at = 'x'")
    connection.commit()
    connection.close()
    with opened(tmp_path) as store:
        refused(store.list, DamagedStoreError)
        refused(lambda: store.prints(key), DamagedStoreError)
    assert salvage(tmp_path / FILE_NAME, None, tmp_path / "out", None) == 1
    (tmp_path / "out").replace(tmp_path / FILE_NAME)
    with opened(tmp_path) as store:
        (only,) = store.list()
        assert (only.title, only.consulted_on, only.updated_at.year) == (
            CASE.title, CASE.consulted_on, 2000,
        )  # fmt: skip
        assert store.prints(key) == ()
