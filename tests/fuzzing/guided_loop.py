"""A small coverage-guided fuzzer: what reaches new lines of the program joins the corpus.

No fuzzer that is kept up could be locked for Python 3.11 on all systems (decision 0010), and for
readers of small files a loop of this size finds the same.
"""

from __future__ import annotations

import hashlib
import random
import resource
import signal
import sys
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from tests.fuzzing.targets import Target

ROOT = str(Path(__file__).parent.parent.parent)
ROOMS = tuple(f"{ROOT}/{room}/" for room in ("models", "reports", "ui"))
MOST_SECONDS = 1.0
TRACED_SHARE = 0.25
"""Share of the inputs whose lines are watched: watching costs far more than reading."""
LARGEST_CORPUS = 400
LARGEST_TRACED = 100_000
"""Bytes: a large input would be slow for being watched, and its relatives grow without end."""


class HangError(BaseException):
    """An input took longer than an input may; no reader must be able to catch it."""


@dataclass(slots=True)
class Outcome:
    """What inputs did to a target."""

    tried: int = 0
    accepted: int = 0
    slowest: float = 0.0
    lines: int = 0
    faults: dict[str, bytes] = field(default_factory=dict)
    """A short trace -> the first input that made it."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `HangError` after so many seconds of processor time (not of a busy machine's)."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise HangError

    former = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, former)


def limit_memory(more_bytes: int) -> None:
    """Let the process grow by so much; beyond it, a reader meets `MemoryError`."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + more_bytes
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def try_input(target: Target, data: bytes, outcome: Outcome) -> None:
    """Give one input to a target; whatever is neither taken nor refused in words is a fault."""
    outcome.tried += 1
    started = time.process_time()
    try:
        with limited(MOST_SECONDS):
            outcome.accepted += target.read(data)
    except HangError:
        _note(outcome, f"hang\n{''.join(traceback.format_exc(limit=-6))}", data)
    except Exception as error:  # noqa: BLE001 - every traceback is what we look for
        place = "".join(traceback.format_tb(error.__traceback__)[-2:])
        _note(outcome, f"{type(error).__name__}\n{place}", data)
    outcome.slowest = max(outcome.slowest, time.process_time() - started)


def _note(outcome: Outcome, trace: str, data: bytes) -> None:
    outcome.faults.setdefault(trace, data)


@contextmanager
def watched(seen: set[tuple[str, int]]) -> Iterator[None]:
    """Collect the lines of the program that run."""
    add = seen.add

    def line(frame: FrameType, event: str, _argument: Any) -> Any:
        if event == "line":
            add((frame.f_code.co_filename, frame.f_lineno))
        return line

    def call(frame: FrameType, _event: str, _argument: Any) -> Any:
        return line if frame.f_code.co_filename.startswith(ROOMS) else None

    before = sys.gettrace()  # whoever measures the coverage of the tests goes on afterwards
    sys.settrace(call)
    try:
        yield
    finally:
        sys.settrace(before)


def fuzz(target: Target, tries: int, seed: int = 1) -> Outcome:
    """Try broken relatives of the target's samples, and relatives of what reached new lines."""
    rng = random.Random(f"{target.name} {seed}")  # noqa: S311 - repeatable, not a secret
    corpus = list(target.samples)
    outcome = Outcome()
    lines: set[tuple[str, int]] = set()
    for sample in corpus:
        with watched(lines):
            try_input(target, sample, outcome)
    for _ in range(tries - len(corpus)):
        parent = rng.choice(corpus if rng.random() < 0.7 else target.samples)
        data = target.mutated(parent, corpus, rng)
        if rng.random() >= TRACED_SHARE or len(data) > LARGEST_TRACED:
            try_input(target, data, outcome)
            continue
        reached: set[tuple[str, int]] = set()
        with watched(reached):
            try_input(target, data, outcome)
        if not reached <= lines and len(corpus) < LARGEST_CORPUS:
            lines |= reached
            corpus.append(data)
    outcome.lines = len(lines)
    return outcome


def keep_faults(name: str, outcome: Outcome, folder: Path) -> None:
    """Write the inputs that made a fault, to be tried again."""
    folder.mkdir(parents=True, exist_ok=True)
    for trace, data in outcome.faults.items():
        mark = hashlib.sha256(trace.encode()).hexdigest()[:8]
        (folder / f"{name}-{mark}.bin").write_bytes(data)
        print(f"--- {name} {mark}\n{trace}")  # noqa: T201 - a script's output
