"""How a case stands, as an icon and words: time left, lateness, or the end it came to."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case
from ppid.flows.steps import MEASURED
from ppid.web.elapsed import elapsed
from ppid.worktime.calendar import WorkingCalendar
from ppid.worktime.durations import DurationUnit

_ENDS = {
    "published": ("ok", "check-circle"),
    "retracted": ("plain", "eye-slash"),
    "diverted": ("calm", "arrow-right"),
    "withdrawn": ("plain", "x-circle"),
    "adopted": ("calm", "lock-closed"),
    "tested_open": ("plain", "lock-open"),
}
_LEFT_THE_SHELF = ("plain", "eye-slash")
_TERM_IS_OVER = ("plain", "lock-open")


@dataclass(frozen=True, slots=True)
class Status:
    """What ``partials/status.html`` draws."""

    tone: str
    icon: str
    words: str


def case_status(case: Case, *, now: datetime, working: WorkingCalendar) -> Status:
    """Return the time that is left for the step being awaited, or how the case ended."""
    if case.is_running and case.due_at_once and case.due_at:
        waits = elapsed(case.due_at, now) if now - case.due_at >= timedelta(minutes=1) else ""
        return Status("late", "bolt", f"Serta merta, sudah {waits}" if waits else "Serta merta, baru saja diterima")
    if case.is_running:
        return due_status(case.due_at, now=now, working=working)
    tone, icon = _ENDS[case.state]
    if case.left_the_shelf:
        tone, icon = _LEFT_THE_SHELF
    elif case.term_is_over or case.is_lifted:
        tone, icon = _TERM_IS_OVER
    return Status(tone, icon, case.state_label)


def due_status(due_at: datetime | None, *, now: datetime, working: WorkingCalendar) -> Status:
    """Return the time left until ``due_at`` in working days, or the lateness; on the day itself the hour."""
    if due_at is None:
        return Status("plain", "minus-circle", "Tanpa batas waktu")
    due, today = timezone.localtime(due_at), timezone.localdate(now)
    hour = f"{due:%H.%M}"
    if due_at < now:
        if days := working.working_days_between(due.date(), today):
            return Status("late", "exclamation-circle", f"Terlambat {days} hari kerja")
        since = hour if due.date() == today else date_format(due, "l, H.i")
        return Status("late", "exclamation-circle", f"Terlambat sejak {since}")
    if due.date() == today:
        return Status("soon", "clock", f"Hari ini {hour}")
    days = working.working_days_between(today, due.date())
    return Status("soon" if days <= 1 else "calm", "clock", f"{days} hari kerja lagi")


def day_status(day: date, *, now: datetime, working: WorkingCalendar) -> Status:
    """Return a day by which something is due, late once it is over."""
    today = timezone.localdate(now)
    if day < today:
        return Status("late", "exclamation-circle", f"Terlambat, {date_format(day)}")
    soon = working.working_days_between(today, day) <= 5
    return Status("soon" if soon else "calm", "clock", "Hari ini" if day == today else date_format(day))


def record_status(record: StepRecord) -> Status | None:
    """Return whether the step was taken, or the case sent back, on time; None where the sheet sets no time."""
    if record.is_urgent and record.kind in MEASURED:
        return Status("late" if record.on_time is False else "plain", "bolt", f"Serta merta: {by_the_clock(record)}")
    if record.on_time is None or record.kind not in MEASURED:
        return None
    return Status("ok", "check-circle", "Tepat waktu") if record.on_time else Status("late", "clock", "Terlambat")


def by_the_clock(record: StepRecord) -> str:
    """Return how long an urgent row was awaited, and by how many whole hours it is late."""
    took = elapsed(record.received_at, record.done_at)
    hours = int((record.done_at - record.due_at).total_seconds() // 3600) if record.due_at else 0
    return f"{took}, terlambat {hours} jam" if record.on_time is False else took


def time_used(record: StepRecord) -> str:
    """Return «1 dari 3 hari», the time used of the standard; empty where the sheet sets no time."""
    if (standard := record.standard) is None or record.kind not in MEASURED or record.is_urgent:
        return ""
    return f"{record.used(standard.unit)} dari {standard.value} {DurationUnit(standard.unit).label}"
