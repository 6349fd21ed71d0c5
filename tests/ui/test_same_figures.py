"""The window and the sheet show the same figures, because they show the same ways."""

from dataclasses import replace
from datetime import date

import pytest

from models.values.consultation import Consultation, Expense, Scenario, TaxMode
from models.values.office import Office
from reports.content_blocks import TableBlock, TextBlock
from reports.sheet import sheet_of
from tests.ui.test_verdicts_page import BUYER, LATHE
from ui.steps import Step
from ui.tables.comparison_rows import compared_rows

ROWS = ("補助", "上乗せ", "補助の合計", "ご自身の負担", "立て替えの最大")
GENSOKU, KAITE = "jigyo-shokei/ma/gensoku", "jigyo-shokei/senmonka/kaite"
CLOSING = Expense("片付け", "closure", 3_300_000, TaxMode.INCLUDED)
CASES = {
    "foreseen": (),
    "varied": (
        Scenario((GENSOKU,)),
        Scenario((GENSOKU,), "閉める", {"succession.closes_business": True}),
        Scenario((GENSOKU,), "高い", expenses=(replace(LATHE, amount=10_560_000),)),
        Scenario((GENSOKU, "seisansei/jizokuka"), "両方"),
    ),
    "unconfirmed together": (Scenario((GENSOKU, KAITE), "買う費用も"),),
    "ruled out": (Scenario(("nariwai/a",)), Scenario((GENSOKU,))),
}


@pytest.mark.parametrize("name", CASES)
def test_screen_and_sheet_show_the_same_figures_and_sentences(opened, name):
    consultation = Consultation(
        consulted_on="2020-11-17",
        answers=BUYER,
        expenses=(LATHE, CLOSING),
        scenarios=CASES[name],
    )
    opened.session.start_new(consultation)
    opened.window.go_to(Step.COMPARISON)
    (ways,) = opened.session.ways()
    catalog = opened.session.catalog
    grid = {one.title: one.cells for one in compared_rows(ways, catalog)}
    screen = [
        tuple(grid[title][place].replace("\n", "") for title in ROWS)
        for place in range(len(ways.ways) + 1)
    ]
    sheet = sheet_of(catalog, consultation, Office("", (), ()), date(2020, 11, 17))
    section = next(s for s in sheet.copies[1].rest if s.title.startswith("くらべると"))
    table = next(block for block in section.blocks if isinstance(block, TableBlock))
    paper = [tuple(row.cells[1:]) for row in table.rows]
    for place, (shown, printed) in enumerate(zip(screen, paper, strict=True)):
        if place and ways.ways[place - 1].is_ruled_out:
            assert not any("円" in cell for cell in (*shown, *printed))
        else:
            assert shown == printed
    said = [block.text for block in section.blocks if isinstance(block, TextBlock)]
    assert ways.sentence in said
    labels = [label.text() for label in opened.window.findChildren(type(opened.window.frame.title))]
    assert all(sentence in labels for sentence in ways.sentences)
