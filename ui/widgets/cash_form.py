"""What is said about money: own funds, other money, when the subsidy comes, a bridge loan."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from models.values.answer_check import line_problem
from models.values.cash import MONTHS_TO_SUBSIDY, CashTerms, OtherMoney
from models.values.cash_file import MAX_OTHER_MONEY, rate_text
from models.values.cash_input import parse_months, parse_percent
from models.values.money import man_text
from models.values.money_input import Refused, parse_month, parse_yen
from models.values.text import replace_radicals
from reports.wording import month_text
from ui.widgets.basics import clear_layout, column, make_button, row
from ui.widgets.typed_field import TypedField

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from ui.theme import Theme

ADD = "借入や預金を足す"
MONEY_HINT = "例 300万"


class CashForm(QWidget):
    """Gives back changed terms, one field at a time."""

    terms_edited = Signal(object, str)
    """Changed `CashTerms`, and in Japanese what was done."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._terms = CashTerms()
        self._day: str | None = None
        self._others: list[OtherMoneyRow] = []
        layout = column(self, gap=8)
        upper = row(gap=16)
        self.own_funds = self._field(
            "手元のお金", parse_yen, _money, "own_funds", "", MONEY_HINT, 120
        )
        self.months = self._field(
            "最後の支払いから入金まで", _months_or_usual, str, "months_to_subsidy", "か月"
        )
        self.rate = self._field(
            "つなぎ融資の年利", parse_percent, _rate, "loan_rate_percent", "%", "例 2.5"
        )
        self.loan_months = self._field(
            "借りる月数", parse_months, str, "loan_months", "か月", "入金まで", 80
        )
        for field in self._fields():
            upper.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        upper.addStretch(1)
        layout.addLayout(upper)
        self._rows = column(gap=6)
        layout.addLayout(self._rows)
        self.add_button = make_button(theme, ADD, "link", icon="plus")
        self.add_button.clicked.connect(self._on_add_clicked)
        layout.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_terms(self, terms: CashTerms, consulted_on: str | None) -> None:
        """Show what was said; months without a year are read from the day of the visit on."""
        self._terms, self._day = terms, consulted_on
        self.own_funds.show_value(terms.own_funds)
        self.months.show_value(terms.months_to_subsidy)
        self.rate.show_value(terms.loan_rate_percent)
        self.loan_months.show_value(terms.loan_months)
        drafts = [one for one in self._others if one.is_draft]
        if len(self._others) - len(drafts) != len(terms.other_money):
            self._rebuild(len(terms.other_money))
        for line, money in zip(self._others, terms.other_money, strict=False):
            line.show_money(money)
        self.add_button.setVisible(len(self._others) < MAX_OTHER_MONEY)

    def forget(self) -> None:
        """Forget what is typed: another client is here."""
        self._rebuild(0)
        for field in self._fields():
            field.forget()

    def other_rows(self) -> tuple[OtherMoneyRow, ...]:
        """Return the rows of other money."""
        return tuple(self._others)

    def commit(self) -> None:
        """Take what is being typed."""
        for field in self._every_field():
            if field.line.isModified():
                field.commit()

    def reasons(self) -> dict[str, str]:
        """Return why fields cannot be taken, by their names."""
        return {one.name: one.reason() for one in self._every_field() if one.reason()}

    # ------------------------------------------------------------ slots

    def _on_add_clicked(self) -> None:
        drafts = [one for one in self._others if one.is_draft]
        line = drafts[0] if drafts else self._add_row()
        line.label.line.setFocus()
        self.add_button.setVisible(len(self._others) < MAX_OTHER_MONEY)

    def _on_row_changed(self, line: OtherMoneyRow) -> None:
        money = line.money()
        if money is None:
            return
        place = self._others.index(line)
        others = list(self._terms.other_money)
        others[place : place + 1] = [money]
        line.is_draft = False
        self._change("ほかのお金を変えました", other_money=tuple(others))

    def _on_row_removed(self, line: OtherMoneyRow) -> None:
        place = self._others.index(line)
        if line.is_draft:
            self._drop(line)
            return
        others = list(self._terms.other_money)
        del others[place]
        self._drop(line)
        self._change("ほかのお金を消しました", other_money=tuple(others))

    # ------------------------------------------------------------ private

    def _field(  # noqa: PLR0913, PLR0917 - a row of a form as data
        self,
        name: str,
        parse: Callable[[str], object],
        written: Callable[[object], str],
        term: str,
        unit: str = "",
        hint: str = "",
        width: int = 70,
    ) -> TypedField:
        field = TypedField(self._theme, name, parse, written, unit, hint, width)
        field.value_committed.connect(partial(self._on_field_committed, name, term))
        return field

    def _on_field_committed(self, name: str, term: str, value: object) -> None:
        self._change(f"{name}を変えました", **{term: value})

    def _change(self, label: str, **terms: object) -> None:
        self._terms = replace(self._terms, **terms)  # type: ignore[arg-type]
        self.terms_edited.emit(self._terms, label)

    def _fields(self) -> tuple[TypedField, ...]:
        return (self.own_funds, self.months, self.rate, self.loan_months)

    def _every_field(self) -> list[TypedField]:
        return [*self._fields(), *(field for one in self._others for field in one.fields())]

    def _read_month(self, text: str) -> object:
        return parse_month(text, self._day)

    def _add_row(self) -> OtherMoneyRow:
        line = OtherMoneyRow(self._theme, self._read_month)
        line.changed.connect(partial(self._on_row_changed, line))
        line.removed.connect(partial(self._on_row_removed, line))
        self._others.append(line)
        self._rows.addWidget(line)
        return line

    def _drop(self, line: OtherMoneyRow) -> None:
        self._others.remove(line)
        self._rows.removeWidget(line)
        line.hide()
        line.deleteLater()
        self.add_button.show()

    def _rebuild(self, count: int) -> None:
        clear_layout(self._rows)
        self._others.clear()
        for _ in range(count):
            self._add_row().is_draft = False


