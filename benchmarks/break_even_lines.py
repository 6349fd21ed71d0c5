"""Measures break-even lines of frames that compete for many expenses, on the real catalog.

Every two frames (or a sample of three) that may stand together and share a category, with random
expenses; along the first expense and along its category. What counts is the line with its reach, in
processor time, and the longest step: the window does them between events. Run from the root with
PYTHONPATH=.
"""

from __future__ import annotations

import argparse
import statistics
from itertools import combinations
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from benchmarks.plan_speed import timed_steps
from models.planning.best_combination import pair_relations
from models.planning.break_even import reach_of
from models.planning.lever import Amount, Lever
from models.planning.plan_frames import takes
from models.planning.scenario_curve import search_scenario_curve
from models.stores.catalog_store import load_catalog
from models.values.break_even import NoLine
from models.values.catalog import PairKind
from models.values.consultation import Consultation, Expense, Scenario, TaxMode

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from models.values.catalog import Catalog, Entry


def main() -> None:
    """Print how many lines there are, how long they took, and which there are not."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--frames", type=int, default=2)
    parser.add_argument("--expenses", type=int, default=12)
    parser.add_argument("--most", type=int, default=0, help="so many combinations, 0: all")
    parser.add_argument("--shared", action="store_true", help="all expenses are taken by all")
    parser.add_argument("--slow", type=float, default=10.0, help="name what took more seconds")
    options = parser.parse_args()
    catalog = load_catalog(Path("data.sqlite"))
    random = Random(1)  # noqa: S311 - no secret hangs on it
    sets = list(_sets(catalog, options.frames))
    if options.most:
        sets = random.sample(sets, min(options.most, len(sets)))
    times: list[float] = []
    steps: list[float] = []
    missing = rough = 0
    for entries in sets:
        by_all = [c for c in catalog.categories if all(takes(each, c) for each in entries)]
        by_any = [c for c in catalog.categories if any(takes(each, c) for each in entries)]
        expenses = tuple(
            Expense(
                str(number),
                random.choice(by_all if options.shared else by_any),
                random.randrange(100, 4000) * 1000,
                TaxMode.EXCLUDED,
            )
            for number in range(options.expenses)
        )
        visit = Consultation(expenses=expenses)
        for lever in (Lever(expenses[0].category, 0), Lever(expenses[0].category)):
            found, worked = _measured(catalog, visit, entries, lever)
            times.append(sum(worked))
            steps.append(max(worked))
            missing += found is None
            rough += bool(found)
            if found is None or times[-1] > options.slow:
                names = " ".join(each.id for each in entries)
                print(f"{names} {lever.index}: {times[-1]:.1f} s, rough by: {found}", flush=True)
    times.sort()
    print(
        f"{len(times)} lines, {missing} missing, {rough} rough;"
        f" median {statistics.median(times) * 1e3:.0f} ms,"
        f" 90 % {times[len(times) * 9 // 10]:.1f} s, max {times[-1]:.1f} s;"
        f" longest step {max(steps) * 1e3:.0f} ms"
    )


def _sets(catalog: Catalog, size: int) -> Iterator[Sequence[Entry]]:
    relations = pair_relations(catalog)
    for entries in combinations(catalog.calculable, size):
        apart = any(
            relations.get((one.id, other.id)) is PairKind.EXCLUSIVE
            for one, other in combinations(entries, 2)
        )
        if not apart and any(all(takes(e, c) for e in entries) for c in catalog.categories):
            yield entries


def _measured(
    catalog: Catalog, visit: Consultation, entries: Sequence[Entry], lever: Lever
) -> tuple[int | None, list[float]]:
    """Return how rough a line is (yen), `None` without one, and how long each step took (s)."""
    scenario = Scenario(tuple(each.id for each in entries))
    return timed_steps(_line(catalog, visit, scenario, lever))


def _line(
    catalog: Catalog, visit: Consultation, scenario: Scenario, lever: Lever
) -> Generator[None, None, int | None]:
    curve = yield from search_scenario_curve(catalog, visit, scenario, lever)
    if isinstance(curve, NoLine):
        return None
    yield from reach_of(curve, Amount.of(catalog, visit, lever))
    return curve.rough


if __name__ == "__main__":
    main()
