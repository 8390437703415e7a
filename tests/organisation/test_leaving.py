"""An account ends with its last appointment: who may sign in on which day, written out, and what the database holds."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from ppid.organisation import actions, appointing
from ppid.organisation.devices import Device
from ppid.organisation.leaving import close_what_lapsed, may_sign_in
from ppid.organisation.models import Appointment, PersonChange, Role, Unit, User
from ppid.organisation.people_ledger import as_it_stands
from ppid.organisation.sessions import begin
from tests import make

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def held(first: int, last: int | None, **more):
    """Let a person be appointed from a day to a day, counted from today."""
    today = timezone.localdate()
    ends_on = None if last is None else today + last * DAY
    return make.person("ppid_pelaksana", unit="dinkes", starts_on=today + first * DAY, ends_on=ends_on, **more)


def ended_by(act: str, first: int = -30, **more):
    person = held(first, None)
    getattr(appointing, act)(person.appointments.get(), actor=make.demo("utama"), **more)
    return person


def a_plh_between_two():
    person = held(-30, -3, kind="plh")
    today = timezone.localdate()
    make.appoint(person, "ppid_pelaksana", unit="dinkes", kind="plh", starts_on=today + 3 * DAY)
    return person


def of_two_appointments_one_left():
    person = held(-30, -1)
    make.appoint(person, "opd", unit="dinkes")
    return person


CASES = {
    "never appointed: the first password may be chosen": (make.person, True),
    "in force without end": (lambda: held(-30, None), True),
    "in force, last day today": (lambda: held(-30, 0), True),
    "last day yesterday": (lambda: held(-30, -1), False),
    "begins next week": (lambda: held(7, None), True),
    "a Plh ended, the next one begins in three days": (a_plh_between_two, True),
    "a Plh ended, no next one": (lambda: held(-30, -3, kind="plh"), False),
    "one ended, one in force": (of_two_appointments_one_left, True),
    "stopped now": (lambda: ended_by("stop"), False),
    "annulled now": (lambda: ended_by("annul", because="Salah orang."), False),
    "cancelled before it began": (lambda: ended_by("cancel", first=7), False),
    "ended as of yesterday, recorded late": (
        lambda: ended_by("end_appointment", last_day=timezone.localdate() - DAY),
        False,
    ),
    "ended as of today": (lambda: ended_by("end_appointment", last_day=timezone.localdate()), True),
    "the first PPID Utama of an office": (lambda: make.demo("utama"), True),
    "the city's IT person, an Admin PPID": (lambda: make.person("admin_ppid", unit="diskominfo"), True),
    "closed by a keeper, in force": (lambda: make.change(held(-30, None), is_active=False), False),
}


@pytest.mark.parametrize(("case", "may"), CASES.values(), ids=CASES)
def test_who_may_sign_in(case, may):
    person = case()
    assert may_sign_in(person, on=timezone.localdate()) is may
    closed = {each.pk for each in close_what_lapsed()}
    assert (person.pk in closed) is (not may and person.is_active), "the night says the same"


def test_the_night_closes_the_account_with_its_row_and_its_sessions():
    person = held(-30, -1)
    session, _ = begin(person, Device())
    assert close_what_lapsed() == [person]
    assert close_what_lapsed() == []
    row = person.changes.latest("pk")
    assert (row.kind, row.actor, row.before["is_active"], row.after["is_active"]) == ("lapsed", None, True, False)
    session.refresh_from_db()
    assert session.because == "left"


def appoint_anew(person, actor="utama"):
    new = Appointment(
        user=person,
        role=Role.objects.get(code="ppid_pelaksana"),
        unit=Unit.objects.get(code="dinkes"),
        starts_on=timezone.localdate() + 7 * DAY,
        order_number="800/9/2026",
    )
    return appointing.appoint(new, actor=make.demo(actor))


def test_who_is_appointed_again_has_the_account_again_with_the_old_password():
    person = held(-30, -1)
    person.set_password("jembatan-kapuas-dua")
    person.save()
    close_what_lapsed()
    appoint_anew(person)
    person = User.objects.get(pk=person.pk)
    assert may_sign_in(person, on=timezone.localdate())
    assert person.check_password("jembatan-kapuas-dua")
    assert person.changes.latest("pk").kind == "reactivated"


def test_whom_a_keeper_closed_is_not_opened_by_an_appointment():
    person = held(-30, -1)
    actions.deactivate(person, actor=make.demo("utama"))
    with pytest.raises(actions.PeopleRefused, match="tidak aktif"):
        appoint_anew(person)


def test_who_was_closed_by_a_keeper_after_they_came_back_stays_closed():
    person = held(-30, -1)
    close_what_lapsed()
    appoint_anew(person)
    actions.deactivate(person, actor=make.demo("utama"))
    with pytest.raises(actions.PeopleRefused, match="tidak aktif"):
        appoint_anew(person)


@pytest.mark.parametrize("person", [lambda: held(-30, 0), lambda: held(7, None), make.person])
def test_the_database_lets_no_account_lapse_before_its_time(person):
    someone = person()
    stands = as_it_stands(someone)
    with pytest.raises(DatabaseError, match="lapses"), transaction.atomic():
        PersonChange.objects.create(
            person=someone, kind="lapsed", before=stands, after={**stands, "is_active": False}, at=timezone.now()
        )
