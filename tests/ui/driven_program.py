"""The real program, from main.py to the last file, driven through consultations by a script.

    python -m tests.ui.driven_program protected|plain DATA_FOLDER OUTPUT_FOLDER [WATCHED_FOLDER …]

It sets a passphrase (`protected`), holds a whole consultation with the keyboard, saves and prints
the sheet, takes changes back, locks, unlocks and closes. After every step, no file of the watched
folders, nor a deleted one that is open, may hold a word of the client (`SPOKEN`).
"""

from __future__ import annotations

import sys
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import main as program
from tests.ui.keys import CTRL, Key, focused, press, write
from ui.dialogs import ask as ask_door

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtPrintSupport import QPrinter

    from ui.dialogs.store_dialogs import StoreAction
    from ui.main_window import MainWindow

NAME, NOTE, LABEL, TITLE = "極秘山田製作所", "息子が継ぐ話は内緒", "秘密の旋盤", "内密の第2回"
SPOKEN = (NAME, NOTE, LABEL, TITLE)
PASSPHRASE = "ながい合言葉 correct horse"  # noqa: S105 - of tests only
PATIENCE = 60.0
"""Seconds for one step, on a machine that does other things too."""
TICK_MS = 5


@dataclass
class ScriptedAsk(ask_door.Ask):
    """Answers modal questions at once."""

    output: Path
    actions: list[StoreAction] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def confirm(self, *_given: object) -> bool:
        return True

    def tell(self, _parent: object, text: str, detail: str = "") -> None:
        self.told.append(f"{text}\n{detail}")

    def tell_fault(self, _parent: object, text: str, report: str) -> None:
        self.told.append(f"{text}\n{report}")

    def save_path(self, *_given: object) -> Path:
        return self.output / "sheet.pdf"

    def printer(self, *_given: object) -> QPrinter:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - only to print

        from ui.printing import new_printer  # noqa: PLC0415 - as the program does

        printer = new_printer()
        QPrintDialog(printer).deleteLater()  # finds all printers, as the real door does
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.output / "printed.pdf"))
        return printer

    def unlock(self, *_given: object) -> str:
        return PASSPHRASE

    def new_passphrase(self, *_given: object) -> str:
        return PASSPHRASE

    def store_settings(self, _parent: object, view: Any) -> tuple[StoreAction | None, int]:
        return (self.actions.pop(0) if self.actions else None), view.lock_minutes


class Driver:
    """Takes the steps of a script one after the other inside of the program's own event loop."""

    def __init__(self, script: Callable[[Driver], Any], ask: ScriptedAsk) -> None:
        self.ask = ask
        self.failed: BaseException | None = None
        self._script = script
        self._steps: Any = None
        self._ready: Callable[[], bool] = self._is_started
        self._waiting_since = time.monotonic()
        self.after_step: Callable[[], None] = lambda: None

    @property
    def window(self) -> MainWindow:
        """The content of the window."""
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - once the program has it

        from ui.main_window import MainWindow  # noqa: PLC0415 - as above

        found = [w.findChild(MainWindow) for w in QApplication.topLevelWidgets()]
        return next(each for each in found if each is not None)

    def _is_started(self) -> bool:
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - once the program has it

        from ui.store_keeper import StoreKeeper  # noqa: PLC0415 - as above

        return any(w.findChild(StoreKeeper) for w in QApplication.topLevelWidgets())

    def tick(self) -> None:
        """Take the next step once what it waits for is there."""
        from PySide6.QtCore import QTimer  # noqa: PLC0415 - once the program has it
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - as above

        try:
            if self._ready():
                if self._steps is None:
                    self._steps = self._script(self)
                self._ready = next(self._steps)
                self.after_step()
                self._waiting_since = time.monotonic()
            else:
                self._be_patient()
        except StopIteration:
            self.window.window().close()
            return
        except BaseException as error:  # noqa: BLE001 - told by whoever started the program
            self.failed = error
            QApplication.exit(1)
            return
        QTimer.singleShot(TICK_MS, self.tick)

    def _be_patient(self) -> None:
        if time.monotonic() - self._waiting_since > PATIENCE:
            raise TimeoutError(f"this step never came true: {self._steps.gi_frame}")


