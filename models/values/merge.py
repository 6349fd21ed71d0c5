"""Merges two versions of a consultation field by field, against the one both came from.

What only one side changed is taken, and so is what both added to a list. What both changed
differently is a conflict, listed with all three values; the merged document then holds the
preferred side's.
"""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple, cast

from models.values.cash_file import KEY as CASH
from models.values.cash_file import OTHER_MONEY
from models.values.strict_json import JsonObject, JsonValue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LISTS = ("expenses", "scenarios")
OBJECTS = ("answers",)
LINES = ("notes",)
IGNORED = ("format", "version", "hand_over")

Side = list[JsonValue]
"""What a version holds at a path: nothing, a value, or neighbouring items of a list."""
TheirsAt = bool | frozenset[str]
"""Where the other side wins a conflict: everywhere, nowhere, or at these paths."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both sides changed, each in its own way."""

    path: str
    base: Side
    mine: Side
    theirs: Side


@dataclass(slots=True)
class Merge:
    """The merged document, the paths taken from the other side, and the conflicts."""

    document: JsonObject
    taken: list[str] = field(default_factory=list[str])
    conflicts: list[Conflict] = field(default_factory=list[Conflict])


class _Change(NamedTuple):
    """Items `start` to `end` of the base list became `items`."""

    start: int
    end: int
    items: Side


def merge_cases(
    base: JsonObject | None,
    mine: JsonObject,
    theirs: JsonObject,
    prefer_theirs: TheirsAt = False,
) -> Merge:
    """Merge two case documents; without a base everything that differs is a conflict.

    `prefer_theirs` tells of all conflicts, or names the paths of those, that the other side wins.
    """
    result = Merge(deepcopy(mine))
    merger = _Merger(result, prefer_theirs, has_base=base is not None)
    start = JsonObject() if base is None else base
    for key in _keys(start, mine, theirs):
        if key in IGNORED:
            continue
        if key in OBJECTS:
            parts = (_object(each.get(key)) for each in (start, mine, theirs))
            result.document[key] = merger.objects(key, *parts)
        elif key == CASH:
            parts = (_object(each.get(key)) for each in (start, mine, theirs))
            _put(result.document, key, merger.cash(*parts))
        elif key in LISTS:
            lists = (_list(each.get(key)) for each in (start, mine, theirs))
            result.document[key] = merger.lists(key, *lists)
        elif key in LINES:
            _put(result.document, key, merger.lines(key, start, mine, theirs))
        else:
            sides = (_given(each, key, without_base=base is None) for each in (start, mine, theirs))
            _put(result.document, key, merger.value(key, *sides))
    return result


