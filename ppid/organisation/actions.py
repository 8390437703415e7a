"""The acts on people: add one, appoint, end an appointment, close and reopen an account. PPID Utama does them."""

import logging
import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ppid.organisation.models import Appointment, AppointmentChange, Role, User
from ppid.web.refusals import Forbidden, Refused

CHIEF, ADMIN = "ppid_utama", "admin_ppid"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another when read aloud or copied by hand

log = logging.getLogger(__name__)


class PeopleRefused(Refused):
    """The act was refused."""


class PeopleForbidden(Forbidden, PeopleRefused):
    """It is not this person's to do."""


def manages_people(user: User, *, on: date) -> bool:
    """Whether the person may keep people and units: PPID Utama, and the Admin whom PPID Utama appointed for it."""
    return Appointment.objects.in_force(on=on).filter(user=user, role__code__in=[CHIEF, ADMIN]).exists()


def leads(user: User, *, on: date) -> bool:
    """Whether the person is PPID Utama on the day ``on``."""
    return Appointment.objects.in_force(on=on).filter(user=user, role__code=CHIEF).exists()


def new_passphrase() -> str:
    """Return a password that nobody can guess and everybody can copy: «k7mp-x3vh-…», about 79 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def one_act_at_a_time() -> None:
    """Hold the row of PPID Utama's role: whoever changes people waits here, and looks at them only afterwards.

    So two of them can't close each other's accounts or end each other's appointments at once. Rows that refer to the
    role can still be written meanwhile.
    """
    list(Role.objects.select_for_update(no_key=True).filter(code=CHIEF))


@transaction.atomic
def add_person(*, name: str, email: str, nip: str = "", actor: User) -> tuple[User, str]:
    """Add a person, and return them with their first password, which is kept nowhere.

    Raises PeopleRefused, and ValidationError for a field that doesn't fit.
    """
    one_act_at_a_time()
    _require_chief(actor)
    passphrase = new_passphrase()
    person = User.objects.create_user(email, password=passphrase, name=name, nip=nip, must_change_password=True)
    log.info("%s added %s.", actor.email, person.email)
    return person, passphrase


@transaction.atomic
def appoint(appointment: Appointment, *, actor: User | None, at: datetime | None = None) -> Appointment:
    """Appoint a person. ``actor`` None is the operator at the terminal (``manage.py appoint``).

    Raises PeopleRefused, and ValidationError for a field that doesn't fit.
    """
    one_act_at_a_time()
    if actor is not None:
        _require_chief(actor)
    person = User.objects.get(pk=appointment.user_id)
    if not person.is_active:
        raise PeopleRefused(f"Akun {person.name} tidak aktif. Aktifkan dahulu sebelum memberi penugasan.")
    appointment.appointed_by, appointment.recorded_at = actor, at or timezone.now()
    appointment.appointed_by_name = actor.name if actor else ""
    appointment.full_clean()
    appointment.save(force_insert=True)
    log.info("%s appointed %s: %s.", actor.email if actor else "The terminal", person.email, appointment)
    return appointment


@transaction.atomic
def end_appointment(
    appointment: Appointment, *, last_day: date, actor: User, at: datetime | None = None
) -> Appointment:
    """Let the appointment hold up to and including ``last_day``. Raises PeopleRefused."""
    at = at or timezone.now()
    one_act_at_a_time()
    _require_chief(actor)
    ending = Appointment.objects.select_related("role", "unit", "user").get(pk=appointment.pk)
    if ending.ends_on and last_day > ending.ends_on:
        raise PeopleRefused(
            "Penugasan ini berakhir lebih awal dari tanggal itu. Perpanjangan memerlukan surat dan penugasan baru.",
            fields=["ends_on"],
        )
    if last_day < max(timezone.localdate(at), ending.starts_on):
        raise PeopleRefused(
            "Hari terakhir paling awal hari ini, atau hari pertama penugasan bila belum mulai.", fields=["ends_on"]
        )
    if last_day == ending.ends_on:
        raise PeopleRefused("Penugasan ini sudah berakhir pada tanggal itu.", fields=["ends_on"])
    others = Appointment.objects.exclude(pk=ending.pk)
    if ending.role.code == CHIEF and not _somebody_leads(others, after=last_day):
        raise PeopleRefused(_NOBODY_LEFT, fields=["ends_on"])
    # The ledger's row first: the database lets the last day change only together with it.
    AppointmentChange.objects.create(
        appointment=ending,
        kind=AppointmentChange.Kind.END,
        ends_on_before=ending.ends_on,
        ends_on=last_day,
        actor=actor,
        actor_name=actor.name,
        at=at,
    )
    ending.ends_on = last_day
    ending.save(update_fields=["ends_on"])
    log.info("%s ended %s of %s on %s.", actor.email, ending, ending.user.email, last_day)
    return ending


@transaction.atomic
def deactivate(person: User, *, actor: User) -> None:
    """Close the account: the person can't sign in, and their appointments don't hold. Raises PeopleRefused."""
    one_act_at_a_time()
    _require_chief(actor)
    if person.pk == actor.pk:
        raise PeopleRefused("Anda tidak dapat menonaktifkan akun Anda sendiri. Minta PPID Utama yang lain.")
    leads = person.appointments.filter(role__code=CHIEF).exists()
    if leads and not _somebody_leads(Appointment.objects.exclude(user=person), after=timezone.localdate()):
        raise PeopleRefused(_NOBODY_LEFT)
    User.objects.filter(pk=person.pk).update(is_active=False)
    log.info("%s deactivated %s.", actor.email, person.email)


@transaction.atomic
def reactivate(person: User, *, actor: User) -> None:
    """Open the account again. Raises PeopleRefused."""
    one_act_at_a_time()
    _require_chief(actor)
    User.objects.filter(pk=person.pk).update(is_active=True)
    log.info("%s reactivated %s.", actor.email, person.email)


_NOBODY_LEFT = (
    "Sesudah itu tidak ada lagi PPID Utama yang bertugas. Beri penugasan PPID Utama kepada orang lain dahulu."
)


def _require_chief(actor: User) -> None:
    if not manages_people(actor, on=timezone.localdate()):
        raise PeopleForbidden("Orang dan penugasan hanya dapat diubah oleh PPID Utama yang penugasannya berlaku.")


def _somebody_leads(appointments, *, after: date) -> bool:
    return appointments.in_force(on=after + timedelta(days=1)).filter(role__code=CHIEF).exists()
