"""What is typed into the expense table, read and kept, without a window."""

import pytest

from models.values.consultation import Expense, TaxMode
from ui.tables.expense_clipboard import cells_of, column_plan, text_of
from ui.tables.expense_rows import Column, ExpenseRow, Typing, expenses_of, merged
from ui.widgets.suggest_field import Suggestion

TYPING = Typing(
    (
        Suggestion("machine", "設備投資", ("機械",)),
        Suggestion("shop", "販路開拓", ("チラシ",)),
        Suggestion("abroad", "海外展開", ()),
        Suggestion("closing", "廃業費", ("片づけ",)),
        Suggestion("tool", "ITツール", ()),
    ),
    "2020-11-17",
)
LATHE = Expense("NC旋盤", "machine", 8_800_000, TaxMode.INCLUDED, pay_month="2021-09")
FLYER = Expense("チラシ", "shop", 110_000, TaxMode.INCLUDED)
CLOSING = Expense("片づけ", "closing", 450_000, TaxMode.EXCLUDED, tax_rate_percent=8, year=2)


def typed(cells: dict[Column, str], row: ExpenseRow | None = None) -> ExpenseRow:
    row = row or ExpenseRow()
    for column, text in cells.items():
        row = row.typed(column, text, TYPING)
    return row


def test_a_row_counts_once_category_and_amount_are_there():
    row = typed({Column.LABEL: "NC旋盤"})
    assert row.expense is None
    assert row.missing() == [Column.CATEGORY, Column.AMOUNT]
    row = typed({Column.CATEGORY: "設備", Column.AMOUNT: "８８０万"}, row)
    assert row.expense == Expense("NC旋盤", "machine", 8_800_000, TaxMode.INCLUDED)
    assert row.missing() == []


def test_a_stored_expense_comes_back_as_it_was():
    for expense in (LATHE, FLYER, CLOSING):
        assert ExpenseRow.of(expense).expense == expense


def test_text_that_cannot_be_read_stays_and_the_row_goes_on():
    row = typed({Column.AMOUNT: "だいたい9百"}, ExpenseRow.of(LATHE))
    assert row.text(Column.AMOUNT, TYPING) == "だいたい9百"
    assert "880万円" in row.problem(Column.AMOUNT)
    assert row.expense == LATHE
    assert typed({Column.AMOUNT: "900万"}, row).expense.amount == 9_000_000


def test_an_emptied_amount_never_takes_the_row_out_silently():
    row = typed({Column.AMOUNT: ""}, ExpenseRow.of(LATHE))
    assert row.expense == LATHE
    assert "金額が空です" in row.problem(Column.AMOUNT)


@pytest.mark.parametrize(
    ("column", "text", "shown"),
    [
        (Column.TAX, "税抜", "税抜"),
        (Column.TAX, "内税8%", "税込8%"),
        (Column.TAX, "非課税", "なし"),
        (Column.PAY_MONTH, "9月", "2021年9月"),
        (Column.PAY_MONTH, "12月", "2020年12月"),
        (Column.PAY_MONTH, "令和3年4月", "2021年4月"),
        (Column.YEAR, "２", "2年目"),
        (Column.YEAR, "3年目", "3年目"),
        (Column.ESTIMATE, "1", "概算"),
        (Column.ESTIMATE, "", ""),
        (Column.CATEGORY, "販路", "販路開拓"),
        (Column.CATEGORY, "ＩＴ", "ITツール"),
        (Column.CATEGORY, "片づけ", "廃業費"),
        (Column.LABEL, "R&D <b>", "R&D <b>"),
    ],
)
def test_cells_are_read(column, text, shown):
    row = typed({column: text}, ExpenseRow.of(FLYER))
    assert row.text(column, TYPING) == shown
    assert row.problem(column) == ""


@pytest.mark.parametrize(
    ("column", "text"),
    [
        (Column.CATEGORY, "開"),
        (Column.CATEGORY, "りんご"),
        (Column.AMOUNT, "-5"),
        (Column.AMOUNT, "abc"),
        (Column.TAX, "税"),
        (Column.PAY_MONTH, "13月"),
        (Column.YEAR, "6"),
        (Column.YEAR, "0"),
        (Column.ESTIMATE, "たぶん"),
        (Column.LABEL, "長" * 201),
    ],
)
def test_cells_that_cannot_be_read_say_why(column, text):
    row = typed({column: text}, ExpenseRow.of(LATHE))
    assert row.text(column, TYPING) == text
    assert row.problem(column)
    assert row.expense == LATHE


def test_several_matching_categories_are_named():
    problem = typed({Column.CATEGORY: "開"}).problem(Column.CATEGORY)
    assert "販路開拓、海外展開" in problem


def test_what_is_half_typed_survives_an_undo_elsewhere():
    half = typed({Column.LABEL: "まだ"})
    rows = [ExpenseRow.of(LATHE), half, ExpenseRow.of(FLYER)]
    changed = merged(rows, (LATHE, CLOSING))
    assert expenses_of(changed) == (LATHE, CLOSING)
    assert changed[1] == half
    assert merged(rows, (LATHE,))[1] == half
    assert expenses_of(merged(rows, ())) == ()
    assert half in merged(rows, ())
    grown = merged(rows, (LATHE, CLOSING, FLYER))
    assert expenses_of(grown) == (LATHE, CLOSING, FLYER)
    assert half in grown


def test_rows_that_stay_keep_their_refused_text():
    bad = typed({Column.YEAR: "9"}, ExpenseRow.of(LATHE))
    assert merged([bad, ExpenseRow.of(FLYER)], (LATHE, CLOSING))[0] == bad


def test_a_spreadsheet_pastes_with_titles_and_with_line_breaks_in_cells():
    cells = cells_of('品名\t金額\r\n"旋盤\nNC"\t8,800,000\r\n\r\n')
    assert cells == [["品名", "金額"], ["旋盤 NC", "8,800,000"]]
    assert column_plan(cells, Column.YEAR) == ([Column.LABEL, Column.AMOUNT], 1, 0)


def test_partial_columns_go_to_the_right_of_the_cell():
    plan, titles, without_room = column_plan([["100万", "税込"]], Column.AMOUNT)
    assert plan == [Column.AMOUNT, Column.TAX]
    assert (titles, without_room) == (0, 0)
    assert column_plan([["1", "2", "3"]], Column.YEAR)[2] == 1


def test_copied_cells_are_tab_separated():
    assert text_of([["a", "b"], ["c", "d"]]) == "a\tb\nc\td"
