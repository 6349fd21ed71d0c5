"""The codes on the printed advisor's copy, photographed or scanned, give back the answers."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from PIL import Image, ImageFilter

from models.values.case_file import read_case
from models.values.consultation import Expense, TaxMode
from models.values.office import Office
from models.values.resources import resource_path
from reports.sheet import make_sheet
from reports.sheet_input import CodeChoice, CopyChoice, SheetOptions
from tests.reports.sheets import all_text
from ui.commands.cases_code import codes_in, consultation_in

MADE_ON = date(2021, 4, 20)
SAMPLE = resource_path("resources", "samples", "yamada.json")


@pytest.fixture(scope="module")
def case(catalog):
    return read_case(SAMPLE.read_bytes(), catalog, SAMPLE.name)


def sheet(catalog, case, codes=CodeChoice.WITH_NAME, copies=CopyChoice.ADVISOR, **more):
    options = SheetOptions(copies=copies, codes=codes, **more)
    return make_sheet(catalog, case, Office(), MADE_ON, options)


@pytest.fixture(scope="module")
def pdf(catalog, case):
    return sheet(catalog, case)


def as_carried(case):
    """Return what the codes carry of a case."""
    return replace(case, title="", office="", advisor="", notes="", ignored_answers={})


def page_with_codes(pdf, dpi):
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            if "QRコード" in page.get_textpage().get_text_range():
                return page.render(scale=dpi / 72).to_pil().convert("L")
    raise AssertionError("no page with codes")


def with_noise(picture, strength):
    """Return the picture as a poor camera sees it: grain, and paper that is not white."""
    rng = random.Random(5)  # noqa: S311 - repeatable, not a secret
    grain = Image.frombytes("L", picture.size, rng.randbytes(picture.width * picture.height))
    darker = picture.point([40 + shade * 170 // 255 for shade in range(256)])
    return Image.blend(darker, grain, strength)


PHOTOGRAPHS = {
    "150 dpi": lambda page: page(150),
    "200 dpi": lambda page: page(200),
    "turned": lambda page: page(150).rotate(3, fillcolor=255, expand=True, resample=2),
    "upside down": lambda page: page(150).rotate(180),
    "on its side": lambda page: page(150).rotate(90, expand=True),
    "grainy": lambda page: with_noise(page(200), 0.25),
    "out of focus": lambda page: page(200).filter(ImageFilter.GaussianBlur(1.2)),
    "slanting": lambda page: slanting(page(200)),
    "one bit": lambda page: page(200).convert("1", dither=Image.Dither.NONE).convert("L"),
}


def slanting(picture):
    """Return the picture as seen from one side: the upper edge is shorter than the lower."""
    width, height = picture.size
    corners = (-0.05 * width, 0, 0.03 * width, height, width * 0.97, height, width * 1.05, 0)
    return picture.transform(
        picture.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=255
    )


@pytest.mark.parametrize("how", PHOTOGRAPHS)
@pytest.mark.parametrize("kind", ["jpg", "png"])
def test_the_answers_come_back_from_a_picture_of_the_page(how, kind, pdf, case, catalog, tmp_path):
    file = tmp_path / f"写真.{kind}"
    picture = PHOTOGRAPHS[how](lambda dpi: page_with_codes(pdf, dpi))
    picture.save(file, **({"quality": 70} if kind == "jpg" else {}))
    assert consultation_in([file], catalog) == as_carried(case)


def test_the_answers_come_back_from_the_pdf_file(pdf, case, catalog, tmp_path):
    file = tmp_path / "控え.pdf"
    file.write_bytes(pdf)
    assert consultation_in([file], catalog) == as_carried(case)


def test_many_codes_come_back_from_photographs_in_any_order(case, catalog, tmp_path):
    rng = random.Random(9)  # noqa: S311 - repeatable, not a secret
    expenses = tuple(
        Expense(f"品{rng.randrange(10**9)}", "equipment", rng.randrange(10**9), TaxMode.NONE)
        for _ in range(150)
    )
    long = replace(case, expenses=expenses)
    file = tmp_path / "long.pdf"
    file.write_bytes(sheet(catalog, long))
    assert len(codes_in(file)) > 5
    assert consultation_in([file], catalog) == as_carried(long)
    photographs = []
    with pypdfium2.PdfDocument(file) as document:
        for number, page in enumerate(document):
            photographs.append(tmp_path / f"{number}.png")
            page.render(scale=150 / 72).to_pil().save(photographs[-1])
    random.Random(2).shuffle(photographs)  # noqa: S311 - repeatable, not a secret
    assert consultation_in(photographs, catalog) == as_carried(long)


def test_no_name_is_in_the_codes_unless_chosen(case, catalog, tmp_path):
    name = case.answers["applicant.name"]
    file = tmp_path / "copy.pdf"
    for codes, more, is_in in (
        (CodeChoice.ANSWERS, {}, False),
        (CodeChoice.WITH_NAME, {}, True),
        (CodeChoice.WITH_NAME, {"show_client_name": False}, False),
    ):
        file.write_bytes(sheet(catalog, case, codes, **more))
        found = consultation_in([file], catalog)
        assert (name in found.answers.values()) is is_in
        assert found.answers["applicant.regular_employees"] == 18
        assert ("入っていません" in all_text(file.read_bytes())) is not is_in


def test_the_codes_can_be_left_out_and_the_owner_gets_none(case, catalog, tmp_path):
    file = tmp_path / "copy.pdf"
    for codes, copies in (
        (CodeChoice.NONE, CopyChoice.BOTH),
        (CodeChoice.WITH_NAME, CopyChoice.OWNER),
    ):
        file.write_bytes(sheet(catalog, case, codes, copies))
        assert codes_in(file) == []
        assert "QR" not in all_text(file.read_bytes())


def test_what_does_not_fit_into_codes_is_told(case, catalog):
    rng = random.Random(9)  # noqa: S311 - repeatable, not a secret
    expenses = tuple(
        Expense(f"{rng.getrandbits(256):x}", "equipment", 1, TaxMode.NONE) for _ in range(400)
    )
    text = all_text(sheet(catalog, replace(case, expenses=expenses)))
    assert "QRコードには入りません" in text
