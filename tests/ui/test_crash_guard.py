"""Every error becomes a message and an exit code; a fault tells nothing of the client."""

import sys

import pytest

from models.values.problems import ExitCode, UserFacingError
from ui.crash_guard import fault_place, fault_text, guarded


def failing(error):
    def action():
        raise error

    return action


def test_what_goes_well_says_nothing():
    told = []
    assert guarded(lambda: 0, told.append) == 0
    assert told == []


def test_a_message_for_the_user_is_told_with_its_exit_code():
    told = []
    error = UserFacingError("壊れています。", "置き換えてください。", ExitCode.UNUSABLE_STORE)
    assert guarded(failing(error), told.append) == 3
    assert told == ["壊れています。\n置き換えてください。"]


def test_a_fault_names_kind_and_place_but_not_its_words():
    told = []
    assert guarded(failing(KeyError("株式会社山田製作所")), told.append) == 1
    assert "KeyError tests/ui/test_crash_guard.py:" in told[0]
    assert "山田" not in told[0]
    assert "Traceback" not in told[0]


def test_a_fault_without_a_place_of_ours_names_its_kind():
    assert fault_place(ValueError("x")) == "ValueError"
    assert "申し訳ありません" in fault_text(ValueError("x"))


def test_the_package_names_the_place_too(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    for file, place in [("ui/pages/x.py", "ui/pages/x.py:1"), ("ui\\x.py", "ui/x.py:1")]:
        with pytest.raises(ZeroDivisionError) as caught:
            exec(compile("1 / 0", file, "exec"))  # noqa: S102 - a file that need not exist
        assert fault_place(caught.value) == f"ZeroDivisionError {place}"


@pytest.mark.parametrize("error", [BrokenPipeError(), KeyboardInterrupt(), SystemExit(2)])
def test_what_is_no_fault_passes_through(error):
    with pytest.raises(type(error)):
        guarded(failing(error), pytest.fail)
