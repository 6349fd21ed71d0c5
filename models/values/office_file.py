"""The office file: who prints the sheet and whom the owner can call nearby."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from models.values.answer_check import line_problem
from models.values.json_fields import Fields
from models.values.office import LocalContact, Office
from models.values.strict_json import Findings, JsonValue, parse_strict, shown
from models.values.text import replace_radicals

if TYPE_CHECKING:
    from collections.abc import Iterator

OFFICE_KEYS = ("name", "advisors", "contacts")
CONTACT_KEYS = ("label", "phone", "note")
MAX_ADVISORS = 200
MAX_CONTACTS = 50


def read_office(data: bytes, file_name: str) -> Office:
    """Return the office that a file describes.

    Raises `UserFacingError` with all problems at once, each with the path of its field.
    """
    findings = Findings(file_name)
    office = _office(parse_strict(data, file_name), findings)
    findings.raise_if_any(
        "拠点の設定に直すところがあります。", "上の項目を直して、もう一度読み込んでください。"
    )
    return office


def write_office(office: Office) -> str:
    """Return the office as its file; reading it gives the same office back."""
    document = {
        "name": office.name,
        "advisors": list(office.advisors),
        "contacts": [
            {"label": contact.label, "phone": contact.phone, "note": contact.note}
            for contact in office.contacts
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _office(value: JsonValue, findings: Findings) -> Office:
    fields = Fields.of(value, "", findings, OFFICE_KEYS)
    if fields is None:
        return Office()
    return Office(
        name=fields.text("name") or "",
        advisors=tuple(_advisors(fields)),
        contacts=tuple(_contacts(fields)),
    )


def _advisors(fields: Fields) -> Iterator[str]:
    for index, item in enumerate(fields.items("advisors", MAX_ADVISORS) or []):
        if reason := line_problem(item):
            fields.findings.add(f"advisors[{index}]", f"{shown(item)} は使えません。{reason}")
        else:
            yield replace_radicals(str(item))


def _contacts(fields: Fields) -> Iterator[LocalContact]:
    for index, item in enumerate(fields.items("contacts", MAX_CONTACTS) or []):
        contact = Fields.of(item, f"contacts[{index}]", fields.findings, CONTACT_KEYS)
        if contact is None:
            continue
        contact.require("label", "phone")
        yield LocalContact(
            label=contact.text("label") or "",
            phone=contact.text("phone") or "",
            note=contact.text("note") or "",
        )
