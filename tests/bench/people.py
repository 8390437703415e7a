"""The pages of units and people in an office of 100 units and 2,000 people: how many queries each asks."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ppid.organisation.models import Appointment, Role, Unit, User
from tests import make
from tests.bench.measure import Figure, seconds
from tests.bench.office import SMALL, inside
from tests.bench.pages import _get, _queries
from tests.desk.test_queries import SESSION

UNITS, PEOPLE, MOST = 100, 2_000, 12 + SESSION
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
    return found


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
