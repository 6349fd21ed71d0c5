"""The catalog holds what the contract of ids promises: frames, figures, industries, pairs."""

from __future__ import annotations

from fractions import Fraction

import pytest

from models.values.catalog import AdviceKind, EntryKind, OrderRule

MAN = 10_000
HALF, TWO_THIRDS, THREE_QUARTERS = Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)
FRAMES = {
    "jigyo-shokei/keieisha-kotai/gensoku": ({HALF}, 225, None, 225),
    "jigyo-shokei/keieisha-kotai/venture-seisansei": ({TWO_THIRDS}, 300, None, 300),
    "jigyo-shokei/ma/gensoku": ({HALF}, 450, None, 450),
    "jigyo-shokei/ma/venture-seisansei": ({TWO_THIRDS}, 600, None, 600),
    "jigyo-shokei/senmonka/urite": ({TWO_THIRDS}, 200, None, 450),
    "jigyo-shokei/senmonka/kaite": ({TWO_THIRDS}, 200, None, 0),
    "senryaku-kiban/sapoin": ({TWO_THIRDS}, 4500, None, None),
    "senryaku-kiban/sabisapo": ({HALF, TWO_THIRDS}, 3000, None, None),
    "japan-brand/jigyo": ({HALF, TWO_THIRDS}, 500, None, None),
    "japan-brand/shien": ({TWO_THIRDS}, 2000, None, None),
    "seisansei/monozukuri": ({HALF, TWO_THIRDS}, 1000, 100, None),
    "seisansei/jizokuka": ({TWO_THIRDS}, 50, None, None),
    "seisansei/it-donyu": ({HALF}, 450, 30, None),
    "kodo-renkei/kigyokan": ({HALF, TWO_THIRDS}, 2000, None, None),
    "kodo-renkei/supply-chain": ({HALF, TWO_THIRDS}, 1000, None, None),
    "kodo-renkei/business-model": ({TWO_THIRDS}, 10000, None, None),
    "nariwai/a": ({THREE_QUARTERS}, 150000, None, None),
    "nariwai/b": ({THREE_QUARTERS}, 30000, None, None),
    "nariwai/c": ({THREE_QUARTERS}, 30000, None, None),
}
WITHOUT_AMOUNT = {
    "chiiki-mirai/digital-keiei", "chiiki-mirai/sangyo-digital", "chiiki-mirai/wakamono-jinzai",
    "saisei-shien", "shokei-sogo-shien", "shokei-trial", "shokei-event", "keiei-shigen-zeisei",
    "seisansei/shuchi-hands-on", "chiiki-mirai/seminar-chosa", "torihiki-taisaku", "kyojinka",
    "smrj-kofukin",
}  # fmt: skip
SPLIT = {
    "19": ("190", "191", "192", "193", "199"),
    "41": ("410", "411", "412", "413", "414", "415", "416"),
    "69": ("690", "691", "692", "693", "694"),
    "79": ("790", "791", "792", "793", "794", "795", "796", "799"),
}


def yen(figure):
    return None if figure is None else figure.amount


def times_man(number):
    return None if number is None else number * MAN


@pytest.mark.parametrize("frame", FRAMES)
def test_a_frame_states_its_figures(catalog, frame):
    rates, most, least, top_up = FRAMES[frame]
    entry = catalog.entries[frame]
    assert {figure.rate for figure in entry.rates} == rates
    found = (yen(entry.max_limit), yen(entry.min_limit), yen(entry.top_up_max))
    assert found == (times_man(most), times_man(least), times_man(top_up))


def test_exactly_these_entries_have_a_firm_amount(catalog):
    assert {entry.id for entry in catalog.calculable} == set(FRAMES)


def test_every_measure_without_an_amount_is_there(catalog):
    others = set(catalog.entries) - set(FRAMES)
    assert {entry for entry in others if not entry.startswith("reference/")} == WITHOUT_AMOUNT
    assert all(
        entry.kind is EntryKind.INFORMATION
        for entry in catalog.entries.values()
        if entry.program_id == "reference"
    )


def test_all_middle_classes_of_the_classification_are_there(catalog):
    middle = {code for code in catalog.industries if len(code) == 2}
    assert middle == {f"{number:02}" for number in range(1, 100)}


@pytest.mark.parametrize("middle", SPLIT)
def test_a_split_class_holds_the_rows_of_its_parts(catalog, middle):
    parts = {code for code in catalog.industries if len(code) == 3 and code.startswith(middle)}
    assert parts == set(SPLIT[middle])
    rows = {row for part in parts for row in catalog.industries[part].rows}
    assert rows == set(catalog.industries[middle].rows)


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("24", "manufacturing_other"), ("06", "manufacturing_other"), ("40", "manufacturing_other"),
        ("50", "wholesale"), ("55", "wholesale"), ("56", "retail"), ("61", "retail"),
        ("76", "retail"), ("77", "retail"), ("38", "service"), ("39", "software"),
        ("70", "service"), ("75", "lodging"), ("78", "service"), ("80", "amusement"),
        ("88", "service"), ("411", "service"), ("413", "manufacturing_other"),
        ("693", "service"), ("694", "manufacturing_other"), ("791", "manufacturing_other"),
        ("796", "service"), ("191", "manufacturing_other"), ("199", "rubber"),
    ],
)  # fmt: skip
def test_an_industry_stands_in_its_row_of_the_size_table(catalog, code, row):
    assert catalog.industries[code].rows == (row,)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("そば屋", "76"), ("ネジ", "24"), ("民宿", "75"), ("和菓子", "09"), ("美容室", "78"),
        ("工務店", "06"), ("運送", "44"),
    ],
)  # fmt: skip
def test_an_everyday_word_finds_its_class(catalog, word, code):
    assert [c for c, industry in catalog.industries.items() if word in industry.keywords] == [code]


def test_all_prefectures_can_be_chosen(catalog):
    assert len(catalog.questions["applicant.prefecture"].choices) == 47


def test_orders_only_after_the_decision_is_never_told_to_a_flooded_business(catalog):
    told = {
        entry
        for advice in catalog.advice
        if advice.order_rule is OrderRule.AFTER_DECISION
        or ("交付決定" in advice.text and advice.kind is not AdviceKind.YEAR_STEP)
        or "注文できます" in advice.text
        for entry in advice.entries or catalog.entries
    }
    assert told
    assert not any(entry.startswith("nariwai/") for entry in told)


def test_every_pair_of_frames_is_told_apart_once(catalog):
    pairs = {}
    for rule in catalog.pair_rules:
        for i, group in enumerate(rule.groups):
            for other in rule.groups[i + 1 :]:
                for first in group:
                    for second in other:
                        pairs.setdefault(frozenset((first, second)), []).append(rule.kind)
    wanted = {frozenset((a, b)) for a in FRAMES for b in FRAMES if a != b}
    assert set(pairs) == wanted
    assert {len(kinds) for kinds in pairs.values()} == {1}
