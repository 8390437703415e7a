"""The sessions of people: on which device, since when, last seen, and by what each one ended, for ever.

Django keeps what a session holds; whether it still counts is said here. A session is known by a token of its own that
lies in Django's, of which only the hash is kept here: so one that ended never comes back, not even where its row in
Django's table is put back, and one whose row there is gone is no riddle.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

import pgtrigger
from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from ppid.organisation.devices import Device, is_elsewhere
from ppid.triggers import never_emptied

# A clock that is set right by less than this ends nobody's session.
CLOCK_MAY_DIFFER = timedelta(minutes=5)
# What ended is listed so long, as a trace of who was in; the newest of each person longer: the next isn't their first.
KEPT_FOR = timedelta(days=90)


def longest() -> timedelta:
    """Return how long a session lives at most, whatever is done in it."""
    return timedelta(hours=settings.SESSION_HOURS)


def idle() -> timedelta:
    """Return how long a session lives in which nothing is done."""
    return timedelta(minutes=settings.SESSION_IDLE_MINUTES)


def seen_every() -> timedelta:
    """Return how often it is written down at most that a session is in use."""
    return min(timedelta(minutes=2), idle() / 10)


class SignInSessionQuerySet(models.QuerySet):
    def open(self, *, at: datetime):
        """Keep those that count at this moment."""
        ahead = at + CLOCK_MAY_DIFFER
        return self.filter(
            ended_at=None,
            started_at__gt=at - longest(),
            started_at__lte=ahead,
            seen_at__gt=at - idle(),
        )

    def end(self, because: str, *, at: datetime | None = None) -> int:
        """End them; return how many were open. One that ended already stays as it ended."""
        return self.filter(ended_at=None).update(ended_at=at or timezone.now(), because=because)


class SignInSession(models.Model):
    """A session of a person, begun on a device; ``address`` is the one it was last seen at."""

    class Because(models.TextChoices):
        SIGNED_OUT = "signed_out", "keluar"
        ENDED = "ended", "diakhiri pemiliknya"
        KEEPER = "keeper", "diakhiri pengelola"
        PASSWORD = "password", "kata sandi diganti"
        IDLE = "idle", "lama tidak dipakai"
        OVER = "over", "sudah terlalu lama"
        MOVED = "moved", "pindah perangkat dan jaringan"
        LEFT = "left", "akun ditutup"

    person = models.ForeignKey("organisation.User", models.PROTECT, related_name="sessions", verbose_name="orang")
    digest = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    browser = models.CharField("peramban", max_length=40, blank=True)
    system = models.CharField("sistem", max_length=40, blank=True)
    began_at_address = models.CharField("alamat saat masuk", max_length=45, blank=True)
    address = models.CharField("alamat", max_length=45, blank=True)
    started_at = models.DateTimeField("sejak")
    seen_at = models.DateTimeField("terakhir dipakai")
    ended_at = models.DateTimeField("berakhir", null=True)
    because = models.CharField("sebab", max_length=10, blank=True, choices=Because)

    objects = SignInSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "sesi masuk"
        ordering = ["-seen_at", "-pk"]
        indexes = [models.Index(fields=["person", "-seen_at"], name="session_of_a_person")]
        constraints = [
            models.CheckConstraint(name="session_is_known_by_a_hash", condition=Q(digest__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="a_session_that_ended_says_why",
                condition=Q(ended_at__isnull=True, because="")
                | Q(
                    ended_at__isnull=False,
                    because__in=["signed_out", "ended", "keeper", "password", "idle", "over", "moved", "left"],
                ),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_session_that_ended_stays_so",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            ),
            pgtrigger.ReadOnly(
                name="a_session_stays_where_it_began",
                fields=["person", "digest", "browser", "system", "began_at_address", "started_at"],
            ),
            pgtrigger.Protect(
                name="an_open_session_is_ended_first",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__ended_at__isnull=True),
            ),
            never_emptied(),
        ]

    def __str__(self):
        return f"{self.device.words}, {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def device(self) -> Device:
        return Device(self.browser, self.system, self.address)

    @property
    def has_moved(self) -> bool:
        """Whether it is used from another network than the one it began in."""
        return is_elsewhere(self.began_at_address, self.address)

    def ends_at(self) -> datetime:
        """Return when it ends unless something is done in it."""
        return min(self.seen_at + idle(), self.over_at())

    def over_at(self) -> datetime:
        """Return when it ends whatever is done in it."""
        return self.started_at + longest()

    def ends_because(self, device: Device, *, at: datetime) -> str:
        """Return why it does not count for a request of this device at this moment; "" when it does.

        One that began in a future from which the clock came back is over: nobody could say for how long it lives.
        """
        if self.ended_at is not None:
            return self.because
        if at >= self.over_at() or self.started_at > at + CLOCK_MAY_DIFFER:
            return self.Because.OVER
        if at >= self.seen_at + idle():
            return self.Because.IDLE
        if device.is_unlike(self.device) and is_elsewhere(device.address, self.address):
            return self.Because.MOVED
        return ""

    def is_stale(self, *, at: datetime) -> bool:
        """Whether it is time to write down again that it is in use; also when the clock was set back since."""
        return not at - seen_every() < self.seen_at <= at + CLOCK_MAY_DIFFER


@transaction.atomic
def begin(person, device: Device, *, at: datetime | None = None) -> tuple[SignInSession, str]:
    """Begin a session of the person; return it with its token, which is kept as a hash alone."""
    at, token = at or timezone.now(), new_token()
    session = SignInSession.objects.create(
        person=person,
        digest=digest_of(token),
        browser=device.browser,
        system=device.system,
        began_at_address=device.address,
        address=device.address,
        started_at=at,
        seen_at=at,
    )
    return session, token


def note_use(session: SignInSession, device: Device, *, at: datetime) -> None:
    """Write down that the session is in use, and from where; at most every few minutes."""
    if not session.is_stale(at=at) and not is_elsewhere(session.address, device.address):
        return
    session.seen_at, session.address = at, device.address or session.address
    SignInSession.objects.filter(pk=session.pk, ended_at=None).update(seen_at=at, address=session.address)


def end_all(person, because: str, *, but: str = "", at: datetime | None = None) -> int:
    """End the person's sessions, but for the one of the token ``but``; return how many were in use until now."""
    at = at or timezone.now()
    theirs = SignInSession.objects.filter(person=person, ended_at=None)
    if but:
        theirs = theirs.exclude(digest=digest_of(but))
    used = theirs.open(at=at).count()
    theirs.end(because, at=at)
    return used


@transaction.atomic
def sweep(*, at: datetime | None = None) -> int:
    """End what is over or was long unused, forget what ended long ago; return how many were forgotten."""
    at, because = at or timezone.now(), SignInSession.Because
    still = SignInSession.objects.filter(ended_at=None)
    still.filter(Q(started_at__lte=at - longest()) | Q(started_at__gt=at + CLOCK_MAY_DIFFER)).end(because.OVER, at=at)
    still.filter(seen_at__lte=at - idle()).end(because.IDLE, at=at)
    newest = SignInSession.objects.filter(person=models.OuterRef("person")).order_by("-pk").values("pk")[:1]
    old = SignInSession.objects.filter(ended_at__lt=at - KEPT_FOR)
    return old.annotate(newest=models.Subquery(newest)).exclude(pk=F("newest")).delete()[0]


def new_token() -> str:
    return secrets.token_urlsafe(24)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
