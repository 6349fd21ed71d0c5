"""Amounts on the screen: digits stand below one another, commas take little room."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from ui.theme import TextStyle
from ui.widgets.figures import figure_width, paint_figures
from ui.widgets.rich_text import DetailText, Figure
from ui.widgets.styled_label import StyledLabel


def inked(font, text):
    """Return the columns of pixels that hold ink, counted from the right."""
    image = QImage(300, 40, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setFont(font)
    paint_figures(painter, QRectF(0, 0, 300, 40), text)
    painter.end()
    return {
        299 - x for x in range(300) if any(image.pixelColor(x, y).value() < 128 for y in range(40))
    }


def test_a_comma_is_narrower_than_a_digit(theme):
    for style in (TextStyle.FIGURE, TextStyle.FIGURE_STRONG, TextStyle.FIGURE_LARGE):
        font = theme.font(style)
        digit = figure_width(font, "8")
        assert figure_width(font, "1") == digit
        assert figure_width(font, "8,8") - 2 * digit < digit * 0.8
        plain = QFontMetricsF(font).horizontalAdvance("8,800,000円")
        assert figure_width(font, "8,800,000円") < plain


def test_amounts_of_one_length_stand_below_one_another(theme):
    font = theme.font(TextStyle.FIGURE)
    assert inked(font, "8,800,000") == inked(font, "8,800,000")
    assert figure_width(font, "1,111,111") == figure_width(font, "8,888,888")
    assert max(inked(font, "8,000")) < max(inked(font, "18,000"))


def test_a_label_of_figures_has_the_room_that_it_needs(theme, qtbot):
    label = StyledLabel(theme, "13,300,000円", TextStyle.FIGURE_LARGE)
    qtbot.addWidget(label)
    wanted = figure_width(theme.font(TextStyle.FIGURE_LARGE), label.text())
    assert wanted <= label.sizeHint().width() <= wanted + 4
    assert label.minimumSizeHint() == label.sizeHint()
    label.show()
    assert not label.grab().isNull()


def test_the_working_beside_the_list_has_narrow_commas_too(theme):
    html = DetailText("題", "", (Figure("合計", "8,800,000円"),)).html(theme)
    assert html.count("BIZ UDPGothic") == 2
