"""分かれ目: two ways along one amount, chosen by keys, with the words of the sheet."""

from dataclasses import replace

import pytest

from models.planning.shared_curve import PATIENCES
from models.values.consultation import Consultation, Expense, Scenario, TaxMode
from reports.break_even_content import OTHER_COSTS, Measure, sentences_of
from reports.sheet import sheet_of
from tests.models.planning.test_break_even_choices import most_telling
from tests.reports.sheets import MADE_ON, OFFICE, ONLY_ADVISOR, words_of
from tests.ui.keys import Key, focused, press
from tests.ui.test_verdicts_page import BUYER
from ui.pages.comparison_page import TABS
from ui.panels.break_even_panel import NO_EXPENSES, REFINING, SEARCHING, TOO_FEW
from ui.steps import Step

DEAL = {**BUYER, "succession.uses_experts": True, "succession.closes_business": True}
PLANNED = (
    Expense("旋盤", "equipment", 8_000_000, TaxMode.EXCLUDED),
    Expense("仲介料", "expert_services", 3_000_000, TaxMode.EXCLUDED),
    Expense("片づけ", "closure", 1_400_000, TaxMode.EXCLUDED),
)
TAB = [tab.label for tab in TABS].index("分かれ目")


def visit(**changed):
    fields = {"consulted_on": "2020-11-17", "answers": DEAL, "expenses": PLANNED, **changed}
    return Consultation(**fields)


@pytest.fixture
def panel(opened, qtbot):
    opened.session.start_new(visit())
    opened.window.go_to(Step.COMPARISON)
    found = opened.window.page(Step.COMPARISON).open_tab(TAB)
    qtbot.waitUntil(lambda: found.shown is not None)
    return found


def choose(panel, qtbot, words):
    place = panel.amount.findText(words)
    assert place >= 0
    panel.amount.setCurrentIndex(place)
    with qtbot.waitSignal(panel.comparison_shown):
        panel.amount.activated.emit(place)


def told(panel):
    return [panel._told.itemAt(place).widget().text() for place in range(panel._told.count())]


def test_what_tells_most_is_shown_first_in_the_words_of_the_sheet(opened, panel):
    session = opened.session
    (best, *_) = most_telling(session.catalog, session.consultation, session.ways()[0])
    assert panel.shown.found == best.found
    assert tuple(told(panel)[:-1]) == sentences_of(best)
    assert any("旋盤が税抜で" in words for words in told(panel))
    assert any(words.startswith("今の計画") for words in panel.chart.words())


def test_another_amount_is_chosen_by_keys_and_stays_after_a_change(opened, panel, qtbot):
    panel.focus_first()
    assert focused() is panel.amount
    labels = [panel.amount.itemText(place) for place in range(panel.amount.count())]
    assert "旋盤" in labels
    with qtbot.waitSignal(panel.comparison_shown):
        press(Key.Key_Down)
    assert panel.shown.found.amount_label == panel.amount.currentText() != "旋盤"
    chosen = panel.amount.currentText()
    more = (*PLANNED[:1], *PLANNED[1:], Expense("看板", "sales_promotion", 10_000, TaxMode.NONE))
    with qtbot.waitSignal(panel.comparison_shown):
        opened.session.change(visit(expenses=more), "x")
    assert panel.shown.found.amount_label == chosen


def test_the_own_burden_is_drawn_from_the_same_result(panel):
    before = panel.chart.words()
    panel.measures.button(list(Measure).index(Measure.OWN_BURDEN)).click()
    after = panel.chart.words()
    assert before != after
    assert after[0].startswith(Measure.OWN_BURDEN.value)


def test_the_same_way_twice_gives_way_to_another(panel, qtbot):
    panel.first.setCurrentIndex(panel.second.currentIndex())
    with qtbot.waitSignal(panel.comparison_shown):
        panel.first.activated.emit(panel.first.currentIndex())
    assert [way.short for way in panel.shown.ways] == [
        panel.first.currentText(),
        panel.second.currentText(),
    ]
    assert panel.first.currentIndex() != panel.second.currentIndex()


def test_without_expenses_the_way_to_them_is_shown(opened, panel, qtbot):
    opened.session.change(visit(expenses=()), "x")
    assert panel.hint.text() == NO_EXPENSES
    assert not panel.chart.isVisible()
    with qtbot.waitSignal(panel.step_requested):
        panel.expenses_button.click()


def test_one_way_alone_is_not_compared(opened, panel):
    opened.session.change(visit(scenarios=(Scenario(("jigyo-shokei/senmonka/kaite",)),)), "x")
    assert panel.hint.text() == TOO_FEW


def test_ways_that_cannot_both_hold_have_no_chart(opened, panel, qtbot):
    undecided = {**DEAL, "succession.role": None}
    ways = (
        Scenario(("jigyo-shokei/senmonka/kaite",)),
        Scenario(("jigyo-shokei/senmonka/urite",)),
        Scenario(("jigyo-shokei/ma/gensoku",)),
    )
    with qtbot.waitSignal(panel.comparison_shown):
        opened.session.change(visit(answers=undecided, scenarios=ways), "x")
    panel.first.setCurrentIndex(0)
    panel.second.setCurrentIndex(1)
    with qtbot.waitSignal(panel.comparison_shown):
        panel.second.activated.emit(1)
    assert not panel.chart.isVisible()
    assert "両方が成り立つことはない" in told(panel)[0]


