"""The blank questionnaire: the screen's questions in its order, two pages a topic, our fonts."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
import pytest

from models.values.conditions import AllOf, AnyOf, FixedLimit, Leaf, Not, Operator
from models.values.questions import Choice, Question, Questionnaire, QuestionType, Topic
from reports.fonts import lost_characters
from reports.questionnaire_content import LATER, MOST_TICKS, Ticks, questionnaire_content
from reports.questionnaire_layout import TYPES, draw_questionnaire
from tests.reports.sheets import all_text, font_names, page_texts
from tests.reports.small_catalog import CATALOG
from tests.reports.test_sheet_pages import OUR_FONTS, compared_with_golden

YES = Leaf("yes", "shop.closes", Operator.IS, "閉める店がある", (True,))
NO = Leaf("no", "shop.closes", Operator.IS, "閉める店がない", (False,))
LARGE = Leaf("large", "shop.staff", Operator.AT_LEAST, "人を雇っている", limit=FixedLimit(1))
KINDS = QuestionType
QUESTIONS = (
    Question(
        "shop.form",
        "shop",
        KINDS.CHOICE,
        "形",
        "会社ですか、個人ですか",
        help="合同会社も会社です。",
        choices=(Choice("company", "会社"), Choice("person", "個人"), Choice("other", "そのほか")),
    ),
    Question(
        "shop.trade",
        "shop",
        KINDS.INDUSTRY,
        "業種",
        "どんなお仕事ですか",
        help="文字を打つと探せます。",
        paper_help="「そば屋」のように。",
    ),
    Question("shop.staff", "shop", KINDS.COUNT, "従業員", "何人いますか", unit="人"),
    Question("shop.capital", "shop", KINDS.YEN, "資本金", "資本金はいくらですか", ask_when=LARGE),
    Question(
        "shop.county",
        "shop",
        KINDS.CHOICE,
        "県",
        "どの県ですか",
        choices=tuple(Choice(f"c{n}", f"第{n}県") for n in range(MOST_TICKS + 1)),
    ),
    Question(
        "shop.closes", "shop", KINDS.BOOLEAN, "廃業", "引き継ぎにあわせて、たたむお店はありますか"
    ),
    Question("plan.when", "plan", KINDS.BOOLEAN, "時期", "もう日は決まっていますか", ask_when=YES),
    Question("plan.help", "plan", KINDS.BOOLEAN, "手助け", "手助けがいりますか", ask_when=YES),
    Question("plan.other", "plan", KINDS.BOOLEAN, "別", "続けますか", ask_when=NO),
    Question(
        "plan.any", "plan", KINDS.BOOLEAN, "どれか", "どれかですか", ask_when=AnyOf((YES, LARGE))
    ),
    Question("plan.all", "plan", KINDS.BOOLEAN, "両方", "両方ですか", ask_when=AllOf((YES, LARGE))),
    Question(
        "plan.not", "plan", KINDS.BOOLEAN, "否", "違いますか", ask_when=Not(AnyOf((YES, LARGE)))
    ),
    Question("name.name", "name", KINDS.TEXT, "名前", "お名前を教えてください"),
    Question("name.number", "name", KINDS.CORPORATE_NUMBER, "番号", "法人番号は何番ですか"),
)
PLAN = Questionnaire("plan", "計画のご相談", ("plan",), ("shop.staff",), expenses=False)
SHOP = Questionnaire("shop", "お店のご相談", ("shop",))
SMALL = replace(
    CATALOG,
    topics={
        "shop": Topic("shop", "お店のこと", "会社の大きさを確かめます"),
        "plan": Topic("plan", "これからのこと", "計画を立てるための、" + "とても長い理由です" * 5),
        "name": Topic("name", "お名前", "シートの頭に書きます"),
    },
    questions={question.id: question for question in QUESTIONS},
    questionnaires={"plan": PLAN, "shop": SHOP},
)


def asked(content):
    return [ask for group in content.groups for ask in group.asks]


def pdf(catalog, *papers):
    return draw_questionnaire(questionnaire_content(catalog, papers))


@pytest.fixture(
    params=[
        "succession", "investment", "development", "consortium", "disaster", "finance", "trade",
    ]
)  # fmt: skip
def paper(request, catalog):
    return catalog.questionnaires[request.param]


def test_the_pages_read_as_agreed():
    compared_with_golden("questionnaire", page_texts(pdf(SMALL)))


def test_a_topics_pages_read_as_agreed():
    compared_with_golden("questionnaire-topic", page_texts(pdf(SMALL, PLAN)))


def test_every_paper_of_the_catalog_is_looked_at(catalog, request):
    assert set(catalog.questionnaires) == {
        "succession", "investment", "development", "consortium", "disaster", "finance", "trade",
    }  # fmt: skip


def test_a_topic_fills_two_pages_at_most(catalog, paper):
    assert len(page_texts(pdf(catalog, paper))) <= 2


def test_the_full_paper_asks_everything_in_the_order_of_the_screen(catalog):
    content = questionnaire_content(catalog)
    order = [
        q.id for topic in catalog.topics for q in catalog.questions.values() if q.topic == topic
    ]
    assert [ask.question for ask in asked(content)] == order
    assert set(order) == set(catalog.questions)
    assert [ask.number for ask in asked(content)] == list(range(1, len(order) + 1))


def test_a_topic_asks_its_own_questions_in_the_same_order(catalog, paper):
    everything = [ask.question for ask in asked(questionnaire_content(catalog))]
    found = [ask.question for ask in asked(questionnaire_content(catalog, [paper]))]
    wanted = {q.id for q in catalog.questions.values() if q.topic in paper.topics}
    wanted |= set(paper.questions)
    assert found == [question for question in everything if question in wanted]


def test_every_question_is_printed_with_its_number(catalog, paper):
    content = questionnaire_content(catalog, [paper])
    text = all_text(draw_questionnaire(content))
    for ask in asked(content):
        assert f"{ask.number}{ask.text[:12]}" in text


def test_the_words_are_those_of_the_screen(catalog):
    for ask in asked(questionnaire_content(catalog)):
        question = catalog.questions[ask.question]
        assert ask.text == question.text
        if isinstance(ask.answer, Ticks) and question.choices:
            assert ask.answer.options == tuple(choice.label for choice in question.choices)


def test_every_question_but_a_name_may_be_looked_up_later(catalog):
    for ask in asked(questionnaire_content(catalog)):
        is_text = catalog.questions[ask.question].type is QuestionType.TEXT
        assert ask.later == ("" if is_text else LATER)


def test_several_topics_make_one_paper_with_each_question_once(catalog):
    papers = [catalog.questionnaires["succession"], catalog.questionnaires["disaster"]]
    found = [ask.question for ask in asked(questionnaire_content(catalog, papers))]
    assert len(found) == len(set(found))
    assert {"succession.kind", "disaster.event", "applicant.legal_form"} <= set(found)


def test_only_our_fonts_are_listed_all_as_subsets(catalog):
    names = font_names(pdf(catalog))
    assert names
    assert {name.partition("+")[2] for name in names} <= OUR_FONTS
    assert all(re.fullmatch(r"[A-Z]{6}\+.+", name) for name in names)


def test_what_is_read_is_large_enough():
    assert min(TYPES.body.size, TYPES.small.size, TYPES.heading.size, TYPES.title.size) >= 12


def test_no_character_is_lost(catalog):
    assert not lost_characters(repr(questionnaire_content(catalog)))


def test_nothing_is_drawn_outside_of_the_page(catalog, paper):
    document = pypdfium2.PdfDocument(pdf(catalog, paper))
    for page in document:
        for item in page.get_objects():
            left, bottom, right, top = item.get_bounds()
            assert left >= 40
            assert right <= 595.3 - 40
            assert bottom >= 20
            assert top <= 842 - 30
    document.close()


def test_the_same_paper_gives_the_same_bytes(catalog, paper):
    assert pdf(catalog, paper) == pdf(catalog, paper)


def test_who_is_meant_is_said_by_number_or_in_words():
    meant = {ask.question: ask.only_for for ask in asked(questionnaire_content(SMALL))}
    assert meant["plan.when"] == "▼ 問6が「はい」の方だけ"
    assert meant["plan.other"] == "▼ 問6が「いいえ」の方だけ"
    assert meant["plan.any"] == "▼ 閉める店があるか、人を雇っている方だけ"
    assert meant["plan.all"] == "▼ 閉める店がある、人を雇っている方だけ"
    assert meant["plan.not"] == "▼ 「閉める店があるか、人を雇っている」に当たらない方だけ"
    alone = {ask.question: ask.only_for for ask in asked(questionnaire_content(SMALL, [PLAN]))}
    assert alone["plan.when"] == "▼ 閉める店がある方だけ"


def test_a_paper_that_cannot_fit_keeps_every_question():
    many = {
        f"plan.{n}": Question(f"plan.{n}", "plan", KINDS.BOOLEAN, "問", f"{n}番目の問いですか")
        for n in range(90)
    }
    crowded = replace(SMALL, questions=many)
    texts = page_texts(pdf(crowded, PLAN))
    assert len(texts) > 2
    assert "89番目の問いですか" in texts[-1]


def test_a_catalog_without_questions_still_gives_a_paper():
    assert len(page_texts(pdf(replace(SMALL, questions={})))) == 1
