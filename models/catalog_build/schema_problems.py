"""Turns what pydantic finds into problems: a Japanese sentence and the line in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.catalog_build.yaml_source import LocatedDict, LocatedList, PathPart, Place
from models.values.problems import Problem, Severity

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_NOTHING = object()
_REASONS = {
    "missing": "この項目がありません。書いてください。",
    "extra_forbidden": "この項目は使えません。綴りと置き場所を確かめてください。",
    "string_type": "文字を書いてください。",
    "int_type": "整数を書いてください。",
    "bool_type": "true か false を書いてください。",
    "list_type": "一覧（[…] か「- 」の並び）で書いてください。",
    "dict_type": "「項目: 値」の形で書いてください。",
    "model_type": "「項目: 値」の形で書いてください。",
    "too_short": "{min_length}個以上書いてください。",
    "greater_than_equal": "{ge}以上で書いてください。",
    "less_than_equal": "{le}以下で書いてください。",
}


def schema_problems(fault: ValidationError, data: object, place: Place) -> list[Problem]:
    """Return one problem an error; `data` is what was validated, `place` where it stands."""
    found = [_problem(error, data, place) for error in fault.errors(include_url=False)]
    return list(dict.fromkeys(found))


def _problem(error: ErrorDetails, data: object, place: Place) -> Problem:
    location = error["loc"]
    is_missing = error["type"] == "missing"
    followed = _follow(data, location[:-1] if is_missing else location)
    path = (*followed, location[-1]) if is_missing else followed
    here = Place(place.file, (*place.path, *path), _line(data, followed, place.line))
    return here.problem(_reason(error), Severity.CRITICAL)


def _follow(node: object, location: tuple[PathPart, ...]) -> tuple[PathPart, ...]:
    """Return the parts of pydantic's location that are keys and indices of the data.

    The others name its own alternatives; such a name may look like a key, so both ways are tried
    and the one that reaches the last part, then the longer one, is taken.
    """
    if not location:
        return ()
    part, rest = location[0], location[1:]
    without = _follow(node, rest)
    inside = _part(node, part)
    if inside is _NOTHING:
        return without
    with_part = (part, *_follow(inside, rest))
    last = location[-1]
    return max(with_part, without, key=lambda way: (way[-1:] == (last,), len(way)))


def _part(node: object, part: PathPart) -> object:
    if isinstance(node, LocatedDict):
        return node.get(str(part), _NOTHING)
    if isinstance(node, LocatedList) and isinstance(part, int) and part < len(node):
        return node[part]
    return _NOTHING


def _line(node: object, path: tuple[PathPart, ...], line: int) -> int:
    for part in path:
        if isinstance(node, LocatedDict | LocatedList):
            line = node.place.lines.get(part, line)
        node = _part(node, part)
    return line


def _reason(error: ErrorDetails) -> str:
    kind, context = error["type"], dict[str, Any](error.get("ctx", {}))
    if kind == "catalog":
        return error["msg"]
    if kind == "extra_forbidden" and error["input"] is None:
        return f"{_REASONS[kind]}カンマを含む値は引用符で囲みます。"
    if kind == "string_pattern_mismatch":
        allowed = str(context["pattern"]).strip("^$()").replace("|", "、")
        return f"「{error['input']}」は使えません。{allowed} のどれかです。"
    template = _REASONS.get(kind)
    return template.format(**context) if template else f"形が違います（{error['msg']}）。"
