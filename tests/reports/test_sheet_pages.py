"""The pages as a reader sees them: golden text, fonts, footers, black and white, overflow."""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from models.values.consultation import Consultation, Expense, Scenario, TaxMode
from models.values.office import LocalContact, Office
from reports.fonts import Face
from reports.pen import Pen
from reports.sheet import make_sheet, write_sheet
from reports.sheet_input import CopyChoice, SheetOptions
from reports.typography import TextStyle
from tests.reports.sheets import (
    CONSULTATION,
    MADE_ON,
    ONLY_ADVISOR,
    ONLY_OWNER,
    all_text,
    font_names,
    page_texts,
    small_sheet,
)
from tests.reports.small_catalog import CATALOG

GOLDEN = Path(__file__).parent.parent / "golden"
UPDATE = "MICHISHIRUBE_UPDATE_GOLDEN"
ROOT = Path(__file__).parent.parent.parent
OUR_FONTS = {
    "BIZUDPGothic-Regular",
    "BIZUDPGothic-Bold",
    "BIZUDGothic-Regular",
    "BIZUDGothic-Bold",
    "NotoSansJP-Regular",
}
NEUTRAL = SheetOptions(copies=CopyChoice.OWNER, neutral_title=True, show_client_name=False)
PAGE_ONE = ("今日のお話", "使えそうな制度", "次にすること", "用意する書類", "次回の約束")
LONG = "とても長い名前の会社のとても長いお話で、いつまでも終わらない。" * 40
CROWDED = replace(
    CONSULTATION,
    title=f"第12回 {LONG}",
    advisor=LONG,
    notes=LONG * 5,
    answers={
        **CONSULTATION.answers,
        "client.name": LONG,
        "client.boss": "a" * 10_000,
        "plan.closes": None,
        "applicant.employees": None,
        "applicant.form": None,
    },
    expenses=tuple(
        Expense(LONG[: 30 * (n + 1)], "machine", 10**12 + n, TaxMode.EXCLUDED) for n in range(40)
    ),
)
CROWDED_OFFICE = Office(LONG, (), tuple(LocalContact(LONG, "0" * 40, LONG) for _ in range(30)))
CROWDED_CATALOG = replace(
    CATALOG,
    advice=tuple(
        replace(
            advice, id=f"{advice.id}/{n}", text=f"{advice.text} {LONG[:90]}", lead_time=LONG[:60]
        )
        for advice in CATALOG.advice
        for n in range(30)
    ),
    comparisons=tuple(
        replace(
            block,
            columns=tuple(
                replace(column, label=LONG[:40], what_if_text=LONG[:50]) for column in block.columns
            )
            * 2,
        )
        for block in CATALOG.comparisons
    ),
)


def pdf(consultation: Consultation = CONSULTATION, options: SheetOptions | None = None) -> bytes:
    return write_sheet(small_sheet(consultation, options))


def compared_with_golden(name: str, pages: list[str]) -> None:
    """Compare the text of pages with the golden file, or write it anew when asked to."""
    path = GOLDEN / f"{name}.txt"
    text = "".join(
        f"──── {number}ページ ────\n{page.strip()}\n" for number, page in enumerate(pages, start=1)
    )
    if os.environ.get(UPDATE):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"{UPDATE}=1 writes {path.name} anew"


@pytest.mark.parametrize(
    ("name", "consultation", "options"),
    [
        ("sheet-owner", CONSULTATION, ONLY_OWNER),
        ("sheet-owner-neutral", CONSULTATION, NEUTRAL),
        ("sheet-owner-empty", Consultation(), ONLY_OWNER),
        ("sheet-advisor", CONSULTATION, ONLY_ADVISOR),
    ],
)
def test_the_pages_read_as_agreed(name: str, consultation: Consultation, options: SheetOptions):
    compared_with_golden(name, page_texts(pdf(consultation, options)))


def test_page_one_holds_what_it_must():
    first = page_texts(pdf(options=ONLY_OWNER))[0]
    for title in PAGE_ONE:
        assert title in first


