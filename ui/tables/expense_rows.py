"""The rows of the expense table as they are typed: what can be read, and what cannot yet.

No Qt here. A row becomes an `Expense` once its category and amount can be read. Text that cannot be
read stays as typed, with the reason; the row then goes on with the last value that could be read.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from models.values.answer_check import line_problem
from models.values.consultation import MAX_YEAR, Expense, TaxMode
from models.values.money import man_text
from models.values.money_input import Refused, TypedTax, parse_month, parse_tax, parse_yen
from models.values.text import replace_radicals, search_key
from ui.widgets.suggest_field import Suggestion, find, keys_of
from ui.wording import month_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from models.values.catalog import Catalog

FULL_RATE = 10
NOT_COUNTING = -1
"""The cell that marks a half-typed row of its own."""
ESTIMATE_WORD = "概算"
NO_WORDS = {"", "0", "いいえ", "no", "false", "×", "-", "―", "確定"}
YES_WORDS = {"1", "はい", "yes", "true", "○", "〇", "レ", "✓", ESTIMATE_WORD, "見込み", "約"}


class Column(IntEnum):
    """The columns of the table, from left to right."""

    LABEL = 0
    CATEGORY = 1
    AMOUNT = 2
    TAX = 3
    PAY_MONTH = 4
    YEAR = 5
    ESTIMATE = 6


TITLES = {
    Column.LABEL: "内容",
    Column.CATEGORY: "区分",
    Column.AMOUNT: "金額（円）",
    Column.TAX: "税",
    Column.PAY_MONTH: "支払月",
    Column.YEAR: "年度",
    Column.ESTIMATE: "概算",
}
NAMES = {**TITLES, Column.AMOUNT: "金額"}
HEADER_WORDS = {search_key(word): column for column, word in TITLES.items()} | {
    search_key(word): column
    for column, words in {
        Column.LABEL: ("品名", "品目", "項目", "名称", "経費", "費目", "摘要"),
        Column.CATEGORY: ("経費区分", "分類", "種類"),
        Column.AMOUNT: ("金額", "額", "見積額", "見積金額", "価格", "費用"),
        Column.TAX: ("消費税", "税区分"),
        Column.PAY_MONTH: ("支払", "支払い", "支払い月", "支払時期", "支払予定", "時期"),
        Column.YEAR: ("年", "年目", "事業年度"),
        Column.ESTIMATE: ("見込み", "確定"),
    }.items()
    for word in words
}


@dataclass(frozen=True, slots=True)
class Typing:
    """What the reading of cells depends on."""

    categories: tuple[Suggestion, ...]
    consulted_on: str | None

    @staticmethod
    def of(catalog: Catalog, consulted_on: str | None) -> Typing:
        """Return it for a catalog and the day of the visit."""
        options = tuple(
            Suggestion(one.id, one.label, (one.help,)) for one in catalog.categories.values()
        )
        return Typing(options, consulted_on)


@dataclass(frozen=True)
class ExpenseRow:
    """One row: the values that could be read, and the texts that could not, with the reasons."""

    values: dict[Column, Any] = field(default_factory=dict[Column, Any])
    refused: dict[Column, tuple[str, str]] = field(default_factory=dict[Column, tuple[str, str]])

    @staticmethod
    def of(expense: Expense) -> ExpenseRow:
        """Return the row of a stored expense."""
        rate = None if expense.tax_rate_percent == FULL_RATE else expense.tax_rate_percent
        return ExpenseRow(
            {
                Column.LABEL: expense.label,
                Column.CATEGORY: expense.category,
                Column.AMOUNT: expense.amount,
                Column.TAX: TypedTax(expense.tax, rate),
                Column.PAY_MONTH: expense.pay_month,
                Column.YEAR: expense.year,
                Column.ESTIMATE: expense.estimate,
            }
        )

    @cached_property
    def expense(self) -> Expense | None:
        """The expense, once category and amount can be read."""
        amount, category = self.values.get(Column.AMOUNT), self.values.get(Column.CATEGORY)
        if amount is None or category is None:
            return None
        tax = self.values.get(Column.TAX) or TypedTax(TaxMode.INCLUDED, None)
        return Expense(
            label=self.values.get(Column.LABEL) or "",
            category=category,
            amount=amount,
            tax=tax.mode,
            tax_rate_percent=tax.rate_percent or FULL_RATE,
            year=self.values.get(Column.YEAR) or 1,
            pay_month=self.values.get(Column.PAY_MONTH),
            estimate=bool(self.values.get(Column.ESTIMATE)),
        )

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in the row."""
        return not self.refused and not any(self.values.get(column) for column in Column)

    def missing(self) -> list[Column]:
        """Return what is still missing before the row counts."""
        needed = (Column.CATEGORY, Column.AMOUNT)
        return [one for one in needed if self.values.get(one) is None and one not in self.refused]

    def problem(self, column: Column) -> str:
        """Return why the text of a cell cannot be read; empty when it can."""
        return self.refused.get(column, ("", ""))[1]

    def typed(self, column: Column, text: str, typing: Typing) -> ExpenseRow:
        """Return the row with another text in a cell."""
        found = read_cell(column, text, typing)
        is_needed = column in {Column.CATEGORY, Column.AMOUNT}
        if found is None and is_needed and self.values.get(column) is not None:
            found = Refused(f"{NAMES[column]}が空です。")
        refused = {other: pair for other, pair in self.refused.items() if other is not column}
        if isinstance(found, Refused):
            refused[column] = (text, found.reason + self._goes_on_with(column))
            return replace(self, refused=refused)
        return ExpenseRow({**self.values, column: found}, refused)

    def _goes_on_with(self, column: Column) -> str:
        shown = self.shown_value(column, ())
        if column is Column.AMOUNT and self.values.get(column) is not None:
            shown = man_text(self.values[column])
        if column is Column.CATEGORY:
            return "（前の区分のまま計算しています）" if self.values.get(column) else ""
        return f"（前の「{shown}」のまま計算しています）" if shown else ""

    def text(self, column: Column, typing: Typing) -> str:
        """Return what stands in a cell."""
        if column in self.refused:
            return self.refused[column][0]
        if column in {Column.TAX, Column.YEAR} and self.is_blank:
            return ""
        return self.shown_value(column, typing.categories)

    def shown_value(self, column: Column, categories: Sequence[Suggestion]) -> str:
        """Return the value of a cell in words."""
        value = self.values.get(column)
        if column is Column.CATEGORY:
            return next((one.label for one in categories if one.value == value), value or "")
        return _IN_WORDS[column](value)


