"""Every answer of 後で調べる is homework on both copies: what to find out, and whom to ask."""

from __future__ import annotations

import pytest

from models.values.consultation import Consultation
from models.values.office import Office
from reports.content_blocks import CopyKind, ListBlock
from reports.sheet import sheet_of
from tests.reports.sheets import MADE_ON

LET_US = ("ください。", "ましょう。")


def homework_items(catalog, answers, kind):
    content = sheet_of(catalog, Consultation(answers=answers), Office(), MADE_ON)
    (copy,) = [copy for copy in content.copies if copy.kind is kind]
    return [
        item.text
        for section in (*copy.first, *copy.movable, *copy.rest)
        if section.title.startswith("宿題")
        for block in section.blocks
        if isinstance(block, ListBlock)
        for item in block.items
    ]


def to_find_out(catalog):
    """Return the questions that can be looked up later; what one came for cannot."""
    return {q.id: q for q in catalog.questions.values() if not q.leads_to}


def test_every_question_says_what_its_homework_is(catalog):
    for question in to_find_out(catalog).values():
        assert question.homework.endswith(LET_US), question.id
        assert question.homework != question.text


@pytest.mark.parametrize("kind", list(CopyKind))
def test_every_answer_put_off_is_a_line(catalog, kind):
    put_off = dict.fromkeys(to_find_out(catalog))
    wanted = list(dict.fromkeys(q.homework for q in to_find_out(catalog).values()))
    assert homework_items(catalog, put_off, kind) == wanted


@pytest.mark.parametrize("kind", list(CopyKind))
def test_a_single_answer_put_off_is_the_only_line(catalog, kind):
    for question in to_find_out(catalog).values():
        found = homework_items(catalog, {question.id: None}, kind)
        assert found == [question.homework], question.id


@pytest.mark.parametrize("kind", list(CopyKind))
def test_what_was_never_asked_is_no_homework(catalog, kind):
    assert homework_items(catalog, {}, kind) == []
