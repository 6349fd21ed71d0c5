"""What was printed stands beside a run of today, and every difference has a name."""

from __future__ import annotations

import json

import pytest

from models.values.result_difference import edition_changed, result_differences

FRAME = {
    "frame": "a/b", "scenario": None, "verdict": "likely", "subsidy": {"low": 1000, "high": 1000},
    "subsidy_rate": "1/2", "peak_advance": 5_000, "open_questions": [], "steps": [{"text": "x"}],
}  # fmt: skip


def result(*results, edition="r3"):
    return json.dumps({"catalog": {"edition": edition, "hash": "h"}, "results": list(results)})


def lines(before, now):
    return [each.text({"a/b": "甲の枠"}.get) for each in result_differences(before, now)]


def test_the_same_is_no_difference_whatever_the_wording():
    other = {**FRAME, "steps": [{"text": "y"}], "source": []}
    assert result_differences(result(FRAME), result(other)) == ()
    assert not edition_changed(result(FRAME), result(other))
    assert edition_changed(result(FRAME), result(FRAME, edition="r4"))


def test_every_difference_is_told():
    now = {
        **FRAME, "verdict": "not_eligible", "subsidy": {"low": 500, "high": 2000},
        "subsidy_rate": None, "peak_advance": 6_000, "open_questions": ["q"],
    }  # fmt: skip
    assert lines(result(FRAME), result(now)) == [
        "甲の枠 判定: 印刷のとき 該当の見込み → 今回 該当しない",
        "甲の枠 補助率: 印刷のとき 1/2 → 今回 なし",
        "甲の枠 補助額: 印刷のとき 1,000円 → 今回 500円〜2,000円",
        "甲の枠 立替の最大: 印刷のとき 5,000円 → 今回 6,000円",
        "甲の枠 未確認の質問: 印刷のとき なし → 今回 1件",
    ]


def test_entries_that_came_or_went_are_told():
    named = {**FRAME, "scenario": "案1"}
    assert lines(result(FRAME, named), result(FRAME, FRAME)) == [
        "甲の枠（案1）: 今回の結果にはありません",
        "甲の枠: 今回加わりました",
    ]


def test_verdicts_alone_are_compared_too():
    before = json.dumps({"results": [{"id": "a/b", "verdict": "likely"}]})
    now = json.dumps({"results": [{"id": "a/b", "verdict": "needs_confirmation"}]})
    assert lines(before, now) == ["甲の枠 判定: 印刷のとき 該当の見込み → 今回 要確認"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"results": 1}'])
def test_what_is_no_result_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        result_differences(text, result(FRAME))
