"""Reads a catalog of very many programs beside the window, which can be moved meanwhile."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import QThread

from models.values.problems import UserFacingError

if TYPE_CHECKING:
    from pathlib import Path

    from ui.consultation_session import ConsultationSession

LARGE = 5_000_000
"""Bytes; below, reading takes no longer than opening the window does anyway."""
NEVER = 1_000_000
WAIT = "制度のデータを読んでいます…"


def is_large(file: Path) -> bool:
    """Return whether a compiled catalog takes seconds to read."""
    return file.is_file() and file.stat().st_size > LARGE


class CatalogReading(QThread):
    """Lets a session read its catalog and make its search ready."""

    def __init__(self, session: ConsultationSession) -> None:
        super().__init__(session)
        self._session = session

    def run(self) -> None:
        """Read; what is wrong with the file is told when the window asks for the catalog again."""
        # Millions of small values that all stay: looking through them for waste, now or later,
        # would hold the window up for half a second each time.
        gc.disable()
        try:
            _ = self._session.catalog_index
            gc.freeze()
            # Verdicts are as many again with each answer, and hold no cycles: only young waste is
            # looked for while such a catalog is in use.
            gc.set_threshold(*gc.get_threshold()[:2], NEVER)
        except UserFacingError:
            return
        finally:
            gc.enable()
