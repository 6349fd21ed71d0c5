"""A store of many consultations against an empty one: opening, listing, searching, backing up.

    python -m benchmarks.store_scale [CONSULTATIONS]

Each consultation has 60 answers' worth of text and 60 undo steps. Opening and listing run in a
process of their own, so that the imports count as well. Targets: start and list at most 300 ms
more than with an empty store, search under 20 ms.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from models.stores.consultation_store import ConsultationStore
from models.stores.store_rows import checksum, searched_text

ROOT = Path(__file__).resolve().parents[1]
PASSPHRASE = "ながい合言葉 correct horse"  # noqa: S105 - of a benchmark
NAMES = ["山田", "鈴木", "佐藤", "高橋", "渡辺", "齋藤", "田中", "中村", "小林", "加藤"]
TRADES = ["製作所", "商店", "食品", "建設", "工務店", "旅館", "酒造", "印刷", "農園", "運送"]
WORDS = ("山田", "やまだ", "製作所 2020", "佐藤 印刷", "株式会社", "x", "該当なし")
RUNS = 9
STEPS = 60

CHILD = """
import sys, time
started = time.perf_counter()
from datetime import UTC, datetime
from pathlib import Path
from models.stores.consultation_store import ConsultationStore
imported = time.perf_counter()
passphrase = sys.argv[2] or None
with ConsultationStore.open(Path(sys.argv[1]), lambda: datetime.now(UTC), "", passphrase) as store:
    opened = time.perf_counter()
    store.list()
    listed = time.perf_counter()
    print(imported - started, opened - imported, listed - opened)
"""


def fill(store: ConsultationStore, count: int) -> None:
    rng = random.Random(5)  # noqa: S311 - repeatable, not a secret
    connection = store._connection  # noqa: SLF001 - a million rows one by one would take hours
    connection.execute("BEGIN")
    for number in range(1, count + 1):
        name = f"株式会社{rng.choice(NAMES)}{rng.choice(TRADES)}{number}"
        day = (datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=rng.randrange(900))).date()
        case = {
            "format": "michishirube-case",
            "version": 1,
            "title": f"第{rng.randrange(1, 5)}回",
            "consulted_on": day.isoformat(),
            "office": "よろず支援拠点",
            "advisor": rng.choice(NAMES),
            "notes": "相談の内容をここに書く。" * rng.randrange(10, 60),
            "answers": {"applicant.name": name, **{f"question.{i}": i * 1000 for i in range(60)}},
            "expenses": [{"label": f"設備{i}", "amount": i * 10_000} for i in range(8)],
            "scenarios": [],
        }
        document = json.dumps(case, ensure_ascii=False, indent=2)
        connection.execute(
            "INSERT INTO consultation (document, checksum, client_name, consulted_on, title,"
            " updated_at, identity, search_text) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(document, checksum(document), name, case["consulted_on"], case["title"]),
                *(f"{day}T09:00:00.{number:06}+00:00", f"{number:032x}", searched_text(case)),
            ),
        )
        step = ("answers.question.1", "[1000]", "[2000]", "「質問」を答えました")
        written = checksum(*step)
        connection.executemany(
            "INSERT INTO undo_step VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
            [(number, position, *step, written) for position in range(1, STEPS + 1)],
        )
    connection.execute("COMMIT")


def in_a_process(folder: Path, passphrase: str | None) -> list[float]:
    command = [sys.executable, "-c", CHILD, str(folder), passphrase or ""]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [float(part) * 1000 for part in done.stdout.split()]


def medians(rows: list[list[float]]) -> list[float]:
    return [statistics.median(column) for column in zip(*rows, strict=True)]


def timed(action) -> float:  # noqa: ANN001 - any call
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1000


def measure(folder: Path, count: int, passphrase: str | None) -> bool:
    kind = "encrypted" if passphrase else "plain"
    clock = lambda: datetime(2021, 4, 20, tzinfo=UTC)  # noqa: E731 - one line
    empty, full = folder / f"empty-{kind}", folder / f"full-{kind}"
    ConsultationStore.open(empty, clock, "", passphrase).close()
    with ConsultationStore.open(full, clock, "", passphrase) as store:
        fill(store, count)
    size = (full / "consultations.sqlite").stat().st_size / 1e6
    both = [(in_a_process(empty, passphrase), in_a_process(full, passphrase)) for _ in range(RUNS)]
    none, many = medians([pair[0] for pair in both]), medians([pair[1] for pair in both])
    more = statistics.median([sum(pair[1]) - sum(pair[0]) for pair in both])
    with ConsultationStore.open(full, clock, "", passphrase) as store:
        searches = {
            words: statistics.median(timed(lambda w=words: store.list(w)) for _ in range(RUNS))
            for words in WORDS
        }
        hits = {words: len(store.list(words)) for words in WORDS}
        backup = timed(store.back_up_if_due)
        damaged_check = timed(lambda: store.back_up(folder / "copy"))
    slowest = max(searches.values())
    print(f"{count:,} consultations, {kind}, {size:.0f} MB:")
    print(f"  import, open, list: {none[0]:.0f} {none[1]:.0f} {none[2]:.1f} ms empty,")
    print(
        f"                      {many[0]:.0f} {many[1]:.0f} {many[2]:.1f} ms full; {more:.0f} more"
    )
    for words, milliseconds in searches.items():
        print(f"  search {words!r}: {hits[words]} found, {milliseconds:.1f} ms")
    print(f"  the day's backup, checked: {backup:.0f} ms; another: {damaged_check:.0f} ms")
    return more <= 300 and slowest < 20


def main(count: int) -> int:
    with tempfile.TemporaryDirectory() as name:
        reached = [measure(Path(name), count, passphrase) for passphrase in (None, PASSPHRASE)]
    print("targets reached" if all(reached) else "TARGETS MISSED")
    return 0 if all(reached) else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
