"""A text field that finds one of many options by a typed word, or lets the user browse them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from models.values.text import search_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from ui.theme import Theme

MOST_SHOWN = 200
ROWS_SHOWN = 9
TRADE_PARTS = ("の", "と", "(")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One option: its value, what is shown, and the words it is found by."""

    value: str
    label: str
    keys: tuple[str, ...] = ()

    @property
    def searched(self) -> tuple[str, ...]:
        """Everything that a typed word may match, best first."""
        return (self.value, self.label, *self.keys)


@lru_cache(maxsize=2048)
def keys_of(option: Suggestion) -> tuple[str, ...]:
    """Return the search keys of value, label and further words: a paste asks a thousand times."""
    return tuple(search_key(key) for key in option.searched)


def find(options: Sequence[Suggestion], text: str) -> list[Suggestion]:
    """Return the options that match, best first: whole word, beginning, anywhere."""
    wanted = search_key(text.strip())
    if not wanted:
        return list(options)
    ranked: list[tuple[int, int, Suggestion]] = []
    for place, option in enumerate(options):
        keys = keys_of(option)
        if wanted in keys:
            ranked.append((0, place, option))
        elif any(key.startswith(wanted) for key in keys):
            ranked.append((1, place, option))
        # The other way round for what people add: 「うちはそば屋です」 names そば屋.
        elif any(wanted in key for key in keys) or any(
            len(key) > 1 and key in wanted for key in keys[1:]
        ):
            ranked.append((2, place, option))
    return [option for _, _, option in sorted(ranked, key=lambda item: item[:2])]


def fitting(options: Sequence[Suggestion], text: str) -> list[Suggestion]:
    """Return the options that a finished word names, best first.

    Where a word is an option's own (パン屋), others belong to it only as a part of the same trade
    (パン屋の工場), not as another word that happens to hold it (農家民宿 for 農家).
    """
    found, wanted = find(options, text), search_key(text.strip())
    if not wanted:
        return []
    keys = {option.value: keys_of(option) for option in found}
    if not any(wanted in held for held in keys.values()):
        return found
    parts = tuple(wanted + joint for joint in TRADE_PARTS)
    return [
        option
        for option in found
        if any(key == wanted or key.startswith(parts) for key in keys[option.value])
    ]


