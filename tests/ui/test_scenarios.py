"""比較: scenarios are made, varied, compared and undone in the window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from models.values.consultation import Consultation, Scenario
from models.values.results import Verdict
from tests.ui.keys import Key, focused, press, write
from tests.ui.test_verdicts_page import BUYER, LATHE
from ui.steps import Step
from ui.tables.comparison_rows import compared_rows

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ANSWERS = {**BUYER, "applicant.consumption_tax": "taxable"}
CLOSES = "succession.closes_business"


@pytest.fixture
def panel(opened):
    opened.session.start_new(
        Consultation(consulted_on="2020-11-17", answers=ANSWERS, expenses=(LATHE,))
    )
    opened.window.go_to(Step.COMPARISON)
    return opened.window.page(Step.COMPARISON).panel


def scenarios(opened):
    return opened.session.consultation.scenarios


def own_ways(opened):
    (ways,) = opened.session.ways()
    return ways.ways


def test_a_scenario_is_made_and_named_from_the_keyboard(opened, panel):
    before = [way.label for way in own_ways(opened)]
    press(Key.Key_N, modifier=ALT)
    assert panel.is_editing
    assert focused() is panel.editor.name
    write("機械が高くなったら")
    press(Key.Key_Escape)
    assert not panel.is_editing
    assert [way.label for way in own_ways(opened)] == [*before, "機械が高くなったら"]


def test_a_foreseen_column_becomes_a_scenario_beside_the_others(opened, panel):
    before = own_ways(opened)
    panel.grids[0].vary_buttons[1].click()
    assert panel.is_editing
    assert scenarios(opened)[-1].frames == before[1].scenario.frames
    assert len(scenarios(opened)) == len(before) + 1


def test_an_answer_is_varied_told_and_restored(opened, panel):
    panel.add_scenario()
    row = panel.editor.questions.rows[CLOSES]
    row.row.control.setFocus()
    press(Key.Key_1)
    assert scenarios(opened)[-1].answers == {CLOSES: True}
    assert opened.session.consultation.answers.get(CLOSES) is None
    assert "「廃業する店や事業」が「はい」の場合" in panel.editor.assumed.text()
    assert "まだ答えていません" in row.own.text()
    row.back.click()
    assert scenarios(opened)[-1].answers == {}


def test_a_dearer_machine_is_reckoned_exactly_and_shown_as_a_difference(opened, panel):
    panel.add_scenario()
    panel.editor.expenses.table.move_to(0, 0)
    panel.editor.expenses.quick[20].click()
    (varied,) = scenarios(opened)[-1].expenses
    assert varied.amount == 10_560_000
    assert "＋1,760,000円" in panel.editor.expenses.changes.text()
    assert "切り捨て" in " ".join(
        label.text() for label in panel.editor.expenses.findChildren(type(panel.editor.figures))
    )
    way = own_ways(opened)[-1]
    # 9,600,000 x 1/2 stays above the maximum of 4,500,000; 8,000,000 x 1/2 did not.
    assert way.result.amount.total.low - way.base.amount.total.low == 500_000
    assert "+500,000円" in panel.editor.figures.text()
    assert opened.session.consultation.expenses == (LATHE,)
    panel.editor.expenses.back.click()
    assert scenarios(opened)[-1].expenses is None


def test_the_table_of_a_scenario_is_typed_into(opened, panel):
    panel.add_scenario()
    editor = panel.editor
    editor.expenses.table.setFocus()
    editor.expenses.table.move_to(0, 2)
    write("900万")
    press(Key.Key_Return)
    assert scenarios(opened)[-1].expenses[0].amount == 9_000_000
    write("いくら")
    press(Key.Key_Return)
    editor.expenses.model.type_cell(0, editor.expenses.table.current_place()[1].AMOUNT, "いくら")
    assert any("金額" in one.path for one in opened.window.page(Step.COMPARISON).problems())


def test_differences_from_the_base_stand_row_by_row(opened, panel):
    panel.add_scenario()
    panel.editor.expenses.quick[20].click()
    panel.editor.back.click()
    (ways,) = opened.session.ways()
    rows = {one.title: one.cells for one in compared_rows(ways, opened.session.catalog)}
    assert rows["補助の合計の差"][-1] == "+500,000円"
    assert rows["支払う額の差"][-1] == "+1,760,000円"
    assert rows["ご負担の差"][-1] == "+1,260,000円"
    assert rows["補助の合計の差"][1] == "―"


def test_frames_are_combined_but_never_what_excludes_one_another(opened, panel, catalog):
    panel.add_scenario()
    first = scenarios(opened)[-1].frames[0]
    rival = own_ways(opened)[1].result.entry
    panel.editor.frames.bar.choose("seisansei/jizokuka")
    assert scenarios(opened)[-1].frames == (first, "seisansei/jizokuka")
    panel.editor.frames.bar.choose(rival)
    assert scenarios(opened)[-1].frames == ("seisansei/jizokuka", rival)
    assert "どちらか一つ" in opened.window.frame.status.message_text()
    panel.editor.frames.bar.choose(rival)
    panel.editor.frames.bar.choose("seisansei/jizokuka")
    assert scenarios(opened)[-1].frames == ("seisansei/jizokuka",)
    assert panel.editor.frames.bar.values_on() == {"seisansei/jizokuka"}


def test_a_frame_that_cannot_be_had_is_marked_and_shows_no_figure(opened, panel):
    panel.add_scenario()
    row = panel.editor.questions.rows["succession.kind"]
    row.row.control.choose("owner_change")
    assert own_ways(opened)[-1].result.screening.verdict is Verdict.NOT_ELIGIBLE
    assert "円" not in panel.editor.figures.text()
    assert "該当しない" in panel.editor.figures.text()


def test_copy_move_and_remove_are_one_step_each(opened, panel):
    panel.add_scenario()
    editor = panel.editor
    editor.remove.click()
    assert not panel.is_editing
    count = len(scenarios(opened))
    panel.vary(own_ways(opened)[0])
    editor.copy.click()
    assert len(scenarios(opened)) == count + 1
    assert editor.place == 1
    assert scenarios(opened)[1].name.endswith("の写し")
    moving = scenarios(opened)[1]
    editor.right.click()
    assert scenarios(opened)[2] == moving
    assert editor.place == 2
    press(Key.Key_Z, modifier=CTRL)
    assert scenarios(opened)[1] == moving
    press(Key.Key_Z, modifier=CTRL)
    assert len(scenarios(opened)) == count


def test_undo_takes_a_scenario_away_and_the_editor_closes(opened, panel):
    panel.add_scenario()
    assert panel.is_editing
    press(Key.Key_Z, modifier=CTRL)
    assert scenarios(opened) == ()
    assert not panel.is_editing
    press(Key.Key_Y, modifier=CTRL)
    assert scenarios(opened)[-1].name == "案1"


def test_there_are_at_most_four(opened, panel):
    panel.add_scenario()
    panel.editor.back.click()
    assert len(scenarios(opened)) == 4
    panel.add_scenario()
    assert len(scenarios(opened)) == 4
    assert "4つまで" in opened.window.frame.status.message_text()


def test_a_case_with_more_scenarios_shows_four_and_says_so(opened, panel):
    many = tuple(Scenario(("seisansei/jizokuka",), f"案{n}") for n in range(6))
    held = opened.session.consultation
    opened.session.change(replace(held, scenarios=many), "x")
    assert len(panel.grids[0].vary_buttons) == 4
    words = [label.text() for label in panel.findChildren(type(opened.window.frame.title))]
    assert any("ほか2件" in one for one in words)


def test_all_scenarios_go_back_to_the_first_comparison(opened, panel):
    before = opened.session.ways()
    panel.add_scenario()
    panel.editor.back.click()
    panel.clear_button.click()
    assert opened.session.ways() == before


def test_nothing_changes_in_a_store_that_is_only_read(opened, panel, monkeypatch):
    monkeypatch.setattr(type(opened.session), "is_read_only", property(lambda _self: True))
    panel.add_scenario()
    assert scenarios(opened) == ()
    assert not panel.is_editing
