"""Ramadan hours and other special ones: minutes and due times by them, vectors written out by hand, and what holds."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, IntegrityError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ppid.flows.actions import open_publication, take_step
from ppid.flows.deadlines import would_move
from ppid.flows.ledger import MovedDeadline
from ppid.flows.models import Case
from ppid.web.refusals import ChangedMeanwhile
from ppid.worktime import actions
from ppid.worktime.calendar import OtherHours, WorkingCalendar, calendar
from ppid.worktime.durations import Duration
from ppid.worktime.models import Holiday, SpecialDay, SpecialHours
from tests import make

ZONE = timezone.get_default_timezone()


def wib(*parts) -> datetime:
    return datetime(*parts, tzinfo=ZONE)


# Ramadan 1447 H: 18 February to 19 March 2026; Monday to Thursday 08.00–15.00, Friday 08.00–15.30.
USUAL = ((time(8), time(12)), (time(12, 30), time(15)))
FRIDAY = ((time(8), time(11, 30)), (time(12, 30), time(15, 30)))
RAMADAN = OtherHours(date(2026, 2, 18), date(2026, 3, 19), {**dict.fromkeys(range(4), USUAL), 4: FRIDAY})
FASTING = WorkingCalendar(other_hours=(RAMADAN,))


def test_a_week_of_ramadan_has_32_and_a_half_hours():
    week = [FASTING.hours(date(2026, 2, 23) + timedelta(days=n)) for n in range(7)]
    assert sum((end - start for day in week for start, end in day), timedelta()) == timedelta(hours=32, minutes=30)


@pytest.mark.parametrize(
    ("received", "minutes", "expected"),
    [
        (wib(2026, 2, 17, 15, 40), 20, wib(2026, 2, 18, 8, 15)),  # 5 minutes before, 15 in the first morning
        (wib(2026, 2, 18, 7, 20), 20, wib(2026, 2, 18, 8, 20)),  # the office opens later
        (wib(2026, 2, 18, 11, 50), 20, wib(2026, 2, 18, 12, 40)),  # the shorter break
        (wib(2026, 2, 18, 14, 55), 20, wib(2026, 2, 19, 8, 15)),  # it closes earlier
        (wib(2026, 2, 20, 15, 20), 20, wib(2026, 2, 23, 8, 10)),  # Friday, over the weekend
        (wib(2026, 3, 19, 14, 50), 20, wib(2026, 3, 20, 7, 25)),  # the last day, then the usual hours
    ],
)
def test_minutes_run_in_the_hours_of_their_day(received, minutes, expected):
    assert FASTING.due(received, Duration(minutes, "minute")) == expected


@pytest.mark.parametrize(
    ("received", "days", "expected"),
    [
        (wib(2026, 2, 17, 9), 1, wib(2026, 2, 18, 15, 0)),
        (wib(2026, 2, 19, 9), 1, wib(2026, 2, 20, 15, 30)),  # a Friday
        (wib(2026, 3, 18, 9), 2, wib(2026, 3, 20, 16, 15)),  # the Friday after the last day
    ],
)
def test_a_day_lasts_until_the_closing_of_its_own_hours(received, days, expected):
    assert FASTING.due(received, Duration(days, "working_day")) == expected


# Over a leap day, and over the year's end: 29 February 2028 is a Tuesday, 31 December 2026 a Thursday.
OVER = WorkingCalendar(
    days_off={date(2027, 1, 1)},
    other_hours=(
        OtherHours(date(2026, 12, 28), date(2027, 1, 8), {**dict.fromkeys(range(4), USUAL), 4: FRIDAY}),
        OtherHours(date(2028, 2, 29), date(2028, 2, 29), dict.fromkeys(range(5), ((time(9), time(10)),))),
    ),
)


@pytest.mark.parametrize(
    ("received", "duration", "expected"),
    [
        (wib(2026, 12, 31, 14, 50), Duration(20, "minute"), wib(2027, 1, 4, 8, 10)),
        (wib(2026, 12, 31, 9), Duration(1, "working_day"), wib(2027, 1, 4, 15, 0)),
        (wib(2028, 2, 28, 9), Duration(1, "working_day"), wib(2028, 2, 29, 10, 0)),
        (wib(2028, 2, 28, 15, 40), Duration(30, "minute"), wib(2028, 2, 29, 9, 25)),  # 5, then 25
        (wib(2028, 2, 29, 9, 50), Duration(20, "minute"), wib(2028, 3, 1, 7, 25)),
        (wib(2028, 1, 29, 9), Duration(1, "month"), wib(2028, 2, 29, 10, 0)),
    ],
)
def test_leap_days_and_the_years_end_have_hours_of_their_own(received, duration, expected):
    assert OVER.due(received, duration) == expected


clocks = st.lists(st.integers(0, 24 * 60 - 1), min_size=4, max_size=4, unique=True).map(sorted)


@st.composite
def weeks(draw):
    """Hours of a week: each day with a break or with none."""
    week = {}
    for weekday in range(5):
        a, b, c, d = (time(n // 60, n % 60) for n in draw(clocks))
        week[weekday] = ((a, b), (c, d)) if draw(st.booleans()) else ((a, d),)
    return week


@st.composite
def calendars(draw):
    begins = draw(st.dates(date(2025, 12, 1), date(2028, 3, 10)))
    lasts = draw(st.integers(0, 60))
    off = draw(st.sets(st.dates(date(2025, 12, 1), date(2028, 6, 1)), max_size=40))
    other = OtherHours(begins, begins + timedelta(days=lasts), draw(weeks()))
    return WorkingCalendar(frozenset(off), other_hours=(other,))


moments = st.datetimes(datetime(2025, 12, 1), datetime(2028, 3, 10), timezones=st.just(ZONE))


@given(calendars(), moments, st.integers(1, 2000))
def test_counting_minutes_on_and_back_agrees_by_any_hours(working, moment, minutes):
    end = working.add_minutes(moment, minutes)
    assert working.minutes_between(moment, end) == minutes


@given(calendars(), moments, st.integers(1, 2000))
def test_no_minute_ends_outside_the_hours_of_its_day(working, moment, minutes):
    end = working.add_minutes(moment, minutes)
    assert any(opens < end <= closes for opens, closes in working.hours(timezone.localdate(end)))


@given(calendars(), moments, st.integers(1, 900), st.integers(0, 900), st.timedeltas(timedelta(), timedelta(days=9)))
def test_more_time_and_a_later_receipt_are_never_due_earlier(working, moment, few, more, later):
    assert working.add_minutes(moment, few) <= working.add_minutes(moment, few + more)
    assert working.add_minutes(moment, few) <= working.add_minutes(moment + later, few)
    assert working.due(moment, Duration(few % 30 + 1, "working_day")) <= working.due(
        moment + later, Duration(few % 30 + 1, "working_day")
    )


def hours(first: date, last: date, **changed) -> SpecialHours:
    return SpecialHours(**{"name": "Ramadan", "first": first, "last": last, "source": "SE Wali Kota 3/2026"} | changed)


def days(friday_ends: time = time(15, 30)) -> list[SpecialDay]:
    week = [
        SpecialDay(weekday=n, starts=time(8), break_starts=time(12), break_ends=time(12, 30), ends=time(15))
        for n in range(4)
    ]
    friday = SpecialDay(weekday=4, starts=time(8), break_starts=time(11, 30), break_ends=time(12, 30), ends=friday_ends)
    return [*week, friday]


@pytest.fixture
def case(db) -> Case:
    """A publication that reached step 2 (1 hari) on Monday 23 November 2026: due on Tuesday at 15.45."""
    monday = wib(2026, 11, 23, 9, 0)
    case = open_publication(make.information(), actor=make.demo("bidang"), at=monday)
    take_step(case, "update_content", actor=make.demo("bidang"), at=monday)
    return make.again(case)


def test_whoever_opened_special_hours_before_a_colleague_changed_them_does_not_overwrite_that_unseen(db):
    new = hours(date(2026, 11, 24), date(2026, 11, 30))
    actions.make(actions.setting_hours(new, days()), actor=make.demo("operator"))
    opened, later = new.mark, days()
    later[1].ends = time(14)
    actions.make(actions.setting_hours(new, later, seen=opened), actor=make.demo("utama"))
    with pytest.raises(ChangedMeanwhile, match="diubah rekan Anda sesudah Anda membukanya"):
        actions.make(actions.setting_hours(new, days(), seen=opened), actor=make.demo("operator"))
    assert SpecialDay.objects.get(hours=new, weekday=1).ends == time(14)


def test_special_hours_move_running_deadlines_with_their_line_and_their_end_moves_them_back(case):
    new = hours(date(2026, 11, 24), date(2026, 11, 30))
    assert actions.make(actions.setting_hours(new, days()), actor=make.demo("operator")).moved == 1
    assert make.again(case).due_at == wib(2026, 11, 24, 15, 0)
    line = MovedDeadline.objects.get(case=case)
    assert line.because == "Ramadan, 24 November 2026 sampai 30 November 2026: jam kerja lain (SE Wali Kota 3/2026)."
    make.at_the_end()
    changed = days()
    changed[1].ends = time(14)
    assert actions.make(actions.setting_hours(new, changed, seen=new.mark), actor=make.demo("utama")).moved == 1
    assert make.again(case).due_at == wib(2026, 11, 24, 14, 0)
    assert actions.make(actions.ending_hours(new), actor=make.demo("bidang")).moved == 1
    assert make.again(case).due_at == wib(2026, 11, 24, 15, 45)
    make.at_the_end()


def test_they_are_read_with_the_holidays_in_one_query(db, django_assert_num_queries):
    actions.make(actions.setting_hours(hours(date(2026, 2, 18), date(2026, 3, 19)), days()), actor=make.demo("utama"))
    with django_assert_num_queries(1):
        found = calendar()
    assert found.other_hours == (RAMADAN,)
    assert date(2026, 1, 1) in found.days_off
    assert 2026 in found.confirmed_years
    with django_assert_num_queries(1):
        assert calendar(since=wib(2026, 3, 20, 8)).other_hours == ()
    assert calendar(since=wib(2026, 3, 19, 8)).other_hours == (RAMADAN,)


@pytest.mark.parametrize(
    ("first", "last", "changed", "sentence"),
    [
        (date(2026, 3, 1), date(2026, 3, 5), {}, "Sebagian hari ini sudah punya jam kerja khusus lain"),
        (date(2026, 5, 9), date(2026, 5, 1), {}, "Sebagian hari ini sudah punya"),
        (date(2026, 5, 1), date(2026, 9, 1), {}, "Sebagian hari ini sudah punya"),
        (date(2023, 5, 1), date(2023, 5, 2), {}, "Tahun harus antara 2024 dan 2099."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(first, last, changed, sentence, db):
    actions.make(actions.setting_hours(hours(date(2026, 2, 18), date(2026, 3, 19)), days()), actor=make.demo("utama"))
    with pytest.raises((actions.CalendarRefused, IntegrityError), match=sentence):
        actions.make(actions.setting_hours(hours(first, last, **changed), days()), actor=make.demo("utama"))
    assert SpecialHours.objects.count() == 1
    with pytest.raises(actions.CalendarRefused, match="Senin sampai Jumat"):
        actions.make(
            actions.setting_hours(hours(date(2026, 6, 1), date(2026, 6, 2)), days()[:4]), actor=make.demo("utama")
        )
    with pytest.raises(actions.CalendarRefused, match="hanya dapat diubah"):
        actions.make(
            actions.setting_hours(hours(date(2026, 6, 1), date(2026, 6, 2)), days()), actor=make.demo("dinsos")
        )


def test_the_database_repeats_it(db):
    kept = hours(date(2026, 2, 18), date(2026, 3, 19))
    actions.make(actions.setting_hours(kept, days()), actor=make.demo("utama"))
    make.at_the_end()
    wrong = [
        (lambda: hours(date(2026, 3, 19), date(2026, 3, 20)).save(), "special_hours_never_overlap"),
        (lambda: hours(date(2026, 5, 2), date(2026, 5, 1)).save(), "special_hours_last_some_days|range lower bound"),
        (lambda: hours(date(2026, 5, 1), date(2026, 7, 2)).save(), "special_hours_last_some_days"),
        (lambda: hours(date(2026, 5, 1), date(2026, 5, 2), source="").save(), "special_hours_name_their_source"),
        (lambda: SpecialDay.objects.filter(weekday=1).update(ends=time(7)), "special_day_ends_after_it_starts"),
        (lambda: SpecialDay.objects.filter(weekday=1).update(break_ends=None), "special_day_ends_after_it_starts"),
        (lambda: SpecialDay.objects.filter(weekday=1).update(weekday=5), "special_weekday_is_a_working_one"),
        (lambda: SpecialDay.objects.filter(weekday=1).update(weekday=0), "special_weekday_once"),
    ]
    for act, name in wrong:
        with pytest.raises(DatabaseError, match=name), make.savepoint():
            act()
    for act in (
        lambda: SpecialDay.objects.filter(weekday=3).delete(),
        lambda: hours(date(2026, 6, 1), date(2026, 6, 2)).save(),
    ):
        with pytest.raises(DatabaseError, match="say when each weekday is worked"), make.savepoint():  # noqa: PT012
            act()  # what the database looks at once the transaction ends
            make.at_the_end()


def test_what_a_change_would_move_is_what_it_moves_then_and_nothing_of_it_is_kept(case):
    other = make.publication(at="preparing")
    day = timezone.localdate(other.due_at)
    acts = [
        lambda: actions.adding(Holiday(date=day, name="Libur", kind="local")),
        lambda: actions.bringing_in(
            [actions.Day(day, "Libur"), actions.Day(date(2026, 11, 24), "L")], source="SK", is_confirmed=True
        ),
        lambda: actions.setting_hours(hours(day, day + timedelta(days=20)), days(time(15, 20))),
    ]
    for act in acts:
        before = actions.mark(), list(MovedDeadline.objects.values_list("pk")), make.again(other).due_at
        told = {(each.number, each.before, each.after) for each in actions.ahead(act(), actor=make.demo("utama"))}
        assert (actions.mark(), list(MovedDeadline.objects.values_list("pk")), make.again(other).due_at) == before
        assert told
        last = MovedDeadline.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        done = actions.make(act(), actor=make.demo("utama"))
        lines = MovedDeadline.objects.filter(pk__gt=last)
        assert {(line.case.number, line.due_before, line.due_after) for line in lines} == told
        assert done.moved == len(told)
    assert list(would_move(calendar())) == []


def test_a_removal_tells_ahead_what_comes_earlier(case):
    day = Holiday(date=date(2026, 11, 24), name="Libur daerah", kind="local")
    actions.add(day, actor=make.demo("operator"))
    (move,) = actions.ahead(actions.removing(day), actor=make.demo("operator"))
    assert (move.number, move.before, move.after) == (case.number, wib(2026, 11, 25, 15, 45), wib(2026, 11, 24, 15, 45))
    assert Holiday.objects.filter(pk=day.pk).exists()


def test_a_calendar_that_somebody_changed_since_it_was_looked_at_is_not_saved(case):
    seen = actions.mark()
    actions.add(Holiday(date=date(2026, 11, 27), name="Lain", kind="local"), actor=make.demo("operator"))
    change = actions.adding(Holiday(date=date(2026, 11, 24), name="Libur", kind="local"))
    with pytest.raises(ChangedMeanwhile, match="diubah rekan Anda"):
        actions.make(change, actor=make.demo("bidang"), standing=seen)
    assert make.again(case).due_at == wib(2026, 11, 24, 15, 45)
    actions.make(change, actor=make.demo("bidang"), standing=actions.mark())
    assert make.again(case).due_at == wib(2026, 11, 25, 15, 45)


def test_looking_ahead_holds_no_case_and_no_lock(case):
    from django.db import connection

    with CaptureQueriesContext(connection) as asked:
        actions.ahead(
            actions.adding(Holiday(date=date(2026, 11, 24), name="L", kind="local")), actor=make.demo("utama")
        )
    assert not [each["sql"] for each in asked if "FOR UPDATE" in each["sql"] or "advisory" in each["sql"]]


def test_days_brought_in_confirm_what_was_predicted_and_leave_the_rest(db):
    actions.predict(2027, actor=make.demo("utama"))
    day = Holiday.objects.filter(date=date(2027, 1, 1)).get()
    brought = [actions.Day(day.date, "New Year"), actions.Day(date(2027, 10, 23), "Hari jadi kota", "local")]
    done = actions.make(actions.bringing_in(brought, source="SKB 3/2026", is_confirmed=True), actor=make.demo("bidang"))
    assert (done.added, done.confirmed) == (1, 1)
    day = Holiday.objects.get(pk=day.pk)
    assert (day.name, day.is_confirmed, day.source) == (day.name, True, "SKB 3/2026")
    assert day.name != "New Year", "the name that stands there stays"
    with pytest.raises(actions.CalendarRefused, match="menyebut dasar hukumnya"):
        actions.make(actions.bringing_in(brought, source="", is_confirmed=True), actor=make.demo("bidang"))
    old = [actions.Day(date(2019, 1, 1), "Lama")]
    with pytest.raises(actions.CalendarRefused, match="tahun harus antara"):
        actions.make(actions.bringing_in(old, source="", is_confirmed=False), actor=make.demo("bidang"))
