"""Every error becomes a message and an exit code; a fault tells nothing of the client."""

import sys

import pytest

from models.values.problems import ExitCode, UserFacingError
from ui.crash_guard import fault_place, fault_report, fault_text, guarded, tell_quietly


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


WORDS = ("株式会社山田製作所", "極秘の話", "山田の旋盤", "内密.pdf")


class OddError(Exception):
    """Says what a client said in every way that an error can."""

    def __init__(self, words):
        super().__init__(*words)
        self.words = words
        self.add_note(words[0])

    def __repr__(self):
        return f"OddError{self.words}"


def raise_with_words():
    said, more = WORDS[0], {"notes": WORDS[1]}
    try:
        try:
            int(said)
        except ValueError as error:
            raise KeyError(more["notes"]) from error
    except KeyError:
        try:
            open(f"/none/{WORDS[3]}")  # noqa: PTH123, SIM115 - for its error
        except OSError:
            exec(compile("raise_it()", WORDS[3], "exec"), {"raise_it": odd_error})  # noqa: S102


def odd_error():
    raise OddError(WORDS)


def test_the_report_names_all_places_and_no_word_of_the_client(capsys):
    with pytest.raises(OddError) as caught:
        raise_with_words()
    report = fault_report(caught.value)
    for kind in ("OddError", "FileNotFoundError", "KeyError", "ValueError"):
        assert f"{kind} tests/ui/test_crash_guard.py:" in report
    assert "Python 3." in report
    tell_quietly(caught.value)
    printed = capsys.readouterr()
    assert printed.err == f"{report}\n"
    for word in WORDS:
        assert word not in report + printed.out


def test_errors_that_cause_each_other_are_reported_once():
    first, second = KeyError("a"), ValueError("b")
    first.__cause__, second.__cause__ = second, first
    assert fault_report(first).count("KeyError") == 1
    tell_quietly(None)
