"""What break-even and its inverse questions say in plain Japanese; costs are without tax."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.values.break_even import Ahead, Course
from models.values.money import YenRange, about_man_text, man_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.values.break_even import Crossing, Reach

_NEVER_BOTH = "この二つの案は両方が成り立つことはないため、どちらが多いかは比べません。"
_LOW, _HIGH = "少ない方の見込みでは、", "多い方の見込みでは、"


def break_even_sentences(
    label: str, names: tuple[str, str], courses: tuple[Course, Course, Course] | None
) -> tuple[str, ...]:
    """Return what is sure first, then what the low and the high ends say where they differ.

    `courses` are what is surely so, the low ends' and the high ends'; `None` where the scenarios
    cannot both hold.
    """
    if courses is None:
        return (_NEVER_BOTH,)
    surely, low, high = courses
    told = [_change(label, names, each) for each in surely.crossings]
    if not told:
        told = [f"{label}がいくらあっても、{_state(names, surely.begins)}"]
    if _decides(surely):
        return tuple(told)
    if low.begins is high.begins and low.crossings == high.crossings:
        both = [_change(label, names, each) for each in low.crossings]
        words = both or [f"{label}がいくらあっても、{_state(names, low.begins)}"]
        return (*told, *(f"少ない方どうし、多い方どうしで比べると、{each}" for each in words))
    for course, ends in ((low, _LOW), (high, _HIGH)):
        told += [f"{ends}{_change(label, names, each)}" for each in course.crossings]
        if not course.crossings:
            told.append(f"{ends}{label}がいくらあっても、{_state(names, course.begins)}")
    return tuple(told)


def _decides(surely: Course) -> bool:
    """Whether the ranges never overlap."""
    return Ahead.OPEN not in {surely.begins, *(each.ahead for each in surely.crossings)}


def _change(label: str, names: tuple[str, str], crossing: Crossing) -> str:
    where = f"税抜で{about_man_text(crossing.at)}を超える" if crossing.at else "少しでもある"
    return f"{label}が{where}と、{_state(names, crossing.ahead)}"


def _state(names: tuple[str, str], ahead: Ahead) -> str:
    first, second = names
    if ahead is Ahead.OPEN:
        return f"見込みの幅が重なり、{first}と{second}のどちらが多いかはまだ言えません。"
    if ahead is Ahead.SAME:
        return f"{first}と{second}の補助額は同じです。"
    if ahead is Ahead.FIRST:
        first, second = second, first
    return f"{second}の補助額が{first}より多くなります。"


def reach_sentences(found: Reach) -> Iterator[str]:
    """Return what is missing to be paid at all, and from where on nothing more is paid."""
    label, name = found.amount_label, found.scenario_label
    if found.missing is not None:
        missing = man_text(found.missing)
        yield f"{label}があと税抜で{missing}あると、{name}の補助が出る額に届きます。"
    if found.most is None or found.most_from_low is None or found.most_from_high is None:
        return
    low, high = found.most_from_low, found.most_from_high
    if not low and not high:
        yield f"{name}の補助は、{label}の額では変わりません。"
        return
    if low == high:
        yield _most(label, name, low, found.most)
        if found.today > low:
            beyond = about_man_text(found.today - low)
            yield f"今の計画は、その額を{beyond}超えています。"
        return
    for at, amount, ends in ((low, found.most.low, _LOW), (high, found.most.high, _HIGH)):
        if at:
            yield f"{ends}{_most(label, name, at, YenRange(amount, amount))}"


def _most(label: str, name: str, at: int, most: YenRange) -> str:
    words = about_man_text(most.low)
    if not most.is_certain:
        words = f"{words}〜{about_man_text(most.high)}"
    where = f"{label}が税抜で{about_man_text(at)}を超えると"
    return f"{where}、{name}の補助（{words}）はそれ以上ふえません。"
