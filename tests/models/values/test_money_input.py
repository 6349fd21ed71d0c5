"""What people type is read exactly or refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.consultation import MAX_YEN, TaxMode
from models.values.money import man_text, yen_text
from models.values.money_input import Refused, TypedTax, parse_month, parse_tax, parse_yen

FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


@pytest.mark.parametrize(
    ("typed", "yen"),
    [
        ("", None),
        (" 　\t", None),
        ("0", 0),
        ("4500000", 4_500_000),
        ("4,500,000", 4_500_000),
        ("４，５００，０００円", 4_500_000),
        ("4、500、000", 4_500_000),
        ("￥1,234", 1_234),
        ("¥1,234円", 1_234),
        ("\\1,234", 1_234),
        (" 450 万 円 ", 4_500_000),
        ("450万", 4_500_000),
        ("４５０万円", 4_500_000),
        ("1.5万", 15_000),
        ("１．５万円", 15_000),
        ("0.0001万", 1),
        ("1,234.5万", 12_345_000),
        ("1億2000万", 120_000_000),
        ("1億2,000万円", 120_000_000),
        ("1億円", 100_000_000),
        ("1億2000万5円", 120_000_005),
        ("1億2000円", 100_002_000),
        ("450万5000", 4_505_000),
        ("450万5,000円", 4_505_000),
        ("450万5円", 4_500_005),
        ("450千円", 450_000),
        ("3千万", 30_000_000),
        ("2千5百万円", 25_000_000),
        ("2千500万円", 25_000_000),
        ("2万5千", 25_000),
        ("5百円", 500),
        ("1.5千万", 15_000_000),
        ("10兆", MAX_YEN),
        ("20000万", 200_000_000),
        ("007", 7),
    ],
)
def test_an_amount_is_read_exactly(typed, yen):
    assert parse_yen(typed) == yen


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1億2000", "円か万円か"),
        ("2万5", "円か万円か"),
        ("1億5千", "円か万円か"),
        ("1億20000万", "位が重なって"),
        ("1万20000円", "位が重なって"),
        ("1千2000円", "位が重なって"),
        ("1.5億2000万", "小数と下の単位"),
        ("1.5千200円", "位が重なって"),
        ("1.23456万", "円未満"),
        ("0.5円", "円未満"),
        ("100.5", "円未満"),
        ("1.000", "円未満"),
        ("1,00", "カンマは3桁"),
        ("1,0000", "カンマは3桁"),
        (",100", "カンマは3桁"),
        (".5万", "カンマは3桁"),
        ("千円", "カンマは3桁"),
        ("約50万", "概算の印"),
        ("50万くらい", "概算の印"),
        ("-5", "0円以上"),
        ("▲5万", "0円以上"),
        ("－５", "0円以上"),
        ("12 34", "空白"),
        ("100万 200万", "書いてください"),
        ("5²", "書いてください"),
        ("①", "書いてください"),
        ("٣", "書いてください"),
        ("四百万", "書いてください"),
        ("万円", "書いてください"),
        ("円", "書いてください"),
        ("1e6", "書いてください"),
        ("NaN", "書いてください"),
        ("450万〜500万", "書いてください"),
        ("11兆", "大きすぎます"),
        ("10000000000001", "大きすぎます"),
        ("9" * 50, "長すぎます"),
    ],
)
def test_what_is_ambiguous_or_impossible_is_refused(typed, words):
    refused = parse_yen(typed)
    assert isinstance(refused, Refused)
    assert words in refused.reason


@given(st.integers(0, MAX_YEN))
def test_every_amount_that_the_program_writes_can_be_typed(yen):
    assert parse_yen(str(yen)) == yen
    assert parse_yen(yen_text(yen)) == yen
    assert parse_yen(man_text(yen)) == yen
    assert parse_yen(yen_text(yen).translate(FULL_WIDTH)) == yen


@given(st.integers(0, 10**9), st.integers(0, 9999), st.sampled_from([("万", 4), ("億", 8)]))
def test_decimals_before_a_unit_are_exact(whole, decimals, unit):
    name, zeros = unit
    total = whole * 10**zeros + decimals * 10 ** (zeros - 4)
    read = parse_yen(f"{whole}.{decimals:04}{name}")
    assert read == total if total <= MAX_YEN else isinstance(read, Refused)


@given(st.text(max_size=50) | st.text("0123456789,.万億千百円¥ 兆", max_size=20))
def test_any_text_is_read_or_refused(typed):
    result = parse_yen(typed)
    assert result is None or isinstance(result, Refused) or 0 <= result <= MAX_YEN
    assert isinstance(parse_month(typed, "2021-04-20"), str | Refused | None)
    assert isinstance(parse_tax(typed), TypedTax | Refused | None)


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("", None),
        ("2021-09", "2021-09"),
        ("2021/9", "2021-09"),
        ("２０２１．９", "2021-09"),
        ("2021年9月", "2021-09"),
        ("2021/9/30", "2021-09"),
        ("2021年9月30日", "2021-09"),
        ("R3.9", "2021-09"),
        ("r3/9", "2021-09"),
        ("Ｒ３．９", "2021-09"),
        ("令和3年 9月", "2021-09"),
        ("令3.9", "2021-09"),
        ("令和元年5月", "2019-05"),
        ("9月", "2021-09"),
        ("9", "2021-09"),
        ("４月", "2021-04"),
        ("3月", "2022-03"),
        ("12", "2021-12"),
    ],
)
def test_a_month_is_read(typed, month):
    assert parse_month(typed, "2021-04-20") == month


@pytest.mark.parametrize(
    "typed",
    ["13", "0月", "3.9", "21/9", "2021-13", "2021/9/31", "R1.4", "R0.5", "1 2", "9月頃", "1021-09"],
)
def test_another_month_is_refused(typed):
    assert isinstance(parse_month(typed, "2021-04-20"), Refused)


@pytest.mark.parametrize("day", [None, "", "2021-02-30"])
def test_a_month_without_year_needs_the_day_of_the_visit(day):
    refused = parse_month("9月", day)
    assert isinstance(refused, Refused)
    assert "相談日" in refused.reason
    assert parse_month("2021-09", day) == "2021-09"


@given(st.dates(), st.integers(1, 12))
def test_a_month_without_year_is_the_next_one(day, number):
    if not 1900 <= day.year < 2199:
        return
    month = parse_month(f"{number}月", day.isoformat())
    visited = f"{day.year:04}-{day.month:02}"
    next_year = f"{day.year + 1:04}-{day.month:02}"
    assert isinstance(month, str)
    assert visited <= month < next_year
    assert month.endswith(f"-{number:02}")


@pytest.mark.parametrize(
    ("typed", "tax"),
    [
        ("", None),
        ("税込", TypedTax(TaxMode.INCLUDED, None)),
        ("内税", TypedTax(TaxMode.INCLUDED, None)),
        ("税込8%", TypedTax(TaxMode.INCLUDED, 8)),
        ("税抜（１０％）", TypedTax(TaxMode.EXCLUDED, 10)),
        ("税別", TypedTax(TaxMode.EXCLUDED, None)),
        ("非課税", TypedTax(TaxMode.NONE, None)),
        (" な し ", TypedTax(TaxMode.NONE, None)),
    ],
)
def test_tax_words_are_read(typed, tax):
    assert parse_tax(typed) == tax


@pytest.mark.parametrize("typed", ["10%", "税", "税込5%", "非課税8%", "込込"])
def test_other_tax_words_are_refused(typed):
    assert isinstance(parse_tax(typed), Refused)
