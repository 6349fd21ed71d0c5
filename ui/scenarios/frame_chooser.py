"""Chooses the frames of a scenario: a chip for each frame with firm amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.values.results import VERDICT_SHAPE, Verdict
from ui.widgets.basics import clear_layout, column
from ui.widgets.choice_bar import Option
from ui.widgets.toggle_bar import ToggleBar

if TYPE_CHECKING:
    from models.values.catalog import Catalog
    from models.values.results import Screening
    from ui.theme import Theme


class FrameChooser(QWidget):
    """The shape before a name tells the verdict under the answers of the scenario."""

    frame_switched = Signal(str, bool)
    """A frame (id) was taken in or left out."""

    def __init__(self, theme: Theme, catalog: Catalog) -> None:
        super().__init__()
        self._theme = theme
        self._catalog = catalog
        self._marks: tuple[Verdict, ...] = ()
        self._layout = column(self, gap=0)
        self.bar: ToggleBar | None = None

    def show_frames(self, chosen: tuple[str, ...], screenings: tuple[Screening, ...]) -> None:
        """Show which frames are chosen, and how each stands."""
        verdicts = {screening.entry: screening.verdict for screening in screenings}
        marks = tuple(verdicts[entry.id] for entry in self._catalog.calculable)
        if self.bar is None or marks != self._marks:
            self._marks = marks
            self._build(marks)
        if self.bar is not None:
            self.bar.set_values_on(chosen)

    def _build(self, marks: tuple[Verdict, ...]) -> None:
        had_focus = self.bar is not None and self.bar.hasFocus()
        clear_layout(self._layout)
        judged = list(zip(self._catalog.calculable, marks, strict=True))
        # What cannot be had stays in sight, but out of the way.
        judged.sort(key=lambda each: each[1] is Verdict.NOT_ELIGIBLE)
        options = [
            Option(entry.id, f"{VERDICT_SHAPE[mark]} {entry.short_name}") for entry, mark in judged
        ]
        self.bar = ToggleBar(self._theme, "組み合わせる枠", options)
        self.bar.switched.connect(self.frame_switched)
        self._layout.addWidget(self.bar)
        if had_focus:
            self.bar.setFocus()
