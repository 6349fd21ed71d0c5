"""Lines obey 禁則, keep amounts whole, and lose not a character."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.fonts import Face, printable, text_width
from reports.text_layout import ELLIPSIS, break_lines, break_title, fit_text, limit_lines

LAW = (
    "補助率は「３分の２以内」（小規模事業者は「４分の３以内」）です。上限額は￥1,234,567円、"
    "または12,345,678円（消費税及び地方消費税相当額を除く。）とし、千円未満は切り捨てます！？"
    "詳しくは公募要領（第２．１版）「５．補助対象経費」、及びGビズID「プライム」の手引きを"
    "ご確認ください。ＩＴ導入・ＤＸ化ーー電子帳簿保存法(e-Bunsho)対応…など。"
)
FORBIDDEN_START = "、。，．）」』】・：；！？ー…々ぁぃっゃゅょァィッャュョ％"
FORBIDDEN_END = "（「『【￥"


@pytest.mark.parametrize("width", range(110, 420, 7))
def test_no_line_begins_or_ends_with_what_must_not_stand_there(width: int):
    lines = break_lines(LAW, width, 9)
    assert "".join(lines) == LAW
    for line in lines:
        assert line[0] not in FORBIDDEN_START, line
        assert line[-1] not in FORBIDDEN_END, line
        assert text_width(line, 9) <= width + 0.02


@pytest.mark.parametrize("width", range(90, 300, 9))
@pytest.mark.parametrize(
    "piece", ["1,234,567円", "533万3,333円", "2/3", "R&D", "Gビズ", "12人", "10%"]
)
def test_a_piece_is_never_torn(piece: str, width: int):
    lines = break_lines(f"それは{piece}でありそれも{piece}なので{piece}とする", width, 10)
    assert sum(line.count(piece) for line in lines) == 3


def test_a_range_may_break_only_after_the_wave_dash():
    lines = break_lines("533万3,333円〜806万605円", 90, 10)
    assert lines == ("533万3,333円〜", "806万605円")


@pytest.mark.parametrize("text", ["R&D", "<b>太い</b>", "&amp;", "a < b > c", "100%&", "</para>"])
def test_markup_is_ordinary_text(text: str):
    assert break_lines(text, 500, 12) == (text,)


def test_an_endless_word_is_cut_at_the_edge():
    lines = break_lines("a" * 10_000, 300, 9)
    assert "".join(lines) == "a" * 10_000
    assert all(text_width(line, 9) <= 300.02 for line in lines)


def test_ten_thousand_closing_marks_do_not_hang_it():
    assert "".join(break_lines("。" * 10_000, 300, 9)) == "。" * 10_000


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "\t"])
def test_empty_text_has_no_lines(text: str):
    assert break_lines(text, 100, 9) == ()


def test_line_breaks_of_the_text_stay():
    assert break_lines("一行目\r\n二行目\r\n\r\n四行目", 300, 9) == (
        "一行目",
        "二行目",
        "",
        "四行目",
    )


def test_no_lone_character_closes_a_paragraph():
    for width in range(100, 300, 3):
        lines = break_lines("あ" * 61, width, 10)
        assert len(lines[-1]) >= 3 or len(lines[-1]) == len(lines[-2]), (width, lines)


def test_a_break_at_a_space_leaves_no_space_behind():
    assert break_lines("abcdef ghijkl", 45, 10) == ("abcdef", "ghijkl")


@given(
    st.text(alphabet=st.sampled_from("あ漢、。（）「」ー1,2円万aZ 　¥〜…っ☐𠮷😀"), max_size=80),
    st.integers(30, 200),
)
def test_lines_lose_only_spaces_and_never_stick_out(text: str, width: int):
    lines = break_lines(text, width, 10)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", printable(text))
    assert all(text_width(line, 10) <= width + 0.02 for line in lines)


def test_a_title_breaks_at_its_spaces_first():
    assert break_title("○ 専門家活用型 売り手支援枠", 100, 12) == ("○ 専門家活用型", "売り手支援枠")
    assert break_title("○ 短い名前", 100, 12) == ("○ 短い名前",)
    assert (
        "".join(break_title("とても長い名前のほじょきん", 60, 12)) == "とても長い名前のほじょきん"
    )
    assert break_title("", 60, 12) == ()


def test_text_that_fits_is_not_cut():
    assert fit_text("短い", 100, 10) == "短い"


def test_text_that_is_too_long_ends_with_an_ellipsis():
    cut = fit_text("とても長い名前の会社", 50, 10)
    assert cut.endswith(ELLIPSIS)
    assert text_width(cut, 10) <= 50


def test_lines_left_out_are_shown_by_an_ellipsis():
    lines = break_lines(LAW, 200, 9)
    shown = limit_lines(lines, 2, 200, 9)
    assert len(shown) == 2
    assert shown[0] == lines[0]
    assert shown[1].endswith(ELLIPSIS)
    assert text_width(shown[1], 9) <= 200.02
    assert limit_lines(lines, 99, 200, 9) == lines


def test_bold_text_is_measured_as_bold():
    assert text_width("1", 10, Face.TEXT_BOLD) != text_width("1", 10, Face.FIGURES_BOLD)
