"""比較: rows that differ first, workings beside, the chart of the paper."""

import pytest

from models.values.consultation import Consultation
from reports.charts import Text, comparison_bars, layout_chart
from tests.ui.keys import Key, focused, press
from tests.ui.test_verdicts_page import BUYER, LATHE
from ui.steps import Step
from ui.tables.comparison_rows import compared_rows


@pytest.fixture
def page(opened):
    opened.session.start_new(
        Consultation(consulted_on="2020-11-17", answers=BUYER, expenses=(LATHE,))
    )
    opened.window.go_to(Step.COMPARISON)
    return opened.window.page(Step.COMPARISON)


def test_differing_rows_come_first(opened, page):
    for ways in opened.session.ways():
        rows = compared_rows(ways, opened.session.catalog)
        flags = [one.differs for one in rows]
        assert flags == sorted(flags, reverse=True)
        assert all(len(one.cells) == len(ways.ways) + 1 for one in rows)


def test_doing_without_pays_everything_oneself(opened, page):
    (ways, *_) = opened.session.ways()
    rows = {one.title: one.cells[0] for one in compared_rows(ways, opened.session.catalog)}
    assert rows["ご自身の負担"] == "8,800,000円"
    assert rows["補助"] == "―"


def test_enter_on_an_amount_opens_its_working(opened, page):
    press(Key.Key_Down, Key.Key_Return)
    assert page.panel.pane.isVisible()
    text = page.panel.pane.text()
    assert "× 1/2" in text
    assert "8,000,000円" in text
    assert "行" in text
    cell = focused()
    page.panel.pane.body.setFocus()
    press(Key.Key_Escape)
    assert focused() is cell


def test_the_working_follows_a_change(opened, page):
    press(Key.Key_Return)
    before = page.panel.pane.text()
    opened.session.undo()
    opened.session.change(
        Consultation(consulted_on="2020-11-17", answers=BUYER, expenses=(LATHE, LATHE)), "x"
    )
    assert page.panel.pane.text() != before


def test_the_chart_says_what_the_paper_says(opened, page):
    ways = opened.session.ways()[0]
    bars = comparison_bars(ways)
    paper = layout_chart(bars, 800.0, lambda text, size, _bold: len(text) * size)
    assert sorted(page.panel.charts[0].words()) == sorted(
        one.text for one in paper.primitives if isinstance(one, Text)
    )


def test_a_frame_that_is_ruled_out_shows_no_figure(opened, page):
    large = {**BUYER, "applicant.regular_employees": 400, "applicant.stated_capital": 10**9}
    opened.session.change(
        Consultation(answers=large, expenses=(LATHE,), consulted_on="2020-11-17"), "x"
    )
    for ways in opened.session.ways():
        for one in compared_rows(ways, opened.session.catalog):
            assert not any("円" in cell for cell in one.cells[1:])


def test_without_expenses_the_page_leads_to_them(opened, page):
    opened.session.change(Consultation(answers=BUYER, consulted_on="2020-11-17"), "x")
    words = [label.text() for label in page.findChildren(type(opened.window.frame.title))]
    assert any("経費がまだ入っていません" in one for one in words)


def test_escape_closes_the_working_from_the_grid(page):
    press(Key.Key_Return)
    assert page.panel.pane.isVisible()
    press(Key.Key_Escape)
    assert not page.panel.pane.isVisible()
