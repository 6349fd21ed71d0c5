"""Measure screening, the next question and the search, on the real catalog and on a huge one.

    python -m benchmarks.screening_speed [ROUNDS]

Prints the best of several rounds against each goal. The bare evaluation of the same conditions,
without reasons and open questions, is the limit that screening cannot beat. Exits with 1 when a
goal is missed.
"""

from __future__ import annotations

import sys
import time
from itertools import repeat
from operator import contains
from typing import TYPE_CHECKING

from benchmarks.huge_catalog import HUGE, huge_catalog, real_catalog
from models.judgement.evaluation import Situation, evaluate
from models.judgement.screening import screen
from models.planning.next_question import next_question
from models.stores.catalog_search import CatalogSearch
from tests.scenario_file import read_scenarios

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from models.values.catalog import Catalog
    from models.values.consultation import Consultation

PER_ENTRIES = 12
# What people type, key by key, with what they paste from PDFs and what is not there at all.
TYPED = [
    "補", "補助", "補助金", "じぎょう", "事業承継", "M&A 廃業", "強靱化", "⽀援", "ものづくり",
    "03-3501", "IT", "存在しない言葉", "2/3", "中小企業 設備 販路",
    "みせ", "引継ぎ", "水害補助金", "じぞくかほじょきん", "店 きかい 助成金",
]  # fmt: skip

ABSENT = ["てい", "存在"]

Row = tuple[str, float, float | None]


def best(rounds: int, work: Callable[[], object]) -> float:
    """Return the milliseconds of the fastest round; processor time, for others run here too."""
    fastest = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        work()
        fastest = min(fastest, time.process_time() - started)
    return fastest * 1000


def bare(catalog: Catalog, consultations: Sequence[Consultation]) -> None:
    """Evaluate every condition that screening evaluates, and nothing else."""
    for consultation in consultations:
        situation = Situation(catalog, consultation.answers)
        for entry in catalog.entries.values():
            if entry.hard is not None:
                evaluate(entry.hard, situation)
            for leaf in entry.soft:
                evaluate(leaf, situation)
            for offer in entry.offers:
                if offer.trigger is not None:
                    evaluate(offer.trigger, situation)


def measure(rounds: int) -> list[Row]:
    """Return what was measured, in ms, with its goal."""
    catalog = real_catalog()
    consultations = [case.consultation for case in read_scenarios()]
    visits = len(consultations)
    share = PER_ENTRIES / len(catalog.entries) / visits
    rows: list[Row] = [
        (
            f"bare evaluation, per {PER_ENTRIES} entries (the limit)",
            share * best(rounds, lambda: bare(catalog, consultations)),
            None,
        ),
        (
            f"screening with reasons, per {PER_ENTRIES} entries",
            share
            * best(rounds, lambda: _each(consultations, lambda c: screen(catalog, c.answers))),
            0.15,
        ),
        (
            "next question with screening, mean",
            best(rounds, lambda: _each(consultations, lambda c: next_question(catalog, c)))
            / visits,
            1.0,
        ),
    ]
    search = CatalogSearch(catalog)
    rows.append(("search, slowest of the words", _slowest(rounds, search), 5.0))
    huge = huge_catalog(catalog)
    some = consultations[:: max(1, visits // 3)]
    rows.append(
        (
            f"screening {HUGE:,} programs",
            best(2, lambda: [screen(huge, c.answers) for c in some]) / len(some),
            1000.0,
        )
    )
    rows.append(("building its search", best(1, lambda: CatalogSearch(huge)), None))
    huge_search = CatalogSearch(huge)
    rows.append((f"reading {HUGE:,} texts for one word instead", _reading(huge_search), None))
    rows.append((f"search in {HUGE:,}, per keystroke", _slowest(rounds, huge_search), 10.0))
    return rows


def _each(consultations: Sequence[Consultation], work: Callable[[Consultation], object]) -> None:
    """Work on one visit after the other; as in the window, no result outlives the next."""
    for consultation in consultations:
        work(consultation)


def _reading(search: CatalogSearch) -> float:
    texts = search._texts._texts  # noqa: SLF001 - what it would have to read without an index
    return max(best(9, lambda word=word: [*map(contains, texts, repeat(word))]) for word in ABSENT)


def _slowest(rounds: int, search: CatalogSearch) -> float:
    keystrokes = dict.fromkeys(words[:end] for words in TYPED for end in range(1, len(words) + 1))
    return max(best(3 * rounds, lambda typed=typed: search.find(typed)) for typed in keystrokes)


def main(rounds: int) -> int:
    rows = measure(rounds)
    missed = False
    print(f"{'':52} {'measured':>10} {'goal':>10}")
    for name, measured, goal in rows:
        late = goal is not None and measured >= goal
        missed = missed or late
        wanted = "" if goal is None else f"< {goal:g} ms"
        print(f"{name:52} {measured:7.3f} ms {wanted:>10} {'MISSED' if late else ''}".rstrip())
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
