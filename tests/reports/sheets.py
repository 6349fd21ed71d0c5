"""Consultations for the sheet's tests, and what a PDF file holds."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pypdfium2

from models.judgement.screening import screen
from models.planning.plans import find_plans
from models.planning.simulation import simulate
from models.planning.ways import compared_ways
from models.values.consultation import Consultation, Expense, TaxMode
from models.values.office import LocalContact, Office
from reports.sheet import sheet_of
from reports.sheet_input import CopyChoice, SheetInput, SheetOptions
from tests.reports.small_catalog import CATALOG

if TYPE_CHECKING:
    from reports.content_blocks import CopyContent, SheetContent

MADE_ON = date(2021, 2, 20)
OFFICE = Office(
    "みほん県よろず支援拠点",
    ("渡邉",),
    (
        LocalContact("みほん商工会", "000-111-2222", "平日"),
        LocalContact("みほん市役所", "000-111-3333"),
    ),
)
CONSULTATION = Consultation(
    title="第2回 山田製作所",
    consulted_on="2021-02-20",
    notes="古い機械を入れかえたい。\n店のひとつは閉めるかもしれない。",
    answers={
        "client.name": "株式会社山田製作所",
        "client.boss": "山田 𠮷雄",
        "plan.new_work": True,
        "plan.shop": None,
        "applicant.employees": 22,
        "applicant.form": "company",
    },
    ignored_answers={"old.question": True},
    expenses=(
        Expense("NC旋盤", "machine", 8_800_000, TaxMode.INCLUDED, pay_month="2021-09"),
        Expense("店の片付け", "closing", 3_300_000, TaxMode.INCLUDED, 10, 1, "2021-11", True),
        Expense("相談料", "advice", 1_000_000, TaxMode.EXCLUDED),
    ),
)
ONLY_OWNER = SheetOptions(copies=CopyChoice.OWNER)
ONLY_ADVISOR = SheetOptions(copies=CopyChoice.ADVISOR)


def small_sheet(
    consultation: Consultation = CONSULTATION,
    options: SheetOptions | None = None,
    office: Office = OFFICE,
    made_on: date = MADE_ON,
) -> SheetContent:
    """Return the sheet of a consultation over the small catalog."""
    return sheet_of(CATALOG, consultation, office, made_on, options)


def small_input(consultation: Consultation = CONSULTATION) -> SheetInput:
    """Return the findings about a consultation over the small catalog."""
    screenings = screen(CATALOG, consultation.answers)
    return SheetInput(
        catalog=CATALOG,
        consultation=consultation,
        screenings=screenings,
        results=simulate(CATALOG, replace(consultation, scenarios=())),
        scenarios=(),
        ways=compared_ways(CATALOG, consultation, screenings),
        plans=find_plans(CATALOG, consultation, 5),
        advice=(),
        office=OFFICE,
        made_on=MADE_ON,
        options=SheetOptions(),
    )


def with_answers(**answers: bool | int | str | None) -> Consultation:
    """Return the consultation with other answers; `__` stands for the dot of an id."""
    changed = {key.replace("__", "."): value for key, value in answers.items()}
    return replace(CONSULTATION, answers={**CONSULTATION.answers, **changed})


def words_of(copy: CopyContent) -> str:
    """Return everything that a copy may print, as one text."""
    return repr(copy)


def page_texts(pdf: bytes) -> list[str]:
    """Return the text of each page as a reader copies it out."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            document[number].get_textpage().get_text_range().replace("\r\n", "\n")
            for number in range(len(document))
        ]
    finally:
        document.close()


def all_text(pdf: bytes) -> str:
    """Return the text of all pages without any white space."""
    return re.sub(r"\s", "", "".join(page_texts(pdf)))


def font_names(pdf: bytes) -> set[str]:
    """Return the names of all fonts that the file lists."""
    return {name.decode() for name in re.findall(rb"/BaseFont /([^\s/]+)", pdf)}
