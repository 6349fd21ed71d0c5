"""The expense table under the keyboard."""

import pytest
from PySide6.QtGui import QGuiApplication

from models.values.case_file import read_case, write_case
from models.values.consultation import Consultation, Expense, TaxMode
from tests.ui.keys import CTRL, SHIFT, Key, focused, press, write
from ui.steps import Step
from ui.tables.expense_rows import Column, with_half_typed

LINES = tuple(
    Expense(f"機械{n}", "equipment", 1_100_000 * (n + 1), TaxMode.INCLUDED) for n in range(3)
)


@pytest.fixture
def page(opened):
    opened.session.start_new(Consultation(consulted_on="2020-11-17"))
    opened.window.go_to(Step.EXPENSES)
    return opened.window.page(Step.EXPENSES)


def held(opened):
    return opened.session.consultation.expenses


def paste(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    press(Key.Key_V, modifier=CTRL)


def test_lines_are_typed_like_in_a_spreadsheet(opened, page):
    write("NC旋盤")
    press(Key.Key_Tab)
    write("1")  # the first category, and on to the next cell
    write("８８０万")
    press(Key.Key_Tab, Key.Key_Tab)
    write("9月")
    press(Key.Key_Return)
    write("店の片付け")
    press(Key.Key_Tab)
    write("廃業")
    press(Key.Key_Tab)
    write("450")
    write("万円")
    press(Key.Key_Tab)
    write("2")
    assert held(opened) == (
        Expense("NC旋盤", "equipment", 8_800_000, TaxMode.INCLUDED, pay_month="2021-09"),
        Expense("店の片付け", "closure", 4_500_000, TaxMode.EXCLUDED),
    )
    assert page.paid.text() == "13,750,000円"
    assert page.net.text() == "12,500,000円"
    assert page.model.rowCount() == 3


def test_totals_follow_each_key(opened, page):
    page.model.set_rows([], page.model._typing)
    opened.session.change(Consultation(consulted_on="2020-11-17", expenses=LINES[:1]), "x")
    page.table.move_to(0, Column.AMOUNT)
    for text, total in (("2", "2円"), ("2", "22円"), ("0", "220円")):
        write(text)
        assert page.paid.text() == total
    assert held(opened) == LINES[:1]  # nothing is stored before the cell is left
    press(Key.Key_Escape)
    page.show_consultation(opened.session.consultation)
    assert page.paid.text() == "1,100,000円"


def test_bad_input_stays_marked_with_its_reason(opened, page):
    opened.session.change(Consultation(consulted_on="2020-11-17", expenses=LINES), "x")
    page.table.move_to(1, Column.AMOUNT)
    write("abc")
    press(Key.Key_Return)
    assert held(opened) == LINES
    assert page.model.index(1, Column.AMOUNT).data() == "abc"
    assert "2行目の金額" in page.reason.text()
    assert "220万円" in page.reason.text()
    assert page.problems()[0].path == "経費 2行目 金額"
    opened.window.go_to(Step.VERDICTS)
    opened.window.go_to(Step.EXPENSES)
    assert page.model.index(1, Column.AMOUNT).data() == "abc"
    page.table.move_to(1, Column.AMOUNT)
    write("300")
    write("万")
    press(Key.Key_Return)
    assert held(opened)[1].amount == 3_000_000
    assert page.reason.isHidden()


def test_half_typed_rows_wait_for_their_consultation(opened, page):
    write("まだ途中")
    press(Key.Key_Tab)
    first = opened.session.consultation_id
    opened.session.start_new(Consultation(title="別", consulted_on="2020-11-17"))
    opened.window.go_to(Step.EXPENSES)
    assert page.model.rowCount() == 1
    opened.session.open(first)
    opened.window.go_to(Step.EXPENSES)
    assert page.model.index(0, Column.LABEL).data() == "まだ途中"


def test_what_does_not_count_yet_is_in_the_store_at_once(opened, page):
    opened.session.change(Consultation(consulted_on="2020-11-17", expenses=LINES), "x")
    page.table.move_to(1, Column.AMOUNT)
    write("abc")
    press(Key.Key_Return)
    page.table.move_to(3, Column.LABEL)
    write("まだ途中")
    press(Key.Key_Tab)
    opened.session.flush()
    typed = opened.session.store.typed_rows(opened.session.consultation_id)
    rows = with_half_typed(LINES, typed, page.model._typing)
    assert rows == page.model.rows
    assert rows[1].text(Column.AMOUNT, page.model._typing) == "abc"
    assert rows[3].text(Column.LABEL, page.model._typing) == "まだ途中"
    page.table.move_to(3, Column.LABEL)
    press(Key.Key_Delete)
    page.table.move_to(1, Column.AMOUNT)
    write("300")
    press(Key.Key_Return)
    opened.session.flush()
    assert opened.session.store.typed_rows(opened.session.consultation_id) == {}


def test_rows_are_pasted_as_one_step(opened, page):
    paste(
        "品名\t区分\t金額\t消費税\t支払月\n"
        "NC旋盤\t設備投資\t8,800,000\t税込\t2021-09\n"
        "チラシ\t販路\t11万\t\t\n"
    )
    assert [line.amount for line in held(opened)] == [8_800_000, 110_000]
    assert held(opened)[0].pay_month == "2021-09"
    assert "2行貼り付けました" in opened.window.frame.status.message_text()
    press(Key.Key_Z, modifier=CTRL)
    assert held(opened) == ()
    press(Key.Key_Y, modifier=CTRL)
    assert len(held(opened)) == 2


def test_a_paste_that_has_no_room_says_so(opened, page):
    opened.session.change(Consultation(consulted_on="2020-11-17", expenses=LINES), "x")
    page.table.move_to(0, Column.YEAR)
    paste("2\t1\t余り")
    assert held(opened)[0].year == 2
    assert held(opened)[0].estimate
    assert "1列は入る場所がない" in opened.window.frame.status.message_text()


def test_a_paste_never_grows_beyond_what_a_case_file_holds(opened, page):
    line = "旋盤\t設備投資\t100\t税込"
    paste("\n".join([line] * 1003))
    assert len(held(opened)) == 1000
    assert "3行は貼り付けていません" in opened.window.frame.status.message_text()
    case = opened.session.consultation
    assert read_case(write_case(case).encode(), opened.session.catalog, "again") == case


@pytest.mark.parametrize("text", ['"' + "あ" * 200_000, "x" * 1_000_001, '"a\tb\n' * 2000])
def test_a_paste_that_is_no_table_does_no_harm(opened, page, text):
    before = held(opened)
    paste(text)
    assert held(opened) == before


def test_pasted_cells_that_cannot_be_read_stay_visible(opened, page):
    paste("旋盤\t設備投資\tいくらか")
    assert held(opened) == ()
    assert page.model.index(0, Column.AMOUNT).data() == "いくらか"
    assert page.problems()


def test_delete_empties_cells_and_control_delete_takes_rows_out(opened, page):
    line = Expense("x", "equipment", 1, TaxMode.NONE, pay_month="2021-09")
    opened.session.change(Consultation(consulted_on="2020-11-17", expenses=(line, line)), "x")
    page.table.move_to(0, Column.PAY_MONTH)
    press(Key.Key_Delete)
    assert held(opened)[0].pay_month is None
    press(Key.Key_Delete, modifier=CTRL)
    assert len(held(opened)) == 1


def test_copy_and_cut_speak_to_a_spreadsheet(opened, page):
    opened.session.change(Consultation(consulted_on="2020-11-17", expenses=LINES), "x")
    page.table.move_to(0, Column.LABEL)
    press(Key.Key_Right, Key.Key_Right, modifier=SHIFT)
    press(Key.Key_C, modifier=CTRL)
    assert QGuiApplication.clipboard().text() == "機械0\t設備投資\t1100000"


def test_space_switches_the_mark_of_a_guess(opened, page):
    opened.session.change(Consultation(consulted_on="2020-11-17", expenses=LINES), "x")
    page.table.move_to(0, Column.ESTIMATE)
    press(Key.Key_Space)
    assert held(opened)[0].estimate
    press(Key.Key_Space)
    assert not held(opened)[0].estimate


def test_f2_edits_and_escape_leaves_as_it_was(opened, page):
    opened.session.change(Consultation(consulted_on="2020-11-17", expenses=LINES), "x")
    page.table.move_to(0, Column.LABEL)
    press(Key.Key_F2)
    assert focused().text() == "機械0"
    write("x")
    press(Key.Key_Escape)
    assert held(opened) == LINES


def test_the_frames_that_cover_the_row_are_named_with_their_stage(opened, page, catalog):
    write("旋盤")
    press(Key.Key_Tab)
    write("1")
    assert "設備投資に使える枠（入れられるのは、どれか一つにだけ）" in page.covering.text()
    stages = {catalog.stages[entry.stage].label for entry in catalog.calculable}
    assert any(f"［{stage}］" in page.covering.text() for stage in stages)


def test_leaving_the_page_takes_what_is_being_typed(opened, page):
    opened.session.change(Consultation(consulted_on="2020-11-17", expenses=LINES), "x")
    page.table.move_to(0, Column.AMOUNT)
    write("5000")
    press(Key.Key_4, modifier=CTRL)
    assert held(opened)[0].amount == 5000


def test_tab_leaves_the_table_at_its_end(opened, page):
    page.table.move_to(0, Column.ESTIMATE)
    press(Key.Key_Tab)
    assert focused() is not page.table


def test_a_digit_in_the_table_answers_no_question(opened, page, qtbot):
    qtbot.waitUntil(lambda: opened.window.frame.next_panel.question_id() != "")
    page.table.move_to(0, Column.AMOUNT)
    write("1")
    press(Key.Key_Escape)
    assert opened.session.consultation.answers == {}


def test_control_j_goes_to_the_next_question_and_a_digit_answers_it(opened, page, qtbot):
    panel = opened.window.frame.next_panel
    qtbot.waitUntil(lambda: panel.question_id() != "")
    asked = panel.question_id()
    press(Key.Key_J, modifier=CTRL)
    press(Key.Key_1)
    assert asked in opened.session.consultation.answers
