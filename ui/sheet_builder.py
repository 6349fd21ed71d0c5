"""Has sheets built beside the window: the newest order counts, older ones are dropped."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from models.values.problems import UserFacingError
from ui.commands.sheet_worker import SheetOrder, build
from ui.launch import sheet_worker_command
from ui.worker_process import WorkerProcess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from models.values.catalog import Catalog

IDLE_MS = 250


@dataclass(frozen=True, slots=True)
class BuiltSheet:
    """A finished PDF file, what it was made from, and the characters that the paper lacks."""

    order: SheetOrder
    pdf: bytes
    lost: str


class SheetBuilder(QObject):
    """Gives orders to a worker process; without a catalog file it builds in this process."""

    sheet_built = Signal(object)
    """A `BuiltSheet` is ready."""
    build_failed = Signal(object)
    """A sheet could not be built (a `UserFacingError`)."""

    def __init__(
        self, catalog_file: Path | None, load_catalog: Callable[[], Catalog], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._load_catalog = load_catalog
        self._worker: WorkerProcess | None = None
        if catalog_file is not None:
            self._worker = WorkerProcess(sheet_worker_command(catalog_file), self)
            self._worker.bytes_read.connect(self._on_worker_bytes_read)
            self._worker.ended.connect(self._on_worker_ended)
        self._waiting: SheetOrder | None = None
        self._at_work: SheetOrder | None = None
        self._read = b""
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self._on_idle_timeout)

    def request(self, order: SheetOrder, *, at_once: bool = False) -> None:
        """Have a sheet built after a short idle, or at once."""
        self._waiting = order
        self._idle.start(0 if at_once else IDLE_MS)

    def release(self) -> None:
        """End the worker process."""
        self._idle.stop()
        if self._worker is not None:
            self._worker.release()

    # ------------------------------------------------------------ slots

    def _on_idle_timeout(self) -> None:
        if self._at_work is not None or self._waiting is None:
            return
        self._at_work, self._waiting = self._waiting, None
        if self._worker is None:
            self._build_here()
        else:
            self._worker.write(self._at_work.line())

    def _on_worker_bytes_read(self, read: bytes) -> None:
        self._read += read
        self._take_answer()

    def _on_worker_ended(self) -> None:
        """Go on without a process that died: the sheet matters more than a smooth window."""
        self._worker = None
        self._read = b""
        if self._at_work is not None:
            self._build_here()

    # ------------------------------------------------------------ private

    def _take_answer(self) -> None:
        head, separator, rest = self._read.partition(b"\n")
        if not separator:
            return
        document = json.loads(head)
        if len(rest) < document["length"]:
            return
        self._read = rest[document["length"] :]
        if "error" in document:
            self._finish(UserFacingError(document["error"]))
        else:
            self._finish((rest[: document["length"]], document["lost"]))

    def _build_here(self) -> None:
        if self._at_work is None:
            return
        try:
            self._finish(build(self._at_work, self._load_catalog()))
        except UserFacingError as error:
            self._finish(error)

    def _finish(self, result: tuple[bytes, str] | UserFacingError) -> None:
        order, self._at_work = self._at_work, None
        if self._waiting is not None:
            self._idle.start(0)
        if isinstance(result, UserFacingError):
            self.build_failed.emit(result)
        elif order is not None:
            self.sheet_built.emit(BuiltSheet(order, *result))
