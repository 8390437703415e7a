"""The process passport: which steps an item went through, and in what time against the sheet. Offices, no persons."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from ppid.flows.models import Case, MovedDeadline, StepRecord, column_of
from ppid.flows.steps import MEASURED, Kind
from ppid.organisation.models import Role

# What a step's time is told in: weeks and months are told in the working days that were used.
UNITS = {
    "minute": "menit",
    "hour": "jam",
    "day": "hari",
    "working_day": "hari kerja",
    "week": "hari kerja",
    "month": "hari kerja",
}


def passport(case: Case) -> list[dict[str, Any]]:
    """Return the steps and returns of the case in the order in which they happened, as the shelf keeps them.

    ``used`` and ``standard`` are the printed words; ``days`` and ``standard_days`` the numbers, both in the unit of
    the sheet (minutes or working days), None where the sheet sets no time. ``moved`` are the due dates that the working
    calendar moved meanwhile, with the reason.
    """
    moved = list(case.moved_deadlines.order_by("pk"))
    records = case.records.filter(kind__in=[Kind.STEP, Kind.RETURN, Kind.REOPENING]).order_by("sequence")
    told, within = [], None
    for record in records.select_related("appointment__role", "unit"):
        # A row that carries several lawful steps is told once, with its time.
        if within is None or (record.kind, record.step) != (Kind.STEP, within):
            told.append(_row(record, case, moved))
        within = record.step if record.kind == Kind.STEP and record.to_step == record.step else None
    return told


def _office(record: StepRecord) -> str:
    """Return the office that took the step: the column's label, with the unit where the role belongs to one."""
    label = column_of(record.case.activities[record.step]) if record.step else ""
    return f"{label} · {record.unit.short_name}" if record.appointment.role.scope == Role.Scope.UNIT else label


def _day(moment: datetime | None) -> str | None:
    return timezone.localdate(moment).isoformat() if moment else None


def _row(record: StepRecord, case: Case, moved: list[MovedDeadline]) -> dict[str, Any]:
    record.case = case  # whose steps have been read
    activity, standard = case.activities[record.step or 0], record.standard
    used = record.used(standard.unit) if standard else None
    is_step = record.kind == Kind.STEP
    return {
        "number": record.step,
        "kind": str(record.kind),
        "text": activity.text if is_step else record.title,
        "office": _office(record),
        "standard": activity.duration_text,
        "used": f"{used} {UNITS[standard.unit]}" if standard else "",
        "days": used,
        "standard_days": standard.value if standard else None,
        "on_time": record.on_time if record.kind in MEASURED else None,
        "done_on": timezone.localdate(record.done_at).isoformat(),
        "moved": [{"to": _day(line.due_after), "because": line.because} for line in moved],
    }
