"""相談: earlier consultations, and the way into a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QWidget

from models.values.problems import UserFacingError
from models.values.resources import resource_path
from ui.case_exchange import CaseExchange
from ui.page_base import PAGE_MARGIN, Desk, PageBase
from ui.tables.consultation_list import NO_NAME, ConsultationList, listed, ways_to_search
from ui.tables.row_list import Rows
from ui.theme import TextStyle
from ui.widgets.basics import StyledLabel, column, make_button, row
from ui.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QVBoxLayout

    from models.stores.consultation_store import ConsultationSummary
    from models.values.consultation import Consultation

SAMPLE = resource_path("resources", "samples", "yamada.json")
WELCOME = (
    "お客さまのことと使う予定の費用を入れると、使えそうな補助金と金額の目安がその場で分かります。",
    "入れたことはすべて、このパソコンの中だけに、その都度しまわれます。保存の操作はいりません。",
    "最後に、お客さまにお渡しする相談シートを印刷できます。",
)
OFFER = (
    "合言葉を決めると、相談の記録と控えが暗号化され、パソコンをなくしても中を読まれません。"
    "ただし、合言葉を忘れると、だれにも（作った人にも）開けなくなります。",
    "決めないまま始めてもかまいません。そのときは、パソコンのディスクを暗号化してください"
    "（WindowsではBitLocker、macOSではFileVault）。合言葉は後からでも決められます。",
)
PUT_AWAY, TAKE_BACK = "しまう", "一覧に戻す"
NONE_LISTED = "ここには相談がありません。"


class StartPage(PageBase):
    """Finds, opens, copies and deletes stored consultations; begins new ones."""

    title = "相談"
    needs_consultation = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._listed: tuple[ConsultationSummary, ...] = ()
        self._exchange = CaseExchange(desk.session, desk.ask, self)
        layout = column(self, margins=(PAGE_MARGIN, 20, PAGE_MARGIN, 20), gap=12)
        self._welcome = self._build_welcome()
        self._earlier = self._build_earlier()
        layout.addWidget(self._welcome)
        layout.addWidget(self._earlier, 1)
        self._stretch(layout)
        self._connect()
        self._welcome.hide()

    def _build_welcome(self) -> QWidget:
        theme = self.desk.theme
        box = QWidget()
        layout = column(box, margins=(0, 16, 0, 16), gap=14)
        layout.addWidget(StyledLabel(theme, "はじめまして。みちしるべです。", TextStyle.SECTION))
        for sentence in WELCOME:
            label = StyledLabel(theme, sentence, wrap=True)
            label.setMaximumWidth(theme.px(720))
            layout.addWidget(label)
        layout.addSpacing(8)
        self.first_button = make_button(
            theme, "最初の相談を始める", "primary", icon="plus", shortcut_hint="Ctrl+N"
        )
        self.sample_button = make_button(theme, "見本の相談を見る", "link", icon="right")
        self.first_load_button = make_button(theme, "ファイルから読み込む…", "link")
        across = row(gap=12)
        across.addWidget(self.first_button)
        across.addWidget(self.sample_button)
        across.addWidget(self.first_load_button)
        across.addStretch(1)
        layout.addLayout(across)
        layout.addSpacing(12)
        layout.addWidget(self._build_offer())
        return box

    def _build_offer(self) -> QWidget:
        """Offer a passphrase; who goes on without one is told what to do instead."""
        theme = self.desk.theme
        self._offer = QWidget()
        layout = column(self._offer, gap=10)
        layout.addWidget(StyledLabel(theme, "合言葉で守りますか", TextStyle.SECTION))
        for sentence in OFFER:
            label = StyledLabel(theme, sentence, wrap=True)
            label.setMaximumWidth(theme.px(720))
            layout.addWidget(label)
        self.passphrase_button = make_button(theme, "合言葉を決める…")
        across = row()
        across.addWidget(self.passphrase_button)
        across.addStretch(1)
        layout.addLayout(across)
        return self._offer

    def _build_earlier(self) -> QWidget:
        theme = self.desk.theme
        box = QWidget()
        layout = column(box, gap=12)
        upper = row(gap=12)
        self.search = SearchLine()
        self.search.setPlaceholderText("名前や日付で探す")
        self.search.setAccessibleName("相談を探す")
        self.search.setClearButtonEnabled(False)
        self.search.setMaximumWidth(theme.px(420))
        self.new_button = make_button(
            theme, "新しい相談", "primary", icon="plus", shortcut_hint="Ctrl+N"
        )
        self.archived_box = QCheckBox("しまった相談")
        upper.addWidget(self.search, 1)
        upper.addWidget(self.archived_box)
        self.load_button = make_button(theme, "ファイルから…", "link")
        self.load_button.setToolTip("書き出した相談のファイルを読み込みます")
        upper.addStretch(0)
        upper.addWidget(self.load_button)
        upper.addWidget(self.new_button)
        layout.addLayout(upper)
        self.list = ConsultationList(theme)
        layout.addWidget(self.list, 1)
        self._nothing = StyledLabel(theme, "", look="quiet")
        self._nothing.hide()
        layout.addWidget(self._nothing)
        layout.addLayout(self._build_actions())
        return box

    def _build_actions(self) -> QVBoxLayout:
        """Return what is done often, and below it the rest: in one line they need a wide screen."""
        theme = self.desk.theme
        self.open_button = make_button(theme, "開く", icon="open", shortcut_hint="Enter")
        self.copy_button = make_button(
            theme, "次の回として写す", icon="copy", shortcut_hint="Ctrl+D"
        )
        self.delete_button = make_button(theme, "消す", icon="trash", shortcut_hint="Delete")
        self.archive_button = make_button(theme, PUT_AWAY, "link")
        self.export_button = make_button(theme, "書き出す…", "link")
        self.code_button = make_button(theme, "QRコードから…", "link")
        self.code_button.setToolTip("相談員用の控えのQRコードを、写真やスキャンから読み込みます")
        self.settings_button = make_button(theme, "保存と合言葉", "link", shortcut_hint="Ctrl+,")
        first, second = row(gap=8), row(gap=8)
        for button in (self.open_button, self.copy_button, self.delete_button):
            first.addWidget(button)
        first.addStretch(1)
        second.addWidget(self.archive_button)
        second.addWidget(self.export_button)
        second.addWidget(self.code_button)
        second.addStretch(1)
        second.addWidget(self.settings_button)
        both = column(gap=8)
        both.addLayout(first)
        both.addLayout(second)
        return both

    def _stretch(self, layout: QVBoxLayout) -> None:
        self._filler = QWidget()
        layout.addWidget(self._filler, 1)
        self._filler.hide()

    def _connect(self) -> None:
        session = self.desk.session
        self.first_button.clicked.connect(self.start_new)
        self.sample_button.clicked.connect(self._on_sample_button_clicked)
        self.new_button.clicked.connect(self.start_new)
        self.passphrase_button.clicked.connect(session.passphrase_requested)
        self.settings_button.clicked.connect(session.settings_requested)
        self.code_button.clicked.connect(self._on_code_button_clicked)
        self.archive_button.clicked.connect(lambda: self._with_selected(self._on_archive_clicked))
        self.export_button.clicked.connect(lambda: self._with_selected(self._on_export_clicked))
        self.load_button.clicked.connect(self._exchange.load)
        self.first_load_button.clicked.connect(self._exchange.load)
        self.archived_box.toggled.connect(self._on_archived_box_toggled)
        self.search.textChanged.connect(self._on_search_text_changed)
        self.search.returnPressed.connect(self._on_search_return_pressed)
        self.list.open_requested.connect(session.open)
        self.list.delete_requested.connect(self._on_list_delete_requested)
        self.list.selectionModel().currentChanged.connect(self._enable_buttons)
        self.open_button.clicked.connect(lambda: self._with_selected(session.open))
        self.copy_button.clicked.connect(lambda: self._with_selected(session.duplicate))
        self.delete_button.clicked.connect(
            lambda: self._with_selected(self._on_list_delete_requested)
        )
        session.list_changed.connect(self.refresh)
        self.search.moved.connect(self.list.step_by)
        self.search.delete_requested.connect(
            lambda: self._with_selected(self._on_list_delete_requested)
        )
        shortcut = QShortcut(QKeySequence("Ctrl+D"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self._with_selected(session.duplicate))

    # ------------------------------------------------------------ public

    def show_consultation(self, consultation: Consultation | None) -> None:
        """Show the list as it is now."""
        super().show_consultation(consultation)
        if self._listed:
            self.refresh()

    def refresh(self) -> None:
        """Read the list from the store."""
        shows_archived = self.archived_box.isChecked()
        self._listed = self.desk.session.summaries(archived=shows_archived)
        has_archived = shows_archived or bool(self.desk.session.summaries(archived=True))
        self.archived_box.setVisible(has_archived)
        self.archive_button.setText(TAKE_BACK if shows_archived else PUT_AWAY)
        is_first = not (self._listed or has_archived)
        store = self.desk.session.store
        self._offer.setVisible(not (store.is_encrypted or store.is_read_only))
        self._filler.setVisible(is_first)
        # Hidden before the other is shown: both at once would make the window grow for good.
        leaving, coming = self._earlier, self._welcome
        if not is_first:
            leaving, coming = coming, leaving
        leaving.hide()
        coming.show()
        self._show_found()
        if self.isVisible():
            self.focus_first()

    def start_new(self) -> None:
        """Begin a consultation today."""
        from models.values.consultation import Consultation  # noqa: PLC0415 - after first paint

        today = self.desk.session.clock().date().isoformat()
        self.desk.session.start_new(Consultation(consulted_on=today))

    def focus_first(self) -> None:
        """Begin with the search, whose arrows move in the list, or on the first button."""
        if not self._welcome.isHidden():
            self.first_button.setFocus()
        else:
            self.search.setFocus()

    # ------------------------------------------------------------ slots

    def _on_sample_button_clicked(self) -> None:
        """Open a worked example; it is deleted like any other consultation."""
        from models.values.case_file import read_case  # noqa: PLC0415 - after first paint

        session = self.desk.session
        sample = read_case(SAMPLE.read_bytes(), session.catalog, SAMPLE.name)
        session.start_new(sample)

    def _on_code_button_clicked(self) -> None:
        """Begin a consultation with the answers of a printed advisor's copy."""
        from ui.commands.cases_code import consultation_in  # noqa: PLC0415 - only when used

        session = self.desk.session
        files = self.desk.ask.pictures(self, "QRコードの写真かPDFを選ぶ")
        if not files:
            return
        try:
            read = consultation_in(files, session.catalog)
        except UserFacingError as error:
            self.desk.ask.tell(
                self, error.message, error.text().removeprefix(error.message).strip()
            )
            return
        session.start_new(read)
        session.post("QRコードから読み込みました")

    def _on_search_text_changed(self) -> None:
        self._show_found()

    def _on_search_return_pressed(self) -> None:
        self._with_selected(self.desk.session.open)

    def _on_archived_box_toggled(self) -> None:
        self.refresh()

    def _on_archive_clicked(self, consultation_id: int) -> None:
        self.desk.session.archive(consultation_id, archived=not self.archived_box.isChecked())

    def _on_export_clicked(self, consultation_id: int) -> None:
        found = next(one for one in self._listed if one.id == consultation_id)
        self._exchange.export(consultation_id, found.client_name or NO_NAME)

    def _on_list_delete_requested(self, consultation_id: int) -> None:
        found = next((one for one in self._listed if one.id == consultation_id), None)
        if found is None:
            return
        name = found.client_name or NO_NAME
        text = f"「{name}」（{found.consulted_on or ''}）の相談を消しますか"
        detail = "消した相談は元に戻せません。"
        if self.desk.ask.confirm(self, text, detail, "消す"):
            self.desk.session.delete(consultation_id)

    # ------------------------------------------------------------ private

    def _show_found(self) -> None:
        found = self._found()
        chosen = self.list.selected_id()
        # With thousands of consultations, only what is seen is made into rows.
        self.list.list_model.set_rows(Rows(found, listed))
        self._nothing.setText("合う相談がありません。" if self._listed else NONE_LISTED)
        self._nothing.setVisible(not found)
        if found:
            place = next((n for n, one in enumerate(found) if one.id == chosen), 0)
            self.list.setCurrentIndex(self.list.list_model.index(place))
        self._enable_buttons()

    def _found(self) -> Sequence[ConsultationSummary]:
        """Return the listed consultations that fit what is typed into the search."""
        ways = ways_to_search(self.search.text())
        if ways == ("",):
            return self._listed
        session, shows_archived = self.desk.session, self.archived_box.isChecked()
        by_way = [session.summaries(words, archived=shows_archived) for words in ways]
        if len(by_way) == 1:
            return by_way[0]
        ids = {one.id for found in by_way for one in found}
        return [one for one in self._listed if one.id in ids]

    def _enable_buttons(self) -> None:
        has_choice = self.list.selected_id() is not None
        for button in (
            self.open_button,
            self.copy_button,
            self.delete_button,
            self.archive_button,
            self.export_button,
        ):
            button.setEnabled(has_choice)

    def _with_selected(self, action) -> None:  # noqa: ANN001
        chosen = self.list.selected_id()
        if chosen is not None:
            action(chosen)
