"""Do to a store whatever happens to a laptop, and count what is lost.

    python -m benchmarks.store_torture [KILLS] [FLIPS] [commit|backup|rekey|disk]

Kills (each mode KILLS times), a full disk, a read-only folder, a removed disk, truncations and bit
flips (FLIPS each, plain and encrypted). Lost changes and damaged stores must be 0, and what flips
and cuts do must be told or harmless. The disks need root (tmpfs); without it they are left out.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models.stores import cipher
from models.stores.consultation_store import FILE_NAME, ConsultationStore
from models.stores.salvage import salvage
from models.stores.store_errors import WrongPassphraseError
from models.values.consultation import Consultation
from models.values.edits import edit_between
from models.values.problems import UserFacingError
from tests.models.stores.writing_program import PASSPHRASES, acknowledged_changes, start_writer

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2021, 4, 20, tzinfo=UTC)
ONE, BOTH = PASSPHRASES[:1], PASSPHRASES
CASE = Consultation(title="0", notes="相談の記録" * 400)
MANY = 60


def open_store(folder: Path, passphrases: tuple[str, ...] = ()) -> ConsultationStore:
    for passphrase in passphrases:
        try:
            return ConsultationStore.open(folder, lambda: NOW, "", passphrase)
        except WrongPassphraseError:
            (folder / "consultations.attempts").unlink()
    return ConsultationStore.open(folder, lambda: NOW, "")


# ---------------------------------------------------------------- kills


def kill_again_and_again(
    kills: int, mode: str, passphrases: tuple[str, ...], longest: float
) -> int:
    rng = random.Random(7)  # noqa: S311 - repeatable, not a secret
    changes = lost = damaged = 0
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for _ in range(kills):
            writer = start_writer(folder, mode, passphrases)
            acknowledged = acknowledged_changes(writer, rng.uniform(0, longest))
            try:
                with open_store(folder, passphrases) as store:
                    (held,) = (int(each.title) for each in store.list())
                    store.document(store.list()[0].id)
                lost += held < acknowledged
                changes = held
            except UserFacingError as error:
                damaged += 1
                print(repr(error.__cause__ or error), error.text().splitlines()[0])
    seconds = time.perf_counter() - started
    kind = f"{mode}, {'encrypted' if passphrases else 'plain'}"
    print(
        f"kills while: {kind:18} {kills:5}  changes {changes:6}  lost {lost}  damaged {damaged}"
        f"  {seconds:.0f} s",
        flush=True,
    )
    return lost + damaged


# ---------------------------------------------------------------- disks


@contextmanager
def small_disk(size: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", name)
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", "-l", name], check=False, capture_output=True)


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


def fill_the_disk(passphrases: tuple[str, ...]) -> int:
    """Change a store on a disk that fills up; what was acknowledged must be there afterwards."""
    faults = told = held = 0
    with small_disk("600k") as disk:
        folder = disk / "data"
        with open_store(folder, passphrases) as store:
            key = store.create(CASE)
            (disk / "ballast").write_bytes(bytes(300_000))
            now = CASE
            for number in range(1, 400):
                new = replace(now, title=str(number), notes=CASE.notes * (1 + number % 3))
                try:
                    store.commit(key, new, edit_between(now, new, str(number)))
                    now, held = new, number
                except UserFacingError:
                    told += 1
            outcomes = store.back_up_if_due()
            try:
                store.set_passphrase(PASSPHRASES[1])
                faults += 1
            except UserFacingError:
                told += 1
            (disk / "ballast").unlink()
        with open_store(folder, passphrases) as store:
            faults += store.list()[0].title != str(held)
    print(
        f"full disk, {'encrypted' if passphrases else 'plain':10} told {told},"
        f" backup told {sum(bool(each.problem) for each in outcomes)}, kept {held}, faults {faults}"
    )
    return faults


def take_away_the_disk(passphrases: tuple[str, ...], how: str) -> int:
    """Make the disk read-only, or remove it, under an open store and before one is opened."""
    faults = told = 0
    with small_disk("4m") as disk:
        store = open_store(disk, passphrases)
        key = store.create(CASE)
        if how == "read-only":
            store.close()  # a file open for writing would keep the disk writable
            mount("-o", "remount,ro", str(disk))
            store = open_store(disk, passphrases)
            faults += not store.is_read_only or store.list()[0].title != CASE.title
        else:
            subprocess.run(["umount", "-l", str(disk)], check=True)
        new = replace(CASE, title="1")
        for action in (
            lambda: store.commit(key, new, edit_between(CASE, new, "1")),
            lambda: store.create(CASE),
            lambda: store.back_up(disk / "none" / "copy"),
        ):
            try:
                action()
            except UserFacingError:
                told += 1
            except Exception as error:  # noqa: BLE001 - a traceback is what we look for
                print(repr(error))
                faults += 1
        store.close()
        if how == "read-only":
            mount("-o", "remount,rw", str(disk))
            with open_store(disk, passphrases) as again:
                faults += len(again.list()) != 1
    print(f"disk {how}, {'encrypted' if passphrases else 'plain':10} told {told}, faults {faults}")
    return faults


# ---------------------------------------------------------------- damage


def damage_it(tries: int, passphrases: tuple[str, ...], how: str) -> int:
    """Spoil the file again and again: whatever is given back is right, or the damage is told."""
    rng = random.Random(11)  # noqa: S311 - repeatable, not a secret
    outcome: Counter[str] = Counter()
    salvaged = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_store(folder, passphrases) as store:
            for number in range(MANY):
                store.create(replace(CASE, title=str(number)))
            sound = {each.id: store.document(each.id) for each in store.list()}
            key = store._key  # noqa: SLF001 - saves a derivation for every try
            store.back_up(folder / "copy")
        file = folder / FILE_NAME
        data = file.read_bytes()
        for _ in range(tries):
            file.write_bytes(spoiled(data, rng, how))
            try:
                with open_store(folder, passphrases) as store:
                    found = {each.id: store.document(each.id) for each in store.list()}
                outcome["harmless" if found == sound else "WRONG"] += 1
            except UserFacingError:
                outcome["told"] += 1
                (folder / "consultations.attempts").unlink(missing_ok=True)
                target = folder / "out"
                target.unlink(missing_ok=True)
                salvaged += salvage(file, key, target, folder / "copy")
    share = salvaged / (outcome["told"] * MANY) if outcome["told"] else 1
    print(
        f"{how:8} {'encrypted' if passphrases else 'plain':10} {dict(outcome)},"
        f" salvaged {share:.1%} of the consultations"
    )
    return outcome["WRONG"]


def spoiled(data: bytes, rng: random.Random, how: str) -> bytes:
    if how == "cut":
        return data[: rng.randrange(len(data))]
    changed = bytearray(data)
    place = rng.randrange(len(data) * 8)
    changed[place // 8] ^= 1 << place % 8
    return bytes(changed)


def main(kills: int, flips: int, part: str) -> int:
    cipher.KDF_ROUNDS = 1000  # the pages are the same; see writing_program.py
    faults = 0
    for count, mode, passphrases, longest in (
        (kills, "commit", (), 0.06),
        (kills, "commit", ONE, 0.06),
        (kills // 2, "backup", ONE, 0.08),
        (kills, "rekey", BOTH, 0.15),
    ):
        if part in {"", mode}:
            faults += kill_again_and_again(count, mode, passphrases, longest)
    for passphrases in ((), ONE):
        if part not in {"", "disk"}:
            continue
        if os.name == "posix" and os.geteuid() == 0:
            faults += fill_the_disk(passphrases)
            faults += take_away_the_disk(passphrases, "read-only")
            faults += take_away_the_disk(passphrases, "removed")
        faults += damage_it(flips, passphrases, "bit flip")
        faults += damage_it(flips, passphrases, "cut")
    print(f"faults in all: {faults}")
    return min(faults, 1)


if __name__ == "__main__":
    GIVEN = (*sys.argv[1:], *("1000", "300", "")[len(sys.argv) - 1 :])
    sys.exit(main(int(GIVEN[0]), int(GIVEN[1]), GIVEN[2]))
