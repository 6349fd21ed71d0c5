"""One whole consultation with the keyboard alone, from the empty folder to the sheet."""

from __future__ import annotations

from models.values.consultation import Expense, TaxMode
from models.values.questions import QuestionType
from tests.reports.sheets import all_text, page_texts
from tests.reports.small_catalog import CATALOG as SMALL_CATALOG
from tests.reports.test_sheet_pages import compared_with_golden
from tests.ui.keys import CTRL, Key, focused, press, write
from ui.steps import Step

KEYS = {n: getattr(Key, f"Key_{n}") for n in range(1, 10)}
SMALL_ANSWERS = {
    "client.name": "株式会社山田製作所",
    "client.boss": "山田 太郎",
    "plan.new_work": KEYS[1],
    "plan.shop": KEYS[3],
    "plan.closes": KEYS[1],
    "applicant.employees": "18",
    "applicant.form": KEYS[1],
}
REAL_ANSWERS = {
    "applicant.legal_form": KEYS[1],
    "applicant.industry_code": "金型",
    "applicant.stated_capital": "1000万",
    "applicant.regular_employees": "１８",
    "applicant.prefecture": "新潟",
    "applicant.deemed_large_enterprise": KEYS[2],
    "applicant.consumption_tax": KEYS[1],
    "succession.kind": KEYS[2],
    "succession.role": KEYS[2],
    "succession.innovation": KEYS[1],
    "succession.closes_business": KEYS[1],
    "succession.uses_experts": KEYS[1],
}


def rows(page):
    return [row for group in page.groups for row in group.visible_rows()]


def row_with_focus(page):
    return next((row for row in rows(page) if row.isAncestorOf(focused())), None)


def answer_down_the_page(page, answers: dict) -> None:
    """Go through the questions with the keyboard, answering those that are known."""
    left = dict(answers)
    for _ in range(400):
        row = row_with_focus(page)
        if row is None:
            press(Key.Key_Tab)
            continue
        given = left.pop(row.question.id, None)
        if given is None:
            press(Key.Key_Down if row.question.type is not QuestionType.TEXT else Key.Key_Return)
        elif isinstance(given, str):
            write(given)
            press(Key.Key_Return)
        else:
            press(given)
        if not left:
            return
    raise AssertionError(f"never asked: {sorted(left)}")


def type_expense(label: str, category: str, amount: str, month: str) -> None:
    write(label)
    press(Key.Key_Tab)
    write(category)
    press(Key.Key_Tab)
    write(amount)
    press(Key.Key_Tab, Key.Key_Tab)
    write(month)
    press(Key.Key_Return)


def test_a_whole_consultation_reads_as_agreed(open_window, qtbot):
    opened = open_window(SMALL_CATALOG)
    press(Key.Key_N, modifier=CTRL)
    answer_down_the_page(opened.window.page(Step.APPLICANT), SMALL_ANSWERS)
    press(Key.Key_3, modifier=CTRL)
    type_expense("NC旋盤", "機械", "880万", "9月")
    type_expense("店の片付け", "片", "３３０万円", "11月")
    press(Key.Key_4, modifier=CTRL)
    press(Key.Key_Return)
    assert "満たしている条件" in opened.window.page(Step.VERDICTS).pane.text()
    press(Key.Key_5, modifier=CTRL)
    press(Key.Key_Down, Key.Key_Return)
    assert opened.window.page(Step.COMPARISON).panel.pane.isVisible()
    press(Key.Key_6, modifier=CTRL)
    page = opened.window.page(Step.SHEET)
    page.choices.notes.setFocus()
    write("古い機械を入れかえたい。")
    page.choices.choose_copies("owner")
    page.commit_pending()
    qtbot.waitUntil(page.is_current, timeout=20_000)
    assert opened.session.consultation.expenses == (
        Expense("NC旋盤", "machine", 8_800_000, TaxMode.INCLUDED, pay_month="2021-09"),
        Expense("店の片付け", "closing", 3_300_000, TaxMode.INCLUDED, pay_month="2020-11"),
    )
    compared_with_golden("window-sheet", page_texts(page._built.pdf))


def test_a_buyer_gets_the_figures_of_the_real_catalog(opened, qtbot):
    press(Key.Key_N, modifier=CTRL)
    answer_down_the_page(opened.window.page(Step.APPLICANT), REAL_ANSWERS)
    press(Key.Key_3, modifier=CTRL)
    type_expense("NC旋盤", "設備", "880万", "9月")
    type_expense("古い工場の取りこわし", "廃業", "330万", "11月")
    press(Key.Key_4, modifier=CTRL)
    assert "○ 1件" in opened.window.frame.status.counts_text() or "○ 2件" in (
        opened.window.frame.status.counts_text()
    )
    press(Key.Key_5, modifier=CTRL)
    totals = {
        way.result.amount.total.low
        for ways in opened.session.ways()
        for way in ways.ways
        if way.result.amount.total is not None
    }
    assert 5_500_000 in totals  # 8,000,000 x 1/2 + 3,000,000 x 1/2
    press(Key.Key_6, modifier=CTRL)
    page = opened.window.page(Step.SHEET)
    qtbot.waitUntil(page.is_current, timeout=20_000)
    assert "550万円" in all_text(page._built.pdf)
