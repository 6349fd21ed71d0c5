"""載せない制度: a box for each entry that the owner's copy could name; unticked ones stay out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStyle, QWidget

from ui.theme import TextStyle
from ui.widgets.basics import StyledLabel, column

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from PySide6.QtGui import QResizeEvent

    from ui.theme import Theme

HEADING = "載せない制度（チェックを外します）"


class NameBox(QCheckBox):
    """A box with a name that ends with … when the room is short; all of it is its tool tip."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the name anew."""
        super().resizeEvent(event)
        style = self.style()
        beside = style.pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, None, self)
        beside += 2 * style.pixelMetric(QStyle.PixelMetric.PM_CheckBoxLabelSpacing, None, self)
        room = max(0, self.width() - beside)
        shown = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))


class EntryChoices(QWidget):
    """Lets the advisor keep entries off the owner's copy."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._boxes: dict[str, QCheckBox] = {}
        self._left_out: frozenset[str] = frozenset()
        self._layout = column(self, gap=4)
        heading = StyledLabel(theme, HEADING, TextStyle.SMALL_STRONG, "quiet")
        heading.setContentsMargins(0, 8, 0, 0)
        self._layout.addWidget(heading)
        self.hide()

    def leave_out(self, entries: Collection[str]) -> None:
        """Begin with what was left out before."""
        self._left_out = frozenset(entries)
        for entry, box in self._boxes.items():
            box.setChecked(entry not in self._left_out)

    def show_entries(self, entries: Mapping[str, str]) -> None:
        """Show the entries (id -> name); what was left out stays so while it is not shown."""
        if list(self._boxes) != list(entries):
            self._rebuild(entries)
        self.setVisible(bool(entries))

    def left_out(self) -> frozenset[str]:
        """Return the ids of the entries that stay off the paper."""
        return self._left_out

    def box_of(self, entry: str) -> QCheckBox:
        """Return the box of an entry that is shown."""
        return self._boxes[entry]

    def _on_box_clicked(self) -> None:
        unticked = {entry for entry, box in self._boxes.items() if not box.isChecked()}
        self._left_out = (self._left_out - self._boxes.keys()) | unticked
        self.changed.emit()

    def _rebuild(self, entries: Mapping[str, str]) -> None:
        for box in self._boxes.values():
            self._layout.removeWidget(box)
            box.deleteLater()
        self._boxes = {}
        for entry, name in entries.items():
            box = NameBox(name)
            box.setChecked(entry not in self._left_out)
            box.clicked.connect(self._on_box_clicked)
            self._boxes[entry] = box
            self._layout.addWidget(box)
