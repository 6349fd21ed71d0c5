"""The steps of the window, in the order of the list at the left."""

from __future__ import annotations

from enum import Enum


class Step(Enum):
    """One step: its word, and the module and class of its page (imported on the first visit)."""

    CONSULTATIONS = ("相談", "ui.pages.start_page", "StartPage")
    APPLICANT = ("申請者", "ui.pages.applicant_page", "ApplicantPage")
    EXPENSES = ("経費", "ui.pages.expenses_page", "ExpensesPage")
    VERDICTS = ("判定", "ui.pages.verdicts_page", "VerdictsPage")
    COMPARISON = ("比較", "ui.pages.comparison_page", "ComparisonPage")
    SHEET = ("シート", "ui.pages.sheet_page", "SheetPage")

    @property
    def label(self) -> str:
        """The word in the list."""
        return self.value[0]

    @property
    def number(self) -> int:
        """The key of the step, with Ctrl."""
        return list(Step).index(self) + 1
