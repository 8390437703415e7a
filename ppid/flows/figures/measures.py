"""What the figures are made of: percentiles by SQL, the ledger rows that count, and the units' names of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Aggregate, FloatField

from ppid.flows.figures.period import Period
from ppid.flows.ledger import StepRecord
from ppid.flows.models import CaseQuerySet
from ppid.flows.steps import MEASURED
from ppid.organisation.models import Unit


class Percentiles(Aggregate):
    """The median and the value within which nine of ten lie, in one sort: a list of two, None without any."""

    function = "percentile_cont"
    template = "%(function)s(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = ArrayField(FloatField())


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took: of how many, the median, and the time within which nine of ten were done."""

    n: int = 0
    median: float | None = None
    p90: float | None = None

    @classmethod
    def of(cls, n: int, percentiles: list[float | None] | None) -> "Spread":
        median, p90 = percentiles or (None, None)
        return cls(n, median, p90)


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
    found = StepRecord.objects.filter(period.of("done_at")).order_by()
    return found.filter(case__in=cases.order_by().values("pk"))


def measured(cases: CaseQuerySet, period: Period) -> Any:
    """Return the rows in which somebody had a step on the desk and took it, or sent it back: what the sheet times."""
    return records(cases, period).filter(kind__in=[str(kind) for kind in MEASURED], used_days__isnull=False)


def ends(cases: CaseQuerySet, period: Period) -> Any:
    """Return the rows with which a case ended in the period, one a case; what was taken over counts no days."""
    return records(cases, period).filter(to_step=None, step__isnull=False)


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
