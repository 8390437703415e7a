"""What the clock tells: what is due, what is late, what ends. One event, one notice, however often and late this runs.

What is told hangs on how things stand now: whoever was away for a day hears that something is late, not that it was
due yesterday. The event's key names the stay at the row and its due date, so a clock that jumps tells nothing twice.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Exists, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from ppid.flows import telling
from ppid.flows.knowing import Held
from ppid.flows.lifting import last_day_to_declare, near_their_end
from ppid.flows.models import Case
from ppid.flows.permissions import HEAD, UTAMA
from ppid.flows.renewal import ASKED_BEFORE, with_cases
from ppid.flows.states import PREPARES
from ppid.notices.models import Notice
from ppid.notices.telling import News, tell
from ppid.organisation.actions import ADMIN, CHIEF
from ppid.organisation.models import Appointment, Role, User
from ppid.organisation.seats import ending_unfollowed
from ppid.shelf.models import PublishedItem
from ppid.worktime.calendar import MINUTES, WorkingCalendar, calendar

logger = logging.getLogger(__name__)

# A row measured in minutes is told of at half its time, and at the latest so long before.
SOON = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something that the clock tells: its event, and the act that tells it."""

    event: str
    tell: Callable[[], None]


def remind(now: datetime | None = None) -> int:
    """Tell what the clock tells by now and nobody was told yet; return how many events it was."""
    now = now or timezone.now()
    working = calendar()
    return _tell([*_cases(now, working), *_exclusions(now, working), *_items(now), *_appointments(now)])


def remind_of_cases(now: datetime | None = None) -> int:
    """Tell of running cases alone, where minutes matter; return how many events it was."""
    now = now or timezone.now()
    return _tell(_cases(now, calendar()))


def _tell(reminders: Iterable[Reminder]) -> int:
    found = list(reminders)
    told = set(Notice.objects.filter(event__in=[each.event for each in found]).values_list("event", flat=True))
    new = [each for each in found if each.event not in told]
    for each in new:
        try:
            with transaction.atomic():
                each.tell()
        except Exception:  # one that can't be told keeps no other from being told
            logger.exception("The reminder %s could not be told.", each.event)
    return len(new)


def _cases(now: datetime, working: WorkingCalendar) -> Iterator[Reminder]:
    today = timezone.localdate(now)
    following = working.next_working_day(today)
    last = working.closing(following)
    late = set(_untold(Case.objects.overdue(at=now), now).values_list("pk", flat=True))
    due = Case.objects.running().filter(due_at__lte=last).exclude(pk__in=Case.objects.overdue(at=now).values("pk"))
    found = Case.objects.filter(Q(pk__in=late) | Q(pk__in=due.values("pk")))
    for case in found.select_related("information", "unit").order_by("due_at", "pk"):
        day = timezone.localdate(case.due_at)
        if case.pk in late:
            yield _of_case(case, "overdue", now, telling.performers(case, on=today))
            if working.working_days_between(day, today) >= settings.OVERDUE_COPY_DAYS:
                above = telling.holders(HEAD if _is_chiefs(case) else UTAMA, on=today)
                yield _of_case(case, "overdue_others", now, above, lines=[("Menunggu", case.awaited_column)])
        elif case.due_at_once:
            continue  # it was told as it came: without delay
        elif _in_minutes(case):
            allowed = case.due_at - case.received_at
            if case.due_at - min(SOON, allowed / 2) <= now:
                yield _of_case(case, "due_soon", now, telling.performers(case, on=today))
        elif timezone.localdate(case.received_at) < today and working.is_working_day(today):
            kind = "due_today" if day == today else "due_tomorrow" if day == following else ""
            if kind:
                yield _of_case(case, kind, now, telling.performers(case, on=today))


