"""Measures the best combination for the three sizes; run from the root with PYTHONPATH=.

Random catalogs and consultations that look like real ones (tests/models/planning/plan_cases.py):
rates, caps, minimums, yearly caps, top-ups, tiers, groups that exclude one another, and amounts of
which some are round and some are not. What counts is everything from the consultation to the plan,
with the runner-up and what would be if combinations were confirmed, in processor time: it does not
depend on what else the machine does.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
from time import process_time
from typing import TYPE_CHECKING

from models.planning.best_combination import best_combination, search_best_combination
from tests.models.planning.plan_cases import random_case

if TYPE_CHECKING:
    from models.values.catalog import Catalog
    from models.values.consultation import Consultation

SIZES = ((12, 8), (20, 15), (40, 25))


def main() -> None:
    """Print one line a size: median, 90 % and longest time, longest slice, share proven."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=60)
    parser.add_argument("--limit", type=float, default=5.0)
    parser.add_argument("--slow", action="store_true", help="name the slow cases")
    options = parser.parse_args()
    for expenses, frames in SIZES:
        times, slices, proven = [], [], 0
        for seed in range(options.cases):
            catalog, consultation = random_case(seed, expenses, frames, categories=10)
            gc.collect()
            started = process_time()
            plan = best_combination(catalog, consultation, options.limit)
            times.append(process_time() - started)
            proven += plan.proven_optimal
            if options.slow and times[-1] > 3 * statistics.median(times):
                print(seed, f"{times[-1] * 1e3:.0f} ms", plan.proven_optimal, plan.proof.searched)
            slices.append(_longest_slice(catalog, consultation, options.limit))
        times.sort()
        print(
            f"{expenses} x {frames}: median {statistics.median(times) * 1e3:.1f} ms,"
            f" 90 % {times[int(len(times) * 0.9)] * 1e3:.1f} ms, max {times[-1] * 1e3:.0f} ms;"
            f" longest slice {max(slices) * 1e3:.1f} ms; proven {proven}/{len(times)}"
        )


def _longest_slice(catalog: Catalog, consultation: Consultation, limit: float) -> float:
    search = search_best_combination(catalog, consultation, limit)
    longest = 0.0
    while True:
        started = process_time()
        more = next(search, sys)
        longest = max(longest, process_time() - started)
        if more is sys:
            return longest


if __name__ == "__main__":
    main()
