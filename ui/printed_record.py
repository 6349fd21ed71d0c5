"""What is kept of a printed sheet, and what today's catalog says of it differently. No Qt here."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from models.judgement.screening import screen
from models.planning.simulation import simulate
from models.values.case_file import read_case
from models.values.problems import UserFacingError
from models.values.result_difference import result_differences
from ui.commands.results_json import screening_json, simulation_json

if TYPE_CHECKING:
    from models.stores.printed_sheets import PrintedSheet
    from models.values.catalog import Catalog
    from models.values.consultation import Consultation

SAME_CATALOG = "制度の資料は、印刷のときと同じです。"
OTHER_CATALOG = "制度の資料が、印刷のときから変わっています。"
SAME_RESULTS = "同じ答えと費用で計算し直しても、判定と金額は変わりません。"
OTHER_RESULTS = "同じ答えと費用で、いまの資料では次のところが変わります。"
UNREADABLE = "印刷のときの答えを、いまの資料では計算し直せません。"
RETIRED = "いまの資料では聞かない質問への答え（残してあります）:"


@dataclass(frozen=True, slots=True)
class PrintedView:
    """A printed sheet beside a re-run of the same case under today's catalog.

    `rerun` is that case, None where today's catalog cannot read it; `lines` tell of both.
    """

    printed: PrintedSheet
    rerun: Consultation | None
    lines: tuple[str, ...]
    differences: tuple[str, ...]


def result_json(catalog: Catalog, consultation: Consultation) -> str:
    """Return all verdicts and amounts of a case, as they are kept with its printed sheet."""
    own = simulate(catalog, replace(consultation, scenarios=()))
    varied = simulate(catalog, consultation) if consultation.scenarios else ()
    document = simulation_json(catalog, [*own, *varied])
    calculated = {result.entry for result in own}
    document["results"] += [
        screening_json(catalog, screening)
        for screening in screen(catalog, consultation.answers)
        if screening.entry not in calculated
    ]
    return json.dumps(document, ensure_ascii=False)


def printed_view(printed: PrintedSheet, catalog: Catalog) -> PrintedView:
    """Return a printed sheet beside what today's catalog makes of the same case."""
    is_same = printed.catalog_hash == catalog.edition.content_hash
    edition = SAME_CATALOG if is_same else OTHER_CATALOG
    try:
        rerun = read_case(printed.document.encode(), catalog, "印刷のときの相談")
    except UserFacingError as error:
        reasons = tuple(problem.reason for problem in error.problems)
        return PrintedView(printed, None, (edition, UNREADABLE), reasons)
    found = result_differences(printed.result, result_json(catalog, rerun))
    differences = tuple(one.text(lambda entry: _name_of(catalog, entry)) for one in found)
    lines = [edition, OTHER_RESULTS if differences else SAME_RESULTS]
    if rerun.ignored_answers:
        asked = (catalog.retired[question].text for question in rerun.ignored_answers)
        lines.append(f"{RETIRED} {'、'.join(asked)}")
    return PrintedView(printed, rerun, tuple(lines), differences)


def _name_of(catalog: Catalog, entry: str) -> str:
    found = catalog.entries.get(entry)
    return entry if found is None else found.short_name
