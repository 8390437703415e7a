"""Every act on people × who may do it, written out by hand and asked at the domain, not at the page."""

import inspect
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from ppid.flows.knowing import held_by
from ppid.flows.models import Case
from ppid.flows.opening import units_acted_for
from ppid.organisation import actions, appointing, handing_over, scan_keeping
from ppid.organisation.actions import PeopleForbidden
from ppid.organisation.models import Appointment, CityAccount, Role, Unit, User
from ppid.organisation.scan_keeping import add_scan
from tests import make

pytestmark = pytest.mark.django_db

# Role, unit, first and last day counted from today; None is long ago, and open.
PEOPLE = {
    "nobody": None,
    "chief": ("ppid_utama", None, None),
    "chief until today": ("ppid_utama", -90, 0),
    "chief until yesterday": ("ppid_utama", -90, -1),
    "chief from tomorrow": ("ppid_utama", 1, None),
    "chief whose account is closed": ("ppid_utama", None, None),
    "chief with a first password": ("ppid_utama", None, None),
    "Admin PPID": ("admin_ppid", None, None),
    "Admin PPID until yesterday": ("admin_ppid", -90, -1),
    "Admin PPID with a first password": ("admin_ppid", None, None),
    "Atasan PPID": ("atasan_ppid", None, None),
    "Bidang": ("bidang_layanan", None, None),
    "Operator": ("operator", None, None),
    "keeper": ("sop_keeper", None, None),
}

# Each act on somebody else who holds nothing that only PPID Utama fills; ``annul`` and the like on their appointment.
ACTS = {
    "add_person": lambda other, who: actions.add_person(name="Siti", email="siti@example.test", actor=who),
    "edit_person": lambda other, who: actions.edit_person(other, name="Siti", email="siti@example.test", actor=who),
    "give_password": lambda other, who: actions.give_password(other, actor=who),
    "confirm_person": lambda other, who: actions.confirm_person(other, actor=who),
    "appoint": lambda other, who: appointing.appoint(order(other), actor=who),
    "replace": lambda other, who: appointing.replace(
        other.appointments.get(), order(make.person(), role="ppid_pelaksana", unit="dinkes"), actor=who
    ),
    "end_appointment": lambda other, who: appointing.end_appointment(
        other.appointments.get(), last_day=timezone.localdate(), actor=who
    ),
    "stop": lambda other, who: appointing.stop(other.appointments.get(), actor=who),
    "cancel": lambda other, who: appointing.cancel(to_come(other), actor=who),
    "annul": lambda other, who: appointing.annul(other.appointments.get(), because="Salah orang.", actor=who),
    "add_scan": lambda other, who: add_scan(other.appointments.get(), make.pdf(), actor=who),
    "sign_out_everywhere": lambda other, who: actions.sign_out_everywhere(other, actor=who),
    "unlink_city_account": lambda other, who: actions.unlink_city_account(linked(other), actor=who),
    "deactivate": lambda other, who: actions.deactivate(other, actor=who),
    "close_and_hand_over": lambda other, who: handing_over.close_and_hand_over(
        other,
        [handing_over.Handover(other.appointments.get(), order(make.person(), role="ppid_pelaksana", unit="dinkes"))],
        actor=who,
    ),
    "reactivate": lambda other, who: actions.reactivate(make.change(other, is_active=False), actor=who),
}
# Parts of other acts.
INSIDE = {"write_change", "write_handover", "require_may_change", "require_may_deactivate", "record_with_scan"}


def to_come(person) -> Appointment:
    return make.appoint(person, "opd", unit="dinkes", starts_on=timezone.localdate() + timedelta(days=1))


def order(person, *, role="operator", unit="diskominfo") -> Appointment:
    role, unit = Role.objects.get(code=role), Unit.objects.get(code=unit)
    return Appointment(user=person, role=role, unit=unit, starts_on=timezone.localdate(), order_number="800/1/2026")


def person(who: str) -> User:
    today, someone = timezone.localdate(), make.person()
    if PEOPLE[who]:
        role, first, last = PEOPLE[who]
        when = {"starts_on": today + timedelta(days=-365 if first is None else first)}
        make.appoint(someone, role, ends_on=None if last is None else today + timedelta(days=last), **when)
    if who.endswith("closed"):
        make.change(someone, is_active=False)
    if who.endswith("first password"):
        make.first_password(someone)
    return someone


