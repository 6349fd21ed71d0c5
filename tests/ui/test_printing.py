"""Choosing a printer, and what is told where there is none."""

from __future__ import annotations

import pytest
from PySide6.QtPrintSupport import QPrinter

from ui import printing
from ui.dialogs.ask import Ask
from ui.printing import NO_PRINTER, can_choose, new_printer

FORMATS = QPrinter.OutputFormat


class Printer:
    def __init__(self, form):
        self.outputFormat = lambda: form


@pytest.mark.parametrize(
    ("system", "form", "expected"),
    [
        ("win32", FORMATS.NativeFormat, True),
        ("win32", FORMATS.PdfFormat, False),
        ("darwin", FORMATS.PdfFormat, False),
        ("linux", FORMATS.PdfFormat, True),
    ],
)
def test_windows_cannot_choose_where_there_is_no_printer(system, form, expected):
    assert can_choose(Printer(form), system) is expected


def test_a_printer_that_became_a_file_is_no_printer(qapp):
    printer = new_printer()
    printer.setOutputFormat(FORMATS.PdfFormat)
    assert not can_choose(printer, "win32")


def test_no_printer_is_told_and_no_dialog_opens(qapp, monkeypatch):
    told = []
    monkeypatch.setattr(printing, "can_choose", lambda _printer: False)
    monkeypatch.setattr(Ask, "tell", lambda _self, _parent, *words: told.append(words))
    assert Ask().printer(None, 2, "相談シート") is None
    assert told == [NO_PRINTER]
