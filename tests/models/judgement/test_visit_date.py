"""A visit before the edition or long after it is flagged, on any catalog."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.judgement.visit_date import date_warnings, parse_day


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2020-09-29", "visit_before_edition"),
        ("2020-09-30", None),
        ("2021-03-31", None),
        ("2021-04-01", "visit_after_edition"),
        ("2026-01-01", "visit_after_edition"),
        (None, None),
        ("", None),
        ("いつか", None),
    ],
)
def test_a_visit_outside_of_the_editions_time_is_flagged(catalog, day, text):
    edition = replace(catalog.edition, published_on="2020-09-30", stale_after="2021-04-01")
    dated = replace(catalog, edition=edition)
    assert date_warnings(dated, day) == (() if text is None else (catalog.texts[text],))


def test_an_edition_without_days_flags_nothing(catalog):
    dated = replace(catalog, edition=replace(catalog.edition, published_on="", stale_after=""))
    assert date_warnings(dated, "1999-01-01") == ()


def test_a_catalog_without_the_words_flags_nothing(catalog):
    assert date_warnings(replace(catalog, texts={}), "1999-01-01") == ()


def test_days_that_are_none():
    assert parse_day(None) is None
    assert parse_day("") is None
    assert parse_day("2021-02-30") is None
    assert parse_day("2021-02-28") == date(2021, 2, 28)
