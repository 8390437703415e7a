"""How a cell of the obligations matrix counts: the written rubric, by its version. A version never changes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import models


class State(models.TextChoices):
    """How a duty stands at a unit. The values stand in addresses and in frozen scores and are never renamed."""

    THERE = "ada", "Ada"
    PARTLY = "sebagian", "Sebagian"
    OLD = "usang", "Usang"
    WORKED_ON = "dikerjakan", "Dikerjakan"
    MISSING = "belum-ada", "Belum ada"
    NIL = "nihil", "Nihil"
    NOT_REQUIRED = "tidak-wajib", "Tidak wajib"


# What each state counts; None is left out of the count.
RUBRICS: dict[int, dict[str, Decimal | None]] = {
    1: {
        State.THERE: Decimal(1),
        State.NIL: Decimal(1),
        State.PARTLY: Decimal("0.5"),
        State.OLD: Decimal("0.5"),
        State.WORKED_ON: Decimal(0),
        State.MISSING: Decimal(0),
        State.NOT_REQUIRED: None,
    }
}
CURRENT = max(RUBRICS)


@dataclass(frozen=True, slots=True)
class Score:
    """How many points of how many duties, and how many cells stand in each state."""

    points: Decimal
    of: int
    counts: dict[str, int]
    rubric: int = CURRENT

    @property
    def percent(self) -> Decimal | None:
        """The share in percent with one decimal; None where nothing is counted."""
        return (self.points * 100 / self.of).quantize(Decimal("0.1")) if self.of else None

    @property
    def told(self) -> list[tuple[State, int]]:
        """The states that occur, each with its number of cells."""
        return [(state, self.counts[state]) for state in State if self.counts.get(state)]


def score(states: Iterable[str], rubric: int = CURRENT) -> Score:
    """Return the score of cells in these states."""
    counts = Counter(states)
    weights = RUBRICS[rubric]
    points = sum((number * (weights[state] or Decimal(0)) for state, number in counts.items()), Decimal(0))
    of = sum(number for state, number in counts.items() if weights[state] is not None)
    return Score(points, of, {state: counts[state] for state in State if counts[state]}, rubric)
