"""Builds the catalog of its rows: bottom-up, each table once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from models.stores.catalog_conditions import (
    References,
    answer_of,
    fraction,
    grouped,
    values_by_owner,
)
from models.stores.catalog_steps import StepBuilder
from models.values import catalog, questions
from models.values.conditions import Fact
from models.values.sources import SourceDocument

if TYPE_CHECKING:
    from models.stores.catalog_rows import Rows

# A row's columns have the types that the STRICT tables of catalog_schema.py state; the checker
# cannot know them, so rows are `Any` here.


def build_catalog_values(rows: Rows) -> catalog.Catalog:
    """Return the catalog that the rows of a compiled file describe."""
    references = References(rows)
    edition: Any = rows["edition"][0]
    industry_rows = values_by_owner(rows["industry_rows"])
    industry_keywords = values_by_owner(rows["industry_keywords"])
    facts: Any = rows["facts"]
    return catalog.Catalog(
        edition=catalog.Edition(*edition),
        documents=tuple(SourceDocument(*row[1:]) for row in _any(rows["documents"])),
        stages={row[1]: catalog.Stage(*row[1:]) for row in _any(rows["stages"])},
        topics={
            topic: questions.Topic(topic, title, reason, bool(profile))
            for _, topic, title, reason, profile in _any(rows["topics"])
        },
        questions=_questions(rows, references),
        retired={
            row[1]: questions.RetiredQuestion(*row[1:]) for row in _any(rows["retired_questions"])
        },
        facts={
            fact_id: Fact(fact_id, sentence, references.given_condition(condition))
            for _, fact_id, sentence, condition in facts
        },
        tables=_tables(rows),
        industries={
            code: questions.Industry(
                code, name, industry_rows.get(code, ()), industry_keywords.get(code, ())
            )
            for _, code, name in _any(rows["industries"])
        },
        categories={row[1]: catalog.ExpenseCategory(*row[1:]) for row in _any(rows["categories"])},
        entries=_Entries(rows, references).build(),
        notes=_notes(rows, references),
        advice=_advice(rows, references),
        comparisons=_comparisons(rows, references),
        pair_rules=_pair_rules(rows, references),
        glossary=tuple(catalog.GlossaryTerm(*row[1:]) for row in _any(rows["glossary"])),
        texts={row[1]: row[2] for row in _any(rows["texts"])},
        questionnaires=_questionnaires(rows),
        search_words=tuple(
            catalog.SearchWords(
                words=tuple(word for *_, word, looked_for in group if looked_for),
                typed=tuple(word for *_, word, looked_for in group if not looked_for),
            )
            for group in grouped(rows["search_words"]).values()
        ),
    )


def _any(rows: Any) -> Any:
    return rows


def _questions(rows: Rows, references: References) -> dict[str, questions.Question]:
    choices = {
        owner: tuple(
            questions.Choice(value, label, bool(tax_in)) for _, _, value, label, tax_in in found
        )
        for owner, found in grouped(rows["choices"]).items()
    }
    kinds = {kind.value: kind for kind in questions.QuestionType}
    roles = {role.value: role for role in questions.AnswerRole}
    leads_to = values_by_owner(rows["question_topics"])
    made: dict[str, questions.Question] = {}
    for row in _any(rows["questions"]):
        (_, question_id, topic, kind, label, text, help_text, unit, minimum, maximum, role,
         ask_when, actionable, homework, unknown_reason, counts_as, paper_help) = row  # fmt: skip
        made[question_id] = questions.Question(
            id=question_id,
            topic=topic,
            type=kinds[kind],
            label=label,
            text=text,
            help=help_text,
            unit=unit,
            minimum=minimum,
            maximum=maximum,
            choices=choices.get(question_id, ()),
            role=None if role is None else roles[role],
            ask_when=references.condition(ask_when),
            actionable=actionable,
            homework=homework,
            unknown_reason=unknown_reason,
            counts_as_when_unknown=counts_as,
            paper_help=paper_help,
            leads_to=leads_to.get(question_id, ()),
        )
    return made


def _questionnaires(rows: Rows) -> dict[str, questions.Questionnaire]:
    topics = values_by_owner(rows["questionnaire_topics"])
    single = values_by_owner(rows["questionnaire_questions"])
    return {
        paper: questions.Questionnaire(
            paper, title, topics.get(paper, ()), single.get(paper, ()), bool(expenses)
        )
        for _, paper, title, expenses in _any(rows["questionnaires"])
    }


def _tables(rows: Rows) -> dict[str, questions.LookupTable]:
    columns = values_by_owner(rows["lookup_columns"])
    lines = grouped(rows["lookup_rows"])
    cells: dict[Any, dict[str, int]] = defaultdict(dict)
    for table, line, column, value in _any(rows["lookup_values"]):
        cells[table, line][columns[table][column - 1]] = value
    return {
        table: questions.LookupTable(
            table,
            title,
            edition,
            {name: cells[table, position] for _, position, name, _ in lines[table]},
            {name: label for _, _, name, label in lines[table]},
        )
        for _, table, title, edition in _any(rows["lookup_tables"])
    }


class _Entries:
    """Builds the entries of the parts that other tables hold."""

    def __init__(self, rows: Rows, references: References) -> None:
        self._references = references
        self._rows = rows["entries"]
        self._programs: Any = {program: name for _, program, name in rows["programs"]}
        self._steps = StepBuilder(rows, references)
        self._lists: dict[Any, list[Any]] = defaultdict(list)
        for table in ("entry_texts", "entry_categories"):
            for entry, kind, _, value in rows[table]:
                self._lists[entry, kind].append(value)
        source, given = references.source, references.given_source
        self._soft = grouped(rows["entry_soft_conditions"])
        self._sources = {
            entry: tuple(given(number) for _, _, number in found)
            for entry, found in grouped(rows["entry_sources"]).items()
        }
        self._contacts = {
            entry: tuple(
                catalog.Contact(section, phone, source(number))
                for _, _, section, phone, number in found
            )
            for entry, found in grouped(rows["contacts"]).items()
        }
        self._budgets = {
            entry: catalog.Budget(amount, previous, bool(shared), text, source(number))
            for entry, amount, previous, shared, text, number in _any(rows["budgets"])
        }
        self._rates = {
            entry: tuple(
                catalog.RateFigure(
                    fraction(numerator, denominator), when, bool(up_to), bool(candidate), given(at)
                )
                for _, _, numerator, denominator, when, up_to, candidate, at in found
            )
            for entry, found in grouped(rows["rate_figures"]).items()
        }
        self._yen = {
            (entry, kind): catalog.YenFigure(amount, text, given(number))
            for entry, kind, amount, text, number in _any(rows["yen_figures"])
        }
        self._offers = grouped(rows["offers"])

    def build(self) -> dict[str, catalog.Entry]:
        """Return the entries by id, in catalog order."""
        kinds = {kind.value: kind for kind in catalog.EntryKind}
        made: dict[str, catalog.Entry] = {}
        for row in _any(self._rows):
            (_, entry, program, subsidy_type, official_name, short_name, plain_name, kind, stage,
             who, what_for, route, hard) = row  # fmt: skip
            made[entry] = catalog.Entry(
                id=entry,
                program_name=self._programs[program],
                subsidy_type=subsidy_type,
                official_name=official_name,
                short_name=short_name,
                plain_name=plain_name,
                kind=kinds[kind],
                stage=stage,
                who=who,
                what_for=what_for,
                route=route,
                targets=self._list(entry, "target"),
                keywords=self._list(entry, "keyword"),
                contacts=self._contacts.get(entry, ()),
                budget=self._budgets.get(entry),
                rates=self._rates.get(entry, ()),
                max_limit=self._yen.get((entry, "max_limit")),
                min_limit=self._yen.get((entry, "min_limit")),
                top_up_max=self._yen.get((entry, "top_up_max")),
                base_categories=self._list(entry, "base"),
                top_up_categories=self._list(entry, "top_up"),
                hard=self._references.condition(hard),
                soft=tuple(self._references.leaf(leaf) for _, _, leaf in self._soft.get(entry, ())),
                calculation=self._steps.calculation(entry),
                offers=self._offers_of(entry),
                sources=self._sources.get(entry, ()),
                special=self._list(entry, "special"),
            )
        return made

    def _list(self, entry: str, kind: str) -> tuple[str, ...]:
        return tuple(self._lists.get((entry, kind), ()))

    def _offers_of(self, entry: str) -> tuple[catalog.Offer, ...]:
        return tuple(
            catalog.Offer(
                offer,
                label,
                good_for,
                who_calls,
                self._references.condition(trigger),
                self._references.source(source),
            )
            for _, _, offer, label, good_for, who_calls, trigger, source in self._offers.get(
                entry, ()
            )
        )


def _notes(rows: Rows, references: References) -> tuple[catalog.Note, ...]:
    entries = values_by_owner(rows["note_entries"])
    return tuple(
        catalog.Note(
            note,
            entries.get(note, ()),
            shown,
            confirm,
            basis,
            references.condition(condition),
            references.source(source),
        )
        for _, note, shown, confirm, basis, condition, source in _any(rows["notes"])
    )


def _advice(rows: Rows, references: References) -> tuple[catalog.Advice, ...]:
    entries = values_by_owner(rows["advice_entries"])
    kinds = {kind.value: kind for kind in catalog.AdviceKind}
    return tuple(
        catalog.Advice(
            advice,
            kinds[kind],
            text,
            who,
            lead_time,
            lead_days,
            entries.get(advice, ()),
            references.condition(condition),
            basis,
            None if order_rule is None else catalog.OrderRule(order_rule),
        )
        for _, advice, kind, text, who, lead_time, lead_days, condition, basis, order_rule in _any(
            rows["advice"]
        )
    )


def _comparisons(rows: Rows, references: References) -> tuple[catalog.ComparisonBlock, ...]:
    what_ifs: dict[Any, Any] = defaultdict(dict)
    for comparison, column, question, *answer in _any(rows["what_ifs"]):
        what_ifs[comparison, column][question] = answer_of(*answer)
    columns = grouped(rows["comparison_columns"])
    return tuple(
        catalog.ComparisonBlock(
            comparison,
            title,
            references.given_condition(condition),
            tuple(
                catalog.ComparisonColumn(
                    entry, label, what_ifs.get((comparison, position), {}), what_if_text
                )
                for _, position, entry, label, what_if_text in columns[comparison]
            ),
        )
        for _, comparison, title, condition in _any(rows["comparisons"])
    )


def _pair_rules(rows: Rows, references: References) -> tuple[catalog.PairRule, ...]:
    kinds = {kind.value: kind for kind in catalog.PairKind}
    members: dict[Any, list[str]] = defaultdict(list)
    for rule, group, _, entry in _any(rows["pair_members"]):
        members[rule, group].append(entry)
    groups = values_by_owner(rows["pair_groups"])
    return tuple(
        catalog.PairRule(
            kinds[kind],
            tuple(tuple(members[rule, group]) for group in groups[rule]),
            text,
            references.source(source),
        )
        for rule, kind, text, source in _any(rows["pair_rules"])
    )
