"""Reads an item's process passport for the page. An earlier version may have written it, so any key may be missing."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class MovedDueDate:
    """A due date that the working calendar moved while the step was awaited: to which day, and why."""

    to: date | None
    because: str


@dataclass(frozen=True, slots=True)
class PassportStep:
    """A step or a return that was taken.

    ``used`` and ``standard`` are in words; ``share`` is the part of the standard that it took, 0 to 1.
    """

    number: int | str
    text: str
    office: str
    used: str
    standard: str
    share: float | None
    on_time: bool | None
    done_on: date | None
    is_return: bool
    is_first: bool
    is_taken_over: bool
    is_urgent: bool
    moved: tuple[MovedDueDate, ...]


@dataclass(frozen=True, slots=True)
class Passport:
    """The steps in the order in which they happened, and how many had a standard and kept it."""

    steps: tuple[PassportStep, ...]

    @property
    def measured(self) -> int:
        return sum(step.on_time is not None for step in self.steps)

    @property
    def is_taken_over(self) -> bool:
        """Whether no step of the sheet was taken: the item came with a list that was signed elsewhere."""
        return any(step.is_taken_over for step in self.steps)

    @property
    def on_time(self) -> int:
        return sum(step.on_time is True for step in self.steps)

    @property
    def all_on_time(self) -> bool:
        return self.measured == self.on_time


def read(rows: list) -> Passport:
    """Return the passport of the rows as the shelf keeps them."""
    rows = [row for row in rows or () if isinstance(row, dict)]
    return Passport(tuple(_step(row, position) for position, row in enumerate(rows, start=1)))


def _step(row: dict, position: int) -> PassportStep:
    return PassportStep(
        number=row.get("number") or position,
        text=row.get("text") or "",
        office=row.get("office") or "",
        used=row.get("used") or "",
        standard=row.get("standard") or "",
        share=_share(row.get("days"), row.get("standard_days")) if row.get("on_time") is not None else None,
        on_time=row.get("on_time"),
        done_on=_day(row.get("done_on")),
        is_return=row.get("kind") in ("return", "reopening"),
        is_first=row.get("kind") == "first",
        is_taken_over=row.get("kind") == "takeover",
        is_urgent=row.get("urgent") is True,
        moved=tuple(
            MovedDueDate(_day(line.get("to")), line.get("because") or "")
            for line in row.get("moved") or ()
            if isinstance(line, dict)
        ),
    )


def _share(days: Any, standard_days: Any) -> float | None:
    if days is None or not standard_days:
        return None
    return round(min(float(days) / float(standard_days), 1), 3)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
