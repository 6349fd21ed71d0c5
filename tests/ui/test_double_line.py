"""金額: what the scenarios beside one another would fund twice is said there too."""

from dataclasses import replace

import pytest

from models.planning.plans import find_plans
from models.values.consultation import Scenario
from tests.ui.test_plan_panel import BUYER, LONG, MA, MACHINE
from ui.panels.plan_panel import PlanPanel
from ui.steps import Step
from ui.widgets.basics import Badge, StyledLabel

TWICE = replace(BUYER, scenarios=(Scenario((MA,)), Scenario((MACHINE,))))


@pytest.fixture
def amounts(opened, qtbot):
    """Return the panel of the amounts, once it has looked for what is doubled."""
    opened.session.start_new(TWICE)
    opened.window.go_to(Step.COMPARISON)
    panel = opened.window.page(Step.COMPARISON).panel
    qtbot.waitUntil(lambda: not panel.double_search.is_searching, timeout=LONG)
    return panel


def marks(panel):
    return [one.text() for one in panel.findChildren(Badge) if one.isVisible()].count("二重")


def line(panel):
    labels = (one.text() for one in panel.findChildren(StyledLabel) if one.isVisible())
    return next(text for text in labels if "二重になります" in text)


def test_scenarios_that_want_the_same_expense_are_marked_with_the_split(amounts, catalog):
    double = find_plans(catalog, TWICE, 20).double_funding
    assert marks(amounts) == 1
    text = line(amounts)
    assert "1. NC旋盤、2. 検査機が二重になります。" in text
    for claim in double.claims:
        owner = catalog.entries[claim.given_to].short_name
        assert f". {BUYER.expenses[claim.expense].label}は {owner}" in text
    assert "いちばん多くなる分け方は" in text
    assert "一緒に使えるかは要確認です。" in text
    assert f"{double.split.total.low:,}円" in text


def test_from_the_line_one_comes_to_the_combinations(amounts, opened):
    amounts.double_button.click()
    assert isinstance(opened.window.page(Step.COMPARISON).panel, PlanPanel)


def test_it_goes_as_soon_as_nothing_is_doubled(amounts, opened, qtbot):
    shared = replace(TWICE, scenarios=(Scenario((MA, MACHINE)), Scenario((MACHINE,), name="別")))
    apart = replace(
        TWICE,
        scenarios=(
            Scenario((MA,), expenses=BUYER.expenses[:1]),
            Scenario((MACHINE,), expenses=BUYER.expenses[1:2]),
        ),
    )
    opened.session.change(apart, "x")
    assert marks(amounts) == 0, "an older answer does not stay"
    qtbot.waitUntil(lambda: not amounts.double_search.is_searching, timeout=LONG)
    assert marks(amounts) == 0
    opened.session.change(shared, "y")
    qtbot.waitUntil(lambda: marks(amounts) == 1, timeout=LONG)
    opened.session.change(replace(TWICE, expenses=BUYER.expenses[:1]), "z")
    qtbot.waitUntil(lambda: marks(amounts) == 1, timeout=LONG)
    assert "1. NC旋盤が二重になります。" in line(amounts)
    opened.session.change(replace(TWICE, expenses=()), "nothing to share")
    qtbot.waitUntil(lambda: not amounts.double_search.is_searching, timeout=LONG)
    assert marks(amounts) == 0


def test_without_scenarios_the_columns_are_a_choice_and_nothing_is_marked(opened, qtbot):
    opened.session.start_new(BUYER)
    opened.window.go_to(Step.COMPARISON)
    panel = opened.window.page(Step.COMPARISON).panel
    assert not panel.double_search.is_searching
    assert marks(panel) == 0


def test_what_is_known_already_is_not_searched_again(opened, catalog, qtbot):
    opened.session.start_new(TWICE)
    opened.session.plans.keep(TWICE, find_plans(catalog, TWICE, 20))
    opened.window.go_to(Step.COMPARISON)
    panel = opened.window.page(Step.COMPARISON).panel
    assert not panel.double_search.is_searching
    qtbot.waitUntil(lambda: marks(panel) == 1)
