"""Words to switch on and off, several at once: a chip with a tick for each that is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from ui.widgets.choice_bar import ChoiceBar, Option

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QKeyEvent

    from models.values.conditions import AnswerValue
    from ui.theme import Theme


class ToggleBar(ChoiceBar):
    """Digits and Space switch a chip, the arrows move between them; one stop of the Tab key."""

    switched = Signal(str, bool)
    """A chip (its value) was switched on or off."""

    def __init__(self, theme: Theme, name: str, options: Sequence[Option]) -> None:
        self._on: frozenset[object] = frozenset()
        super().__init__(theme, name, options)

    # ------------------------------------------------------------ public

    def values_on(self) -> frozenset[object]:
        """Return the values that are switched on."""
        return self._on

    def set_values_on(self, values: Iterable[object]) -> None:
        """Show these as switched on, without telling anybody."""
        self._on = frozenset(values)
        self._describe()
        self.update()

    def choose(self, value: AnswerValue | None) -> None:
        """Switch a chip as the user would."""
        self._cursor = next(i for i, one in enumerate(self._options) if one.value == value)
        is_on = value not in self._on
        self.set_values_on(self._on | {value} if is_on else self._on - {value})
        self.switched.emit(str(value), is_on)

    def press_digit(self, event: QKeyEvent) -> bool:
        """Switch with the digit of a chip; the focus stays, for the next one."""
        option = self._option_of(event)
        if option is not None:
            self.choose(option.value)
        return option is not None

    # ------------------------------------------------------------ events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Switch off with Delete; all else as with other answers."""
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            value = self._options[self._cursor].value
            if value in self._on:
                self.choose(value)
            return
        super().keyPressEvent(event)

    # ------------------------------------------------------------ private

    def _is(self, option: Option) -> bool:
        return option.value in self._on

    def _describe(self) -> None:
        keys = " ".join(f"{i}{option.label}" for i, option in enumerate(self._options, start=1))
        chosen = "、".join(option.label for option in self._options if self._is(option))
        self.setAccessibleDescription(f"{keys} 選んだもの: {chosen or 'なし'}")
