"""What actions would change, on the command line: lines for people, and JSON."""

from __future__ import annotations

from fractions import Fraction

from models.planning.action_value import action_values
from models.values.actions import ActionValue, EntryChange
from models.values.money import YenRange
from models.values.results import Verdict
from tests.scenario_file import FOLDER, read_scenarios
from ui.commands.actions_output import action_lines, actions_json

CASE = read_scenarios(FOLDER / "actions")[0].consultation


def test_people_read_one_line_a_change(catalog):
    lines = list(action_lines(action_values(catalog, CASE)))
    assert lines[0] == ""
    assert lines[1].startswith("■ これからできること")
    assert (
        "  ・経営革新計画を都道府県などに提出すると、補助率 1/2→2/3、見込み +150万円"
        "（M&A型 ベンチャー型・生産性向上枠）"
    ) in lines
    assert len(lines) == 5


def test_where_nothing_would_change_nothing_is_said():
    assert list(action_lines(())) == []
    assert actions_json(()) == []


def test_json_holds_both_sides_and_the_gain(catalog):
    found = {action["question"]: action for action in actions_json(action_values(catalog, CASE))}
    action = found["succession.innovation_plan_submitted"]
    assert action["answer"] == {"before": False, "after": True}
    (change,) = action["changes"]
    assert change["frame"] == "jigyo-shokei/ma/venture-seisansei"
    assert change["beside"] == "jigyo-shokei/ma/gensoku"
    assert change["verdict"] == {"before": "not_eligible", "after": "likely"}
    assert change["subsidy_rate"] == {"before": "1/2", "after": "2/3"}
    assert change["total"] == {
        "before": {"low": 4_500_000, "high": 4_500_000},
        "after": {"low": 6_000_000, "high": 6_000_000},
    }
    assert change["gain"] == {"low": 1_500_000, "high": 1_500_000}
    assert change["text"] in list(action_lines(action_values(catalog, CASE)))[3]


def test_an_entry_without_a_firm_amount_has_no_yen():
    verdicts = (Verdict.NOT_ELIGIBLE, Verdict.LIKELY)
    change = EntryChange("entry", None, *verdicts, None, Fraction(1, 2), None, None, "文")
    (action,) = actions_json([ActionValue("question", "する", None, True, (change,))])
    assert action["changes"][0]["gain"] is None
    assert action["changes"][0]["total"] == {"before": None, "after": None}
    assert (change.low_gain, change.high_gain) == (None, None)


def test_a_gain_may_differ_at_the_ends():
    ends = (YenRange(1, 5), YenRange(4, 5))
    change = EntryChange("entry", "entry", Verdict.LIKELY, Verdict.LIKELY, None, None, *ends)
    assert (change.low_gain, change.high_gain) == (3, 0)