def test_a_scenario_with_a_dearer_machine_has_lines_and_says_what_stays(opened, panel, qtbot):
    comparison = opened.window.page(Step.COMPARISON)
    comparison.open_tab(0)
    comparison.panel.add_scenario()
    editor = comparison.panel.editor
    editor.expenses.table.move_to(0, 0)
    editor.expenses.quick[20].click()
    (name,) = (one.name for one in opened.session.consultation.scenarios if one.expenses)
    with qtbot.waitSignal(panel.comparison_shown):
        comparison.open_tab(TAB)
    ways = [panel.first.itemText(place) for place in range(panel.first.count())]
    panel.first.setCurrentIndex(0)
    panel.second.setCurrentIndex(ways.index(name))
    with qtbot.waitSignal(panel.comparison_shown):
        panel.second.activated.emit(ways.index(name))
    choose(panel, qtbot, "旋盤")
    assert panel.chart.isVisible()
    assert any(f"{name}では旋盤を税抜960万円に置きかえているため" in each for each in told(panel))
    assert told(panel)[-1] == OTHER_COSTS
    choose(panel, qtbot, f"{name}の旋盤")
    assert panel.shown.found.today == 9_600_000
    assert f"{name}の計画 960万円" in panel.chart.words()
    assert any("旋盤は税抜800万円のままなので" in each for each in told(panel))
    assert tuple(told(panel)[:-1]) == sentences_of(panel.shown)
    # The amount stays chosen when the scenario goes on changing.
    comparison.open_tab(0)
    editor.expenses.quick[-10].click()
    with qtbot.waitSignal(panel.comparison_shown):
        comparison.open_tab(TAB)
    assert panel.amount.currentText() == f"{name}の旋盤"
    assert panel.shown.found.today == 8_640_000


def test_own_expenses_have_the_same_words_on_the_sheet(opened, panel, qtbot):
    ways = (
        Scenario(("jigyo-shokei/ma/gensoku",), "小さく", expenses=PLANNED[:1]),
        Scenario(("jigyo-shokei/senmonka/kaite",)),
    )
    with qtbot.waitSignal(panel.comparison_shown):
        opened.session.change(visit(scenarios=ways), "x")
    words = told(panel)
    assert words[-1] == OTHER_COSTS
    assert any("ご自身の負担" in each and "より少なくなります" in each for each in words)
    session = opened.session
    sheet = sheet_of(session.catalog, session.consultation, OFFICE, MADE_ON, ONLY_ADVISOR)
    (advisor,) = sheet.copies
    printed = words_of(advisor)
    assert all(each in printed for each in words)


def test_far_too_many_ways_to_share_have_a_line_and_the_screen_says_that_it_is_looked_for(
    opened, panel, qtbot
):
    both = ("seisansei/monozukuri", "jigyo-shokei/ma/gensoku")
    many = tuple(
        Expense(f"機械{number}", "equipment", 137_000 * number, TaxMode.EXCLUDED)
        for number in range(1, 13)
    )
    with qtbot.waitSignal(panel.comparison_shown, timeout=60_000):
        opened.session.change(
            visit(expenses=many, scenarios=(Scenario(both), Scenario(both[1:]))), "x"
        )
    place = panel.amount.findText("機械3")
    assert place >= 0
    panel.amount.setCurrentIndex(place)
    with qtbot.waitSignal(panel.comparison_shown, timeout=60_000):
        panel.amount.activated.emit(place)
        panel._soon.timeout.emit()
        assert panel.hint.text() == SEARCHING
        assert panel.hint.isVisible()
        assert not panel.chart.isVisible()
        assert not panel.sentences()
    assert panel.chart.isVisible()
    assert not panel.hint.isVisible()
    assert panel.shown.found.amount_label == "機械3"
    assert panel.shown.agrees
    assert not panel._long.isActive()


class Refining:
    """Stands for a comparer that finds a rough line first, and the exact one with more patience."""

    def __init__(self, shown):
        self._shown = shown
        self.asked = []

    def steps(self, _ways, _pair, _lever, patience):
        self.asked.append(patience)
        yield
        return replace(self._shown, rough=0 if len(self.asked) > 1 else 10_000)


def test_a_rough_line_is_shown_and_replaced_by_the_exact_one(panel, qtbot):
    comparer = Refining(panel.shown)
    panel._worker = (comparer, panel._worker[1])
    with qtbot.waitSignal(panel.comparison_shown):
        panel.amount.activated.emit(panel.amount.currentIndex())
    assert panel.shown.rough
    assert panel.chart.isVisible()
    assert told(panel)[-1] == REFINING
    qtbot.waitUntil(lambda: not panel.shown.rough)
    assert REFINING not in told(panel)
    assert comparer.asked == list(PATIENCES[:2])
