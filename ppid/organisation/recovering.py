"""The acts of recovering a second factor: begin, confirm, cancel; and the terminal's, where a keeper is alone.

An Admin may take part in PPID Utama's recovery too: it takes a second factor away and gives no password, so it makes
nobody anybody else. Who is told of it: ``ppid.notices.recovering``.
"""

import logging
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from ppid.organisation.actions import PeopleForbidden, PeopleRefused, one_act_at_a_time, require_keeper, write_change
from ppid.organisation.factor_recovery import RECOVERY_WITHIN, FactorRecovery
from ppid.organisation.models import CityAccount, PersonChange, User
from ppid.organisation.puppets import hands, waits_for_confirmation
from ppid.organisation.second_factor import has_second_factor
from ppid.organisation.sessions import SignInSession, end_all
from ppid.web.moments import in_words

_Kind = PersonChange.Kind
_End = FactorRecovery.End

log = logging.getLogger(__name__)


def open_recovery(person: User, *, at: datetime) -> FactorRecovery | None:
    """Return the recovery that waits for a second keeper."""
    found = FactorRecovery.objects.filter(person=person, end="").first()
    return found if found and found.is_open(at=at) else None


def as_keepers_see_it(people: QuerySet[User], *, at: datetime) -> QuerySet[User]:
    """Say of each how they get in: ``has_factor``, ``has_city_account``, and by whom a recovery was ``begun_by``."""
    waiting = FactorRecovery.objects.filter(person=OuterRef("pk"), end="", asked_at__gte=at - RECOVERY_WITHIN)
    rows = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    linked = CityAccount.objects.filter(person=OuterRef("pk"))
    return people.annotate(
        has_factor=Exists(rows),
        begun_by=Subquery(waiting.values("asked_by_name")[:1]),
        has_city_account=Exists(linked),
    )


@transaction.atomic
def begin(person: User, *, why: str, actor: User, at: datetime | None = None) -> FactorRecovery:
    """Begin, as the first keeper, and say how one made sure who it is. Raises PeopleRefused."""
    at = at or timezone.now()
    one_act_at_a_time()
    _require_other_keeper(person, actor)
    standing = _active(person)
    _let_lapse(standing, at)
    if FactorRecovery.objects.filter(person=standing, end="").exists():
        raise PeopleRefused(f"Pemulihan untuk {standing.name} sudah dimulai. Pengelola lain tinggal mengonfirmasinya.")
    if not has_second_factor(standing):
        raise PeopleRefused(f"{standing.name} tidak punya langkah kedua, jadi tidak ada yang dipulihkan.")
    recovery = FactorRecovery.objects.create(
        person=standing, why=why.strip(), asked_by=actor, asked_by_name=actor.name, asked_at=at
    )
    write_change(standing, _Kind.RESCUE_ASKED, actor, at, note=why.strip())
    return recovery


@transaction.atomic
def confirm(recovery: FactorRecovery, *, actor: User, at: datetime | None = None) -> FactorRecovery:
    """Confirm, as the second keeper: the second factor is taken away, to be set up anew. Raises PeopleRefused."""
    at = at or timezone.now()
    one_act_at_a_time()
    open_now = _standing(recovery, at)
    _require_other_keeper(open_now.person, actor)
    if open_now.asked_by_id == actor.pk:
        raise PeopleForbidden("Anda yang memulai pemulihan ini, jadi pengelola lain yang mengonfirmasinya.")
    # Who depends on the first keeper alone waits for a confirmation, and takes no part.
    if any(each.pk == open_now.asked_by_id for each in hands().get(actor.pk, ())):
        raise PeopleForbidden(
            f"Akun Anda dan akun {open_now.asked_by_name} bergantung pada satu orang yang sama, jadi pengelola lain "
            "yang mengonfirmasinya."
        )
    _end(open_now, _End.DONE, actor, at)
    write_change(open_now.person, _Kind.RESCUED, actor, at, note=f"Bersama {open_now.asked_by_name}.")
    _take_away(open_now.person)
    both = (open_now.asked_by_id, actor.pk)
    log.info("Accounts %s and %s took the second factor of account %s away.", *both, open_now.person_id)
    return open_now


@transaction.atomic
def cancel(recovery: FactorRecovery, *, actor: User, at: datetime | None = None) -> FactorRecovery:
    """Stop a recovery that nobody confirmed yet: any keeper may, and the person themselves. Raises PeopleRefused."""
    at = at or timezone.now()
    one_act_at_a_time()
    open_now = _standing(recovery, at)
    if actor.pk != open_now.person_id:
        require_keeper(actor)
    _end(open_now, _End.CANCELLED, actor, at)
    write_change(open_now.person, _Kind.RESCUE_ENDED, actor, at, note="Dibatalkan.")
    return open_now


@transaction.atomic
def take_away_at_the_terminal(person: User, *, at: datetime | None = None) -> int:
    """Take the second factor away where one keeper is alone or none can sign in; return how many rows went."""
    at = at or timezone.now()
    one_act_at_a_time()
    standing = User.objects.get(pk=person.pk)
    if not has_second_factor(standing):
        raise PeopleRefused(f"{standing.name} tidak punya langkah kedua.")
    open_now = FactorRecovery.objects.filter(person=standing, end="").first()
    if open_now:
        _end(open_now, _End.LAPSED, None, at)
    write_change(standing, _Kind.RESCUED, None, at, note="Oleh petugas TI di terminal server.")
    log.info("The terminal took the second factor of account %s away.", standing.pk)
    return _take_away(standing)


def _require_other_keeper(person: User, actor: User) -> None:
    require_keeper(actor)
    if actor.pk == person.pk:
        raise PeopleForbidden("Langkah kedua Anda sendiri dipulihkan oleh dua pengelola lain.")
    if waits_for_confirmation(actor):
        raise PeopleForbidden("Akun Anda sendiri belum dikonfirmasi pengelola kedua, jadi belum dapat ikut memulihkan.")


def _active(person: User) -> User:
    standing = User.objects.get(pk=person.pk)
    if not standing.is_active:
        raise PeopleRefused(f"Akun {standing.name} tidak aktif. Aktifkan dahulu sebelum memulihkan langkah keduanya.")
    return standing


def _standing(recovery: FactorRecovery, at: datetime) -> FactorRecovery:
    """Return the recovery as it stands behind the lock. Raises PeopleRefused where it waits no more."""
    found = FactorRecovery.objects.select_related("person", "asked_by").get(pk=recovery.pk)
    if found.end:
        raise PeopleRefused("Pemulihan ini sudah berakhir.")
    if not found.is_open(at=at):
        until = in_words(found.until)
        raise PeopleRefused(f"Pemulihan ini lewat waktunya ({until}). Mulai lagi bila masih perlu.")
    return found


def _let_lapse(person: User, at: datetime) -> None:
    for old in FactorRecovery.objects.filter(person=person, end=""):
        if not old.is_open(at=at):
            _end(old, _End.LAPSED, None, at)
            write_change(person, _Kind.RESCUE_ENDED, None, at, note="Lewat waktunya.")


def _end(recovery: FactorRecovery, end: str, actor: User | None, at: datetime) -> None:
    recovery.end, recovery.ended_at = end, at
    recovery.ended_by, recovery.ended_by_name = actor, actor.name if actor else ""
    recovery.save(update_fields=["end", "ended_at", "ended_by", "ended_by_name"])


def _take_away(person: User) -> int:
    """Take all of it away; whoever has the lost device is out of every session."""
    end_all(person, SignInSession.Because.KEEPER)
    return Authenticator.objects.filter(user=person).delete()[0]
