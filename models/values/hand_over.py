"""What a case file that goes to another laptop and back says of itself.

`identity` names the consultation on every laptop, `bases` (newest first) the contents that both
sides have had: from the newest that the receiver knows as well, changes are merged.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from models.values.strict_json import JsonObject

KEY = "hand_over"


@dataclass(frozen=True, slots=True)
class HandOver:
    """Which consultation a file holds, and what its sender knows to be shared."""

    identity: str
    bases: tuple[str, ...] = ()


def content_hash(document: JsonObject) -> str:
    """Return the hash of a case document, however it is written down."""
    content = {key: value for key, value in document.items() if key != KEY}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def with_hand_over(document: str, hand_over: HandOver) -> str:
    """Return a case file with what it says of itself."""
    case = json.loads(document)
    case[KEY] = {"identity": hand_over.identity, "bases": list(hand_over.bases)}
    return json.dumps(case, ensure_ascii=False, indent=2) + "\n"


def hand_over_of(data: bytes) -> HandOver | None:
    """Return what a case file, which `read_case` has accepted, says of itself."""
    found = cast("dict[str, Any]", json.loads(data.decode("utf-8-sig"))).get(KEY)
    return None if found is None else HandOver(found["identity"], tuple(found["bases"]))
