"""Earlier consultations: the first start, search, open, copy, delete."""

import pytest
import zxingcpp
from PIL import Image

from models.values.answer_code import answer_codes
from models.values.consultation import Consultation
from models.values.questions import AnswerRole
from tests.ui.keys import CTRL, Key, focused, press, write
from ui.steps import Step
from ui.widgets.styled_label import StyledLabel


def page_of(opened):
    return opened.window.page(Step.CONSULTATIONS)


def stored(opened, *names):
    question = opened.session.catalog.question_for(AnswerRole.CLIENT_NAME)
    for name in names:
        opened.session.store.create(
            Consultation(title="第1回", consulted_on="2020-11-01", answers={question.id: name})
        )
    opened.session.list_changed.emit()


def names(opened):
    return [row.name for row in page_of(opened).list.list_model.rows]


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Return])
def test_the_first_start_welcomes_with_one_button(opened, key):
    assert focused() is page_of(opened).first_button
    press(key)
    assert opened.session.consultation == Consultation(consulted_on="2020-11-17")
    assert opened.window.current_step is Step.APPLICANT


@pytest.mark.parametrize("width", [1000, 1280, 1366, 1920])
def test_no_line_of_the_welcome_is_cut_off(opened, qtbot, width):
    opened.window.resize(width, 728)
    qtbot.wait(1)
    labels = page_of(opened).findChildren(StyledLabel)
    shown = [label for label in labels if label.isVisible()]
    assert any("合言葉を決めると" in label.text() for label in shown)
    for label in shown:
        assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_the_worked_example_opens_and_can_be_thrown_away(opened):
    page_of(opened).sample_button.click()
    assert opened.session.client_name()
    opened.window.go_to(Step.CONSULTATIONS)
    opened.ask.answers = [True]
    press(Key.Key_Delete)
    assert "元に戻せません" in opened.ask.asked[0]
    assert opened.session.consultation is None
    assert names(opened) == []


def test_a_consultation_is_found_and_opened(opened):
    stored(opened, "そば処 やぶ久", "山田製作所", "渡邉旅館")
    assert focused() is page_of(opened).search
    write("やぶ")
    assert names(opened) == ["そば処 やぶ久"]
    press(Key.Key_Return)
    assert opened.session.client_name() == "そば処 やぶ久"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("11月1日", ["山田"]), ("2020年11月", ["山田"]), ("２０２０年４月", ["鈴木"]),
        ("2020-04", ["鈴木"]), ("2020年", ["鈴木", "山田"]), ("2019年", []),
        ("4月の集まり", ["鈴木"]), ("5月", []), ("", ["鈴木", "山田"]),
    ],
)  # fmt: skip
def test_a_consultation_is_found_by_its_day_and_title(opened, typed, found):
    question = opened.session.catalog.question_for(AnswerRole.CLIENT_NAME)
    for name, day, title in (("山田", "2020-11-01", ""), ("鈴木", "2020-04-30", "4月の集まり")):
        opened.session.store.create(
            Consultation(title=title, consulted_on=day, answers={question.id: name})
        )
    opened.session.list_changed.emit()
    page_of(opened).search.setText(typed)
    assert names(opened) == found


def test_nothing_found_is_said(opened):
    stored(opened, "山田製作所")
    page_of(opened).search.setFocus()
    write("いない人")
    assert names(opened) == []
    assert "合う相談がありません" in page_of(opened)._nothing.text()


def test_the_arrows_choose_and_enter_opens(opened):
    stored(opened, "一番", "二番")
    page_of(opened).list.setFocus()
    press(Key.Key_Down, Key.Key_Return)
    assert opened.session.client_name() == "一番"


def test_the_arrows_walk_the_list_while_one_types(opened):
    stored(opened, "一番", "二番")
    page_of(opened).search.setFocus()
    press(Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Down)
    assert focused() is page_of(opened).search
    press(Key.Key_Return)
    assert opened.session.client_name() == "一番"


def test_a_second_visit_begins_with_a_copy_of_today(opened):
    stored(opened, "山田製作所")
    page_of(opened).list.setFocus()
    press(Key.Key_D, modifier=CTRL)
    assert opened.session.client_name() == "山田製作所"
    assert opened.session.consultation.consulted_on == "2020-11-17"
    assert len(opened.session.summaries()) == 2


def test_deleting_asks_once_and_can_be_declined(opened):
    stored(opened, "山田製作所", "渡邉旅館")
    page_of(opened).list.setFocus()
    opened.ask.answers = [False]
    press(Key.Key_Delete)
    assert len(names(opened)) == 2
    opened.ask.answers = [True]
    press(Key.Key_Delete)
    assert len(names(opened)) == 1
    assert len(opened.ask.asked) == 2


def test_control_n_begins_from_anywhere(opened):
    stored(opened, "山田製作所")
    press(Key.Key_N, modifier=CTRL)
    assert opened.session.consultation is not None
    assert opened.session.client_name() == ""


def test_answers_are_read_from_a_photograph_of_the_codes(opened, catalog, tmp_path):
    stored(opened, "山田製作所")
    page = page_of(opened)
    page.code_button.click()  # and thinks better of it
    assert opened.session.consultation is None
    photograph = tmp_path / "控え.png"
    photograph.write_bytes(b"no picture")
    opened.ask.chosen_pictures = [photograph]
    page.code_button.click()
    assert "控え.png" in opened.ask.told[0]
    assert opened.session.consultation is None
    case = Consultation(answers={"applicant.regular_employees": 18})
    (code,) = answer_codes(case, catalog)
    barcode = zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.QRCode)
    Image.fromarray(barcode.to_image(scale=4)).save(photograph)
    page.code_button.click()
    assert opened.session.consultation == case
    assert opened.window.current_step is Step.APPLICANT
    assert "QRコードから読み込みました" in opened.window.frame.status.message_text()
