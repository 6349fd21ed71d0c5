"""Ways to pay for the plan, side by side: what the window compares and what the sheet compares."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from models.values.results import Verdict
from models.values.text import without_brackets

if TYPE_CHECKING:
    from models.values.consultation import Scenario
    from models.values.results import SimulationResult


@dataclass(frozen=True, slots=True)
class Way:
    """One way (案): `result` holds its figures, those of several frames added up from `parts`.

    `label` may end with an explanation in brackets. `assumed` says what differs from the client's
    own answers and expenses, "" when they hold. `scenario` is what was simulated; `place` is its
    index among the consultation's own scenarios, `None` where the catalog foresees the way.
    `base` holds the figures of the same frames under the client's own answers and expenses, `None`
    where nothing differs or the frames cannot be had that way.
    """

    label: str
    assumed: str
    result: SimulationResult
    parts: tuple[SimulationResult, ...]
    scenario: Scenario
    place: int | None = None
    base: SimulationResult | None = None

    @property
    def short(self) -> str:
        """The label without its explanation."""
        return without_brackets(self.label)

    @property
    def held(self) -> Scenario:
        """The scenario with just the frames whose figures stand in this way."""
        return replace(self.scenario, frames=tuple(part.entry for part in self.parts))

    @property
    def is_ruled_out(self) -> bool:
        """Whether no figure may stand here: the frame cannot be had."""
        return self.result.screening.verdict is Verdict.NOT_ELIGIBLE

    @property
    def pays(self) -> bool:
        """Whether a subsidy can be expected at all."""
        total = self.result.amount.total
        return total is not None and total.high > 0

    @property
    def is_possible(self) -> bool:
        """Whether it pays something and is not ruled out."""
        return self.pays and not self.is_ruled_out

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be said of the way: what it assumes, and that it adds frames up."""
        found: list[str] = []
        if self.assumed:
            found.append(f"※ {self.short}：{self.assumed}")
        if len(self.parts) > 1:
            found.append("※ 合わせた額の案は、一緒に使えるかを公募要領で確かめてください。")
        return tuple(found)

    @property
    def key(self) -> str:
        """The same for the same way: the entry, or the label where more than that differs."""
        is_plain = len(self.parts) == 1 and self.result.scenario is None
        return self.result.entry if is_plain else self.label


class Origin(Enum):
    """Where ways come from."""

    OWN = "own"
    """The advisor's scenarios."""
    FORESEEN = "foreseen"
    """A comparison of the catalog."""
    CANDIDATES = "candidates"
    """What the answers speak for, where the catalog foresees no comparison."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways beside 「補助金を使わない」: `paid` yen are paid without a subsidy, tax in.

    `id` stays the same when figures change. `apart` holds the labels of each two ways that cannot
    both hold. `sentences` say in words what the figures show, and never more; one paragraph each.
    """

    id: str
    title: str
    paid: int
    ways: tuple[Way, ...]
    origin: Origin
    apart: frozenset[frozenset[str]] = frozenset()
    sentences: tuple[str, ...] = ()

    @property
    def is_spoken_of(self) -> bool:
        """Whether the client's own answers speak for a way here.

        A block of the catalog is compared as long as it is not ruled out, even when nobody has
        spoken of its subject yet.
        """
        return any(way.result.screening.in_play and not way.assumed for way in self.ways)

    @property
    def is_promising(self) -> bool:
        """Whether the client's own answers speak for a way that pays something."""
        return any(
            way.result.screening.in_play and not way.assumed and way.pays for way in self.ways
        )

    @property
    def sentence(self) -> str:
        """All sentences as one text."""
        return "".join(self.sentences)
