"""Working days and working minutes, with the expectations worked out by hand from the 2026 calendar."""

from calendar import monthrange
from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ppid.worktime.calendar import WorkingCalendar, calendar
from ppid.worktime.durations import Duration

PLAIN = WorkingCalendar()
ZONE = timezone.get_default_timezone()


def wib(*parts) -> datetime:
    return datetime(*parts, tzinfo=ZONE)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("received", "days", "expected"),
    [
        (date(2026, 3, 12), 10, date(2026, 4, 2)),
        (date(2026, 3, 12), 14, date(2026, 4, 9)),
        (date(2026, 3, 12), 30, date(2026, 5, 4)),
        (date(2026, 8, 14), 10, date(2026, 9, 1)),
        (date(2026, 8, 14), 17, date(2026, 9, 10)),
        (date(2026, 3, 17), 1, date(2026, 3, 25)),
        (date(2026, 3, 17), 3, date(2026, 3, 27)),
        (date(2026, 3, 17), 5, date(2026, 3, 31)),
        (date(2026, 3, 16), 9, date(2026, 4, 6)),
    ],
)
def test_working_days_of_2026(received, days, expected):
    assert calendar().add_working_days(received, days) == expected


@pytest.mark.django_db
def test_the_five_exclusion_steps_of_the_sheet_make_nine_working_days():
    day = date(2026, 3, 16)
    for days in (1, 1, 5, 1, 1):
        day = calendar().add_working_days(day, days)
    assert day == date(2026, 4, 6)


@pytest.mark.django_db
def test_years_without_a_decree_are_provisional():
    assert not calendar().is_provisional(wib(2026, 12, 1))
    assert calendar().is_provisional(wib(2027, 1, 4))


@pytest.mark.parametrize(
    ("received", "minutes", "expected"),
    [
        (wib(2026, 11, 23, 9, 0), 20, wib(2026, 11, 23, 9, 20)),
        (wib(2026, 11, 23, 11, 50), 20, wib(2026, 11, 23, 13, 10)),  # over the break
        (wib(2026, 11, 23, 15, 40), 20, wib(2026, 11, 24, 7, 30)),  # over the night
        (wib(2026, 11, 27, 11, 25), 10, wib(2026, 11, 27, 13, 5)),  # Friday's longer break
        (wib(2026, 11, 27, 16, 10), 10, wib(2026, 11, 30, 7, 20)),  # over the weekend
        (wib(2026, 11, 21, 22, 0), 10, wib(2026, 11, 23, 7, 25)),  # received on a Saturday
        (wib(2026, 11, 23, 6, 0), 10, wib(2026, 11, 23, 7, 25)),  # before the office opens
    ],
)
def test_minutes_run_in_working_hours_only(received, minutes, expected):
    assert PLAIN.due(received, Duration(minutes, "minute")) == expected


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (wib(2026, 11, 23, 9, 0), wib(2026, 11, 24, 15, 45)),
        (wib(2026, 11, 26, 16, 0), wib(2026, 11, 27, 16, 15)),  # Friday closes later
        (wib(2026, 11, 20, 8, 0), wib(2026, 11, 23, 15, 45)),  # Friday, so Monday
    ],
)
@pytest.mark.parametrize("unit", ["day", "working_day"])
def test_a_day_lasts_until_the_closing_of_the_next_working_day(received, expected, unit):
    assert PLAIN.due(received, Duration(1, unit)) == expected


