"""The pages of units and people in an office of 100 units and 2,000 people, and a unit with 5,000 items that closes."""

import time
from datetime import timedelta

import pgtrigger
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ppid.flows.closing import close_unit
from ppid.flows.models import Case
from ppid.information.models import Information
from ppid.organisation.models import Appointment, Role, Unit, User
from ppid.shelf.models import PublishedItem
from tests import make
from tests.bench.measure import Figure, seconds
from tests.bench.office import LARGE, SMALL, inside
from tests.bench.pages import _get, _queries

UNITS, PEOPLE, MOST = 100, 2_000, 12
ITEMS, WAITED = 5_000, 60  # seconds in which a page has to answer
PAGES = {
    "units": ("desk:units", []),
    "one unit": ("desk:unit", ["unit-50"]),
    "people": ("desk:people", []),
    "one person": ("desk:person", ["person"]),
    "appointments": ("desk:appointments", []),
    "the inbox": ("desk:inbox", []),
}


def figures(databases) -> list[Figure]:
    inside(databases[SMALL])
    last = fill()
    client = Client()
    client.force_login(make.demo("utama"))
    found = []
    for name, (view, arguments) in PAGES.items():
        address = reverse(view, args=[last.pk if each == "person" else each for each in arguments])
        found.append(
            Figure(f"{name}, of {UNITS} units and {PEOPLE:,} people: queries", _queries(client, address), "", MOST)
        )
        taken = seconds(lambda address=address: _get(client, address), times=5, warm=1)
        found.append(Figure(f"  {name}", taken * 1000, "ms"))
    inside(databases[LARGE])
    try:
        return [*found, *closing()]
    finally:
        inside(databases[SMALL])


@transaction.atomic
def closing() -> list[Figure]:
    """Close a unit with 5,000 items, each on the shelf and in a running case. Nothing of it stays."""
    unit, utama = make.unit("satpolpp"), make.demo("utama")
    numbers = [f"B-{n:06}" for n in range(1, ITEMS + 1)]
    with pgtrigger.ignore(
        "flows.Case:passes_with_its_ledger",
        "flows.Case:passes_at_the_moment_of_its_line",
        "information.Information:passes_with_its_ledger",
    ):
        moved = Case.objects.filter(number__in=numbers).update(unit=unit)
        Information.objects.filter(number__in=numbers).update(unit=unit)
        PublishedItem.objects.filter(number__in=numbers).update(unit_code=unit.code)
    start, today = time.perf_counter(), timezone.localdate()
    with CaptureQueriesContext(connection) as asked:
        close_unit(unit, successor=make.unit("dinkes"), last_day=today, because="Perwa 71/2026", actor=utama)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the commit
    taken = time.perf_counter() - start
    transaction.set_rollback(True)
    return [
        Figure(f"closing a unit with {moved:,} items", taken, "s", WAITED),
        Figure("  closing it: queries", len(asked), ""),
    ]


def fill() -> User:
    """Add the units and the people, each appointed at one of them; return the last."""
    had = Unit.objects.count()
    units = [
        Unit.objects.create(code=f"unit-{n}", name=f"Dinas Contoh {n}", short_name=f"Contoh {n}")
        for n in range(had, UNITS)
    ]
    role, began = Role.objects.get(code="opd"), timezone.localdate() - timedelta(days=100)
    ends = timezone.localdate() + timedelta(days=20)  # half of them with the year, as in each December
    people = User.objects.bulk_create(
        User(email=f"pegawai{n}@example.test", name=f"Pegawai Contoh {n:04}", password="!")
        for n in range(User.objects.count(), PEOPLE)
    )
    Appointment.objects.bulk_create(
        Appointment(
            user=person,
            role=role,
            unit=units[n % len(units)],
            starts_on=began,
            ends_on=ends if n % 2 else None,
            order_number=f"800/{n}/2026",
        )
        for n, person in enumerate(people)
    )
    return people[-1]