@dataclass(frozen=True, slots=True)
class _Merger:
    result: Merge
    prefer_theirs: TheirsAt
    has_base: bool

    def value(self, path: str, base: Side, mine: Side, theirs: Side) -> Side:
        """Return what stands at a path after the merge."""
        if _same(mine, theirs) or _same(theirs, base):
            return mine
        if _same(mine, base):
            self.result.taken.append(path)
            return theirs
        return self._decided(Conflict(path, base, mine, theirs))

    def objects(
        self, path: str, base: JsonObject, mine: JsonObject, theirs: JsonObject
    ) -> JsonObject:
        """Return an object merged key by key."""
        merged = JsonObject()
        for key in _keys(mine, theirs, base):
            sides = (_side(each, key) for each in (base, mine, theirs))
            _put(merged, key, self.value(f"{path}.{key}", *sides))
        return merged

    def cash(self, base: JsonObject, mine: JsonObject, theirs: JsonObject) -> Side:
        """Return what was said about money: key by key, other money row by row."""
        sides = (base, mine, theirs)
        plain = (JsonObject((k, v) for k, v in each.items() if k != OTHER_MONEY) for each in sides)
        merged = self.objects(CASH, *plain)
        rows = (_list(each.get(OTHER_MONEY)) for each in sides)
        if money := self.lists(f"{CASH}.{OTHER_MONEY}", *rows):
            merged[OTHER_MONEY] = money
        return [merged] if merged else []

    def lines(self, path: str, base: JsonObject, mine: JsonObject, theirs: JsonObject) -> Side:
        """Return a text of several lines, merged line by line where the sides do not touch."""
        texts = [_side(each, path) for each in (base, mine, theirs)]
        if _same(texts[1], texts[2]) or any(_same(each, texts[0]) for each in texts[1:]):
            return self.value(path, *texts)
        split = [str(text[0]).split("\n") if text and text[0] else [] for text in texts]
        parts = cast("list[Side]", split)
        attempt = _Merger(Merge(JsonObject()), prefer_theirs=False, has_base=self.has_base)
        merged = attempt.lists(path, *parts)
        if attempt.result.conflicts:
            return self._decided(Conflict(path, *texts))
        self.result.taken.append(path)
        return ["\n".join(map(str, merged))]

    def lists(self, path: str, base: Side, mine: Side, theirs: Side) -> Side:
        """Return a list merged by items: each side's changes where they do not touch."""
        merged: Side = []
        place = 0
        for ours, others in _touching(_changes(base, mine), _changes(base, theirs)):
            start = min(change.start for change in (*ours, *others))
            end = max(change.end for change in (*ours, *others))
            merged += base[place:start]
            sides = (base[start:end], _applied(base, start, end, ours))
            merged += self._region(f"{path}[{start}]", *sides, _applied(base, start, end, others))
            place = end
        return deepcopy([*merged, *base[place:]])

    def _region(self, path: str, base: Side, mine: Side, theirs: Side) -> Side:
        if len(base) == len(mine) == len(theirs) and all(
            isinstance(item, dict) for side in (base, mine, theirs) for item in side
        ):
            stem, start = path[:-1].rsplit("[", 1)
            return [
                self.objects(f"{stem}[{int(start) + index}]", *map(_object, items))
                for index, items in enumerate(zip(base, mine, theirs, strict=True))
            ]
        if self.has_base and not base and mine and theirs:
            new = [item for item in theirs if not any(_same([item], [own]) for own in mine)]
            self.result.taken += [path] if new else []
            return mine + new
        return self.value(path, base, mine, theirs)

    def _decided(self, conflict: Conflict) -> Side:
        self.result.conflicts.append(conflict)
        theirs = self.prefer_theirs
        wins = theirs if isinstance(theirs, bool) else conflict.path in theirs
        return conflict.theirs if wins else conflict.mine


def _changes(old: Side, new: Side) -> list[_Change]:
    """Return what turns one list into another, in order."""
    matcher = SequenceMatcher(
        None, [_text(i) for i in old], [_text(i) for i in new], autojunk=False
    )
    return [
        _Change(old_start, old_end, new[new_start:new_end])
        for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes()
        if tag != "equal"
    ]


def _touching(
    mine: Sequence[_Change], theirs: Sequence[_Change]
) -> Iterator[tuple[list[_Change], list[_Change]]]:
    """Yield groups of changes of both sides that overlap or meet, in order."""
    todo = sorted(
        [(change.start, change.end, 0, change) for change in mine]
        + [(change.start, change.end, 1, change) for change in theirs],
        key=lambda each: each[:3],
    )
    group: tuple[list[_Change], list[_Change]] = ([], [])
    reach = -1
    for start, end, side, change in todo:
        touches = start < reach or (start == reach and bool(group[1 - side]))
        if (group[0] or group[1]) and not touches:
            yield group
            group = ([], [])
            reach = -1
        group[side].append(change)
        reach = max(reach, end)
    if group[0] or group[1]:
        yield group


def _applied(base: Side, start: int, end: int, changes: Sequence[_Change]) -> Side:
    """Return the part of the base from `start` to `end` with one side's changes made."""
    parts: Side = []
    place = start
    for change in changes:
        parts += base[place : change.start]
        parts += change.items
        place = change.end
    return [*parts, *base[place:end]]


def _text(value: JsonValue) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _same(one: Side, other: Side) -> bool:
    return _text(one) == _text(other)


def _keys(*objects: JsonObject) -> list[str]:
    return list(dict.fromkeys(key for each in objects for key in each))


def _side(source: JsonObject, key: str) -> Side:
    return [source[key]] if key in source else []


def _given(source: JsonObject, key: str, *, without_base: bool) -> Side:
    """Return a value; without a base an empty text counts as none, so that a filled one wins."""
    side = _side(source, key)
    return [] if without_base and side == [""] else side


def _put(target: JsonObject, key: str, side: Side) -> None:
    if side:
        target[key] = deepcopy(side[0])
    else:
        target.pop(key, None)


def _object(value: JsonValue) -> JsonObject:
    return value if isinstance(value, JsonObject) else JsonObject(cast("JsonObject", value or {}))


def _list(value: JsonValue) -> Side:
    return value if isinstance(value, list) else []