class OtherMoneyRow(QWidget):
    """One loan or saving; it counts from its amount on."""

    changed = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, read_month: Callable[[str], object]) -> None:
        super().__init__()
        self.is_draft = True
        """Whether it does not stand in the terms yet."""
        layout = row(self, gap=16)
        self.label = TypedField(theme, "何のお金", _label, str, hint="定期預金、借入など")
        self.amount = TypedField(theme, "金額", parse_yen, _money, hint=MONEY_HINT)
        self.month = TypedField(
            theme, "入る月", read_month, lambda value: month_text(str(value)), hint="空ならすぐに"
        )
        self._values: dict[TypedField, object] = {}
        for field in self.fields():
            field.value_committed.connect(partial(self._on_field_committed, field))
            layout.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        self.remove_button = make_button(theme, "消す", "link", icon="trash")
        self.remove_button.clicked.connect(self.removed)
        layout.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addStretch(1)

    def fields(self) -> tuple[TypedField, ...]:
        """Return its lines in reading order."""
        return (self.label, self.amount, self.month)

    def show_money(self, money: OtherMoney) -> None:
        """Show what is stored."""
        self._values = {
            self.label: money.label,
            self.amount: money.amount,
            self.month: money.month,
        }
        for field, value in self._values.items():
            field.show_value(value or None if field is self.label else value)

    def money(self) -> OtherMoney | None:
        """Return what stands in the row, `None` while it has no amount."""
        amount = self._values.get(self.amount)
        if not isinstance(amount, int):
            return None
        month = self._values.get(self.month)
        label = self._values.get(self.label)
        return OtherMoney(str(label or ""), amount, None if month is None else cast("str", month))

    def _on_field_committed(self, field: TypedField, value: object) -> None:
        if field is self.amount and value is None and not self.is_draft:
            # A row without an amount is nothing any more.
            self.removed.emit()
            return
        self._values[field] = value
        self.changed.emit()


def _months_or_usual(text: str) -> object:
    """Return the typed months; an emptied field goes back to the usual ones."""
    found = parse_months(text)
    return MONTHS_TO_SUBSIDY if found is None else found


def _money(value: object) -> str:
    return man_text(cast("int", value))


def _rate(value: object) -> str:
    return rate_text(cast("Fraction", value))


def _label(text: str) -> object:
    typed = replace_radicals(text.strip())
    reason = line_problem(typed)
    return Refused(reason) if reason else typed or None
