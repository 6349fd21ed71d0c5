"""The list of steps at the left: always open to jump, with a small mark of the state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.measures import STEP_HEIGHT
from ui.steps import Step
from ui.theme import Role, TextStyle, Theme
from ui.widgets.basics import column
from ui.widgets.drawing import paint_focus_ring

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QPaintEvent

LOW_ROW_HEIGHT = 31


class StepButton(QAbstractButton):
    """One step: its number, its word, and a mark such as `3件`."""

    def __init__(self, theme: Theme, step: Step) -> None:
        super().__init__()
        self._theme = theme
        self._step = step
        self._mark = ""
        self._height = STEP_HEIGHT
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(f"Ctrl+{step.number}")
        self._name()
        theme.changed.connect(self.updateGeometry)

    def set_mark(self, mark: str) -> None:
        """Show the state of the step in a few characters."""
        if mark != self._mark:
            self._mark = mark
            self._name()
            self.update()

    def set_low(self, low: bool) -> None:
        """Take less height."""
        self._height = LOW_ROW_HEIGHT if low else STEP_HEIGHT
        self.updateGeometry()

    def mark(self) -> str:
        """Return the shown state."""
        return self._mark

    def sizeHint(self) -> QSize:
        """Return the size of a row."""
        return QSize(self._theme.px(160), self._theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        """Return the least size of a row."""
        return QSize(80, self._theme.px(self._height))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be clicked."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Stop showing it."""
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        del event
        painter = QPainter(self)
        theme, box = self._theme, QRectF(self.rect())
        if self.isChecked():
            painter.fillRect(box, theme.color(Role.ACCENT_SOFT))
            painter.fillRect(QRectF(0, 0, 3, box.height()), theme.color(Role.ACCENT))
        elif self.underMouse():
            painter.fillRect(box, theme.color(Role.HOVER))
        left, middle = theme.px(20), Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(TextStyle.FIGURE))
        painter.setPen(theme.color(Role.QUIET))
        painter.drawText(box.adjusted(left, 0, 0, 0), middle, str(self._step.number))
        painter.setFont(theme.font(TextStyle.STRONG if self.isChecked() else TextStyle.BODY))
        painter.setPen(theme.color(Role.ACCENT if self.isChecked() else Role.INK))
        painter.drawText(box.adjusted(left + theme.px(22), 0, 0, 0), middle, self._step.label)
        painter.setFont(theme.font(TextStyle.SMALL))
        painter.setPen(theme.color(Role.QUIET))
        right = box.adjusted(0, 0, -theme.px(16), 0)
        painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, self._mark)
        if self.hasFocus():
            paint_focus_ring(painter, box, theme)
        painter.end()

    def _name(self) -> None:
        name = f"{self._step.number} {self._step.label} {self._mark}".strip()
        self.setAccessibleName(name)


class StepList(QWidget):
    """All steps; one of them is the present one."""

    step_chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("手順")
        layout = column(self, gap=0)
        self.buttons: dict[Step, StepButton] = {}
        for step in Step:
            button = StepButton(theme, step)
            button.clicked.connect(
                lambda _checked=False, chosen=step: self.step_chosen.emit(chosen)
            )
            self.buttons[step] = button
            layout.addWidget(button)

    def set_current(self, step: Step) -> None:
        """Mark the present step."""
        self.buttons[step].setChecked(True)

    def set_mark(self, step: Step, mark: str) -> None:
        """Show the state of a step."""
        self.buttons[step].set_mark(mark)

    def set_low(self, low: bool) -> None:
        """Take less height, on a low window."""
        for button in self.buttons.values():
            button.set_low(low)
