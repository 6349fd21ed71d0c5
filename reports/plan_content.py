"""The words for the best combination: one source for command, window and sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.planning.cash_plan import paid_in_all
from models.values.money import yen_text
from models.values.plan import LEFT_OUT_LABEL
from reports.wording import range_yen

if TYPE_CHECKING:
    from models.values.catalog import Catalog
    from models.values.consultation import Expense
    from models.values.plan import DoubleFunding, LeftOutFrame, Plan

NOTHING_PAYS = "この経費と答えでは、補助の見込み額が出る枠がありません。"
UNSAID = "要確認: 一緒に使えるかは資料に書かれていません。それぞれ別の経費に使う前提です。"
LEFT_OUT_TITLE = "使わなかった枠"
NOT_SPOKEN = "まだ話に出ていない枠"
WITHIN_SPOKEN = "話に出ている枠の中では、"
NOT_FINISHED = "時間内には調べきれませんでした"
DOUBLE_MARK = "二重"
DOUBLE_RULE = "同じ経費で二つの補助金は受けられません。"
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class PlannedWords:
    """One frame of the plan in words; `expenses` are pairs of `1. NC旋盤` and its cost."""

    entry: str
    name: str
    stage: str
    amount: str
    expenses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LeftOutWords:
    """A frame that is not in the plan, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class DoubleWords:
    """One expense that several frames would count: which, and who has it, "" if none."""

    expense: str
    rivals: str
    given_to: str

    @property
    def sentence(self) -> str:
        """All of it in one sentence."""
        owner = f"{self.given_to} に入れています" if self.given_to else "どれにも入れていません"
        return f"{self.expense} は {self.rivals} のどれか一つにだけ。ここでは{owner}。"


@dataclass(frozen=True, slots=True)
class PlanWords:
    """Everything that is said of a plan.

    Without frames the heading says that nothing pays, and `total` is empty. `own_burden` is what
    remains to pay, tax in. `proof` says that nothing better exists, or how much better a
    combination could be; `certificate` says how one knows.
    """

    heading: str
    total: str
    own_burden: str
    frames: tuple[PlannedWords, ...]
    to_confirm: tuple[str, ...]
    proof: str
    certificate: str
    runner_up: str
    left_out: tuple[LeftOutWords, ...]

    @property
    def headline(self) -> str:
        """Heading and total in one line."""
        return f"{self.heading}　補助額の合計 {self.total}" if self.total else self.heading


def plan_words(
    catalog: Catalog, expenses: tuple[Expense, ...], plan: Plan, within: str = ""
) -> PlanWords:
    """Return the words of a plan for these expenses; `within` says what else was not looked at."""
    return PlanWords(
        heading="最もよい組合せ" if plan.frames else NOTHING_PAYS,
        total=range_yen(plan.total) if plan.frames else "",
        own_burden=range_yen(plan.total.subtracted_from(paid_in_all(expenses))),
        frames=tuple(
            PlannedWords(
                frame.entry,
                catalog.entries[frame.entry].short_name,
                catalog.stages[catalog.entries[frame.entry].stage].label,
                range_yen(frame.total),
                tuple(
                    (expense_name(expenses, index), f"税抜き {yen_text(expenses[index].net)}")
                    for index in frame.expenses
                ),
            )
            for frame in plan.frames
        ),
        to_confirm=_to_confirm(plan),
        proof=f"{within}{proof_sentence(plan)}",
        certificate=_certificate(plan),
        runner_up=_runner_up(catalog, plan),
        left_out=tuple(_left_out(catalog, each) for each in plan.left_out),
    )


def expense_name(expenses: tuple[Expense, ...], index: int) -> str:
    """Return an expense under its number, as the tables count them."""
    return f"{index + 1}. {expenses[index].label}"


def names_of(catalog: Catalog, entries: tuple[str, ...]) -> str:
    """Return the short names of entries in one line."""
    return "、".join(catalog.entries[entry].short_name for entry in entries)


def double_words(
    catalog: Catalog, expenses: tuple[Expense, ...], double: DoubleFunding, plan: Plan
) -> tuple[DoubleWords, ...]:
    """Return the expenses that would be funded twice, and who has each in this plan."""
    owners = {index: frame.entry for frame in plan.frames for index in frame.expenses}
    return tuple(
        DoubleWords(
            expense_name(expenses, claim.expense),
            names_of(catalog, claim.frames),
            names_of(catalog, (owners[claim.expense],)) if claim.expense in owners else "",
        )
        for claim in double.claims
    )


def left_out_groups(words: PlanWords) -> tuple[tuple[str, str], ...]:
    """Return each reason once, with the names of the frames that it keeps out."""
    found: dict[str, list[str]] = {}
    for each in words.left_out:
        found.setdefault(each.why, []).append(each.name)
    return tuple((why, "、".join(names)) for why, names in found.items())


