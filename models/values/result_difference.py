"""What a calculation of today says differently from one that was printed.

Both are the JSON of `simulate --json` or `screen --json`. Compared are verdicts, amounts and what
is still open; the wording of reasons and workings may change without changing anything.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable

COMPARED = {
    "verdict": "判定",
    "stage": "段階",
    "eligible_cost": "補助対象経費",
    "closure_cost": "廃業費",
    "subsidy_rate": "補助率",
    "subsidy": "補助額",
    "top_up": "上乗せ額",
    "total": "補助額の合計",
    "own_burden": "自己負担",
    "peak_advance": "立替の最大",
    "limits_hit": "かかった上限",
    "reason_codes": "金額の理由",
    "missing_to_minimum": "下限まであと",
    "years": "年ごとの金額",
    "open_questions": "未確認の質問",
    "offers": "支援の案内",
}
"""Keys of a result -> what people call them."""
YEN = frozenset({"eligible_cost", "closure_cost", "peak_advance", "missing_to_minimum"})
VERDICTS = {
    "likely": "該当の見込み",
    "not_eligible": "該当しない",
    "needs_confirmation": "要確認",
    "consult": "相談できます",
    "information": "情報",
}
NOTHING = "なし"

Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ResultDifference:
    """One difference: in which entry, under which scenario (None: the case itself), in what.

    `field` is empty where the whole entry is on one side only, as new or no longer there.
    """

    entry: str
    scenario: str | None
    field: str
    before: Any
    now: Any

    def text(self, name_of: Callable[[str], str]) -> str:
        """Return one line for a person; `name_of` gives the name of an entry."""
        name = name_of(self.entry)
        place = f"{name}（{self.scenario}）" if self.scenario else name
        if not self.field:
            return f"{place}: {'今回の結果にはありません' if self.before else '今回加わりました'}"
        label = COMPARED[self.field]
        before, now = _words(self.field, self.before), _words(self.field, self.now)
        return f"{place} {label}: 印刷のとき {before} → 今回 {now}"


def result_differences(printed: str, today: str) -> tuple[ResultDifference, ...]:
    """Return the differences between two results, in the order of the printed one.

    Raises `ValueError` when either is no result of ours.
    """
    before, now = _by_place(printed), _by_place(today)
    found: list[ResultDifference] = []
    for place in dict.fromkeys([*before, *now]):
        old, new = before.get(place), now.get(place)
        if old is None or new is None:
            found.append(ResultDifference(place[0], place[1], "", old is not None, new is not None))
            continue
        found += [
            ResultDifference(place[0], place[1], key, old.get(key), new.get(key))
            for key in COMPARED
            if (key in old or key in new) and old.get(key) != new.get(key)
        ]
    return tuple(found)


def edition_changed(printed: str, today: str) -> bool:
    """Whether the two stand on different contents of the catalog."""
    return _read(printed).get("catalog") != _read(today).get("catalog")


def _by_place(text: str) -> dict[tuple[str, str | None, int], Result]:
    """Return the results by entry, scenario and how often the two stood there before."""
    found: dict[tuple[str, str | None, int], Result] = {}
    results = _read(text).get("results")
    if not isinstance(results, list):
        raise ValueError("no results")  # noqa: TRY004 - bad data, not a wrong argument
    for result in cast("list[Result]", results):
        entry, scenario = str(result.get("frame") or result.get("id")), result.get("scenario")
        number = 0
        while (entry, scenario, number) in found:
            number += 1
        found[entry, scenario, number] = result
    return found


def _read(text: str) -> Result:
    value: object = json.loads(text)
    if not isinstance(value, dict):
        raise ValueError("no object")  # noqa: TRY004 - bad data, not a wrong argument
    return cast("Result", value)


def _words(field: str, value: Any) -> str:
    if value is None or value == []:
        return NOTHING
    if field == "verdict":
        return VERDICTS.get(str(value), str(value))
    if isinstance(value, dict):
        ends = cast("dict[str, int]", value)
        if ends.keys() == {"low", "high"}:
            low, high = ends["low"], ends["high"]
            return f"{low:,}円" if low == high else f"{low:,}円〜{high:,}円"
    if field in YEN and isinstance(value, int):
        return f"{value:,}円"
    if isinstance(value, list):
        return f"{len(cast('list[Any]', value))}件"
    return str(cast("object", value))
