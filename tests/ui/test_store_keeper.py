"""The window keeps the store: passphrase, lock, backups, and help when it is damaged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from models.stores import cipher
from models.stores.backups import backups_in
from models.stores.consultation_store import FILE_NAME
from models.stores.store_errors import DamagedStoreError
from models.stores.store_settings import read_settings
from models.values.consultation import Consultation
from models.values.problems import UserFacingError
from tests.models.stores.store_cases import CASE, PASSPHRASE, opened, spoken_words_in
from tests.ui.conftest import NOW, OFFICE, FakeAsk
from ui.consultation_session import ConsultationSession
from ui.dialogs.store_dialogs import StoreAction
from ui.first_window import FirstWindow
from ui.idle_lock import TICK
from ui.main_window import MainWindow
from ui.page_base import Desk
from ui.store_door import StoreDoor
from ui.store_keeper import StoreKeeper


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch):
    monkeypatch.setattr(cipher, "KDF_ROUNDS", 1000)


class Clock:
    now = NOW

    def __call__(self):
        return self.now


class Kept:
    """A whole window with its keeper, over the store in a folder."""

    def __init__(self, qtbot, theme, catalog, folder, ask=None):
        self.clock, self.ask = Clock(), ask or FakeAsk()
        self.window = FirstWindow(theme)
        qtbot.addWidget(self.window)
        self.door = StoreDoor(folder, self.clock, self.ask, lambda: self.window)
        self.session = ConsultationSession(
            self.door.open, lambda: catalog, lambda: OFFICE, self.clock
        )
        self.content = MainWindow(Desk(self.session, theme, self.ask))
        self.window.hold(self.content)
        self.window.show()
        self.content.complete_start()
        self.keeper = StoreKeeper(
            self.window, self.content, self.session, self.door, (self.ask, theme)
        )
        with qtbot.waitSignal(self.keeper.backups_made):
            self.keeper.start()


@pytest.fixture
def keep(qtbot, theme, catalog, tmp_path):
    kept = []

    def open_one(ask=None):
        kept.append(Kept(qtbot, theme, catalog, tmp_path / "data", ask))
        return kept[-1]

    yield open_one
    for each in kept:
        each.keeper.release()
        each.session.release()


def test_the_first_start_offers_a_passphrase_and_says_what_it_means(keep, tmp_path):
    kept = keep()
    page = kept.content._start_page
    assert page._offer.isVisible()
    kept.ask.passphrases = [PASSPHRASE]
    page.passphrase_button.click()
    assert kept.session.store.is_encrypted
    assert not page._offer.isVisible()
    kept.session.start_new(CASE)
    kept.session.flush()
    assert spoken_words_in(tmp_path) == []


def test_going_on_without_a_passphrase_is_fine(keep):
    kept = keep()
    kept.ask.passphrases = [None]
    kept.content._start_page.passphrase_button.click()
    assert not kept.session.store.is_encrypted
    kept.keeper.lock()
    assert not kept.keeper.cover.isVisible()


def test_an_encrypted_store_asks_until_the_passphrase_is_right(keep, tmp_path):
    with opened(tmp_path / "data", PASSPHRASE) as store:
        store.create(CASE)
    kept = keep(FakeAsk(passphrases=["違う合言葉です", PASSPHRASE]))
    assert kept.ask.asked[0] == "0"
    assert "違います" in kept.ask.asked[1]
    assert len(kept.session.summaries()) == 1


def test_who_does_not_unlock_is_told_and_nothing_is_opened(qtbot, theme, tmp_path):
    opened(tmp_path / "data", PASSPHRASE).close()
    door = StoreDoor(tmp_path / "data", Clock(), FakeAsk(passphrases=[None]), lambda: None)
    with pytest.raises(UserFacingError, match="合言葉"):
        door.open("")


@pytest.fixture
def locked(keep, tmp_path):
    """Return a window that was locked while a consultation was open."""
    with opened(tmp_path / "data", PASSPHRASE) as store:
        store.create(CASE)
    kept = keep(FakeAsk(passphrases=[PASSPHRASE]))
    kept.session.open(1)
    kept.keeper.lock()
    return kept


def test_a_locked_window_shows_and_holds_nothing(locked, tmp_path):
    cover = locked.keeper.cover
    assert cover.isVisible()
    assert cover.geometry() == locked.window.rect()
    locked.window.resize(900, 600)
    assert cover.geometry() == locked.window.rect()
    assert not locked.content.isEnabled()
    assert locked.session.consultation is None
    with opened(tmp_path / "data", PASSPHRASE) as other:
        assert not other.is_read_only
    locked.keeper.lock()
    locked.keeper.show_settings()
    assert locked.ask.views == []


def test_unlocking_goes_on_where_the_work_was_left(locked, qtbot):
    locked.ask.passphrases = [None]
    locked.keeper.cover.button.click()
    assert locked.keeper.cover.isVisible()
    locked.ask.passphrases = ["違う合言葉です", PASSPHRASE]
    locked.keeper.cover.button.click()
    assert not locked.keeper.cover.isVisible()
    assert locked.content.isEnabled()
    assert locked.session.consultation == CASE


def test_what_is_being_typed_is_stored_before_the_lock(keep, tmp_path):
    opened(tmp_path / "data", PASSPHRASE).close()
    kept = keep(FakeAsk(passphrases=[PASSPHRASE]))
    kept.session.start_new(Consultation())
    kept.session.change(Consultation(title="第9回"), "件名を書きました")
    kept.keeper.lock()
    with opened(tmp_path / "data", PASSPHRASE) as store:
        assert store.list()[0].title == "第9回"


def key_press(window):
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QApplication.sendEvent(window, event)


def move_mouse(window):
    place = QPointF(5, 5)
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window, event)


def pass_time(kept, time):
    """Let time pass on a machine that is awake: the timer ticks."""
    for _ in range(time // timedelta(milliseconds=TICK)):
        kept.clock.now += timedelta(milliseconds=TICK)
        kept.keeper.idle_lock.tick()


def test_an_idle_window_is_locked_and_the_first_key_goes_to_nobody(keep, tmp_path):
    opened(tmp_path / "data", PASSPHRASE).close()
    kept = keep(FakeAsk(passphrases=[PASSPHRASE]))
    for _ in range(3):
        pass_time(kept, timedelta(minutes=9))
        move_mouse(kept.window)
        assert not kept.keeper.idle_lock.check()
    pass_time(kept, timedelta(minutes=9, seconds=45))
    assert not kept.keeper.cover.isVisible()
    kept.clock.now += timedelta(seconds=15)
    key_press(kept.window)
    assert kept.keeper.cover.isVisible()


@pytest.mark.parametrize("time", [timedelta(minutes=2), timedelta(hours=8)])
def test_a_machine_that_slept_is_locked_at_the_first_tick(keep, tmp_path, time):
    opened(tmp_path / "data", PASSPHRASE).close()
    kept = keep(FakeAsk(passphrases=[PASSPHRASE]))
    kept.clock.now += time
    kept.keeper.idle_lock.tick()
    assert kept.keeper.cover.isVisible()


def test_a_plain_store_is_never_locked(keep):
    kept = keep()
    kept.clock.now += timedelta(days=1)
    assert not kept.keeper.idle_lock.check()


def test_settings_change_what_they_say(keep, tmp_path):
    kept = keep()
    kept.session.start_new(CASE)
    stick = tmp_path / "stick"
    stick.mkdir()
    kept.ask.chosen_folder = stick
    kept.ask.passphrases = [PASSPHRASE]
    kept.ask.answers = [True]
    kept.ask.settings = [
        (StoreAction.CHOOSE_FOLDER, 10),
        (StoreAction.ENCRYPT, 10),
        (StoreAction.DECRYPT, 30),
        (StoreAction.NO_FOLDER, 30),
    ]
    kept.keeper.show_settings()
    views = kept.ask.views
    assert [view.is_encrypted for view in views] == [False, False, True, False, False]
    assert [bool(view.backup_folder) for view in views] == [False, True, True, True, False]
    assert "最後の控え" in views[0].last_backup
    kept.keeper.release()
    assert len(list(stick.rglob("consultations-*.sqlite"))) == 1
    assert read_settings(tmp_path / "data").lock_minutes == 30


def test_the_settings_lock_at_once(keep, tmp_path):
    opened(tmp_path / "data", PASSPHRASE).close()
    kept = keep(FakeAsk(passphrases=[PASSPHRASE], settings=[(StoreAction.LOCK_NOW, 10)]))
    kept.content._start_page.settings_button.click()
    assert kept.keeper.cover.isVisible()


def test_a_passphrase_that_cannot_be_set_is_told(keep, monkeypatch):
    kept = keep()

    def full(*_):
        raise UserFacingError("空きがありません。", "空きを作ってください。")

    monkeypatch.setattr(type(kept.session.store), "set_passphrase", full)
    kept.ask.passphrases = [PASSPHRASE]
    kept.session.passphrase_requested.emit()
    assert "空きを作ってください" in kept.ask.told[0]


def test_the_day_has_its_backup(keep, tmp_path):
    keep()
    assert len(backups_in(tmp_path / "data" / "backups")) == 1


def test_a_backup_that_cannot_be_made_is_said_in_the_quiet_line(keep, qtbot):
    kept = keep()
    said = []
    kept.session.message_posted.connect(lambda text, _undo: said.append(text))
    outcome = type("Outcome", (), {"problem": "控えを E: に作れませんでした。"})
    kept.keeper.backups_made.emit((outcome,))
    assert said == ["控えを E: に作れませんでした。"]
    kept.keeper.backups_made.emit(DamagedStoreError("壊れています。"))
    assert "開き直して" in kept.ask.told[0]


@pytest.mark.parametrize("choice", ["salvaged", "backup"])
def test_a_damaged_store_is_mended_by_a_choice(keep, tmp_path, choice):
    with opened(tmp_path / "data") as store:
        for _ in range(30):
            store.create(CASE)
        store.back_up_if_due()
    file = tmp_path / "data" / FILE_NAME
    data = bytearray(file.read_bytes())
    data[8192:12288] = bytes(4096)
    file.write_bytes(data)
    kept = keep(FakeAsk(choose_damage=lambda damage: getattr(damage, choice).file))
    assert "壊れて" in kept.ask.asked[0]
    found = len(kept.session.summaries())
    assert found == 30 if choice == "backup" else 20 < found <= 30


def test_who_mends_nothing_is_told_and_nothing_changes(tmp_path):
    opened(tmp_path / "data").close()
    file = tmp_path / "data" / FILE_NAME
    file.write_bytes(b"broken" * 1000)
    ask = FakeAsk(choose_damage=lambda damage: None)
    with pytest.raises(DamagedStoreError):
        StoreDoor(tmp_path / "data", Clock(), ask, lambda: None).open("")
    assert file.read_bytes() == b"broken" * 1000
