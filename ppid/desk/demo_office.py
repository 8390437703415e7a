"""How the demo's office itself changes: who stands in, whose seat is empty, a unit that closed, a name that is to come.

Each is an act of the demo's people on a day before now, so the demo is in office whenever it is loaded.
"""

from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from ppid.flows.closing import close_unit
from ppid.organisation.actions import deactivate
from ppid.organisation.appointing import appoint, end_appointment
from ppid.organisation.models import Appointment, Role, Unit, User
from ppid.organisation.units import rename

_BEFORE_THE_STORIES = timedelta(days=155)
_TERM = relativedelta(months=3)  # of a Plt, once more by a second order
CLOSED_AGO = timedelta(days=35)


def appoint_stand_ins(now: datetime) -> None:
    """Appoint an Admin PPID, a Plt whose second term ends soon, and a Plh for the two weeks around now."""
    today = timezone.localdate(now)
    admin = Appointment(kind="definitive", starts_on=today - timedelta(days=150), order_number="800/091/SETDA/2026")
    _appoint("admin", "admin_ppid", "diskominfo", admin)
    first = today - _BEFORE_THE_STORIES
    second = first + _TERM
    for n, begins in enumerate([first, second], 1):
        plt = Appointment(
            kind="plt",
            starts_on=begins,
            ends_on=begins + _TERM - timedelta(days=1),
            order_number=f"800/{760 + n:04}/DINSOS/{begins.year}",
            reason="" if n == 1 else "Seleksi terbuka jabatan definitif belum selesai.",
        )
        _appoint("dinsos", "ppid_pelaksana", "dinsos", plt)
    plh = Appointment(
        kind="plh",
        starts_on=today - timedelta(days=5),
        ends_on=today + timedelta(days=8),
        order_number=f"800/1187/SETDA/{today.year}",
        reason="PPID Utama mengikuti pendidikan dan pelatihan di Jakarta.",
    )
    _appoint("wakil", "ppid_utama", "diskominfo", plh)


def leave_a_seat_empty(now: datetime) -> None:
    """Let the PPID Pelaksana of a unit leave for another city; nobody has followed yet."""
    leaver, at = _person("dinkes"), now - timedelta(days=20)
    held = leaver.appointments.get(role__code="ppid_pelaksana")
    end_appointment(held, last_day=timezone.localdate(at), actor=_person("utama"), at=at)
    note = "Pindah tugas ke Pemerintah Kota Singkawang; pekerjaannya menunggu pengganti."
    deactivate(leaver, actor=_person("admin"), note=note, at=at + timedelta(days=1))


def close_and_rename(now: datetime) -> None:
    """Close a unit that another one succeeds, and plan another's name from next year on."""
    at = now - CLOSED_AGO
    close_unit(
        Unit.objects.get(code="disnaker"),
        successor=Unit.objects.get(code="dpmptsp"),
        last_day=timezone.localdate(at),
        because="Peraturan Wali Kota Nomor 71 Tahun 2026 tentang Susunan Organisasi Perangkat Daerah",
        actor=_person("admin"),
        at=at,
    )
    rename(
        Unit.objects.get(code="bappeda"),
        name="Badan Perencanaan Pembangunan, Riset dan Inovasi Daerah Kota Pontianak",
        short_name="Bapperida",
        starts_on=date(timezone.localdate(now).year + 1, 1, 1),
        because="Peraturan Wali Kota Nomor 84 Tahun 2026",
        actor=_person("admin"),
        at=now - timedelta(days=3),
    )


def _appoint(key: str, role: str, unit: str, appointment: Appointment) -> None:
    appointment.user, appointment.role = _person(key), Role.objects.get(code=role)
    appointment.unit = Unit.objects.get(code=unit)
    morning = timezone.make_aware(datetime.combine(appointment.starts_on, time(8)))
    appoint(appointment, actor=_person("utama"), at=min(morning, timezone.now()))


def _person(key: str) -> User:
    return User.objects.get(email=f"{key}@demo.example")
