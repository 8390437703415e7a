"""How long things took in a period: by row of each sheet, by unit and by flow, against what the sheet allows.

Working time as the ledger keeps it, by the calendar of its day. A row is timed each time it was taken or sent back; a
whole case, from opening to end, once it has ended.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ppid.flows.figures.measures import Ended, Spread, Taken, UnitThen, units_then
from ppid.flows.figures.period import Period
from ppid.web.percentiles import percentile
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


def by_row(found: Iterable[Taken]) -> list[SheetTimes]:
    """Return each version's rows that were taken, from what ``taken`` counted. Two queries."""
    counted: defaultdict[int, defaultdict[int, list[Taken]]] = defaultdict(lambda: defaultdict(list))
    for each in found:
        counted[each.version][each.step].append(each)
    versions = SopVersion.objects.filter(pk__in=counted).select_related("sop__unit")
    texts = Activity.objects.filter(version__in=counted).only("version", "number", "text", *_DURATION)
    activities = {(each.version_id, each.number): each for each in texts}
    return [
        SheetTimes(
            title=version.title,
            version=version.version,
            unit=version.unit_name or version.sop.unit.name,
            flow=version.runs,
            rows=tuple(_row(activities[version.pk, step], rows) for step, rows in sorted(counted[version.pk].items())),
        )
        for version in versions.order_by("-sop__is_master", "title", "version")
    ]


def of_cases(finished: Iterable[Ended], found: Iterable[Taken], period: Period) -> list[FlowTime]:
    """Return the times of whole cases by flow, over all units first, then of each unit. Three queries.

    From what ``ended`` and ``taken`` counted: a case is the unit's that had it when it ended, a step the one's when it
    was taken.
    """
    days: defaultdict[_Key, Counter[int]] = defaultdict(Counter)
    sheets: defaultdict[_Key, set[int]] = defaultdict(set)
    for case in finished:
        if case.days is not None:
            for key in ((None, case.flow), (case.unit, case.flow)):
                days[key][case.days] += case.n
                sheets[key].add(case.version)
    kept: defaultdict[_Key, list[int]] = defaultdict(lambda: [0, 0])
    for step in found:
        for key in ((None, step.flow), (step.unit, step.flow)):
            kept[key][0] += step.n if step.on_time is not None else 0
            kept[key][1] += step.n if step.on_time else 0
    standards = _allowed(sheets)
    units = units_then({unit for unit, _ in {**days, **kept} if unit is not None}, period.last)
    return [
        FlowTime(flow, unit, Spread.of(days[key]), *standards.get(key, (None, "")), *kept[key])
        for flow, unit in _in_order(units)
        for key in [(unit.key if unit else None, flow)]
        if key in days or key in kept
    ]


_Key = tuple[int | None, str]


def _in_order(units: dict[int, UnitThen]) -> list[tuple[str, UnitThen | None]]:
    flows = ("publication", "exclusion")
    over_all: list[tuple[str, UnitThen | None]] = [(flow, None) for flow in flows]
    return over_all + [(flow, unit) for flow in flows for unit in units.values()]


_DURATION = ("duration_text", "duration_value", "duration_unit")


def _row(activity: Activity, rows: list[Taken]) -> RowTime:
    days, allowed = Counter[int](), Counter[int]()
    for each in rows:
        days[each.days] += each.n
        if each.allowed is not None:
            allowed[each.allowed] += each.n
    unit = activity.duration_unit or ("working_day" if any(days) else "minute")
    planned: float | None = activity.duration_value
    if planned is not None and unit == "month":  # it has as many working days as it happens to have
        planned = percentile(allowed, 0.5)
    elif planned is not None and unit == "week":
        planned *= WORKING_DAYS_IN_A_WEEK
    return RowTime(
        version=activity.version_id,
        number=activity.number,
        text=activity.text,
        standard=activity.duration_text,
        unit=_MEASURED_IN[DurationUnit(unit)],
        planned=planned,
        took=Spread.of(_begun(rows, MINUTES[unit]) if unit in MINUTES else days),
        timed=sum(each.n for each in rows if each.on_time is not None),
        on_time=sum(each.n for each in rows if each.on_time),
    )


def _begun(rows: list[Taken], minutes: int) -> Counter[int]:
    """Return the times as begun units of so many minutes."""
    counts: Counter[int] = Counter()
    for each in rows:
        if each.minutes is not None:
            counts[-(-each.minutes // minutes)] += each.n
    return counts


# What a time is told in: weeks and months as working days.
_MEASURED_IN = {unit: unit.label for unit in (DurationUnit.MINUTE, DurationUnit.HOUR, DurationUnit.DAY)}
_MEASURED_IN |= dict.fromkeys((DurationUnit.WORKING_DAY, DurationUnit.WEEK, DurationUnit.MONTH), "hari kerja")


def _allowed(versions: Mapping[_Key, set[int]]) -> dict[_Key, tuple[float | None, str]]:
    """Return by each key what its sheets allow in all: in working days, None where they differ, and in words."""
    rows = Activity.objects.filter(version__in={each for found in versions.values() for each in found})
    totals: defaultdict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for version, value, unit in rows.exclude(duration_value=None).values_list(
        "version", "duration_value", "duration_unit"
    ):
        totals[version][_counted_as(unit)] += (value or 0) * (WORKING_DAYS_IN_A_WEEK if unit == "week" else 1)
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
