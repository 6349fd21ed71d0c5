"""Give every reader of outside files and texts broken inputs, and count what goes wrong.

    python -m benchmarks.fuzz_inputs [INPUTS] [TARGET,TARGET…]

INPUTS (100,000) are shared among the targets of tests/fuzzing/targets.py; a tenth of those of
each are made up by hypothesis, the others are broken relatives of sound ones, guided by the lines
that they reach. An input must be taken, or refused in words, within 1 s of processor time and with
less than 512 MB. What fails is written to the folder fuzz-faults. Linux.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from models.stores import cipher
from models.stores.catalog_store import load_catalog
from tests.fuzzing.guided_loop import Outcome, fuzz, keep_faults, limit_memory, try_input
from tests.fuzzing.targets import Target, all_targets, sound_cases

ROOT = Path(__file__).parent.parent
FAULTS = ROOT / "fuzz-faults"
MORE_MEMORY = 512 * 1024 * 1024
SHARES = {
    "case file": 28, "hand-over": 10, "sealed hand-over": 4, "QR codes": 12, "QR contents": 12,
    "office file": 9, "settings file": 4, "pasted table": 12, "picture of codes": 1,
    "catalog sources": 3, "compiled catalog": 4, "catalog of others": 1,
}  # fmt: skip
GENERATED = 0.1
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40)


def documents(target: Target) -> st.SearchStrategy[bytes]:
    """Return made-up inputs: bytes, texts, and JSON with the words that the samples use."""
    words = st.sampled_from(sorted({w for s in target.samples for w in _words(s)}) or ["x"])
    value = st.recursive(
        LEAVES | words,
        lambda inner: st.lists(inner, max_size=5) | st.dictionaries(words, inner, max_size=6),
        max_leaves=30,
    )
    as_json = value.map(lambda each: json.dumps(each).encode())
    lines = st.lists(words | st.text(max_size=20), max_size=20)
    as_text = lines.map(lambda each: "\n".join(each).encode("utf-8", "replace"))
    return st.one_of(as_json, as_text, st.binary(max_size=400))


def _words(sample: bytes) -> list[str]:
    return [word for word in sample[:20_000].decode("utf-8", "ignore").split('"') if len(word) < 40]


def generate(target: Target, tries: int, outcome: Outcome) -> None:
    """Try made-up inputs."""

    @settings(
        max_examples=tries, database=None, deadline=None, derandomize=True,
        phases=(Phase.generate,), suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(documents(target))
    def try_one(data: bytes) -> None:
        try_input(target, data, outcome)

    try_one()


def main(inputs: int, only: str) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    cipher.KDF_ROUNDS = 1000  # what is read is the same
    catalog = load_catalog(ROOT / "data.sqlite")
    tried = faults = 0
    with tempfile.TemporaryDirectory() as name:
        targets = list(all_targets(catalog, Path(name), sound_cases()))
        assert {each.name for each in targets} == set(SHARES)
        limit_memory(MORE_MEMORY)
        print("target               inputs  taken  slowest   lines  largest memory  faults")
        for target in targets:
            if only and target.name not in only.split(","):
                continue
            count = inputs * SHARES[target.name] // 100
            generated = int(count * GENERATED)
            outcome = fuzz(target, count - generated)
            generate(target, generated, outcome)
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(
                f"{target.name:20} {outcome.tried:6} {outcome.accepted:6} {outcome.slowest:6.2f} s"
                f"  {outcome.lines:6}  {memory:11} MB  {len(outcome.faults):6}",
                flush=True,
            )
            keep_faults(target.name.replace(" ", "-"), outcome, FAULTS)
            tried, faults = tried + outcome.tried, faults + len(outcome.faults)
    print(f"inputs: {tried}, different faults: {faults}")
    return min(faults, 1)


if __name__ == "__main__":
    INPUTS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    sys.exit(main(INPUTS, sys.argv[2] if len(sys.argv) > 2 else ""))
