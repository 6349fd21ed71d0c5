"""組合せ: found beside the window, never a silent guess, and the very plan of the command."""

from dataclasses import replace

import pytest

from models.planning.best_combination import best_combination
from models.planning.plans import find_plans
from models.values.consultation import Consultation, Expense, Scenario, TaxMode
from models.values.money import yen_text
from models.values.resources import resource_path
from tests.models.planning.plan_cases import random_case
from tests.models.planning.test_plan_output import ANSWERS, EXPENSES
from tests.ui.keys import Key, focused, press
from ui.commands.sheet_worker import read_order
from ui.page_base import Desk
from ui.panels.plan_panel import PlanPanel
from ui.plan_finder import FoundPlans, PlanFinder
from ui.steps import Step

BUYER = Consultation(consulted_on="2020-11-17", answers=ANSWERS, expenses=EXPENSES)
MA, MACHINE = "jigyo-shokei/ma/venture-seisansei", "seisansei/monozukuri"
LONG = 20_000


@pytest.fixture
def build(opened, qtbot):
    """Return what builds a panel over the window's own session."""
    built = []

    def build_one(consultation=BUYER, catalog_file=None):
        if consultation is not None:
            opened.session.start_new(consultation)
        panel = PlanPanel(Desk(opened.session, opened.theme, opened.ask, catalog_file))
        qtbot.addWidget(panel)
        built.append(panel)
        panel.edited.connect(opened.session.change)
        panel.resize(1100, 700)
        panel.show()
        panel.activateWindow()
        qtbot.waitUntil(panel.isActiveWindow)
        panel.show_consultation(opened.session.consultation)
        return panel

    yield build_one
    for panel in built:
        panel.release()


@pytest.fixture
def panel(build, qtbot):
    panel = build()
    qtbot.waitUntil(lambda: panel.plan() is not None, timeout=LONG)
    return panel


def test_it_shows_the_plan_of_the_command(panel, catalog):
    plan = best_combination(catalog, BUYER)
    assert panel.plan() == plan
    text = panel.view.texts()
    assert f"{plan.total.low:,}円〜{plan.total.high:,}円" in text
    for frame in plan.frames:
        assert catalog.entries[frame.entry].short_name in text
    assert "これより多い組合せがないことを確かめました。" in text
    assert "次によい組合せは" in text
    assert "一緒に使えるかは資料に書かれていません" in text
    assert "併用可" not in text


def test_every_frame_left_out_has_its_reason(panel, catalog):
    text = panel.view.texts()
    for each in panel.plan().left_out:
        assert catalog.entries[each.entry].short_name in text
    assert "選んだ枠と、どちらか一つだけ" in text
    assert "該当しない" in text


def test_what_nobody_has_spoken_of_is_marked(panel, opened):
    in_play = {one.entry for one in opened.session.screenings() if one.in_play}
    not_spoken = [one for one in panel.plan().frames if one.entry not in in_play]
    assert panel.view.texts().count("まだ話に出ていない枠") == len(not_spoken) > 0
    panel.scopes.button(1).click()
    assert panel.plan().frames
    assert {one.entry for one in panel.plan().frames} <= in_play
    assert "まだ話に出ていない枠" not in panel.view.texts()
    assert "話に出ている枠の中では、これより多い組合せがない" in panel.view.texts()


def test_enter_on_an_amount_opens_its_working(panel):
    panel.focus_first()
    opened_from = focused()
    press(Key.Key_Return)
    assert panel.pane.isVisible()
    assert "計算" in panel.pane.text()
    assert "行" in panel.pane.text()
    press(Key.Key_Escape)
    assert not panel.pane.isVisible()
    assert focused() is opened_from


def test_the_plan_becomes_a_scenario(panel, opened, qtbot):
    frames = tuple(frame.entry for frame in panel.plan().frames)
    panel.keep_button.click()
    (scenario,) = opened.session.consultation.scenarios
    assert scenario.frames == frames
    panel.show_consultation(opened.session.consultation)
    qtbot.waitUntil(lambda: panel.plan() is not None, timeout=LONG)
    assert not panel.keep_button.isVisible()
    assert panel.kept.isVisible()
    opened.session.undo()
    assert opened.session.consultation.scenarios == ()


def test_expenses_that_two_scenarios_want_are_marked(build, qtbot):
    twice = Consultation(
        consulted_on="2020-11-17",
        answers=ANSWERS,
        expenses=EXPENSES,
        scenarios=(Scenario((MA,)), Scenario((MACHINE,))),
    )
    panel = build(twice)
    qtbot.waitUntil(lambda: panel.plan() is not None, timeout=LONG)
    text = panel.view.texts()
    assert "案をぜんぶ使うと、二重になる経費" in text
    assert text.count("二重\n") + text.endswith("二重") >= 2
    assert "いちばん多くなる分け方は" in text
    assert "8,333,333円" in text


def test_without_expenses_it_leads_to_them(build, qtbot):
    panel = build(Consultation(consulted_on="2020-11-17", answers=ANSWERS))
    assert "経費がまだ入っていません" in panel.progress.text()
    with qtbot.waitSignal(panel.step_requested) as told:
        panel.to_expenses.click()
    assert told.args == [Step.EXPENSES]


