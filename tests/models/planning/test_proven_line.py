"""Lines where expenses can be shared in too many ways: proven stretch by stretch, to the yen."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from models.planning.amount_curve import forms_of
from models.planning.break_even import break_even, compared, reach, reach_of
from models.planning.high_bound import high_bound
from models.planning.lever import Amount, Lever, Moved
from models.planning.lever_frames import Window, windowed
from models.planning.pace import finish
from models.planning.profiles import Piece, capped, multiplied, value_at, zero_below
from models.planning.proven_curve import ProvenCurve
from models.planning.proven_line import StretchSearch, search_proven_line
from models.planning.scenario_curve import ScenarioCurve, search_scenario_curve
from models.planning.share_ways import MOST_GONE_THROUGH, Shares
from models.planning.shared_curve import PATIENT, search_shared_curve
from models.values.break_even import BreakEven, NoLine, Reach
from models.values.consultation import Scenario
from models.values.money import man_text
from tests.models.planning.plan_cases import random_case
from tests.models.planning.small_catalog import catalog_of, plain, visit
from tests.models.planning.test_break_even import check, unclear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.planning.profiles import Profile
    from models.values.catalog import Catalog, Entry
    from models.values.consultation import Consultation

MANY = tuple(("x", 137_000 * number + 40_000) for number in range(1, 12))
BOTH = Scenario(("a", "b"))


def shares_of(
    catalog: Catalog, consultation: Consultation, entries: Sequence[Entry], lever: Lever
) -> tuple[Shares, Moved]:
    moved = lever.on(consultation.expenses, consultation.expenses)
    assert isinstance(moved, Moved)
    shares = Shares(entries, [forms_of(catalog, each, consultation.answers) for each in entries])
    shares.spread(moved)
    return shares, moved


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6))
def test_the_line_is_that_of_the_best_of_all_ways(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    catalog, consultation = random_case(seed, random.randint(1, 5), 5, categories=2)
    names = random.sample(sorted(catalog.entries), random.choice((2, 2, 3)))
    entries = [catalog.entries[name] for name in names]
    lever = Lever(random.choice([c for each in entries for c in each.base_categories]))
    shares, moved = shares_of(catalog, consultation, entries, lever)
    ways = finish(shares.every_way())
    search = StretchSearch(catalog, entries, consultation.answers, moved)
    line = finish(search_proven_line(search, shares, PATIENT))
    assert line is not None
    assert not line.rough
    most = high_bound(entries, shares.forms, moved)
    bends = [int(piece.start) for piece in line.low]
    for _ in range(60):
        net = random.choice(bends) + random.choice((-1, 0, 1, random.randint(0, 9_000_000)))
        if net < 0:
            continue
        best = max(way.at(net).low for way in ways)
        along = value_at(line.low, net)
        assert along - line.noise <= best < along + line.over
        assert max(value_at(way.low, net) for way in ways) < along + line.over
        assert max(way.at(net).high for way in ways) <= value_at(most, net)


def test_far_too_many_ways_to_go_through_give_an_exact_line() -> None:
    catalog = catalog_of(
        [plain("a", ["x"], "1/2", 2_000_000), plain("b", ["x"], "2/3", 3_500_000, 500_000)]
    )
    consultation = visit(*MANY)
    assert 2 ** (len(MANY) - 1) > MOST_GONE_THROUGH
    for other, lever in ((Scenario(("a",)), Lever("x", 0)), (Scenario(("b",)), Lever("x"))):
        found = break_even(catalog, consultation, (BOTH, other), lever)
        assert isinstance(found, BreakEven)
        check(catalog, consultation, (BOTH, other), lever, found)
    most = reach(catalog, consultation, BOTH, Lever("x", 0))
    assert isinstance(most, Reach)
    assert most.most is not None
    assert most.most.high == 5_500_000


def test_among_countless_teeth_the_line_is_rough_and_the_crossings_are_exact() -> None:
    catalog = catalog_of(
        [plain("a", ["x"], "1/2", 3_000_000), plain("b", ["x"], "2/3", 4_000_000, 500_000)]
    )
    consultation = visit(*MANY)
    for other, lever in ((Scenario(("a",)), Lever("x", 0)), (Scenario(("b",)), Lever("x", 4))):
        curves = tuple(
            finish(search_scenario_curve(catalog, consultation, each, lever, patience=8))
            for each in (BOTH, other)
        )
        first, second = curves
        assert isinstance(first, ScenarioCurve)
        assert isinstance(second, ScenarioCurve)
        assert first.rough
        amount = Amount.of(catalog, consultation, lever)
        found = finish(compared((first, second), amount))
        check(catalog, consultation, (BOTH, other), lever, found, rough=2 * first.rough)
        assert finish(reach_of(first, amount)).sentences[-1] == (
            "aとbでは経費の分け方がとても多いため、図の線は曲がり角のあいだで最大"
            f"{man_text(first.rough)}低いことがあり、それより小さな差では、"
            "どちらが多いかを言えません。"
        )


def test_an_open_high_end_is_told_to_be_a_bound() -> None:
    # Every sum of expenses is another: more of them than are kept.
    catalog = catalog_of([unclear("a", "1/2", "3/4", 10**14), plain("b", ["x"], "2/3", 10**14)])
    consultation = visit(*[("x", 100 + 2**number) for number in range(11)])
    other, lever = Scenario(("b",)), Lever("x", 0)
    found = break_even(catalog, consultation, (BOTH, other), lever)
    assert isinstance(found, BreakEven)
    assert found.first.high_is_open
    check(catalog, consultation, (BOTH, other), lever, found)
    told = reach(catalog, consultation, BOTH, lever)
    assert isinstance(told, Reach)
    assert told.sentences[-1] == (
        "aとbでは経費の分け方がとても多いため、図の多い方の線は、"
        "どう分けてもこれより多くはならないという上限です。"
    )


def test_without_patience_the_reason_is_told_and_what_helps() -> None:
    catalog = catalog_of([plain("a", ["x"], "1/2", 10**9), plain("b", ["x"], "2/3", 10**9)])
    consultation = visit(*MANY)
    entries = list(catalog.entries.values())
    _, moved = shares_of(catalog, consultation, entries, Lever("x", 0))
    hasty = finish(search_shared_curve(catalog, entries, {}, moved, patience=1))
    assert isinstance(hasty, NoLine)
    assert hasty.reason.endswith(
        "分け方が多すぎるため、線にできません。一つの経費ではなく、区分の合計で見てください。"
    )
    _, whole = shares_of(catalog, visit(*MANY, ("y", 1)), entries, Lever("x"))
    assert not isinstance(
        finish(search_shared_curve(catalog, entries, {}, whole, patience=1)), ProvenCurve
    )


def test_without_patience_no_useless_advice_is_given() -> None:
    takes = ["x", "y"]
    catalog = catalog_of([plain("a", takes, "1/2", 10**9), plain("b", takes, "2/3", 10**9)])
    consultation = visit(*[("y", amount) for _, amount in MANY], ("x", 100))
    entries = list(catalog.entries.values())
    _, moved = shares_of(catalog, consultation, entries, Lever("x"))
    found = finish(search_shared_curve(catalog, entries, {}, moved, patience=1))
    assert isinstance(found, NoLine)
    assert found.reason.endswith("線にできません。今の計画での金額は「金額」の表にあります。")


@given(
    shape=st.tuples(
        st.fractions(0, 1, max_denominator=6),
        st.integers(0, 400),
        st.integers(1, 900),
    ),
    weight=st.sampled_from((Fraction(1), Fraction(1, 2), Fraction(11, 10))),
    window=st.tuples(st.integers(0, 900), st.integers(0, 900)),
    slope=st.fractions(0, 1, max_denominator=6),
    cost=st.integers(0, 1500),
)
def test_the_best_amount_of_a_window_is_found(
    shape: tuple[Fraction, int, int],
    weight: Fraction,
    window: tuple[int, int],
    slope: Fraction,
    cost: int,
) -> None:
    rate, least, most = shape
    profile: Profile = (Piece(Fraction(0), Fraction(0), Fraction(1)),)
    profile = capped(zero_below(multiplied(profile, rate), Fraction(least)), Fraction(most))
    first, last = min(window), max(window)
    at_best = value_at(windowed(profile, weight, Window(first, last, slope)), cost)
    comes_to = [
        value_at(profile, cost + weight * net) + slope * (last - net)
        for net in range(first, last + 1)
    ]
    # Between two whole yen it may be a little more.
    assert max(comes_to) <= at_best <= max(comes_to) + slope + weight
