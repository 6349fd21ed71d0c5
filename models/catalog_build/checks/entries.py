"""Entries: figures only where the source gives them, each with its line, and texts that agree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from models.catalog_build.amounts_text import parse_yen
from models.catalog_build.figures import firm_rates, yen_figures
from models.catalog_build.schema_conditions import LeafYaml
from models.catalog_build.walk import parts_of_type
from models.values.catalog import EntryKind
from models.values.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.catalog_build import schema
    from models.catalog_build.draft import Draft

_YEN_TEXT = re.compile(r"[0-9０-９][0-9０-９,，.．兆億万千百]*円")
_PHONE = re.compile(r"0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}(（内線.*）)?")
_OFFERING = frozenset({EntryKind.ADVICE.value, EntryKind.TAX.value, EntryKind.DEMONSTRATION.value})


def check_entries(draft: Draft) -> Iterator[Problem]:
    """Find entries whose kind, figures, texts and sources do not go together."""
    for item in draft.entries:
        entry = item.yaml
        yield from _check_program(entry, item.program)
        yield from _check_kind(entry)
        yield from _check_figures(entry)
        yield from _check_budget(entry.budget)
        yield from _check_rates(entry)
        yield from _check_texts(entry)
        yield from _check_contacts(entry)


def _check_program(
    entry: schema.EntryYaml, program: schema.ProgramYaml | None
) -> Iterator[Problem]:
    if program is None:
        reason = "このファイルに program がありません。枠には制度が要ります。"
        yield entry.problem(reason, Severity.CRITICAL)
    elif program.id and entry.id != program.id and not entry.id.startswith(f"{program.id}/"):
        reason = f"idは「{program.id}」か「{program.id}/…」にしてください。"
        yield entry.problem(reason, Severity.CRITICAL, "id")


def _check_kind(entry: schema.EntryYaml) -> Iterator[Problem]:
    figures = entry.figures
    is_subsidy = entry.kind == EntryKind.SUBSIDY.value
    has_figures = bool(figures.rates or yen_figures(figures))
    if not is_subsidy and (has_figures or entry.calculation is not None):
        reason = f"{entry.kind}には金額も割合も計算も書けません（補助金だけのものです）。"
        yield entry.problem(reason, Severity.CRITICAL, "figures")
    if is_subsidy and (figures.max_limit is None) != (entry.calculation is None):
        reason = (
            "上限額（figures.max_limit）と計算（calculation）は、両方書くか両方書かないかです。"
        )
        yield entry.problem(reason, Severity.CRITICAL, "figures")
    if entry.calculation is not None and entry.conditions.hard is None:
        reason = "条件（conditions.hard）がありません。"
        yield entry.problem(reason, Severity.IMPORTANT, "conditions")
    if not is_subsidy and (entry.conditions.hard or entry.conditions.soft):
        reason = f"{entry.kind}は該当を判定しません。条件は使われません。"
        yield entry.problem(reason, Severity.MINOR, "conditions")
    if entry.offers and entry.kind not in _OFFERING:
        reason = f"offersは {'、'.join(sorted(_OFFERING))} だけのものです。"
        yield entry.problem(reason, Severity.IMPORTANT, "offers")


def _check_figures(entry: schema.EntryYaml) -> Iterator[Problem]:
    figures = yen_figures(entry.figures)
    for name, figure in figures.items():
        part = name.partition(".")[2]
        if figure.source.line is None:
            reason = "金額には出典の行（source.line）が要ります。"
            yield figure.problem(reason, Severity.IMPORTANT, "source")
        if figure.amount and figure.text and not _agrees(figure.text, figure.amount):
            reason = f"{part}の文「{figure.text}」に {figure.amount:,}円 がありません。"
            yield figure.problem(reason, Severity.IMPORTANT, "text")
    low, high = entry.figures.min_limit, entry.figures.max_limit
    if low is not None and high is not None and low.amount > high.amount:
        yield low.problem("下限が上限を超えています。", Severity.CRITICAL, "amount")
    if entry.calculation is None:
        for name in figures.keys() & {"figures.top_up_max", "figures.min_limit"}:
            reason = "計算のない枠に上乗せ額と下限額は書けません。"
            yield entry.figures.problem(reason, Severity.CRITICAL, name.partition(".")[2])


def _check_budget(budget: schema.BudgetYaml | None) -> Iterator[Problem]:
    if budget is None:
        return
    for part, amount in (("amount", budget.amount), ("previous", budget.previous)):
        if amount is not None and budget.source is None:
            reason = "予算の額には出典（source）が要ります。"
            yield budget.problem(reason, Severity.IMPORTANT, part)
    if budget.amount is not None and not _agrees(budget.text, budget.amount):
        reason = f"予算の文「{budget.text}」に {budget.amount:,}円 がありません。"
        yield budget.problem(reason, Severity.IMPORTANT, "text")


def _check_rates(entry: schema.EntryYaml) -> Iterator[Problem]:
    for rate in entry.figures.rates:
        if rate.source.line is None:
            reason = "補助率には出典の行（source.line）が要ります。"
            yield rate.problem(reason, Severity.IMPORTANT, "source")
        if entry.calculation is None and not rate.candidate:
            reason = "計算のない枠の補助率は、候補（candidate: true）としてだけ書けます。"
            yield rate.problem(reason, Severity.CRITICAL, "rate")
        if any(leaf.id is not None for leaf in parts_of_type(rate.condition, LeafYaml)):
            reason = "補助率のconditionにidは付けません（計算の場所ごとにidが付きます）。"
            yield rate.problem(reason, Severity.IMPORTANT, "condition")
    firm = firm_rates(entry)
    words = [rate.when for rate in firm]
    if len(firm) > 1 and (len(set(words)) < len(words) or "" in words):
        reason = "補助率がいくつもあるときは、それぞれに誰の率か（when）を書いてください。"
        yield entry.figures.problem(reason, Severity.IMPORTANT, "rates")
    if entry.calculation is not None and not firm:
        reason = "計算のある枠には補助率（figures.rates）が要ります。"
        yield entry.figures.problem(reason, Severity.IMPORTANT, "rates")


def _check_texts(entry: schema.EntryYaml) -> Iterator[Problem]:
    if not entry.keywords:
        reason = "検索の言葉（keywords）がありません。"
        yield entry.problem(reason, Severity.MINOR, "keywords")
    if entry.calculation is not None:
        return
    single = {name: [getattr(entry, name)] for name in ("plain_name", "who", "what_for")}
    for name, texts in {**single, "special": entry.special}.items():
        for text in texts:
            if _YEN_TEXT.search(text):
                reason = "金額の定まらない制度の文に円の額を書けません。"
                yield entry.problem(reason, Severity.IMPORTANT, name)


def _check_contacts(entry: schema.EntryYaml) -> Iterator[Problem]:
    if not entry.contacts:
        # A source names the section that pays; for advice, tax and references it often names none.
        severity = Severity.MINOR if entry.kind == EntryKind.SUBSIDY.value else Severity.INFO
        yield entry.problem("担当課（contacts）がありません。", severity, "contacts")
    for contact in entry.contacts:
        if contact.phone and not _PHONE.fullmatch(contact.phone):
            reason = f"電話「{contact.phone}」は 03-3501-5803 の形で書いてください。"
            yield contact.problem(reason, Severity.MINOR, "phone")


def _agrees(text: str, amount: int) -> bool:
    """Whether one of the amounts in `text` is `amount`; a text without amounts says nothing."""
    found = _YEN_TEXT.findall(text)
    if not found:
        return True
    for candidate in found:
        try:
            if parse_yen(candidate) == amount:
                return True
        except ValueError:
            continue
    return False
