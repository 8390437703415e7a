"""The running deadlines, reckoned again when the working calendar changes. The ledger's rows stay as they were."""

from ppid.flows.actions import deadline
from ppid.flows.models import Case
from ppid.worktime.calendar import calendar


def move_deadlines() -> int:
    """Reckon the present step of every running case again; return how many deadlines are another moment now.

    The cases are locked first, so that a step taken meanwhile is either reckoned here or sees this calendar itself.
    """
    cases = list(Case.objects.running().select_for_update().order_by("pk"))
    reckoning, moved = calendar(), []
    for case in cases:
        due = deadline(case, case.step_number, case.received_at, reckoning)
        if due != case.due_at:
            case.due_at = due
            moved.append(case)
    Case.objects.bulk_update(moved, ["due_at"], batch_size=500)
    return len(moved)
