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
from time import process_time
from typing import TYPE_CHECKING, TypeVar

from models.planning.best_combination import search_best_combination
from models.planning.pace import Pace
from tests.models.planning.plan_cases import random_case

if TYPE_CHECKING:
    from collections.abc import Generator

    from models.values.catalog import Catalog
    from models.values.consultation import Consultation
    from models.values.plan import Plan

Result = TypeVar("Result")
SIZES = "12x8,20x15,40x25"


def main() -> None:
    """Print one line a size: times, longest slices, share proven, and what is open where not."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=60)
    parser.add_argument("--sizes", default=SIZES, help="expenses x frames")
    parser.add_argument("--limit", type=float, default=5.0)
    parser.add_argument("--runs", type=int, default=1, help="of each case the quickest counts")
    parser.add_argument("--slow", action="store_true", help="name the slow cases")
    options = parser.parse_args()
    for size in options.sizes.split(","):
        expenses, frames = (int(number) for number in size.split("x"))
        times: list[float] = []
        slices: list[float] = []
        unproven: list[float] = []
        for seed in range(options.cases):
            catalog, consultation = random_case(seed, expenses, frames, categories=10)
            plan, worked = min(
                (_searched(catalog, consultation, options.limit) for _ in range(options.runs)),
                key=lambda run: sum(run[1]),
            )
            times.append(sum(worked))
            slices.append(max(worked))
            if not plan.proven_optimal:
                unproven.append(plan.could_be_better_by / plan.total.low)
            if options.slow and times[-1] > 3 * statistics.median(times):
                print(seed, f"{times[-1] * 1e3:.0f} ms", plan.proven_optimal, plan.proof.searched)
        times.sort()
        slices.sort()
        print(
            f"{expenses} x {frames}: median {statistics.median(times) * 1e3:.1f} ms,"
            f" {_late(times, 90)}, {_late(times, 95)}, max {times[-1] * 1e3:.0f} ms;"
            f" longest slice of a search: median {statistics.median(slices) * 1e3:.1f} ms,"
            f" {_late(slices, 95)}, max {slices[-1] * 1e3:.1f} ms;"
            f" proven {len(times) - len(unproven)}/{len(times)}"
            + (f", open at most {max(unproven):.1%}" if unproven else "")
        )


def _late(times: list[float], percent: int) -> str:
    return f"{percent} % {times[len(times) * percent // 100] * 1e3:.1f} ms"


def _searched(
    catalog: Catalog, consultation: Consultation, limit: float
) -> tuple[Plan, list[float]]:
    """Return the plan and how long each slice of the search worked (seconds)."""
    gc.collect()
    return timed_steps(
        search_best_combination(catalog, consultation, pace=Pace(limit, process_time))
    )


def timed_steps(work: Generator[None, None, Result]) -> tuple[Result, list[float]]:
    """Return what some work comes to, and how long each of its steps took (seconds)."""
    worked: list[float] = []
    while True:
        started = process_time()
        try:
            next(work)
        except StopIteration as done:
            worked.append(process_time() - started)
            return done.value, worked
        worked.append(process_time() - started)


if __name__ == "__main__":
    main()
