"""Makes the catalog's values of a draft without blocking findings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models.catalog_build.assemble_conditions import Context
from models.catalog_build.assemble_steps import StepMaker
from models.values import catalog, questions
from models.values.conditions import Fact
from models.values.money import man_text
from models.values.sources import SourceDocument

if TYPE_CHECKING:
    from models.catalog_build import schema
    from models.catalog_build.draft import Draft


def assemble(draft: Draft) -> catalog.Catalog:
    """Return the catalog of a draft; its content hash is set when it is compiled.

    The draft must be free of blocking findings.
    """
    if draft.edition is None:
        msg = "the draft has no edition"
        raise ValueError(msg)
    context = Context(
        titles={document.id: document.title for document in draft.documents},
        question_types={question.id: question.type for question in draft.questions},
        fact_sentences={fact.id: fact.sentence for fact in draft.facts},
    )
    edition = draft.edition
    return catalog.Catalog(
        edition=catalog.Edition(
            edition.id, edition.title, edition.published_on, edition.stale_after, ""
        ),
        documents=tuple(
            SourceDocument(one.id, one.title, one.published_on, one.note) for one in draft.documents
        ),
        stages={
            one.id: catalog.Stage(one.id, one.label, one.can_apply_now, one.footer)
            for one in draft.stages
        },
        topics={
            one.id: questions.Topic(one.id, one.title, one.reason, one.profile)
            for one in draft.topics
        },
        questions={one.id: _question(one, context) for one in draft.questions},
        retired={one.id: questions.RetiredQuestion(one.id, one.text) for one in draft.retired},
        facts={one.id: _fact(one, context) for one in draft.facts},
        tables={one.id: _table(one) for one in draft.tables},
        industries={
            one.code: questions.Industry(one.code, one.name, tuple(one.rows), tuple(one.keywords))
            for one in draft.industries
        },
        categories={
            one.id: catalog.ExpenseCategory(one.id, one.label, one.help) for one in draft.categories
        },
        entries={item.yaml.id: _entry(item.yaml, item.program, context) for item in draft.entries},
        notes=tuple(_note(item.yaml, _in(item.program, context)) for item in draft.notes),
        advice=tuple(_advice(item.yaml, _in(item.program, context)) for item in draft.advice),
        comparisons=tuple(
            _comparison(item.yaml, _in(item.program, context)) for item in draft.comparisons
        ),
        pair_rules=tuple(
            _pair_rule(item.yaml, _in(item.program, context)) for item in draft.combinations
        ),
        glossary=tuple(catalog.GlossaryTerm(one.term, one.plain) for one in draft.glossary),
        texts=dict(draft.texts),
        questionnaires={
            one.id: questions.Questionnaire(
                one.id, one.title, tuple(one.topics), tuple(one.questions), one.expenses
            )
            for one in draft.questionnaires
        },
        search_words=tuple(
            catalog.SearchWords(tuple(one.words), tuple(one.typed)) for one in draft.search_words
        ),
    )


def _in(program: schema.ProgramYaml | None, context: Context) -> Context:
    """Return the context with the defaults of a program."""
    if program is None:
        return context
    return replace(context, document=program.document, slide=program.slide)


def _question(yaml: schema.QuestionYaml, context: Context) -> questions.Question:
    return questions.Question(
        id=yaml.id,
        topic=yaml.topic,
        type=questions.QuestionType(yaml.type),
        label=yaml.label,
        text=yaml.text,
        help=yaml.help,
        unit=yaml.unit,
        minimum=yaml.minimum,
        maximum=yaml.maximum,
        choices=tuple(questions.Choice(one.value, one.label, one.tax_in) for one in yaml.choices),
        role=None if yaml.role is None else questions.AnswerRole(yaml.role),
        ask_when=context.condition(yaml.ask_when, f"question/{yaml.id}/ask_when"),
        actionable=yaml.actionable,
        homework=yaml.homework,
        unknown_reason=yaml.unknown_reason,
        counts_as_when_unknown=yaml.counts_as_when_unknown,
        paper_help=yaml.paper_help,
        leads_to=tuple(yaml.leads_to),
    )


def _fact(yaml: schema.FactYaml, context: Context) -> Fact:
    condition = context.given_condition(yaml.condition, f"fact/{yaml.id}")
    return Fact(yaml.id, yaml.sentence, condition)


def _table(yaml: schema.TableYaml) -> questions.LookupTable:
    return questions.LookupTable(
        yaml.id,
        yaml.title,
        yaml.edition,
        {row.id: dict(row.values) for row in yaml.rows},
        {row.id: row.label for row in yaml.rows},
    )


def _entry(
    yaml: schema.EntryYaml, program: schema.ProgramYaml | None, context: Context
) -> catalog.Entry:
    here = _in(program, context)
    if yaml.document is not None or yaml.slide is not None:
        document = yaml.document or here.document
        here = replace(here, document=document, slide=yaml.slide or here.slide)
    figures = yaml.figures
    return catalog.Entry(
        id=yaml.id,
        program_name="" if program is None else program.name,
        subsidy_type=yaml.type,
        official_name=yaml.official_name,
        short_name=yaml.short_name,
        plain_name=yaml.plain_name,
        kind=catalog.EntryKind(yaml.kind),
        stage=yaml.stage,
        who=yaml.who,
        what_for=yaml.what_for,
        route=yaml.route,
        targets=tuple(yaml.targets),
        keywords=tuple(yaml.keywords),
        contacts=tuple(
            catalog.Contact(one.section, one.phone, here.source(one.source))
            for one in yaml.contacts
        ),
        budget=_budget(yaml.budget, here),
        rates=tuple(
            catalog.RateFigure(
                one.rate, one.when, one.up_to, one.candidate, here.given_source(one.source)
            )
            for one in figures.rates
        ),
        max_limit=_yen(figures.max_limit, here),
        min_limit=_yen(figures.min_limit, here),
        top_up_max=_yen(figures.top_up_max, here),
        base_categories=tuple(yaml.categories.base),
        top_up_categories=tuple(yaml.categories.top_up),
        hard=here.condition(yaml.conditions.hard, f"{yaml.id}/hard"),
        soft=tuple(
            here.leaf(leaf, f"{yaml.id}/soft/{number}")
            for number, leaf in enumerate(yaml.conditions.soft, 1)
        ),
        calculation=StepMaker(yaml, here).calculation(),
        offers=tuple(_offer(offer, yaml.id, here) for offer in yaml.offers),
        sources=tuple(here.given_source(one) for one in yaml.sources),
        special=tuple(yaml.special),
    )


def _budget(yaml: schema.BudgetYaml | None, context: Context) -> catalog.Budget | None:
    if yaml is None:
        return None
    source = context.source(yaml.source)
    return catalog.Budget(yaml.amount, yaml.previous, yaml.shared, yaml.text, source)


def _yen(yaml: schema.YenFigureYaml | None, context: Context) -> catalog.YenFigure | None:
    if yaml is None:
        return None
    text = yaml.text or man_text(yaml.amount)
    return catalog.YenFigure(yaml.amount, text, context.given_source(yaml.source))


def _offer(yaml: schema.OfferYaml, entry: str, context: Context) -> catalog.Offer:
    return catalog.Offer(
        yaml.id,
        yaml.label,
        yaml.good_for,
        yaml.who_calls,
        context.condition(yaml.trigger, f"{entry}/offers/{yaml.id}"),
        context.source(yaml.source),
    )


def _note(yaml: schema.NoteYaml, context: Context) -> catalog.Note:
    return catalog.Note(
        yaml.id,
        tuple(yaml.entries),
        yaml.shown,
        yaml.confirm,
        yaml.basis,
        context.condition(yaml.when, f"note/{yaml.id}"),
        context.source(yaml.source),
    )


def _advice(yaml: schema.AdviceYaml, context: Context) -> catalog.Advice:
    return catalog.Advice(
        yaml.id,
        catalog.AdviceKind(yaml.kind),
        yaml.text,
        yaml.who,
        yaml.lead_time,
        yaml.lead_days,
        tuple(yaml.entries),
        context.condition(yaml.when, f"advice/{yaml.id}"),
        yaml.basis,
        None if yaml.order_rule is None else catalog.OrderRule(yaml.order_rule),
    )


def _comparison(yaml: schema.ComparisonYaml, context: Context) -> catalog.ComparisonBlock:
    return catalog.ComparisonBlock(
        yaml.id,
        yaml.title,
        context.given_condition(yaml.when, f"comparison/{yaml.id}"),
        tuple(
            catalog.ComparisonColumn(
                one.entry, one.label, _what_if(one.what_if, context), one.what_if_text
            )
            for one in yaml.columns
        ),
    )


def _what_if(answers: dict[str, bool | int | str], context: Context) -> dict[str, bool | int | str]:
    return {name: context.answer(name, value) for name, value in answers.items()}


def _pair_rule(yaml: schema.CombinationYaml, context: Context) -> catalog.PairRule:
    return catalog.PairRule(
        catalog.PairKind(yaml.kind),
        tuple(tuple(group) for group in yaml.groups),
        yaml.text,
        context.source(yaml.source),
    )
