"""A program that changes a consultation as fast as it can, to be killed in the middle."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[3]

WRITER = """
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from models.stores.consultation_store import ConsultationStore
from models.values.consultation import Consultation
from models.values.edits import edit_between

with ConsultationStore.open(Path(sys.argv[1]), lambda: datetime.now(UTC), "") as store:
    if not store.list():
        store.create(Consultation(title="0", notes="x" * 5000))
    key = store.list()[0].id
    number = int(store.list()[0].title)
    held = Consultation(title=str(number), notes="x" * 5000)
    while True:
        number += 1
        new = replace(held, title=str(number))
        store.commit(key, new, edit_between(held, new, str(number)))
        held = new
        print(number, flush=True)
"""


def start_writer(folder: Path) -> subprocess.Popen[bytes]:
    """Start the program on the store in `folder`."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)], cwd=ROOT, stdout=subprocess.PIPE
    )


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