class SuggestField(QLineEdit):
    """Type a word, choose with the arrows and Enter; `numbered` lists take one digit."""

    picked = Signal(str)
    """An option was chosen (its value)."""
    left_unmatched = Signal(str)
    """The field was left with a text that is none of the options."""
    emptied = Signal()

    def __init__(
        self,
        theme: Theme,
        options: Sequence[Suggestion],
        parent: QWidget | None = None,
        *,
        numbered: bool = False,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._options = tuple(options)
        self._numbered = numbered
        self._value: str | None = None
        self._list: QListWidget | None = None
        self.textEdited.connect(self._on_text_edited)

    # ------------------------------------------------------------ public

    def value(self) -> str | None:
        """Return the chosen option."""
        return self._value

    def set_value(self, value: str | None) -> None:
        """Show an option without telling anybody; an unknown value is shown as it is."""
        self._value = value
        known = {option.value: option.label for option in self._options}
        self.setText("" if value is None else known.get(value, value))
        self.hide_list()

    def pick(self, value: str) -> None:
        """Choose an option as the user would."""
        self.set_value(value)
        self.picked.emit(value)

    def browse(self) -> None:
        """Show all options."""
        self.setFocus()
        self._show(list(self._options))

    def commit(self) -> bool:
        """Take what was typed: the highlighted or only match; tell whether there was one."""
        text = self.text().strip()
        if not text:
            changed, self._value = self._value is not None, None
            self.hide_list()
            if changed:
                self.emptied.emit()
            return True
        labels = {option.label: option.value for option in self._options}
        if text in labels:
            if labels[text] != self._value:
                self.pick(labels[text])
            self.hide_list()
            return True
        highlighted = self._highlighted()
        found = find(self._options, text)
        if highlighted is None and found:
            highlighted = found[0].value
        if highlighted is not None:
            self.pick(highlighted)
            return True
        self.hide_list()
        self.left_unmatched.emit(text)
        return False

    def is_listing(self) -> bool:
        """Whether the list of options is open."""
        return self._list is not None and self._list.isVisible()

    def hide_list(self) -> None:
        """Close the list of options."""
        if self._list is not None:
            self._list.hide()

    # ------------------------------------------------------------ events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list, choose, or close it."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and (
            self.is_listing() or event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.is_listing():
            highlighted = self._highlighted()
            if highlighted is not None:
                self.pick(highlighted)
            else:
                self.commit()
            self.returnPressed.emit()
        elif key == Qt.Key.Key_Escape and self.is_listing():
            self.hide_list()
        elif self._is_untouched() and self._pick_number(event.text()):
            self.returnPressed.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Commit what was typed when the focus goes elsewhere."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    # ------------------------------------------------------------ private

    def _on_text_edited(self, text: str) -> None:
        if text.strip():
            self._show(find(self._options, text))
        else:
            self._show(list(self._options))

    def _is_untouched(self) -> bool:
        """Whether a digit would be the first thing typed."""
        return self._numbered and self.selectedText() == self.text()

    def _pick_number(self, text: str) -> bool:
        digit = unicodedata.normalize("NFKC", text)
        if len(digit) != 1 or digit not in "123456789" or int(digit) > len(self._options):
            return False
        self.pick(self._options[int(digit) - 1].value)
        return True

    def _highlighted(self) -> str | None:
        if not self.is_listing() or self._list is None or self._list.currentItem() is None:
            return None
        return self._list.currentItem().data(Qt.ItemDataRole.UserRole)

    def _move(self, step: int) -> None:
        if not self.is_listing():
            self.browse()
            return
        if self._list is not None:
            rows = self._list.count()
            self._list.setCurrentRow(max(0, min(rows - 1, self._list.currentRow() + step)))

    def _show(self, options: list[Suggestion]) -> None:
        box = self._box()
        box.clear()
        numbers = {option.value: number for number, option in enumerate(self._options, start=1)}
        for option in options[:MOST_SHOWN]:
            number = numbers[option.value]
            prefix = f"{number}  " if self._numbered and number < 10 else ""  # noqa: PLR2004
            pad = "    " if self._numbered and not prefix else ""
            item = QListWidgetItem(f"{prefix}{pad}{option.label}")
            item.setData(Qt.ItemDataRole.UserRole, option.value)
            box.addItem(item)
        if not options:
            self.hide_list()
            return
        box.setCurrentRow(0 if self.text().strip() else -1)
        self._place(box)

    def _box(self) -> QListWidget:
        if self._list is None:
            # A child of the window, not a popup: the focus stays here and nothing grabs the keys.
            self._list = QListWidget(self.window())
            self._list.setObjectName("suggestions")
            self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._list.itemClicked.connect(self._on_item_clicked)
            self.destroyed.connect(self._list.deleteLater)
        return self._list

    def _place(self, box: QListWidget) -> None:
        window = self.window()
        row_height = max(box.sizeHintForRow(0), self._theme.px(26))
        height = min(box.count(), ROWS_SHOWN) * row_height + 4
        width = max(self.width(), min(self._theme.px(360), window.width() - 16))
        below = self.mapTo(window, QPoint(0, self.height() + 1))
        if below.y() + height > window.height():
            below = self.mapTo(window, QPoint(0, -height - 1))
        below.setX(max(0, min(below.x(), window.width() - width - 8)))
        box.setGeometry(below.x(), max(0, below.y()), width, height)
        box.show()
        box.raise_()

    def _on_item_clicked(self, item: QListWidgetItem) -> None:
        self.pick(item.data(Qt.ItemDataRole.UserRole))
        self.returnPressed.emit()
