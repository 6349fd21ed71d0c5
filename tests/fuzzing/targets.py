"""What takes files and texts from outside, each as one function of bytes.

A target takes an input (`True`), or refuses it in words for a user (`False`). Everything else that
leaves it is a fault.
"""

from __future__ import annotations

import io
import json
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

import zxingcpp
from PIL import Image

from models.catalog_build.assemble import assemble
from models.catalog_build.compile import write_catalog
from models.catalog_build.findings import check_catalog
from models.judgement.screening import screen
from models.planning.simulation import simulate
from models.stores.catalog_rows import hash_of, read_rows
from models.stores.catalog_store import load_catalog
from models.stores.sealed_file import read_sealed, write_sealed
from models.stores.store_settings import FILE_NAME, StoreSettings, read_settings, write_settings
from models.values import answer_code
from models.values.answer_code import answer_codes, read_answer_codes
from models.values.case_file import case_document, read_case, write_case
from models.values.consultation import Consultation
from models.values.edits import edit_between
from models.values.hand_over import HandOver, hand_over_of, with_hand_over
from models.values.merge import merge_cases
from models.values.office import LocalContact, Office
from models.values.office_file import read_office, write_office
from models.values.problems import UserFacingError
from models.values.resources import resource_path
from tests.fuzzing.mutations import grown_bytes, mutated_bytes, mutated_json, mutated_lines
from tests.scenario_file import read_scenarios
from tests.small_catalogs import BAD, COMPLETE, bad_catalog
from ui.commands.cases_code import codes_in
from ui.commands.passphrase import is_encrypted
from ui.tables.expense_model import ExpenseModel
from ui.tables.expense_rows import Column, Typing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from random import Random

    from models.values.catalog import Catalog

PASSPHRASE = "とても長い合言葉"  # noqa: S105 - protects nothing
SIMULATED_EVERY = 40
GROWN_SHARE = 0.02
BETWEEN = b"\n==== "
"""Stands before the name of each file of a folder that travels as one input."""


@dataclass(frozen=True, slots=True)
class Target:
    """A reader with sound inputs and the ways to break them."""

    name: str
    read: Callable[[bytes], bool]
    samples: tuple[bytes, ...]
    ways: tuple[Callable[[bytes, Sequence[bytes], Random], bytes], ...]

    def mutated(self, data: bytes, others: Sequence[bytes], rng: Random) -> bytes:
        """Return a broken relative of an input."""
        if rng.random() < GROWN_SHARE:
            return grown_bytes(data, others, rng)
        return rng.choice(self.ways)(data, others, rng)


def sound_cases() -> tuple[bytes, ...]:
    """Return case files of many kinds: the sample, and some of the scenarios of the tests."""
    sample = resource_path("resources", "samples", "yamada.json").read_bytes()
    chosen = read_scenarios()[::25]
    return (sample, *(write_case(each.consultation).encode() for each in chosen))


def refusing(read: Callable[[bytes], None]) -> Callable[[bytes], bool]:
    """Return a reader that tells whether it took the input; refusals must speak."""

    def tell(data: bytes) -> bool:
        try:
            read(data)
        except UserFacingError as error:
            if not error.message.strip() or "Traceback" in error.text():
                raise AssertionError(error.text()) from error
            return False
        return True

    return tell


def all_targets(catalog: Catalog, folder: Path, cases: Sequence[bytes]) -> Iterator[Target]:
    """Yield all targets; files that a reader opens stand below `folder`, `cases` are sound."""
    texts = (mutated_json, mutated_json, mutated_bytes)
    yield Target("case file", refusing(_case_reader(catalog)), tuple(cases), texts)
    handed = tuple(
        with_hand_over(case.decode(), HandOver("ab" * 16, ("cd" * 32,))).encode() for case in cases
    )
    yield Target("hand-over", refusing(_hand_over_reader(catalog, cases[0])), handed, texts)
    yield _sealed(catalog, folder, handed[0])
    yield _codes(catalog, cases)
    yield _code_contents(catalog, cases)
    office = Office("拠点", ("佐藤",), (LocalContact("商工会", "0250-00-0000", "平日"),))
    yield Target(
        "office file",
        refusing(lambda data: _same_again(read_office(data, "office.json"))),
        (write_office(office).encode(), write_office(Office()).encode()),
        texts,
    )
    yield _settings(folder)
    yield _pasted(catalog)
    yield _pictures(catalog, folder, cases[0])
    yield _catalog_folder(folder)
    yield from _compiled_catalog(folder)


