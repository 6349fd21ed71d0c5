"""Bad data as values, and the one exception that a user may read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum


class Severity(Enum):
    """How bad a finding is; only critical and important ones stop a catalog build."""

    CRITICAL = "critical"
    IMPORTANT = "important"
    MINOR = "minor"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with given data: where it stands, what, and how bad.

    `path` names the field (`expenses[0].amount`), `reason` is a Japanese sentence that says
    what is allowed; `line` counts from 1, 0 where no line is known.
    """

    file: str
    path: str
    reason: str
    severity: Severity = Severity.CRITICAL
    line: int = 0

    def text(self) -> str:
        """Return one line for a person: file, line, field and reason."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return " ".join(part for part in (place, self.path, self.reason) if part)


class ExitCode(IntEnum):
    """Exit codes of the command line."""

    DONE = 0
    PROGRAM_FAULT = 1
    BAD_INPUT = 2
    UNUSABLE_STORE = 3


class UserFacingError(Exception):
    """A condition of the input or the machine that the user can mend.

    `message` is a Japanese sentence that says what is wrong, `advice` one that says what to do.
    """

    def __init__(
        self,
        message: str,
        advice: str = "",
        exit_code: ExitCode = ExitCode.BAD_INPUT,
        problems: tuple[Problem, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.exit_code = exit_code
        self.problems = problems

    def text(self) -> str:
        """Return the whole message, one finding a line."""
        lines = [self.message, *(problem.text() for problem in self.problems), self.advice]
        return "\n".join(line for line in lines if line)
