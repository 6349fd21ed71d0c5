"""The tables of `data.sqlite`, shared by the compiler that fills them and the store that reads.

Every table is STRICT, every reference is a foreign key, nothing is packed into a text. `position`
is the order of the catalog's files. A change here needs a new `SCHEMA_VERSION`.
"""

from __future__ import annotations

from dataclasses import dataclass

APPLICATION_ID = 0x6D736264
"""Marks a file as a compiled catalog ("msbd" in the header of the file)."""
SCHEMA_VERSION = 6


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its primary key, which is also the order in which it is read, and its columns."""

    name: str
    key: str
    columns: str

    @property
    def create_sql(self) -> str:
        """The statement that makes the table."""
        rowid = "" if self.key in {"position", "id_number"} else ", WITHOUT ROWID"
        body = f"{self.columns.strip().rstrip(',')}, PRIMARY KEY ({self.key})"
        return f"CREATE TABLE {self.name} ({body}) STRICT{rowid}"

    @property
    def select_sql(self) -> str:
        """The statement that reads all rows in their order."""
        return f"SELECT * FROM {self.name} ORDER BY {self.key}"  # noqa: S608 (constants of this file)


_ANSWER = """boolean INTEGER, number INTEGER, text TEXT,
    CHECK ((boolean IS NULL) + (number IS NULL) + (text IS NULL) = 2)"""

TABLES = (
    Table("edition", "id", """
        id TEXT NOT NULL, title TEXT NOT NULL, published_on TEXT NOT NULL,
        stale_after TEXT NOT NULL, content_hash TEXT NOT NULL"""),
    Table("documents", "position", """
        position INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL UNIQUE,
        published_on TEXT NOT NULL, note TEXT NOT NULL"""),
    Table("sources", "id_number", """
        id_number INTEGER NOT NULL, document TEXT NOT NULL REFERENCES documents (id),
        slide TEXT NOT NULL, item TEXT NOT NULL, line INTEGER"""),
    Table("stages", "position", """
        position INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, label TEXT NOT NULL,
        can_apply_now TEXT NOT NULL, footer TEXT NOT NULL"""),
    Table("texts", "position", """
        position INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, text TEXT NOT NULL"""),
    Table("glossary", "position", """
        position INTEGER NOT NULL, term TEXT NOT NULL UNIQUE, plain TEXT NOT NULL"""),
    Table("search_words", "word_group, position", """
        word_group INTEGER NOT NULL, position INTEGER NOT NULL, word TEXT NOT NULL,
        looked_for INTEGER NOT NULL CHECK (looked_for IN (0, 1))"""),
    Table("topics", "position", """
        position INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
        reason TEXT NOT NULL, profile INTEGER NOT NULL CHECK (profile IN (0, 1))"""),
    Table("questions", "position", """
        position INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
        topic TEXT NOT NULL REFERENCES topics (id), type TEXT NOT NULL, label TEXT NOT NULL,
        text TEXT NOT NULL, help TEXT NOT NULL, unit TEXT NOT NULL, minimum INTEGER,
        maximum INTEGER, role TEXT, ask_when INTEGER REFERENCES conditions (id_number),
        actionable TEXT NOT NULL, homework TEXT NOT NULL, unknown_reason TEXT NOT NULL,
        counts_as_when_unknown INTEGER, paper_help TEXT NOT NULL"""),
    Table("choices", "question, position", """
        question TEXT NOT NULL REFERENCES questions (id), position INTEGER NOT NULL,
        value TEXT NOT NULL, label TEXT NOT NULL, tax_in INTEGER NOT NULL,
        UNIQUE (question, value)"""),
    Table("question_topics", "question, position", """
        question TEXT NOT NULL REFERENCES questions (id), position INTEGER NOT NULL,
        topic TEXT NOT NULL REFERENCES topics (id), UNIQUE (question, topic)"""),
    Table("questionnaires", "position", """
        position INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
        expenses INTEGER NOT NULL"""),
    Table("questionnaire_topics", "questionnaire, position", """
        questionnaire TEXT NOT NULL REFERENCES questionnaires (id), position INTEGER NOT NULL,
        topic TEXT NOT NULL REFERENCES topics (id), UNIQUE (questionnaire, topic)"""),
    Table("questionnaire_questions", "questionnaire, position", """
        questionnaire TEXT NOT NULL REFERENCES questionnaires (id), position INTEGER NOT NULL,
        question TEXT NOT NULL REFERENCES questions (id), UNIQUE (questionnaire, question)"""),
    Table("retired_questions", "position", """
        position INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, text TEXT NOT NULL"""),
    Table("lookup_tables", "position", """
        position INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
        edition TEXT NOT NULL"""),
    Table("lookup_row_names", "id", "id TEXT NOT NULL"),
    Table("lookup_columns", "lookup_table, position", """
        lookup_table TEXT NOT NULL REFERENCES lookup_tables (id), position INTEGER NOT NULL,
        name TEXT NOT NULL, UNIQUE (lookup_table, name)"""),
    Table("lookup_rows", "lookup_table, position", """
        lookup_table TEXT NOT NULL REFERENCES lookup_tables (id), position INTEGER NOT NULL,
        id TEXT NOT NULL REFERENCES lookup_row_names (id), label TEXT NOT NULL,
        UNIQUE (lookup_table, id)"""),
    Table("lookup_values", "lookup_table, row_position, column_position", """
        lookup_table TEXT NOT NULL, row_position INTEGER NOT NULL,
        column_position INTEGER NOT NULL, value INTEGER NOT NULL,
        FOREIGN KEY (lookup_table, row_position) REFERENCES lookup_rows (lookup_table, position),
        FOREIGN KEY (lookup_table, column_position)
            REFERENCES lookup_columns (lookup_table, position)"""),
    Table("industries", "position", """
        position INTEGER NOT NULL, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL"""),
    Table("industry_rows", "industry, position", """
        industry TEXT NOT NULL REFERENCES industries (code), position INTEGER NOT NULL,
        row_name TEXT NOT NULL REFERENCES lookup_row_names (id)"""),
    Table("industry_keywords", "industry, position", """
        industry TEXT NOT NULL REFERENCES industries (code), position INTEGER NOT NULL,
        keyword TEXT NOT NULL"""),
    Table("categories", "position", """
        position INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, label TEXT NOT NULL,
        help TEXT NOT NULL"""),
    Table("conditions", "id_number", """
        id_number INTEGER NOT NULL, parent INTEGER REFERENCES conditions (id_number),
        position INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('all', 'any', 'not', 'leaf'))"""),
    Table("leaves", "condition", """
        condition INTEGER NOT NULL REFERENCES conditions (id_number), id TEXT NOT NULL UNIQUE,
        question TEXT REFERENCES questions (id), fact TEXT REFERENCES facts (id),
        cost_category TEXT REFERENCES categories (id), computed_amount TEXT,
        operator TEXT NOT NULL, sentence TEXT NOT NULL, unit TEXT NOT NULL,
        source INTEGER REFERENCES sources (id_number),
        CHECK ((question IS NULL) + (fact IS NULL) + (cost_category IS NULL)
            + (computed_amount IS NULL) = 3)"""),
    Table("leaf_values", "leaf, position", f"""
        leaf INTEGER NOT NULL REFERENCES leaves (condition), position INTEGER NOT NULL,
        {_ANSWER}"""),
    Table("leaf_limits", "leaf", """
        leaf INTEGER NOT NULL REFERENCES leaves (condition), number INTEGER, lookup_table TEXT,
        lookup_column TEXT, key_question TEXT REFERENCES questions (id),
        answer_question TEXT REFERENCES questions (id), minus INTEGER, share_numerator INTEGER,
        share_denominator INTEGER,
        FOREIGN KEY (lookup_table, lookup_column) REFERENCES lookup_columns (lookup_table, name),
        CHECK ((number IS NULL) + (lookup_table IS NULL) + (answer_question IS NULL) = 2)"""),
    Table("facts", "position", """
        position INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, sentence TEXT NOT NULL,
        condition INTEGER NOT NULL REFERENCES conditions (id_number)"""),
    Table("programs", "position", """
        position INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL"""),
    Table("entries", "position", """
        position INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
        program TEXT NOT NULL REFERENCES programs (id), subsidy_type TEXT NOT NULL,
        official_name TEXT NOT NULL, short_name TEXT NOT NULL, plain_name TEXT NOT NULL,
        kind TEXT NOT NULL, stage TEXT NOT NULL REFERENCES stages (id), who TEXT NOT NULL,
        what_for TEXT NOT NULL, route TEXT NOT NULL,
        hard INTEGER REFERENCES conditions (id_number)"""),
    Table("entry_texts", "entry, kind, position", """
        entry TEXT NOT NULL REFERENCES entries (id),
        kind TEXT NOT NULL CHECK (kind IN ('target', 'keyword', 'special')),
        position INTEGER NOT NULL, text TEXT NOT NULL"""),
    Table("entry_categories", "entry, track, position", """
        entry TEXT NOT NULL REFERENCES entries (id),
        track TEXT NOT NULL CHECK (track IN ('base', 'top_up')), position INTEGER NOT NULL,
        category TEXT NOT NULL REFERENCES categories (id), UNIQUE (entry, track, category)"""),
    Table("entry_soft_conditions", "entry, position", """
        entry TEXT NOT NULL REFERENCES entries (id), position INTEGER NOT NULL,
        leaf INTEGER NOT NULL REFERENCES leaves (condition)"""),
    Table("entry_sources", "entry, position", """
        entry TEXT NOT NULL REFERENCES entries (id), position INTEGER NOT NULL,
        source INTEGER NOT NULL REFERENCES sources (id_number)"""),
    Table("contacts", "entry, position", """
        entry TEXT NOT NULL REFERENCES entries (id), position INTEGER NOT NULL,
        section TEXT NOT NULL, phone TEXT NOT NULL,
        source INTEGER REFERENCES sources (id_number)"""),
    Table("budgets", "entry", """
        entry TEXT NOT NULL REFERENCES entries (id), amount INTEGER, previous INTEGER,
        shared INTEGER NOT NULL, text TEXT NOT NULL,
        source INTEGER REFERENCES sources (id_number)"""),
    Table("rate_figures", "entry, position", """
        entry TEXT NOT NULL REFERENCES entries (id), position INTEGER NOT NULL,
        numerator INTEGER NOT NULL, denominator INTEGER NOT NULL CHECK (denominator > 0),
        applies_to TEXT NOT NULL, up_to INTEGER NOT NULL, candidate INTEGER NOT NULL,
        source INTEGER NOT NULL REFERENCES sources (id_number)"""),
    Table("yen_figures", "entry, kind", """
        entry TEXT NOT NULL REFERENCES entries (id),
        kind TEXT NOT NULL CHECK (kind IN ('max_limit', 'min_limit', 'top_up_max')),
        amount INTEGER NOT NULL, text TEXT NOT NULL,
        source INTEGER NOT NULL REFERENCES sources (id_number)"""),
    Table("offers", "entry, position", """
        entry TEXT NOT NULL REFERENCES entries (id), position INTEGER NOT NULL, id TEXT NOT NULL,
        label TEXT NOT NULL, good_for TEXT NOT NULL, who_calls TEXT NOT NULL,
        trigger_condition INTEGER REFERENCES conditions (id_number),
        source INTEGER REFERENCES sources (id_number), UNIQUE (entry, id)"""),
    Table("notes", "position", """
        position INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, shown TEXT NOT NULL,
        confirm TEXT NOT NULL, basis TEXT NOT NULL,
        condition INTEGER REFERENCES conditions (id_number),
        source INTEGER REFERENCES sources (id_number)"""),
    Table("note_entries", "note, position", """
        note TEXT NOT NULL REFERENCES notes (id), position INTEGER NOT NULL,
        entry TEXT NOT NULL REFERENCES entries (id), UNIQUE (note, entry)"""),
    Table("steps", "id_number", """
        id_number INTEGER NOT NULL, entry TEXT NOT NULL REFERENCES entries (id),
        track TEXT NOT NULL CHECK (track IN ('base', 'top_up')),
        parent INTEGER REFERENCES steps (id_number), reading INTEGER, position INTEGER NOT NULL,
        kind TEXT NOT NULL, condition INTEGER REFERENCES conditions (id_number),
        question TEXT REFERENCES questions (id), amount INTEGER, at_most INTEGER,
        unit INTEGER, years INTEGER, numerator INTEGER, denominator INTEGER,
        share_numerator INTEGER, share_denominator INTEGER, limit_code TEXT, reason_code TEXT,
        note TEXT REFERENCES notes (id), source INTEGER REFERENCES sources (id_number),
        FOREIGN KEY (parent, reading) REFERENCES step_readings (step, position)"""),
    Table("step_categories", "step, role, position", """
        step INTEGER NOT NULL REFERENCES steps (id_number),
        role TEXT NOT NULL CHECK (role IN ('pool', 'main', 'limited')),
        position INTEGER NOT NULL, category TEXT NOT NULL REFERENCES categories (id)"""),
    Table("step_cases", "step, position", """
        step INTEGER NOT NULL REFERENCES steps (id_number), position INTEGER NOT NULL,
        numerator INTEGER NOT NULL, denominator INTEGER NOT NULL CHECK (denominator > 0),
        condition INTEGER REFERENCES conditions (id_number),
        source INTEGER REFERENCES sources (id_number)"""),
    Table("step_tiers", "step, position", """
        step INTEGER NOT NULL REFERENCES steps (id_number), position INTEGER NOT NULL,
        up_to INTEGER, numerator INTEGER NOT NULL,
        denominator INTEGER NOT NULL CHECK (denominator > 0),
        source INTEGER REFERENCES sources (id_number)"""),
    Table("step_readings", "step, position", """
        step INTEGER NOT NULL REFERENCES steps (id_number), position INTEGER NOT NULL,
        id TEXT NOT NULL, label TEXT NOT NULL,
        condition INTEGER REFERENCES conditions (id_number), UNIQUE (step, id)"""),
    Table("advice", "position", """
        position INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
        text TEXT NOT NULL, who TEXT NOT NULL, lead_time TEXT NOT NULL, lead_days INTEGER,
        condition INTEGER REFERENCES conditions (id_number), basis TEXT NOT NULL,
        order_rule TEXT"""),
    Table("advice_entries", "advice, position", """
        advice TEXT NOT NULL REFERENCES advice (id), position INTEGER NOT NULL,
        entry TEXT NOT NULL REFERENCES entries (id), UNIQUE (advice, entry)"""),
    Table("comparisons", "position", """
        position INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
        condition INTEGER NOT NULL REFERENCES conditions (id_number)"""),
    Table("comparison_columns", "comparison, position", """
        comparison TEXT NOT NULL REFERENCES comparisons (id), position INTEGER NOT NULL,
        entry TEXT NOT NULL REFERENCES entries (id), label TEXT NOT NULL,
        what_if_text TEXT NOT NULL"""),
    Table("what_ifs", "comparison, column_position, question", f"""
        comparison TEXT NOT NULL, column_position INTEGER NOT NULL,
        question TEXT NOT NULL REFERENCES questions (id), {_ANSWER},
        FOREIGN KEY (comparison, column_position)
            REFERENCES comparison_columns (comparison, position)"""),
    Table("pair_rules", "position", """
        position INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
        source INTEGER REFERENCES sources (id_number)"""),
    Table("pair_groups", "pair_rule, position", """
        pair_rule INTEGER NOT NULL REFERENCES pair_rules (position),
        position INTEGER NOT NULL"""),
    Table("pair_members", "pair_rule, pair_group, position", """
        pair_rule INTEGER NOT NULL, pair_group INTEGER NOT NULL, position INTEGER NOT NULL,
        entry TEXT NOT NULL REFERENCES entries (id),
        FOREIGN KEY (pair_rule, pair_group) REFERENCES pair_groups (pair_rule, position)"""),
)  # fmt: skip
