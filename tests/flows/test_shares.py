"""Whose time a step's stay was, worked out by hand with the working calendar; nobody is billed for another's days.

November 2026 has no holidays in it. 16 and 23 are Mondays; a working day has 450 minutes, 7.15 to 15.45 less an hour.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from ppid.flows.shares import Share, Tenure, shares
from ppid.worktime.calendar import WorkingCalendar
from ppid.worktime.durations import Duration

ZONE = ZoneInfo("Asia/Pontianak")
PLAIN = WorkingCalendar()
ONE_DAY = Duration(1, "working_day")


def wib(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


LONG_AGO = datetime(2025, 1, 1, tzinfo=ZONE)
CHIEF = Tenure(1, 1, "utama", stands_in=False, begins=LONG_AGO, ends=None)


def plh(begins: datetime, ends: datetime | None = None, person: int = 2) -> Tenure:
    return Tenure(person, 10 + person, "utama", stands_in=True, begins=begins, ends=ends)


def told(received, done, by, *tenures, duration=ONE_DAY):
    """Return each part as (person, since, until, minutes, days, due, took it)."""
    found = shares(
        received,
        done,
        taken_under=by,
        tenures=tenures,
        due=lambda since: PLAIN.due(since, duration),
        reckoning=PLAIN,
    )
    return [(s.person, s.since, s.until, s.minutes, s.days, s.due_at, s.took_it) for s in found]


def test_who_had_it_from_the_first_to_the_last_is_billed_for_all_of_it():
    # Monday 14.45 to Wednesday 8.15: 60 + 450 + 60 minutes; due on Tuesday at closing.
    assert told(wib(16, 14, 45), wib(18, 8, 15), CHIEF, CHIEF) == [
        (1, wib(16, 14, 45), wib(18, 8, 15), 570, 2, wib(17, 15, 45), True)
    ]


def test_a_stand_in_who_clears_the_backlog_is_billed_from_their_first_day():
    # Received on Monday, due on Tuesday; the stand-in comes on Thursday and takes it that day at 9.15.
    substitute = plh(wib(19))
    assert told(wib(16, 8), wib(19, 9, 15), substitute, CHIEF, substitute) == [
        (1, wib(16, 8), wib(19), 450 - 45 + 450 + 450, 2 + 1, wib(17, 15, 45), False),
        (2, wib(19), wib(19, 9, 15), 120, 0, wib(20, 16, 15), True),
    ]


def test_the_holder_who_comes_back_is_not_billed_for_the_stand_in_s_days():
    # Received on Monday while the stand-in acts until Wednesday; the holder takes it on Thursday morning.
    substitute = plh(wib(9), ends=wib(19))
    assert told(wib(16, 8), wib(19, 8, 15), CHIEF, CHIEF, substitute) == [
        (2, wib(16, 8), wib(19), 450 - 45 + 450 + 450, 3, wib(17, 15, 45), False),
        (1, wib(19), wib(19, 8, 15), 60, 0, wib(20, 16, 15), True),
    ]


def test_what_lay_while_nobody_was_in_office_is_nobody_s():
    new = Tenure(3, 3, "utama", stands_in=False, begins=wib(23), ends=None)
    assert told(wib(16, 8), wib(23, 8, 15), new, new) == [(3, wib(23), wib(23, 8, 15), 60, 0, wib(24, 15, 45), True)]


def test_one_of_several_colleagues_took_it_and_is_billed_alone():
    colleague = Tenure(4, 4, "operator", stands_in=False, begins=LONG_AGO, ends=None)
    other = Tenure(5, 5, "operator", stands_in=False, begins=LONG_AGO, ends=None)
    assert [each[0] for each in told(wib(16, 8), wib(17, 9), colleague, other, colleague)] == [4]


def test_what_several_colleagues_let_lie_before_is_nobody_s_alone():
    one = Tenure(4, 4, "operator", stands_in=False, begins=LONG_AGO, ends=wib(18))
    other = Tenure(5, 5, "operator", stands_in=False, begins=LONG_AGO, ends=wib(18))
    new = Tenure(6, 6, "operator", stands_in=False, begins=wib(18), ends=None)
    assert [each[:3] for each in told(wib(16, 8), wib(18, 9), new, one, other, new)] == [(6, wib(18), wib(18, 9))]


def test_a_holder_who_takes_it_while_the_stand_in_s_order_runs_was_not_away():
    substitute = plh(wib(9))
    assert [each[:4] for each in told(wib(16, 8), wib(17, 8), CHIEF, CHIEF, substitute)] == [
        (1, wib(16, 8), wib(17, 8), 405 + 45)
    ]


def test_whoever_took_it_without_any_office_then_is_billed_no_time():
    found = told(wib(16, 8), wib(17, 8), plh(wib(18)), CHIEF)
    assert [each[:4] for each in found] == [(1, wib(16, 8), wib(17, 8), 405 + 45), (2, wib(17, 8), wib(17, 8), 0)]


def test_minutes_are_due_from_when_it_came_to_them():
    substitute = plh(wib(17))
    found = told(wib(16, 15, 40), wib(17, 7, 40), substitute, CHIEF, substitute, duration=Duration(20, "minute"))
    assert [each[5] for each in found] == [wib(17, 7, 30), wib(17, 7, 35)]


moments = st.integers(0, 60 * 24 * 40).map(lambda n: wib(1) + timedelta(minutes=n, seconds=n * 7 % 60))


@st.composite
def tenures(draw):
    begins, ends = sorted((draw(moments), draw(moments)))
    person, office = draw(st.integers(1, 4)), draw(st.sampled_from(["utama", "operator"]))
    return Tenure(person, person, office, draw(st.booleans()), begins, draw(st.sampled_from([ends, None])))


@given(st.lists(tenures(), min_size=1, max_size=6), moments, moments, st.sets(st.dates(wib(1).date(), wib(30).date())))
def test_the_parts_billed_to_people_never_exceed_the_whole(held, one, other, off):
    received, done = sorted((one, other))
    reckoning = WorkingCalendar(frozenset(off))
    found: list[Share] = shares(
        received, done, taken_under=held[0], tenures=held, due=lambda since: None, reckoning=reckoning
    )
    assert sum(each.minutes for each in found) <= reckoning.minutes_between(received, done)
    assert sum(each.days for each in found) <= reckoning.working_days_between(received.date(), done.date())
    assert all(each.minutes >= 0 and each.days >= 0 for each in found)
    assert all(received <= each.since <= each.until <= done for each in found)
    assert all(before.until <= after.since for before, after in zip(found, found[1:], strict=False))
    assert [each.took_it for each in found].count(True) == 1
    assert (found[-1].person, found[-1].until, found[-1].took_it) == (held[0].person, done, True)
