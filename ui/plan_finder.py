"""Has plans found beside the window: the newest question counts, an older one is dropped."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.planning.pace import Pace
from models.planning.plans import search_plans
from models.values.plan_document import read_plans
from models.values.problems import UserFacingError
from ui.commands.plan_worker import STOP_LINE, PlanOrder
from ui.gradual import Gradual
from ui.launch import plan_worker_command
from ui.worker_process import WorkerProcess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from models.values.catalog import Catalog
    from models.values.consultation import Consultation
    from models.values.plan import Plans

TIME_LIMIT_S = 20.0


@dataclass(frozen=True, slots=True)
class FoundPlans:
    """Plans, and the consultation that they were found for."""

    asked: Consultation
    plans: Plans


class PlanFinder(QObject):
    """Gives questions to a worker process; without a catalog file it searches here, in slices."""

    plans_found = Signal(object)
    """The answer to the newest question (`FoundPlans`)."""
    search_failed = Signal(object)
    """The newest question has no answer (a `UserFacingError`)."""

    def __init__(
        self, catalog_file: Path | None, load_catalog: Callable[[], Catalog], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._load_catalog = load_catalog
        self._worker: WorkerProcess | None = None
        if catalog_file is not None:
            self._worker = WorkerProcess(plan_worker_command(catalog_file), self)
            self._worker.bytes_read.connect(self._on_worker_bytes_read)
            self._worker.ended.connect(self._on_worker_ended)
        self._at_work: PlanOrder | None = None
        self._number = 0
        self._read = b""
        self._pace = Pace(0)
        self._gradual = Gradual(self)
        self._gradual.finished.connect(self._finish)

    # ------------------------------------------------------------ public

    @property
    def is_searching(self) -> bool:
        """Whether an answer is still to come."""
        return self._at_work is not None

    def search(self, consultation: Consultation, time_limit_s: float = TIME_LIMIT_S) -> None:
        """Look for plans; whatever was looked for before is dropped."""
        self.cancel()
        self._number += 1
        self._at_work = PlanOrder(self._number, consultation, time_limit_s)
        if self._worker is None:
            self._search_here()
        else:
            self._worker.write(self._at_work.line())

    def stop(self) -> None:
        """End the search now; the answer comes with what was found so far."""
        self._pace.stop()
        if self._at_work is not None and self._worker is not None:
            self._worker.write(STOP_LINE)

    def cancel(self) -> None:
        """Want no answer any more."""
        self._at_work = None
        self._gradual.stop()

    def release(self) -> None:
        """End the worker process."""
        self.cancel()
        if self._worker is not None:
            self._worker.release()

    # ------------------------------------------------------------ slots

    def _on_worker_bytes_read(self, read: bytes) -> None:
        *lines, self._read = (self._read + read).split(b"\n")
        for line in lines:
            document = json.loads(line)
            if self._at_work is None or document["number"] != self._at_work.number:
                continue
            if "error" in document:
                self._finish(UserFacingError(document["error"]))
            else:
                self._finish(read_plans(document["plans"]))

    def _on_worker_ended(self) -> None:
        """Go on without a process that died: the answer matters more."""
        self._worker = None
        self._read = b""
        if self._at_work is not None:
            self._search_here()

    # ------------------------------------------------------------ private

    def _search_here(self) -> None:
        if self._at_work is None:
            return
        self._pace = Pace(self._at_work.time_limit_s)
        consultation = self._at_work.consultation
        self._gradual.start(search_plans(self._load_catalog(), consultation, self._pace))

    def _finish(self, result: Plans | UserFacingError) -> None:
        order = self._at_work
        self.cancel()
        if isinstance(result, UserFacingError):
            self.search_failed.emit(result)
        elif order is not None:
            self.plans_found.emit(FoundPlans(order.consultation, result))