def test_a_change_never_leaves_the_older_answer_as_the_newer(panel, opened, qtbot):
    before = panel.plan()
    opened.session.change(Consultation(answers=ANSWERS, expenses=EXPENSES[:1]), "x")
    panel.show_consultation(opened.session.consultation)
    assert panel.plan() is None
    assert not panel.keep_button.isEnabled()
    qtbot.waitUntil(lambda: panel.plan() is not None, timeout=LONG)
    assert panel.plan() != before


def test_the_sheet_can_have_the_very_plans(panel, opened):
    held = opened.session.consultation
    assert opened.session.plans.of(held).whole is panel.plan()
    noted = replace(held, notes="見積書はまだ")
    assert opened.session.plans.of(noted).whole is panel.plan()
    assert opened.session.plans.of(replace(held, expenses=())) is None
    opened.window.go_to(Step.SHEET)
    order = opened.window.page(Step.SHEET)._order()
    assert order.plans.whole is panel.plan()
    assert read_order(order.line(), opened.session.catalog) == order


def test_a_process_beside_the_window_finds_the_same(build, qtbot, catalog):
    panel = build(catalog_file=resource_path("data.sqlite"))
    qtbot.waitUntil(lambda: panel.plan() is not None, timeout=LONG)
    assert panel.finder._worker is not None
    assert not panel.finder._gradual.is_working
    assert panel._found.plans == find_plans(catalog, BUYER, 20)


def test_a_process_that_cannot_start_is_done_without(build, qtbot, catalog, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "ui.plan_finder.plan_worker_command", lambda _file: [str(tmp_path / "none"), "x"]
    )
    panel = build(catalog_file=resource_path("data.sqlite"))
    qtbot.waitUntil(lambda: panel.plan() is not None, timeout=LONG)
    assert panel.plan() == best_combination(catalog, BUYER)


def test_a_newer_question_takes_the_place_of_an_older(qtbot, catalog, qapp):
    finder = PlanFinder(resource_path("data.sqlite"), lambda: catalog, qapp)
    found = []
    finder.plans_found.connect(found.append)
    older = Consultation(
        answers=ANSWERS,
        expenses=tuple(
            Expense(f"機械{n}", ("equipment", "sales_promotion", "shared_system")[n % 3],
                    1_234_567 + 98_765 * n, TaxMode.EXCLUDED)
            for n in range(30)
        ),
    )  # fmt: skip
    finder.search(older)
    finder.search(BUYER)
    qtbot.waitUntil(lambda: bool(found), timeout=LONG)
    assert [one.asked for one in found] == [BUYER]
    assert not finder.is_searching
    finder.release()


def test_a_search_that_is_stopped_gives_what_it_has(opened, qtbot):
    catalog, hard = random_case(6, 40, 25, categories=10)
    found = []
    finder = PlanFinder(None, lambda: catalog, opened.window)
    finder.plans_found.connect(found.append)
    finder.search(hard)
    finder.stop()
    qtbot.waitUntil(lambda: bool(found), timeout=LONG)
    plan = found[0].plans.whole
    assert not plan.proven_optimal
    assert plan.upper_bound > plan.total.low


def test_what_is_not_proven_shows_its_bound(panel, catalog):
    plans = find_plans(catalog, BUYER, 20)
    bound = plans.whole.total.low + 1_234_567
    proof = replace(plans.whole.proof, upper_bound=bound)
    ended = replace(
        plans.whole,
        proven_optimal=False,
        proof=proof,
        if_confirmed_proven=False,
        runner_up_searched=False,
        runner_up=None,
    )
    panel.finder.plans_found.emit(FoundPlans(BUYER, replace(plans, whole=ended)))
    text = panel.view.texts()
    assert f"これより良い組合せが{yen_text(bound)}まであり得ます" in text
    assert "1,234,567円" in text
    assert "確かめました" not in text
    assert "次によい組合せは、時間内には調べきれませんでした。" in text
    assert "合計は少なくとも" in text


def test_the_stop_button_comes_when_it_takes_long(build):
    panel = build()
    panel.finder.cancel()
    panel.finder.search(BUYER)
    panel._on_stale_timeout()
    assert panel.progress.text() == "調べています…"
    assert not panel.stop_button.isVisible()
    panel._on_long_timeout()
    assert panel.stop_button.isVisible()
    assert panel.view is None


def test_it_is_a_tab_of_the_comparison(opened, qtbot):
    opened.session.start_new(BUYER)
    opened.window.go_to(Step.COMPARISON)
    page = opened.window.page(Step.COMPARISON)
    words = [button.text() for button in page.tabs.buttons()]
    panel = page.open_tab(words.index("組合せ"))
    assert isinstance(panel, PlanPanel)
    qtbot.waitUntil(lambda: panel.plan() is not None, timeout=LONG)
    panel.keep_button.click()
    assert opened.session.consultation.scenarios[-1].frames
    qtbot.waitUntil(lambda: panel.plan() is not None, timeout=LONG)
    assert panel.kept.isVisible()
