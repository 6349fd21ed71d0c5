"""The blank paper questionnaire (質問票) as plain data: every printed word, and no size or place.

The questions are the catalog's own, topic by topic in the order of the screen, and numbered, so
that what was written by hand is typed in quickly afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.values.conditions import AnyOf, Leaf, Not, Operator
from models.values.questions import QuestionType
from reports.content_blocks import (
    Column,
    ColumnKind,
    FilledLine,
    Row,
    Section,
    TableBlock,
    TextBlock,
    WritingLines,
)
from reports.sheet_content import CREATOR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.values.catalog import Catalog
    from models.values.conditions import Condition
    from models.values.questions import Question, Questionnaire

TITLE = "ご相談の質問票"
YES, NO, LATER = "はい", "いいえ", "あとで調べる"
MOST_TICKS = 12
"""A question with more choices (prefectures) gets space to write instead of boxes."""
_HEAD = (
    "相談日　＿＿＿年＿＿月＿＿日　　拠点　＿＿＿＿＿＿＿＿＿＿　　担当　＿＿＿＿＿＿＿＿＿＿",
    "お名前　＿＿＿＿＿＿＿＿＿＿＿＿　　会社・お店　＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿",
)
_GUIDE = (
    "☐ は一つに ✓ を付け、線の上には字か数を書いてください。▼ の下は、その方だけの問いです。"
    "分からなければ「あとで調べる」に ✓ を。答えにくければ空けてかまいません。"
)
_EXPENSES = "使う予定のお金"
_EXPENSES_REASON = "補助金の見込みの額を計算します"
_EXPENSES_GUIDE = (
    "これから買う物、頼む仕事や工事などを、一つずつ書いてください。見込みの額でかまいません。"
)
_EXPENSE_COLUMNS = (
    Column("", ColumnKind.CENTERED, 0.04),
    Column("何に使いますか", ColumnKind.WORDS, 0.32),
    Column("区分（相談員）", ColumnKind.WORDS, 0.16),
    Column("金額", ColumnKind.YEN, 0.2),
    Column("税", ColumnKind.CENTERED, 0.16),
    Column("支払う月", ColumnKind.YEN, 0.15),
)
_TAX, _MONTH = "☐ 込　☐ 抜", "年　　月"
_MEMO = "そのほかに話しておきたいこと"
_NO_APPLICATION = "この用紙は、補助金の申込書ではありません。"


@dataclass(frozen=True, slots=True)
class Ticks:
    """Boxes to tick, one for each option."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """Space to write in; `unit` stands behind it. `wide` takes a whole line."""

    unit: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Digits:
    """One box for each digit, in groups."""

    groups: tuple[int, ...]


Answer = Ticks | Blank | Digits


@dataclass(frozen=True, slots=True)
class Ask:
    """One question: `only_for` says who is meant, `later` are the words of the box for homework.

    Where room is short a help is left out unless it was written for the paper.
    """

    question: str
    number: int
    text: str
    help: str
    help_is_for_paper: bool
    only_for: str
    answer: Answer
    later: str


@dataclass(frozen=True, slots=True)
class AskGroup:
    """The questions of one topic, with the reason why they are asked."""

    title: str
    reason: str
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class QuestionnaireContent:
    """The whole paper. `most_pages` is what it may fill, if that is limited."""

    title: str
    subject: str
    head: tuple[FilledLine, ...]
    guide: str
    groups: tuple[AskGroup, ...]
    expenses: bool
    footer: tuple[str, ...]
    most_pages: int | None
    file_title: str
    creator: str

    def expense_section(self, rows: int) -> Section:
        """Return the table for planned expenses, with so many rows to fill in."""
        empty = tuple(Row((str(n), "", "", "円", _TAX, _MONTH)) for n in range(1, rows + 1))
        return Section(_EXPENSES, (TextBlock(_EXPENSES_GUIDE), TableBlock(_EXPENSE_COLUMNS, empty)))

    @property
    def expense_reason(self) -> str:
        """Why planned expenses are asked."""
        return _EXPENSES_REASON

    @staticmethod
    def memo_section(lines: int) -> Section:
        """Return so many ruled lines for what no question asks."""
        return Section(_MEMO, (WritingLines(("",) * lines),), whole=True)


def questionnaire_content(
    catalog: Catalog, papers: Sequence[Questionnaire] = ()
) -> QuestionnaireContent:
    """Return every word of the questionnaire; without `papers` it holds every question."""
    edition = catalog.edition
    return QuestionnaireContent(
        title=TITLE,
        subject="・".join(paper.title for paper in papers),
        head=tuple(FilledLine(text) for text in _HEAD),
        guide=_GUIDE,
        groups=_groups(catalog, papers),
        expenses=not papers or any(paper.expenses for paper in papers),
        footer=(f"{edition.title}（{edition.id}）の質問票です。{_NO_APPLICATION}",),
        most_pages=2 if len(papers) == 1 else None,
        file_title=TITLE,
        creator=CREATOR,
    )


def _groups(catalog: Catalog, papers: Sequence[Questionnaire]) -> tuple[AskGroup, ...]:
    topics = {topic for paper in papers for topic in paper.topics}
    single = {question for paper in papers for question in paper.questions}
    chosen = [
        [
            question
            for question in catalog.questions.values()
            if question.topic == topic and (not papers or topic in topics or question.id in single)
        ]
        for topic in catalog.topics
    ]
    in_order = [question for group in chosen for question in group]
    numbers = {question.id: number for number, question in enumerate(in_order, 1)}
    return tuple(
        AskGroup(topic.title, topic.reason, tuple(_ask(catalog, one, numbers) for one in group))
        for topic, group in zip(catalog.topics.values(), chosen, strict=True)
        if group
    )


def _ask(catalog: Catalog, question: Question, numbers: Mapping[str, int]) -> Ask:
    when = question.ask_when
    return Ask(
        question=question.id,
        number=numbers[question.id],
        text=question.text,
        help=question.paper_help or question.help,
        help_is_for_paper=bool(question.paper_help),
        only_for="" if when is None else f"▼ {_who(catalog, when, numbers)}方だけ",
        answer=_answer(question),
        later="" if question.type is QuestionType.TEXT else LATER,
    )


def _answer(question: Question) -> Answer:  # noqa: PLR0911  one way a kind of question
    match question.type:
        case QuestionType.BOOLEAN:
            return Ticks((YES, NO))
        case QuestionType.CHOICE:
            if len(question.choices) > MOST_TICKS:
                return Blank()
            return Ticks(tuple(choice.label for choice in question.choices))
        case QuestionType.COUNT:
            return Blank(question.unit)
        case QuestionType.YEN:
            return Blank(question.unit or "円")
        case QuestionType.CORPORATE_NUMBER:
            return Digits((1, 4, 4, 4))
        case QuestionType.TEXT | QuestionType.INDUSTRY:
            return Blank(wide=True)


def _who(catalog: Catalog, condition: Condition, numbers: Mapping[str, int]) -> str:
    """Return in words who is meant, to stand before 方.

    A yes or no on the same paper is named by its number: that is found faster than it is read.
    """
    if not isinstance(condition, Leaf):
        return _clause(condition)
    question = catalog.questions.get(condition.subject)
    is_yes_or_no = question is not None and question.type is QuestionType.BOOLEAN
    if condition.subject in numbers and is_yes_or_no and condition.operator is Operator.IS:
        return f"問{numbers[condition.subject]}が「{YES if condition.values == (True,) else NO}」の"
    return condition.sentence


def _clause(condition: Condition) -> str:
    if isinstance(condition, Leaf):
        return condition.sentence
    if isinstance(condition, Not):
        return f"「{_clause(condition.part)}」に当たらない"
    joint = "か、" if isinstance(condition, AnyOf) else "、"
    return joint.join(_clause(part) for part in condition.parts)
