"""What the tests of the store share: a consultation, a clock, and how a refusal looks."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models.stores.consultation_store import ConsultationStore
from models.values.consultation import Consultation, Expense, TaxMode
from models.values.edits import edit_between
from models.values.problems import ExitCode, UserFacingError

START = datetime(2021, 4, 20, 9, 0, tzinfo=UTC)
PASSPHRASE = "ながい合言葉 correct horse"  # noqa: S105 - of tests only
LATHE = Expense("NC旋盤", "equipment", 8_800_000, TaxMode.INCLUDED)
CASE = Consultation(
    title="第1回",
    consulted_on="2021-04-20",
    answers={"applicant.name": "山田製作所", "succession.role": None},
    expenses=(LATHE,),
)
SPOKEN = ("極秘の取引先", "山田製作所", "NC旋盤", "第1回", "第2回", "題を変えました")
"""Words of a client that stand in `secret_case` and in its undo steps."""


class Clock:
    """A clock that goes on a minute whenever it is asked, unless it is held."""

    def __init__(self, now=START, step=timedelta(minutes=1)):
        self.now = now
        self.step = step

    def __call__(self):
        self.now += self.step
        return self.now


def is_private(path):
    """Return whether nobody else may read; Windows keeps that with the folder of the user."""
    return os.name == "nt" or path.stat().st_mode & 0o077 == 0


def opened(folder, passphrase=None, clock=None):
    return ConsultationStore.open(folder, clock or Clock(), "applicant.name", passphrase)


def change(store, key, old, new, label="変えました"):
    store.commit(key, new, edit_between(old, new, label))
    return new


def fill(store):
    """Keep a consultation with an undo step; return its number and what it holds now."""
    first = replace(CASE, notes="極秘の取引先" * 300)
    key = store.create(first)
    return key, change(store, key, first, replace(first, title="第2回"), "題を変えました")


def refused(action, kind=UserFacingError):
    with pytest.raises(kind) as caught:
        action()
    assert caught.value.exit_code is ExitCode.UNUSABLE_STORE
    assert caught.value.advice
    return caught.value


def spoken_words_in(folder):
    """Return the files below a folder that hold a word of the client, with the word."""
    found = []
    for file in folder.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            found += [
                (file.name, word)
                for word in SPOKEN
                for coded in (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))
                if coded in data
            ]
    return found
