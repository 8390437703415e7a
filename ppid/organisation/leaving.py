"""An account ends when its last appointment ends, and opens again with the next one.

Whoever has an appointment in force or to come may sign in, and so may who has never had one: they were added today and
choose their first password. Whoever had one and has none left may not, from the day after its last day, or at once
where it was stopped, cancelled or annulled. That is asked at each sign-in and at each request; ``manage.py daily``
writes it into the account, with a row in the ledger of people.
"""

import logging
from datetime import date, datetime

from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils import timezone

from ppid.organisation.actions import one_act_at_a_time, write_change
from ppid.organisation.models import Appointment, PersonChange, User
from ppid.organisation.people_ledger import as_it_stands
from ppid.organisation.second_factor import needs_and_has
from ppid.organisation.sessions import SignInSession, digest_of, end_all
from ppid.web.fixed_queries import FixedQuery
from ppid.web.refusals import Refused

LAPSED = PersonChange.Kind.LAPSED
_NOTE = "Penugasan terakhirnya berakhir."

log = logging.getLogger(__name__)


class AccountEnded(Refused):
    """The person's last appointment has ended, and the account with it."""

    def __init__(self):
        super().__init__(
            "Penugasan Anda yang terakhir sudah berakhir, jadi akun Anda tidak dapat dipakai lagi. "
            "Bila Anda masih bertugas, minta PPID Utama mencatat penugasan Anda."
        )


def is_in_office(person: str, *, on: date) -> Q:
    """Return the condition under which the account ``person`` (a field's name) may be used on the day ``on``."""
    held = Appointment.objects.filter(user=OuterRef(person))
    still = held.recorded().filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), closed_at__isnull=True)
    return Q(Exists(still)) | ~Q(Exists(held))


def may_sign_in(person: User, *, on: date) -> bool:
    """Whether the person may sign in on the day ``on``: the account is open and has not ended with its appointments."""
    return User.objects.filter(is_in_office("pk", on=on), pk=person.pk, is_active=True).exists()


def _session(person: int, digest: str, *, on: date, roles: tuple[str, ...]) -> QuerySet[SignInSession]:
    in_office = ExpressionWrapper(is_in_office("person", on=on), output_field=BooleanField())
    found = SignInSession.objects.filter(person=person, digest=digest).annotate(is_in_office=in_office)
    return found.annotate(**needs_and_has("person", on=on, roles=roles)) if roles else found


_SESSION = FixedQuery(_session)


def session_of(token: str, person: User, *, on: date, roles: tuple[str, ...] = ()) -> SignInSession | None:
    """Return the person's session of this token; None when there is none. One query.

    It has ``is_in_office``, and where ``roles`` need a second factor, ``needs_factor`` and ``has_factor``.
    """
    return _SESSION.first(person.pk, digest_of(token), on=on, roles=roles)


def has_lapsed(person: User) -> bool:
    """Whether the account was closed because its last appointment ended, and by nobody."""
    closings = PersonChange.objects.filter(person=person.pk, kind__in=[LAPSED, PersonChange.Kind.DEACTIVATED])
    newest = closings.order_by("-pk").values_list("kind", flat=True).first()
    return not person.is_active and newest == LAPSED


def close_what_lapsed(*, at: datetime | None = None) -> list[User]:
    """Close the accounts whose last appointment has ended, each with its row in the ledger; return whose."""
    at = at or timezone.now()
    ended = User.objects.filter(~is_in_office("pk", on=timezone.localdate(at)), is_active=True)
    return [person for person in ended.order_by("pk") if _close(person, at)]


@transaction.atomic
def _close(person: User, at: datetime) -> bool:
    """Close the account unless somebody appointed its person since."""
    one_act_at_a_time()
    closing = User.objects.get(pk=person.pk)
    if not closing.is_active or may_sign_in(closing, on=timezone.localdate(at)):
        return False
    before, closing.is_active = as_it_stands(closing), False
    write_change(closing, LAPSED, None, at, before=before, note=_NOTE)
    closing.save(update_fields=["is_active"])
    end_all(closing, SignInSession.Because.LEFT, at=at)
    log.info("Account %s ended with its last appointment.", closing.pk)
    return True


def open_again(person: User, *, actor: User | None, at: datetime) -> None:
    """Open an account that has lapsed, because its person is appointed anew; the password stays theirs.

    Runs inside the transaction of that appointment.
    """
    opening = User.objects.get(pk=person.pk)
    before, opening.is_active = as_it_stands(opening), True
    write_change(opening, PersonChange.Kind.REACTIVATED, actor, at, before=before, note="Ditugaskan lagi.")
    opening.save(update_fields=["is_active"])
    person.is_active = True
