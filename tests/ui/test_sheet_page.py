"""シート: preview, save, print, and what the paper cannot show."""

import pytest
from PySide6.QtPrintSupport import QPrinter

from models.catalog_build.compile import write_catalog
from models.stores.catalog_store import load_catalog
from models.values.consultation import Consultation
from models.values.questions import AnswerRole
from tests.reports.sheets import all_text
from tests.ui.keys import CTRL, Key, press, write
from tests.ui.test_verdicts_page import BUYER, LATHE
from ui.commands.sheet_worker import build
from ui.pdf_pages import PdfPages
from ui.sheet_builder import SheetBuilder
from ui.steps import Step


@pytest.fixture
def page(opened, qtbot):
    opened.session.start_new(
        Consultation(consulted_on="2020-11-17", answers=BUYER, expenses=(LATHE,), notes="旋盤の話")
    )
    opened.window.go_to(Step.SHEET)
    page = opened.window.page(Step.SHEET)
    qtbot.waitUntil(page.is_current, timeout=20_000)
    return page


def test_the_real_pages_are_shown(page):
    built = page._built
    assert page.preview.page_count() == len(PdfPages(built.pdf)) > 0
    text = all_text(built.pdf)
    assert "旋盤の話" in text
    assert "新潟県よろず支援拠点" in text


def test_the_choices_change_the_pages(page, qtbot):
    both = page.preview.page_count()
    page.choices.choose_copies("owner")
    qtbot.waitUntil(page.is_current, timeout=20_000)
    assert page.preview.page_count() < both
    page.choices.next_line.setText("12月1日 10時")
    qtbot.waitUntil(page.is_current, timeout=20_000)
    assert "12月1日10時" in all_text(page._built.pdf)


def test_what_the_codes_hold_is_chosen(page, qtbot):
    choices = page.choices
    assert choices.codes() == "answers"
    choices.code_name_box.click()
    assert choices.codes() == "with-name"
    qtbot.waitUntil(page.is_current, timeout=20_000)
    assert "お名前・回答・費用が入っています" in all_text(page._built.pdf)
    choices.name_box.click()
    assert choices.codes() == "answers"
    assert not choices.code_name_box.isEnabled()
    choices.code_box.click()
    assert choices.codes() == "none"
    qtbot.waitUntil(page.is_current, timeout=20_000)
    assert "QRコード" not in all_text(page._built.pdf)


def test_notes_are_stored_and_printed(opened, page, qtbot):
    page.choices.notes.setFocus()
    page.choices.notes.selectAll()
    write("息子が継ぐかもしれない")
    page.choices.save_button.setFocus()
    assert opened.session.consultation.notes == "息子が継ぐかもしれない"
    qtbot.waitUntil(page.is_current, timeout=20_000)
    assert "息子が継ぐかもしれない" in all_text(page._built.pdf)


def reopened(opened, open_window, key, qtbot):
    """Close the window and open another one on the same store, at the same sheet."""
    opened.window.close()
    again = open_window()
    again.session.open(key)
    again.window.go_to(Step.SHEET)
    page = again.window.page(Step.SHEET)
    qtbot.waitUntil(page.is_current, timeout=20_000)
    return page


def test_the_choices_of_a_visit_survive_a_restart(opened, page, open_window, qtbot):
    key = opened.session.consultation_id
    page.choices.choose_copies("owner")
    page.choices.name_box.click()
    page.choices.notes_box.click()
    entry = next(iter(page.choices.entry_choices._boxes))
    page.choices.entry_choices.box_of(entry).click()
    page.choices.next_line.setFocus()
    write("12月1日 10時")
    page.choices.save_button.setFocus()
    chosen = page.choices.settings()
    assert chosen.left_out == {entry}
    again = reopened(opened, open_window, key, qtbot)
    assert again.choices.settings() == chosen
    assert again.choices.appointment() == "12月1日 10時"
    assert not again.choices.entry_choices.box_of(entry).isChecked()
    text = all_text(again._built.pdf)
    assert "12月1日10時" in text
    assert "旋盤の話" not in text


def test_each_visit_has_its_own_choices_and_a_copy_takes_them_over(opened, page):
    first = opened.session.consultation_id
    page.choices.neutral_box.click()
    opened.session.start_new(Consultation(title="別の相談"))
    opened.window.go_to(Step.SHEET)
    assert not page.choices.is_neutral()
    page.choices.neutral_box.click()
    page.choices.neutral_box.click()
    opened.session.open(first)
    opened.window.go_to(Step.SHEET)
    assert page.choices.is_neutral()
    opened.session.duplicate(first)
    opened.window.go_to(Step.SHEET)
    assert opened.session.consultation_id != first
    assert page.choices.is_neutral()
    assert page.choices.appointment() == ""


