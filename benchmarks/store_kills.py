"""Kill a writing program again and again: how many acknowledged changes does the store lose?

    python -m benchmarks.store_kills [KILLS]

Prints kills, changes, lost changes and damaged stores; both last figures must be 0.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from models.stores.consultation_store import ConsultationStore
from models.values.problems import UserFacingError
from tests.models.stores.writing_program import acknowledged_changes, start_writer

OPENED = datetime(2021, 4, 20, tzinfo=UTC)


def main(kills: int) -> int:
    rng = random.Random(7)  # noqa: S311 - repeatable, not a secret
    changes = lost = damaged = 0
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for _ in range(kills):
            writer = start_writer(folder)
            acknowledged = acknowledged_changes(writer, rng.uniform(0, 0.03))
            try:
                with ConsultationStore.open(folder, lambda: OPENED, "") as store:
                    held = int(store.list()[0].title)
                    store.document(store.list()[0].id)
                lost += held < acknowledged
                changes = held
            except UserFacingError:
                damaged += 1
    seconds = time.perf_counter() - started
    print(f"kills {kills}  changes {changes}  lost {lost}  damaged {damaged}  {seconds:.0f} s")
    return 1 if lost or damaged else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