@pytest.mark.parametrize(
    ("received", "months", "expected"),
    [
        (wib(2026, 11, 2, 9, 0), 1, wib(2026, 12, 2, 15, 45)),
        (wib(2026, 8, 31, 9, 0), 1, wib(2026, 9, 30, 15, 45)),  # no 31 September
        (wib(2026, 10, 30, 9, 0), 4, wib(2027, 3, 1, 15, 45)),  # 28 February 2027 is a Sunday
        (wib(2027, 11, 29, 9, 0), 3, wib(2028, 2, 29, 15, 45)),  # a leap year
        (wib(2026, 1, 30, 9, 0), 1, wib(2026, 3, 2, 15, 45)),  # 28 February 2026 is a Saturday, 1 March a Sunday
        (wib(2026, 12, 31, 9, 0), 2, wib(2027, 3, 1, 15, 45)),  # over the year, and 28 February is a Sunday
        (wib(2026, 12, 31, 9, 0), 12, wib(2027, 12, 31, 16, 15)),  # a Friday closes later
        (wib(2028, 2, 29, 9, 0), 12, wib(2029, 2, 28, 15, 45)),
        (wib(2026, 3, 31, 23, 30), 6, wib(2026, 9, 30, 15, 45)),  # the day counts, not its hour
    ],
)
def test_a_month_ends_on_its_day_or_on_the_last_that_there_is(received, months, expected):
    assert PLAIN.due(received, Duration(months, "month")) == expected


def test_months_end_after_the_holidays_that_stand_there():
    working = WorkingCalendar(frozenset({date(2026, 9, 30), date(2026, 10, 1)}))
    assert working.due(wib(2026, 8, 31, 9, 0), Duration(1, "month")) == wib(2026, 10, 2, 16, 15)


def test_the_two_open_readings_of_the_sheets_are_settings(settings):
    settings.BARE_DAY_IS_WORKING_DAY = False
    assert PLAIN.due(wib(2026, 11, 20, 8, 0), Duration(1, "day")) == wib(2026, 11, 23, 15, 45)
    assert PLAIN.due(wib(2026, 11, 20, 8, 0), Duration(4, "day")) == wib(2026, 11, 24, 15, 45)
    settings.DAY_OF_RECEIPT_COUNTS = True
    assert PLAIN.due(wib(2026, 11, 20, 8, 0), Duration(1, "working_day")) == wib(2026, 11, 20, 16, 15)


def test_a_working_week_has_37_and_a_half_hours():
    week = [PLAIN.hours(date(2026, 11, 23) + timedelta(days=n)) for n in range(7)]
    assert sum((end - start for day in week for start, end in day), timedelta()) == timedelta(hours=37, minutes=30)


days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(ZONE))
calendars = st.sets(days, max_size=60).map(lambda off: WorkingCalendar(frozenset(off)))


@given(calendars, days, st.integers(1, 60))
def test_counting_days_on_and_counting_them_back_agree(working, day, count):
    end = working.add_working_days(day, count)
    assert working.is_working_day(end)
    assert working.working_days_between(day, end) == count


@given(calendars, moments, st.integers(1, 3000))
def test_counting_minutes_on_and_counting_them_back_agree(working, moment, minutes):
    end = working.add_minutes(moment, minutes)
    assert end > moment
    assert working.minutes_between(moment, end) == minutes


@given(calendars, moments, st.integers(1, 36))
def test_months_end_on_the_day_meant_or_on_the_first_working_day_after_it(working, moment, months):
    years, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + years, month + 1
    meant = date(year, month, min(moment.day, monthrange(year, month)[1]))
    end = working.due(moment, Duration(months, "month")).date()
    assert end >= meant
    assert [n for n in range((end - meant).days + 1) if working.is_working_day(meant + timedelta(days=n))] == [
        (end - meant).days
    ]


@given(calendars, moments, st.integers(1, 20), st.integers(1, 20))
def test_more_time_is_never_due_earlier(working, moment, few, more):
    for unit in ("minute", "working_day"):
        assert working.due(moment, Duration(few, unit)) <= working.due(moment, Duration(few + more, unit))


@pytest.mark.django_db
def test_the_holiday_fixture_can_be_loaded_again():
    before = len(calendar().days_off)
    call_command("loaddata", "holidays", verbosity=0)
    assert len(calendar().days_off) == before
