"""What was printed reopens as it was, beside what today's catalog makes of the same case."""

import json
from dataclasses import replace

import pytest
from PySide6.QtPrintSupport import QPrinter

from models.stores.consultation_store import ConsultationStore
from models.values.consultation import Consultation
from models.values.questions import RetiredQuestion
from tests.reports.sheets import all_text
from tests.ui.conftest import NOW
from tests.ui.keys import Key, press
from tests.ui.test_verdicts_page import BUYER, LATHE
from ui.printed_record import OTHER_CATALOG, OTHER_RESULTS, SAME_CATALOG, SAME_RESULTS, printed_view
from ui.steps import Step

CASE = Consultation(consulted_on="2020-11-17", answers=BUYER, expenses=(LATHE,), notes="旋盤の話")


def sheet_page(opened, qtbot):
    opened.window.go_to(Step.SHEET)
    page = opened.window.page(Step.SHEET)
    qtbot.waitUntil(page.is_current, timeout=20_000)
    return page


@pytest.fixture
def page(opened, qtbot, tmp_path):
    """Return the sheet page, after its sheet was saved once."""
    opened.session.start_new(CASE)
    page = sheet_page(opened, qtbot)
    assert page.choices.prints_button.isHidden()
    opened.ask.path = tmp_path / "シート.pdf"
    page.save()
    return page


def test_what_was_saved_is_kept_with_its_case_its_result_and_the_catalog(opened, page, tmp_path):
    (printed,) = opened.session.store.prints(opened.session.consultation_id)
    assert opened.session.store.print_pdf(printed.id) == (tmp_path / "シート.pdf").read_bytes()
    assert printed.catalog_hash == opened.session.catalog.edition.content_hash
    assert json.loads(printed.document)["notes"] == "旋盤の話"
    ids = {one.get("frame") or one.get("id") for one in json.loads(printed.result)["results"]}
    assert ids == set(opened.session.catalog.entries)


def test_a_printed_sheet_is_kept_and_an_abandoned_one_is_not(opened, page, tmp_path):
    page.print_sheet()
    assert page.printed.count() == 1
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    opened.ask.printer_to_use = printer
    page.print_sheet()
    assert page.printed.count() == 2
    assert "（2）" in page.choices.prints_button.text()


def test_it_reopens_as_printed_while_the_consultation_went_on(opened, page, qtbot):
    kept = page._built.pdf
    changed = replace(opened.session.consultation, notes="別の話になった")
    opened.session.change(changed, "x")
    qtbot.waitUntil(page.is_current, timeout=20_000)
    page.choices.prints_button.click()
    assert page.printed.pdf == kept
    assert page.side.currentWidget() is page.printed.panel
    assert SAME_CATALOG in page.printed.panel.about_text()
    assert SAME_RESULTS in page.printed.panel.about_text()
    press(Key.Key_Escape)
    assert page.side.currentWidget() is page.choices
    assert "別の話になった" in all_text(page._built.pdf)


def test_todays_catalog_makes_a_sheet_of_the_case_as_it_was(opened, page, qtbot):
    opened.session.change(replace(opened.session.consultation, notes="別の話"), "x")
    page.choices.prints_button.click()
    kept = page.printed.pdf
    page.choices.next_line.setText("十二月一日")
    with qtbot.waitSignal(page.printed.pdf_ready, timeout=20_000):
        page.printed.panel.way_bar.choose("today")
    assert page.printed.pdf != kept
    assert "旋盤の話" in all_text(page.printed.pdf)
    page.printed.panel.way_bar.choose("printed")
    assert page.printed.pdf == kept


def test_another_consultation_shows_its_own_sheet(opened, page, qtbot):
    page.choices.prints_button.click()
    opened.session.start_new(Consultation(notes="二人目"))
    page = sheet_page(opened, qtbot)
    assert page.side.currentWidget() is page.choices
    assert page.choices.prints_button.isHidden()


def test_an_earlier_print_can_be_saved_again_without_counting_as_new(opened, page, tmp_path):
    page.choices.prints_button.click()
    opened.ask.path = tmp_path / "もう一度.pdf"
    page.printed.panel.save_button.click()
    assert opened.ask.path.read_bytes() == page.printed.pdf
    assert page.printed.count() == 1


def test_differences_of_a_changed_catalog_are_named(opened, page, catalog):
    (printed,) = opened.session.store.prints(opened.session.consultation_id)
    results = json.loads(printed.result)["results"]
    before = next(one for one in results if one.get("total", {"high": 0})["high"] > 0)
    before["total"] = {"low": 1, "high": 1}
    changed = replace(
        printed, catalog_hash="older", result=json.dumps({"results": results, "catalog": {}})
    )
    view = printed_view(changed, catalog)
    assert view.lines == (OTHER_CATALOG, OTHER_RESULTS)
    name = catalog.entries[before["frame"]].short_name
    (told,) = [one for one in view.differences if one.startswith(name)]
    assert "1円" in told


def test_answers_that_nobody_asks_any_more_are_kept_and_listed(opened, page, catalog):
    (printed,) = opened.session.store.prints(opened.session.consultation_id)
    document = json.loads(printed.document)
    retired = "applicant.retired_question"
    document["answers"][retired] = True
    asked_before = RetiredQuestion(retired, "昔の質問")
    later = replace(catalog, retired={**catalog.retired, retired: asked_before})
    view = printed_view(replace(printed, document=json.dumps(document)), later)
    assert "昔の質問" in view.lines[-1]


def test_a_case_that_todays_catalog_cannot_read_says_why(opened, page, catalog):
    (printed,) = opened.session.store.prints(opened.session.consultation_id)
    document = json.loads(printed.document)
    document["answers"]["applicant.unheard_of"] = True
    view = printed_view(replace(printed, document=json.dumps(document)), catalog)
    assert view.rerun is None
    assert view.differences


def test_a_window_that_may_only_look_keeps_nothing(opened, page, open_window, tmp_path, qtbot):
    second = open_window(folder=tmp_path)
    assert second.session.is_read_only
    second.session.open(opened.session.consultation_id)
    looking = sheet_page(second, qtbot)
    second.ask.path = tmp_path / "二つ目.pdf"
    looking.save()
    assert looking.printed.count() == 1


def test_prints_of_a_store_are_counted_without_reading_them(tmp_path):
    with ConsultationStore.open(tmp_path / "s", lambda: NOW, "") as store:
        key = store.create(Consultation())
        assert store.print_count(key) == 0
        store.keep_print(key, b"%PDF", "{}", "hash", NOW)
        assert store.print_count(key) == 1
