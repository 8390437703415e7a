"""How long things took in a period: by row of each sheet, by unit and by flow, against what the sheet allows.

Working time as the ledger keeps it, by the calendar of its day. A row is timed each time it was taken or sent back; a
whole case, from opening to end, once it has ended.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, Q, Value
from django.db.models.functions import Cast, Floor

from ppid.flows.figures.measures import Percentiles, Spread, UnitThen, ends, measured, units_then
from ppid.flows.figures.period import Period
from ppid.flows.models import CaseQuerySet
from ppid.worktime.calendar import MINUTES, WORKING_DAYS_IN_A_WEEK
from ppid.worktime.durations import DurationUnit
from sop.models import Activity, SopVersion


@dataclass(frozen=True, slots=True)
class RowTime:
    """A row of a version: the time planned for it, in ``unit``, and the times it took.

    ``planned`` is None where the sheet sets no time; ``timed`` counts how often it had a due date, ``on_time`` how
    often that was kept.
    """

    version: int
    number: int
    text: str
    standard: str
    unit: str
    planned: float | None
    took: Spread
    timed: int
    on_time: int

    @property
    def median_share(self) -> float | None:
        """The median as a part of the planned time: 1 is as planned."""
        return self.took.median / self.planned if self.planned and self.took.median is not None else None

    @property
    def p90_share(self) -> float | None:
        return self.took.p90 / self.planned if self.planned and self.took.p90 is not None else None


@dataclass(frozen=True, slots=True)
class SheetTimes:
    """A version of a sheet with the rows that were taken in the period; its unit as it bore its name when approved."""

    title: str
    version: int
    unit: str
    flow: str
    rows: tuple[RowTime, ...]


@dataclass(frozen=True, slots=True)
class FlowTime:
    """The cases of a flow, of one unit or of all (``unit`` None), that ended in the period, in working days.

    ``standard`` is what the sheets by which they went allow in all, in words; ``planned`` the same in working days,
    None where they don't agree. ``timed`` and ``on_time`` count the steps of the period.
    """

    flow: str
    unit: UnitThen | None
    took: Spread
    planned: float | None
    standard: str
    timed: int
    on_time: int


def by_row(cases: CaseQuerySet, period: Period) -> list[SheetTimes]:
    """Return each version's rows that were taken in the period. Three queries."""
    hours = Cast(Floor((F("used_minutes") + Value(59)) / Value(60)), IntegerField())
    counted = (
        measured(cases, period)
        .filter(step__isnull=False)
        .values("case__sop_version", "step")
        .annotate(
            n=Count("pk"),
            in_days=Percentiles("used_days"),
            in_minutes=Percentiles("used_minutes"),
            in_hours=Percentiles(hours),
            allowed=Percentiles("allowed_days"),
            some_days=Count("pk", filter=Q(used_days__gt=0)),
            **_KEPT,
        )
    )
    found = defaultdict(list)
    for row in counted:
        found[row["case__sop_version"]].append(row)
    versions = SopVersion.objects.filter(pk__in=found).select_related("sop__unit")
    texts = Activity.objects.filter(version__in=found).only("version", "number", "text", *_DURATION)
    activities = {(each.version_id, each.number): each for each in texts}
    return [
        SheetTimes(
            title=version.title,
            version=version.version,
            unit=version.unit_name or version.sop.unit.name,
            flow=version.runs,
            rows=tuple(
                _row(activities[version.pk, row["step"]], row)
                for row in sorted(found[version.pk], key=lambda row: row["step"])
            ),
        )
        for version in versions.order_by("-sop__is_master", "title", "version")
    ]


def by_flow(cases: CaseQuerySet, period: Period) -> list[FlowTime]:
    """Return the flows' times over all units. Three queries."""
    ended = _ended(cases, period).values("case__flow").annotate(n=Count("pk"), took=Percentiles("case__worked_days"))
    kept = {row["case__flow"]: row for row in measured(cases, period).values("case__flow").annotate(**_KEPT)}
    allowed = _allowed(_ended(cases, period).values_list("case__flow", "case__sop_version").distinct())
    took = {row["case__flow"]: Spread.of(row["n"], row["took"]) for row in ended}
    return [
        FlowTime(flow, None, took.get(flow, Spread()), *allowed.get(flow, (None, "")), *_kept(kept.get(flow)))
        for flow in ("publication", "exclusion")
        if flow in took or flow in kept
    ]


