"""Whatever is pressed, in whatever order: no fault, and what was answered is on the disk."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from models.values.consultation import Consultation
from tests.ui.keys import CTRL, Key
from tests.ui.test_verdicts_page import BUYER, LATHE

STEPS = 150
PLAIN = (
    *(Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_9, Key.Key_A, Key.Key_Space, Key.Key_Delete),
    *(Key.Key_Tab, Key.Key_Backtab, Key.Key_Return, Key.Key_Escape, Key.Key_F2),
    *(Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_End),
)
WITH_CTRL = (
    *(Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5, Key.Key_6),
    *(Key.Key_Z, Key.Key_Y, Key.Key_N, Key.Key_F, Key.Key_J, Key.Key_V),
    *(Key.Key_Plus, Key.Key_Minus, Key.Key_0),
)
WITH_ALT = (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_N)
TABLE = "NC旋盤\t設備\t880万\n会計ソフト\tIT\t60万"


class Hand:
    """Presses keys and buttons that it chooses by lot; notes what it did."""

    def __init__(self, window: QWidget, seed: int) -> None:
        self._window = window
        self._lot = random.Random(seed)  # noqa: S311 - nothing secret
        self.done: list[str] = []

    def act(self) -> None:
        """Press one thing."""
        lot = self._lot.random()
        if lot < 0.6:
            self._key(self._lot.choice(PLAIN), Qt.KeyboardModifier.NoModifier)
        elif lot < 0.78:
            self._key(self._lot.choice(WITH_CTRL), CTRL)
        elif lot < 0.84:
            self._key(self._lot.choice(WITH_ALT), Qt.KeyboardModifier.AltModifier)
        else:
            self._click()
        QApplication.processEvents()

    def _key(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        self.done.append(f"{modifier.name} {key.name}")
        QTest.keyClick(QApplication.focusWidget() or self._window, key, modifier)

    def _click(self) -> None:
        shown = [one for one in self._window.findChildren(QAbstractButton) if one.isVisible()]
        button = self._lot.choice([one for one in shown if one.isEnabled()])
        self.done.append(f"click {button.text() or button.accessibleName()}")
        button.click()


@pytest.mark.parametrize("seed", [15, 16, 17])
def test_no_order_of_keys_and_buttons_makes_a_fault(
    opened, theme, monkeypatch, seed, qtbot, catalog
):
    monkeypatch.setattr(opened.ask, "confirm", lambda *_: False)
    QApplication.clipboard().setText(TABLE)
    opened.window.prepare_pages()
    opened.session.start_new(
        Consultation(consulted_on="2020-11-17", answers=BUYER, expenses=(LATHE,))
    )
    hand = Hand(opened.window, seed)
    with qtbot.captureExceptions() as faults:
        for _ in range(STEPS):
            hand.act()
            assert not faults, hand.done
    held, held_id = opened.session.consultation, opened.session.consultation_id
    opened.session.flush()
    if held_id is not None:
        assert opened.session.store.load(held_id, catalog) == held
    theme.set_percent(100)
