"""What the clock tells: once for an event, by how things stand, whatever the clock or the worker did meanwhile."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from ppid.flows.models import Case
from ppid.flows.urgency import mark_urgent
from ppid.notices.models import Notice
from ppid.upkeep.reminders import remind, remind_of_cases
from ppid.worktime.calendar import calendar
from tests import make

pytestmark = pytest.mark.django_db

ZONE = timezone.get_default_timezone()


def told(case, kind: str) -> set[str]:
    found = Notice.objects.filter(number=case.number, kind=kind).select_related("person")
    return {notice.person.email.split("@")[0] for notice in found}


def kinds(case) -> set[str]:
    return set(Notice.objects.filter(number=case.number).values_list("kind", flat=True)) - {"arrived"}


def waiting() -> Case:
    """Return a case that waits at step 3, which is due in some days."""
    return make.again(make.publication(at="preparing"))


def morning(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), ZONE) + timedelta(hours=8)


def test_before_its_last_days_nothing_is_told():
    case = waiting()
    remind(case.received_at + timedelta(minutes=1))
    assert kinds(case) == set()


def test_the_day_before_the_day_itself_and_lateness_are_told_once_each():
    case = make.again(make.exclusion(at="testing"))  # three working days
    due = timezone.localdate(case.due_at)
    before = due - timedelta(days=1)
    while not calendar().is_working_day(before):
        before -= timedelta(days=1)
    for now in (morning(before), morning(due), case.due_at + timedelta(minutes=1)):
        for _ in range(3):
            remind(now)
    for kind in ("due_tomorrow", "due_today", "overdue"):
        assert told(case, kind) == {"opd"}, kind
        assert Notice.objects.filter(number=case.number, kind=kind).count() == 1


def test_a_worker_that_was_away_tells_how_it_stands_now_not_what_it_missed():
    case = waiting()
    remind(case.due_at + timedelta(minutes=1))
    assert kinds(case) == {"overdue"}


def test_a_clock_that_jumps_ahead_and_back_tells_nothing_twice():
    case = waiting()
    late = case.due_at + timedelta(minutes=1)
    remind(late)
    remind(case.received_at + timedelta(minutes=1))
    remind(late)
    assert Notice.objects.filter(number=case.number, kind="overdue").count() == 1


def test_a_due_date_that_moved_is_another_event():
    case = waiting()
    remind(morning(timezone.localdate(case.due_at)))
    keys = set(Notice.objects.filter(number=case.number).values_list("event", flat=True))
    assert any(case.due_at.astimezone(UTC).strftime("%Y-%m-%dT%H.%M") in key for key in keys)


def test_what_was_told_is_not_looked_at_again(django_assert_max_num_queries):
    case = waiting()
    late = case.due_at + timedelta(minutes=1)
    assert remind_of_cases(late) == 1
    with django_assert_max_num_queries(4):
        assert remind_of_cases(late) == 0


def test_ppid_utama_is_in_copy_after_two_working_days_and_not_before(settings):
    case, working = waiting(), calendar()
    one = working.next_working_day(timezone.localdate(case.due_at))
    remind(morning(one))
    assert told(case, "overdue_others") == set()
    remind(morning(working.next_working_day(one)))
    assert told(case, "overdue_others") == {"utama", "wakil"}
    assert told(case, "overdue") == {"dinsos"}


def test_what_is_late_with_ppid_utama_is_told_the_head():
    case, working = make.again(make.publication(at="clarifying")), calendar()
    day = timezone.localdate(case.due_at)
    for _ in range(2):
        day = working.next_working_day(day)
    remind(morning(day))
    assert told(case, "overdue_others") == {"atasan"}


def test_a_row_of_minutes_is_told_minutes_before():
    case = make.again(make.publication(at="renewing"))
    assert case.awaited.duration_unit == "minute"
    remind(case.due_at - timedelta(minutes=11))
    assert kinds(case) == set()
    remind(case.due_at - timedelta(minutes=4))
    assert told(case, "due_soon") == {"operator"}
    assert kinds(case) == {"due_soon"}


def test_what_is_urgent_is_told_late_after_an_hour():
    case = make.publication(at="preparing")
    mark_urgent(case, because="Banjir.", actor=make.demo("bidang"))
    case = make.again(case)
    remind(case.due_at + timedelta(minutes=30))
    assert kinds(case) <= {"urgent"}
    remind(case.due_at + timedelta(minutes=61))
    assert told(case, "overdue") == {"dinsos"}


def test_an_exclusion_near_its_end_is_told_to_those_who_know_and_by_its_number():
    case = make.adopted(days_ago=2, ends_on=timezone.localdate() + timedelta(days=40))
    remind()
    remind()
    assert "utama" in told(case, "exclusion_ending")
    assert not told(case, "exclusion_ending") & {"dinsos", "operator", "pengelola"}
    for notice in Notice.objects.filter(number=case.number, kind="exclusion_ending"):
        assert (notice.title, notice.facts) == ("", [])


def test_an_appointment_that_ends_unfollowed_is_told_to_who_holds_it_and_who_keeps_people():
    person = make.person()
    held = make.appoint(person, "ppid_pelaksana", unit="dinkes", ends_on=timezone.localdate() + timedelta(days=6))
    remind()
    remind()
    found = Notice.objects.filter(kind="appointment_ending", event__contains=f":{held.pk}:")
    people = sorted(found.values_list("person", flat=True))
    assert people == sorted(each.pk for each in (person, make.demo("utama"), make.demo("wakil")))


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2028, 2, 28), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 3, 1)),
        (date(2026, 12, 31), date(2027, 1, 4)),
        (date(2026, 11, 27), date(2026, 11, 30)),
    ],
)
def test_the_next_working_day_passes_leap_days_and_the_years_end(day, following):
    assert calendar().next_working_day(day) == following
