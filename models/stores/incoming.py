"""A consultation that arrives as a file: kept as new, taken over, or merged into its own."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from models.values.case_file import read_case
from models.values.edits import Edit, edit_between
from models.values.hand_over import HandOver, hand_over_of

if TYPE_CHECKING:
    from models.stores.consultation_store import ConsultationStore
    from models.values.catalog import Catalog
    from models.values.consultation import Consultation
    from models.values.merge import Merge, TheirsAt

LABEL = "ほかの端末の内容と合わせました"


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file holds; `hand_over` is None where it does not come from another laptop."""

    consultation: Consultation
    hand_over: HandOver | None
    source: str
    """The name of the file, for messages."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Our consultation and an arrived one together; `edit` is None where ours stays as it is."""

    consultation: Consultation
    edit: Edit | None
    merge: Merge


def read_incoming(data: bytes, catalog: Catalog, source: str) -> Incoming:
    """Return what a case file holds; raises `UserFacingError` naming the field that is wrong."""
    return Incoming(read_case(data, catalog, source), hand_over_of(data), source)


def keep_as_new(store: ConsultationStore, incoming: Incoming) -> int:
    """Keep a consultation that is not known here, and return its id."""
    if incoming.hand_over is None:
        return store.create(incoming.consultation)
    return store.take_over(incoming.consultation, incoming.hand_over.identity)


def known_here(store: ConsultationStore, incoming: Incoming) -> int | None:
    """Return the id of the consultation that a file continues, None for a new one."""
    return None if incoming.hand_over is None else store.known_as(incoming.hand_over.identity)


def joined(
    store: ConsultationStore,
    known: int,
    incoming: Incoming,
    catalog: Catalog,
    prefer_theirs: TheirsAt = False,
) -> Joined:
    """Return ours (`known`) with theirs merged in; nothing is kept yet."""
    bases = () if incoming.hand_over is None else incoming.hand_over.bases
    merge = store.merge(known, incoming.consultation, bases, prefer_theirs)
    data = json.dumps(merge.document, ensure_ascii=False).encode()
    merged = read_case(data, catalog, incoming.source)
    mine = store.load(known, catalog)
    merged = replace(merged, ignored_answers={**mine.ignored_answers, **merged.ignored_answers})
    return Joined(merged, edit_between(mine, merged, LABEL), merge)
