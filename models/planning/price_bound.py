"""The bound by prices: what no admissible combination can exceed, whatever the shares.

Give every expense a price. A plan is worth the prices of all expenses, plus for each of its frames
what the frame pays above the prices of what it takes; so all prices together with the best of these
gains (one frame of each clique of conflicting frames) bound every plan. Any prices give a valid
bound; good prices give one that is often reached.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.planning.price_program import Column, Program
from models.planning.whole_answers import Answer, frame_answer

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from models.planning.local_moves import Free
    from models.planning.pace import Pace
    from models.planning.scaled_frames import Item, ScaledFrame

_CLOSE_YEN = 0.3
_CLOSE = 0.03
_MOST_ROUNDS = 120
_BIDS = 10
_ROWS_A_BID = 4
_BID_STEPS = 10
_BID_START = 0.3
_BID_STEP = 0.15
_BID_SHRINK = 0.8
_REMEMBERED = 12
_WHOLE = 1e-4


class Market:
    """Some frames and the expenses that they take: what each frame gains at prices.

    What it found it remembers, for all bounds among these frames.
    """

    def __init__(self, items: Sequence[Item], unit: int) -> None:
        self.items = items
        self.unit = unit
        self._columns: dict[int, dict[tuple[int, ...], Column]] = {}
        self._known: dict[tuple[int, ...], Answer] = {}

    def answer(
        self, frame: ScaledFrame, prices: Mapping[int, int], steps: int | None = None
    ) -> Answer:
        """Return what a frame takes, and the most it pays above the prices of that (scaled).

        With few `steps` it is a quick and rough answer.
        """
        asked = (frame.number, steps or 0, *[prices[number] for number in frame.numbers])
        found = self._known.get(asked)
        if found is None:
            found = self._known[asked] = frame_answer(frame, prices, self.unit, steps)
        return found

    def column(self, frame: ScaledFrame, taken: tuple[int, ...]) -> Column:
        """Return a way for a frame to take expenses (in order), and remember it."""
        columns = self._columns.setdefault(frame.number, {})
        column = columns.pop(taken, None)
        if column is None:
            fills = frame.filled(taken)
            column = Column(frame.number, taken, float(frame.bounded(fills) // self.unit))
        columns[taken] = column
        return column

    def remembered(self, frame: ScaledFrame) -> list[Column]:
        """Return the ways to take expenses that were found last."""
        return list(self._columns.get(frame.number, {}).values())[-_REMEMBERED:]


class PriceBound:
    """Good prices for some frames; `bound`, `prices` and `gains` are scaled.

    `cliques` hold positions in `frames`, each position in one. Only expenses that several frames
    take get a price. Before `improve` the prices are those of `parent`, or nothing. `stricter` is a
    bound for the same frames of which more conflict.
    """

    def __init__(
        self,
        frames: Sequence[ScaledFrame],
        cliques: Sequence[Sequence[int]],
        market: Market,
        parent: PriceBound | None = None,
        stricter: PriceBound | None = None,
    ) -> None:
        self.frames = frames
        self.cliques = cliques
        self._market = market
        self._parent = parent
        self._stricter = stricter
        self.program: Program | None = None
        self._least: float | None = None
        self.prices: dict[int, int] = (
            dict.fromkeys([item.number for item in market.items], 0)
            if parent is None
            else parent.prices
        )
        self.mix: list[tuple[Column, float]] = []
        self._answers: list[Answer] = []
        self.gains: list[int] = []
        self.bests: list[int] = []
        self.bound = 0
        self._settle(self.prices, [market.answer(frame, self.prices) for frame in frames])

    def _settle(self, prices: dict[int, int], answers: list[Answer]) -> None:
        """Work out the bound that prices give, and keep them if it is lower."""
        self._answers = answers
        gains = [each.gain for each in answers]
        bests = [max([gains[p] for p in clique]) for clique in self.cliques]
        bound = sum(bests) + sum(prices.values())
        if bound < self.bound or not self.gains:
            self.prices, self.gains, self.bests, self.bound = prices, gains, bests, bound

    def _ask(
        self, program: Program, prices: Mapping[int, float], pace: Pace, steps: int | None = None
    ) -> Generator[None, None, None]:
        """Ask all frames what they would take at prices (yen), and let the program know."""
        market = self._market
        whole = {
            item.number: round(prices.get(item.number, 0.0) * market.unit) for item in market.items
        }
        answers: list[Answer] = []
        for frame in self.frames:
            answers.append(market.answer(frame, whole, steps))
            if pace.due():
                yield
                pace.resume()
        self._settle(whole, answers)
        self._offer(program)

    def _shared(self) -> list[int]:
        """Return the expenses that frames of several cliques take."""
        cliques: dict[int, set[int]] = {}
        for row, clique in enumerate(self.cliques):
            for position in clique:
                for number in self.frames[position].numbers:
                    cliques.setdefault(number, set()).add(row)
        return [number for number, rows in cliques.items() if len(rows) > 1]

    def _started(self) -> Program:
        """Return a program with the columns known so far."""
        frames = self.frames
        cliques = [[frames[p].number for p in clique] for clique in self.cliques]
        before = None if self._parent is None else self._parent.program
        if before is not None and before.fits(cliques):
            return before.narrowed(frames)
        shared = self._shared()
        stricter = None if self._stricter is None else self._stricter.program
        program = None if stricter is None else stricter.loosened(shared, cliques)
        if program is not None:
            return program
        program = Program(shared, cliques)
        for frame in frames:
            for column in self._market.remembered(frame):
                if set(frame.numbers).issuperset(column.taken):
                    program.add(column)
        return program

    def rounded(self, free: Free) -> dict[int, int]:
        """Return an owner (position) for each free expense, near the best mix."""
        place = {frame.number: position for position, frame in enumerate(self.frames)}
        share: dict[tuple[int, int], float] = {}
        for column, much in self.mix:
            for number in column.taken:
                position = place.get(column.frame, -1)
                share[position, number] = share.get((position, number), 0.0) + much
        return {
            item.number: max(takers, key=lambda p: share.get((p, item.number), 0.0))
            for item, takers in free
        }

    def use(self, position: int) -> float:
        """Return how much of a frame is in the best mix (1: all of it)."""
        number = self.frames[position].number
        return sum([much for column, much in self.mix if column.frame == number])

    def whole_mix(self) -> dict[int, int] | None:
        """Return the frame number of each expense if there is a mix and it divides nothing."""
        owners: dict[int, int] = {}
        for column, much in self.mix:
            if much < 1 - _WHOLE:
                return None
            for number in column.taken:
                owners.setdefault(number, column.frame)
        return owners or None

    @property
    def best_gains(self) -> int:
        """The gains of the best frame of each clique together."""
        return sum(self.bests)

    def _offer(self, program: Program) -> None:
        """Add to a program what the frames would take at the last prices."""
        for frame, answer in zip(self.frames, self._answers, strict=True):
            program.add(self._market.column(frame, answer.taken))

    def improve(self, pace: Pace, enough: int | None = None) -> Generator[None, None, None]:
        """Look for prices that give a lower bound, no better than `enough` (yen) needs."""
        if self._good(enough):
            return
        is_new = self.program is None
        program = self.program = self.program or self._started()
        self._offer(program)
        if is_new and not program.value and not any(self.prices.values()):
            yield from self._bid(program, pace)
        for _ in range(_MOST_ROUNDS):
            yield from program.improve(pace)
            self._least = program.value
            if pace.over or self._good(enough):
                break
            yield from self._ask(program, program.prices(), pace)
            if not program.improving():
                self._least = self.bound / self._market.unit
                break
            yield from pace.rest()
        self.mix = program.mix()

    def _bid(self, program: Program, pace: Pace) -> Generator[None, None, None]:
        """Let prices rise where several frames want an expense, and fall where none does."""
        nets = {item.number: item.net for item in self._market.items}
        now = dict.fromkeys(program.prices(), _BID_START)
        step = _BID_STEP
        for _ in range(min(_BIDS, len(now) // _ROWS_A_BID)):
            prices = {number: rate * nets[number] for number, rate in now.items()}
            yield from self._ask(program, prices, pace, _BID_STEPS)
            wanted = dict.fromkeys(now, -1)
            for clique in self.cliques:
                winner = max(clique, key=lambda p: self._answers[p].gain)
                for number in self._answers[winner].taken:
                    if number in wanted:
                        wanted[number] += 1
            if pace.over or not any(wanted.values()):
                break
            for number, more in wanted.items():
                now[number] = max(0.0, now[number] + step * min(more, 2))
            step *= _BID_SHRINK
            yield from pace.rest()

    def _good(self, enough: int | None) -> bool:
        """Return whether the bound is as low as asked, or surely stays well above that."""
        unit = self._market.unit
        if enough is not None and self.bound // unit <= enough:
            return True
        if self._least is None:
            return False
        above = 0.0 if enough is None else _CLOSE * (self._least - enough)
        return self.bound / unit - self._least < max(_CLOSE_YEN, above)
