"""Every figure of the catalog stands in the line of the source that it cites.

`source_numbers.json` holds the numbers (no words) of each line of the source text. It was made with
`numbers_of` below from the lines as `cat -n` counts them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PROGRAMS = sorted((ROOT / "resources" / "catalog" / "programs").glob("*.yaml"))
DOCUMENT = "r3-gaisan-yokyu"
WIDE = str.maketrans("０１２３４５６７８９，．／", "0123456789,./")
NUMBER = re.compile(r"\d{2}-\d{4}-\d{4}|(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:/\d+)?")
FIGURE_KEYS = (
    "rate", "amount", "previous", "phone", "text", "sentence",
    "cap", "minimum", "running_cap", "up_to", "each", "at_most",
)  # fmt: skip
PROSE_KEYS = ("who", "what_for", "route", "plain_name", "special", "targets")
FIXED_PART_RATE = "1/1"  # 定額補助: the source says that it is paid in full, in words
COUNTER = "1"  # 「1者あたり」「1年」 in a sentence is a counter, not a figure


def numbers_of(text):
    """Return the numbers of a text, half-width and without thousands separators."""
    return [number.replace(",", "") for number in NUMBER.findall(str(text).translate(WIDE))]


NUMBERS = {
    int(line): set(numbers)
    for line, numbers in json.loads(
        Path(__file__).with_name("source_numbers.json").read_text(encoding="utf-8")
    ).items()
}


def parts_of(data):
    """Yield every mapping inside."""
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from parts_of(value)
    elif isinstance(data, list):
        for value in data:
            yield from parts_of(value)


def cited_line(part):
    """Return the line of the source text that a part cites, None when it cites another text."""
    source = part.get("source")
    if not isinstance(source, dict) or source.get("document", DOCUMENT) != DOCUMENT:
        return None
    return source.get("line")


def figures_of(part):
    """Yield the numbers that a part states under its own source."""
    for key in FIGURE_KEYS:
        value = part.get(key)
        if not isinstance(value, str) or value.startswith("figures.") or value == FIXED_PART_RATE:
            continue
        written_in_prose = key == "text" and part.get("amount") != 0
        if not written_in_prose:
            yield from numbers_of(value)


def lines_of(entry):
    """Return every line that an entry cites."""
    cited = {part["line"] for part in parts_of(entry) if "line" in part}
    return {line for line in cited if isinstance(line, int)}


def prose_of(entry):
    """Yield the sentences of an entry that a reader takes for facts."""
    for key in PROSE_KEYS:
        value = entry.get(key, [])
        yield from [value] if isinstance(value, str) else value
    for part in parts_of([entry.get("budget"), entry.get("figures")]):
        yield from (part[key] for key in ("text", "when") if isinstance(part.get(key), str))


def read(file):
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def numbers_in(lines):
    return set().union(*(NUMBERS.get(line, set()) for line in lines))


ENTRIES = {entry["id"]: entry for file in PROGRAMS for entry in read(file).get("entries", [])}
NOTES = {note["id"]: note for file in PROGRAMS for note in read(file).get("notes", [])}


@pytest.mark.parametrize("file", PROGRAMS, ids=lambda file: file.stem)
def test_every_figure_stands_in_its_cited_line(file):
    missing = [
        (line, number, part)
        for part in parts_of(read(file))
        if (line := cited_line(part)) is not None
        for number in figures_of(part)
        if number not in NUMBERS.get(line, set())
    ]
    assert missing == []


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_every_number_of_the_prose_stands_in_a_line_that_the_entry_cites(entry):
    known = numbers_in(lines_of(entry)) | {COUNTER}
    strange = [(n, text) for text in prose_of(entry) for n in numbers_of(text) if n not in known]
    assert strange == []


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_what_a_note_shows_holds_no_number_beyond_the_source(note):
    lines = set().union(*(lines_of(ENTRIES[entry]) for entry in note["entries"]))
    known = numbers_in(lines | lines_of(note)) | {COUNTER}
    texts = (note["shown"], note["confirm"])
    assert [number for text in texts for number in numbers_of(text) if number not in known] == []


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_every_figure_and_phone_names_its_line(entry):
    figures = entry.get("figures", {})
    cited = [
        *figures.get("rates", []),
        *(figure for key, figure in figures.items() if key != "rates" and figure),
        *entry.get("contacts", []),
        *([entry["budget"]] if "budget" in entry else []),
    ]
    assert [figure for figure in cited if cited_line(figure) is None] == []


def test_the_numbers_hold_what_the_source_is_known_to_say():
    assert {"1/2", "225"} <= NUMBERS[365]
    assert {"2/3", "200"} == NUMBERS[381]
    assert "03-3501-5803" in NUMBERS[342]
    assert {"10.0", "9.8"} <= NUMBERS[873]
