"""Turns what pydantic finds into problems: a Japanese sentence and the line in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.catalog_build.yaml_source import LocatedDict, LocatedList, Place
from models.values.problems import Problem, Severity

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_REASONS = {
    "missing": "この項目がありません。書いてください。",
    "extra_forbidden": "この項目は使えません。綴りと置き場所を確かめてください。",
    "string_type": "文字を書いてください。",
    "int_type": "整数を書いてください。",
    "bool_type": "true か false を書いてください。",
    "list_type": "一覧（[…] か「- 」の並び）で書いてください。",
    "dict_type": "「項目: 値」の形で書いてください。",
    "model_type": "「項目: 値」の形で書いてください。",
    "model_attributes_type": "「項目: 値」の形で書いてください。",
}


def schema_problems(fault: ValidationError, data: object, place: Place) -> list[Problem]:
    """Return one problem an error; `data` is what was validated, `place` where it stands."""
    found = [_problem(error, data, place) for error in fault.errors(include_url=False)]
    return list(dict.fromkeys(found))


def _problem(error: ErrorDetails, data: object, place: Place) -> Problem:
    """Follow the error's location through the data; parts that are not in it are pydantic's own."""
    path, line, node = place.path, place.line, data
    for part in error["loc"]:
        if isinstance(node, LocatedDict) and part in node:
            line = node.place.lines.get(part, line)
            node = node[str(part)]
        elif isinstance(node, LocatedList) and isinstance(part, int) and part < len(node):
            line = node.place.lines.get(part, line)
            node = node[part]
        else:
            continue
        path = (*path, part)
    if error["type"] == "missing":
        path = (*path, str(error["loc"][-1]))
    here = Place(place.file, path, line)
    return here.problem(_reason(error), Severity.CRITICAL)


def _reason(error: ErrorDetails) -> str:
    kind, context = error["type"], dict[str, Any](error.get("ctx", {}))
    if kind == "catalog":
        return error["msg"]
    if kind == "string_pattern_mismatch":
        allowed = str(context["pattern"]).strip("^$()").replace("|", "、")
        return f"「{error['input']}」は使えません。{allowed} のどれかです。"
    if kind == "too_short":
        return f"{context['min_length']}個以上書いてください。"
    if kind == "greater_than_equal":
        return f"{context['ge']}以上で書いてください。"
    if kind == "less_than_equal":
        return f"{context['le']}以下で書いてください。"
    return _REASONS.get(kind, f"形が違います（{error['msg']}）。")
