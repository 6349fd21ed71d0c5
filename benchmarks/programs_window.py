"""Open the real window with 20,000 programs, type and answer, and measure when it stands still.

    python -m benchmarks.programs_window [FILE]

FILE is a compiled catalog (`python -m benchmarks.huge_catalog FILE`); without it one is made, which
takes a minute. A beat every 4 ms tells how long the main thread was at work between two, in its own
processor time, for others run here too; gaps above 16 ms are counted, the worst is printed for each
thing done, and beside it by the clock. Keystrokes are measured with the paint that shows them.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import defaultdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter, thread_time
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.huge_catalog import huge_catalog, real_catalog
from models.catalog_build.compile import write_catalog
from models.values.consultation import Consultation, Expense, TaxMode
from models.values.questions import QuestionType
from ui.application import WindowGuard, complete_start
from ui.commands.context import CommandContext
from ui.first_window import FirstWindow
from ui.steps import Step
from ui.theme import FIRST_FONTS, Theme, load_fonts

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.main_window import MainWindow

BEAT, LATE = 4, 16.0
TYPED = ("事業承継", "ものづくり", "IT", "03-35", "存在しない")
ANSWERS = 12


class Beats:
    """Measures the gaps between beats of the event loop."""

    def __init__(self) -> None:
        self.doing = "start"
        self.gaps: defaultdict[str, list[float]] = defaultdict(list)
        self.clock: defaultdict[str, float] = defaultdict(float)
        self._last, self._last_clock = thread_time(), perf_counter()
        self._timer = QTimer()
        self._timer.setInterval(BEAT)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now, clock = thread_time(), perf_counter()
        self.gaps[self.doing].append((now - self._last) * 1000)
        by_clock = (clock - self._last_clock) * 1000
        self.clock[self.doing] = max(self.clock[self.doing], by_clock)
        self._last, self._last_clock = now, clock

    def during(self, doing: str, work: Callable[[], object], wait: float = 0.0) -> None:
        """Do something and let the event loop run for `wait` seconds after it."""
        self.doing = doing
        QTimer.singleShot(0, work)
        self.run(max(wait, 0.05))

    @staticmethod
    def run(seconds: float) -> None:
        loop = QEventLoop()
        QTimer.singleShot(int(seconds * 1000), loop.quit)
        loop.exec()

    def print(self) -> None:
        print(f"{'':46} {'worst':>9} {'> 16 ms':>8} {'beats':>7} {'by the clock':>15}")
        for doing, gaps in self.gaps.items():
            late = sum(gap > LATE for gap in gaps)
            clock = f"{self.clock[doing]:12.1f} ms"
            print(f"{doing:46} {max(gaps):6.1f} ms {late:8} {len(gaps):7} {clock}")


def measure(file: Path, folder: Path) -> None:
    """Print the gaps of one session with the catalog in `file`, its store in `folder`."""
    _app = QApplication.instance() or QApplication([])
    load_fonts(FIRST_FONTS)
    theme = Theme()
    window = FirstWindow(theme)
    guard = WindowGuard(window)
    beats = Beats()
    context = CommandContext(file, folder, {}, lambda: datetime(2020, 11, 17, tzinfo=UTC))
    window.show()
    started = perf_counter()
    beats.during("start: while the catalog is read", lambda: complete_start(
        lambda: context, theme, window, guard))  # fmt: skip
    while window.content is None:
        beats.run(0.05)
    print(f"the window is usable after {perf_counter() - started:.1f} s")
    beats.during("start: the list appears, the pages are built", lambda: None, 2.0)
    content = window.content
    _search(beats, content)
    _answer(beats, content)
    beats.print()
    content.may_close()


def _search(beats: Beats, content: MainWindow) -> None:
    beats.during("the catalog page opens", content.search_catalog, 0.5)
    page: Any = content.catalog_page
    slowest: dict[str, float] = {}
    for words in TYPED:
        beats.during("the search is emptied", page.search.clear)
        for end in range(1, len(words) + 1):
            key = partial(_key, page, words[:end], slowest)
            beats.during("a key in the search, with its paint", key)
    for text, taken in sorted(slowest.items(), key=lambda item: -item[1])[:3]:
        print(f"slowest key: {text} {taken:.1f} ms of processor time")
    beats.during("a kind is chosen", lambda: QTest.keyClick(page.kind_bar, Qt.Key.Key_2), 0.1)
    beats.during("the list is scrolled", page.list.scrollToBottom, 0.1)


def _key(page: Any, text: str, slowest: dict[str, float]) -> None:
    started = thread_time()
    page.search.setText(text)
    QApplication.processEvents()
    slowest[text] = (thread_time() - started) * 1000


def _answer(beats: Beats, content: MainWindow) -> None:
    session = content._session  # noqa: SLF001 - what the window holds
    lathe = Expense("NC旋盤", "equipment", 8_800_000, TaxMode.INCLUDED)
    first = Consultation(consulted_on="2020-11-17", expenses=(lathe,))
    beats.during("a consultation is opened", lambda: session.start_new(first), 2.0)
    beats.during("the verdicts appear", lambda: content.go_to(Step.VERDICTS), 2.0)
    panel = content.frame.next_panel
    verdicts: Any = content.page(Step.VERDICTS)
    for _ in range(ANSWERS):
        if not panel.question_id():
            beats.run(1.0)
        question = session.catalog.questions.get(panel.question_id())
        if question is None:
            break
        value = question.choices[0].value if question.choices else True
        known = question.choices or question.type is QuestionType.BOOLEAN
        given = partial(panel.answered.emit, question.id, value if known else None)
        beats.during("an answer", given, 1.5)
    beats.during("the list of verdicts is scrolled", verdicts.list.scrollToBottom, 0.1)


def main(file: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        if file is None:
            file = Path(folder, "huge.sqlite")
            write_catalog(huge_catalog(real_catalog()), file)
        measure(file, Path(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
