"""The process passport: which steps an item went through, and in what time against the sheet. Offices, no persons."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from ppid.flows.ledger import MovedDeadline, StepRecord
from ppid.flows.models import Case
from ppid.flows.steps import MEASURED, Kind
from ppid.flows.walking import column_of
from ppid.organisation.models import Role
from ppid.web.elapsed import elapsed
from ppid.worktime.durations import Duration

# What a step's time is told in: weeks and months are told in the working days that were used.
UNITS = {
    "minute": "menit",
    "hour": "jam",
    "day": "hari",
    "working_day": "hari kerja",
    "week": "hari kerja",
    "month": "hari kerja",
}


_SHOWN = [Kind.STEP, Kind.RETURN, Kind.REOPENING, Kind.FIRST_PUBLICATION, Kind.TAKEOVER]


def passport(case: Case) -> list[dict[str, Any]]:
    """Return the steps and returns of the case in the order in which they happened, as the shelf keeps them.

    ``used`` and ``standard`` are the printed words; ``days`` and ``standard_days`` the numbers, both in the unit of
    the sheet (minutes or working days), None where the sheet sets no time. ``moved`` are the due dates that the working
    calendar moved meanwhile, with the reason. What was ``urgent`` is told by the clock, beside no time of the sheet.
    """
    moved = list(case.moved_deadlines.filter(kind=MovedDeadline.Kind.CALENDAR).order_by("pk"))
    records = case.records.standing().filter(kind__in=_SHOWN).order_by("sequence")
    told: list[dict[str, Any]] = []
    before = None
    for record in records.select_related("appointment__role"):
        # A row that carries several lawful steps is told once, with its time.
        if not record.goes_on(before):
            since = before.sequence if before else 0  # what was undone between them is no step: its time went on
            told.append(_row(record, case, [line for line in moved if since <= line.moves < record.sequence]))
        before = record
    return told


def _office(record: StepRecord) -> str:
    """Return the office that took the step: the column's label, with the unit where the role belongs to one."""
    if record.kind in (Kind.FIRST_PUBLICATION, Kind.TAKEOVER):
        return record.appointment.role.name
    label = column_of(record.case.activities[record.step]) if record.step else ""
    return f"{label} · {record.unit_short_name}" if record.appointment.role.scope == Role.Scope.UNIT else label


def _day(moment: datetime | None) -> str | None:
    return timezone.localdate(moment).isoformat() if moment else None


def _used(used: int | None, standard: Duration | None) -> str:
    return f"{used} {UNITS[standard.unit]}" if standard else ""


def _row(record: StepRecord, case: Case, moved: list[MovedDeadline]) -> dict[str, Any]:
    record.case = case  # whose steps have been read
    activity, standard = case.activities[record.step or 0], record.standard
    by_the_law = record.is_urgent or record.kind == Kind.FIRST_PUBLICATION
    no_step = record.kind == Kind.TAKEOVER
    if by_the_law or no_step:
        standard = None
    used = record.used(standard.unit) if standard else None
    is_step = record.kind == Kind.STEP
    return {
        "number": record.step,
        "kind": str(record.kind),
        "text": activity.text if is_step else record.note if no_step else record.title,
        "office": _office(record),
        "standard": "" if by_the_law or no_step else activity.duration_text,
        "used": elapsed(record.received_at, record.done_at) if by_the_law else _used(used, standard),
        "days": used,
        "standard_days": standard.value if standard else None,
        "on_time": record.on_time if record.kind in MEASURED else None,
        "urgent": by_the_law,
        "done_on": timezone.localdate(record.done_at).isoformat(),
        "moved": [{"to": _day(line.due_after), "because": line.because} for line in moved],
    }
