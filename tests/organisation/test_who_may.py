"""Every act on people × who may do it, written out by hand and asked at the domain, not at the page."""

import inspect
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from ppid.organisation import actions
from ppid.organisation.actions import PeopleForbidden
from ppid.organisation.models import Appointment, Role, Unit, User
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
    "Atasan PPID": ("atasan_ppid", None, None),
    "Bidang": ("bidang_layanan", None, None),
    "Operator": ("operator", None, None),
    "keeper": ("sop_keeper", None, None),
}

ACTS = {
    "add_person": lambda other, who: actions.add_person(name="Siti", email="siti@example.test", actor=who),
    "appoint": lambda other, who: actions.appoint(order(other), actor=who),
    "end_appointment": lambda other, who: actions.end_appointment(
        other.appointments.get(), last_day=timezone.localdate(), actor=who
    ),
    "deactivate": lambda other, who: actions.deactivate(other, actor=who),
    "reactivate": lambda other, who: actions.reactivate(other, actor=who),
}


def order(person) -> Appointment:
    role, unit = Role.objects.get(code="operator"), Unit.objects.get(code="diskominfo")
    return Appointment(user=person, role=role, unit=unit, starts_on=timezone.localdate(), order_number="800/1/2026")


def person(who: str) -> User:
    today, someone = timezone.localdate(), make.person()
    if PEOPLE[who]:
        role, first, last = PEOPLE[who]
        when = {"starts_on": today + timedelta(days=-365 if first is None else first)}
        make.appoint(someone, role, ends_on=None if last is None else today + timedelta(days=last), **when)
    if who.endswith("closed"):
        User.objects.filter(pk=someone.pk).update(is_active=False)
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
    other = make.person("ppid_pelaksana")
    assert {who for who in PEOPLE if not is_forbidden(ACTS[name], other, person(who))} == {"chief", "chief until today"}


def test_no_act_is_left_out():
    acts = {
        name
        for name, function in inspect.getmembers(actions, inspect.isfunction)
        if function.__module__ == actions.__name__ and not name.startswith("_")
        if "actor" in inspect.signature(function).parameters
    }
    assert acts == set(ACTS)
