"""A consultation goes to another laptop and back: written, read, merged; and put away."""

import json

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from models.values.case_file import read_case
from models.values.consultation import Consultation, Expense, TaxMode
from models.values.questions import AnswerRole
from tests.ui.test_start_page import names, page_of, stored
from ui.conflict_words import NOTHING, ConflictWords
from ui.dialogs.ask import Ask
from ui.dialogs.exchange_dialogs import ConflictDialog, ExportChoice, ExportDialog, ExportKind
from ui.steps import Step

SAID = "はなれの座敷わらし"
WORD = "ひみつの合言葉 2021"
LATHE = Expense("旋盤", "equipment", 8_800_000, TaxMode.INCLUDED)
DRILL = Expense("ボール盤", "equipment", 500_000, TaxMode.EXCLUDED)


def name_id(opened):
    return opened.session.catalog.question_for(AnswerRole.CLIENT_NAME).id


def written(opened, tmp_path, kind=ExportKind.HAND_OVER, *, with_passphrase=False):
    """Write the first consultation of the list and return the file."""
    opened.ask.export = ExportChoice(kind, with_passphrase)
    opened.ask.path = tmp_path / "相談"
    opened.window.go_to(Step.CONSULTATIONS)
    page_of(opened).export_button.click()
    return tmp_path / ("相談.michishirube" if with_passphrase else "相談.json")


def loaded(opened, path):
    opened.ask.path = path
    opened.window.go_to(Step.CONSULTATIONS)
    page_of(opened).load_button.click()


def test_a_put_away_consultation_leaves_the_list_and_comes_back(opened):
    stored(opened, "やぶ久", "山田製作所")
    page = page_of(opened)
    assert not page.archived_box.isVisible()
    page.archive_button.click()
    assert names(opened) == ["やぶ久"]
    assert "しまった相談" in opened.window.frame.status.message_text()
    page.archived_box.click()
    assert names(opened) == ["山田製作所"]
    page.archive_button.click()
    assert names(opened) == []
    assert page._nothing.isVisible()
    page.archived_box.click()
    assert names(opened) == ["山田製作所", "やぶ久"]


def test_the_welcome_stays_away_while_something_is_put_away(opened):
    stored(opened, "やぶ久")
    page_of(opened).archive_button.click()
    assert page_of(opened).first_button.isHidden() or not page_of(opened)._welcome.isVisible()
    assert page_of(opened).archived_box.isVisible()


def test_a_nameless_file_holds_no_word_of_the_client(opened, tmp_path):
    question = name_id(opened)
    opened.session.start_new(
        Consultation(
            title=SAID, notes=SAID, answers={question: SAID},
            expenses=(Expense(SAID, "equipment", 7_700_000, TaxMode.INCLUDED),),
        )
    )  # fmt: skip
    text = written(opened, tmp_path, ExportKind.NAMELESS).read_text(encoding="utf-8")
    assert SAID not in text
    assert "7700000" in text
    assert SAID not in opened.ask.asked[-1]


def test_another_laptop_takes_it_over_and_gives_it_back(open_window, tmp_path):
    here, there = open_window(folder=tmp_path / "a"), open_window(folder=tmp_path / "b")
    here.session.start_new(Consultation(title="第1回", expenses=(LATHE,)))
    loaded(there, written(here, tmp_path, with_passphrase=False))
    assert there.session.consultation.expenses == (LATHE,)
    there.session.change(
        Consultation(title="第1回", notes="息子と話した", expenses=(LATHE, DRILL)), "x"
    )
    held = here.session.consultation_id
    loaded(here, written(there, tmp_path))
    assert here.session.consultation_id == held
    assert here.session.consultation.notes == "息子と話した"
    assert here.session.consultation.expenses == (LATHE, DRILL)
    assert len(here.session.summaries()) == 1
    here.window.undo()
    assert here.session.consultation.expenses == (LATHE,)


def test_what_both_changed_is_asked_field_by_field(open_window, tmp_path):
    here, there = open_window(folder=tmp_path / "a"), open_window(folder=tmp_path / "b")
    here.session.start_new(Consultation(title="第1回", advisor="佐藤"))
    loaded(there, written(here, tmp_path))
    there.session.change(Consultation(title="あちら", advisor="高橋"), "x")
    file = written(there, tmp_path)
    here.session.change(Consultation(title="こちら", advisor="渡邉"), "x")
    seen: list[ConflictWords] = []

    def decide(conflicts):
        seen.extend(conflicts)
        return frozenset({"advisor"})

    here.ask.choose_theirs = lambda _conflicts: None
    loaded(here, file)
    assert here.session.store.load(1, here.session.catalog).advisor == "渡邉"
    here.ask.choose_theirs = decide
    loaded(here, file)
    assert [(one.field, one.mine, one.theirs) for one in seen] == [
        ("件名", "こちら", "あちら"),
        ("担当", "渡邉", "高橋"),
    ]
    assert (here.session.consultation.title, here.session.consultation.advisor) == (
        "こちら", "高橋",
    )  # fmt: skip


