"""Checks a catalog folder as a whole; findings are graded and sorted by file and line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from models.catalog_build.checks.calculation import check_calculations
from models.catalog_build.checks.conditions import check_conditions, check_hard_sources
from models.catalog_build.checks.cycles import check_cycles
from models.catalog_build.checks.entries import check_entries
from models.catalog_build.checks.ids import check_ids, check_references
from models.catalog_build.checks.questions import check_questions, check_what_ifs
from models.catalog_build.checks.search_words import check_found_words, check_search_words
from models.catalog_build.checks.tables import check_tables
from models.catalog_build.checks.texts import check_texts
from models.catalog_build.checks.usage import check_usage
from models.catalog_build.read_draft import read_draft
from models.values.problems import Problem, Severity

if TYPE_CHECKING:
    from pathlib import Path

    from models.catalog_build.draft import Draft

_CHECKS = (
    check_ids,
    check_references,
    check_conditions,
    check_hard_sources,
    check_questions,
    check_what_ifs,
    check_tables,
    check_search_words,
    check_entries,
    check_calculations,
    check_cycles,
    check_texts,
)
BLOCKING = frozenset({Severity.CRITICAL, Severity.IMPORTANT})


@dataclass(frozen=True, slots=True)
class CatalogFindings:
    """What reading and checking a catalog folder gave."""

    draft: Draft
    problems: tuple[Problem, ...]

    @property
    def blocking(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(problem for problem in self.problems if problem.severity in BLOCKING)

    def count(self, severity: Severity) -> int:
        """Return how many problems have this severity."""
        return sum(problem.severity is severity for problem in self.problems)


def check_catalog(folder: Path) -> CatalogFindings:
    """Read the catalog in `folder` and return all findings at once."""
    draft = read_draft(folder)
    # A value that YAML already refused is refused by the schema too: one finding is enough.
    at_one_place = {(one.file, one.path, one.line): one for one in reversed(draft.problems)}
    problems = list(reversed(at_one_place.values()))
    for check in _CHECKS:
        problems.extend(check(draft))
    if not draft.problems:  # what an unreadable item uses is not known
        problems.extend(check_usage(draft))
    if not any(problem.severity in BLOCKING for problem in problems):
        problems.extend(check_found_words(draft))
    unique = dict.fromkeys(problems)
    ordered = sorted(unique, key=lambda problem: (problem.file, problem.line))
    return CatalogFindings(draft, tuple(ordered))


def placed(problem: Problem, folder: Path) -> Problem:
    """Return the problem with a file name that an editor can open from here."""
    return replace(problem, file=str(folder / problem.file))
