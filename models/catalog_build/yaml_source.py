"""Reads catalog YAML into plain data in which every mapping and list knows its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from models.values.problems import Problem, Severity

if TYPE_CHECKING:
    from pathlib import Path

Scalar = str | int | bool | None
PathPart = str | int
_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[+-]?(0|[1-9][0-9_]*)")
_DECIMAL = re.compile(
    r"[+-]?([0-9][0-9_]*\.[0-9_]*|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?[0-9]+[eE][+-]?[0-9]+"
)
LARGEST_FILE = 5_000_000
DEEPEST = 40
MOST_PARTS = 500_000
MOST_DIGITS = 24
_WORDS: dict[str, Scalar] = {
    "true": True, "True": True, "false": False, "False": False,
    "null": None, "~": None, "": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: file (relative to the catalog folder), path of fields, lines."""

    file: str
    path: tuple[PathPart, ...] = ()
    line: int = 0
    lines: dict[PathPart, int] = field(default_factory=dict[PathPart, int])
    """Key or index -> line of that part."""

    def problem(self, reason: str, severity: Severity, *parts: PathPart) -> Problem:
        """Return a problem here or at a part of this."""
        line = self.lines.get(parts[0], self.line) if parts else self.line
        return Problem(self.file, path_text((*self.path, *parts)), reason, severity, line)


class LocatedDict(dict[str, object]):
    """A mapping that knows its place."""

    place: Place = Place("")


class LocatedList(list[object]):
    """A list that knows its place."""

    place: Place = Place("")


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A text of the file (key or value) and where it stands."""

    text: str
    place: Place


def path_text(path: tuple[PathPart, ...]) -> str:
    """Return `entries[0].figures.rates` for ("entries", 0, "figures", "rates")."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text


@dataclass(slots=True)
class SourceFile:
    """One file of the catalog: its data, its texts and what is wrong with its form."""

    name: str
    data: object = None
    texts: list[TextPlace] = field(default_factory=list[TextPlace])
    problems: list[Problem] = field(default_factory=list[Problem])


def read_yaml(folder: Path, file: Path) -> SourceFile:
    """Read one file; faults of its form become problems of the returned value."""
    source = SourceFile(file.relative_to(folder).as_posix())
    try:
        if file.stat().st_size > LARGEST_FILE:
            return _refused(source, f"大きすぎます（{LARGEST_FILE:,}バイトまで）。")
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        reason = f"読めません。UTF-8の文字のファイルにしてください（{fault}）。"
        return _refused(source, reason)
    try:
        if reason := _form_problem(text):
            return _refused(source, reason)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 0
        what = getattr(fault, "problem", None) or str(fault)
        reason = (
            f"YAMLとして読めません（{what}）。字下げ、引用符、コロンの後の空白を確かめてください。"
        )
        return _refused(source, reason, line)
    if node is not None:
        source.data = _Converter(source).convert(node, ())
    return source


def _refused(source: SourceFile, reason: str, line: int = 0) -> SourceFile:
    source.problems.append(Problem(source.name, "", reason, Severity.CRITICAL, line))
    return source


def _form_problem(text: str) -> str:
    """Return why composing the text would not end well: nesting and references multiply there.

    A reference counts as much as what it stands for; the composer would follow each of them.
    """
    depth = 0
    sizes: dict[str | None, int] = {}
    opened: list[tuple[str | None, int]] = []
    count = 0
    for event in yaml.parse(text, Loader=_Loader):
        count += 1
        if isinstance(event, yaml.AliasEvent):
            count += sizes.get(event.anchor, 0)
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            opened.append((event.anchor, count))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            anchor, start = opened.pop()
            if anchor is not None:
                sizes[anchor] = count - start
        if depth > DEEPEST:
            return f"入れ子が深すぎます（{DEEPEST}段まで）。"
        if count > MOST_PARTS:
            return f"中身が多すぎます（参照の先を含めて{MOST_PARTS:,}個まで）。"
    return ""


class _Converter:
    """Turns composed nodes into data and collects texts and faults on the way."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._open: set[int] = set()

    def convert(self, node: yaml.Node, path: tuple[PathPart, ...]) -> object:
        """Return the data of a node; `path` tells where it stands."""
        line = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, Place(self._source.name, path, line))
        if id(node) in self._open:
            self._fault(Place(self._source.name, path, line), "自分自身を含む参照（&と*）です。")
            return None
        self._open.add(id(node))
        try:
            if isinstance(node, yaml.MappingNode):
                return self._mapping(node, path, line)
            return self._list(node, path, line)
        finally:
            self._open.discard(id(node))

    def _mapping(
        self, node: yaml.MappingNode, path: tuple[PathPart, ...], line: int
    ) -> LocatedDict:
        data = LocatedDict()
        data.place = place = Place(self._source.name, path, line)
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._fault(place, "項目名は文字だけで書いてください。")
                continue
            key = str(key_node.value)
            key_line = key_node.start_mark.line + 1
            if key in data:
                here = Place(self._source.name, (*path, key), key_line)
                self._fault(here, f"項目「{key}」が二度書かれています。一つにしてください。")
                continue
            place.lines[key] = key_line
            self._source.texts.append(TextPlace(key, Place(self._source.name, path, key_line)))
            data[key] = self.convert(value_node, (*path, key))
        return data

    def _list(self, node: yaml.Node, path: tuple[PathPart, ...], line: int) -> LocatedList:
        data = LocatedList()
        data.place = place = Place(self._source.name, path, line)
        for index, item in enumerate(node.value):
            place.lines[index] = item.start_mark.line + 1
            data.append(self.convert(item, (*path, index)))
        return data

    def _scalar(self, node: yaml.ScalarNode, place: Place) -> Scalar:
        text = str(node.value)
        if not node.style:  # plain, neither quoted nor a block
            if text in _WORDS:
                return _WORDS[text]
            if _INT.fullmatch(text):
                if len(text) > MOST_DIGITS:
                    self._fault(place, f"数が大きすぎます（{MOST_DIGITS}文字まで）。")
                    return None
                return int(text.replace("_", ""))
            if _DECIMAL.fullmatch(text):
                reason = (
                    f"小数「{text}」は使えません。金額は「450万円」や円の整数、割合は「2/3」、"
                    "文字なら引用符で囲んで書いてください。"
                )
                self._fault(place, reason)
                return None
        self._source.texts.append(TextPlace(text, place))
        return text

    def _fault(self, place: Place, reason: str) -> None:
        self._source.problems.append(place.problem(reason, Severity.CRITICAL))
