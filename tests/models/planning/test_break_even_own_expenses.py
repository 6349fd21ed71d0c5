"""Break-even of scenarios with expenses of their own: what follows, what stays, and the words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from models.planning.break_even import break_even, reach
from models.planning.break_even_choices import lever_choices
from models.planning.expense_match import matched
from models.planning.lever import Amount, Lever, Moved, Stays
from models.planning.scenario_edits import varied_expense
from models.planning.simulation import simulate_scenario
from models.planning.ways import compared_ways
from models.values.break_even import Ahead, BreakEven, Reach
from models.values.consultation import Consultation, Expense, Scenario, TaxMode
from models.values.money import YenRange
from tests.models.planning.plan_cases import random_case
from tests.models.planning.small_catalog import catalog_of, plain
from tests.models.planning.test_break_even import check

if TYPE_CHECKING:
    from models.values.catalog import Catalog

LATHE = Expense("旋盤", "x", 3_000_000, TaxMode.EXCLUDED)
SIGN = Expense("看板", "x", 500_000, TaxMode.EXCLUDED)
ADVICE = Expense("相談料", "y", 1_000_000, TaxMode.EXCLUDED)
OWN = (LATHE, ADVICE)
VISIT = Consultation(expenses=OWN)
DEARER = varied_expense(LATHE, 20)


def small() -> Catalog:
    return catalog_of(
        [plain("a", ["x", "y"], "1/2", 2_000_000), plain("b", ["x"], "2/3", 4_000_000)]
    )


def test_what_keeps_its_name_and_amount_follows() -> None:
    later = replace(LATHE, pay_month="2021-09", estimate=True)
    for kept in (LATHE, later):
        moved = Lever("x", 0).on(OWN, (ADVICE, kept))
        assert isinstance(moved, Moved)
        assert moved.at(7) == (ADVICE, replace(kept, amount=7))


def test_what_a_scenario_puts_in_its_place_stays() -> None:
    assert Lever("x", 0).on(OWN, (DEARER, ADVICE)) == Stays((DEARER, ADVICE), 3_600_000)
    assert Lever("x", 0).on(OWN, (ADVICE,)) == Stays((ADVICE,), None)
    assert Lever("x").on(OWN, (DEARER, ADVICE)) == Stays((DEARER, ADVICE), 3_600_000)
    added = (LATHE, ADVICE, replace(SIGN, category="z"))
    assert Lever("z").on(OWN, added) == Stays(added, 500_000)


def test_a_category_follows_with_all_of_the_plan_and_leaves_alone_what_is_beside() -> None:
    own = (LATHE, SIGN)
    more = Expense("運搬", "x", 40_000, TaxMode.EXCLUDED)
    moved = Lever("x").on(own, (more, SIGN, LATHE))
    assert isinstance(moved, Moved)
    assert (moved.places, moved.beside) == ((1, 2), 40_000)
    assert moved.at(9) == (more, replace(SIGN, amount=9))
    assert isinstance(Lever("x").on(own, (SIGN, DEARER)), Stays)
    assert Lever("z").on(own, (LATHE,)) == Moved((LATHE,), (), "z")


def test_the_same_is_found_before_what_only_bears_the_name() -> None:
    first, second = replace(LATHE, amount=8), replace(LATHE, amount=9)
    assert matched((first, second), (replace(LATHE, amount=10), first)) == {0: 1, 1: 0}


def test_an_expense_of_one_scenario_alone_can_be_the_amount(catalog: Catalog) -> None:
    gensoku, kaite = "jigyo-shokei/ma/gensoku", "jigyo-shokei/senmonka/kaite"
    own = (
        Expense("旋盤", "equipment", 3_000_000, TaxMode.EXCLUDED),
        Expense("仲介料", "expert_services", 1_000_000, TaxMode.EXCLUDED),
    )
    closing = Expense("片づけ", "closure", 500_000, TaxMode.EXCLUDED)
    scenarios = (
        Scenario((gensoku,), "閉める", expenses=(varied_expense(own[0], 20), closing)),
        Scenario((kaite,)),
    )
    answers = {"succession.kind": "m_and_a", "succession.role": "buyer"}
    visit = Consultation(answers=answers, expenses=own, scenarios=scenarios)
    (ways,) = compared_ways(catalog, visit, ())
    choices = lever_choices(catalog, visit, ways.ways)
    assert [each.label for each in choices] == [
        "仲介料",
        catalog.categories["closure"].label,
        "閉めるの旋盤",
        "閉めるの片づけ",
    ]
    lever = choices[2].lever
    assert lever.today(own) == 3_600_000
    amount = Amount.of(catalog, visit, lever)
    assert (amount.thing, amount.plan) == ("旋盤", "閉めるの計画")


def test_where_the_costs_differ_the_own_burden_is_told_apart() -> None:
    other = Scenario(("b",), "別の機械", expenses=(DEARER,))
    found = break_even(small(), VISIT, (Scenario(("a",)), other), Lever("x", 0))
    assert isinstance(found, BreakEven)
    assert found.subsidy is not None
    assert found.burden is not None
    # The other pays 3,960,000 and is paid 2,400,000; this one pays 1.1 x + 1,100,000 and is paid
    # (x + 1,000,000) / 2, at most 2,000,000.
    assert [each.ahead for each in found.subsidy.surely.crossings] == []
    assert found.subsidy.surely.begins is Ahead.SECOND
    (crossing,) = found.burden.surely.crossings
    assert crossing.ahead is Ahead.SECOND
    assert abs(crossing.at - 1_600_000) <= 2
    assert found.sentences == (
        "旋盤がいくらあっても、別の機械の補助額がaより多くなります。",
        "旋盤が税抜で160万円を超えると、別の機械のご自身の負担がaより少なくなります。",
    )


def test_what_is_left_to_pay_grows_beyond_the_last_bend() -> None:
    other = Scenario(("b",), "別の機械", expenses=(DEARER,))
    found = break_even(small(), VISIT, (Scenario(("a",)), other), Lever("x", 0))
    assert isinstance(found, BreakEven)
    *_, bend, end = found.first.points
    assert (bend.subsidy, end.subsidy) == (YenRange(2_000_000, 2_000_000),) * 2
    assert end.own_burden.low - bend.own_burden.low == (end.net - bend.net) * 11 // 10
    assert found.second.points[0].own_burden == found.second.points[-1].own_burden


def test_why_an_amount_moves_nothing_is_told() -> None:
    def told(scenario: Scenario, lever: Lever, visit: Consultation = VISIT) -> tuple[str, ...]:
        found = reach(small(), visit, scenario, lever)
        assert isinstance(found, Reach)
        return found.sentences

    assert told(Scenario(("b",), "案1", expenses=(DEARER,)), Lever("x", 0)) == (
        "案1では旋盤を税抜360万円に置きかえているため、この額を動かしても、"
        "補助もご自身の負担も変わりません。",
    )
    assert told(Scenario(("b",), "案1", expenses=(DEARER,)), Lever("y", 1)) == (
        "案1には相談料が入っていないため、この額を動かしても、補助もご自身の負担も変わりません。",
    )
    theirs = Lever("x", 0, (DEARER,), "案1")
    assert told(Scenario(("b",)), theirs) == (
        "bでは旋盤は税抜300万円のままなので、この額を動かしても、"
        "補助もご自身の負担も変わりません。",
    )
    dear = Scenario(("b",), "案1", expenses=(replace(DEARER, amount=7_000_000),))
    assert told(dear, Lever("x", 0, dear.expenses, "案1")) == (
        "案1の旋盤が税抜で600万円を超えると、案1の補助（400万円）はそれ以上ふえません。",
        "案1の計画は、その額を100万円超えています。",
    )
    two = replace(VISIT, expenses=(LATHE, SIGN))
    more = (LATHE, SIGN, Expense("運搬", "x", 40_000, TaxMode.EXCLUDED))
    assert told(Scenario(("b",), "案1", expenses=more), Lever("x"), two)[-1] == (
        "案1では、xの合計のほかに、この案だけの税抜4万円も数えています。"
    )


@dataclass(frozen=True)
class Plans:
    """A random plan and a scenario's own, made row by row so that it is known what is what."""

    own: tuple[Expense, ...]
    varied: tuple[Expense, ...]
    kept: dict[int, int]
    """Place in the plan -> place in the scenario, of what keeps its amount."""

    @classmethod
    def random(cls, random: Random, expenses: tuple[Expense, ...]) -> Plans:
        own = tuple(replace(each, label=f"e{place}") for place, each in enumerate(expenses))
        rows: list[tuple[Expense, int | None]] = []
        for place, each in enumerate(own):
            what = random.choice(("keep", "keep", "later", "dearer", "left out"))
            if what in {"keep", "later"}:
                month = "2021-09" if what == "later" else None
                rows.append((replace(each, pay_month=month), place))
            elif what == "dearer":
                rows.append((varied_expense(each, 20), None))
        for number in range(random.choice((0, 1, 1, 2))):
            like = random.choice(expenses)
            rows.append((replace(like, label=f"new {number}", amount=like.amount // 3), None))
        random.shuffle(rows)
        varied = tuple(row for row, _ in rows)
        return cls(own, varied, {of: at for at, (_, of) in enumerate(rows) if of is not None})

    def levers(self) -> list[Lever]:
        """Return the amounts that can be varied."""
        categories = {each.category for each in (*self.own, *self.varied)}
        found = [Lever(category) for category in sorted(categories)]
        found += [Lever(each.category, place) for place, each in enumerate(self.own)]
        found += [
            Lever(each.category, place, self.varied, "案1")
            for place, each in enumerate(self.varied)
            if place not in self.kept.values()
        ]
        return found

    def moved(self, lever: Lever, net: int, *, is_own: bool) -> tuple[Expense, ...]:
        """Return what the client's or the scenario's expenses are with the amount put in."""
        rows = self.own if is_own else self.varied
        if lever.index is not None:
            if (lever.plan is None) == is_own:
                return _put(rows, [lever.index], net)
            place = None if is_own else self.kept.get(lever.index)
            return rows if place is None else _put(rows, [place], net)
        planned = [n for n, each in enumerate(self.own) if each.category == lever.category]
        planned = [n for n in planned if self.own[n].year == self.own[planned[0]].year]
        has_any = any(each.category == lever.category for each in rows)
        if not planned:
            added = Expense("", lever.category, net, TaxMode.EXCLUDED)
            return rows if has_any else (*rows, added)
        if is_own:
            return _put(rows, planned, net)
        kept = [self.kept[n] for n in planned if n in self.kept]
        return _put(rows, sorted(kept), net) if len(kept) == len(planned) else rows


def _put(rows: tuple[Expense, ...], places: list[int], net: int) -> tuple[Expense, ...]:
    tax = TaxMode.NONE if rows[places[0]].tax is TaxMode.NONE else TaxMode.EXCLUDED
    first = replace(rows[places[0]], amount=net, tax=tax)
    return tuple(
        first if place == places[0] else row
        for place, row in enumerate(rows)
        if place not in places[1:]
    )


@settings(max_examples=60)
@given(seed=st.integers(0, 10**6))
def test_lines_and_crossings_are_those_of_simulate(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    catalog, drawn = random_case(seed, random.randint(1, 4), 4, categories=3)
    plans = Plans.random(random, drawn.expenses)
    visit = replace(drawn, expenses=plans.own)
    frames = tuple(random.sample(sorted(catalog.entries), random.choice((1, 1, 2))))
    varied = Scenario(frames, "案1", expenses=plans.varied)
    plain_one = Scenario((random.choice(sorted(catalog.entries)),))
    scenarios = (varied, plain_one) if random.random() < 0.5 else (plain_one, varied)
    lever = random.choice(plans.levers())

    def simulated(
        catalog: Catalog, visit: Consultation, scenario: Scenario, lever: Lever, net: int
    ) -> tuple[YenRange, YenRange]:
        moved = plans.moved(lever, net, is_own=scenario.expenses is None)
        results = simulate_scenario(catalog, visit, replace(scenario, expenses=moved))
        totals = [result.amount.total for result in results]
        subsidy = YenRange(sum(t.low for t in totals if t), sum(t.high for t in totals if t))
        return subsidy, subsidy.subtracted_from(results[0].paid)

    found = break_even(catalog, visit, scenarios, lever)
    assert isinstance(found, BreakEven)
    check(catalog, visit, scenarios, lever, found, simulated)
