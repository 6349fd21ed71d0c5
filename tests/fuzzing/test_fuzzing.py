"""A few hundred broken inputs for every reader; benchmarks/fuzz_inputs.py tries 100,000."""

from __future__ import annotations

import random

import pytest

from models.stores import cipher
from tests.fuzzing import guided_loop
from tests.fuzzing.guided_loop import Outcome, fuzz, try_input
from tests.fuzzing.mutations import grown_bytes, mutated_bytes, mutated_json, mutated_lines
from tests.fuzzing.targets import Target, all_targets, refusing, sound_cases

pytest.importorskip("resource", reason="the limits are those of Unix")
SLOW = {"catalog sources": 40, "catalog of others": 40, "picture of codes": 60}
INPUTS = 250
SAMPLE = b'{"a": [1, "b"],\n "c": {"d": null}}'


@pytest.fixture
def quick(monkeypatch):
    """Derive keys quickly, and leave a busy machine its time: hangs are timed by the benchmark."""
    monkeypatch.setattr(cipher, "KDF_ROUNDS", 1000)
    monkeypatch.setattr(guided_loop, "MOST_SECONDS", 60.0)


def test_no_reader_answers_a_broken_input_with_a_fault(quick, catalog, tmp_path):
    for target in all_targets(catalog, tmp_path, sound_cases()):
        outcome = fuzz(target, SLOW.get(target.name, INPUTS), seed=2)
        assert outcome.faults == {}, target.name
        assert outcome.accepted > 0, f"{target.name}: not even its samples were taken"


def test_the_loop_sees_faults_and_hangs(monkeypatch):
    def read(data):
        if data.startswith(b"fault"):
            raise KeyError(data)
        while data.startswith(b"hang"):
            pass

    monkeypatch.setattr(guided_loop, "MOST_SECONDS", 0.05)
    outcome = Outcome()
    target = Target("odd", refusing(read), (), ())
    for data in (b"fault", b"hang", b"sound"):
        try_input(target, data, outcome)
    assert (outcome.tried, outcome.accepted) == (3, 1)
    assert [trace.split("\n")[0] for trace in outcome.faults] == ["KeyError", "hang"]


def test_what_reaches_new_lines_is_broken_further():
    """A fault behind four letters, found one at a time, as no blind search would find it."""
    from tests.fuzzing import letters  # noqa: PLC0415 - watched as if it were of the program

    target = Target("letters", refusing(letters.read), (b"????",), (one_letter,))
    guided_loop_rooms = guided_loop.ROOMS
    try:
        guided_loop.ROOMS = (*guided_loop_rooms, letters.__file__)
        outcome = fuzz(target, 6_000)
    finally:
        guided_loop.ROOMS = guided_loop_rooms
    assert [trace.split("\n")[0] for trace in outcome.faults] == ["ZeroDivisionError"]


def one_letter(data, _others, rng):
    place = rng.randrange(len(data))
    return data[:place] + bytes([rng.choice(b"michel?!")]) + data[place + 1 :]


@pytest.mark.parametrize("way", [grown_bytes, mutated_bytes, mutated_json, mutated_lines])
def test_broken_relatives_differ_and_can_be_made_again(way):
    rng = random.Random(1)  # noqa: S311 - repeatable, not a secret
    made = [way(SAMPLE, (SAMPLE,), rng) for _ in range(200)]
    assert len(set(made)) > 100
    rng = random.Random(1)  # noqa: S311 - as above
    assert [way(SAMPLE, (SAMPLE,), rng) for _ in range(200)] == made
    assert way(b"", (b"",), rng) is not None
