"""A first password is one that somebody else has seen: it is good for some days, and then a new one is given."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from ppid.web.moments import in_words
from ppid.web.refusals import Refused

if TYPE_CHECKING:
    from ppid.organisation.models import User


class FirstPasswordEnded(Refused):
    """The first password was not changed in time."""

    def __init__(self, ended_at: datetime):
        super().__init__(
            f"Kata sandi pertama ini sudah lewat masanya sejak {in_words(ended_at)}. Minta yang baru kepada PPID Utama "
            "atau Admin PPID; PPID Utama sendiri memintanya kepada rekannya itu atau kepada petugas TI."
        )


def ends_at(person: "User") -> datetime | None:
    """Return until when the person's first password is good; None for a password of their own."""
    given = person.first_password_at
    return given and given + timedelta(days=settings.FIRST_PASSWORD_DAYS)


def require_in_time(person: "User", *, at: datetime | None = None) -> None:
    """Raise FirstPasswordEnded for a first password whose days are over."""
    end = ends_at(person)
    if end is not None and end <= (at or timezone.now()):
        raise FirstPasswordEnded(end)
