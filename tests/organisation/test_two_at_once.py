"""What two PPID Utama do to people at the same moment: the second waits, looks again, and is told."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from ppid.flows.actions import take_step
from ppid.flows.steps import StepForbidden
from ppid.organisation import actions, appointing
from ppid.organisation.actions import PeopleForbidden, PeopleRefused
from ppid.organisation.devices import Device
from ppid.organisation.handing_over import Handover, close_and_hand_over
from ppid.organisation.leaving import close_what_lapsed
from ppid.organisation.models import Appointment, Role, Unit, User
from ppid.organisation.sessions import SignInSession, begin
from ppid.organisation.unit_contact import reach
from tests import make
from tests.together import two_at_once

pytestmark = pytest.mark.usefixtures("committed_database")


@pytest.fixture
def chief(committed_database) -> User:
    return make.demo("utama")


@pytest.fixture
def deputy(committed_database) -> User:
    return make.demo("wakil")


def leading(person) -> Appointment:
    return Appointment.objects.get(user=person, role__code="ppid_utama")


def test_two_who_close_each_other_s_accounts_leave_one(chief, deputy):
    first, second = two_at_once(
        lambda: actions.deactivate(deputy, actor=chief), lambda: actions.deactivate(chief, actor=deputy)
    )
    assert first is None
    assert isinstance(second, PeopleForbidden)
    assert User.objects.get(pk=chief.pk).is_active


def test_two_who_end_each_other_s_appointments_leave_one(chief, deputy):
    today, of_chief, of_deputy = timezone.localdate(), leading(chief), leading(deputy)
    first, second = two_at_once(
        lambda: appointing.end_appointment(of_deputy, last_day=today, actor=chief),
        lambda: appointing.end_appointment(of_chief, last_day=today, actor=deputy),
    )
    assert first.ends_on == today
    assert isinstance(second, PeopleRefused)
    assert "tidak ada lagi PPID Utama" in second.sentences[0]


def test_an_appointment_ended_twice_ends_once(chief, deputy):
    kept, today = make.appoint(make.person(), "operator"), timezone.localdate()
    _, second = two_at_once(
        lambda: appointing.end_appointment(kept, last_day=today, actor=chief),
        lambda: appointing.end_appointment(kept, last_day=today, actor=deputy),
    )
    assert "sudah berakhir pada tanggal itu" in second.sentences[0]
    assert [row.actor for row in kept.changes.all()] == [chief]


def test_a_person_added_twice_at_once_is_added_once(chief, deputy):
    fields = {"name": "Siti Rahma", "email": "siti.rahma@pontianak.go.id"}
    first, second = two_at_once(
        lambda: actions.add_person(**fields, actor=chief), lambda: actions.add_person(**fields, actor=deputy)
    )
    assert first[0].email == fields["email"]
    assert isinstance(second, ValidationError)
    assert list(second.message_dict) == ["email"]


def test_a_person_appointed_twice_at_once_holds_the_role_once(chief, deputy):
    person, role, unit = make.person(), Role.objects.get(code="operator"), Unit.objects.get(code="dinsos")

    def order(day):
        return Appointment(user=person, role=role, unit=unit, starts_on=day, order_number="800/1/2026")

    first, second = two_at_once(
        lambda: appointing.appoint(order(timezone.localdate().replace(day=1)), actor=chief),
        lambda: appointing.appoint(order(timezone.localdate().replace(day=2)), actor=deputy),
    )
    assert first.appointed_by == chief
    assert isinstance(second, ValidationError)
    assert "sudah memegang peran itu" in second.messages[0]


def test_nobody_is_appointed_while_their_account_is_closed(chief, deputy):
    person, role, unit = make.person(), Role.objects.get(code="operator"), Unit.objects.get(code="dinsos")
    order = Appointment(user=person, role=role, unit=unit, starts_on=timezone.localdate(), order_number="800/1/2026")
    _, second = two_at_once(
        lambda: actions.deactivate(person, actor=chief), lambda: appointing.appoint(order, actor=deputy)
    )
    assert isinstance(second, PeopleRefused)
    assert "tidak aktif" in second.sentences[0]


def test_whoever_is_closed_out_reopens_nobody(chief, deputy):
    person = make.person()
    actions.deactivate(person, actor=chief)
    _, second = two_at_once(
        lambda: actions.deactivate(deputy, actor=chief), lambda: actions.reactivate(person, actor=deputy)
    )
    assert isinstance(second, PeopleForbidden)
    assert not User.objects.get(pk=person.pk).is_active


def test_the_terminal_waits_for_who_adds_the_same_person(chief, monkeypatch):
    monkeypatch.setenv("APPOINT_PASSWORD", "jembatan-kapuas-satu")
    email, order = "siti.rahma@pontianak.go.id", ["--name", "Siti Rahma", "--order", "800/1/2026", "--role", "operator"]
    first, second = two_at_once(
        lambda: actions.add_person(name="Siti Rahma", email=email, actor=chief),
        lambda: call_command("appoint", email, *order, stdout=StringIO()),
    )
    assert second is None
    assert Appointment.objects.get(user=first[0]).appointed_by is None


def test_two_admins_who_end_each_other_leave_one(chief):
    one, other = make.person("admin_ppid"), make.person("admin_ppid")
    of_one, of_other = one.appointments.get(), other.appointments.get()
    first, second = two_at_once(
        lambda: appointing.stop(of_other, actor=one), lambda: appointing.stop(of_one, actor=other)
    )
    assert first.closed_at
    assert isinstance(second, PeopleForbidden)
    assert actions.manages_people(one, on=timezone.localdate())


def test_two_definitive_holders_at_once_leave_one(chief, deputy):
    role, unit = Role.objects.get(code="ppid_pelaksana"), Unit.objects.get(code="dinkes")

    def order() -> Appointment:
        day = timezone.localdate()
        return Appointment(user=make.person(), role=role, unit=unit, starts_on=day, order_number="800/1/2026")

    one, other = order(), order()
    first, second = two_at_once(
        lambda: appointing.appoint(one, actor=chief), lambda: appointing.appoint(other, actor=deputy)
    )
    assert first == one
    assert "secara definitif" in second.sentences[0]


def test_who_takes_a_step_while_the_appointment_is_annulled_is_told_and_nothing_moves(chief):
    case, stand_in = make.publication(at="clarifying"), make.person("ppid_utama")
    held, proof = stand_in.appointments.get(), make.evidence(case, stand_in)
    first, second = two_at_once(
        lambda: appointing.annul(held, because="Keliru.", actor=chief),
        lambda: take_step(case, "clarify", actor=stand_in, evidence=proof, category="periodic"),
    )
    assert first.is_void
    assert isinstance(second, StepForbidden)
    assert "dinyatakan keliru" in second.sentences[0]
    assert make.again(case).state == "clarifying"


def test_two_who_close_an_account_and_name_a_follower_leave_one_follower(chief, deputy):
    person, one, other = make.person("operator"), make.person(), make.person()
    seat, day = person.appointments.select_related("role", "unit").get(), timezone.localdate()

    def follower(who):
        new = Appointment(user=who, role=seat.role, unit=seat.unit, starts_on=day, order_number="800/1/2026")
        return [Handover(seat, new)]

    first, second = two_at_once(
        lambda: close_and_hand_over(person, follower(one), actor=chief),
        lambda: close_and_hand_over(person, follower(other), actor=deputy),
    )
    assert [each.user for each in first] == [one]
    assert isinstance(second, PeopleRefused)
    assert "sudah tidak aktif" in second.sentences[0]
    assert not other.appointments.exists()


def test_two_who_write_where_a_unit_is_reached_both_stand_in_its_history(chief, deputy):
    unit = Unit.objects.get(code="dinsos")
    contact = {"address": "", "email": "", "hours": "Senin"}
    first, second = two_at_once(
        lambda: reach(unit, **contact, phone="0561 111111", actor=chief),
        lambda: reach(unit, **contact, phone="0561 222222", actor=deputy),
    )
    assert (first.phone, second.phone) == ("0561 111111", "0561 222222")
    changes = unit.changes.filter(kind="reached").values_list("actor_name", "before__phone", "after__phone")
    assert list(changes) == [(chief.name, "", "0561 111111"), (deputy.name, "0561 111111", "0561 222222")]


def test_a_session_that_two_end_at_once_ends_once(committed_database):
    session, _ = begin(make.demo("utama"), Device(), at=timezone.now())
    mine = SignInSession.objects.filter(pk=session.pk)
    assert two_at_once(lambda: mine.end("ended"), lambda: mine.end("keeper")) == (1, 0)
    assert mine.get().because == "ended"


def test_an_account_does_not_end_while_its_person_is_appointed_anew(committed_database):
    left = make.person("ppid_pelaksana", unit="dinkes", ends_on=timezone.localdate() - timedelta(days=1))
    new = Appointment(
        user=left,
        role=Role.objects.get(code="ppid_pelaksana"),
        unit=Unit.objects.get(code="dinkes"),
        starts_on=timezone.localdate(),
        order_number="800/9/2026",
    )
    utama = make.demo("utama")
    two_at_once(lambda: appointing.appoint(new, actor=utama), close_what_lapsed)
    left.refresh_from_db()
    assert left.is_active