def _same_again(office: Office) -> None:
    assert read_office(write_office(office).encode(), "again") == office


def _case_reader(catalog: Catalog) -> Callable[[bytes], None]:
    taken = 0

    def read(data: bytes) -> None:
        nonlocal taken
        case = read_case(data, catalog, "case.json")
        assert read_case(write_case(case).encode(), catalog, "again") == case
        screen(catalog, case.answers)
        taken += 1
        if taken % SIMULATED_EVERY == 0 and len(case.expenses) < SIMULATED_EVERY:
            simulate(catalog, case)

    return read


def _hand_over_reader(catalog: Catalog, mine: bytes) -> Callable[[bytes], None]:
    own = case_document(read_case(mine, catalog, "mine"))
    base = case_document(Consultation())

    def read(data: bytes) -> None:
        theirs = read_case(data, catalog, "over.json")
        hand_over_of(data)
        for start in (None, base, own):
            for prefers in (False, True):
                merge = merge_cases(start, own, case_document(theirs), prefer_theirs=prefers)
                merged = read_case(json.dumps(merge.document).encode(), catalog, "merged")
                edit_between(theirs, merged, "合わせました")

    return read


def _sealed(catalog: Catalog, folder: Path, text: bytes) -> Target:
    file = folder / "sealed.michi"
    write_sealed(file, text.decode(), PASSPHRASE)

    def read(data: bytes) -> None:
        file.write_bytes(data)
        text = read_sealed(file, PASSPHRASE).encode() if is_encrypted(file) else data
        read_case(text, catalog, "sealed")

    return Target("sealed hand-over", refusing(read), (file.read_bytes(),), (mutated_bytes,))


def _codes(catalog: Catalog, cases: Sequence[bytes]) -> Target:
    read_cases = [read_case(case, catalog, "case") for case in cases]
    samples = tuple(
        "\n".join(answer_codes(c, catalog, with_client=True)).encode() for c in read_cases
    )

    def read(data: bytes) -> None:
        texts = data.decode("utf-8", "replace").split("\n")
        read_case(read_answer_codes(texts), catalog, "QR")

    return Target("QR codes", refusing(read), samples, (mutated_bytes, mutated_lines))


def _code_contents(catalog: Catalog, cases: Sequence[bytes]) -> Target:
    """Break what is inside of codes whose form and checksum are right."""

    def read(data: bytes) -> None:
        texts = answer_code._codes_of(data)
        if texts:
            read_case(read_answer_codes(texts), catalog, "QR")

    return Target("QR contents", refusing(read), tuple(cases), (mutated_json, mutated_bytes))


def _settings(folder: Path) -> Target:
    write_settings(folder, StoreSettings("abcd", str(folder), 5))
    file = folder / FILE_NAME

    def read(data: bytes) -> None:
        file.write_bytes(data)
        read_settings(folder)

    return Target(
        "settings file", refusing(read), (file.read_bytes(),), (mutated_json, mutated_bytes)
    )


def _pasted(catalog: Catalog) -> Target:
    typing = Typing.of(catalog, "2021-04-20")
    samples = (
        "品名\t区分\t金額\t税\t支払月\nNC旋盤\t設備投資\t8,800,000\t税込10%\t2021年9月\n",
        '旋盤\t機械\t450万\t税抜8\t令和3年9月\t概算\r\n"二行の\r\n品名"\t\t１千円\t\t9\r\n',
        "a\tb\tc\td\te\tf\tg\th\ti\n\n\t\t\n" * 20,
    )

    def read(data: bytes) -> None:
        model = ExpenseModel(typing)
        text = data.decode("utf-8", "replace")
        for column in (Column.LABEL, Column.AMOUNT):
            model.paste(0, column, text)
        model.expenses()
        model.problems()
        model.copied((row, each) for row in range(model.rowCount()) for each in Column)

    sound = tuple(each.encode() for each in samples)
    return Target("pasted table", refusing(read), sound, (mutated_lines, mutated_bytes))


