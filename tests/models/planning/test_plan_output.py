"""The plan as the command prints it."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from models.planning.best_combination import best_combination
from models.values.case_file import write_case
from models.values.consultation import Consultation, Expense, TaxMode
from models.values.plan import LeftOutReason
from models.values.plan_document import plan_document, read_plan
from reports.plan_content import plan_words, proof_sentence
from tests.models.planning.plan_cases import random_case
from ui.commands import plan as command
from ui.commands.context import CommandContext

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from models.values.catalog import Catalog

ANSWERS = {
    "applicant.legal_form": "company",
    "applicant.industry_code": "24",
    "applicant.stated_capital": 20_000_000,
    "applicant.regular_employees": 30,
    "succession.kind": "m_and_a",
    "succession.role": "buyer",
    "succession.innovation": True,
    "succession.uses_experts": True,
    "productivity.innovative_investment": True,
    "productivity.wage_plan": True,
}
EXPENSES = (
    Expense("NC旋盤", "equipment", 8_800_000, TaxMode.INCLUDED),
    Expense("検査機", "equipment", 6_000_000, TaxMode.EXCLUDED),
    Expense("仲介料", "expert_services", 4_400_000, TaxMode.INCLUDED),
)


def printed(
    catalog: Catalog,
    consultation: Consultation,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    as_json: bool,
) -> str:
    case = tmp_path / "case.json"
    case.write_text(write_case(consultation), encoding="utf-8")
    context = CommandContext(None, None, {}, lambda: datetime(2021, 4, 20, tzinfo=UTC))
    context.__dict__["catalog"] = catalog
    command.run(Namespace(case=case, json=as_json), context)
    return capsys.readouterr().out


def test_the_json_has_the_promised_shape(
    catalog: Catalog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    consultation = Consultation(answers=dict(ANSWERS), expenses=EXPENSES)
    document = json.loads(printed(catalog, consultation, tmp_path, capsys, as_json=True))
    plan = best_combination(catalog, consultation)
    assert document["total"] == {"low": plan.total.low, "high": plan.total.high}
    assert plan.if_confirmed is not None
    assert document["if_confirmed"]["low"] == plan.if_confirmed.low
    assert document["if_confirmed_proven"] is True
    assert document["runner_up_searched"] is True
    assert [each["frame"] for each in document["frames"]] == [f.entry for f in plan.frames]
    for frame in document["frames"]:
        assert list(frame) == ["frame", "expenses", "total"]
    assert {each["reason"] for each in document["left_out"]} <= {r.value for r in LeftOutReason}
    assert document["proven_optimal"] is True
    assert document["upper_bound"] == plan.total.low
    assert len(document["proof"]["prices"]) == len(EXPENSES)


def test_the_text_names_frames_proof_and_reasons(
    catalog: Catalog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    consultation = Consultation(answers=dict(ANSWERS), expenses=EXPENSES)
    text = printed(catalog, consultation, tmp_path, capsys, as_json=False)
    assert "これより多い組合せがないことを確かめました。" in text
    assert "次によい組合せは" in text
    assert "要確認: 資料に書かれていない組合せも認められれば" in text
    assert "NC旋盤 税抜き 8,000,000円" in text
    assert "要確認: 一緒に使えるかは資料に書かれていません" in text


def test_an_empty_plan_says_so(
    catalog: Catalog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = printed(catalog, Consultation(), tmp_path, capsys, as_json=False)
    assert "補助の見込み額が出る枠がありません" in text


def test_what_is_not_proven_is_admitted() -> None:
    catalog, consultation = random_case(6, 40, 25, categories=10)
    plan = best_combination(catalog, consultation, time_limit_s=0.02)
    assert plan.could_be_better_by > 0
    sentence = proof_sentence(plan)
    assert f"これより良い組合せが{plan.upper_bound:,}円まであり得ます" in sentence
    assert f"{plan.could_be_better_by:,}円" in sentence
    assert "確かめました" not in sentence


def test_what_was_not_searched_to_the_end_is_said_and_handed_over(catalog: Catalog) -> None:
    visit = Consultation(answers=dict(ANSWERS), expenses=EXPENSES)
    plan = best_combination(catalog, visit)
    assert plan.if_confirmed is not None
    ended = replace(plan, if_confirmed_proven=False, runner_up_searched=False, runner_up=None)
    assert read_plan(json.loads(json.dumps(plan_document(ended)))) == ended
    words = plan_words(catalog, EXPENSES, ended)
    assert words.runner_up == "次によい組合せは、時間内には調べきれませんでした。"
    (confirm,) = [text for text in words.to_confirm if "認められれば" in text]
    assert f"合計は少なくとも {plan.if_confirmed.low:,}円 になります" in confirm
    assert "時間内には調べきれませんでした" in confirm
    nothing_more = plan_words(catalog, EXPENSES, replace(ended, if_confirmed=None))
    assert any("もっと増えるかどうかは、時間内には" in text for text in nothing_more.to_confirm)
    assert not any("少なくとも" in text for text in nothing_more.to_confirm)
    whole = plan_words(catalog, EXPENSES, plan)
    assert "時間内" not in " ".join((*whole.to_confirm, whole.runner_up))
