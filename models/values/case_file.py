"""The case file: one consultation as JSON, read strictly and written back the same."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from models.values.answer_check import answer_problem, line_problem
from models.values.cash_file import KEY as CASH
from models.values.cash_file import cash_object, read_cash
from models.values.consultation import (
    FORMAT_NAME,
    FORMAT_VERSION,
    MAX_YEAR,
    MAX_YEN,
    Answers,
    Consultation,
    Expense,
    Scenario,
    TaxMode,
)
from models.values.json_fields import Fields, day_problem, month_problem, notes_problem
from models.values.questions import QuestionType
from models.values.strict_json import (
    Findings,
    JsonObject,
    JsonValue,
    parse_strict,
    shown,
)
from models.values.text import replace_radicals

if TYPE_CHECKING:
    from models.values.catalog import Catalog

MAX_EXPENSES = 1_000
MAX_SCENARIOS = 100
TAX_RATES = (10, 8)
TAX_RATE_NAMES = " か ".join(str(rate) for rate in TAX_RATES)

CASE_KEYS = (
    "format", "version", "title", "consulted_on", "office", "advisor", "notes",
    "answers", "expenses", "scenarios", CASH, "hand_over",
)  # fmt: skip
HAND_OVER_KEYS = ("identity", "bases")
IDENTITY = re.compile(r"[0-9a-f]{32}")
BASE = re.compile(r"[0-9a-f]{64}")
MAX_BASES = 20
EXPENSE_KEYS = (
    "label", "category", "amount", "tax", "tax_rate_percent", "year", "pay_month", "estimate",
)  # fmt: skip
SCENARIO_KEYS = ("name", "frames", "answers", "expenses")
TYPED_TEXT = (QuestionType.TEXT,)


def read_case(data: bytes, catalog: Catalog, file_name: str) -> Consultation:
    """Return the consultation that a case file holds.

    Answers to retired questions are kept apart and ignored. Raises `UserFacingError` with all
    problems at once, each with the path of its field (`expenses[0].amount`).
    """
    value = parse_strict(data, file_name)
    reader = _CaseReader(catalog, Findings(file_name))
    consultation = reader.case(value)
    reader.findings.raise_if_any(
        "相談データに直すところがあります。", "上の項目を直して、もう一度読み込んでください。"
    )
    return consultation


@dataclass(frozen=True, slots=True)
class _CaseReader:
    catalog: Catalog
    findings: Findings

    def case(self, value: JsonValue) -> Consultation:
        fields = Fields.of(value, "", self.findings, CASE_KEYS)
        if fields is None:
            return Consultation()
        fields.require("format", "version")
        self._check_format(fields)
        self._check_hand_over(fields)
        answers, ignored = self._answers(fields)
        return Consultation(
            title=fields.text("title") or "",
            consulted_on=fields.text("consulted_on", day_problem),
            office=fields.text("office") or "",
            advisor=fields.text("advisor") or "",
            notes=fields.text("notes", notes_problem) or "",
            answers=answers,
            expenses=self._expenses(fields) or (),
            scenarios=tuple(
                scenario
                for index, item in enumerate(fields.items("scenarios", MAX_SCENARIOS) or [])
                if (scenario := self._scenario(item, f"scenarios[{index}]")) is not None
            ),
            cash=read_cash(fields),
            ignored_answers=ignored,
        )

    def _check_format(self, fields: Fields) -> None:
        if fields.value.get("format", FORMAT_NAME) != FORMAT_NAME:
            fields.refuse("format", f"「{FORMAT_NAME}」と書いてください。")
        version = fields.value.get("version", FORMAT_VERSION)
        if version is True or version != FORMAT_VERSION:
            fields.refuse("version", f"この みちしるべ が読めるのは版 {FORMAT_VERSION} です。")

    def _check_hand_over(self, fields: Fields) -> None:
        """Check what a handed-over file says of itself; `hand_over.py` reads it."""
        if "hand_over" not in fields.value:
            return
        place = fields.place("hand_over")
        given = Fields.of(fields.value["hand_over"], place, self.findings, HAND_OVER_KEYS)
        if given is None:
            return
        given.require(*HAND_OVER_KEYS)
        given.text("identity", _identity_problem)
        for index, item in enumerate(given.items("bases", MAX_BASES) or []):
            if not (isinstance(item, str) and BASE.fullmatch(item)):
                self.findings.add(
                    f"{place}.bases[{index}]",
                    f"{shown(item)} は使えません。書き換えないでください。",
                )

    def _answers(self, fields: Fields) -> tuple[Answers, Answers]:
        """Return the answers, and those to retired questions."""
        answers: Answers = {}
        ignored: Answers = {}
        if "answers" not in fields.value:
            return answers, ignored
        given = Fields.of(fields.value["answers"], fields.place("answers"), self.findings, None)
        if given is None:
            return answers, ignored
        for question_id, value in given.value.items():
            if question_id in self.catalog.questions:
                reason = self._answer_problem(question_id, value)
                target = answers
            elif question_id in self.catalog.retired:
                reason = _retired_problem(value)
                target = ignored
            else:
                given.findings.add(
                    given.place(question_id),
                    f"この質問はありません（値 {shown(value)}）。"
                    "質問の名前は、書き出した相談データか docs の一覧で確かめてください。",
                )
                continue
            if reason:
                given.refuse(question_id, reason)
            else:
                target[question_id] = self._typed(question_id, value)
        return answers, ignored

    def _answer_problem(self, question_id: str, value: JsonValue) -> str:
        if value is None:
            return ""
        question = self.catalog.questions[question_id]
        return answer_problem(question, value, self.catalog.industries)

    def _typed(self, question_id: str, value: JsonValue) -> bool | int | str | None:
        question = self.catalog.questions.get(question_id)
        if isinstance(value, str) and (question is None or question.type in TYPED_TEXT):
            return replace_radicals(value)
        return cast("bool | int | str | None", value)

    def _expenses(self, fields: Fields) -> tuple[Expense, ...] | None:
        items = fields.items("expenses", MAX_EXPENSES)
        if items is None:
            return None
        place = fields.place("expenses")
        found = (self._expense(item, f"{place}[{index}]") for index, item in enumerate(items))
        return tuple(expense for expense in found if expense is not None)

    def _expense(self, value: JsonValue, path: str) -> Expense | None:
        fields = Fields.of(value, path, self.findings, EXPENSE_KEYS)
        if fields is None:
            return None
        fields.require("label", "category", "amount", "tax")
        return Expense(
            label=fields.text("label") or "",
            category=fields.text("category", self._category_problem) or "",
            amount=fields.whole(
                "amount",
                range(MAX_YEN + 1),
                0,
                f"0から{MAX_YEN:,}までの整数（円）で書いてください。",
            ),
            tax=TaxMode(fields.text("tax", _tax_problem) or TaxMode.INCLUDED.value),
            tax_rate_percent=fields.whole(
                "tax_rate_percent", TAX_RATES, TAX_RATES[0], f"{TAX_RATE_NAMES}で書いてください。"
            ),
            year=fields.whole(
                "year", range(1, MAX_YEAR + 1), 1, f"1から{MAX_YEAR}までの整数で書いてください。"
            ),
            pay_month=fields.text("pay_month", month_problem),
            estimate=fields.flag("estimate"),
        )

    def _category_problem(self, value: JsonValue) -> str:
        if isinstance(value, str) and value in self.catalog.categories:
            return ""
        return f"{'、'.join(self.catalog.categories)} のどれかで書いてください。"

    def _scenario(self, value: JsonValue, path: str) -> Scenario | None:
        if isinstance(value, str):
            return Scenario((value,)) if self._entry_exists(value, path) else None
        fields = Fields.of(value, path, self.findings, SCENARIO_KEYS)
        if fields is None:
            return None
        fields.require("frames")
        answers, ignored = self._answers(fields)
        return Scenario(
            frames=self._frames(fields),
            name=fields.text("name"),
            answers=answers | ignored,  # what is not asked any more changes no verdict
            expenses=self._expenses(fields),
        )

    def _frames(self, fields: Fields) -> tuple[str, ...]:
        items = fields.items("frames", len(self.catalog.entries))
        if items == []:
            fields.refuse("frames", "枠の名前を1つ以上書いてください。")
        frames: list[str] = []
        for index, item in enumerate(items or []):
            path = f"{fields.place('frames')}[{index}]"
            if not self._entry_exists(item, path):
                continue
            if item in frames:
                self.findings.add(path, f"{shown(item)} が2回書かれています。1つにしてください。")
            frames.append(cast("str", item))
        return tuple(frames)

    def _entry_exists(self, value: JsonValue, path: str) -> bool:
        if isinstance(value, str) and value in self.catalog.entries:
            return True
        self.findings.add(
            path,
            f"{shown(value)} という枠はありません。"
            "「catalog list」で出る名前（例: "
            f"{next(iter(self.catalog.entries), '')}）を書いてください。",
        )
        return False


def _retired_problem(value: JsonValue) -> str:
    if value is None or isinstance(value, bool | int):
        return ""
    return line_problem(value)


def _identity_problem(value: JsonValue) -> str:
    if isinstance(value, str) and IDENTITY.fullmatch(value):
        return ""
    return "書き換えないでください。"


def _tax_problem(value: JsonValue) -> str:
    modes = [mode.value for mode in TaxMode]
    if isinstance(value, str) and value in modes:
        return ""
    return f"{'、'.join(modes)} のどれか（税込・税抜・税なし）で書いてください。"


def write_case(consultation: Consultation) -> str:
    """Return the consultation as a case file; reading it gives the same consultation back."""
    return json.dumps(case_document(consultation), ensure_ascii=False, indent=2) + "\n"


def case_document(consultation: Consultation) -> JsonObject:
    """Return the consultation as the JSON object of a case file, its keys in a fixed order.

    Answers to retired questions stand among the others again.
    """
    document = JsonObject(format=FORMAT_NAME, version=FORMAT_VERSION, title=consultation.title)
    if consultation.consulted_on is not None:
        document["consulted_on"] = consultation.consulted_on
    document["office"] = consultation.office
    document["advisor"] = consultation.advisor
    document["notes"] = consultation.notes
    answers = {**consultation.ignored_answers, **consultation.answers}
    document["answers"] = JsonObject(sorted(answers.items()))
    document["expenses"] = [_expense_object(expense) for expense in consultation.expenses]
    document["scenarios"] = [_scenario_value(scenario) for scenario in consultation.scenarios]
    if cash := cash_object(consultation.cash):
        document[CASH] = cash
    return document


def _expense_object(expense: Expense) -> JsonObject:
    written = JsonObject(
        label=expense.label,
        category=expense.category,
        amount=expense.amount,
        tax=expense.tax.value,
        tax_rate_percent=expense.tax_rate_percent,
        year=expense.year,
    )
    if expense.pay_month is not None:
        written["pay_month"] = expense.pay_month
    if expense.estimate:
        written["estimate"] = True
    return written


def _scenario_value(scenario: Scenario) -> JsonValue:
    written = JsonObject()
    if scenario.name is not None:
        written["name"] = scenario.name
    written["frames"] = list(scenario.frames)
    if scenario.answers:
        written["answers"] = JsonObject(sorted(scenario.answers.items()))
    if scenario.expenses is not None:
        written["expenses"] = [_expense_object(expense) for expense in scenario.expenses]
    is_bare = len(scenario.frames) == 1 and len(written) == 1
    return scenario.frames[0] if is_bare else written
