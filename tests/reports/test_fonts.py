"""Every character is drawn by a font that has it, or reported as lost."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from reports.fonts import (
    GETA,
    Face,
    Run,
    lost_characters,
    printable,
    register_fonts,
    split_runs,
    text_width,
)
from reports.pen import Pen
from reports.typography import TextStyle
from tests.reports.sheets import font_names, page_texts

if TYPE_CHECKING:
    from pathlib import Path

NAMES = "𠮷田 髙橋 山﨑 神 渡邉 ㈱ ① ⑳ ㊞ ㍻ № ℡ 〜 ～ － ｱｲｳ"


def written(*texts: str, face: Face = Face.TEXT) -> bytes:
    pen = Pen("題", "作成")
    for number, text in enumerate(texts):
        pen.text((50, 60 + 20 * number), text, TextStyle(face, 12, 18))
    pen.next_page()
    return pen.finish()


def test_a_kanji_of_another_font_gets_its_own_run():
    assert split_runs("𠮷野家", Face.TEXT) == (
        Run("𠮷", "NotoSansJP-Regular"),
        Run("野家", "BIZUDPGothic-Regular"),
    )


def test_what_no_font_has_becomes_geta_and_is_reported_once():
    assert (
        "".join(run.text for run in split_runs("駅😀前😀🚃", Face.TEXT))
        == f"駅{GETA}前{GETA}{GETA}"
    )
    assert lost_characters("駅😀前😀🚃") == "😀🚃"


def test_ordinary_names_lose_nothing():
    assert lost_characters(NAMES) == ""


def test_a_lone_surrogate_is_lost_and_not_a_crash():
    assert lost_characters("a\ud800b") == "\ud800"
    assert page_texts(written("a\ud800b"))[0].strip() == f"a{GETA}b"


def test_variation_selectors_and_joiners_are_dropped():
    assert printable("葛\U000e0100飾") == "葛飾"
    assert printable("☎\ufe0f") == "☎"
    assert printable("は\u200bい\u200d\ufeff") == "はい"


def test_control_characters_are_dropped_and_tabs_become_spaces():
    assert printable("a\x00b\x1bc\td\x85") == "abc d"


def test_separate_marks_of_kana_and_latin_letters_are_composed():
    assert printable("か\u3099ハ\u309ae\u0301") == "がパé"


def test_a_name_kanji_is_never_exchanged_for_another():
    assert printable("\ufa19 \ufa10 ① Ａ") == "\ufa19 \ufa10 ① Ａ"


@pytest.mark.parametrize("face", [Face.FIGURES, Face.FIGURES_BOLD])
def test_all_digits_have_one_width(face: Face):
    assert len({text_width(digit, 10, face) for digit in "0123456789"}) == 1


def test_figures_of_the_same_length_end_at_the_same_place():
    assert text_width("1,111,111円", 10, Face.FIGURES) == text_width(
        "8,888,888円", 10, Face.FIGURES
    )


def test_the_thousands_mark_is_narrower_than_a_digit():
    assert text_width(",", 10, Face.FIGURES) < text_width("0", 10, Face.FIGURES)


def test_text_width_is_what_the_page_uses():
    text = "補助 ¥1,234 R&D 𠮷☐"
    parts = sum(text_width(char, 12) for char in text)
    assert text_width(text, 12) == pytest.approx(parts)


def test_only_our_fonts_are_listed_and_each_as_a_subset():
    names = font_names(written(NAMES, "太字", face=Face.TEXT_BOLD))
    assert names
    for name in names:
        tag, _, base = name.partition("+")
        assert len(tag) == 6
        assert base in {"BIZUDPGothic-Bold", "NotoSansJP-Regular"}
    assert len(written("一")) < 40_000


def test_every_font_file_is_registered_once():
    assert register_fonts() is register_fonts()


def test_text_copies_out_as_it_was_typed():
    assert page_texts(written(NAMES))[0].strip() == NAMES


def test_more_than_a_hundred_characters_copy_out():
    text = "".join(chr(code) for code in range(ord("一"), ord("一") + 400) if chr(code) != "丄")
    kept = "".join(char for char in text if not lost_characters(char))
    lines = [kept[start : start + 30] for start in range(0, len(kept), 30)]
    assert page_texts(written(*lines))[0].split() == lines


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_a_kanji_above_ffff_copies_out_of_another_reader(tmp_path: Path):
    path = tmp_path / "name.pdf"
    path.write_bytes(written("𠮷田 𠮷雄"))
    out = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    assert out.stdout.decode().strip() == "𠮷田 𠮷雄"


def test_boxes_are_shapes_with_the_width_of_a_character():
    assert split_runs("☐決算書", Face.TEXT)[0] == Run("☐", "")
    assert text_width("☐☑", 12) == 24
    assert page_texts(written("☐☑決算書"))[0].strip() == "決算書"
