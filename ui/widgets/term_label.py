"""A text whose expert words can be asked about: by a click, or with Enter on the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QWidget

from ui.theme import Role, TextStyle
from ui.widgets.basics import column
from ui.widgets.styled_label import StyledLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from ui.theme import Theme
    from ui.widgets.rich_text import Terms

ASKING_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


class TermLabel(QWidget):
    """Wrapped text; each expert word has a dotted line, and its meaning opens below when asked."""

    def __init__(
        self, theme: Theme, text: str, terms: Terms, style: TextStyle, look: str = ""
    ) -> None:
        super().__init__()
        self._terms = terms
        self._asked: set[str] = set()
        self._is_new = True
        self.label = _MarkedLabel(theme, terms, style, look)
        self.meaning = StyledLabel(theme, "", TextStyle.SMALL, wrap=True)
        self.meaning.setObjectName("termMeaning")
        inner = column(self, gap=2)
        inner.addWidget(self.label)
        inner.addWidget(self.meaning)
        self.label.term_clicked.connect(self._on_label_term_clicked)
        self.label.all_requested.connect(self._on_label_all_requested)
        self.set_text(text)

    def text(self) -> str:
        """Return the text without its meanings."""
        return self.label.text()

    def set_text(self, text: str, terms: Terms | None = None) -> None:
        """Show another text, with nothing explained; other words may be asked about."""
        if terms is not None:
            self._terms = self.label.terms = terms
        if text == self.label.text() and not self._is_new:
            return
        self._is_new = False
        self._asked.clear()
        self.label.setText(text)
        has_terms = bool(self.words())
        # What can be asked about is reached with Tab; plain text is not.
        policy = Qt.FocusPolicy.TabFocus if has_terms else Qt.FocusPolicy.NoFocus
        self.label.setFocusPolicy(policy)
        described = f"{text}（Enterで言葉の意味）" if has_terms else text
        self.label.setAccessibleName(described)
        self._show_meaning()

    def words(self) -> list[str]:
        """Return the expert words of the text, in its order."""
        return list(dict.fromkeys(self._terms.pattern.findall(self.label.text())))

    def _show_meaning(self) -> None:
        told = [
            f"{word}＝{self._terms.plain[word]}" for word in self.words() if word in self._asked
        ]
        self.meaning.setText("\n".join(told))
        self.meaning.setVisible(bool(told))

    def _on_label_term_clicked(self, word: str) -> None:
        self._asked ^= {word}
        self._show_meaning()

    def _on_label_all_requested(self) -> None:
        """Explain every word of the text, or put the meanings away."""
        self._asked = set() if self._asked else set(self.words())
        self._show_meaning()


def text_with_terms(
    theme: Theme, text: str, terms: Terms, style: TextStyle, look: str = ""
) -> QWidget:
    """Return wrapped text; only where it holds an expert word can something be asked."""
    if terms.pattern.search(text):
        return TermLabel(theme, text, terms, style, look)
    return StyledLabel(theme, text, style, look, wrap=True)


class _MarkedLabel(StyledLabel):
    """Draws the dotted lines and knows which word was clicked."""

    term_clicked = Signal(str)
    all_requested = Signal()

    def __init__(self, theme: Theme, terms: Terms, style: TextStyle, look: str) -> None:
        super().__init__(theme, "", style, look, wrap=True)
        self.terms = terms
        self.setMouseTracking(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the hand over a word that can be asked about."""
        over = self._word_at(event.position())
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask about the word under the mouse."""
        if word := self._word_at(event.position()):
            self.term_clicked.emit(word)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask about the words of the text."""
        if event.key() in ASKING_KEYS:
            self.all_requested.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, and a frame while the keyboard is on it."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(self._theme.color(Role.ACCENT))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.end()

    def _marks(self, paragraph: str) -> list[QTextLayout.FormatRange]:
        dotted = QTextCharFormat()
        dotted.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        dotted.setUnderlineColor(self._theme.color(Role.QUIET))
        marks: list[QTextLayout.FormatRange] = []
        for match in self.terms.pattern.finditer(paragraph):
            mark = QTextLayout.FormatRange()
            mark.start, mark.length, mark.format = match.start(), len(match.group()), dotted
            marks.append(mark)
        return marks

    def _word_at(self, place: QPointF) -> str:
        """Return the expert word at this place, "" where there is none."""
        layouts, _ = self._lay_out(self.width())
        for layout, top in layouts:
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                if not line.naturalTextRect().translated(0, top).contains(place):
                    continue
                at = line.xToCursor(place.x(), line.CursorPosition.CursorOnCharacter)
                position = at[0] if isinstance(at, tuple) else at
                for match in self.terms.pattern.finditer(layout.text()):
                    if match.start() <= position < match.end():
                        return match.group()
        return ""
