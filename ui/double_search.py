"""Looks, between two things the window does, for expenses that scenarios would fund twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.planning.double_funding import search_double_funding
from models.planning.pace import Pace
from ui.gradual import Gradual

if TYPE_CHECKING:
    from models.values.catalog import Catalog
    from models.values.consultation import Consultation

TIME_LIMIT_S = 5.0


class DoubleSearch(QObject):
    """Searches among the few frames of the scenarios, in slices; the newest question counts."""

    found = Signal(object)
    """What the newest question found (`DoubleFunding`), `None` where nothing is doubled."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._gradual = Gradual(self)
        self._gradual.finished.connect(self.found)

    @property
    def is_searching(self) -> bool:
        """Whether an answer is still to come."""
        return self._gradual.is_working

    def search(self, catalog: Catalog, consultation: Consultation) -> None:
        """Look for it; whatever was looked for before is dropped."""
        self._gradual.start(search_double_funding(catalog, consultation, Pace(TIME_LIMIT_S)))

    def cancel(self) -> None:
        """Want no answer any more."""
        self._gradual.stop()
