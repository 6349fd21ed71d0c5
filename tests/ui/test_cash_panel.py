"""月ごとのお金: what is said about money is typed here, and the months follow."""

from dataclasses import replace
from fractions import Fraction

import pytest

from models.values.cash import CashTerms, OtherMoney
from models.values.consultation import Consultation, Expense, TaxMode
from reports.cash_content import RULE_SHORT
from reports.month_chart import HARDEST
from tests.reports.sheets import all_text
from tests.ui.keys import Key, press, write
from tests.ui.test_verdicts_page import BUYER
from ui.pages.comparison_page import TABS
from ui.steps import Step

PLACE = next(place for place, tab in enumerate(TABS) if tab.panel == "CashPanel")
LATHE = Expense("NC旋盤", "equipment", 8_800_000, TaxMode.INCLUDED, pay_month="2021-09")
BROKER = Expense("仲介手数料", "expert_services", 3_300_000, TaxMode.INCLUDED, pay_month="2021-06")
CASE = Consultation(consulted_on="2020-11-17", answers=BUYER, expenses=(BROKER, LATHE))


@pytest.fixture
def page(opened):
    opened.session.start_new(CASE)
    opened.window.go_to(Step.COMPARISON)
    return opened.window.page(Step.COMPARISON)


@pytest.fixture
def panel(page):
    return page.open_tab(PLACE)


def typed(field, text):
    field.line.setFocus()
    field.line.selectAll()
    press(Key.Key_Delete)
    write(text)
    press(Key.Key_Return)


def test_own_money_is_typed_as_the_expenses_are(opened, panel):
    typed(panel.form.own_funds, "300万")
    assert opened.session.consultation.cash.own_funds == 3_000_000
    assert panel.form.own_funds.line.text() == "300万円"
    (need,) = [text for text in panel.texts() if "足りなくなります" in text]
    assert "2021年9月に910万円" in need
    assert HARDEST in panel.chart.words()
    opened.session.undo()
    assert opened.session.consultation.cash == CashTerms()
    assert panel.form.own_funds.line.text() == ""


def test_a_loan_is_reckoned_as_soon_as_its_rate_is_named(opened, panel):
    typed(panel.form.rate, "2.5%")
    typed(panel.form.loan_months, "8か月")
    cash = opened.session.consultation.cash
    assert (cash.loan_rate_percent, cash.loan_months) == (Fraction("2.5"), 8)
    assert any("8か月借りると" in text for text in panel.texts())
    typed(panel.form.rate, "")
    assert opened.session.consultation.cash.loan_rate_percent is None


def test_the_subsidy_moves_with_the_months_and_back_to_the_usual(opened, panel):
    typed(panel.form.months, "14")
    assert "2022年11月" in panel.table.texts()
    typed(panel.form.months, "")
    assert opened.session.consultation.cash.months_to_subsidy == 6
    assert panel.form.months.line.text() == "6"
    assert "2022年3月" in panel.table.texts()


def test_other_money_is_added_changed_and_removed(opened, panel):
    panel.form.add_button.click()
    (line,) = panel.form.other_rows()
    typed(line.label, "定期預金")
    assert opened.session.consultation.cash.other_money == ()
    typed(line.amount, "200万")
    typed(line.month, "8月")
    stored = (OtherMoney("定期預金", 2_000_000, "2021-08"),)
    assert opened.session.consultation.cash.other_money == stored
    assert "2,000,000円" in panel.table.texts()
    (line,) = panel.form.other_rows()
    line.remove_button.click()
    assert opened.session.consultation.cash.other_money == ()
    assert panel.form.other_rows() == ()
    opened.session.undo()
    assert opened.session.consultation.cash.other_money == stored
    assert panel.form.other_rows()[0].amount.line.text() == "200万円"


def test_what_cannot_be_taken_stays_with_its_reason(opened, page, panel):
    typed(panel.form.rate, "たかい")
    assert opened.session.consultation.cash == CashTerms()
    assert page.problems()[0].path == "つなぎ融資の年利"
    assert panel.form.rate.line.text() == "たかい"
    typed(panel.form.rate, "1")
    assert page.problems() == ()
    typed(panel.form.months, "0")
    assert "1から120" in panel.form.reasons()["最後の支払いから入金まで"]


def test_another_client_finds_nothing_of_what_was_half_typed(opened, panel):
    panel.form.add_button.click()
    write("むすこの預金")
    typed(panel.form.rate, "たかい")
    opened.session.start_new(replace(CASE, title="別の方"))
    opened.window.go_to(Step.COMPARISON)
    assert panel.form.other_rows() == ()
    assert panel.form.reasons() == {}
    assert panel.form.rate.line.text() == ""


def test_each_expense_says_when_it_may_be_ordered(panel):
    rule = next(r for r in RULE_SHORT.values() if "前に注文しない" in r)
    texts = panel.texts()
    assert texts[texts.index("NC旋盤") :][1] == rule
    assert any("GビズID" in text for text in texts)
    assert any("1年から1年半" in text for text in texts)


def test_the_chosen_way_is_the_one_on_the_sheet(opened, page, panel, qtbot):
    assert len(panel.way_group.buttons()) > 1
    last = panel.way_group.buttons()[-1]
    last.click()
    shown = panel.money.way
    assert shown is not None
    opened.window.go_to(Step.SHEET)
    sheet = opened.window.page(Step.SHEET)
    qtbot.waitUntil(sheet.is_current, timeout=20_000)
    text = all_text(sheet._built.pdf)
    assert f"お金の動き（{shown.short}なら）".replace(" ", "") in text
    for sentence in panel.money.plan.sentences:
        assert sentence in text
    opened.window.go_to(Step.COMPARISON)
    assert page.panel.money.way.key == shown.key


def test_without_expenses_there_is_a_way_to_them(opened, panel):
    opened.session.change(replace(CASE, expenses=()), "消しました")
    assert not panel.hint.isHidden()
    assert panel.chart.isHidden()
    panel.expenses_button.click()
    assert opened.window.page(Step.EXPENSES).isVisible()
