"""How often signing in may be tried. What is counted lies in the database, so that nothing pushes it out.

Wrong passwords are counted by account *and* by where they come from: a stranger elsewhere can't lock an officer out. A
browser in which the officer has signed in before is counted by itself, so not even a stranger behind the same address
can. Only browsers that nobody knows share a second count by address, against trying one password on many accounts.
"""

import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ppid.organisation.models import SignInTry
from ppid.web.refusals import Refused

WINDOW = timedelta(minutes=5)
TRIES = 5
TRIES_OF_AN_ADDRESS = 100
TRIES_ANYWHERE = 10
_KEPT = timedelta(days=1)


class TooManyTries(Refused):
    """Too many wrong passwords: wait."""

    def __init__(self):
        super().__init__("Terlalu banyak percobaan masuk yang gagal. Tunggu lima menit, lalu coba lagi.")


@dataclass(frozen=True, slots=True)
class Try:
    """One try that was counted before the password was looked at."""

    keys: tuple[int, ...]
    nth: int = 1  # of this account, within the window

    def succeeded(self) -> None:
        """Count it no longer: only wrong passwords are counted."""
        SignInTry.objects.filter(pk__in=self.keys).delete()


@transaction.atomic
def count_try(account: str, *, address: str, browser: str = "", anywhere: bool = False) -> Try:
    """Count a try to sign in as ``account``, whether or not there is one of that name. Raises TooManyTries.

    ``browser`` is the mark of a browser in which this account has signed in before, or "". ``anywhere``: tries from
    all places that nobody knows count together too, for what is guessed by who has the password already.
    """
    since = timezone.now() - WINDOW
    if browser:
        limits = {_digest("browser", browser, account): TRIES}
    else:
        place = _place(address)
        limits = {_digest("place", place, account): TRIES, _digest("place", place): TRIES_OF_AN_ADDRESS}
        if anywhere:
            limits[_digest("anywhere", account)] = TRIES_ANYWHERE
    nth = 1
    for key, most in limits.items():
        _one_at_a_time(key)
        wrong = SignInTry.objects.filter(key=key, at__gt=since).count()
        if wrong >= most:
            raise TooManyTries
        if most != TRIES_OF_AN_ADDRESS:
            nth = max(nth, wrong + 1)
    return Try(tuple(SignInTry.objects.create(key=key).pk for key in limits), nth)


def mark_of(account: str, token: str) -> str:
    """Return what a browser is given to be known by: it says neither who signed in nor how."""
    return f"{_digest('account', account)}:{token}"


def token_in(mark: str, account: str) -> str:
    """Return the token of a mark that was given for this account, or ""."""
    digest, _, token = mark.partition(":")
    return token if digest == _digest("account", account) else ""


def forget_old_tries() -> int:
    """Delete the tries that count no longer; return how many."""
    return SignInTry.objects.filter(at__lt=timezone.now() - _KEPT).delete()[0]


def _digest(*parts: str) -> str:
    """Return a key from which nobody reads an address or an account."""
    return salted_hmac("ppid.organisation.sign_in", "\n".join(parts).lower(), algorithm="sha256").hexdigest()


def _place(address: str) -> str:
    """Return the address, of IPv6 the network: a single household has more addresses than anybody can count."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))


def _one_at_a_time(key: str) -> None:
    """Let tries of one key wait for each other, so that many at once are counted one by one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
