"""A kind of thing that waits for people: whose it is, how many there are, and what one row of it says."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.utils import timezone

from ppid.desk.status import Status
from ppid.flows.knowing import Held
from ppid.organisation.models import Appointment, User
from ppid.worktime.calendar import WorkingCalendar

NONE = Q(pk__in=[])
NEVER = datetime.max.replace(tzinfo=timezone.get_fixed_timezone(0))


@dataclass
class Reader:
    """For whom things wait, at a moment: the person with the appointments that they hold."""

    user: User
    appointments: list[Appointment]
    now: datetime
    working: WorkingCalendar

    @cached_property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @cached_property
    def offices(self) -> list[Held]:
        return [Held.by(each) for each in self.appointments]

    def holds(self, *codes: str) -> bool:
        return any(each.code in codes for each in self.offices)

    def units(self, *codes: str) -> set[int]:
        """Return the keys of the units at which the person holds one of these roles."""
        return {each.unit for each in self.offices if each.code in codes}


@dataclass(frozen=True)
class Task:
    """A row of the inbox: what it is of and called, where it leads, what is asked, and by when.

    ``due`` is a day, or a moment; ``since`` orders what has none. ``icon`` is for a row with one of its own. ``below``
    is a template that draws what else belongs to the row (a reason, acts of one click), with ``about`` as its context.
    Unless its kind says that it is not, a row ``is_secret``: of it mails and calendars tell the ``number`` alone.
    """

    of: str
    title: str
    url: str
    wants: str
    status: Status
    icon: str = ""
    came_from: str = ""
    standard: str = ""
    due: date | datetime | None = None
    since: date | datetime | None = None
    is_urgent: bool = False
    below: str = ""
    about: dict[str, Any] = field(default_factory=dict)
    is_secret: bool = True
    number: str = ""

    @property
    def told_outside(self) -> str:
        """What a mail or a calendar calls it."""
        if self.is_secret:
            return self.number or "Hal yang dibatasi"
        return f"{self.title} ({self.number})" if self.number else self.title

    @property
    def order(self) -> tuple[bool, datetime, datetime]:
        return not self.is_urgent, _moment(self.due), _moment(self.since)

    @property
    def day(self) -> date | None:
        return timezone.localtime(self.due).date() if isinstance(self.due, datetime) else self.due


def _moment(when: date | datetime | None) -> datetime:
    """Return the moment by which something is due; a day is over with its last second."""
    if when is None or isinstance(when, datetime):
        return when or NEVER
    return timezone.make_aware(datetime.combine(when, time.max))


class Kind:
    """A kind of thing that waits. ``group`` is the filter under which the inbox shows it.

    ``rows`` holds what waits for the reader, the first to do first, in the order of ``Task.order``; ``late`` and
    ``sent_back`` say what of it is. ``tasks`` makes rows of some of it.
    """

    key: ClassVar[str]
    group: ClassVar[str]
    icon: ClassVar[str]

    def rows(self, reader: Reader) -> QuerySet[Any]:
        raise NotImplementedError

    def decisions(self, reader: Reader) -> QuerySet[Any] | None:
        """Return those of the rows that ask for a decision, in the same order; None where none ever does."""
        return None

    def late(self, reader: Reader) -> Q:
        return NONE

    def sent_back(self, reader: Reader) -> Q:
        return NONE

    def tasks(self, rows: Iterable[Any], reader: Reader) -> Iterable[Task]:
        raise NotImplementedError