def tax_words(tax: TypedTax) -> str:
    """Return the tax of a line in a word, with the rate where it is not the full one."""
    word = {TaxMode.INCLUDED: "税込", TaxMode.EXCLUDED: "税抜", TaxMode.NONE: "なし"}[tax.mode]
    reduced = tax.rate_percent not in {None, FULL_RATE} and tax.mode is not TaxMode.NONE
    return f"{word}{tax.rate_percent}%" if reduced else word


_IN_WORDS: dict[Column, Callable[[Any], str]] = {
    Column.LABEL: lambda value: value or "",
    Column.AMOUNT: lambda value: "" if value is None else f"{value:,}",
    Column.TAX: lambda value: tax_words(value or TypedTax(TaxMode.INCLUDED, None)),
    Column.PAY_MONTH: month_words,
    Column.YEAR: lambda value: f"{value or 1}年目",
    Column.ESTIMATE: lambda value: ESTIMATE_WORD if value else "",
}


def read_cell(column: Column, text: str, typing: Typing) -> Any:
    """Return the value of a typed text, `None` for an empty cell, or `Refused`."""
    stripped = text.strip()
    if column is Column.ESTIMATE:
        return _estimate(stripped)
    return _READERS[column](stripped, typing) if stripped else None


def _label(text: str, _typing: Typing) -> str | Refused:
    words = replace_radicals(" ".join(text.split()))
    problem = line_problem(words)
    return Refused(problem) if problem else words


def _category(text: str, typing: Typing) -> str | Refused:
    categories = typing.categories
    wanted = search_key(text.strip())
    labels = [(one, keys_of(one)[1]) for one in categories]
    exact = [one.value for one, label in labels if wanted == label]
    if exact:
        return exact[0]
    by_label = [one for one, label in labels if wanted in label]
    found = by_label or find(categories, text)
    if len(found) == 1:
        return found[0].value
    if not found:
        return Refused(
            f"「{text}」という区分はありません。区分の名前の一部か、一覧の番号を入れてください。"
        )
    names = "、".join(one.label for one in found[:3])
    return Refused(f"「{text}」に合う区分がいくつもあります（{names}など）。")


