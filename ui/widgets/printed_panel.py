"""これまでの印刷: the sheets as they were printed, and what would be different today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui.theme import TextStyle
from ui.widgets.basics import clear_layout, column, make_button, named
from ui.widgets.choice_bar import ChoiceBar, Option
from ui.widgets.sheet_choices import WIDTH
from ui.widgets.styled_label import StyledLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.stores.printed_sheets import PrintedSheet
    from ui.printed_record import PrintedView
    from ui.theme import Theme

AS_PRINTED, TODAY = "printed", "today"
WAYS = (Option(AS_PRINTED, "印刷したとき"), Option(TODAY, "いまの資料で"))


class PrintedPanel(QScrollArea):
    """Stands in the place of the choices while an earlier print is looked at."""

    left = Signal()
    print_chosen = Signal(int)
    """Another printed sheet (its id) shall be shown."""
    way_chosen = Signal(str)
    """Show the sheet as it was printed, or as today's catalog would have it."""
    save_requested = Signal()
    print_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._told: tuple[str, ...] = ()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("pageScroll")
        inner = named(QWidget(), "pageBody")
        layout = column(inner, margins=(28, 16, 16, 16), gap=8)
        self.back_button = make_button(theme, "いまのシートに戻る", "primary", shortcut_hint="Esc")
        self.print_button = make_button(theme, "このまま印刷する", icon="print")
        self.save_button = make_button(theme, "PDFに保存", icon="save")
        for button in (self.back_button, self.print_button, self.save_button):
            layout.addWidget(button)
        layout.addSpacing(8)
        self.way_bar = ChoiceBar(theme, "どちらを見ますか", WAYS, vertical=True)
        layout.addWidget(self.way_bar)
        self._about = column(gap=6)
        layout.addLayout(self._about)
        layout.addSpacing(8)
        layout.addWidget(StyledLabel(theme, "これまでの印刷", TextStyle.SMALL_STRONG, "quiet"))
        self._list = column(gap=2)
        layout.addLayout(self._list)
        layout.addStretch(1)
        self.setWidget(inner)
        self.back_button.clicked.connect(self.left)
        self.print_button.clicked.connect(self.print_requested)
        self.save_button.clicked.connect(self.save_requested)
        self.way_bar.chosen.connect(lambda way: self.way_chosen.emit(str(way)))
        self._size()
        theme.changed.connect(self._size)

    # ------------------------------------------------------------ public

    def show_view(self, view: PrintedView, prints: Sequence[PrintedSheet], way: str) -> None:
        """Show one printed sheet among all of the consultation."""
        theme = self._theme
        clear_layout(self._about)
        title = f"{moment_words(view.printed)}に印刷"
        self._told = (title, *view.lines, *view.differences)
        self._about.addWidget(StyledLabel(theme, title, TextStyle.STRONG, wrap=True))
        for line in view.lines:
            self._about.addWidget(StyledLabel(theme, line, TextStyle.SMALL, wrap=True))
        for difference in view.differences:
            label = StyledLabel(theme, f"・{difference}", TextStyle.SMALL, "attention", wrap=True)
            self._about.addWidget(label)
        self.way_bar.set_value(way)
        self.way_bar.setEnabled(view.rerun is not None)
        clear_layout(self._list)
        for each in prints:
            button = make_button(theme, moment_words(each), "link")
            button.setEnabled(each.id != view.printed.id)
            button.clicked.connect(lambda _=False, key=each.id: self.print_chosen.emit(key))
            self._list.addWidget(button)

    def about_text(self) -> str:
        """Return what is said of the shown print, one line a finding."""
        return "\n".join(self._told)

    # ------------------------------------------------------------ private

    def _size(self) -> None:
        self.setFixedWidth(self._theme.px(WIDTH))


def moment_words(printed: PrintedSheet) -> str:
    """Return when a sheet was printed, in the time of this machine."""
    at = printed.printed_at.astimezone()
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