def test_conflicts_are_told_in_the_words_of_the_screen(open_window, tmp_path, catalog):
    here, there = open_window(folder=tmp_path / "a"), open_window(folder=tmp_path / "b")
    question = next(one for one in catalog.questions.values() if one.type.value == "boolean")
    first = Consultation(answers={question.id: True}, expenses=(LATHE,))
    here.session.start_new(first)
    loaded(there, written(here, tmp_path))
    dearer = Expense("旋盤", "equipment", 9_900_000, TaxMode.INCLUDED)
    there.session.change(Consultation(answers={question.id: False}, expenses=(dearer,)), "x")
    file = written(there, tmp_path)
    cheaper = Expense("旋盤", "equipment", 7_700_000, TaxMode.INCLUDED)
    here.session.change(Consultation(expenses=(cheaper,)), "x")
    seen: list[ConflictWords] = []
    here.ask.choose_theirs = seen.extend
    loaded(here, file)
    assert [(one.field, one.mine, one.theirs) for one in seen] == [
        (f"「{question.label}」の答え", NOTHING, "いいえ"),
        ("経費の1つ目の金額", "7,700,000円", "9,900,000円"),
    ]


def test_a_file_under_a_passphrase_asks_until_it_is_right(open_window, tmp_path):
    here, there = open_window(folder=tmp_path / "a"), open_window(folder=tmp_path / "b")
    here.session.start_new(Consultation(title=SAID))
    here.ask.passphrases = [WORD]
    file = written(here, tmp_path, with_passphrase=True)
    assert SAID.encode() not in file.read_bytes()
    there.ask.passphrases = ["違います", None]
    loaded(there, file)
    assert there.session.consultation is None
    assert "合言葉が違う" in there.ask.asked[-1]
    there.ask.passphrases = [WORD]
    loaded(there, file)
    assert there.session.consultation == Consultation(title=SAID)


def test_a_broken_file_is_told_and_nothing_changes(opened, tmp_path):
    stored(opened, "山田製作所")
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps({"format": "michishirube-case", "version": 1, "titel": "x"}))
    loaded(opened, broken)
    assert "titel" in opened.ask.told[-1]
    loaded(opened, tmp_path / "ない.json")
    assert "読めません" in opened.ask.told[-1]
    assert names(opened) == ["山田製作所"]


def test_thinking_better_of_it_writes_nothing(opened, tmp_path):
    stored(opened, "山田製作所")
    opened.ask.export = None
    page_of(opened).export_button.click()
    opened.ask.export = ExportChoice(ExportKind.HAND_OVER, with_passphrase=True)
    opened.ask.passphrases = [None]
    page_of(opened).export_button.click()
    opened.ask.export = ExportChoice(ExportKind.CASE_FILE)
    page_of(opened).export_button.click()
    assert list(tmp_path.glob("*.json")) == []
    assert opened.ask.told == []


def test_a_case_file_is_what_the_command_line_writes(opened, tmp_path):
    opened.session.start_new(Consultation(title="第1回", expenses=(LATHE,)))
    file = written(opened, tmp_path, ExportKind.CASE_FILE)
    assert read_case(file.read_bytes(), opened.session.catalog, file.name).expenses == (LATHE,)
    assert "hand_over" not in file.read_text(encoding="utf-8")


# ---------------------------------------------------------------- the real dialogs


def answered(act):
    """Do something with the modal dialog as soon as it is there."""

    def go():
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(0, go)
        else:
            act(dialog)

    QTimer.singleShot(0, go)


def test_the_export_dialog_offers_the_passphrase_only_for_handing_over(qtbot):
    def act(dialog: ExportDialog):
        dialog.buttons[ExportKind.NAMELESS].click()
        assert not dialog.passphrase_box.isEnabled()
        dialog.accept()

    answered(act)
    assert Ask().export_choice(None, "山田製作所") == ExportChoice(ExportKind.NAMELESS)
    answered(lambda dialog: dialog.accept())
    assert Ask().export_choice(None, "山田製作所") == ExportChoice(ExportKind.HAND_OVER, True)
    answered(lambda dialog: dialog.reject())
    assert Ask().export_choice(None, "山田製作所") is None


@pytest.mark.parametrize("chosen", ["title", None])
def test_the_conflict_dialog_gives_back_where_the_file_is_right(qtbot, chosen):
    words = [ConflictWords("title", "件名", "a", "b"), ConflictWords("notes", "メモ", "c", "d")]

    def act(dialog: ConflictDialog):
        if chosen is None:
            dialog.reject()
            return
        dialog.choose_theirs(chosen)
        dialog.accept()

    answered(act)
    expected = None if chosen is None else frozenset({chosen})
    assert Ask().conflicts(None, "山田製作所", words) == expected
