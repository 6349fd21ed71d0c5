"""A process of the program itself that works beside the window, spoken to over pipes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAVE_MS = 500


class WorkerProcess(QObject):
    """Starts with the first line written to it, while the window goes on; ends when released."""

    bytes_read = Signal(bytes)
    """The process answered, perhaps with a part of an answer."""
    ended = Signal()
    """The process died, or never started; nothing more comes from it."""

    def __init__(self, command: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._command = command
        self._process: QProcess | None = None

    def write(self, line: bytes) -> None:
        """Give a line to the process; what is written before it runs waits for it."""
        process = self._process or self._started()
        # Some systems tell at once that a process could not start.
        if process.state() is not QProcess.ProcessState.NotRunning:
            self._process = process
            process.write(line)

    def release(self) -> None:
        """Let the process end: its input is over; what it still says does not matter."""
        process, self._process = self._process, None
        if process is not None:
            process.readyReadStandardOutput.disconnect()
            process.finished.disconnect()
            process.closeWriteChannel()
            if not process.waitForFinished(LEAVE_MS):
                process.kill()
                process.waitForFinished(LEAVE_MS)

    # ------------------------------------------------------------ slots

    def _on_process_ready_read(self) -> None:
        if self._process is not None:
            self.bytes_read.emit(self._process.readAllStandardOutput().data())

    def _on_process_finished(self) -> None:
        self._process = None
        self.ended.emit()

    def _on_process_error_occurred(self, error: QProcess.ProcessError) -> None:
        # Of a process that never started no end is told.
        if error is QProcess.ProcessError.FailedToStart:
            self._on_process_finished()

    # ------------------------------------------------------------ private

    def _started(self) -> QProcess:
        process = QProcess(self)
        program, *arguments = self._command
        process.setProgram(program)
        process.setArguments(arguments)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.readyReadStandardOutput.connect(self._on_process_ready_read)
        process.finished.connect(self._on_process_finished)
        process.errorOccurred.connect(self._on_process_error_occurred)
        process.start()
        return process
