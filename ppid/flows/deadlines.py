"""The running deadlines, reckoned again when the calendar changes; each that moves leaves a line in its case."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils import timezone

from ppid.flows import shelving
from ppid.flows.actions import deadline
from ppid.flows.ledger import MovedDeadline
from ppid.flows.models import Case, CaseQuerySet
from ppid.organisation.models import User
from ppid.worktime.actions import WouldMove
from ppid.worktime.calendar import WorkingCalendar, calendar

_AT_A_TIME = 500


def move_deadlines(actor: User | None, because: str) -> int:
    """Reckon the present step of every running case again; return how many deadlines are another moment now.

    The cases are locked first, so that a step taken meanwhile is either reckoned here or sees this calendar itself; one
    that is being opened meanwhile holds the calendar (``hold_calendar``). The rows of steps taken stay as they were.
    ``actor`` is None when the portal itself found the calendar changed.
    """
    now, reckoning, moved = timezone.now(), calendar(), 0
    for cases in _running(locked=True):
        lines = []
        for case, due in _moved(cases, reckoning):
            line = MovedDeadline(case=case, moves=case.moves, due_before=case.due_at, due_after=due, moved_at=now)
            line.because, line.actor, line.actor_name = because[:300], actor, actor.name if actor else ""
            case.due_at = due
            lines.append(line)
        MovedDeadline.objects.bulk_create(lines)
        Case.objects.bulk_update([line.case for line in lines], ["due_at"])
        for line in lines:
            if line.case.rows_follow:
                shelving.follow(line.case)
        moved += len(lines)
    return moved


def would_move(reckoning: WorkingCalendar) -> Iterator[WouldMove]:
    """Yield the deadlines that would be another moment by this calendar; nothing is locked or written."""
    for cases in _running(locked=False):
        for case, due in _moved(cases, reckoning):
            yield WouldMove(case.pk, case.number, case.due_at, due)


def moved_since(cases: CaseQuerySet, *, actor: User, at: datetime) -> int:
    """Return how many deadlines of these cases the person moved by changing the calendar since that moment."""
    lines = MovedDeadline.objects.filter(kind=MovedDeadline.Kind.CALENDAR, actor=actor, moved_at__gte=at)
    return lines.filter(case__in=cases.order_by().values("pk")).values("case").distinct().count()


def _moved(cases: Iterable[Case], reckoning: WorkingCalendar) -> Iterator[tuple[Case, datetime | None]]:
    """Yield the cases whose present step is due at another moment by this calendar, with that moment."""
    for case in cases:
        due = deadline(case, case.awaited.number, case.received_at, reckoning)
        if due != case.due_at:
            yield case, due


def _running(*, locked: bool) -> Iterator[list[Case]]:
    """Yield the running cases, some at a time and in the order of their keys."""
    last, running = 0, Case.objects.running().order_by("pk")
    if locked:
        running = running.select_for_update()
    while cases := list(running.filter(pk__gt=last)[:_AT_A_TIME]):
        last = cases[-1].pk
        yield cases
