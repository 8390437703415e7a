"""Working time: which days and minutes count, and when a step is due.

Pure reckoning over a set of days that are not worked; ``calendar()`` reads them from the holiday table.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import connection, models
from django.db.models import Value
from django.utils import timezone

from ppid.web.fixed_queries import FixedQuery
from ppid.worktime.durations import Duration
from ppid.worktime.models import Holiday, SpecialDay

MONDAY_TO_THURSDAY = ((time(7, 15), time(12, 0)), (time(13, 0), time(15, 45)))
FRIDAY = ((time(7, 15), time(11, 30)), (time(13, 0), time(16, 15)))

Stretches = tuple[tuple[time, time], ...]

# The units that run in minutes of working time, and how many; a week is five working days, a month a calendar month.
MINUTES = {"minute": 1, "hour": 60}
WORKING_DAYS_IN_A_WEEK = 5

# Shared by whoever reckons a deadline of a case that nobody sees yet, held alone by whoever changes the calendar.
CALENDAR_LOCK = "ppid.worktime"


@dataclass(frozen=True, slots=True)
class OtherHours:
    """A stretch of days on which other hours are worked: ``week`` has those of Monday to Friday."""

    first: date
    last: date
    week: Mapping[int, Stretches]


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The working week (37 h 30 min, Monday to Friday, WIB) less the days off, with ``other_hours`` in their days.

    ``confirmed_years`` are the years whose holidays rest on a joint decree; deadlines in others are provisional.
    """

    days_off: Collection[date] = field(default_factory=frozenset)
    confirmed_years: Collection[int] = field(default_factory=frozenset)
    other_hours: Collection[OtherHours] = ()

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.days_off

    def add_working_days(self, day: date, count: int) -> date:
        """Return the ``count``-th working day after ``day``; a setting says whether ``day`` counts itself."""
        if settings.DAY_OF_RECEIPT_COUNTS and self.is_working_day(day):
            count -= 1
        for _ in range(count):
            day = self.next_working_day(day)
        return day

    def next_working_day(self, day: date) -> date:
        """Return the first working day after ``day``."""
        day += timedelta(days=1)
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Return how many working days after ``start`` lie up to and including ``end``; 0 on the same day."""
        return sum(self.is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))

    def hours(self, day: date) -> list[tuple[datetime, datetime]]:
        """Return the stretches of ``day`` that are worked, in local time."""
        if not self.is_working_day(day):
            return []
        zone = timezone.get_default_timezone()
        return [(datetime.combine(day, a, zone), datetime.combine(day, b, zone)) for a, b in self._stretches(day)]

    def _stretches(self, day: date) -> Stretches:
        for other in self.other_hours:
            if other.first <= day <= other.last:
                return other.week[day.weekday()]
        return FRIDAY if day.weekday() == 4 else MONDAY_TO_THURSDAY

    def closing(self, day: date) -> datetime:
        """Return the end of the working hours of ``day``, which must be a working day."""
        return self.hours(day)[-1][1]

    def add_minutes(self, moment: datetime, minutes: int) -> datetime:
        """Return the moment after ``minutes`` of working time from ``moment`` on."""
        left, day = timedelta(minutes=minutes), timezone.localdate(moment)
        while True:
            for start, end in self.hours(day):
                begin = max(start, moment)
                if begin < end and left <= end - begin:
                    return begin + left
                left -= max(end - begin, timedelta())
            day += timedelta(days=1)

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Return the minutes of working time from ``start`` to ``end``, begun ones counted whole."""
        worked, day = timedelta(), timezone.localdate(start)
        while day <= timezone.localdate(end):
            for opens, closes in self.hours(day):
                worked += max(min(closes, end) - max(opens, start), timedelta())
            day += timedelta(days=1)
        return -(-worked // timedelta(minutes=1))

    def due(self, received: datetime, duration: Duration) -> datetime:
        """Return when a step received at ``received`` is due: to the minute, or at the closing of the last day."""
        if duration.unit in MINUTES:
            return self.add_minutes(received, duration.value * MINUTES[duration.unit])
        if duration.unit == "month":
            return self.closing_on_or_after(timezone.localdate(received) + relativedelta(months=duration.value))
        if duration.unit == "day" and not settings.BARE_DAY_IS_WORKING_DAY:
            return self.closing_on_or_after(timezone.localdate(received) + timedelta(days=duration.value))
        days = duration.value * (WORKING_DAYS_IN_A_WEEK if duration.unit == "week" else 1)
        return self.closing(self.add_working_days(timezone.localdate(received), days))

    def closing_on_or_after(self, day: date) -> datetime:
        """Return the closing of ``day``, or of the next working day."""
        return self.closing(day if self.is_working_day(day) else self.add_working_days(day, 1))

    def used(self, received: datetime, done: datetime, unit: str) -> int:
        """Return the time from ``received`` to ``done``: in minutes or begun hours, else in working days."""
        if unit in MINUTES:
            return -(-self.minutes_between(received, done) // MINUTES[unit])
        return self.working_days_between(timezone.localdate(received), timezone.localdate(done))

    def is_provisional(self, moment: datetime) -> bool:
        """Whether the year of ``moment`` has no holidays confirmed by decree yet."""
        return timezone.localdate(moment).year not in self.confirmed_years


def hold_calendar() -> None:
    """Let no change of the calendar pass until the transaction ends; one under way is waited for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtext(%s))", [CALENDAR_LOCK])


def _days(*since: date) -> models.QuerySet[Any, tuple[Any, ...]]:
    holidays, hours = Holiday.objects.order_by(), SpecialDay.objects.order_by()
    for day in since:
        holidays, hours = holidays.filter(date__gte=day), hours.filter(hours__last__gte=day)
    nothing = [Value(None, output_field=models.TimeField())] * 4
    days = holidays.values_list("date", "is_confirmed", Value(None, models.DateField()), Value(-1), *nothing)
    worked = hours.values_list(
        "hours__first", Value(False), "hours__last", "weekday", "starts", "break_starts", "break_ends", "ends"
    )
    return days.union(worked, all=True)


_DAYS = FixedQuery(_days)


def calendar(*, since: datetime | None = None) -> WorkingCalendar:
    """Return the calendar as its tables have it now; with ``since``, only from the day of that moment on. One query."""
    off, confirmed = set(), set()
    days = () if since is None else (timezone.localdate(since),)
    weeks: defaultdict[tuple[date, date], dict[int, Stretches]] = defaultdict(dict)
    for first, is_confirmed, last, weekday, *clock in _DAYS.rows(*days):
        if last is None:
            off.add(first)
            if is_confirmed:
                confirmed.add(first.year)
        else:
            weeks[first, last][weekday] = _between(*clock)
    other = tuple(OtherHours(first, last, week) for (first, last), week in sorted(weeks.items()))
    return WorkingCalendar(frozenset(off), frozenset(confirmed), other)


def _between(starts: time, break_starts: time | None, break_ends: time | None, ends: time) -> Stretches:
    """Return the stretches that are worked on a day with this break, or with none."""
    if break_starts is None or break_ends is None:
        return ((starts, ends),)
    return ((starts, break_starts), (break_ends, ends))