def run(arguments: list[str], driver: Driver) -> int:
    """Run the program with a driver; print what went wrong in its steps, and return 1."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - after the environment is set
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - as above

    ask_door.Ask = lambda: driver.ask  # type: ignore[assignment,misc]
    app = QApplication(sys.argv[:1])
    QTimer.singleShot(0, driver.tick)
    code = program.main(arguments)
    del app
    if driver.failed is not None:
        # The program's own hook for faults would tell it to nobody.
        traceback.print_exception(driver.failed)
        return 1
    return code


# ---------------------------------------------------------------- one consultation


def a_consultation(driver: Driver, name: str = NAME) -> Any:
    """Hold one consultation from the first key to the printed sheet."""
    from ui.steps import Step  # noqa: PLC0415 - once the program has it

    window = driver.window
    session = window._session
    press(Key.Key_N, modifier=CTRL)
    yield lambda: session.consultation is not None
    page = window.page(Step.APPLICANT)
    page.focus_question("applicant.name")
    write(name)
    press(Key.Key_Return)
    yield lambda: name in session.consultation.answers.values()
    for question, value in (
        ("applicant.legal_form", "company"),
        ("applicant.regular_employees", 18),
        ("applicant.industry_code", "26"),
        ("succession.kind", "m_and_a"),
        ("succession.role", "buyer"),
        ("succession.innovation", True),
    ):
        label = session.catalog.questions[question].label
        session.change(
            session.consultation.with_answer(question, value), f"「{label}」に答えました"
        )
        yield lambda: True
    press(Key.Key_3, modifier=CTRL)
    yield lambda: window.current_step is Step.EXPENSES
    write(LABEL)
    press(Key.Key_Tab)
    write("設備")
    press(Key.Key_Tab)
    write("880万")
    press(Key.Key_Return)
    yield lambda: any(e.label == LABEL for e in session.consultation.expenses)
    for key in (Key.Key_4, Key.Key_5):
        press(key, modifier=CTRL)
        yield lambda: True
    press(Key.Key_F, modifier=CTRL)
    write("承継")
    yield lambda: True
    press(Key.Key_Escape)
    press(Key.Key_6, modifier=CTRL)
    sheet = window.page(Step.SHEET)
    yield sheet.is_current
    sheet.choices.notes.setFocus()
    write(NOTE)
    sheet.choices.commit()
    sheet.choices._lines["title"].setText(TITLE)
    sheet.choices.commit()
    yield lambda: sheet.is_current() and session.consultation.title == TITLE
    press(Key.Key_S, modifier=CTRL)
    yield (driver.ask.output / "sheet.pdf").exists
    press(Key.Key_P, modifier=CTRL)
    yield (driver.ask.output / "printed.pdf").exists
    window.undo()
    yield lambda: session.consultation.title == ""
    window.redo()
    yield lambda: session.consultation.title == TITLE


def protected_day(driver: Driver) -> Any:
    """Set a passphrase, hold a consultation, lock, unlock, go on, and search the list."""
    from ui.dialogs.store_dialogs import StoreAction  # noqa: PLC0415 - once the program has it
    from ui.steps import Step  # noqa: PLC0415 - as above
    from ui.store_keeper import StoreKeeper  # noqa: PLC0415 - as above

    window = driver.window
    session = window._session
    keeper = window.window().findChild(StoreKeeper)
    yield lambda: keeper._thread is not None
    driver.ask.actions = [StoreAction.ENCRYPT]
    keeper.show_settings()
    yield lambda: session.store.is_encrypted
    yield from a_consultation(driver)
    held = session.consultation_id
    keeper.lock()
    yield keeper.cover.isVisible
    keeper.unlock()
    yield lambda: session.consultation_id == held
    keeper._back_up()
    yield lambda: True
    window.go_to(Step.CONSULTATIONS)
    focused().setFocus()
    write("山田")
    yield lambda: True
    assert driver.ask.told == [], driver.ask.told


def words_left_in(folders: list[Path]) -> list[tuple[str, str]]:
    """Return the files, deleted ones that are still open too, that hold a word of the client."""
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    files += _deleted_but_open()
    found: list[tuple[str, str]] = []
    for file in files:
        try:
            data = file.read_bytes()
        except OSError:
            continue  # gone in the meantime
        found += [
            (str(file), word)
            for word in SPOKEN
            for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "cp932", "euc-jp")
            if word.encode(code) in data or ascii(word)[1:-1].encode() in data
        ]
    return found


def _deleted_but_open() -> list[Path]:
    """Return the deleted files that this process or one that it started still holds open."""
    pids = ["self", *(pid for each in _texts("self/task/*/children") for pid in each.split())]
    opened = [file for pid in pids for file in Path("/proc").glob(f"{pid}/fd/*")]
    return [file for file in opened if _link(file).endswith(" (deleted)")]


def _texts(pattern: str) -> list[str]:
    return [file.read_text(encoding="ascii") for file in Path("/proc").glob(pattern)]


def _link(file: Path) -> str:
    try:
        return str(file.readlink())
    except OSError:
        return ""


def main(kind: str, data: Path, output: Path, watched: list[Path]) -> int:
    script = {"protected": protected_day, "plain": a_consultation}[kind]
    driver = Driver(script, ScriptedAsk(output))

    def look() -> None:
        if found := words_left_in(watched):
            raise AssertionError(found)

    driver.after_step = look
    return run(["--data-dir", str(data)], driver)


if __name__ == "__main__":
    KIND, (DATA, OUTPUT, *WATCHED) = sys.argv[1], map(Path, sys.argv[2:])
    sys.exit(main(KIND, DATA, OUTPUT, WATCHED))
