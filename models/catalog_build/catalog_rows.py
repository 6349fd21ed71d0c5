"""The rows of a whole catalog, table by table, in the order of its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.catalog_build.row_writer import RowWriter
from models.catalog_build.step_rows import StepRows

if TYPE_CHECKING:
    from models.catalog_build.row_writer import Record
    from models.values.catalog import Catalog, Entry
    from models.values.questions import LookupTable, Question


def catalog_rows(catalog: Catalog) -> dict[str, list[Record]]:
    """Return the rows of every table."""
    documents = {document.title: document.id for document in catalog.documents}
    writer = RowWriter(documents, frozenset(catalog.questions))
    _write_frame(writer, catalog)
    _write_tables(writer, catalog)
    for position, question in enumerate(catalog.questions.values(), 1):
        _write_question(writer, question, position)
    _write_questionnaires(writer, catalog)
    for position, fact in enumerate(catalog.facts.values(), 1):
        condition = writer.condition(fact.condition)
        writer.add(
            "facts", position=position, id=fact.id, sentence=fact.sentence, condition=condition
        )
    programs = {entry.program_id: entry.program_name for entry in catalog.entries.values()}
    for position, (program, name) in enumerate(programs.items(), 1):
        writer.add("programs", position=position, id=program, name=name)
    for position, entry in enumerate(catalog.entries.values(), 1):
        _write_entry(writer, entry, position)
    _write_notes(writer, catalog)
    _write_advice(writer, catalog)
    _write_comparisons(writer, catalog)
    _write_pair_rules(writer, catalog)
    return writer.rows


def _write_frame(writer: RowWriter, catalog: Catalog) -> None:
    edition = catalog.edition
    writer.add(
        "edition",
        id=edition.id,
        title=edition.title,
        published_on=edition.published_on,
        stale_after=edition.stale_after,
        content_hash="",
    )
    for position, one in enumerate(catalog.documents, 1):
        writer.add(
            "documents",
            position=position,
            id=one.id,
            title=one.title,
            published_on=one.published_on,
            note=one.note,
        )
    for position, stage in enumerate(catalog.stages.values(), 1):
        writer.add(
            "stages",
            position=position,
            id=stage.id,
            label=stage.label,
            can_apply_now=stage.can_apply_now,
            footer=stage.footer,
        )
    for position, (text_id, text) in enumerate(catalog.texts.items(), 1):
        writer.add("texts", position=position, id=text_id, text=text)
    for position, term in enumerate(catalog.glossary, 1):
        writer.add("glossary", position=position, term=term.term, plain=term.plain)
    _write_search_words(writer, catalog)
    for position, topic in enumerate(catalog.topics.values(), 1):
        writer.add(
            "topics",
            position=position,
            id=topic.id,
            title=topic.title,
            reason=topic.reason,
            profile=int(topic.profile),
        )
    for position, old in enumerate(catalog.retired.values(), 1):
        writer.add("retired_questions", position=position, id=old.id, text=old.text)
    for position, category in enumerate(catalog.categories.values(), 1):
        writer.add(
            "categories",
            position=position,
            id=category.id,
            label=category.label,
            help=category.help,
        )


def _write_search_words(writer: RowWriter, catalog: Catalog) -> None:
    for number, group in enumerate(catalog.search_words, 1):
        for position, word in enumerate((*group.words, *group.typed), 1):
            writer.add(
                "search_words",
                word_group=number,
                position=position,
                word=word,
                looked_for=int(position <= len(group.words)),
            )


def _write_tables(writer: RowWriter, catalog: Catalog) -> None:
    names = {row for table in catalog.tables.values() for row in table.rows}
    names |= {row for industry in catalog.industries.values() for row in industry.rows}
    for name in sorted(names):
        writer.add("lookup_row_names", id=name)
    for position, table in enumerate(catalog.tables.values(), 1):
        writer.add(
            "lookup_tables",
            position=position,
            id=table.id,
            title=table.title,
            edition=table.edition,
        )
        _write_cells(writer, table)
    for position, industry in enumerate(catalog.industries.values(), 1):
        code = industry.code
        writer.add("industries", position=position, code=code, name=industry.name)
        writer.add_many("industry_rows", industry.rows, "row_name", industry=code)
        writer.add_many("industry_keywords", industry.keywords, "keyword", industry=code)


def _write_cells(writer: RowWriter, table: LookupTable) -> None:
    columns = list(dict.fromkeys(column for row in table.rows.values() for column in row))
    writer.add_many("lookup_columns", columns, "name", lookup_table=table.id)
    for position, (row, values) in enumerate(table.rows.items(), 1):
        writer.add(
            "lookup_rows",
            lookup_table=table.id,
            position=position,
            id=row,
            label=table.labels[row],
        )
        for column, value in values.items():
            writer.add(
                "lookup_values",
                lookup_table=table.id,
                row_position=position,
                column_position=columns.index(column) + 1,
                value=value,
            )


def _write_question(writer: RowWriter, question: Question, position: int) -> None:
    writer.add(
        "questions",
        position=position,
        id=question.id,
        topic=question.topic,
        type=question.type.value,
        label=question.label,
        text=question.text,
        help=question.help,
        unit=question.unit,
        minimum=question.minimum,
        maximum=question.maximum,
        role=None if question.role is None else question.role.value,
        ask_when=writer.condition(question.ask_when),
        actionable=question.actionable,
        homework=question.homework,
        unknown_reason=question.unknown_reason,
        counts_as_when_unknown=question.counts_as_when_unknown,
        paper_help=question.paper_help,
    )
    writer.add_many("question_topics", question.leads_to, "topic", question=question.id)
    for place, choice in enumerate(question.choices, 1):
        writer.add(
            "choices",
            question=question.id,
            position=place,
            value=choice.value,
            label=choice.label,
            tax_in=choice.tax_in,
        )


def _write_entry(writer: RowWriter, entry: Entry, position: int) -> None:
    writer.add(
        "entries",
        position=position,
        id=entry.id,
        program=entry.program_id,
        subsidy_type=entry.subsidy_type,
        official_name=entry.official_name,
        short_name=entry.short_name,
        plain_name=entry.plain_name,
        kind=entry.kind.value,
        stage=entry.stage,
        who=entry.who,
        what_for=entry.what_for,
        route=entry.route,
        hard=writer.condition(entry.hard),
    )
    texts = {"target": entry.targets, "keyword": entry.keywords, "special": entry.special}
    for kind, values in texts.items():
        writer.add_many("entry_texts", values, "text", entry=entry.id, kind=kind)
    tracks = {"base": entry.base_categories, "top_up": entry.top_up_categories}
    for track, categories in tracks.items():
        writer.add_many("entry_categories", categories, "category", entry=entry.id, track=track)
    soft = [writer.condition(leaf) for leaf in entry.soft]
    writer.add_many("entry_soft_conditions", soft, "leaf", entry=entry.id)
    sources = [writer.source(source) for source in entry.sources]
    writer.add_many("entry_sources", sources, "source", entry=entry.id)
    _write_figures(writer, entry)
    _write_contacts_and_offers(writer, entry)
    if entry.calculation is not None:
        steps = StepRows(writer, entry.id)
        steps.write(entry.calculation.base, "base")
        steps.write(entry.calculation.top_up, "top_up")


def _write_figures(writer: RowWriter, entry: Entry) -> None:
    for position, rate in enumerate(entry.rates, 1):
        writer.add(
            "rate_figures",
            entry=entry.id,
            position=position,
            numerator=rate.rate.numerator,
            denominator=rate.rate.denominator,
            applies_to=rate.when,
            up_to=rate.up_to,
            candidate=rate.candidate,
            source=writer.source(rate.source),
        )
    limits = {
        "max_limit": entry.max_limit,
        "min_limit": entry.min_limit,
        "top_up_max": entry.top_up_max,
    }
    for kind, figure in limits.items():
        if figure is not None:
            source = writer.source(figure.source)
            writer.add(
                "yen_figures",
                entry=entry.id,
                kind=kind,
                amount=figure.amount,
                text=figure.text,
                source=source,
            )
    budget = entry.budget
    if budget is not None:
        writer.add(
            "budgets",
            entry=entry.id,
            amount=budget.amount,
            previous=budget.previous,
            shared=budget.shared,
            text=budget.text,
            source=writer.source(budget.source),
        )


def _write_contacts_and_offers(writer: RowWriter, entry: Entry) -> None:
    for position, contact in enumerate(entry.contacts, 1):
        writer.add(
            "contacts",
            entry=entry.id,
            position=position,
            section=contact.section,
            phone=contact.phone,
            source=writer.source(contact.source),
        )
    for position, offer in enumerate(entry.offers, 1):
        writer.add(
            "offers",
            entry=entry.id,
            position=position,
            id=offer.id,
            label=offer.label,
            good_for=offer.good_for,
            who_calls=offer.who_calls,
            trigger_condition=writer.condition(offer.trigger),
            source=writer.source(offer.source),
        )


def _write_questionnaires(writer: RowWriter, catalog: Catalog) -> None:
    for position, paper in enumerate(catalog.questionnaires.values(), 1):
        writer.add(
            "questionnaires",
            position=position,
            id=paper.id,
            title=paper.title,
            expenses=paper.expenses,
        )
        writer.add_many("questionnaire_topics", paper.topics, "topic", questionnaire=paper.id)
        writer.add_many(
            "questionnaire_questions", paper.questions, "question", questionnaire=paper.id
        )


def _write_notes(writer: RowWriter, catalog: Catalog) -> None:
    for position, note in enumerate(catalog.notes, 1):
        writer.add(
            "notes",
            position=position,
            id=note.id,
            shown=note.shown,
            confirm=note.confirm,
            basis=note.basis,
            condition=writer.condition(note.when),
            source=writer.source(note.source),
        )
        writer.add_many("note_entries", note.entries, "entry", note=note.id)


def _write_advice(writer: RowWriter, catalog: Catalog) -> None:
    for position, advice in enumerate(catalog.advice, 1):
        writer.add(
            "advice",
            position=position,
            id=advice.id,
            kind=advice.kind.value,
            text=advice.text,
            who=advice.who,
            lead_time=advice.lead_time,
            lead_days=advice.lead_days,
            condition=writer.condition(advice.when),
            basis=advice.basis,
            order_rule=None if advice.order_rule is None else advice.order_rule.value,
        )
        writer.add_many("advice_entries", advice.entries, "entry", advice=advice.id)


def _write_comparisons(writer: RowWriter, catalog: Catalog) -> None:
    for position, block in enumerate(catalog.comparisons, 1):
        condition = writer.condition(block.when)
        writer.add(
            "comparisons",
            position=position,
            id=block.id,
            title=block.title,
            condition=condition,
        )
        for place, column in enumerate(block.columns, 1):
            writer.add(
                "comparison_columns",
                comparison=block.id,
                position=place,
                entry=column.entry,
                label=column.label,
                what_if_text=column.what_if_text,
            )
            for question, value in column.what_if.items():
                writer.add(
                    "what_ifs",
                    comparison=block.id,
                    column_position=place,
                    question=question,
                    **writer.answer(value),
                )


def _write_pair_rules(writer: RowWriter, catalog: Catalog) -> None:
    for position, rule in enumerate(catalog.pair_rules, 1):
        source = writer.source(rule.source)
        writer.add(
            "pair_rules", position=position, kind=rule.kind.value, text=rule.text, source=source
        )
        for place, group in enumerate(rule.groups, 1):
            writer.add("pair_groups", pair_rule=position, position=place)
            writer.add_many("pair_members", group, "entry", pair_rule=position, pair_group=place)
