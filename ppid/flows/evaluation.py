"""How a version of a sheet does in practice: planned against actual time of each step, from the ledger.

Only cases that have ended count. A step is measured each time it was taken, also when it ended in «tidak» and sent the
case back; a stay that ended because documents changed, or because the case was given up, is no measure of the step.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import number_format

from ppid.flows.models import Case, StepRecord
from ppid.flows.passport import UNITS
from ppid.flows.steps import Kind
from ppid.worktime.calendar import WORKING_DAYS_IN_A_WEEK, WorkingCalendar, calendar
from sop.models import Activity, SopVersion
from sop.sheet import Sheet, SheetRow

_TAKEN = (Kind.STEP, Kind.RETURN)
_SENT_BACK = (Kind.RETURN, Kind.REOPENING)


@dataclass(frozen=True, slots=True)
class StepEvaluation:
    """A step: its row of the sheet, the time planned for it, and the times it took.

    ``planned``, ``median`` and ``p90`` are in ``unit``, the word in which the sheet counts; None where there is nothing
    to tell. ``taken`` counts how often it was taken, ``timed`` how often with a due date, ``on_time`` how often by it.
    """

    number: int
    text: str
    performer: str
    duration: str
    unit: str
    planned: float | None
    median: float | None
    p90: float | None
    cases: int
    taken: int
    returns: int
    timed: int
    on_time: int

    @property
    def median_share(self) -> float | None:
        """The median as a part of the planned time: 1 is as planned."""
        return self._share(self.median)

    @property
    def p90_share(self) -> float | None:
        return self._share(self.p90)

    @property
    def median_words(self) -> str:
        """The median as people read it: «1,5 hari»."""
        return in_words(self.median, self.unit)

    @property
    def p90_words(self) -> str:
        return in_words(self.p90, self.unit)

    def _share(self, value: float | None) -> float | None:
        return value / self.planned if self.planned and value is not None else None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A version in practice. ``median`` and ``p90`` are the working days of a whole case, from opening to end."""

    cases: int
    first_opened: datetime | None
    last_ended: datetime | None
    median: float | None
    p90: float | None
    steps: tuple[StepEvaluation, ...]

    @property
    def median_words(self) -> str:
        return in_words(self.median, UNITS["working_day"])

    @property
    def p90_words(self) -> str:
        return in_words(self.p90, UNITS["working_day"])


def evaluate(version: SopVersion) -> Evaluation:
    """Return what the ended cases of a version show. Fetch it ``with_sheet()``."""
    working, sheet = calendar(), version.sheet()
    ended = Case.objects.filter(sop_version=version, ended_at__isnull=False)
    cases = list(ended.order_by("opened_at").values_list("opened_at", "ended_at"))
    records = StepRecord.objects.filter(case__in=ended, kind__in={*_TAKEN, *_SENT_BACK}, step__isnull=False)
    of_step: dict[int, list[StepRecord]] = {}
    for record in records.order_by("pk").only("case_id", "kind", "step", "received_at", "done_at", "due_at", "on_time"):
        of_step.setdefault(record.step, []).append(record)
    whole = [working.used(opened, done, "working_day") for opened, done in cases]
    return Evaluation(
        cases=len(cases),
        first_opened=cases[0][0] if cases else None,
        last_ended=max((done for _, done in cases), default=None),
        median=percentile(whole, 0.5),
        p90=percentile(whole, 0.9),
        steps=tuple(
            _step(activity, _performers(sheet, row), of_step.get(row.number, ()), working)
            for activity, row in zip(version.activities.all(), sheet.rows, strict=True)
        ),
    )


def percentile(values: Sequence[float], share: float) -> float | None:
    """Return the value below which ``share`` of the values lie, between two of them in proportion; None without any.

    The same reckoning as PostgreSQL's ``percentile_cont``.
    """
    if not values:
        return None
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def in_words(value: float | None, unit: str) -> str:
    """Write a time with at most one decimal: «1,5 hari»; «–» when there is none."""
    if value is None:
        return "–"
    rounded = round(value, 1)
    return f"{number_format(rounded, 0 if rounded == int(rounded) else 1, force_grouping=True)} {unit}"


def _step(
    activity: Activity, performer: str, records: Sequence[StepRecord], working: WorkingCalendar
) -> StepEvaluation:
    taken = [record for record in records if record.kind in _TAKEN]
    unit = activity.duration_unit or _fitting_unit(taken)
    used = [working.used(record.received_at, record.done_at, unit) for record in taken]
    timed = [record for record in taken if record.on_time is not None]
    return StepEvaluation(
        number=activity.number,
        text=activity.text,
        performer=performer,
        duration=activity.duration_text,
        unit=UNITS[unit],
        planned=_planned(activity, timed, working),
        median=percentile(used, 0.5),
        p90=percentile(used, 0.9),
        cases=len({record.case_id for record in taken}),
        taken=len(taken),
        returns=sum(record.kind in _SENT_BACK for record in records),
        timed=len(timed),
        on_time=sum(record.on_time for record in timed),
    )


def _performers(sheet: Sheet, row: SheetRow) -> str:
    return "" if row.first is None else " dan ".join(sheet.performers[row.first : row.last + 1])


def _fitting_unit(taken: Sequence[StepRecord]) -> str:
    """Return the unit to tell a step in for which the sheet sets no time: minutes while it never took over a day."""
    days = (timezone.localdate(record.done_at) - timezone.localdate(record.received_at) for record in taken)
    return "working_day" if any(each.days for each in days) else "minute"


def _planned(activity: Activity, timed: Sequence[StepRecord], working: WorkingCalendar) -> float | None:
    """Return the time that the sheet allows, in the unit in which it is measured.

    A calendar month has as many working days as it happens to have: it counts as the median of what was allowed.
    """
    if activity.duration_value is None:
        return None
    if activity.duration_unit == "month":
        allowed = [working.used(record.received_at, record.due_at, "working_day") for record in timed]
        return percentile(allowed, 0.5)
    weeks = activity.duration_unit == "week"
    return activity.duration_value * (WORKING_DAYS_IN_A_WEEK if weeks else 1)
