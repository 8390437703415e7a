"""What waits for a person, as it may leave the house: of what is excluded the number alone."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from ppid.desk.waiting.kind import Reader, Task
from ppid.desk.waiting.registry import Tally, first, tally, total
from ppid.flows.opening import with_exclusions
from ppid.notices.letters import address
from ppid.organisation.models import Appointment, User
from ppid.worktime.calendar import WorkingCalendar, calendar


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for a person, and the first rows of it."""

    tally: Tally
    tasks: list[Task]


def waiting_for(person: User, now: datetime, *, most: int, working: WorkingCalendar | None = None) -> Waiting:
    """Return what waits for the person now, by the offices that they hold today."""
    today = timezone.localdate(now)
    held = Appointment.objects.of(person, on=today).select_related("role", "unit").definitive_first()
    appointments = list(with_exclusions(held, on=today))
    if not appointments:
        return Waiting(Tally(), [])
    reader = Reader(person, appointments, now, working or calendar())
    counts = tally(reader)
    rows = first(reader, counts, section="waiting", group="", most=most)
    return Waiting(total(counts), [task for _, task in rows])


@dataclass(frozen=True, slots=True)
class Row:
    """A task as a mail or a calendar tells it."""

    title: str
    wants: str
    status: str
    when: str
    is_late: bool
    day: date | None
    due: date | datetime | None
    place: str


def row_of(task: Task, when: str = "") -> Row:
    """Return the task without a word of what is excluded."""
    return Row(
        title=task.told_outside,
        wants="" if task.is_secret else task.wants,
        status=task.status.words,
        when=when,
        is_late=task.status.tone == "late",
        day=task.day,
        due=task.due,
        place=address(task.url),
    )
