"""What the figures are made of: the ledger's rows that count, counted by SQL, and the units' names of a day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count

from ppid.flows.figures.period import Period
from ppid.flows.ledger import StepRecord
from ppid.flows.models import CaseQuerySet
from ppid.flows.steps import MEASURED
from ppid.organisation.models import Unit
from ppid.web.percentiles import percentile


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took: of how many, the median, and the time within which nine of ten were done."""

    n: int = 0
    median: float | None = None
    p90: float | None = None

    @classmethod
    def of(cls, values: Counter[int]) -> "Spread":
        """Return the spread of values that come with how often each was met."""
        return cls(values.total(), percentile(values, 0.5), percentile(values, 0.9))


class Ended(NamedTuple):
    """How many cases ended alike: whose they were then, in which flow and sheet, how, after how many working days.

    ``days`` is None of what was taken over: it went through no steps.
    """

    unit: int
    flow: str
    version: int
    state: str
    days: int | None
    n: int


class Taken(NamedTuple):
    """How often a row was taken, or left by a return, alike: at which unit, in what time, whether by its due date."""

    flow: str
    version: int
    step: int
    unit: int
    days: int
    minutes: int | None
    allowed: int | None
    on_time: bool | None
    n: int


@dataclass(frozen=True, slots=True)
class UnitThen:
    """A unit as it was called on a day, and as it is called now, or the one to which it passed."""

    key: int
    code: str
    name: str
    short_name: str
    now: str


def records(cases: CaseQuerySet, period: Period) -> Any:
    """Return the ledger rows of these cases, done in the period: what was taken back («urungkan») never counts."""
    found = StepRecord.objects.standing().filter(period.of("done_at")).order_by()
    if not cases.query.has_filters():  # all there are: a join for nothing
        return found
    return found.filter(case__in=cases.order_by().values("pk"))


def taken(cases: CaseQuerySet, period: Period) -> list[Taken]:
    """Return the steps that somebody had on the desk and took, or sent back, counted: what the sheet times. One query.

    Counted values are few, and everything that is told of them adds up from these: so the ledger is read once.
    """
    timed = records(cases, period).filter(
        kind__in=[str(kind) for kind in MEASURED], used_days__isnull=False, step__isnull=False
    )
    key = ("case__flow", "case__sop_version", "step", "unit", "used_days", "used_minutes", "allowed_days", "on_time")
    return [Taken(*row) for row in timed.values_list(*key).annotate(n=Count("pk"))]


def ended(cases: CaseQuerySet, period: Period) -> list[Ended]:
    """Return the cases that ended in the period, counted by how. One query."""
    found = records(cases, period).filter(to_step=None, step__isnull=False)
    key = ("unit", "case__flow", "case__sop_version", "to_state", "case__worked_days")
    return [Ended(*row) for row in found.values_list(*key).annotate(n=Count("pk"))]


def units_then(keys: Iterable[int], day: date) -> dict[int, UnitThen]:
    """Return these units as they were called on the day, in the order of those names. Two queries."""
    every = {unit.pk: unit for unit in Unit.objects.prefetch_related("names")}

    def present(unit: Unit) -> Unit:
        while unit.successor_id is not None:
            unit = every[unit.successor_id]
        return unit

    found = []
    for key in keys:
        unit = every[key]
        then = unit.name_on(day)
        found.append(UnitThen(key, unit.code, then.name, then.short_name, present(unit).short_name))
    return {unit.key: unit for unit in sorted(found, key=lambda unit: (unit.short_name.casefold(), unit.key))}
