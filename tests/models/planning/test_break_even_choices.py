"""What is worth showing by default: pairs that can both hold, the nearest change first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models.judgement.screening import screen
from models.planning.break_even_choices import (
    WayComparer,
    WorthShowing,
    lever_choices,
    pairs,
    ranked,
)
from models.planning.lever import Lever
from models.planning.pace import finish
from models.planning.ways import compared_ways
from models.values.break_even import NoLine
from models.values.consultation import Consultation, Expense, Scenario, TaxMode
from reports.break_even_content import sentences_of
from tests.models.planning.test_break_even import BUYER

if TYPE_CHECKING:
    from models.values.catalog import Catalog
    from models.values.ways import Ways

EXPENSES = (
    Expense("旋盤", "equipment", 8_000_000, TaxMode.EXCLUDED),
    Expense("仲介料", "expert_services", 3_000_000, TaxMode.EXCLUDED),
    Expense("ちらし", "sales_promotion", 300_000, TaxMode.EXCLUDED),
    Expense("看板", "sales_promotion", 500_000, TaxMode.EXCLUDED),
)
VISIT = Consultation(answers=dict(BUYER), expenses=EXPENSES)


def ways_of(catalog: Catalog, consultation: Consultation) -> Ways:
    return compared_ways(catalog, consultation, screen(catalog, consultation.answers))[0]


def most_telling(
    catalog: Catalog, consultation: Consultation, ways: Ways
) -> tuple[WorthShowing, ...]:
    return ranked(WayComparer(catalog, consultation).every(ways))


def test_the_nearest_change_comes_first(catalog: Catalog) -> None:
    found = most_telling(catalog, VISIT, ways_of(catalog, VISIT))
    assert [each.rank for each in found] == sorted(each.rank for each in found)
    first = found[0]
    assert first.rank[0] == 0
    assert first.nearest == min(each.nearest for each in found if each.nearest is not None)
    assert first.found.amount_label == "旋盤"


def test_every_shown_figure_of_today_is_that_of_the_table(catalog: Catalog) -> None:
    for each in most_telling(catalog, VISIT, ways_of(catalog, VISIT)):
        for way, line in zip(each.ways, (each.found.first, each.found.second), strict=True):
            today = next(point for point in line.points if point.net == each.found.today)
            assert today.subsidy == way.result.amount.total
            assert today.own_burden == way.result.own_burden
            assert line.label == way.short


def test_amounts_are_categories_single_expenses_and_closure_costs(catalog: Catalog) -> None:
    ways = ways_of(catalog, VISIT)
    choices = lever_choices(catalog, VISIT, ways.ways)
    assert [(each.lever, each.label) for each in choices] == [
        (Lever("equipment", 0), "旋盤"),
        (Lever("expert_services", 1), "仲介料"),
        (Lever("sales_promotion"), f"{catalog.categories['sales_promotion'].label}の合計"),
        (Lever("sales_promotion", 2), "ちらし"),
        (Lever("sales_promotion", 3), "看板"),
        (Lever("closure"), catalog.categories["closure"].label),
    ]


def test_ways_that_cannot_both_hold_are_no_pair(catalog: Catalog) -> None:
    undecided = replace(VISIT, answers={**BUYER, "succession.role": None})
    scenarios = (
        Scenario(("jigyo-shokei/senmonka/urite",)),
        Scenario(("jigyo-shokei/senmonka/kaite",)),
        Scenario(("jigyo-shokei/ma/gensoku",)),
    )
    told = [
        {part.entry for way in pair for part in way.parts}
        for pair in pairs(ways_of(catalog, replace(undecided, scenarios=scenarios)))
    ]
    assert told == [{"jigyo-shokei/senmonka/kaite", "jigyo-shokei/ma/gensoku"}]


def test_expenses_taken_together_that_are_shared_otherwise_are_not_told(
    catalog: Catalog,
) -> None:
    shared = Scenario(("seisansei/jizokuka", "senryaku-kiban/sapoin"), "二つ")
    own = replace(
        VISIT,
        answers={**BUYER, "research.base_technology": True, "research.with_institute": True},
        scenarios=(shared, Scenario(("jigyo-shokei/ma/gensoku",))),
    )
    ways = ways_of(catalog, own)
    first, second, *_ = ways.ways
    comparer = WayComparer(catalog, own)
    found = comparer.along(ways, (first, second), Lever("sales_promotion"))
    assert isinstance(found, WorthShowing)
    # Both expenses of the category go to one frame here, and to two in the table.
    assert not found.agrees
    assert any("「金額」の表とちがう" in sentence for sentence in sentences_of(found))
    for each in most_telling(catalog, own, ways):
        assert each.agrees


def test_ways_with_other_expenses_are_compared_and_told_apart(catalog: Catalog) -> None:
    other = Scenario(("jigyo-shokei/ma/gensoku",), "小さく", expenses=EXPENSES[:2])
    own = replace(VISIT, scenarios=(other, Scenario(("jigyo-shokei/senmonka/kaite",))))
    ways = ways_of(catalog, own)
    found = most_telling(catalog, own, ways)
    assert found
    for each in found:
        assert each.found.burden is not None
        for way, line in zip(each.ways, (each.found.first, each.found.second), strict=True):
            today = next(point for point in line.points if point.net == each.found.today)
            assert today.subsidy == way.result.amount.total
            assert today.own_burden == way.result.own_burden


def test_of_many_expenses_only_the_largest_are_tried_and_any_can_be_chosen(
    catalog: Catalog,
) -> None:
    many = tuple(
        Expense(f"機械{number}", "equipment", 500_000 * number, TaxMode.EXCLUDED)
        for number in range(1, 7)
    )
    own = replace(VISIT, expenses=many)
    ways = ways_of(catalog, own)
    comparer = WayComparer(catalog, own)
    tried = {each.lever for each in comparer.every(ways) if each is not None}
    assert {lever.index for lever in tried if lever.category == "equipment"} == {None, 3, 4, 5}
    pair = next(pairs(ways))
    chosen = comparer.along(ways, pair, Lever("equipment", 0))
    assert isinstance(chosen, WorthShowing)
    assert comparer.along(ways, pair, Lever("equipment", 0)) is chosen


def test_what_was_given_up_in_haste_is_worked_out_with_patience(catalog: Catalog) -> None:
    both = ("seisansei/monozukuri", "jigyo-shokei/ma/gensoku")
    many = tuple(
        Expense(f"機械{number}", "equipment", 100_000 + 2**number, TaxMode.EXCLUDED)
        for number in range(12)
    )
    own = replace(VISIT, expenses=many, scenarios=(Scenario(both), Scenario(both[1:])))
    ways = ways_of(catalog, own)
    comparer = WayComparer(catalog, own)
    pair = next(pairs(ways))
    hasty = finish(comparer.steps(ways, pair, Lever("equipment", 0), patience=1))
    assert isinstance(hasty, NoLine)
    assert finish(comparer.steps(ways, pair, Lever("equipment", 0), patience=1)) is hasty
    assert isinstance(comparer.along(ways, pair, Lever("equipment", 0)), WorthShowing)