def _year(text: str, _typing: Typing) -> int | Refused:
    plain = unicodedata.normalize("NFKC", text).removesuffix("年目").removesuffix("年度")
    plain = plain.removesuffix("年").strip()
    if plain.isascii() and plain.isdigit() and 1 <= int(plain) <= MAX_YEAR:
        return int(plain)
    return Refused(f"年度は、事業の何年目かを 1 から {MAX_YEAR} の数字で入れてください。")


_READERS: dict[Column, Callable[[str, Typing], Any]] = {
    Column.LABEL: _label,
    Column.CATEGORY: _category,
    Column.AMOUNT: lambda text, _typing: parse_yen(text),
    Column.TAX: lambda text, _typing: parse_tax(text),
    Column.PAY_MONTH: lambda text, typing: parse_month(text, typing.consulted_on),
    Column.YEAR: _year,
}


def _estimate(text: str) -> bool | Refused:
    key = search_key(text.strip())
    if key in {search_key(word) for word in NO_WORDS}:
        return False
    if key in {search_key(word) for word in YES_WORDS}:
        return True
    return Refused("概算なら「1」か「概算」、確かな額なら空のままにしてください。")


def expenses_of(rows: Sequence[ExpenseRow]) -> tuple[Expense, ...]:
    """Return the expenses of all rows that count."""
    return tuple(found for one in rows if (found := one.expense) is not None)


def half_typed(rows: Sequence[ExpenseRow], typing: Typing) -> dict[int, dict[int, str]]:
    """Return the texts of what does not count yet: place of the row -> column -> text.

    Of a row that counts these are only the cells that could not be read; a row that does not count
    is marked by the cell `NOT_COUNTING`.
    """
    found: dict[int, dict[int, str]] = {}
    for place, one in enumerate(rows):
        given = [column for column in Column if one.values.get(column) is not None]
        columns = {*one.refused, *(given if one.expense is None else [])}
        kept = {int(column): one.text(column, typing) for column in sorted(columns)}
        if one.expense is None:
            kept[NOT_COUNTING] = ""
        if kept:
            found[place] = kept
    return found


def with_half_typed(
    expenses: Sequence[Expense], typed: Mapping[int, Mapping[int, str]], typing: Typing
) -> list[ExpenseRow]:
    """Return the rows of stored expenses with what stood half-typed in and between them."""
    waiting = [ExpenseRow.of(one) for one in expenses]
    between = sum(NOT_COUNTING in texts for texts in typed.values())
    rows: list[ExpenseRow] = []
    for place in range(len(waiting) + between):
        texts = typed.get(place, {})
        one = ExpenseRow() if NOT_COUNTING in texts or not waiting else waiting.pop(0)
        for column, text in texts.items():
            if column != NOT_COUNTING:
                one = one.typed(Column(column), text, typing)
        if not one.is_blank:
            rows.append(one)
    return [*rows, *waiting]


def merged(rows: Sequence[ExpenseRow], expenses: Sequence[Expense]) -> list[ExpenseRow]:
    """Return the rows after the expenses changed elsewhere (undo); what is half typed stays.

    Rows whose expense is still there stay as they are.
    """
    counting = [place for place, one in enumerate(rows) if one.expense is not None]
    old = [rows[place].expense for place in counting]
    start = 0
    while start < min(len(old), len(expenses)) and old[start] == expenses[start]:
        start += 1
    end = 0
    while end < min(len(old), len(expenses)) - start and old[-1 - end] == expenses[-1 - end]:
        end += 1
    replaced = counting[start : len(old) - end]
    new = [ExpenseRow.of(one) for one in expenses[start : len(expenses) - end]]
    if len(replaced) == len(new):
        by_place = dict(zip(replaced, new, strict=True))
        return [by_place.get(place, one) for place, one in enumerate(rows)]
    kept = [(place, one) for place, one in enumerate(rows) if place not in set(replaced)]
    places = replaced or counting[start:]
    before = places[0] if places else len(rows)
    head = [one for place, one in kept if place < before]
    return [*head, *new, *(one for place, one in kept if place >= before)]
