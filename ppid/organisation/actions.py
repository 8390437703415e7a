"""The acts on people: add, edit, give a password, confirm, close and reopen. PPID Utama or an Admin does them."""

import logging
import re
import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ppid.organisation.appointment_rules import ADMIN, CHIEF, FILLED_BY_THE_CHIEF
from ppid.organisation.first_password import require_in_time
from ppid.organisation.models import Appointment, AppointmentQuerySet, CityAccount, PersonChange, Role, User
from ppid.organisation.people_ledger import as_it_stands, mark_of
from ppid.organisation.puppets import waits_for_confirmation, who_may_not_confirm
from ppid.organisation.sessions import SignInSession, end_all
from ppid.web.refusals import ChangedMeanwhile, Forbidden, Refused

KEEPERS = (CHIEF, ADMIN)  # who keep people and units
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another when read aloud or copied by hand

NOT_A_KEEPER = "Orang dan penugasan hanya dapat diubah oleh PPID Utama atau Admin PPID yang penugasannya berlaku."
NOBODY_LEFT = "Sesudah itu tidak ada lagi PPID Utama yang bertugas. Beri penugasan PPID Utama kepada orang lain dahulu."

log = logging.getLogger(__name__)


class PeopleRefused(Refused):
    """The act was refused."""


class PeopleForbidden(Forbidden, PeopleRefused):
    """It is not this person's to do."""


class PersonChangedMeanwhile(ChangedMeanwhile, PeopleRefused):
    """Somebody else changed the person since this page was opened."""


def manages_people(user: User, *, on: date) -> bool:
    """Whether the person may keep people and units: PPID Utama, and the Admin whom PPID Utama appointed for it."""
    return Appointment.objects.of(user, on=on).filter(role__code__in=KEEPERS).exists()


def leads(user: User, *, on: date) -> bool:
    """Whether the person is PPID Utama on the day ``on``."""
    return Appointment.objects.of(user, on=on).filter(role__code=CHIEF).exists()


def new_passphrase() -> str:
    """Return a password that nobody can guess and everybody can copy: «k7mp-x3vh-…», about 79 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def squeezed(nip: str) -> str:
    """Return the NIP without the spaces, dots and dashes with which letters print it."""
    return re.sub(r"[\s.\-]", "", nip)


def one_act_at_a_time() -> None:
    """Hold the row of PPID Utama's role: whoever changes people waits here, and looks at them only afterwards.

    So two of them can't close each other's accounts or end each other's appointments at once. Rows that refer to the
    role can still be written meanwhile.
    """
    list(Role.objects.select_for_update(no_key=True).filter(code=CHIEF))


def require_keeper(actor: User, *, of: User | None = None) -> None:
    """Raise PeopleForbidden unless the actor keeps people, and the account ``of`` somebody is theirs to keep.

    An Admin doesn't touch the account of whoever leads, is led to, or is another Admin: else a new password for PPID
    Utama would make the Admin one.
    """
    today = timezone.localdate()
    if leads(actor, on=today):
        return
    if not manages_people(actor, on=today):
        raise PeopleForbidden(NOT_A_KEEPER)
    if of is not None and of.pk != actor.pk and still_held(of).filter(role__code__in=FILLED_BY_THE_CHIEF).exists():
        raise PeopleForbidden(
            f"Akun {of.name} hanya dapat diubah oleh PPID Utama, karena ia PPID Utama, Atasan PPID, atau Admin PPID."
        )


def still_held(person: User) -> AppointmentQuerySet:
    """Keep the person's appointments that hold or will hold, the account aside."""
    held = Appointment.objects.recorded().filter(user=person, closed_at__isnull=True)
    return held.exclude(ends_on__lt=timezone.localdate())


@transaction.atomic
def add_person(*, name: str, email: str, nip: str = "", actor: User, at: datetime | None = None) -> tuple[User, str]:
    """Add a person, and return them with their first password, which is kept nowhere.

    Raises PeopleRefused, and ValidationError for a field that doesn't fit.
    """
    one_act_at_a_time()
    require_keeper(actor)
    passphrase, at = new_passphrase(), at or timezone.now()
    person = User.objects.create_user(
        email,
        password=passphrase,
        name=name,
        nip=squeezed(nip),
        must_change_password=True,
        first_password_at=at,
    )
    write_change(person, PersonChange.Kind.ADDED, actor, at, before={})
    log.info("Account %s added account %s.", actor.pk, person.pk)
    return person, passphrase


