"""What the clock tells: once for an event, by how things stand, whatever the clock or the worker did meanwhile."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import Count
from django.utils import timezone
from django.utils.formats import date_format

from ppid.flows.actions import open_exclusion, open_publication
from ppid.flows.models import Case
from ppid.flows.renewal import confirm_still_right
from ppid.flows.urgency import mark_urgent
from ppid.notices.models import Notice
from ppid.organisation.models import User
from ppid.shelf.models import PublishedItem
from ppid.upkeep.reminders import remind, remind_of_cases
from ppid.worktime.calendar import calendar
from tests import make

pytestmark = pytest.mark.django_db

ZONE = timezone.get_default_timezone()


def told(case, kind: str) -> set[str]:
    found = Notice.objects.filter(number=case.number, kind=kind).select_related("person")
    return {name_of(notice.person) for notice in found}


def name_of(person: User) -> str:
    return person.email.split("@")[0]


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
    case = make.again(make.exclusion(at="testing"))  # five working days
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


def published_on(day: date) -> Case:
    """Publish an item of Dinkes that is to be renewed each six months, all steps on that day."""
    at, hands = morning(day), {**make.PUBLICATION, "prepare": preparer()}
    case = open_publication(make.information(unit="dinkes"), actor=make.demo("bidang"), at=at)
    for key, who in hands.items():
        case = make.step(case, key, actor=who, at=at)
    return case


def preparer() -> User:
    found = User.objects.filter(appointments__role__code="ppid_pelaksana", appointments__unit__code="dinkes").first()
    return found or make.person("ppid_pelaksana", unit="dinkes", name="pelaksana")


# The day of the publication, the last day to renew half a year later, and the first on which that is told.
RENEWALS = [
    (date(2027, 8, 29), date(2028, 2, 29), date(2028, 1, 30)),
    (date(2027, 8, 31), date(2028, 2, 29), date(2028, 1, 30)),
    (date(2027, 9, 30), date(2028, 3, 30), date(2028, 2, 29)),
    (date(2028, 7, 31), date(2029, 1, 31), date(2029, 1, 1)),
]


@pytest.mark.parametrize(("published", "last", "first"), RENEWALS)
def test_what_is_to_be_renewed_is_told_thirty_days_before_to_those_who_prepare_it(published, last, first):
    case = published_on(published)
    assert PublishedItem.objects.get(number=case.information.number).renew_by == last
    remind(morning(first - timedelta(days=1)))
    assert told(case, "item_to_renew") == set()
    remind(morning(first))
    assert told(case, "item_to_renew") == {name_of(preparer())}
    [notice] = Notice.objects.filter(number=case.number, kind="item_to_renew")
    assert ["Paling lambat", date_format(last)] in notice.facts
    assert notice.title == case.information.title


def test_what_a_worker_missed_of_a_renewal_is_told_when_it_is_back_also_after_the_last_day():
    case = published_on(date(2027, 8, 29))
    remind(morning(date(2028, 3, 2)))
    assert told(case, "item_to_renew") == {name_of(preparer())}


def test_what_is_renewed_already_is_told_no_more_and_what_is_confirmed_again_half_a_year_later():
    case = published_on(date(2027, 8, 29))
    confirm_still_right(case, actor=preparer(), at=morning(date(2028, 2, 29)))
    remind(morning(date(2028, 2, 29)))
    assert told(case, "item_to_renew") == set()
    remind(morning(date(2028, 7, 30)))  # thirty days before 29 August
    assert told(case, "item_to_renew") == {name_of(preparer())}
    renewing = open_publication(case.information, actor=make.demo("bidang"), at=morning(date(2028, 7, 31)))
    remind(morning(date(2028, 8, 20)))
    assert Notice.objects.filter(kind="item_to_renew").count() == 1
    assert renewing.is_running


def test_while_a_case_of_the_item_runs_nobody_is_asked_to_renew_it():
    case = published_on(date(2027, 8, 29))
    open_publication(case.information, actor=make.demo("bidang"), at=morning(date(2028, 1, 15)))
    remind(morning(date(2028, 2, 20)))
    assert told(case, "item_to_renew") == set()


def in_test_since(day: date) -> Case:
    """Return an exclusion whose test, of five working days, was received on that day."""
    at, case = morning(day), open_exclusion(make.information(unit="disdukcapil"), actor=make.demo("bidang"))
    for key in ("collect", "screen"):
        case = make.step(case, key, actor=make.EXCLUSION[key], at=at)
    return case


@pytest.mark.parametrize(
    ("received", "tomorrow", "last"),
    [
        (date(2028, 2, 22), date(2028, 2, 28), date(2028, 2, 29)),  # due on the leap day
        (date(2028, 2, 23), date(2028, 2, 29), date(2028, 3, 1)),  # and on the day after it
        (date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 4)),  # over the year's end, a holiday and a Sunday
    ],
)
def test_due_dates_pass_leap_days_and_the_years_end(received, tomorrow, last):
    case = in_test_since(received)
    assert timezone.localdate(case.due_at) == last
    day = received
    while day <= last:
        remind(morning(day))
        expected = {"due_tomorrow": tomorrow <= day, "due_today": last <= day}
        assert kinds(case) == {kind for kind, is_told in expected.items() if is_told}, day
        day += timedelta(days=1)


def test_an_exclusion_that_ends_on_a_leap_day_is_told_to_that_day_and_not_after_it():
    ends_on = date(2028, 2, 29)
    case, other = make.adopted(ends_on=ends_on), make.adopted(ends_on=ends_on)
    remind(morning(ends_on))
    assert "utama" in told(case, "exclusion_ending")
    Notice.objects.all().delete()
    remind(morning(ends_on + timedelta(days=1)))
    assert told(other, "exclusion_ending") == set()


@pytest.mark.parametrize("last", [date(2028, 2, 29), date(2026, 12, 31)])
def test_an_appointment_that_ends_on_such_a_day_is_told_before_and_not_after(last):
    held = make.appoint(make.person(), "ppid_pelaksana", unit="dinkes", ends_on=last)
    ending = Notice.objects.filter(event__contains=f"appointment:{held.pk}:")
    remind(morning(last + timedelta(days=1)))
    assert not ending.exists()
    remind(morning(last))
    assert ending.filter(facts=[["Berakhir", date_format(last)]]).exists()


def test_a_clock_that_jumps_three_days_forward_and_back_tells_each_person_of_each_thing_once():
    start = date(2028, 2, 25)
    published_on(date(2027, 8, 29))
    in_test_since(start - timedelta(days=3))
    make.publication(at="preparing")
    make.adopted(ends_on=date(2028, 4, 20))
    make.appoint(make.person(), "ppid_pelaksana", unit="dishub", ends_on=date(2028, 3, 10))
    for days in (0, 3, 0, 1, 4, 1, 2, 3, 4, 5):
        remind(morning(start + timedelta(days=days)))
    told_once = Notice.objects.exclude(kind__in=["arrived", "published", "decided"])
    each = told_once.values("person", "number", "title", "kind").annotate(n=Count("pk"))
    assert {"item_to_renew", "overdue", "due_today", "exclusion_ending", "appointment_ending"} <= {
        row["kind"] for row in each
    }
    assert [row for row in each if row["n"] > 1] == []


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
