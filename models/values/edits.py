"""Undo steps: one committed field or one paste, as the smallest part of a case that it changed."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from models.values.case_file import case_document
from models.values.cash_file import KEY as CASH
from models.values.cash_file import cash_terms
from models.values.consultation import Consultation, Expense, Scenario, TaxMode
from models.values.strict_json import JsonObject, JsonValue

if TYPE_CHECKING:
    from collections.abc import Collection

LIST_PLACE = re.compile(r"(expenses|scenarios)\[([0-9]+)\](?:\.(.+))?")
ANSWERS = "answers"
OBJECTS = (ANSWERS, CASH)
"""Keys below which a single changed key is the step."""
LISTS = ("expenses", "scenarios")

Side = list[JsonValue]
"""What stands at a path: nothing, one value, or the neighbouring items of a list."""


class StaleEditError(ValueError):
    """The consultation does not hold what the edit is about to replace."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One undo step: what stood at `path` of the case document before and after.

    | path | sides |
    | --- | --- |
    | `title`, `cash.own_funds`, `expenses[2].amount` | the value; empty: absent |
    | `expenses[2]`, `scenarios[0]` | the items from that index on; empty: inserted or deleted |
    | `answers`, `cash`, `` (several keys) | one object with the changed keys that stood there |

    `label` says in Japanese what was done. Answers to retired questions count as answers; nobody
    edits them.
    """

    path: str
    before: Side
    after: Side
    label: str


def edit_between(old: Consultation, new: Consultation, label: str) -> Edit | None:
    """Return the step that leads from `old` to `new`, None when nothing changed."""
    before, after = _changes(case_document(old), case_document(new))
    changed = before.keys() | after.keys()
    if not changed:
        return None
    path = ""
    if len(changed) == 1 and (place := next(iter(changed))) in OBJECTS:
        path = place
        before, after = _changes(_part(before, place), _part(after, place))
        changed = before.keys() | after.keys()
    if len(changed) > 1:
        return Edit(path, [before], [after], label)
    (key,) = changed
    if not path and key in LISTS:
        return _list_edit(key, _list(before[key]), _list(after[key]), label)
    return Edit(f"{path}.{key}" if path else key, _side(before, key), _side(after, key), label)


def apply(consultation: Consultation, edit: Edit, *, backwards: bool = False) -> Consultation:
    """Return the consultation with the edit made, or taken back when `backwards`.

    Raises `StaleEditError` when the consultation does not hold what the edit replaces.
    """
    document = apply_to_document(case_document(consultation), edit, backwards=backwards)
    return _consultation(document, consultation.ignored_answers.keys())


def apply_to_document(document: JsonObject, edit: Edit, *, backwards: bool = False) -> JsonObject:
    """Do the same to a case document, which is changed in place and returned."""
    old, new = (edit.after, edit.before) if backwards else (edit.before, edit.after)
    stem, _, key = edit.path.partition(".")
    if edit.path in {"", *OBJECTS}:
        target = _opened(document, edit.path) if edit.path else document
        before, after = _object(old[0]), _object(new[0])
        for key in before.keys() | after.keys():
            _replace(target, key, _side(before, key), _side(after, key))
    elif place := LIST_PLACE.fullmatch(edit.path):
        items, index, name = _list(document[place[1]]), int(place[2]), place[3]
        if name is not None:
            _replace(_object(_item(items, index)), name, old, new)
        elif index <= len(items) and _same(items[index : index + len(old)], old):
            items[index : index + len(old)] = deepcopy(new)
        else:
            raise StaleEditError(edit.path)
    elif stem in OBJECTS:
        _replace(_opened(document, stem), key, old, new)
    else:
        _replace(document, edit.path, old, new)
    if document.get(CASH) == {}:
        del document[CASH]
    return document


def _changes(old: JsonObject, new: JsonObject) -> tuple[JsonObject, JsonObject]:
    """Return the keys that differ, with what stood on either side."""
    before = JsonObject((k, v) for k, v in old.items() if k not in new or not _same(new[k], v))
    after = JsonObject((k, v) for k, v in new.items() if k not in old or not _same(old[k], v))
    return before, after


def _list_edit(key: str, old: list[JsonValue], new: list[JsonValue], label: str) -> Edit:
    """Return the step between two lists: what is equal at both ends stays out of it."""
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and _same(old[start], new[start]):
        start += 1
    end = 0
    while end < shorter - start and _same(old[-1 - end], new[-1 - end]):
        end += 1
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    path = f"{key}[{start}]"
    if (
        len(before) == len(after) == 1
        and isinstance(before[0], dict)
        and isinstance(after[0], dict)
    ):
        removed, added = _changes(before[0], after[0])
        changed = removed.keys() | added.keys()
        if len(changed) == 1:
            (name,) = changed
            return Edit(f"{path}.{name}", _side(removed, name), _side(added, name), label)
    return Edit(path, before, after, label)


def _same(one: JsonValue, other: JsonValue) -> bool:
    """Whether two JSON values are equal; true and 1 are not."""
    if isinstance(one, bool) is not isinstance(other, bool):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return one == other


def _replace(target: JsonObject, key: str, old: Side, new: Side) -> None:
    if not _same(_side(target, key), old):
        raise StaleEditError(key)
    if new:
        target[key] = deepcopy(new[0])
    else:
        target.pop(key, None)


def _part(source: JsonObject, key: str) -> JsonObject:
    """Return the object below a key; nothing was said where there is none."""
    return _object(source[key]) if key in source else JsonObject()


def _opened(document: JsonObject, key: str) -> JsonObject:
    """Return the object below a key of the document itself, made where there was none."""
    return _object(document.setdefault(key, JsonObject()))


def _side(source: JsonObject, key: str) -> Side:
    return [source[key]] if key in source else []


def _item(items: list[JsonValue], index: int) -> JsonValue:
    if index >= len(items):
        raise StaleEditError(index)
    return items[index]


def _object(value: JsonValue) -> JsonObject:
    if not isinstance(value, dict):
        raise StaleEditError
    return value


def _list(value: JsonValue) -> list[JsonValue]:
    if not isinstance(value, list):
        raise StaleEditError
    return value


def _consultation(document: JsonObject, ignored: Collection[str]) -> Consultation:
    """Return the consultation of a document that one of our own consultations gave."""
    fields = cast("dict[str, Any]", dict(document))
    answers = fields["answers"]
    return Consultation(
        title=fields["title"],
        consulted_on=fields.get("consulted_on"),
        office=fields["office"],
        advisor=fields["advisor"],
        notes=fields["notes"],
        answers={key: value for key, value in answers.items() if key not in ignored},
        expenses=tuple(_expense(item) for item in fields["expenses"]),
        scenarios=tuple(_scenario(item) for item in fields["scenarios"]),
        cash=cash_terms(fields.get(CASH, {})),
        ignored_answers={key: value for key, value in answers.items() if key in ignored},
    )


def _expense(fields: dict[str, Any]) -> Expense:
    return replace(Expense(**fields), tax=TaxMode(fields["tax"]))


def _scenario(value: Any) -> Scenario:
    if isinstance(value, str):
        return Scenario((value,))
    expenses = value.get("expenses")
    return Scenario(
        frames=tuple(value["frames"]),
        name=value.get("name"),
        answers=dict(value.get("answers", {})),
        expenses=None if expenses is None else tuple(_expense(item) for item in expenses),
    )