@transaction.atomic
def edit_person(
    person: User,
    *,
    name: str,
    email: str,
    nip: str = "",
    actor: User,
    note: str = "",
    seen: str | None = None,
    at: datetime | None = None,
) -> User:
    """Write the person's name, NIP and e-mail address anew; what they did keeps the name that they had.

    ``seen`` is what stood there (``mark_of``) as the page was opened. Raises PeopleRefused, and ValidationError
    for a field that doesn't fit.
    """
    one_act_at_a_time()
    require_keeper(actor, of=person)
    editing = User.objects.get(pk=person.pk)
    before = as_it_stands(editing)
    if seen is not None and seen != mark_of(editing):
        raise PersonChangedMeanwhile(
            f"Data {editing.name} baru saja diubah orang lain. Periksa isian di bawah, lalu simpan lagi."
        )
    editing.name, editing.nip = " ".join(name.split()), squeezed(nip)
    editing.email = User.objects.normalize_email(email).lower()
    if as_it_stands(editing) == before:
        raise PeopleRefused("Tidak ada yang berubah.")
    editing.full_clean(exclude=["password"])
    write_change(editing, PersonChange.Kind.EDITED, actor, at, before=before, note=note)
    editing.save(update_fields=["name", "nip", "email"])
    log.info("Account %s edited account %s.", actor.pk, editing.pk)
    return editing


@transaction.atomic
def give_password(person: User, *, actor: User | None, at: datetime | None = None) -> tuple[User, str]:
    """Give a new first password, which ends all sessions of the account; return it once, it is kept nowhere.

    ``actor`` None is the operator at the terminal (``manage.py first_password``). Raises PeopleRefused.
    """
    one_act_at_a_time()
    if actor is not None:
        require_keeper(actor, of=person)
        if actor.pk == person.pk:
            raise PeopleRefused("Kata sandi Anda sendiri diganti di halaman «Kata sandi» pada menu akun Anda.")
    given = User.objects.get(pk=person.pk)
    if actor is not None and not given.is_active:
        raise PeopleRefused(f"Akun {given.name} tidak aktif. Aktifkan dahulu sebelum memberi kata sandi baru.")
    passphrase, at = new_passphrase(), at or timezone.now()
    write_change(given, PersonChange.Kind.PASSWORD, actor, at, note="Kata sandi sementara diberikan.")
    given.set_password(passphrase)
    given.must_change_password, given.first_password_at = True, at
    given.save(update_fields=["password", "must_change_password", "first_password_at"])
    end_all(given, SignInSession.Because.PASSWORD, at=at)
    log.info("%s gave account %s a new first password.", f"Account {actor.pk}" if actor else "The terminal", given.pk)
    return given, passphrase


@transaction.atomic
def keep_own_password(person: User, *, session: str = "", at: datetime | None = None) -> None:
    """Keep the password that the person chose and ``person`` holds: it is no first password any more.

    All their sessions end, but for the one of the token ``session``, in which they chose it. Raises FirstPasswordEnded.
    """
    standing = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    require_in_time(standing, at=at)
    if standing.must_change_password:
        write_change(standing, PersonChange.Kind.PASSWORD, standing, at, note="Kata sandi pertama diganti pemiliknya.")
    person.must_change_password, person.first_password_at = False, None
    person.save(update_fields=["password", "must_change_password", "first_password_at"])
    end_all(person, SignInSession.Because.PASSWORD, but=session, at=at)


@transaction.atomic
def confirm_person(person: User, *, actor: User, note: str = "", at: datetime | None = None) -> None:
    """Confirm, as the second keeper of people, that the account belongs to a real person. Raises PeopleRefused."""
    one_act_at_a_time()
    require_keeper(actor)
    if actor.pk == person.pk:
        raise PeopleForbidden("Akun Anda sendiri dikonfirmasi oleh pengelola lain.")
    confirmed = person.changes.filter(kind=PersonChange.Kind.CONFIRMED)
    if confirmed.exists() and not waits_for_confirmation(person):
        raise PeopleRefused(f"Akun {person.name} sudah dikonfirmasi.")
    if why := who_may_not_confirm(person).get(actor.pk):
        raise PeopleForbidden(
            f"Anda sendiri yang {why}, jadi akun {person.name} dikonfirmasi oleh PPID Utama atau Admin PPID yang lain."
        )
    if waits_for_confirmation(actor):
        raise PeopleForbidden("Akun Anda sendiri belum dikonfirmasi pengelola kedua, jadi belum dapat mengonfirmasi.")
    write_change(User.objects.get(pk=person.pk), PersonChange.Kind.CONFIRMED, actor, at, note=note)


def require_may_deactivate(person: User, actor: User) -> User:
    """Return the person as they stand now. Raises PeopleRefused unless the actor may close their account."""
    require_keeper(actor, of=person)
    if person.pk == actor.pk:
        raise PeopleRefused("Anda tidak dapat menonaktifkan akun Anda sendiri. Minta PPID Utama yang lain.")
    closing = User.objects.get(pk=person.pk)
    if not closing.is_active:
        raise PeopleRefused(f"Akun {closing.name} sudah tidak aktif.")
    return closing