def _untold(late: QuerySet[Case], now: datetime) -> QuerySet[Case]:
    """Leave out what was told already: what lies late for months is not looked at each minute."""
    copied_since = now - timedelta(days=settings.OVERDUE_COPY_DAYS - 1)
    stay = (Value("case:"), Cast("pk", CharField()), Value(":"), Cast("moves", CharField()))
    late = late.annotate(
        told_holder=Concat(*stay, Value(":overdue:"), _Minute("due_at"), output_field=CharField()),
        told_above=Concat(*stay, Value(":overdue_others:"), _Minute("due_at"), output_field=CharField()),
    )
    holder, above = (Exists(Notice.objects.filter(event=OuterRef(name))) for name in ("told_holder", "told_above"))
    return late.filter(~holder | Q(due_at__lt=copied_since) & ~above)


class _Minute(Func):
    """A moment as an event's key names it."""

    template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24.MI')"
    output_field = CharField()


def _of_case(case: Case, kind: str, now: datetime, people: Q, lines=()) -> Reminder:
    what = f"{case.moves}:{kind}:{case.due_at.astimezone(UTC):%Y-%m-%dT%H.%M}"
    asks = [("Yang diminta", f"Langkah {case.step_number} dari {len(case.activities)}: {case.asks}")]

    def act():
        telling.tell_of_case(case, kind, what, people, at=now, lines=[*lines, *asks])

    return Reminder(f"case:{case.pk}:{what}", act)


def _is_chiefs(case: Case) -> bool:
    """Whether it is PPID Utama's own row that is late."""
    return Role.objects.filter(pk__in=case.awaited.role_ids, code=UTAMA).exists()


def _in_minutes(case: Case) -> bool:
    return not case.rows_follow and case.awaited.duration_unit in MINUTES


def _exclusions(now: datetime, working: WorkingCalendar) -> Iterator[Reminder]:
    today = timezone.localdate(now)
    everything = [Held(UTAMA, 0, Role.Scope.CITY, 0)]
    for case in near_their_end(everything, on=today, working=working):
        ends_on = case.exclusion.ends_on
        what = f"ending:{ends_on.isoformat()}"

        def act(case=case, what=what):
            telling.tell_of_case(case, "exclusion_ending", what, Q(pk__isnull=False), at=now)

        if last_day_to_declare(ends_on, working) >= today or ends_on >= today:
            yield Reminder(f"case:{case.pk}:{what}", act)


def _items(now: datetime) -> Iterator[Reminder]:
    today = timezone.localdate(now)
    running = Case.objects.running().values("information__number")
    items = PublishedItem.objects.filter(renew_by__lte=today + ASKED_BEFORE).exclude(number__in=running)
    for item, case in with_cases(items.defer("passport", "corrections", "summary").order_by("renew_by")):
        what = f"renew:{item.renew_by.isoformat()}"

        def act(item=item, case=case, what=what):
            row = case.row_of(PREPARES[case.flow]).number
            lines = [("Paling lambat", date_format(item.renew_by))]
            people = telling.performers_of(case, row, on=today)
            telling.tell_of_case(case, "item_to_renew", what, people, at=now, lines=lines)

        yield Reminder(f"case:{case.pk}:{what}", act)


def _appointments(now: datetime) -> Iterator[Reminder]:
    today = timezone.localdate(now)
    for held in ending_unfollowed(today):
        event = f"appointment:{held.pk}:ending:{held.ends_on.isoformat()}"

        def act(held=held, event=event):
            keepers = Appointment.objects.in_force(on=today).filter(role__code__in=[CHIEF, ADMIN])
            told = User.objects.filter(
                Q(pk__in=keepers.values("user")) | Q(pk=held.user_id), must_change_password=False
            )
            news = News(
                kind="appointment_ending",
                key=event,
                url=reverse("desk:appointments"),
                title=f"{held.user.name}, {held.acting_as}, {held.unit.short_name}",
                lines=(("Berakhir", date_format(held.ends_on)),),
                at=now,
            )
            tell(news, to=list(told.values_list("pk", flat=True)))

        yield Reminder(event, act)
