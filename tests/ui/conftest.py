"""A window over the real catalog and a store of its own, with the modal door replaced."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from models.stores.consultation_store import ConsultationStore
from models.values.office import LocalContact, Office
from ui.consultation_session import ConsultationSession
from ui.main_window import MainWindow
from ui.page_base import Desk
from ui.theme import FIRST_FONTS, LATER_FONTS, Theme, load_fonts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from models.values.catalog import Catalog

NOW = datetime(2020, 11, 17, 1, 30, tzinfo=UTC)
OFFICE = Office("新潟県よろず支援拠点", ("渡邉 花子",), (LocalContact("商工会", "0250-00-0000"),))


@dataclass
class FakeAsk:
    """Stands in the place of the modal door: answers from a list, and remembers the questions."""

    answers: list[bool] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    path: Path | None = None
    chosen_folder: Path | None = None
    chosen_pictures: list[Path] = field(default_factory=list)
    passphrases: list[str | None] = field(default_factory=list)
    settings: list[tuple[Any, int]] = field(default_factory=list)
    views: list[Any] = field(default_factory=list)
    choose_damage: Any = None
    printer_to_use: Any = None
    export: Any = None
    choose_theirs: Any = None

    def confirm(self, _parent: object, text: str, detail: str, _yes: str) -> bool:
        self.asked.append(f"{text}\n{detail}")
        return self.answers.pop(0)

    def tell(self, _parent: object, text: str, detail: str = "") -> None:
        self.told.append(f"{text}\n{detail}")

    def tell_fault(self, _parent: object, text: str, report: str) -> None:
        self.told.append(f"{text}\n{report}")

    def save_path(self, _parent: object, _title: str, suggested: Path) -> Path | None:
        self.asked.append(suggested.name)
        return self.path

    def pictures(self, _parent: object, title: str) -> list[Path]:
        self.asked.append(title)
        return self.chosen_pictures

    def case_path(self, _parent: object, suggested: Path, suffix: str) -> Path | None:
        self.asked.append(suggested.name)
        return None if self.path is None else self.path.with_suffix(suffix)

    def open_case(self, _parent: object) -> Path | None:
        return self.path

    def export_choice(self, _parent: object, name: str) -> Any:
        self.asked.append(name)
        return self.export

    def conflicts(self, _parent: object, name: str, conflicts: Any) -> frozenset[str] | None:
        self.asked.append(name)
        return self.choose_theirs(conflicts)

    def printer(self, _parent: object, pages: int, name: str) -> Any:
        self.asked.append(f"{name} {pages}")
        return self.printer_to_use

    def folder(self, _parent: object, title: str) -> Path | None:
        self.asked.append(title)
        return self.chosen_folder

    def unlock(
        self, _parent: object, message: str, seconds: int, _no: str, what: str = ""
    ) -> str | None:
        self.asked.append(f"{what}{message}{seconds}")
        return self.passphrases.pop(0)

    def new_passphrase(self, _parent: object, words: tuple[str, ...], _no: str) -> str | None:
        self.asked.append("\n".join(words))
        return self.passphrases.pop(0)

    def store_settings(self, _parent: object, view: Any) -> tuple[Any, int]:
        self.views.append(view)
        return self.settings.pop(0) if self.settings else (None, view.lock_minutes)

    def damage(self, _parent: object, message: str, damage: Any) -> Path | None:
        self.asked.append(message)
        return self.choose_damage(damage)


@dataclass
class Opened:
    """A window with what stands behind it."""

    window: MainWindow
    session: ConsultationSession
    ask: FakeAsk
    theme: Theme


@pytest.fixture(scope="session")
def fonts(qapp) -> None:
    assert load_fonts(FIRST_FONTS + LATER_FONTS) == ()


@pytest.fixture
def theme(fonts) -> Theme:
    theme = Theme()
    theme.apply()
    return theme


@pytest.fixture
def open_window(qtbot, theme: Theme, catalog: Catalog, tmp_path: Path) -> Callable[..., Opened]:
    """Return what opens a window on the store of this test; each window can be closed."""

    def open_one(with_catalog: Catalog = catalog, folder: Path = tmp_path) -> Opened:
        ask = FakeAsk()
        session = ConsultationSession(
            lambda question: ConsultationStore.open(folder, lambda: NOW, question),
            lambda: with_catalog,
            lambda: OFFICE,
            lambda: NOW,
        )
        window = MainWindow(Desk(session, theme, ask))
        qtbot.addWidget(window, before_close_func=lambda _window: ask.answers.append(True))
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.complete_start()
        return Opened(window, session, ask, theme)

    return open_one


@pytest.fixture
def opened(open_window) -> Opened:
    return open_window()
