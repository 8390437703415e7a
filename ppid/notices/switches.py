"""A person's switches: how they are told of each kind, and the secret address of their due dates."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ppid.notices.kinds import SWITCHED, How
from ppid.notices.models import CalendarKey, Notice, RefusedAddress, Switch
from ppid.organisation.models import User
from ppid.web.refusals import Refused
from ppid.web.secret_addresses import digest_of, new_secret


def switches_of(person: User) -> dict[str, str]:
    """Return how the person is told of each kind."""
    own = dict(Switch.objects.filter(person=person).values_list("kind", "how"))
    return {kind.key: own.get(kind.key, str(kind.how)) for kind in SWITCHED}


@transaction.atomic
def switch(person: User, chosen: Mapping[str, str]) -> None:
    """Keep how the person wants to be told of these kinds. Raises Refused for what is none."""
    known = {kind.key for kind in SWITCHED}
    if not set(chosen) <= known or not set(chosen.values()) <= set(How):
        raise Refused("Pilihan itu tidak dikenal. Muat ulang halaman ini, lalu pilih lagi.")
    rows = [Switch(person=person, kind=kind, how=how) for kind, how in sorted(chosen.items())]
    Switch.objects.bulk_create(rows, update_conflicts=True, unique_fields=["person", "kind"], update_fields=["how"])


def wants_digest(person: User) -> bool:
    """Whether anything of what the person is told goes by the digest."""
    return any(how in (How.DIGEST, How.BOTH) for how in switches_of(person).values())


def read(notices, *, at: datetime | None = None) -> int:
    """Note that these were read; those that were read already keep their moment."""
    return notices.unread().update(read_at=at or timezone.now())


def read_all(person: User, *, at: datetime | None = None) -> int:
    """Note that the person has read all that they were told."""
    return read(Notice.objects.news_of(person).order_by(), at=at)


@transaction.atomic
def new_calendar_key(person: User, *, at: datetime | None = None) -> str:
    """Return a new secret for the person's ``.ics``; it is told this once, and the former one ends."""
    at = at or timezone.now()
    User.objects.select_for_update().get(pk=person.pk)
    _revoke(person, at)
    secret = new_secret()
    CalendarKey.objects.create(person=person, digest=digest_of(secret), made_at=at)
    return secret


@transaction.atomic
def revoke_calendar_key(person: User, *, at: datetime | None = None) -> bool:
    """End the person's secret address; whether there was one."""
    User.objects.select_for_update().get(pk=person.pk)
    return _revoke(person, at or timezone.now())


def calendar_key(person: User) -> CalendarKey | None:
    """Return the address in use, of which only the hash is known."""
    return CalendarKey.objects.filter(person=person, revoked_at=None).first()


def person_of(secret: str) -> User | None:
    """Return whose due dates this secret opens; None for one that never was, or has ended, or of who has left."""
    found = CalendarKey.objects.filter(digest=digest_of(secret), revoked_at=None, person__is_active=True)
    key = found.select_related("person").first()
    return key.person if key else None


def came_back(person: User, *, at: datetime | None = None) -> None:
    """Note that mails to the person's present address came back: nothing more is sent there."""
    told = {"address": person.email, "because": "Surel ke alamat ini kembali.", "at": at or timezone.now()}
    RefusedAddress.objects.update_or_create(person=person, defaults=told)


def refused_address(person: User) -> RefusedAddress | None:
    """Return why nothing is sent to the person's present address; None when it is."""
    return RefusedAddress.objects.filter(person=person, address__iexact=person.email).first()


def _revoke(person: User, at: datetime) -> bool:
    standing = CalendarKey.objects.filter(person=person, revoked_at=None).first()
    if standing is None:
        return False
    standing.revoked_at = max(at, standing.made_at)
    standing.save(update_fields=["revoked_at"])
    return True
