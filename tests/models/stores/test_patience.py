"""On Windows whoever has a file open holds its name: for a moment it is waited for, then told."""

from __future__ import annotations

import sys
import threading

import pytest

from models.stores import patience
from models.stores.patience import patiently
from models.stores.store_errors import HELD_BY_ANOTHER_PROGRAM, explained
from tests.models.stores.store_cases import CASE, PASSPHRASE, change, fill, opened, refused


class HeldError(PermissionError):
    winerror = HELD_BY_ANOTHER_PROGRAM


class Held:
    """An action that works once the file is let go of, at the try that is given."""

    def __init__(self, works_at):
        self.works_at, self.tries = works_at, 0

    def __call__(self):
        self.tries += 1
        if self.tries < self.works_at:
            raise HeldError("held")


@pytest.fixture
def windows(monkeypatch):
    monkeypatch.setattr(patience, "OPEN_FILES_HOLD_NAMES", True)
    monkeypatch.setattr(patience, "PAUSE_SECONDS", 0.001)


def test_a_file_that_is_held_for_a_moment_is_waited_for(windows):
    held = Held(works_at=4)
    patiently(held)
    assert held.tries == 4


def test_a_file_that_stays_held_is_told(windows, monkeypatch):
    monkeypatch.setattr(patience, "PATIENCE_SECONDS", 0.01)
    held = Held(works_at=10**9)
    with pytest.raises(HeldError):
        patiently(held)
    assert held.tries > 1


def test_where_nobody_holds_names_a_refusal_is_final(monkeypatch):
    monkeypatch.setattr(patience, "OPEN_FILES_HOLD_NAMES", False)
    held = Held(works_at=2)
    with pytest.raises(HeldError):
        patiently(held)
    assert held.tries == 1


def test_the_words_name_the_other_program(tmp_path):
    def held():
        with explained(tmp_path / "x.sqlite"):
            raise HeldError("held")

    assert "別のプログラム" in refused(held).message


@pytest.mark.skipif(sys.platform != "win32", reason="only there an open file holds its name")
def test_windows_gives_a_name_back_when_the_file_is_closed(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"1")
    stream = old.open("rb")
    with pytest.raises(PermissionError):
        old.replace(new)
    closing = threading.Timer(0.2, stream.close)
    closing.start()
    patiently(lambda: old.replace(new))
    closing.join()
    assert new.read_bytes() == b"1"


@pytest.mark.skipif(sys.platform != "win32", reason="elsewhere the passphrase can be set")
def test_a_store_that_another_window_looks_at_keeps_its_passphrase(tmp_path, catalog):
    with opened(tmp_path) as store:
        key, held = fill(store)
        with opened(tmp_path) as looking:
            assert looking.is_read_only
            told = refused(lambda: store.set_passphrase(PASSPHRASE))
            assert "別のプログラム" in told.message
        assert not store.is_encrypted
        change(store, key, held, CASE)
        store.set_passphrase(PASSPHRASE)
        assert store.load(key, catalog) == CASE
