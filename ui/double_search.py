"""Looks, between two things the window does, for expenses that scenarios would fund twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from models.planning.double_funding import search_double_funding
from models.planning.pace import Pace

if TYPE_CHECKING:
    from collections.abc import Generator

    from models.values.catalog import Catalog
    from models.values.consultation import Consultation
    from models.values.plan import DoubleFunding

TIME_LIMIT_S = 5.0


class DoubleSearch(QObject):
    """Searches among the few frames of the scenarios, in slices; the newest question counts."""

    found = Signal(object)
    """What the newest question found (`DoubleFunding`), `None` where nothing is doubled."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._search: Generator[None, None, DoubleFunding | None] | None = None
        self._next_slice = QTimer(self)
        self._next_slice.setInterval(0)
        self._next_slice.timeout.connect(self._on_next_slice_timeout)

    @property
    def is_searching(self) -> bool:
        """Whether an answer is still to come."""
        return self._search is not None

    def search(self, catalog: Catalog, consultation: Consultation) -> None:
        """Look for it; whatever was looked for before is dropped."""
        self._search = search_double_funding(catalog, consultation, Pace(TIME_LIMIT_S))
        self._next_slice.start()

    def cancel(self) -> None:
        """Want no answer any more."""
        self._search = None
        self._next_slice.stop()

    def _on_next_slice_timeout(self) -> None:
        if self._search is None:
            self._next_slice.stop()
            return
        try:
            next(self._search)
        except StopIteration as done:
            self.cancel()
            self.found.emit(done.value)