def split_sentence(catalog: Catalog, double: DoubleFunding, placed: str = "") -> str:
    """Return what the suggested split brings, as far as it is proven.

    `placed` says which expense goes where; else the frames are named.
    """
    if not double.split.frames:
        return ""
    names = placed or names_of(catalog, tuple(frame.entry for frame in double.split.frames))
    lead = "いちばん多くなる分け方" if double.split.proven_optimal else "いまのところの分け方"
    return f"{lead}は {names} で、補助額の合計は {range_yen(double.split.total)}です。"


def double_line(catalog: Catalog, expenses: tuple[Expense, ...], double: DoubleFunding) -> str:
    """Return what the scenarios would have funded twice, and the suggested split, in short."""
    named = [expense_name(expenses, claim.expense) for claim in double.claims]
    more = f"など{len(named)}件" if len(named) > _MOST_NAMED else ""
    given = [
        f"{name}は {names_of(catalog, (claim.given_to,))}"
        for name, claim in zip(named, double.claims, strict=True)
        if claim.given_to
    ]
    placed = "" if more else "、".join(given)
    is_open = double.unconfirmed or double.split.unsaid_pairs
    confirm = "一緒に使えるかは要確認です。" if is_open else ""
    return (
        f"案をぜんぶ使うと、{'、'.join(named[:_MOST_NAMED])}{more}が二重になります。"
        f"{split_sentence(catalog, double, placed)}{confirm}"
    )


def double_asides(catalog: Catalog, double: DoubleFunding) -> tuple[str, ...]:
    """Return what has to be confirmed about the frames of which an expense stands twice."""
    found = [
        f"要確認: {names_of(catalog, pair)} を一緒に使えるかは、資料に書かれていません。"
        for pair in double.unconfirmed
    ]
    if double.split.unsaid_pairs:
        found.append(UNSAID)
    if not double.split.proven_optimal:
        found.append(proof_sentence(double.split))
    return tuple(found)


def unsaid_pairs(catalog: Catalog, plan: Plan) -> tuple[str, ...]:
    """Return the pairs of the plan of which no source says that they may stand together."""
    return tuple(names_of(catalog, pair) for pair in plan.unsaid_pairs)


def _to_confirm(plan: Plan) -> tuple[str, ...]:
    found: list[str] = []
    if plan.unsaid_pairs:
        found.append(UNSAID)
    if_confirmed = _if_confirmed(plan)
    if if_confirmed:
        found.append(if_confirmed)
    return tuple(found)


def _if_confirmed(plan: Plan) -> str:
    """Say what the total would be, and no more than was searched."""
    if plan.if_confirmed is None:
        if plan.if_confirmed_proven:
            return ""
        return (
            "要確認: 資料に書かれていない組合せも認められたときに、合計がもっと増えるかどうかは、"
            f"{NOT_FINISHED}。"
        )
    lead = "要確認: 資料に書かれていない組合せも認められれば、合計は"
    if plan.if_confirmed_proven:
        return f"{lead} {range_yen(plan.if_confirmed)} になります。"
    return (
        f"{lead}少なくとも {yen_text(plan.if_confirmed.low)} になります"
        f"（もっと増えるかどうかは、{NOT_FINISHED}）。"
    )


def proof_sentence(plan: Plan) -> str:
    """Say that nothing better exists, or up to how much a better combination could promise."""
    if plan.proven_optimal:
        return "これより多い組合せがないことを確かめました。"
    return (
        f"これより良い組合せが{yen_text(plan.upper_bound)}まであり得ます"
        f"（いまの答えより多くても{yen_text(plan.could_be_better_by)}）。"
    )


def _certificate(plan: Plan) -> str:
    """Say how one knows; nothing where nothing is proven or nothing pays."""
    if not plan.frames or not plan.proven_optimal:
        return ""
    upper = yen_text(plan.upper_bound)
    if plan.proof.by_prices:
        return (
            "調べた枠をどう組み合わせても、少ない方の額の合計は"
            f"{upper}を超えません（経費ごとに値をつけた上限の計算）。"
        )
    return (
        f"上限の計算（{yen_text(plan.proof.price_bound)}）より多くなり得る分け方を"
        f"残らず調べ、{upper}を超えるものはありませんでした。"
    )


def _runner_up(catalog: Catalog, plan: Plan) -> str:
    other = plan.runner_up
    if not plan.runner_up_searched and plan.frames:
        return f"次によい組合せは、{NOT_FINISHED}。"
    if other is None:
        return ""
    less = f"{yen_text(other.difference)}少ない" if other.difference else "同じ"
    names = names_of(catalog, other.frames)
    return f"次によい組合せは {names} で、合計 {yen_text(other.low)}（{less}）です。"


def _left_out(catalog: Catalog, each: LeftOutFrame) -> LeftOutWords:
    because = f"（{names_of(catalog, each.because_of)}）" if each.because_of else ""
    name = catalog.entries[each.entry].short_name
    return LeftOutWords(name, f"{LEFT_OUT_LABEL[each.reason]}{because}")
