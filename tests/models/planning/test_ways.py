"""What is compared while the talk has only begun, and when it is about something else."""

from models.judgement.screening import screen
from models.planning.ways import compared_ways
from models.values.consultation import Consultation, Expense, TaxMode

REPAIR = Expense("床の張りかえ", "facility_restoration", 4_500_000, TaxMode.INCLUDED)


def titles(catalog, answers):
    case = Consultation(answers=answers, expenses=(REPAIR,))
    return [ways.title for ways in compared_ways(catalog, case, screen(catalog, answers))]


def test_while_nothing_is_spoken_of_the_comparisons_of_the_catalog_stand_there(catalog):
    everything = [block.title for block in catalog.comparisons]
    assert titles(catalog, {}) == everything
    assert titles(catalog, {"applicant.prefecture": "熊本県"}) == everything


def test_a_talk_about_something_else_compares_nothing_unasked(catalog):
    talked = {"disaster.event": "2020-07-heavy-rain", "disaster.damaged": False}
    assert titles(catalog, talked) == []
