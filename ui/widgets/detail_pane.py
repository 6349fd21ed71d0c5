"""What opens beside a list or a table: reasons, workings and their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QWidget

from ui.theme import Role, TextStyle
from ui.widgets.basics import Badge, StyledLabel, column, make_button, row
from ui.widgets.rich_text import TERM_LINK, Terms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from models.values.catalog import GlossaryTerm
    from ui.theme import Theme
    from ui.widgets.rich_text import DetailText

WIDTH = 400
LEAST_MAIN = 420
QWIDGETSIZE_MAX = (1 << 24) - 1


class DetailPane(QWidget):
    """A title with its stage, and selectable text below.

    Expert terms have a dotted line; a click or Enter on one opens its paraphrase below.
    """

    closed = Signal()
    link_followed = Signal(str)
    """A link was followed (what stands behind it)."""

    def __init__(
        self, theme: Theme, glossary: Iterable[GlossaryTerm] = (), *, closable: bool = True
    ) -> None:
        super().__init__()
        self._theme = theme
        self._terms = Terms(glossary)
        self._shown: DetailText | None = None
        self._wanted: DetailText | None = None
        # A long text takes a while: in a list that is walked through, the chosen row comes first.
        self._show_soon = QTimer(self)
        self._show_soon.setSingleShot(True)
        self._show_soon.setInterval(0)
        self._show_soon.timeout.connect(self._show_wanted)
        self.setObjectName("detail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = column(self, margins=(20, 14, 12, 12), gap=8)
        upper = row(gap=8)
        self._stage = Badge(theme, "", Role.ATTENTION)
        self._close = make_button(theme, "閉じる", "link", icon="close", shortcut_hint="Esc")
        upper.addWidget(self._stage)
        upper.addStretch(1)
        upper.addWidget(self._close)
        self._title = StyledLabel(theme, "", TextStyle.SECTION, wrap=True)
        self.body = QTextBrowser()
        self.body.setOpenLinks(False)
        self.body.setAccessibleName("詳しい説明")
        self.body.document().setDocumentMargin(2)
        layout.addLayout(upper)
        layout.addWidget(self._title)
        layout.addWidget(self.body, 1)
        self.body.anchorClicked.connect(lambda url: self._on_body_link(url.toString()))
        theme.changed.connect(self._on_theme_changed)
        if closable:
            self._close.clicked.connect(self.close_pane)
            escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
            escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            escape.activated.connect(self.close_pane)
        else:
            self._close.hide()
        self.hide()

    def set_detail(self, detail: DetailText) -> None:
        """Take this text; the place stays where the text is the same.

        Where another text can be seen, it stands until the list beside it has been painted.
        """
        self._wanted = detail
        self.setAccessibleName(detail.title)
        if self.isVisible():
            self._show_soon.start()
        else:
            self._show_wanted()

    def _show_wanted(self) -> None:
        self._show_soon.stop()
        detail = self._wanted
        if detail is None or detail == self._shown:
            return
        self._shown = detail
        self._title.setText(detail.title)
        self._stage.setText(detail.stage)
        self._stage.setVisible(bool(detail.stage))
        self._stage.updateGeometry()
        self._terms.explained.clear()
        self._on_theme_changed()

    def text(self) -> str:
        """Return the text without its markup."""
        self._show_wanted()
        return self.body.toPlainText()

    def close_pane(self) -> None:
        """Close, and tell so that the focus can go back."""
        self.hide()
        self.closed.emit()

    def _on_body_link(self, link: str) -> None:
        if not link.startswith(TERM_LINK):
            self.link_followed.emit(link)
            return
        self._terms.switch(link.removeprefix(TERM_LINK))
        bar = self.body.verticalScrollBar()
        place = bar.value()
        self._on_theme_changed()
        self._mark_terms(chosen=link)
        bar.setValue(place)

    def _on_theme_changed(self) -> None:
        if self._shown is not None:
            self.body.setFont(self._theme.font(TextStyle.BODY))
            self.body.setHtml(self._shown.html(self._theme, self._terms))
            self._mark_terms()

    def _mark_terms(self, chosen: str = "") -> None:
        """Draw a dotted line under each term; put the keyboard back on the chosen one."""
        found: list[tuple[int, int, str]] = []
        block = self.body.document().begin()
        while block.isValid():
            inside = block.begin()
            while not inside.atEnd():
                fragment = inside.fragment()
                link = fragment.charFormat().anchorHref()
                if link.startswith(TERM_LINK):
                    found.append((fragment.position(), fragment.length(), link))
                inside += 1
            block = block.next()
        dotted = QTextCharFormat()
        dotted.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        dotted.setUnderlineColor(self._theme.color(Role.QUIET))
        for position, length, link in found:
            cursor = QTextCursor(self.body.document())
            cursor.setPosition(position)
            cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(dotted)
            if link == chosen:
                self.body.setTextCursor(cursor)


class SideBySide(QWidget):
    """A main widget with a detail pane at its right; on a narrow window the pane takes the room."""

    def __init__(self, theme: Theme, main: QWidget, pane: DetailPane) -> None:
        super().__init__()
        self._theme = theme
        self._main = main
        self._pane = pane
        layout = row(self, gap=0)
        layout.addWidget(main, 1)
        layout.addWidget(pane)
        pane.closed.connect(self.fit)

    def open(self, detail: DetailText) -> None:
        """Open the pane with this text; the focus stays, unless its place goes out of sight."""
        self._pane.set_detail(detail)
        had_focus = self._main.isAncestorOf(self.window().focusWidget())
        self._fit(is_open=True)
        self._pane.show()
        if self._main.isHidden() and had_focus:
            self._pane.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the pane with Escape from the main widget, too."""
        if event.key() == Qt.Key.Key_Escape and not self._pane.isHidden():
            self._pane.close_pane()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give the pane its width, or all of it where there is little."""
        self._fit(is_open=not self._pane.isHidden())

    def _fit(self, *, is_open: bool) -> None:
        wanted = self._theme.px(WIDTH)
        beside = self.width() - wanted >= self._theme.px(LEAST_MAIN)
        # First out of the way, then in: else the window would have to grow for a moment.
        self._main.setVisible(beside or not is_open)
        self._pane.setMinimumWidth(wanted if beside else 0)
        self._pane.setMaximumWidth(wanted if beside else QWIDGETSIZE_MAX)
