"""The city's one account: whom it lets in here, and to whom it belongs from its first use on.

It proves who somebody is and nothing more: it lets in whoever has an account here already, and makes none. At its first
use it is matched by the e-mail address that the city has verified; from then on it is known by its subject alone, so an
address that changes hands there takes nobody's account here.
"""

import logging
from collections.abc import Mapping
from datetime import datetime

import pgtrigger
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from ppid.triggers import never_emptied
from ppid.web.refusals import Refused

NOT_YOURS = "Akun kota Anda tidak terhubung dengan akun yang dapat dipakai di sini. Hubungi PPID Utama."
NOT_VERIFIED = (
    "Surel pada akun kota Anda belum terverifikasi, jadi tidak dapat dipakai untuk masuk. Verifikasi surel itu pada "
    "akun kota, atau masuk dengan kata sandi."
)
# What the city's «amr» calls a second factor (RFC 8176).
_SECOND_FACTORS = {"mfa", "otp", "hwk", "swk", "fpt", "face", "iris", "retina", "vbm", "sc"}

log = logging.getLogger(__name__)


class CityAccountRefused(Refused):
    """The city's account lets nobody in here."""


class CityAccount(models.Model):
    """The account at the city that belongs to a person, known by its issuer and its subject."""

    person = models.OneToOneField(
        "organisation.User", models.PROTECT, related_name="city_account", verbose_name="orang"
    )
    issuer = models.CharField("penerbit", max_length=300)
    subject = models.CharField("subjek", max_length=255)
    linked_at = models.DateTimeField("terhubung pada")

    class Meta:
        verbose_name = "akun kota"
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="a_city_account_belongs_to_one_person"),
            models.CheckConstraint(name="a_city_account_has_a_subject", condition=~Q(subject="") & ~Q(issuer="")),
        ]
        triggers = [
            pgtrigger.Protect(name="a_city_account_never_changes_hands", operation=pgtrigger.Update),
            never_emptied(),
        ]

    def __str__(self):
        return f"{self.person_id}: {self.subject}"


def person_of(claims: Mapping, *, issuer: str, at: datetime | None = None):
    """Return who is let in by what the city says of them, and link their account at the first time.

    ``claims`` are those of a token that was proved to be the issuer's and meant for us. Raises CityAccountRefused.
    """
    subject, email = claims.get("sub"), claims.get("email")
    if not isinstance(subject, str) or not subject.strip() or len(subject) > 255 or "\0" in subject:
        raise CityAccountRefused(NOT_YOURS)
    if claims.get("email_verified") is not True or not isinstance(email, str) or not email.strip() or "\0" in email:
        raise CityAccountRefused(NOT_VERIFIED)
    linked = CityAccount.objects.filter(issuer=issuer, subject=subject).select_related("person").first()
    return linked.person if linked else _link(subject, email.strip(), issuer=issuer, at=at or timezone.now())


def proves_second_factor(claims: Mapping, *, counts: bool) -> bool:
    """Whether the city says that it asked for a second factor, and the office lets that count."""
    methods = claims.get("amr")
    return counts and isinstance(methods, list) and any(str(each) in _SECOND_FACTORS for each in methods)


def _link(subject: str, email: str, *, issuer: str, at: datetime):
    from ppid.organisation.actions import one_act_at_a_time, write_link
    from ppid.organisation.leaving import may_sign_in
    from ppid.organisation.models import User

    try:
        with transaction.atomic():
            one_act_at_a_time()
            person = User.objects.filter(email__iexact=email).first()
            if person is None or not may_sign_in(person, on=timezone.localdate(at)):
                raise CityAccountRefused(NOT_YOURS)
            CityAccount.objects.create(person=person, issuer=issuer, subject=subject, linked_at=at)
            write_link(person, at=at)
    except IntegrityError as error:  # this person has another one, or somebody else has this one since
        raise CityAccountRefused(NOT_YOURS) from error
    log.info("A city's account was linked with account %s.", person.pk)
    return person
