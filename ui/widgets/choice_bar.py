"""Answers to choose with one key: 1 はい, 2 いいえ, 3 後で調べる."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Role, TextStyle, Theme
from ui.widgets.drawing import paint_focus_ring
from ui.widgets.icon import paint_icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from models.values.conditions import AnswerValue

LATER_LABEL = "後で調べる"
MOST_KEYS = 9
GAP = 6
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class _Unanswered:
    """Nobody has answered yet; `None` is already the answer 後で調べる."""


UNANSWERED = _Unanswered()


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: its value and its words; `quiet` stands back a little."""

    value: AnswerValue | None
    label: str
    quiet: bool = False


class ChoiceBar(QWidget):
    """The answers of one question, side by side or one below the other; one stop of the Tab key."""

    chosen = Signal(object)
    """An answer was chosen; `None` is 後で調べる."""
    cleared = Signal()
    move_requested = Signal(int)
    """The user wants the next (1) or the previous (-1) question."""

    def __init__(
        self, theme: Theme, name: str, options: Sequence[Option], *, vertical: bool = False
    ) -> None:
        super().__init__()
        self._theme = theme
        self._options = tuple(options)
        self._vertical = vertical
        self._value: object = UNANSWERED
        self._cursor = 0
        self._hovered = -1
        self._boxes: list[QRect] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self._describe()
        self._lay_out()
        theme.changed.connect(self._lay_out)

    # ------------------------------------------------------------ public

    def value(self) -> object:
        """Return the shown answer, or `UNANSWERED`."""
        return self._value

    def set_value(self, value: object) -> None:
        """Show an answer without telling anybody."""
        self._value = value
        for index, option in enumerate(self._options):
            if self._is(option):
                self._cursor = index
        self._describe()
        self.update()

    def choose(self, value: AnswerValue | None) -> None:
        """Answer as the user would."""
        self.set_value(value)
        self.chosen.emit(value)

    def press_digit(self, event: QKeyEvent) -> bool:
        """Answer with the digit of an option; tell whether it was one."""
        option = self._option_of(event)
        if option is None:
            return False
        self.choose(option.value)
        self.move_requested.emit(1)
        return True

    def option_rect(self, index: int) -> QRect:
        """Return where an option stands."""
        return self._boxes[index]

    # ------------------------------------------------------------ events

    def sizeHint(self) -> QSize:
        """Return the room of all options at the present width."""
        width = max((box.right() for box in self._boxes), default=0) + 2
        return QSize(width, self.height())

    def minimumSizeHint(self) -> QSize:
        """Options wrap, so that little width is enough."""
        return QSize(self._theme.px(120), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the options anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with a digit, move with the arrows, clear with Delete."""
        key = event.key()
        if self.press_digit(event):
            pass
        elif key in {Qt.Key.Key_Right, Qt.Key.Key_Left}:
            step = 1 if key == Qt.Key.Key_Right else -1
            self._cursor = max(0, min(len(self._options) - 1, self._cursor + step))
            self.update()
        elif key == Qt.Key.Key_Space:
            self.choose(self._options[self._cursor].value)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.move_requested.emit(1)
        elif key == Qt.Key.Key_Up:
            self.move_requested.emit(-1)
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.set_value(UNANSWERED)
            self.cleared.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Answer with a click."""
        index = self._index_at(event)
        if index >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.choose(self._options[index].value)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which option a click would choose."""
        hovered = self._index_at(event)
        if hovered != self._hovered:
            self._hovered = hovered
            pointing = Qt.CursorShape.PointingHandCursor
            self.setCursor(pointing if hovered >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Stop showing it."""
        super().leaveEvent(event)
        self._hovered = -1
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw every option."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, option in enumerate(self._options):
            self._paint_option(painter, index, option)
        painter.end()

    # ------------------------------------------------------------ private

    def _option_of(self, event: QKeyEvent) -> Option | None:
        digit = event.key() - Qt.Key.Key_0
        modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if event.modifiers() & modifiers or not 1 <= digit <= min(MOST_KEYS, len(self._options)):
            return None
        return self._options[digit - 1]

    def _is(self, option: Option) -> bool:
        # True == 1 in Python, but はい is not the number one.
        return self._value == option.value and type(self._value) is type(option.value)

    def _index_at(self, event: QMouseEvent) -> int:
        point = event.position().toPoint()
        return next((i for i, box in enumerate(self._boxes) if box.contains(point)), -1)

    def _describe(self) -> None:
        answer = next((option.label for option in self._options if self._is(option)), "未回答")
        keys = " ".join(f"{i}{option.label}" for i, option in enumerate(self._options, start=1))
        self.setAccessibleDescription(f"{keys} 今の答え: {answer}")

    def _lay_out(self) -> None:
        theme = self._theme
        metrics = QFontMetrics(theme.font(TextStyle.STRONG))
        before, after = theme.px(26), theme.px(12)
        room = max(self.width(), theme.px(120))
        x = y = line = 0
        self._boxes = []
        for option in self._options:
            widest = room - before - after
            wanted = metrics.boundingRect(QRect(0, 0, widest, 10_000), WRAP, option.label)
            width = room if self._vertical else min(room, wanted.width() + before + after + 4)
            height = max(theme.px(30), wanted.height() + theme.px(10))
            if x and (self._vertical or x + width > room):
                x, y = 0, y + line + GAP
                line = 0
            self._boxes.append(QRect(x, y, width, height))
            x += width + GAP
            line = max(line, height)
        self.setFixedHeight(max(1, y + line))
        self.update()

    def _paint_option(self, painter: QPainter, index: int, option: Option) -> None:
        theme, box = self._theme, QRectF(self._boxes[index])
        is_chosen = self._is(option)
        frame = box.adjusted(0.5, 0.5, -0.5, -0.5)
        if is_chosen:
            back, line = Role.ACCENT_SOFT, Role.ACCENT
        else:
            back = Role.HOVER if index == self._hovered else Role.SURFACE
            line = Role.LINE if option.quiet else Role.LINE_STRONG
        painter.setPen(QPen(theme.color(line), 1.5 if is_chosen else 1))
        painter.setBrush(theme.color(back))
        painter.drawRoundedRect(frame, 5, 5)
        self._paint_key(painter, index, box, is_chosen=is_chosen)
        painter.setFont(theme.font(TextStyle.STRONG if is_chosen else TextStyle.BODY))
        quiet = option.quiet and not is_chosen
        painter.setPen(theme.color(Role.QUIET if quiet else Role.INK))
        painter.drawText(box.adjusted(theme.px(26), 0, -theme.px(8), 0), WRAP, option.label)
        if self.hasFocus() and index == self._cursor:
            paint_focus_ring(painter, box, theme)

    def _paint_key(self, painter: QPainter, index: int, box: QRectF, *, is_chosen: bool) -> None:
        """Draw the digit of the key, or a check mark once it is the answer."""
        theme = self._theme
        if is_chosen:
            size = theme.px(14)
            mark = QRectF(box.x() + theme.px(7), box.center().y() - size / 2, size, size)
            paint_icon(painter, "check", mark, theme.color(Role.ACCENT))
        elif index < MOST_KEYS:
            painter.setFont(theme.font(TextStyle.SMALL))
            painter.setPen(theme.color(Role.QUIET))
            key = QRectF(box.x(), box.y(), theme.px(26), box.height())
            painter.drawText(key, Qt.AlignmentFlag.AlignCenter, str(index + 1))


def later_option() -> Option:
    """Return the answer that makes homework of a question."""
    return Option(None, LATER_LABEL, quiet=True)
