"""Who appointed whom, when, by which order: written once, changed only together with a row of the ledger."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from ppid.organisation import appointing
from ppid.organisation.actions import PeopleRefused
from ppid.organisation.models import Appointment, AppointmentChange, Role, Unit
from tests import make

pytestmark = pytest.mark.django_db


def typed(person, **fields) -> Appointment:
    """Return an appointment as the form makes it."""
    return Appointment(
        user=person,
        **{
            "role": Role.objects.get(code="operator"),
            "unit": Unit.objects.get(code="diskominfo"),
            "starts_on": timezone.localdate(),
            "order_number": "800/9/2026",
            **fields,
        },
    )


def stored(appointment) -> Appointment:
    return Appointment.objects.get(pk=appointment.pk)


def test_an_appointment_says_who_recorded_it_when_and_by_which_order():
    at = timezone.now() - timedelta(hours=3)
    kept = stored(appointing.appoint(typed(make.person()), actor=make.demo("utama"), at=at))
    assert (kept.appointed_by, kept.recorded_at, kept.order_number) == (make.demo("utama"), at, "800/9/2026")


def test_the_terminal_s_appointment_names_nobody(monkeypatch):
    monkeypatch.setenv("APPOINT_PASSWORD", "jembatan-kapuas-satu")
    call_command(
        "appoint", "kepala@pontianak.go.id", "--name", "Dr. Kepala", "--order", "800/1/2026", "--role", "operator"
    )
    assert Appointment.objects.get(user__email="kepala@pontianak.go.id").appointed_by is None


def test_ending_leaves_a_row_that_says_who_from_when_to_when():
    today = timezone.localdate()
    until = today + timedelta(days=60)
    kept = appointing.appoint(typed(make.person(), kind="plt", ends_on=until), actor=make.demo("utama"))
    for last_day in (today + timedelta(days=9), today + timedelta(days=2)):
        appointing.end_appointment(kept, last_day=last_day, actor=make.demo("wakil"))
    rows = kept.changes.values_list("kind", "ends_on_before", "ends_on", "actor__email")
    assert list(rows) == [
        ("end", until, today + timedelta(days=9), "wakil@demo.example"),
        ("end", today + timedelta(days=9), today + timedelta(days=2), "wakil@demo.example"),
    ]
    assert stored(kept).ends_on == today + timedelta(days=2)
    with pytest.raises(PeopleRefused, match="sudah berakhir pada tanggal itu"):
        appointing.end_appointment(kept, last_day=today + timedelta(days=2), actor=make.demo("wakil"))


@pytest.mark.parametrize(
    "fields",
    [
        {"role": "atasan_ppid"},
        {"unit": "dinkes"},
        {"user": "bidang"},
        {"kind": "plh"},
        {"starts_on": date(2020, 1, 1)},
        {"order_number": "lain"},
        {"appointed_by": "bidang"},
        {"recorded_at": datetime(2026, 1, 5, 8, tzinfo=UTC)},
        {"ends_on": date(2040, 1, 1)},
        {"ends_on": None},
    ],
    ids=str,
)
def test_what_was_recorded_stays(fields):
    end = timezone.localdate() + timedelta(days=9)
    kept = appointing.appoint(typed(make.person(), ends_on=end), actor=make.demo("utama"))
    known = {"role": lambda code: Role.objects.get(code=code), "unit": make.unit}
    known |= {"user": make.demo, "appointed_by": make.demo}
    written = {name: known.get(name, lambda value: value)(value) for name, value in fields.items()}
    with pytest.raises(DatabaseError), transaction.atomic():
        Appointment.objects.filter(pk=kept.pk).update(**written)


@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET unit_id = unit_id + 1"])
def test_no_appointment_is_deleted_emptied_or_moved(statement):
    _refuses(statement, "organisation_appointment")


@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {}", "UPDATE {} SET actor_id = NULL"])
def test_the_history_of_appointments_is_kept(statement):
    kept = appointing.appoint(typed(make.person()), actor=make.demo("utama"))
    appointing.end_appointment(kept, last_day=timezone.localdate(), actor=make.demo("utama"))
    make.at_the_end()
    _refuses(statement, "organisation_appointmentchange")


def _refuses(statement, table):
    with (
        pytest.raises(DatabaseError, match=f"Cannot|Changes|^{table} is kept, never emptied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def change(appointment, **fields) -> AppointmentChange:
    row = {"kind": "end", "ends_on_before": appointment.ends_on, "actor": make.demo("utama"), "at": timezone.now()}
    return AppointmentChange.objects.create(appointment=appointment, **row | fields)


def test_a_row_starts_where_its_appointment_stands_and_moves_it():
    today = timezone.localdate()
    kept = stored(appointing.appoint(typed(make.person()), actor=make.demo("utama")))
    with pytest.raises(DatabaseError, match="starts where its appointment stands"), transaction.atomic():
        change(kept, ends_on_before=today + timedelta(days=3), ends_on=today)

    def change_only():
        change(kept, ends_on=today)
        make.at_the_end()

    def change_to_another_day():
        change(kept, ends_on=today)
        Appointment.objects.filter(pk=kept.pk).update(ends_on=today + timedelta(days=1))

    with pytest.raises(DatabaseError, match="without its change"), transaction.atomic():
        change_only()
    with pytest.raises(DatabaseError, match="with its ledger row only"), transaction.atomic():
        change_to_another_day()
    with pytest.raises(DatabaseError, match="an_end_is_earlier"), transaction.atomic():
        change(kept, ends_on=None)
    assert stored(kept).ends_on is None


def test_the_person_s_page_says_who_recorded_and_who_ended(client):
    person = make.person()
    kept = appointing.appoint(typed(person), actor=make.demo("utama"))
    appointing.end_appointment(kept, last_day=timezone.localdate(), actor=make.demo("wakil"))
    make.appoint(person, "atasan_ppid", unit="setda")
    client.force_login(make.demo("utama"))
    # Names are those of the day; and only what the domain records has one.
    make.change(make.demo("wakil"), name="Nama Lain")
    page = " ".join(client.get(f"/meja/orang/{person.pk}/").content.decode().split())
    assert "Dicatat oleh drs. H. Uray Ahmad, M.Si." in page
    assert "Diakhiri oleh Dewi Kartika, S.Kom., M.T." in page
    assert "Dicatat lewat terminal server" in page
