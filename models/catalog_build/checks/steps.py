"""Each step of a calculation on its own: codes, figures, cases, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.catalog_build.checks.ids import unknown_reason
from models.catalog_build.codes import LIMIT_CODES, REASON_CODES
from models.catalog_build.figures import (
    ResolvedCase,
    resolve_amount,
    resolve_cap_step,
    resolve_rate,
    resolve_rate_step,
)
from models.catalog_build.schema_steps import (
    CapPerYaml,
    CapYaml,
    CostCapYaml,
    FirstYearCapYaml,
    MinimumYaml,
    MinusAnswerYaml,
    RateYaml,
    ReadingsYaml,
    RunningCapYaml,
    SubLimitYaml,
    TiersYaml,
    ZeroWhenYaml,
)
from models.values.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from models.catalog_build.draft import Draft
    from models.catalog_build.schema import EntryYaml
    from models.catalog_build.schema_base import Located

_NO_SOURCE = "計算に直接書いた数には出典（source）が要ります（figuresと同じ数なら要りません）。"


def check_step(draft: Draft, entry: EntryYaml, step: Located) -> Iterator[Problem]:
    """Find what is wrong with one step; parts that are no step give nothing."""
    limit = getattr(step, "limit", None)
    if isinstance(limit, str) and limit not in LIMIT_CODES:
        allowed = "、".join(sorted(LIMIT_CODES))
        reason = f"限度コード「{limit}」はありません。{allowed} のどれかです。"
        yield step.problem(reason, Severity.CRITICAL, "limit")
    if isinstance(step, ZeroWhenYaml) and step.reason not in REASON_CODES:
        allowed = "、".join(sorted(REASON_CODES))
        reason = f"理由コード「{step.reason}」はありません。{allowed} のどれかです。"
        yield step.problem(reason, Severity.CRITICAL, "reason")
    if isinstance(step, RateYaml):
        yield from _check_rate(entry, step)
    elif isinstance(step, CapYaml):
        cases = resolve_cap_step(entry, step)
        yield from _check_cases(step, "cap", cases, [case.when for case in step.cap])
    elif isinstance(step, TiersYaml):
        yield from _check_tiers(entry, step)
    elif isinstance(step, SubLimitYaml | CapPerYaml | MinimumYaml | RunningCapYaml):
        yield from _check_amounts(entry, step)
        if isinstance(step, SubLimitYaml):
            yield from _check_sub_limit(entry, step)
    elif isinstance(step, ReadingsYaml):
        yield from _check_readings(draft, entry, step)
    elif isinstance(step, FirstYearCapYaml) and not step.first_year_cap:
        yield step.problem("first_year_capはtrueだけです。", Severity.CRITICAL, "first_year_cap")
    yield from _check_questions(draft, step)


def _check_rate(entry: EntryYaml, step: RateYaml) -> Iterator[Problem]:
    cases = resolve_rate_step(entry, step)
    whens = [case.when for case in cases] if cases is not None else []
    yield from _check_cases(step, "rate", cases, whens)


def _check_cases(
    step: Located, part: str, cases: list[ResolvedCase] | None, whens: Sequence[object]
) -> Iterator[Problem]:
    if cases is None:
        reason = (
            "名指した数がこの枠の figures にありません（率がいくつもあるときは一つずつ書きます）。"
        )
        yield step.problem(reason, Severity.CRITICAL, part)
        return
    if whens[-1] is not None:
        reason = "最後の場合に条件は付けられません（どれにも当たらないときの値です）。"
        yield step.problem(reason, Severity.CRITICAL, part)
    if any(when is None for when in whens[:-1]):
        reason = "条件（when）のない場合は最後の一つだけです。"
        yield step.problem(reason, Severity.CRITICAL, part)
    if any(case.source is None for case in cases):
        yield step.problem(_NO_SOURCE, Severity.IMPORTANT, part)


def _check_tiers(entry: EntryYaml, step: TiersYaml) -> Iterator[Problem]:
    limits = [tier.up_to for tier in step.tiers]
    if limits[-1] is not None or any(limit is None for limit in limits[:-1]):
        reason = "最後の段だけ up_to を書かず、ほかの段には書いてください。"
        yield step.problem(reason, Severity.CRITICAL, "tiers")
    bounds = [limit for limit in limits if limit is not None]
    if bounds != sorted(set(bounds)):
        yield step.problem("up_toは小さい順に書いてください。", Severity.CRITICAL, "tiers")
    for tier in step.tiers:
        found = resolve_rate(entry, tier.rate, tier.source)
        if found is None or found[1] is None:
            yield tier.problem(_NO_SOURCE, Severity.IMPORTANT, "rate")


def _check_amounts(
    entry: EntryYaml, step: SubLimitYaml | CapPerYaml | MinimumYaml | RunningCapYaml
) -> Iterator[Problem]:
    if isinstance(step, MinimumYaml):
        body, names = step, ("minimum",)
    elif isinstance(step, RunningCapYaml):
        body, names = step, ("running_cap",)
    elif isinstance(step, CapPerYaml):
        body, names = step.cap_per, ("each", "at_most")
    else:
        body, names = step.sub_limit, ("at_most",)
    source = body.source or step.source
    amounts: list[int] = []
    for name in names:
        found = resolve_amount(entry, getattr(body, name), source)
        if found is None:
            reason = "名指した数がこの枠の figures にありません。"
            yield body.problem(reason, Severity.CRITICAL, name)
            continue
        amounts.append(found[0])
        if found[1] is None:
            yield body.problem(_NO_SOURCE, Severity.IMPORTANT, name)
    if amounts != sorted(amounts):
        yield body.problem("each が at_most を超えています。", Severity.CRITICAL, "each")


def _check_sub_limit(entry: EntryYaml, step: SubLimitYaml) -> Iterator[Problem]:
    body = step.sub_limit
    if body.share >= 1:
        yield body.problem("shareは1より小さくしてください。", Severity.CRITICAL, "share")
    if resolve_rate(entry, body.rate, body.source or step.source) is None:
        reason = "figures.rates がこの枠に一つだけではありません。率を書いてください。"
        yield body.problem(reason, Severity.CRITICAL, "rate")
    both = set(body.main) & set(body.categories)
    if both:
        reason = f"{'、'.join(sorted(both))} が main と categories の両方にあります。"
        yield body.problem(reason, Severity.CRITICAL, "categories")


def _check_readings(draft: Draft, entry: EntryYaml, step: ReadingsYaml) -> Iterator[Problem]:
    ids = [reading.id for reading in step.readings]
    if len(set(ids)) < len(ids):
        yield step.problem("読み方のidが重なっています。", Severity.CRITICAL, "readings")
    if not draft.knows("notes", step.note):
        yield step.problem(unknown_reason("notes", step.note), Severity.CRITICAL, "note")
        return
    for note in draft.notes:
        if note.yaml.id == step.note and entry.id not in note.yaml.entries:
            reason = f"注「{step.note}」の entries に「{entry.id}」がありません。"
            yield step.problem(reason, Severity.IMPORTANT, "note")


def _check_questions(draft: Draft, step: Located) -> Iterator[Problem]:
    if isinstance(step, MinusAnswerYaml):
        body, part, question_id, kind = step, "minus_answer", step.minus_answer, "yen"
    elif isinstance(step, CostCapYaml):
        body, part, question_id, kind = step, "cost_cap", step.cost_cap, "yen"
    elif isinstance(step, CapPerYaml):
        body, part, question_id, kind = step.cap_per, "question", step.cap_per.question, "count"
    else:
        return
    if not draft.knows("questions", question_id):
        reason = unknown_reason("questions", question_id)
        yield body.problem(reason, Severity.CRITICAL, part)
    for question in draft.questions:
        if question.id == question_id and question.type != kind:
            reason = f"質問「{question_id}」は {kind} の質問ではありません。"
            yield body.problem(reason, Severity.CRITICAL, part)
