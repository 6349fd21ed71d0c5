"""The sentences about ways: exact, cautious where ranges overlap, never about what cannot hold."""

from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from models.planning.ways_sentences import NOTHING_YET, ways_sentences
from models.values.consultation import Scenario
from models.values.money import YenRange, man_text
from models.values.results import Amount, Screening, SimulationResult, Verdict
from models.values.ways import Origin, Way, Ways

MAN = 10_000
PAID = 1_000 * MAN


def result(total, verdict=Verdict.LIKELY, paid=PAID, peak=PAID):
    ends = None if total is None else YenRange(*total)
    amount = Amount("x", 0, 0, None, ends, None, ends)
    own = None if ends is None else ends.subtracted_from(paid)
    return SimulationResult(None, "x", Screening("x", verdict), amount, paid, own, peak, (), ())


def way(label, low, high=None, *, assumed="", base=None, **about):
    total = None if low is None else (low * MAN, (low if high is None else high) * MAN)
    found = result(total, **about)
    scenario = Scenario(("x",), answers={"q": assumed} if assumed else {})
    return Way(label, assumed, found, (found,), scenario, base=base)


def said(*ways, apart=()):
    pairs = frozenset(frozenset(pair) for pair in apart)
    return "".join(ways_sentences(Ways("x", "x", PAID, ways, Origin.OWN, pairs)))


def test_certain_amounts_differ_by_an_exact_amount():
    assert said(way("甲", 450), way("乙（説明）", 200), way("丙", 300)) == (
        "補助の見込みは、甲が丙より150万円多く、ご自身の負担はその分少なくなります。"
        "立て替える最大は、どれも1,000万円です。"
    )


def test_ranges_that_do_not_touch_differ_by_at_least():
    words = said(way("甲", 450, 500), way("乙", 200, 300))
    assert "甲が乙より少なくとも150万円多く、ご自身の負担はその分少なくなります。" in words


def test_ranges_that_overlap_decide_nothing():
    assert said(way("甲", 250, 500), way("乙", 200, 300)) == (
        "補助の見込みの幅が重なるため、甲と乙のどちらが多いかはまだ言えません"
        "（少ない方どうし、多い方どうしでは、甲の方が多くなります）。"
    )
    assert said(way("甲", 200, 300), way("乙", 200, 300)).endswith("まだ言えません。")
    assert said(way("甲", 300, 400), way("乙", 200, 300)).startswith("補助の見込みの幅が重なる")


def test_low_ends_that_decide_differently_from_high_ends_are_told():
    assert said(way("甲", 300), way("乙", 200, 650)) == (
        "補助の見込みは、少ない方では甲が乙より100万円多く、多い方では乙が甲より350万円多くなるため、"
        "どちらが多いかはまだ言えません。"
    )


def test_the_same_is_the_same():
    assert said(way("甲", 300), way("乙", 300)) == "補助の見込みは、甲と乙で同じ300万円です。"


def test_nothing_is_said_of_what_is_ruled_out_or_has_no_amount():
    words = said(way("甲", 900, verdict=Verdict.NOT_ELIGIBLE), way("乙", None), way("丙", 100))
    assert words == "丙の見込みは100万円です。"
    assert said(way("甲", 900, verdict=Verdict.NOT_ELIGIBLE)) == NOTHING_YET
    assert said() == NOTHING_YET
    assert said(way("甲", 0), way("乙", 0)) == NOTHING_YET


def test_what_pays_nothing_is_no_rival():
    assert said(way("甲", 100), way("乙", 0)) == "補助の見込みがあるのは甲だけで、100万円です。"


def test_better_but_unsettled_is_said_to_be_unsettled():
    words = said(way("甲", 450, verdict=Verdict.NEEDS_CONFIRMATION), way("乙", 200))
    assert words.endswith("ただし、甲に当てはまるかは、これから確かめます。")


def test_ways_that_cannot_both_hold_are_never_compared():
    words = said(way("甲", 450), way("乙", 300), way("丙", 200), apart=[("甲", "乙"), ("乙", "丙")])
    assert "甲が丙より250万円多く" in words
    assert "乙の見込みは300万円です。" in words
    assert "甲と乙は、両方が成り立つことはないため、どちらが多いかは比べません。" in words
    assert "乙より" not in words


def test_a_what_if_is_told_as_one_against_the_same_frames_without_it():
    varied = way(
        "案1",
        450,
        assumed="「機械」が高い場合",
        base=result((400 * MAN, 400 * MAN)),
        paid=PAID + 176 * MAN,
        peak=PAID + 176 * MAN,
    )
    assert said(way("甲", 900), varied) == (
        "甲の見込みは900万円です。"
        "「機械」が高い場合、案1の補助の見込みは450万円で、変える前より50万円多くなります。"
        "ご自身の負担は726万円で、変える前より126万円多くなります。"
        "立て替える最大は、変える前より176万円多くなります。"
    )


def test_a_what_if_over_a_range_tells_both():
    base = result((100 * MAN, 300 * MAN))
    words = said(way("案1", 200, 300, assumed="もし", base=base))
    assert "200万円〜300万円です（変える前は100万円〜300万円）。" in words
    assert "ご自身の負担は700万円〜800万円です（変える前は700万円〜900万円）。" in words


def test_a_what_if_may_change_nothing_or_take_all():
    same = said(way("案1", 300, assumed="もし", base=result((300 * MAN, 300 * MAN))))
    assert "300万円で、変える前と同じです。" in same
    less = said(way("案1", 0, assumed="もし", base=result((300 * MAN, 300 * MAN)), peak=MAN))
    assert "補助の見込みは0円で、変える前より300万円少なくなります。" in less
    assert "立て替える最大は、変える前より999万円少なくなります。" in less
    assert said(way("案1", 0, assumed="もし")) == "もし、案1に補助の見込み額はありません。"
    assert said(way("案1", 5, assumed="もし")) == "もし、案1の見込みは5万円です。"


def test_ways_under_the_same_assumption_are_compared_under_it():
    words = said(way("甲", 450, assumed="もし"), way("乙", 200, assumed="もし"))
    assert words.startswith("もし、補助の見込みは、甲が乙より250万円多く")
    nothing = said(way("甲", 0, assumed="もし"), way("乙", 0, assumed="もし"))
    assert nothing == "もし、補助の見込み額がありません。"


def test_different_plans_are_not_called_better():
    dearer = replace(way("甲", 450), result=result((450 * MAN, 450 * MAN), paid=PAID * 2))
    assert "ご自身の負担" not in said(dearer, way("乙", 200))


ENDS = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted)


@given(st.lists(ENDS, min_size=2, max_size=4))
def test_whatever_is_called_better_is_better_in_every_case(ends):
    ways = [way(name, low, high) for name, (low, high) in zip("甲乙丙丁", ends, strict=False)]
    words = said(*ways)
    for one, other in product(ways, ways):
        total, rival = one.result.amount.total, other.result.amount.total
        if f"{one.label}が{other.label}より" in words and "まだ言えません" not in words:
            difference = total.low - rival.high
            assert difference > 0
            assert f"{man_text(difference)}多く" in words
            assert all(
                total.low > each.result.amount.total.high for each in ways if each is not one
            )
