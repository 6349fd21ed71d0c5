"""What follows from the held consultation: found once a change, when somebody asks for it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from ui.gradual import Gradual

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from models.values.actions import ActionValue
    from models.values.catalog import Catalog
    from models.values.consultation import Consultation
    from models.values.results import NextQuestion, Screening, SimulationResult, Verdict
    from models.values.truth import Truth
    from models.values.ways import Ways

Result = TypeVar("Result")
MANY = 1000
"""Programs above which verdicts take longer than a picture of the screen."""
BATCH = 500


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """How many questions are worth asking: about what is in play (`None`: nothing is), and all."""

    in_play: int | None
    all: int


class FollowingResults(QObject):
    """The results of one consultation; the subclass holds it and knows the catalog."""

    figures_found = Signal()
    """What was found bit by bit is there."""
    actions_found = Signal()
    """What the client could still do is there."""

    def __init__(self) -> None:
        super().__init__()
        self.consultation: Consultation | None = None
        self._derived: dict[str, tuple[Any, Any]] = {}
        self._sought: Consultation | None = None
        self._gradual = Gradual(self)
        self._gradual.finished.connect(lambda _nothing: self.figures_found.emit())
        self._trying = Gradual(self)
        self._trying.finished.connect(self._on_trying_finished)

    @property
    def catalog(self) -> Catalog:
        """The catalog that judges."""
        raise NotImplementedError

    def forget_results(self) -> None:
        """Drop what was found for the consultation that was held before."""
        self._derived.clear()
        self._sought = None
        self._gradual.stop()
        self._trying.stop()

    def screenings(self) -> tuple[Screening, ...]:
        """Return the verdict on every entry; expenses never change one."""
        from models.judgement.screening import screen  # noqa: PLC0415 - not for the first paint

        held = self._held()
        return self._once("screenings", held.answers, lambda: screen(self.catalog, held.answers))

    def judges_later(self) -> bool:
        """Return whether verdicts and open questions are still being found, bit by bit.

        So it is only with very many programs; `figures_found` tells when they are there. Who asks
        for them before is given them at once, and waits.
        """
        held = self.consultation
        if held is None or len(self.catalog.entries) <= MANY:
            return False
        if self._has("screenings", held.answers) and self._has("open_counts", held):
            return False
        if self._sought is not held:
            self._sought = held
            self._gradual.start(self._judge_in_turn(held))
        return True

    def verdict_counts(self) -> dict[Verdict, int]:
        """Return how many entries have each verdict that is given."""
        return self._once(
            "verdict_counts",
            self._held().answers,
            lambda: dict(Counter(one.verdict for one in self.screenings())),
        )

    def ways(self) -> tuple[Ways, ...]:
        """Return the ways worth comparing, side by side: the very ones that the sheet prints."""
        from models.planning.ways import compared_ways  # noqa: PLC0415 - not for the first paint

        held = self._held()
        return self._once(
            "ways", held, lambda: compared_ways(self.catalog, held, self.screenings())
        )

    def result_of(self, entry: str) -> SimulationResult:
        """Return what one frame would pay, under the client's own answers."""
        from models.planning.simulation import simulate  # noqa: PLC0415 - not for the first paint
        from models.values.consultation import Scenario  # noqa: PLC0415 - as above

        held = self._held()
        results: dict[str, SimulationResult] = self._once("results", held, dict)
        if entry not in results:
            alone = replace(held, scenarios=(Scenario((entry,)),))
            results[entry] = simulate(self.catalog, alone)[0]
        return results[entry]

    def open_questions(self) -> OpenQuestions:
        """Return how many questions are still worth asking, first those about what is in play."""
        held = self._held()
        return self._once("open_count", held, self._count_open)

    def seek_actions(self) -> None:
        """Try out, bit by bit, what the client could still do; `actions_found` tells the end."""
        held = self._held()
        if self._has("action_values", held):
            self.actions_found.emit()
        else:
            self._trying.start(self._try_in_turn(held))

    def action_values(self) -> tuple[ActionValue, ...]:
        """Return what the client could still do and what it would change; slow where not sought."""
        from models.planning.action_value import action_values  # noqa: PLC0415 - as above

        held = self._held()
        return self._once("action_values", held, lambda: action_values(self.catalog, held))

    def next_question(self) -> NextQuestion | None:
        """Return the question worth asking next."""
        from models.planning.next_question import next_question  # noqa: PLC0415 - as above

        held = self._held()
        return self._once(
            "next_question",
            held,
            lambda: next_question(self.catalog, held, self.screenings(), self._open_counts()),
        )

    def truth_of(self, condition: object) -> Truth:
        """Return whether a condition of the catalog holds for the answers."""
        from models.judgement.evaluation import Situation, evaluate  # noqa: PLC0415 - as above

        held = self._held()
        situation = self._once(
            "situation", held.answers, lambda: Situation(self.catalog, held.answers)
        )
        return evaluate(condition, situation)  # type: ignore[arg-type]

    def _count_open(self) -> OpenQuestions:
        from models.values.results import Verdict  # noqa: PLC0415 - as above

        judged = (Verdict.LIKELY, Verdict.NEEDS_CONFIRMATION)
        in_play = {one.entry for one in self.screenings() if one.in_play and one.verdict in judged}
        counts = self._open_counts()
        about = sum(not in_play.isdisjoint(entries) for entries in counts.values())
        return OpenQuestions(about if in_play else None, len(counts))

    def _open_counts(self) -> dict[str, list[str]]:
        from models.planning.next_question import open_question_counts  # noqa: PLC0415 - as above

        held = self._held()
        return self._once(
            "open_counts",
            held,
            lambda: open_question_counts(self.catalog, held, self.screenings()),
        )

    def _judge_in_turn(self, held: Consultation) -> Iterator[None]:
        """Find verdicts, then open questions, a few at a time."""
        from models.judgement.screening import screen_in_turn  # noqa: PLC0415 - as above
        from models.planning.next_question import open_question_counts  # noqa: PLC0415 - as above

        if not self._has("screenings", held.answers):
            found: list[Screening] = []
            for one in screen_in_turn(self.catalog, held.answers):
                found.append(one)
                yield
            self._derived["screenings"] = (held.answers, tuple(found))
            yield
            self.verdict_counts()
            yield
        screenings: tuple[Screening, ...] = self._derived["screenings"][1]
        counts: dict[str, list[str]] = {}
        for place in range(0, len(screenings), BATCH):
            some = open_question_counts(self.catalog, held, screenings[place : place + BATCH])
            for question, entries in some.items():
                counts.setdefault(question, []).extend(entries)
            yield
        self._derived["open_counts"] = (held, counts)
        yield
        self.open_questions()

    def _on_trying_finished(self, _nothing: object) -> None:
        if self.consultation is not None and self._has("action_values", self.consultation):
            self.actions_found.emit()

    def _try_in_turn(self, held: Consultation) -> Iterator[None]:
        from models.planning.action_value import best_first, tried_actions  # noqa: PLC0415 - as above

        found: list[ActionValue] = []
        for value in tried_actions(self.catalog, held):
            if value is not None:
                found.append(value)
            yield
        self._derived["action_values"] = (held, best_first(found))

    def _held(self) -> Consultation:
        if self.consultation is None:
            raise LookupError("no consultation is held")
        return self.consultation

    def _once(self, name: str, key: object, compute: Callable[[], Result]) -> Result:
        if self._has(name, key):
            return self._derived[name][1]
        result = compute()
        self._derived[name] = (key, result)
        return result

    def _has(self, name: str, key: object) -> bool:
        kept = self._derived.get(name)
        return kept is not None and (kept[0] is key or kept[0] == key)
