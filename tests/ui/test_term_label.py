"""Expert words in a question are explained by a click or with Enter, below the text."""

import pytest
from PySide6.QtCore import QPoint, Qt

from models.values.catalog import GlossaryTerm
from ui.theme import TextStyle, Theme
from ui.widgets.rich_text import Terms
from ui.widgets.styled_label import StyledLabel
from ui.widgets.term_label import TermLabel, text_with_terms

Key = Qt.Key
TERMS = Terms((GlossaryTerm("革新計画", "県が認める計画"), GlossaryTerm("計画", "これからのこと")))
TEXT = "革新計画を、もう出していますか。計画はありますか"
BOTH = "革新計画＝県が認める計画\n計画＝これからのこと"


@pytest.fixture
def theme(qtbot):
    return Theme()


@pytest.fixture
def asked(qtbot, theme):
    one = TermLabel(theme, TEXT, TERMS, TextStyle.BODY)
    qtbot.addWidget(one)
    one.resize(600, 120)
    one.show()
    qtbot.waitExposed(one)
    return one


def test_nothing_is_explained_until_asked(asked):
    assert asked.text() == TEXT
    assert asked.words() == ["革新計画", "計画"]
    assert asked.meaning.isHidden()


def test_enter_explains_every_word_and_puts_it_away(qtbot, asked):
    assert asked.label.focusPolicy() == Qt.FocusPolicy.TabFocus
    assert "Enter" in asked.label.accessibleName()
    for key in (Key.Key_Return, Key.Key_Space):
        qtbot.keyClick(asked.label, key)
        assert asked.meaning.text() == BOTH
        assert asked.meaning.isVisible()
        qtbot.keyClick(asked.label, key)
        assert asked.meaning.isHidden()


def test_a_click_explains_the_word_that_was_hit(qtbot, asked):
    qtbot.mouseClick(asked.label, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert asked.meaning.text() == "革新計画＝県が認める計画"
    qtbot.mouseClick(asked.label, Qt.MouseButton.LeftButton, pos=QPoint(590, 60))
    assert asked.meaning.text() == "革新計画＝県が認める計画"
    qtbot.mouseClick(asked.label, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert asked.meaning.isHidden()


def test_another_text_begins_unexplained(qtbot, asked):
    qtbot.keyClick(asked.label, Key.Key_Return)
    asked.set_text("これはやさしい言葉です")
    assert asked.meaning.isHidden()
    assert asked.label.focusPolicy() == Qt.FocusPolicy.NoFocus
    asked.set_text("計画", Terms((GlossaryTerm("計画", "別の言い方"),)))
    qtbot.keyClick(asked.label, Key.Key_Return)
    assert asked.meaning.text() == "計画＝別の言い方"


def test_a_plain_text_takes_no_place_among_what_tab_reaches(qtbot, theme):
    plain = text_with_terms(theme, "そば屋です", TERMS, TextStyle.BODY)
    qtbot.addWidget(plain)
    assert type(plain) is StyledLabel
    marked = text_with_terms(theme, TEXT, TERMS, TextStyle.BODY)
    qtbot.addWidget(marked)
    assert type(marked) is TermLabel
