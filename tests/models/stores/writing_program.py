"""A program that changes a store as fast as it can, to be killed in the middle."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[3]
PASSPHRASES = ("ひとつめの合言葉", "ふたつめの合言葉")
"""The first one guards an encrypted store; a program that changes it goes back and forth."""

HEAD = """
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from models.stores import cipher
from models.stores.consultation_store import ConsultationStore
from models.stores.store_errors import WrongPassphraseError
from models.values.consultation import Consultation
from models.values.edits import edit_between

cipher.KDF_ROUNDS = 1000  # the pages are the same; a kill shall not wait for a derivation
folder, mode, *passphrases = Path(sys.argv[1]), sys.argv[2], *sys.argv[3:]

def open_store():
    for passphrase in passphrases:
        try:
            return ConsultationStore.open(folder, lambda: datetime.now(UTC), "", passphrase)
        except WrongPassphraseError:
            (folder / "consultations.attempts").unlink()
    return ConsultationStore.open(folder, lambda: datetime.now(UTC), "")
"""
WRITER = f"""{HEAD}
with open_store() as store:
    if not store.list():
        store.create(Consultation(title="0", notes="x" * 5000))
    key = store.list()[0].id
    number = int(store.list()[0].title)
    held = Consultation(title=str(number), notes="x" * 5000)
    turn = 0
    while True:
        number += 1
        new = replace(held, title=str(number))
        store.commit(key, new, edit_between(held, new, str(number)))
        held = new
        print(number, flush=True)
        if mode == "rekey":
            turn += 1
            store.set_passphrase(passphrases[turn % 2])
            if turn % 3 == 0:
                store.remove_passphrase()
        if mode == "backup":
            for old in (folder / "backups").glob("*.sqlite"):
                old.unlink()
            store.back_up_if_due()
"""


def start_writer(
    folder: Path, mode: str = "commit", passphrases: tuple[str, ...] = ()
) -> subprocess.Popen[bytes]:
    """Start the program on the store in `folder`.

    `mode` says what it does between its changes: nothing, `backup`, or `rekey` (the passphrase).
    """
    command = [sys.executable, "-c", WRITER, str(folder), mode, *passphrases]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)


def acknowledged_changes(writer: subprocess.Popen[bytes], seconds: float) -> int:
    """Kill the program `seconds` after its first change; return the last change it told of."""
    assert writer.stdout is not None
    lines = [writer.stdout.readline()]
    time.sleep(seconds)
    writer.kill()
    lines += writer.stdout.read().splitlines(keepends=True)
    writer.stdout.close()
    writer.wait()
    return max(int(line) for line in lines if line.endswith(b"\n"))
