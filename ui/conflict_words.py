"""What two laptops changed differently, in words: which field, and what each side says. No Qt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from models.values.cash_file import KEY as CASH
from models.values.money import yen_text
from ui.wording import LATER, answer_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from models.values.catalog import Catalog
    from models.values.conditions import AnswerValue
    from models.values.merge import Conflict, Side

NOTHING = "（なし）"
FIELDS = {
    "title": "件名",
    "consulted_on": "相談日",
    "office": "拠点",
    "advisor": "担当",
    "notes": "今日のお話",
    "cash": "お金の予定",
}
CASH_PARTS = {
    "months_to_subsidy": "最後の支払いから入金まで（か月）",
    "own_funds": "手元のお金",
    "other_money": "ほかのお金",
    "loan_rate_percent": "つなぎ融資の年利（%）",
    "loan_months": "借りる月数",
}
LISTS = {"expenses": "経費", "scenarios": "比べる案"}
PARTS = {
    "label": "内容",
    "category": "区分",
    "amount": "金額",
    "tax": "税",
    "tax_rate_percent": "税率",
    "year": "年度",
    "pay_month": "支払月",
    "estimate": "概算",
    "name": "名前",
    "frames": "枠",
    "answers": "答え",
    "expenses": "経費",
}
TAXES = {"included": "税込", "excluded": "税抜", "none": "税なし"}
ITEM = re.compile(r"(?P<list>\w+)\[(?P<place>\d+)\](?:\.(?P<part>\w+))?")
MONEY_PARTS = frozenset({"amount", "own_funds"})


@dataclass(frozen=True, slots=True)
class ConflictWords:
    """One conflict as the advisor reads it; `path` names it for the merge."""

    path: str
    field: str
    mine: str
    theirs: str


def conflict_words(conflict: Conflict, catalog: Catalog) -> ConflictWords:
    """Return the words of a conflict."""
    path = conflict.path
    return ConflictWords(
        path, _field(path, catalog), *(_side(path, s, catalog) for s in _sides(conflict))
    )


def _sides(conflict: Conflict) -> tuple[Side, Side]:
    return conflict.mine, conflict.theirs


def _field(path: str, catalog: Catalog) -> str:
    head, _, rest = path.partition(".")
    if head == "answers":
        question = catalog.questions.get(rest)
        return rest if question is None else f"「{question.label}」の答え"
    if found := ITEM.fullmatch(path):
        item = f"{LISTS.get(found['list'], found['list'])}の{int(found['place']) + 1}つ目"
        part = found["part"]
        return item if part is None else f"{item}の{PARTS.get(part, part)}"
    if head == CASH:
        return CASH_PARTS.get(rest.partition("[")[0], FIELDS[head])
    return FIELDS.get(head, path)


def _side(path: str, side: Side, catalog: Catalog) -> str:
    if not side:
        return NOTHING
    head, _, rest = path.partition(".")
    if head == "answers" and rest in catalog.questions:
        value = cast("AnswerValue | None", side[0])
        return answer_words(catalog.questions[rest], value, catalog)
    part = rest.rsplit(".", 1)[-1]
    return "、".join(_value(part, value, catalog) for value in side)


def _value(part: str, value: object, catalog: Catalog) -> str:
    if isinstance(value, dict):
        return _item(cast("Mapping[str, object]", value), catalog)
    if isinstance(value, list):
        return "・".join(_value("", each, catalog) for each in cast("list[object]", value))
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if part in MONEY_PARTS and isinstance(value, int):
        return yen_text(value)
    return LATER if value is None else _word(str(value), catalog)


def _word(text: str, catalog: Catalog) -> str:
    """Return what the catalog calls a category or a frame, and any other word as it is."""
    if text in catalog.categories:
        return catalog.categories[text].label
    if text in catalog.entries:
        return catalog.entries[text].short_name
    return TAXES.get(text, text) or NOTHING


def _item(item: Mapping[str, object], catalog: Catalog) -> str:
    """Return an expense or a scenario in a few words."""
    name = item.get("label") or item.get("name")
    words = [] if name is None else [str(name)]
    words += [_value(part, item[part], catalog) for part in ("amount", "frames") if part in item]
    return " ".join(words) or NOTHING