@transaction.atomic
def deactivate(person: User, *, actor: User, note: str = "", at: datetime | None = None) -> None:
    """Close the account: the person can't sign in, and their appointments don't hold. Raises PeopleRefused."""
    one_act_at_a_time()
    closing = require_may_deactivate(person, actor)
    leading = closing.appointments.filter(role__code=CHIEF).exists()
    if leading and not somebody_leads(Appointment.objects.exclude(user=closing), after=timezone.localdate()):
        raise PeopleRefused(NOBODY_LEFT)
    before, closing.is_active = as_it_stands(closing), False
    write_change(closing, PersonChange.Kind.DEACTIVATED, actor, at, before=before, note=note)
    closing.save(update_fields=["is_active"])
    end_all(closing, SignInSession.Because.LEFT, at=at)
    log.info("Account %s deactivated account %s.", actor.pk, closing.pk)


@transaction.atomic
def reactivate(person: User, *, actor: User, note: str = "", at: datetime | None = None) -> None:
    """Open the account again. Raises PeopleRefused."""
    one_act_at_a_time()
    require_keeper(actor, of=person)
    opening = User.objects.get(pk=person.pk)
    if opening.is_active:
        raise PeopleRefused(f"Akun {opening.name} sudah aktif.")
    before, opening.is_active = as_it_stands(opening), True
    write_change(opening, PersonChange.Kind.REACTIVATED, actor, at, before=before, note=note)
    opening.save(update_fields=["is_active"])
    log.info("Account %s reactivated account %s.", actor.pk, opening.pk)


@transaction.atomic
def sign_out_everywhere(person: User, *, actor: User, note: str = "", at: datetime | None = None) -> int:
    """End all sessions of somebody, as when their telephone was lost; return how many. Raises PeopleRefused."""
    one_act_at_a_time()
    require_keeper(actor, of=person)
    if actor.pk == person.pk:
        raise PeopleRefused("Sesi Anda sendiri diakhiri di halaman «Sesi dan perangkat» pada menu akun Anda.")
    write_change(User.objects.get(pk=person.pk), PersonChange.Kind.SIGNED_OUT, actor, at, note=note)
    ended = end_all(person, SignInSession.Because.KEEPER, at=at)
    log.info("Account %s ended the sessions of account %s.", actor.pk, person.pk)
    return ended


@transaction.atomic
def unlink_city_account(person: User, *, actor: User, note: str = "", at: datetime | None = None) -> None:
    """Let go of the person's account at the city: the next one of their address is linked. Raises PeopleRefused."""
    one_act_at_a_time()
    require_keeper(actor, of=person)
    if actor.pk == person.pk:
        raise PeopleRefused("Akun kota Anda sendiri dilepas oleh pengelola lain.")
    if not CityAccount.objects.filter(person=person).delete()[0]:
        raise PeopleRefused(f"Akun {person.name} tidak terhubung dengan akun kota.")
    write_change(User.objects.get(pk=person.pk), PersonChange.Kind.UNLINKED, actor, at, note=note)
    log.info("Account %s unlinked the city's account of account %s.", actor.pk, person.pk)


def write_link(person: User, *, at: datetime) -> None:
    """Write into the person's ledger that the city's account lets them in from now on."""
    standing = User.objects.get(pk=person.pk)
    write_change(standing, PersonChange.Kind.LINKED, None, at, note="Saat masuk pertama kali dengan akun kota.")


def write_handover(person: User, *, actor: User, at: datetime, note: str) -> None:
    """Write into the person's ledger what was handed over to whom."""
    write_change(User.objects.get(pk=person.pk), PersonChange.Kind.HANDED_OVER, actor, at, note=note)


def somebody_leads(appointments: AppointmentQuerySet, *, after: date) -> bool:
    """Whether one of these is PPID Utama's on the day after."""
    return appointments.in_force(on=after + timedelta(days=1)).filter(role__code=CHIEF).exists()


def write_change(
    person: User,
    kind: PersonChange.Kind,
    actor: User | None,
    at: datetime | None,
    *,
    before: dict | None = None,
    note: str = "",
) -> None:
    """Write a row of the ledger before the person changes: the database lets them change only together with it."""
    stands = as_it_stands(person)
    PersonChange.objects.create(
        person=person,
        kind=kind,
        before=stands if before is None else before,
        after=stands,
        actor=actor,
        actor_name=actor.name if actor else "",
        at=at or timezone.now(),
        note=note,
    )