def _pictures(catalog: Catalog, folder: Path, case: bytes) -> Target:
    (code, *_) = answer_codes(read_case(case, catalog, "case"), catalog)
    barcode = zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.QRCode)
    picture = Image.fromarray(barcode.to_image(scale=3))
    samples: list[bytes] = []
    for kind in ("PNG", "JPEG", "PDF"):
        stream = io.BytesIO()
        picture.save(stream, kind)
        samples.append(stream.getvalue())
    file = folder / "picture"

    def read(data: bytes) -> None:
        file.write_bytes(data)
        codes_in(file)

    return Target("picture of codes", refusing(read), tuple(samples), (mutated_bytes,))


# ---------------------------------------------------------------- catalogs


def packed(folder: Path) -> bytes:
    """Return the files of a folder as one input."""
    parts = [
        BETWEEN + file.relative_to(folder).as_posix().encode() + b"\n" + file.read_bytes()
        for file in sorted(folder.rglob("*.yaml"))
    ]
    return b"".join(parts)


def unpacked(data: bytes, files: Sequence[Path]) -> None:
    """Write the parts of one input into the files, in their order."""
    parts = [part.partition(b"\n")[2] for part in data.split(BETWEEN)[1:]]
    for number, file in enumerate(files):
        if number < len(parts):
            file.write_bytes(parts[number])
        else:
            file.unlink(missing_ok=True)


def _catalog_folder(folder: Path) -> Target:
    place = folder / "sources"
    faults = sorted(each.name for each in BAD.iterdir())[::8]
    broken = [packed(bad_catalog(fault, folder / "bad" / fault)) for fault in faults]
    bad_catalog(faults[0], place)
    files = sorted(each for each in place.rglob("*.yaml"))

    def read(data: bytes) -> None:
        unpacked(data, files)
        findings = check_catalog(place)
        if findings.blocking:
            raise UserFacingError("".join(each.text() for each in findings.blocking))
        write_catalog(assemble(findings.draft), folder / "built.sqlite")

    return Target(
        "catalog sources",
        refusing(read),
        (packed(COMPLETE), *broken),
        (mutated_lines, mutated_bytes),
    )


def _compiled_catalog(folder: Path) -> Iterator[Target]:
    file = folder / "catalog.sqlite"
    write_catalog(assemble(check_catalog(COMPLETE).draft), file)
    sound = file.read_bytes()

    def read(data: bytes) -> None:
        file.write_bytes(data)
        load_catalog(file)

    def flipped(data: bytes, _others: Sequence[bytes], rng: Random) -> bytes:
        changed = bytearray(data)
        for _ in range(1 + rng.randrange(3)):
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
        return bytes(changed)

    yield Target("compiled catalog", refusing(read), (sound,), (flipped, mutated_bytes))

    def rewritten(data: bytes, _others: Sequence[bytes], rng: Random) -> bytes:
        return _with_other_rows(data, folder / "changed.sqlite", rng)

    yield Target("catalog of others", refusing(read), (sound,), (rewritten,))


def _with_other_rows(data: bytes, file: Path, rng: Random) -> bytes:
    """Return a compiled catalog with rows changed and the hash made right again."""
    file.write_bytes(data)
    connection = sqlite3.connect(file)
    try:
        connection.execute("PRAGMA foreign_keys = OFF")
        tables = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_schema WHERE type='table'")
        ]
        for _ in range(1 + rng.randrange(3)):
            table = rng.choice(tables)
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            column = rng.choice(columns)
            query = f"SELECT {rng.choice(columns)} FROM {table}"  # noqa: S608
            values = [row[0] for row in connection.execute(query)]
            value = rng.choice((*values, None, 0, -1, 10**18, "", "x", "1/0", "2021-99-99"))
            place = rng.randrange(max(1, len(values)))
            where = f"rowid IN (SELECT rowid FROM {table} LIMIT 1 OFFSET {place})"  # noqa: S608
            statement = f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {where}"  # noqa: S608
            if rng.random() < 0.2:
                statement = f"DELETE FROM {table} WHERE {where} AND ? IS NOT 'x'"  # noqa: S608
            try:
                connection.execute(statement, (value,))
            except sqlite3.Error:
                continue  # the table itself does not allow it
        connection.execute("UPDATE edition SET content_hash = ?", (hash_of(read_rows(connection)),))
        connection.commit()
    finally:
        connection.close()
    return file.read_bytes()
