"""The running deadlines, reckoned again when the calendar changes; each that moves leaves a line in its case."""

from collections.abc import Iterator

from django.utils import timezone

from ppid.flows import shelving
from ppid.flows.actions import deadline
from ppid.flows.ledger import MovedDeadline
from ppid.flows.models import Case
from ppid.organisation.models import User
from ppid.worktime.calendar import calendar

_AT_A_TIME = 500


def move_deadlines(actor: User | None, because: str) -> int:
    """Reckon the present step of every running case again; return how many deadlines are another moment now.

    The cases are locked first, so that a step taken meanwhile is either reckoned here or sees this calendar itself; one
    that is being opened meanwhile holds the calendar (``hold_calendar``). The rows of steps taken stay as they were.
    ``actor`` is None when the portal itself found the calendar changed.
    """
    now, reckoning, moved = timezone.now(), calendar(), 0
    for cases in _running():
        lines = []
        for case in cases:
            due = deadline(case, case.awaited.number, case.received_at, reckoning)
            if due == case.due_at:
                continue
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


def _running() -> Iterator[list[Case]]:
    """Yield the running cases, locked, some at a time and in the order of their keys."""
    last = 0
    while cases := list(Case.objects.running().filter(pk__gt=last).select_for_update().order_by("pk")[:_AT_A_TIME]):
        last = cases[-1].pk
        yield cases
