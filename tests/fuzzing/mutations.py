"""Broken relatives of sound inputs: of bytes, of JSON documents and of texts in lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

TOKENS = tuple(
    token.encode("utf-8", "surrogatepass")
    for token in (
        *'{}[],:"\\-',
        *("null", "true", "NaN", "-Infinity", "1e400", "-0", "1.5", "0x10", "1_000", "９９"),
        *("9" * 30, "9" * 5000, "[" * 3000, '{"a":' * 3000, "- " * 500, "&a ", "*a", "<<: *a"),
        *("\0", "\t", "\n", "\r\n", '"', "'", "'''", "#", "|\n", ">\n", "!!python/object:os ", "%"),
        *(
            "\ufeff",
            "\ufffe",
            "\u202e",
            "\u2028",
            "\ud800",
            "⺠",
            "①",
            "㈱",
            "\U0001f600",
            "が" * 300,
        ),
        *("￥1,000", "1千万円", "450万", "-1", "2021-13-45", "99999999999999", "0.5円", "二割"),
    )
)
ODD_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 18, 10**13, 10**13 + 1, -(10**18), 10**30, 1.5, 1e308),
    *("", " ", "a" * 2000, "\0", "\ud800", "2021-02-30", "included", "48", "はい"),
    *([], {}, [[]], [None], {"": None}, {"a": {"a": {}}}, [1] * 300),
)


def mutated_bytes(data: bytes, others: Sequence[bytes], rng: Random) -> bytes:
    """Return `data` changed in a few places: flipped, cut, doubled, mixed with others, tokens."""
    changed = bytearray(data)
    for _ in range(1 << rng.randrange(4)):
        place = rng.randrange(len(changed) + 1)
        length = 1 << rng.randrange(8)
        match rng.randrange(7):
            case 0 if changed:
                changed[place % len(changed)] ^= 1 << rng.randrange(8)
            case 1:
                del changed[place : place + length]
            case 2:
                changed[place:place] = changed[place : place + length] * (1 + rng.randrange(4))
            case 3:
                other = rng.choice(others)
                start = rng.randrange(len(other) + 1)
                changed[place : place + rng.choice((0, length))] = other[start : start + length]
            case 4:
                changed[place:place] = rng.choice(TOKENS)
            case 5:
                del changed[place:]
            case _:
                changed[place : place + 1] = rng.randbytes(rng.randrange(4))
    return bytes(changed)


def grown_bytes(data: bytes, _others: Sequence[bytes], rng: Random) -> bytes:
    """Return an input that is far too long in one place."""
    token = rng.choice(TOKENS)
    place = rng.choice((0, 0, rng.randrange(len(data) + 1)))
    part = rng.choice((token, token, data[place : place + 40] or token))
    return (
        data[:place]
        + part * min(rng.choice((30, 1000, 100_000)), 300_000 // len(part))
        + data[place:]
    )


def mutated_json(data: bytes, others: Sequence[bytes], rng: Random) -> bytes:
    """Return a JSON document with a few of its values and keys changed; else changed bytes."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return mutated_bytes(data, others, rng)
    for _ in range(1 + rng.randrange(3)):
        document = _mutated(document, rng)
    text = json.dumps(document, ensure_ascii=rng.random() < 0.5)
    return text.encode("utf-8", rng.choice(("surrogatepass", "replace")))


def _mutated(value: Any, rng: Random) -> Any:
    """Return a value with something in it changed; deeper places as often as higher ones."""
    goes_deeper = rng.random() < 0.9
    if isinstance(value, dict) and value and goes_deeper:
        return _mutated_object(value, rng)
    if isinstance(value, list) and value and goes_deeper:
        return _mutated_list(value, rng)
    if isinstance(value, int) and not isinstance(value, bool) and rng.random() < 0.5:
        return value + rng.choice((1, -1, -value, 10**12, 10**18))
    if isinstance(value, str) and value and rng.random() < 0.4:
        place = rng.randrange(len(value))
        token = rng.choice(TOKENS).decode("utf-8", "surrogatepass")
        return value[:place] + token + value[place:]
    return rng.choice(ODD_VALUES)


def _mutated_object(value: dict[str, Any], rng: Random) -> dict[str, Any]:
    key = rng.choice(sorted(value))
    match rng.randrange(8):
        case 0:
            return {each: one for each, one in value.items() if each != key}
        case 1:
            return {**value, rng.choice((key.upper(), "x", "", "\ud800")): value[key]}
        case 2:
            return {**value, key: value[rng.choice(sorted(value))]}
    return {**value, key: _mutated(value[key], rng)}


def _mutated_list(value: list[Any], rng: Random) -> list[Any]:
    place = rng.randrange(len(value))
    match rng.randrange(6):
        case 0:
            return value[:place] + value[place + 1 :]
        case 1:
            return value + [value[place]] * (1 + rng.randrange(3))
        case 2 if rng.random() < 0.2:
            return value * 300
    return [*value[:place], _mutated(value[place], rng), *value[place + 1 :]]


def mutated_lines(data: bytes, others: Sequence[bytes], rng: Random) -> bytes:
    """Return a text with lines, words or indents moved, doubled or swapped."""
    lines = data.split(b"\n")
    for _ in range(1 + rng.randrange(3)):
        place = rng.randrange(len(lines))
        match rng.randrange(7):
            case 0:
                del lines[place]
                lines = lines or [b""]
            case 1:
                lines.insert(rng.randrange(len(lines)), lines[place])
            case 2:
                lines[place] = b"  " * rng.randrange(4) + lines[place].lstrip()
            case 3:
                head, colon, _ = lines[place].partition(b":")
                lines[place] = head + colon + b" " + rng.choice(TOKENS)
            case 4:
                lines[place] = rng.choice(rng.choice(others).split(b"\n"))
            case 5:
                words = lines[place].split(b" ")
                rng.shuffle(words)
                lines[place] = b" ".join(words)
            case _:
                lines[place] = mutated_bytes(lines[place], others, rng)
    return b"\n".join(lines)
