"""What break-even and its inverse questions say in plain Japanese; costs are without tax."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from models.values.break_even import Ahead
from models.values.money import YenRange, about_man_text, man_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.planning.lever import Stays
    from models.values.break_even import Course, Courses, Crossing, Reach

_NEVER_BOTH = "この二つの案は両方が成り立つことはないため、どちらが多いかは比べません。"
_LOW, _HIGH = "少ない方の見込みでは、", "多い方の見込みでは、"
_BOTH_ENDS = "少ない方どうし、多い方どうしで比べると、"
_OPEN_HIGH = "多い方の見込みは経費の分け方しだいなので、どこで入れ替わるかは言えません。"


@dataclass(frozen=True, slots=True)
class _Words:
    """How one of two is said to be ahead, and how they are level or open."""

    ahead: str
    same: str
    open: str


_SUBSIDY = _Words(
    "{0}の補助額が{1}より多くなります。",
    "{0}と{1}の補助額は同じです。",
    "見込みの幅が重なり、{0}と{1}のどちらが多いかはまだ言えません。",
)
_BURDEN = _Words(
    "{0}のご自身の負担が{1}より少なくなります。",
    "{0}と{1}のご自身の負担は同じです。",
    "見込みの幅が重なり、{0}と{1}のどちらでご自身の負担が少ないかはまだ言えません。",
)


def break_even_sentences(
    label: str, names: tuple[str, str], subsidy: Courses | None, burden: Courses | None = None
) -> tuple[str, ...]:
    """Return what is sure first, then what the low and the high ends say where they differ.

    The own burden is told of where it does not follow from the subsidy. No courses are given where
    the scenarios cannot both hold.
    """
    if subsidy is None:
        return (_NEVER_BOTH,)
    told = _told(_Teller(label, names, _SUBSIDY), subsidy)
    return told if burden is None else (*told, *_told(_Teller(label, names, _BURDEN), burden))


@dataclass(frozen=True, slots=True)
class _Teller:
    """Says who is ahead along an amount."""

    label: str
    names: tuple[str, str]
    words: _Words

    def course(self, course: Course) -> list[str]:
        """Return a sentence for each change, or what is so at any amount."""
        always = f"{self.label}がいくらあっても、{self._state(course.begins)}"
        return [self._change(each) for each in told_crossings(course)] or [always]

    def _change(self, crossing: Crossing) -> str:
        return f"{self.label}が{_where(crossing)}と、{self._state(crossing.ahead)}"

    def _state(self, ahead: Ahead) -> str:
        first, second = self.names
        if ahead is Ahead.OPEN:
            return self.words.open.format(first, second)
        if ahead is Ahead.SAME:
            return self.words.same.format(first, second)
        if ahead is Ahead.FIRST:
            return self.words.ahead.format(first, second)
        return self.words.ahead.format(second, first)


def told_crossings(course: Course) -> tuple[Crossing, ...]:
    """Return the changes that a sentence is said of: of those at the same rounded amount the last.

    One after the other at the same amount would contradict itself.
    """
    told: list[Crossing] = []
    state = course.begins
    for each, following in zip_longest(course.crossings, course.crossings[1:]):
        is_last = following is None or _where(following) != _where(each)
        if is_last and each.ahead is not state:
            told.append(each)
            state = each.ahead
    return tuple(told) or course.crossings


def _where(crossing: Crossing) -> str:
    return f"税抜で{about_man_text(crossing.at)}を超える" if crossing.at else "少しでもある"


def _told(teller: _Teller, courses: Courses) -> tuple[str, ...]:
    surely, low, high = courses.surely, courses.low, courses.high
    told = teller.course(surely)
    if _decides(surely):
        return tuple(told)
    if high is not None and low.begins is high.begins and low.crossings == high.crossings:
        return (*told, *(f"{_BOTH_ENDS}{each}" for each in teller.course(low)))
    told += [f"{_LOW}{each}" for each in teller.course(low)]
    told += [_OPEN_HIGH] if high is None else [f"{_HIGH}{each}" for each in teller.course(high)]
    return tuple(told)


def _decides(surely: Course) -> bool:
    """Whether the ranges never overlap."""
    return Ahead.OPEN not in {surely.begins, *(each.ahead for each in surely.crossings)}


def stays_sentence(name: str, thing: str, stays: Stays, *, own: bool) -> str:
    """Return why the amount does not touch a scenario; `own` where it has expenses of its own."""
    if stays.instead is None:
        why = f"{name}には{thing}が入っていないため"
    elif own:
        why = f"{name}では{thing}を税抜{man_text(stays.instead)}に置きかえているため"
    else:
        why = f"{name}では{thing}は税抜{man_text(stays.instead)}のままなので"
    return f"{why}、この額を動かしても、補助もご自身の負担も変わりません。"


def beside_sentence(name: str, label: str, beside: int) -> str:
    """Return what else a scenario plans in the category that is varied."""
    return f"{name}では、{label}のほかに、この案だけの税抜{man_text(beside)}も数えています。"


def gap_sentence(name: str, plan: str, gap: int | None) -> str:
    """Return that sharings of the same sure amount differ, and by how much in today's plan."""
    if gap is None:
        differ = "ちがうことがあります。"
    elif gap:
        differ = f"{plan}では最大{about_man_text(gap)}ちがいます。"
    else:
        differ = f"{plan}では同じですが、ほかの額ではちがいます。"
    return (
        f"{name}では、少ない方の見込みが同じになる経費の分け方がいくつかあり、"
        f"多い方の見込みは分け方によって{differ}"
        "図の多い方の線は、いちばん多くなる分け方です。"
    )


def rough_sentence(name: str, rough: int) -> str:
    """Return how exact a line is that runs among countless small steps."""
    return (
        f"{name}では経費の分け方がとても多いため、図の線は曲がり角のあいだで最大{man_text(rough)}"
        "低いことがあり、それより小さな差では、どちらが多いかを言えません。"
    )


def bound_sentence(name: str) -> str:
    """Return what the line of a high end is that perhaps no sharing reaches."""
    return (
        f"{name}では経費の分け方がとても多いため、図の多い方の線は、"
        "どう分けてもこれより多くはならないという上限です。"
    )


def reach_sentences(found: Reach) -> Iterator[str]:
    """Return what is missing to be paid at all, and from where on nothing more is paid."""
    label, name = found.amount_label, found.scenario_label
    if found.missing is not None:
        missing = man_text(found.missing)
        yield f"{label}があと税抜で{missing}あると、{name}の補助が出る額に届きます。"
    if found.most is None or found.most_from_low is None:
        return
    low, high = found.most_from_low, found.most_from_high
    if high is None:
        if low:
            most = YenRange(found.most.low, found.most.low)
            yield f"{_LOW}{_most(label, name, low, most)}"
        return
    if not low and not high:
        yield f"{name}の補助は、{label}の額では変わりません。"
        return
    if low == high:
        yield _most(label, name, low, found.most)
        if found.today > low:
            beyond = about_man_text(found.today - low)
            yield f"{found.plan}は、その額を{beyond}超えています。"
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
