"""The best combination on paper: the window's own figures, and nothing that is not proven."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from models.planning.plans import find_plans
from models.values.consultation import Consultation, Scenario
from models.values.money import man_text, yen_text
from reports.plan_content import plan_words
from reports.sheet import sheet_of
from reports.sheet_input import SheetOptions
from tests.models.planning.test_plan_output import ANSWERS, EXPENSES
from tests.reports.sheets import MADE_ON, OFFICE

if TYPE_CHECKING:
    from models.values.catalog import Catalog
    from models.values.plan import Plans
    from reports.content_blocks import CopyContent, Section

BUYER = Consultation(answers=ANSWERS, expenses=EXPENSES)
MA, MACHINE = "jigyo-shokei/ma/venture-seisansei", "seisansei/monozukuri"
TWICE = replace(BUYER, scenarios=(Scenario((MA,)), Scenario((MACHINE,))))


def copies(
    catalog: Catalog,
    consultation: Consultation = BUYER,
    plans: Plans | None = None,
    options: SheetOptions | None = None,
) -> tuple[CopyContent, CopyContent]:
    sheet = sheet_of(catalog, consultation, OFFICE, MADE_ON, options, plans=plans)
    owner, advisor = sheet.copies
    return owner, advisor


def section(copy: CopyContent, start: str) -> Section | None:
    return next((one for one in copy.rest if one.title.startswith(start)), None)


def test_the_advisors_copy_has_allocation_proof_runner_up_and_reasons(catalog: Catalog) -> None:
    _, advisor = copies(catalog)
    words = repr(section(advisor, "最もよい組合せ"))
    plan = find_plans(catalog, BUYER, 20).whole
    said = plan_words(catalog, EXPENSES, plan)
    for frame in said.frames:
        assert frame.name in words
        assert frame.amount in words
        for name, cost in frame.expenses:
            assert name in words
            assert cost in words
    for text in (said.total, said.own_burden, said.proof, said.certificate, said.runner_up):
        assert text
        assert text in words
    for each in said.left_out:
        assert each.name in words
        assert each.why in words
    assert "まだ話に出ていない枠" in words
    assert "併用可" not in words


def test_every_amount_of_the_plan_has_its_working(catalog: Catalog) -> None:
    _, advisor = copies(catalog)
    plan = find_plans(catalog, BUYER, 20).whole
    titles = [one.title for one in advisor.rest]
    for frame in plan.frames:
        name = catalog.entries[frame.entry].official_name
        assert any(name in title for title in titles), name


def test_the_sheet_prints_the_windows_own_plans(catalog: Catalog) -> None:
    plans = find_plans(catalog, BUYER, 20)
    low = plans.whole.total.low
    proof = replace(plans.whole.proof, upper_bound=low + 1_234_567)
    ended = replace(
        plans.whole,
        proven_optimal=False,
        proof=proof,
        if_confirmed_proven=False,
        runner_up_searched=False,
        runner_up=None,
    )
    _, advisor = copies(catalog, plans=replace(plans, whole=ended))
    words = repr(section(advisor, "最もよい組合せ"))
    assert f"これより良い組合せが{yen_text(low + 1_234_567)}まであり得ます" in words
    assert "確かめました" not in words
    assert "次によい組合せは、時間内には調べきれませんでした。" in words
    assert "合計は少なくとも" in words


def test_the_owners_copy_names_only_what_was_spoken_of(catalog: Catalog) -> None:
    owner, _ = copies(catalog)
    spoken = find_plans(catalog, BUYER, 20).spoken
    found = section(owner, "組み合わせるなら")
    assert found is not None
    words = repr(found)
    for frame in spoken.frames:
        assert catalog.entries[frame.entry].short_name in words
    assert "ビジネスモデル" not in words
    assert man_text(spoken.total.low) in words
    assert "同じ経費で二つの補助金は受けられません。" in words
    assert "公募要領で確かめます" in words
    assert "併用可" not in words


def test_what_is_not_proven_is_not_the_most_on_the_owners_copy(catalog: Catalog) -> None:
    plans = find_plans(catalog, BUYER, 20)
    bound = plans.spoken.total.low + 1_000_000
    proof = replace(plans.spoken.proof, upper_bound=bound)
    ended = replace(plans.spoken, proven_optimal=False, proof=proof)
    owner, _ = copies(catalog, plans=replace(plans, spoken=ended))
    words = repr(section(owner, "組み合わせるなら"))
    assert f"これより良い組合せが{man_text(bound)}まであり得ます" in words
    assert "いちばん多く" not in words


def test_scenarios_that_want_the_same_machine_are_told_apart(catalog: Catalog) -> None:
    owner, advisor = copies(catalog, TWICE)
    words = repr(section(owner, "組み合わせるなら"))
    assert "NC旋盤はM&A型" in words
    assert "検査機はものづくり補助金" in words
    assert "833万3,333円" in words
    table = repr(section(advisor, "二重になる経費"))
    assert "1. NC旋盤" in table
    assert "2. 検査機" in table
    assert "8,333,333円" in table


def test_a_plan_of_one_frame_that_is_compared_already_says_nothing_new(catalog: Catalog) -> None:
    broker = Consultation(
        answers={**ANSWERS, "productivity.innovative_investment": False}, expenses=EXPENSES[2:]
    )
    owner, _ = copies(catalog, broker)
    assert len(find_plans(catalog, broker, 20).spoken.frames) == 1
    assert section(owner, "組み合わせるなら") is None
    assert section(owner, "同じ経費は一度だけ") is None


@pytest.mark.parametrize("left_out", [MACHINE, "jigyo-shokei/senmonka/kaite"])
def test_what_the_owner_is_not_told_of_is_in_no_plan(catalog: Catalog, left_out: str) -> None:
    owner, _ = copies(catalog, options=SheetOptions(left_out=frozenset({left_out})))
    assert section(owner, "組み合わせるなら") is None


def test_a_neutral_sheet_names_no_frame(catalog: Catalog) -> None:
    owner, _ = copies(catalog, options=SheetOptions(neutral_title=True))
    found = section(owner, "組み合わせるなら")
    assert found is not None
    words = repr(found)
    assert "案" in words
    for name in ("M&A", "専門家", "ものづくり"):
        assert name not in words


def test_without_expenses_no_copy_speaks_of_a_plan(catalog: Catalog) -> None:
    owner, advisor = copies(catalog, replace(BUYER, expenses=()))
    assert section(owner, "組み合わせるなら") is None
    assert section(advisor, "最もよい組合せ") is None