def test_an_entry_that_is_unticked_is_not_on_the_owners_copy(opened, page, qtbot):
    page.choices.choose_copies("owner")
    names = {one: opened.session.catalog.entries[one].short_name
             for one in page.choices.entry_choices._boxes}  # fmt: skip
    assert names
    for entry in names:
        page.choices.entry_choices.box_of(entry).click()
    qtbot.waitUntil(page.is_current, timeout=20_000)
    text = all_text(page._built.pdf)
    assert not [name for name in names.values() if name.replace(" ", "") in text]
    edited = opened.session.consultation.with_answer("applicant.name", "山田")
    opened.session.change(edited, "書きました")
    assert page.choices.settings().left_out == names.keys()


def test_a_day_that_is_none_stays_with_its_reason(opened, page):
    line = page.choices._lines["consulted_on"]
    line.setText("きのう")
    page.choices.commit()
    assert opened.session.consultation.consulted_on == "2020-11-17"
    assert "相談日" in page.choices.reasons()
    assert page.problems()[0].path == "相談日"
    line.setText("2020-11-18")
    page.choices.commit()
    assert opened.session.consultation.consulted_on == "2020-11-18"
    assert page.problems() == ()


def test_saving_writes_what_is_shown(opened, page, tmp_path):
    opened.ask.path = tmp_path / "出力" / "シート.pdf"
    opened.ask.path.parent.mkdir()
    press(Key.Key_S, modifier=CTRL)
    assert opened.ask.path.read_bytes() == page._built.pdf
    assert "シート.pdf" in opened.window.frame.status.message_text()
    assert opened.ask.asked[0].startswith("相談シート")


def test_a_place_that_cannot_be_written_is_told(opened, page, tmp_path):
    opened.ask.path = tmp_path / "ない" / "シート.pdf"
    page.save()
    assert "書き込めません" in opened.ask.told[0]


def test_thinking_better_of_it_writes_nothing(opened, page):
    page.save()
    assert opened.ask.told == []


def test_a_discreet_sheet_suggests_a_discreet_file_name(opened, page, qtbot, catalog):
    name = catalog.question_for(AnswerRole.CLIENT_NAME)
    opened.session.change(opened.session.consultation.with_answer(name.id, "山田/製作所"), "x")
    page.save()
    qtbot.waitUntil(lambda: bool(opened.ask.asked), timeout=20_000)
    assert "山田製作所" in opened.ask.asked[-1]
    page.choices.neutral_box.setChecked(True)
    page.save()
    qtbot.waitUntil(lambda: len(opened.ask.asked) > 1, timeout=20_000)
    assert "山田" not in opened.ask.asked[-1]


def test_printing_from_anywhere_sends_every_page(opened, page, tmp_path, qtbot):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    opened.ask.printer_to_use = printer
    opened.window.go_to(Step.EXPENSES)
    page.choices.choose_copies("owner")
    press(Key.Key_P, modifier=CTRL)
    message = opened.window.frame.status.message_text
    qtbot.waitUntil(lambda: "プリンターに送りました" in message(), timeout=20_000)
    assert opened.window.current_step is Step.SHEET
    printed = PdfPages((tmp_path / "printed.pdf").read_bytes())
    assert len(printed) == page.preview.page_count()


def test_printing_without_a_consultation_says_so(opened):
    press(Key.Key_P, modifier=CTRL)
    assert "印刷する相談がまだありません" in opened.window.frame.status.message_text()


def test_lost_characters_are_told_before_printing(opened, page, qtbot):
    opened.session.change(
        Consultation(consulted_on="2020-11-17", notes="😀のお店"), "今日のお話を書きました"
    )
    qtbot.waitUntil(page.is_current, timeout=20_000)
    assert "😀" in page.choices.lost_text()
    opened.ask.answers = [False]
    page.print_sheet()
    assert "😀" in opened.ask.asked[0]
    assert len(opened.ask.asked) == 1  # no printer was asked for


def test_the_worker_process_builds_the_same_file(page, tmp_path, catalog, qtbot):
    file = tmp_path / "catalog.sqlite"
    write_catalog(catalog, file)
    builder = SheetBuilder(file, lambda: catalog, page)
    order = page._built.order
    with qtbot.waitSignal(builder.sheet_built, timeout=30_000) as caught:
        builder.request(order, at_once=True)
    assert caught.args[0].pdf == build(order, load_catalog(file))[0]
    with qtbot.waitSignal(builder.sheet_built, timeout=30_000):
        builder.request(order)
    builder.release()


def test_a_worker_that_dies_is_replaced_by_the_window(page, tmp_path, catalog, qtbot):
    builder = SheetBuilder(tmp_path / "ない.sqlite", lambda: catalog, page)
    with qtbot.waitSignal(builder.sheet_built, timeout=30_000) as caught:
        builder.request(page._built.order, at_once=True)
    assert caught.args[0].pdf == page._built.pdf
