"""The running deadlines, reckoned again when the calendar changes; each that moves leaves a line in its case."""

from django.utils import timezone

from ppid.flows.actions import deadline
from ppid.flows.models import Case, MovedDeadline
from ppid.organisation.models import User
from ppid.worktime.calendar import calendar


def move_deadlines(actor: User, because: str) -> int:
    """Reckon the present step of every running case again; return how many deadlines are another moment now.

    The cases are locked first, so that a step taken meanwhile is either reckoned here or sees this calendar itself; one
    that is being opened meanwhile holds the calendar (``hold_calendar``). The rows of steps taken stay as they were.
    """
    cases = list(Case.objects.running().select_for_update().order_by("pk"))
    now, reckoning, moved, lines = timezone.now(), calendar(), [], []
    for case in cases:
        due = deadline(case, case.awaited.number, case.received_at, reckoning)
        if due == case.due_at:
            continue
        line = MovedDeadline(case=case, moves=case.moves, due_before=case.due_at, due_after=due, moved_at=now)
        line.because, line.actor, line.actor_name = because[:300], actor, actor.name
        case.due_at = due
        moved.append(case)
        lines.append(line)
    MovedDeadline.objects.bulk_create(lines, batch_size=500)
    Case.objects.bulk_update(moved, ["due_at"], batch_size=500)
    return len(moved)
