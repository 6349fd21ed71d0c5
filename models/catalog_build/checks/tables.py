"""Look-up tables: every cell is there, and every industry finds its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.catalog_build.schema_conditions import TableLimitYaml
from models.catalog_build.walk import all_items, parts_of_type
from models.values.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.catalog_build.draft import Draft


def check_tables(draft: Draft) -> Iterator[Problem]:
    """Find rows without a column of the first row, and industries without a row."""
    for table in draft.tables:
        columns = list(table.rows[0].values)
        for row in table.rows:
            if set(row.values) != set(columns):
                reason = f"列は {'、'.join(columns)} のすべてを書いてください。"
                yield row.problem(reason, Severity.IMPORTANT, "values")
    looked_up = {
        limit.table for item, _ in all_items(draft) for limit in parts_of_type(item, TableLimitYaml)
    }
    every_row = {row.id for table in draft.tables for row in table.rows}
    for table in draft.tables:
        if table.id not in looked_up:
            continue
        missing = every_row - {row.id for row in table.rows}
        for industry in draft.industries:
            for row in industry.rows:
                if row in missing:
                    reason = f"行「{row}」は表「{table.id}」にありません。"
                    yield industry.problem(reason, Severity.IMPORTANT, "rows")
