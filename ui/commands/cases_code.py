"""`cases read-code`: the answers from pictures of the QR codes on an advisor's copy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from models.values.problems import UserFacingError
from models.values.questions import AnswerRole
from ui.commands.context import print_lines
from ui.commands.passphrase import add_passphrase_option, open_store

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from PIL.Image import Image

    from models.values.catalog import Catalog
    from models.values.consultation import Consultation
    from ui.commands.context import CommandContext
    from ui.commands.japanese_arguments import Subparsers

PDF_HEAD = b"%PDF-"
DPI = 200
MOST_PAGES = 60
LARGEST_SIDE = 12_000


def add_code_action(actions: Subparsers) -> None:
    """Add the reading of codes."""
    parser = actions.add_parser(
        "read-code", help="相談員用の控えのQRコードを、写真やPDFから読み取って保存します"
    )
    parser.add_argument(
        "pictures", type=Path, nargs="+", metavar="PICTURE", help="写真（PNG・JPEG）かPDF"
    )
    add_passphrase_option(parser)


def read_code(args: Namespace, context: CommandContext) -> None:
    """Keep the consultation that the codes in some pictures hold."""
    consultation = consultation_in(args.pictures, context.catalog)
    question = context.catalog.question_for(AnswerRole.CLIENT_NAME)
    with open_store(args, context, "" if question is None else question.id) as store:
        print_lines(f"番号 {store.create(consultation)} の相談として保存しました。")


def consultation_in(files: Sequence[Path], catalog: Catalog) -> Consultation:
    """Return the consultation that the codes in some pictures hold.

    Raises `UserFacingError` for files that are no pictures, and for codes that do not hold one.
    """
    from models.values.answer_code import (  # noqa: PLC0415 - only when used
        are_complete,
        read_answer_codes,
    )
    from models.values.case_file import read_case  # noqa: PLC0415 - only when used

    texts = [text for file in files for text in codes_in(file)]
    if not are_complete(texts):
        texts += [text for file in files for text in codes_in(file, patiently=True)]
    return read_case(read_answer_codes(texts), catalog, "QRコード")


def codes_in(file: Path, *, patiently: bool = False) -> list[str]:
    """Return the texts of the QR codes in a picture or on the pages of a PDF.

    `patiently` looks at softened and enlarged copies of a poor photograph as well: several times
    as slow, and it finds what grain and blur hid.
    """
    import zxingcpp  # noqa: PLC0415 - only when used

    formats = zxingcpp.barcode_formats_from_str("QRCode")
    found: list[str] = []
    try:
        for picture in _pictures(file):
            for look in _looks(picture) if patiently else (picture,):
                codes = zxingcpp.read_barcodes(look, formats=formats)
                found += [code.text for code in codes]
    except OSError as error:
        raise UserFacingError(
            f"{file} を開けません。", "写真（PNG・JPEG）かPDFのファイルを選んでください。"
        ) from error
    return found


def _looks(picture: Image) -> Iterator[Image]:
    """Yield copies of a picture in which a code may stand out where the picture itself hides it."""
    from PIL import Image, ImageFilter  # noqa: PLC0415 - only when used

    for radius in (0.8, 1.6):
        yield picture.filter(ImageFilter.GaussianBlur(radius))
    yield picture.filter(ImageFilter.MedianFilter(3))
    for scale in (0.7, 1.5, 2):
        size = tuple(round(side * scale) for side in picture.size)
        if max(size) <= LARGEST_SIDE:
            yield picture.resize((size[0], size[1]), Image.Resampling.BICUBIC)


def _pictures(file: Path) -> Iterator[Image]:
    """Yield the picture, or each page, in shades of gray; raises `OSError` when it is neither."""
    from PIL import Image  # noqa: PLC0415 - only when used

    with file.open("rb") as stream:
        is_pdf = stream.read(len(PDF_HEAD)) == PDF_HEAD
    if is_pdf:
        yield from _pages(file)
        return
    try:
        with Image.open(file) as picture:
            if max(picture.size) > LARGEST_SIDE:
                raise UserFacingError(
                    f"{file} は大きすぎます。", f"一辺{LARGEST_SIDE:,}画素までにしてください。"
                )
            yield picture.convert("L")
    except (ValueError, SyntaxError, Image.DecompressionBombError) as error:  # odd picture files
        raise OSError(file) from error


def _pages(file: Path) -> Iterator[Image]:
    import pypdfium2  # noqa: PLC0415 - only when used

    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        raise OSError(file) from error
    with document:
        for index in range(min(len(document), MOST_PAGES)):
            page = document[index]
            width, height = page.get_size()
            scale = min(DPI / 72, LARGEST_SIDE / max(width, height, 1))
            bitmap = page.render(scale=scale, grayscale=True)  # pyright: ignore[reportArgumentType]
            yield bitmap.to_pil()
            page.close()