def test_the_owners_copy_has_two_pages_at_most():
    assert len(page_texts(pdf(options=ONLY_OWNER))) <= 2
    assert len(page_texts(pdf(Consultation(), ONLY_OWNER))) == 1


def test_a_crowded_owners_copy_still_has_two_pages():
    pages = page_texts(make_sheet(CROWDED_CATALOG, CROWDED, CROWDED_OFFICE, MADE_ON, ONLY_OWNER))
    assert len(pages) == 2
    for title in PAGE_ONE:
        assert title in pages[0]
    for title in ("くらべると", "連絡先"):
        assert title in pages[1]
    assert re.search(r"ほか \d+ 件は相談員用の控えに", pages[0])
    assert "続きは相談員用の控えに" in pages[0]


def test_a_crowded_advisors_copy_holds_everything():
    crowded = make_sheet(CROWDED_CATALOG, CROWDED, CROWDED_OFFICE, MADE_ON, ONLY_ADVISOR)
    text = all_text(crowded)
    assert text.count("a") >= 10_000
    assert "1,000,000,000,039円" in text
    assert LONG.replace("\n", "") in text


def test_nothing_is_drawn_outside_of_the_page():
    crowded = make_sheet(CROWDED_CATALOG, CROWDED, CROWDED_OFFICE, MADE_ON)
    document = pypdfium2.PdfDocument(crowded)
    for page in document:
        for item in page.get_objects():
            left, bottom, right, top = item.get_bounds()
            assert left >= 30
            assert right <= 595.3 - 30
            assert bottom >= 15
            assert top <= 842 - 15
    document.close()


@pytest.mark.parametrize("text", ["R&D", "<b>太字</b>", "&amp;", "</para>", "100%", "a\\nb", "(()"])
def test_what_looks_like_markup_is_printed_as_typed(text: str):
    said = replace(
        CONSULTATION,
        notes=text,
        expenses=(Expense(text, "machine", 1_000_000, TaxMode.NONE),),
        answers={**CONSULTATION.answers, "client.name": text},
        scenarios=(Scenario(("mihon/a",), text),),
    )
    for page in (page_texts(pdf(said))[0], all_text(pdf(said, ONLY_ADVISOR))):
        assert text in page


def test_control_characters_do_no_harm():
    said = replace(CONSULTATION, notes="a\x00b\x0cc\u202ed\ud83d")
    assert "ab\ncd〓" in page_texts(pdf(said, ONLY_OWNER))[0]


def test_only_our_fonts_are_listed_all_as_subsets():
    names = font_names(pdf())
    assert {name.partition("+")[2] for name in names} <= OUR_FONTS
    assert all(re.fullmatch(r"[A-Z]{6}\+.+", name) for name in names)


def test_the_files_properties_hold_no_word_of_the_client():
    document = pypdfium2.PdfDocument(pdf())
    meta = document.get_metadata_dict()
    document.close()
    assert meta["Title"] == "相談シート"
    assert meta["Creator"] == "みちしるべ"
    assert (meta["Author"], meta["Subject"], meta["Keywords"]) == ("", "", "")


def test_the_language_is_told():
    assert b"/Lang (ja-JP)" in pdf()


def test_the_same_sheet_gives_the_same_bytes():
    assert pdf() == pdf()


def test_another_process_gives_the_same_bytes():
    code = (
        "import hashlib, tests.reports.test_sheet_pages as t;"
        "print(hashlib.sha256(t.pdf()).hexdigest())"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7"}
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=ROOT, env=env, check=True
    )
    assert run.stdout.decode().strip() == hashlib.sha256(pdf()).hexdigest()


def test_each_page_tells_exactly_its_own_stages():
    named = {
        "request": ("案・未確定", "新しい取組型", "小さな会社型"),
        "extra": ("［追加］", "相談活用型"),
    }
    for page in page_texts(pdf()):
        body, _, footer = page.partition("みほん年度の案にもとづく目安です。")
        assert footer
        for stage, names in named.items():
            is_named = any(name in body.replace("\n", "") for name in names)
            assert (CATALOG.stages[stage].footer in footer) == is_named, body
        assert CATALOG.stages["unused"].footer not in footer


