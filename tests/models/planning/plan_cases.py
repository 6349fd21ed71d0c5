"""Random planning problems that look like real ones, and a plain exhaustive answer to them."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random
from typing import TYPE_CHECKING

from models.judgement.costs import Costs
from models.judgement.subsidy_amount import total_range
from models.planning.best_combination import pair_relations
from models.values import calculation as calc
from models.values.catalog import Catalog, Entry, PairKind
from models.values.consultation import Consultation, Expense, TaxMode
from tests.models.planning.small_catalog import (
    cap,
    catalog_of,
    count_question,
    entry,
    flag_question,
    flagged,
    plain,
    rate,
    tax_question,
    yen_question,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

RATES = ("1/2", "1/2", "2/3", "2/3", "3/4", "1/3")
CAPS = (500_000, 1_000_000, 2_000_000, 2_250_000, 3_000_000, 4_500_000, 6_000_000, 10_000_000)


def random_case(
    seed: int, expenses: int, frames: int, categories: int = 8
) -> tuple[Catalog, Consultation]:
    """Return a catalog of frames of every shape and a consultation, always the same for a seed."""
    random = Random(seed)  # noqa: S311 - no secret hangs on it
    names = [f"c{number}" for number in range(categories)]
    entries = [_random_entry(random, number, names) for number in range(frames)]
    rules = []
    numbers = list(range(frames))
    random.shuffle(numbers)
    while len(numbers) > frames // 3:
        size = min(random.randint(2, 4), len(numbers))
        group = [numbers.pop() for _ in range(size)]
        kind = "unconfirmed" if random.random() < 0.25 else "exclusive"
        rules.append((kind, [[f"f{number:02}"] for number in sorted(group)]))
    planned = tuple(_random_expense(random, names) for _ in range(expenses))
    questions = {
        question.id: question
        for question in (
            yen_question("payout"),
            count_question("members", 4),
            flag_question("special"),
            tax_question("tax"),
        )
    }
    possible = {
        "payout": random.randint(0, 3_000_000),
        "members": random.randint(1, 4),
        "special": random.random() < 0.5,
        "tax": random.choice(("taxable", "exempt")),
    }
    answers = {name: value for name, value in possible.items() if random.random() < 0.7}
    catalog = catalog_of(entries, *rules, also=names, questions=questions)
    return catalog, Consultation(answers=answers, expenses=planned)


def _random_expense(random: Random, names: Sequence[str]) -> Expense:
    if random.random() < 0.7:
        amount = 10_000 * random.randint(5, 300 if random.random() < 0.8 else 1500)
        tax = TaxMode.EXCLUDED
    else:
        amount = random.choice((1, 1_000, 10_000)) * random.randint(1, 9)
        amount += 10_000 * random.randint(5, 600)
        tax = TaxMode.INCLUDED
    year = 1 if random.random() < 0.85 else random.randint(1, 3)
    return Expense("", random.choice(names), amount, tax, year=year)


def _random_entry(random: Random, number: int, names: Sequence[str]) -> Entry:
    name = f"f{number:02}"
    takes = random.sample(names, min(random.choice((1, 1, 2, 2, 3)), len(names)))
    share, most = random.choice(RATES), random.choice(CAPS)
    shape = random.random()
    if shape < 0.5:
        return plain(name, takes, share, most)
    if shape < 0.65:
        return plain(name, takes, share, most, most // random.choice((2, 5, 10)))
    if shape < 0.75 and len(takes) > 1:
        steps = (calc.Pool(tuple(takes[:-1])), rate(share), calc.RoundDown(1), cap(most))
        top = (calc.Pool((takes[-1],)), rate(share), calc.RoundDown(1), cap(most))
        return entry(name, steps, takes=takes[:-1], top_up=top, top_up_takes=takes[-1:])
    if shape < 0.85:
        inner = (calc.Pool(tuple(takes)), rate(share), calc.RoundDown(1), cap(most))
        last = (
            calc.RunningCap(most * 2, "term_limit")
            if random.random() < 0.6
            else calc.FirstYearCap("first_year_limit")
        )
        return entry(name, (calc.EachYear(2, inner), last), takes=takes)
    return _odd_entry(random, name, takes, share, most)


def _odd_entry(random: Random, name: str, takes: Sequence[str], share: str, most: int) -> Entry:
    """Return a frame with a step that few real frames have."""
    pool, end = calc.Pool(tuple(takes)), (calc.RoundDown(1), cap(most))
    tiers = calc.Tiers((calc.Tier(most // 2, Fraction(1)), calc.Tier(None, Fraction(share))))
    rising = calc.Tiers((calc.Tier(most // 2, Fraction(1, 3)), calc.Tier(None, Fraction(share))))
    ways = (calc.Reading("a", "", (rate(share),)), calc.Reading("b", "", (tiers,)))
    only_then = calc.Reading("c", "", (rate("3/4"),), when=flagged("special"))
    main, own = tuple(takes[:-1]), tuple(takes[-1:])
    base: Sequence[calc.Step] = random.choice(
        (
            (pool, tiers, cap(most)),
            (pool, rising, cap(most)),
            (pool, rate("3/4"), calc.RoundDown(1), tiers, cap(most)),
            (pool, calc.MinusAnswer("payout"), rate(share), *end),
            (pool, rate(share), *end, calc.CostCap("payout", "insurance_limit")),
            (pool, calc.Readings("N", ways), *end),
            (pool, calc.Readings("N", (*ways, only_then)), *end, calc.Minimum(most // 3)),
            (pool, rate(share), calc.RoundDown(1000), cap(most)),
            (pool, rate(share), calc.CapPer("members", most // 3, most, "subsidy_max_limit")),
            (pool, rate(share), *end, calc.ZeroWhen(flagged("special"), "large_lead")),
            (calc.Pool(main), rate(share), calc.RoundDown(1), calc.AddPool(own), cap(most)),
            (calc.Pool(main), rate(share), cap(most // 2), calc.AddPool(own), cap(most)),
            (
                calc.SubLimit(main, own, Fraction(share), Fraction(1, 4), most // 2, "year_limit"),
                *end,
            ),
            (calc.Pool(tuple(takes), flagged("special")), rate(share), *end),
        )
    )
    return entry(name, base, takes=takes)


def exhaustive_best(
    catalog: Catalog,
    consultation: Consultation,
    forbidden: tuple[PairKind, ...] = (PairKind.EXCLUSIVE, PairKind.UNCONFIRMED),
    without: frozenset[str] | set[str] = frozenset(),
) -> tuple[int, tuple[str, ...]]:
    """Return the best total and the frames by the tie rule, having tried every share."""
    relations = pair_relations(catalog)
    order = {entry_id: number for number, entry_id in enumerate(catalog.entries)}
    known: dict[tuple[str, tuple[int, ...]], int] = {}

    def low(entry_id: str, share: tuple[int, ...]) -> int:
        if (entry_id, share) not in known:
            costs = Costs(consultation.expenses[index] for index in share)
            found = total_range(catalog, catalog.entries[entry_id], consultation.answers, costs)
            known[entry_id, share] = found.low
        return known[entry_id, share]

    choices = [
        [
            None,
            *(
                each.id
                for each in catalog.entries.values()
                if expense.category in (*each.base_categories, *each.top_up_categories)
                and each.has_firm_amount
                and each.id not in without
            ),
        ]
        for expense in consultation.expenses
    ]
    best: tuple[int, int, tuple[int, ...]] | None = None
    for owners in product(*choices):
        shares: dict[str, list[int]] = {}
        for index, owner in enumerate(owners):
            if owner is not None:
                shares.setdefault(owner, []).append(index)
        amounts = {each: low(each, tuple(share)) for each, share in shares.items()}
        used = [each for each in shares if amounts[each]]
        if any(relations.get((a, b)) in forbidden for a in used for b in used if a != b):
            continue
        rank = (
            -sum(amounts[each] for each in used),
            len(used),
            tuple(sorted(order[each] for each in used)),
        )
        best = rank if best is None else min(best, rank)
    assert best is not None
    names = list(order)
    return -best[0], tuple(names[number] for number in best[2])
