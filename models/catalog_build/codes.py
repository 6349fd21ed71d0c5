"""The closed sets of codes that a calculation may name; docs/catalog-authoring.md explains them."""

from __future__ import annotations

LIMIT_CODES = frozenset(
    {
        "subsidy_max_limit",
        "top_up_max",
        "year_limit",
        "term_limit",
        "first_year_limit",
        "insurance_limit",
    }
)
REASON_CODES = frozenset(
    {
        "below_minimum",
        "closure_only",
        "no_eligible_cost",
        "no_firm_amount",
        "large_lead",
        "insurance_unknown",
        "role_unknown",
    }
)
COST_SUBJECT = "cost."
AMOUNT_SUBJECTS = ("amount.base", "amount.top_up", "amount.total")
MAX_YEARS = 5
"""The years that an expense may name."""