def test_pages_are_numbered_within_their_copy():
    owner, advisor = page_texts(pdf(options=ONLY_OWNER)), page_texts(pdf(options=ONLY_ADVISOR))
    for pages in (owner, advisor):
        for number, page in enumerate(pages, start=1):
            assert f"{number}/{len(pages)}" in page
    assert all("取扱注意" in page for page in advisor)
    assert not any("取扱注意" in page for page in owner)


def test_the_flag_of_an_old_visit_is_printed_on_both_copies():
    late = replace(CONSULTATION, consulted_on="2021-04-20")
    for options in (ONLY_OWNER, ONLY_ADVISOR):
        assert "資料が古くなっています。" in page_texts(pdf(late, options))[0]


# Black and white


def drawn_colors(data: bytes) -> set[tuple[int, ...]]:
    """Return the colors (red, green, blue, opacity) of everything on the pages."""
    found: set[tuple[int, ...]] = set()
    raw = pypdfium2.raw
    document = pypdfium2.PdfDocument(data)
    for page in document:
        for item in page.get_objects():
            for ask in (raw.FPDFPageObj_GetFillColor, raw.FPDFPageObj_GetStrokeColor):
                parts = [ctypes.c_uint() for _ in range(4)]
                if ask(item, *(ctypes.byref(part) for part in parts)):
                    found.add(tuple(part.value for part in parts))
    document.close()
    return found


def test_everything_is_black():
    assert drawn_colors(pdf()) == {(0, 0, 0, 255)}


def test_no_line_is_thinner_than_two_dots_of_a_printer():
    document = pypdfium2.PdfDocument(pdf())
    widths = set()
    for page in document:
        for item in page.get_objects():
            if item.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH:
                width = ctypes.c_float()
                pypdfium2.raw.FPDFPageObj_GetStrokeWidth(item, ctypes.byref(width))
                widths.add(round(width.value, 3))
    document.close()
    assert min(widths) >= 0.48


def one_bit(data: bytes, dpi: int = 300) -> Image.Image:
    """Return the first page as a printer without grey prints it."""
    document = pypdfium2.PdfDocument(data)
    grey = document[0].render(scale=dpi / 72, grayscale=True).to_pil()
    document.close()
    return grey.point(lambda value: 255 if value > 127 else 0, mode="1")


def ink(picture: Image.Image) -> int:
    return picture.histogram()[0]


@pytest.mark.parametrize("face", [Face.TEXT, Face.FIGURES, Face.FIGURES_BOLD])
@pytest.mark.parametrize("size", [8.5, 12])
def test_every_digit_stays_itself_in_one_bit(face: Face, size: float):
    pictures = {}
    for digit in "0123456789":
        pen = Pen("", "")
        pen.text((50, 60), digit, TextStyle(face, size, 20))
        pen.next_page()
        pictures[digit] = one_bit(pen.finish()).crop((200, 190, 270, 270))
    least = size * size * 300 / 72 * 300 / 72 * 0.05
    for digit, picture in pictures.items():
        assert ink(picture) > least, digit
        for other, image in pictures.items():
            if other != digit:
                different = ink(ImageChops.invert(ImageChops.logical_xor(picture, image)))
                assert different > least / 4, (digit, other)


def test_the_patterns_of_the_chart_differ_in_one_bit():
    page = pypdfium2.PdfDocument(pdf(options=ONLY_OWNER))
    grey = page[len(page) - 1].render(scale=300 / 72, grayscale=True).to_pil()
    page.close()
    dark = grey.point(lambda value: 255 if value > 127 else 0, mode="1")
    share = ink(dark) / (dark.width * dark.height)
    assert 0.01 < share < 0.2


def test_the_footer_stands_at_the_same_height_on_every_page():
    for options in (ONLY_OWNER, ONLY_ADVISOR):
        document = pypdfium2.PdfDocument(pdf(options=options))
        tops = set()
        for page in document:
            text = page.get_textpage()
            hit = text.search("みほん年度の案にもとづく").get_next()
            assert hit is not None
            tops.add(round(text.get_charbox(hit[0])[1], 1))
        document.close()
        assert len(tops) == 1
