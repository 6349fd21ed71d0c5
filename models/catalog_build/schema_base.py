"""The base of the YAML schema: closed models that know their place, and exact plain values."""

from __future__ import annotations

import contextlib
import re
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, cast

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainValidator,
    PrivateAttr,
    model_validator,
)
from pydantic_core import PydanticCustomError

from models.catalog_build.amounts_text import parse_rate, parse_yen
from models.catalog_build.yaml_source import LocatedDict, LocatedList, PathPart, Place

if TYPE_CHECKING:
    from pydantic import ModelWrapValidatorHandler

    from models.values.problems import Problem, Severity

FIGURE_NAMES = ("figures.max_limit", "figures.min_limit", "figures.top_up_max")
FIGURE_RATES = "figures.rates"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]*(/[A-Za-z0-9][A-Za-z0-9_.\-]*)*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Located(BaseModel):
    """A mapping of the catalog: unknown keys are errors, and it knows where it stands."""

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=False)
    _place: Place | None = PrivateAttr(default=None)
    _parts: list[Located] | None = PrivateAttr(default=None)

    @model_validator(mode="wrap")
    @classmethod
    def _keep_place(cls, data: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:
        made = handler(data)
        if isinstance(data, LocatedDict):
            made._place = data.place  # noqa: SLF001 (its own class)
        return made

    @property
    def place(self) -> Place:
        """Where this stands; nowhere when it is a default that nobody wrote."""
        return self._place or _NOWHERE

    @property
    def parts(self) -> list[Located]:
        """Every mapping in this, itself first, in the order of the fields; found once."""
        if self._parts is None:
            values = [getattr(self, name) for name in type(self).model_fields]
            self._parts = [self, *(part for value in values for part in parts_of(value))]
        return self._parts

    def problem(self, reason: str, severity: Severity, *parts: PathPart) -> Problem:
        """Return a problem of this mapping or of one of its fields."""
        return self.place.problem(reason, severity, *parts)


_NOWHERE = Place("")


def parts_of(value: object) -> list[Located]:
    """Return every mapping in `value`, which may be a mapping, a list or anything plain."""
    if isinstance(value, Located):
        return value.parts
    if isinstance(value, list):
        items = cast("list[object]", value)
        return [part for item in items for part in parts_of(item)]
    return []


def wrong(reason: str) -> PydanticCustomError:
    """Return an error whose text is already a sentence for the author."""
    return PydanticCustomError("catalog", "{reason}", {"reason": reason})


def _read_id(value: object) -> str:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not _ID.fullmatch(text):
        raise wrong("idは半角の英数字と . _ - / で書いてください。")
    return text


def _read_text(value: object) -> str:
    if isinstance(value, bool) or value is None or not isinstance(value, str | int):
        raise wrong("文字を書いてください。")
    text = str(value)
    if not text.strip():
        raise wrong("空にできません。文を書いてください。")
    return text


def _read_word(value: object) -> str:
    """Read a text that may be empty."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise wrong("文字を書いてください。")
    return str(value)


def _read_date(value: object) -> str:
    text = value if isinstance(value, str) and _DATE.fullmatch(value) else ""
    with contextlib.suppress(ValueError):
        return date.fromisoformat(text).isoformat()
    raise wrong("日付は 2020-09-30 の形で、実際にある日を書いてください。")


def _read_yen(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        if value < 0:
            raise wrong("金額は0円以上で書いてください。")
        return value
    if isinstance(value, str):
        try:
            return parse_yen(value)
        except ValueError as fault:
            raise wrong(str(fault)) from fault
    raise wrong("金額は「450万円」か円の整数で書いてください。")


def _read_yen_or_figure(value: object) -> int | str:
    if isinstance(value, str) and value.startswith("figures"):
        if value in FIGURE_NAMES:
            return value
        raise wrong(f"「{value}」は使えません。{'、'.join(FIGURE_NAMES)} のどれかです。")
    return _read_yen(value)


def _read_rate(value: object) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise wrong("割合は「2/3」のような分数で書いてください。")
    if value == 1:
        return Fraction(1)
    try:
        rate = parse_rate(str(value))
    except ValueError as fault:
        raise wrong(str(fault)) from fault
    if not 0 < rate <= 1:
        raise wrong(f"割合「{value}」は0より大きく1以下にしてください。")
    return rate


def _read_rate_or_figure(value: object) -> Fraction | str:
    return FIGURE_RATES if value == FIGURE_RATES else _read_rate(value)


def _read_answer(value: object) -> bool | int | str:
    if isinstance(value, bool | int | str) and value != "":
        return value
    raise wrong("値は true / false、整数、選択肢の値のどれかです。")


def _as_cases(value: object, key: str) -> object:
    """Return the long form of `rate: 1/2` and `cap: 450万円`: a list of one case."""
    if isinstance(value, list):
        return value
    cases = LocatedList()
    case = LocatedDict({key: value})
    cases.append(case)
    return cases


def _as_rate_cases(value: object) -> object:
    return _as_cases(value, "rate")


def _as_amount_cases(value: object) -> object:
    return _as_cases(value, "amount")


Id = Annotated[str, PlainValidator(_read_id)]
Text = Annotated[str, PlainValidator(_read_text)]
Word = Annotated[str, PlainValidator(_read_word)]
IsoDate = Annotated[str, PlainValidator(_read_date)]
Yen = Annotated[int, PlainValidator(_read_yen)]
YenOrFigure = Annotated[int | str, PlainValidator(_read_yen_or_figure)]
RateValue = Annotated[Fraction, PlainValidator(_read_rate)]
RateOrFigure = Annotated[Fraction | str, PlainValidator(_read_rate_or_figure)]
Answer = Annotated[bool | int | str, PlainValidator(_read_answer)]
AsRateCases = BeforeValidator(_as_rate_cases)
AsAmountCases = BeforeValidator(_as_amount_cases)