def linked(someone):
    CityAccount.objects.create(person=someone, issuer="https://akun.test", subject="s-1", linked_at=timezone.now())
    return someone


class Undone(Exception):
    """What was done is taken back, so that the next person finds people as they were."""


def is_forbidden(act, *args) -> bool:
    try:
        with transaction.atomic():
            act(*args)
            raise Undone
    except PeopleForbidden:
        return True
    except Undone:
        return False


@pytest.mark.parametrize("name", ACTS)
def test_who_may(name):
    other = make.person("ppid_pelaksana", unit="dinkes")
    keepers = {"chief", "chief until today", "Admin PPID"}
    assert {who for who in PEOPLE if not is_forbidden(ACTS[name], other, person(who))} == keepers


def test_no_act_is_left_out():
    acts = {
        name
        for module in (actions, appointing, handing_over, scan_keeping)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
        if "actor" in inspect.signature(function).parameters
        if name != "require_keeper"
    }
    assert acts - INSIDE == set(ACTS)


@pytest.mark.parametrize("role", ["ppid_utama", "atasan_ppid", "admin_ppid"])
@pytest.mark.parametrize("act", [actions.give_password, actions.deactivate, actions.reactivate, actions.edit_person])
def test_an_admin_touches_no_account_of_those_whom_ppid_utama_appoints(act, role):
    words = {"name": "Lain", "email": "lain@example.test"} if act is actions.edit_person else {}
    with pytest.raises(PeopleForbidden, match="hanya dapat diubah oleh PPID Utama"):
        act(make.person(role), actor=make.person("admin_ppid"), **words)


@pytest.mark.parametrize("role", ["ppid_utama", "atasan_ppid", "admin_ppid"])
def test_an_admin_fills_none_of_these_roles(role):
    new = order(make.person(), role=role)
    new.kind, new.ends_on, new.reason = "plh", timezone.localdate(), "Cuti."
    with pytest.raises(PeopleForbidden, match="hanya dapat dicatat oleh PPID Utama"):
        appointing.appoint(new, actor=make.person("admin_ppid"))
    new.appointed_by = make.person("admin_ppid")
    with pytest.raises(DatabaseError, match="nobody but PPID Utama appoints"), transaction.atomic():
        new.save()
    assert appointing.appoint(new, actor=make.demo("utama"))


def test_an_admin_appoints_themselves_to_nothing():
    admin = make.person("admin_ppid")
    with pytest.raises(PeopleForbidden, match="tidak memberi penugasan kepada dirinya sendiri"):
        appointing.appoint(order(admin), actor=admin)
    mine = order(admin)
    mine.appointed_by = admin
    with pytest.raises(DatabaseError, match="nobody but PPID Utama appoints"), transaction.atomic():
        mine.save()


@pytest.mark.parametrize("role", ["ppid_utama", "atasan_ppid"])
def test_an_admin_ends_neither_who_leads_nor_who_is_led_to(role):
    held = make.person(role).appointments.get()
    admin, today = make.person("admin_ppid"), timezone.localdate()
    for act in (
        lambda: appointing.end_appointment(held, last_day=today, actor=admin),
        lambda: appointing.stop(held, actor=admin),
        lambda: appointing.annul(held, because="Keliru.", actor=admin),
    ):
        with pytest.raises(PeopleForbidden, match="hanya dapat diubah oleh PPID Utama"):
            act()


def test_the_last_admin_leaves_while_ppid_utama_is_in_office():
    admin = make.person("admin_ppid")
    appointing.stop(admin.appointments.get(), actor=admin)
    assert not actions.manages_people(admin, on=timezone.localdate())


def test_an_admin_sees_no_case_and_opens_none():
    case = make.publication(unit="diskominfo")
    admin, today = make.person("admin_ppid", unit="diskominfo"), timezone.localdate()
    assert not Case.objects.visible_with(held_by(admin, on=today), on=today).exists()
    assert not units_acted_for(admin, on=today).exists()
    assert not Unit.objects.visible_to(admin, on=today).exists()
    assert not make.again(case).held_by(admin, on=today)