def by_unit(cases: CaseQuerySet, period: Period) -> list[FlowTime]:
    """Return the flows' times of each unit: whose the case was when it ended, and a step when it was taken."""
    key = ("unit", "case__flow")
    ended = _ended(cases, period).values(*key).annotate(n=Count("pk"), took=Percentiles("case__worked_days"))
    took = {(row["unit"], row["case__flow"]): Spread.of(row["n"], row["took"]) for row in ended}
    steps = measured(cases, period).values(*key).annotate(**_KEPT)
    kept = {(row["unit"], row["case__flow"]): row for row in steps}
    by_sheet = _ended(cases, period).values_list("unit", "case__flow", "case__sop_version").distinct()
    allowed = _allowed(((unit, flow), version) for unit, flow, version in by_sheet)
    units = units_then({unit for unit, _ in took | kept}, period.last)
    return [
        FlowTime(
            flow,
            unit,
            took.get((unit.key, flow), Spread()),
            *allowed.get((unit.key, flow), (None, "")),
            *_kept(kept.get((unit.key, flow))),
        )
        for flow in ("publication", "exclusion")
        for unit in units.values()
        if (unit.key, flow) in took or (unit.key, flow) in kept
    ]


_DURATION = ("duration_text", "duration_value", "duration_unit")
_KEPT = {
    "timed": Count("pk", filter=Q(on_time__isnull=False)),
    "on_time_n": Count("pk", filter=Q(on_time=True)),
}


def _kept(row: dict | None) -> tuple[int, int]:
    return (row["timed"], row["on_time_n"]) if row else (0, 0)


def _ended(cases: CaseQuerySet, period: Period):
    return ends(cases, period).filter(case__worked_days__isnull=False)


def _row(activity: Activity, row: dict) -> RowTime:
    unit = activity.duration_unit or ("working_day" if row["some_days"] else "minute")
    used = {"minute": "in_minutes", "hour": "in_hours"}.get(unit, "in_days")
    planned: float | None = activity.duration_value
    if planned is not None and unit == "month":  # it has as many working days as it happens to have
        planned = (row["allowed"] or [None])[0]
    elif planned is not None and unit == "week":
        planned *= WORKING_DAYS_IN_A_WEEK
    return RowTime(
        version=activity.version_id,
        number=activity.number,
        text=activity.text,
        standard=activity.duration_text,
        unit=_MEASURED_IN[unit],
        planned=planned,
        took=Spread.of(row["n"], row[used]),
        timed=row["timed"],
        on_time=row["on_time_n"],
    )


# What a time is told in: weeks and months as working days.
_MEASURED_IN = {unit: unit.label for unit in (DurationUnit.MINUTE, DurationUnit.HOUR, DurationUnit.DAY)}
_MEASURED_IN |= dict.fromkeys((DurationUnit.WORKING_DAY, DurationUnit.WEEK, DurationUnit.MONTH), "hari kerja")


def _allowed(by_sheet: Iterable[tuple]) -> dict:
    """Return by each key what its sheets allow in all: in working days, None where they differ, and in words."""
    versions = defaultdict(set)
    for key, version in by_sheet:
        versions[key].add(version)
    rows = Activity.objects.filter(version__in={each for found in versions.values() for each in found})
    totals: defaultdict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for version, value, unit in rows.exclude(duration_value=None).values_list(
        "version", "duration_value", "duration_unit"
    ):
        totals[version][_counted_as(unit)] += value * (WORKING_DAYS_IN_A_WEEK if unit == "week" else 1)
    return {key: _in_all([totals[each] for each in found]) for key, found in versions.items()}


def _counted_as(unit: str) -> str:
    return unit if unit in (*MINUTES, "month") else "working_day"


def _in_all(sheets: list[dict[str, int]]) -> tuple[float | None, str]:
    if any(sheet != sheets[0] for sheet in sheets):
        return None, "berbeda antar-lembar"
    told = [f"{sheets[0][unit]} {DurationUnit(unit).label}" for unit in _ORDER if sheets[0].get(unit)]
    days = sheets[0].get("working_day", 0)
    return (float(days) if days and not sheets[0].get("month") else None), " + ".join(told)


_ORDER = ("month", "working_day", "hour", "minute")
