"""The second factor: who signs in with one, the codes of an app, passkeys, recovery codes. Rows are allauth's.

All that changes one leaves its row in the ledger of people first; the database asks for it (``SecondFactor``).
"""

import hmac
import logging
import re
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format

from ppid.organisation.actions import PeopleForbidden, PeopleRefused, write_change
from ppid.organisation.mfa_adapter import SecondFactors
from ppid.organisation.models import Appointment, PersonChange, User
from ppid.organisation.sessions import SignInSession, end_all
from ppid.web.moments import in_words
from ppid.web.refusals import Refused

PERIOD = 30  # seconds that a code is shown
DRIFT = 1  # periods that a telephone's clock may be wrong
TOLD_DRIFT = 20  # periods up to which it is told that the clock is wrong
FEW_CODES = 3
MOST_PASSKEYS = 10

_TOTP, _PASSKEY, _CODES = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES
_Kind = PersonChange.Kind

WRONG = "Kode ini salah. Ketik enam angka yang sedang tampil di aplikasi, atau satu kode pemulihan yang belum dipakai."
WRONG_OF_APP = "Kode ini salah. Ketik enam angka yang sedang tampil di aplikasi untuk portal ini."

log = logging.getLogger(__name__)


class CodeRefused(PeopleRefused):
    """The code, or passkey, is not accepted."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What second factors a person has: ``app`` and ``passkeys`` as allauth's rows, how many ``codes`` are left."""

    app: Authenticator | None = None
    passkeys: list[Authenticator] = field(default_factory=list)
    codes: int = 0
    codes_since: datetime | None = None

    @property
    def has_any(self) -> bool:
        return self.app is not None or bool(self.passkeys)

    @property
    def has_few_codes(self) -> bool:
        return self.has_any and self.codes < FEW_CODES


def standing_of(user: User) -> Standing:
    """Return what the person has. Codes that can't be read, for want of their key, count as none."""
    rows = list(Authenticator.objects.filter(user=user).order_by("pk"))
    app = next((row for row in rows if row.type == _TOTP), None)
    kept = next((row for row in rows if row.type == _CODES), None)
    left = _codes_left(kept) if kept else 0
    passkeys = [row for row in rows if row.type == _PASSKEY]
    return Standing(app, passkeys, left, kept.created_at if kept else None)


def has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=(_TOTP, _PASSKEY)).exists()


def roles_that_need_it(user: User, *, on: date) -> list[str]:
    """Return the names of the person's roles for which a second factor is required, none twice."""
    held = Appointment.objects.of(user, on=on).filter(role__code__in=settings.SECOND_FACTOR_ROLES)
    return list(held.order_by("role__name").values_list("role__name", flat=True).distinct())


def needs_and_has(person: str, *, on: date, roles: Collection[str]) -> dict[str, Exists]:
    """Return ``needs_factor``, for one of these ``roles``, and ``has_factor`` of whom the field ``person`` names."""
    held = Appointment.objects.of(OuterRef(person), on=on).filter(role__code__in=roles)
    rows = Authenticator.objects.filter(user=OuterRef(person), type__in=(_TOTP, _PASSKEY))
    return {"needs_factor": Exists(held), "has_factor": Exists(rows)}


def new_secret() -> str:
    """Return a new secret of an app, encrypted, as it may lie in a session until its first code comes."""
    return SecondFactors().encrypt(generate_totp_secret())


def secret_in(sealed: str) -> str:
    """Return the secret in clear, to be shown to its person. Raises KeyIsAnother."""
    return SecondFactors().decrypt(sealed)


@transaction.atomic
def set_up_app(
    user: User, sealed: str, code: str, *, replaces: int | None, session: str = "", at: datetime | None = None
) -> list[str]:
    """Let the app with this secret be the person's, once its first code is right; return new recovery codes, if any.

    ``replaces`` is the app that stood there as the page was opened. Raises PeopleRefused.
    """
    _hold(user)
    standing = Authenticator.objects.filter(user=user, type=_TOTP).first()
    if (standing.pk if standing else None) != replaces:
        raise PeopleRefused(
            "Aplikasi kode baru saja dipasang dari peramban atau perangkat lain. Yang itu yang berlaku; kode dari "
            "halaman ini tidak. Muat halaman «Akun saya», dan pilih «Ganti aplikasi» bila bukan itu yang Anda mau."
        )
    counter = _counter_of(secret_in(sealed), code, used=-1)
    _write(user, _Kind.FACTOR_ADDED, at, "Aplikasi kode diganti." if standing else "Aplikasi kode.")
    if standing:
        standing.data = {"secret": sealed, "counter": counter}
        standing.created_at, standing.last_used_at = at or timezone.now(), None
        standing.save()
        _end_others(user, session, at)
    else:
        _new(user, _TOTP, {"secret": sealed, "counter": counter}, at)
    return _codes_for(user, at)


@transaction.atomic
def add_passkey(user: User, name: str, credential: dict[str, Any], *, at: datetime | None = None) -> list[str]:
    """Keep a passkey whose ceremony was checked; return new recovery codes, if any. Raises PeopleRefused."""
    _hold(user)
    others = [row.wrap() for row in Authenticator.objects.filter(user=user, type=_PASSKEY)]
    if len(others) >= MOST_PASSKEYS:
        raise PeopleRefused(f"Paling banyak {MOST_PASSKEYS} kunci sandi. Hapus dahulu yang tidak dipakai lagi.")
    row = Authenticator(user=user, type=_PASSKEY, data={"name": name, "credential": credential})
    mine = WebAuthn(row).authenticator_data.credential_data
    if any(other.authenticator_data.credential_data.credential_id == mine.credential_id for other in others):
        raise PeopleRefused("Kunci sandi ini sudah tercatat pada akun Anda.")
    _write(user, _Kind.FACTOR_ADDED, at, f"Kunci sandi «{name}».")
    row.created_at = at or timezone.now()
    row.save()
    return _codes_for(user, at)


@transaction.atomic
def renew_codes(user: User, *, session: str = "", at: datetime | None = None) -> list[str]:
    """Make new recovery codes, in place of all that were there. Raises PeopleRefused."""
    _hold(user)
    if not has_second_factor(user):
        raise PeopleRefused("Pasang dahulu aplikasi kode atau kunci sandi; kode pemulihan dibuat bersamanya.")
    _write(user, _Kind.CODES, at, "Kode pemulihan dibuat baru; yang lama tidak berlaku.")
    _end_others(user, session, at)
    return _make_codes(user, at)


@transaction.atomic
def remove(user: User, pk: int, *, session: str = "", at: datetime | None = None) -> str:
    """Take one second factor away; return what it was. Raises PeopleRefused for the last one that is required."""
    _hold(user)
    rows = list(Authenticator.objects.filter(user=user, type__in=(_TOTP, _PASSKEY)))
    row = next((each for each in rows if each.pk == pk), None)
    if row is None:
        raise PeopleRefused("Yang ini sudah tidak terpasang.")
    if len(rows) == 1 and (roles := roles_that_need_it(user, on=timezone.localdate())):
        raise PeopleForbidden(
            f"Ini satu-satunya langkah kedua Anda, dan peran Anda ({', '.join(roles)}) mewajibkannya. "
            "Pasang yang baru dahulu, lalu hapus yang ini."
        )
    what = name_of(row)
    _write(user, _Kind.FACTOR_GONE, at, f"{what} dihapus pemiliknya.")
    row.delete()
    if len(rows) == 1:
        Authenticator.objects.filter(user=user, type=_CODES).delete()
    _end_others(user, session, at)
    return what


def _end_others(user: User, session: str, at: datetime | None) -> None:
    """End the person's sessions but the one of this token, in which they act: one that was proved before may be lost.

    Without a token nobody acts in a session, so none ends.
    """
    if session:
        end_all(user, SignInSession.Because.ENDED, but=session, at=at)


def name_of(row: Authenticator) -> str:
    return "Aplikasi kode" if row.type == _TOTP else f"Kunci sandi «{row.data.get('name', '')}»"


@transaction.atomic
def use_code(user: User, code: str, *, codes_too: bool = True, at: datetime | None = None) -> str:
    """Take a code of the app, or a recovery code, as used; return which it was. Raises CodeRefused, KeyIsAnother.

    A code is good once, in whichever browser and worker: the row is held, and remembers.
    """
    rows = {row.type: row for row in Authenticator.objects.select_for_update().filter(user=user)}
    digits = re.sub(r"[\s\-.]", "", code)
    if codes_too and len(digits) == 8 and (kept := rows.get(_CODES)):
        _use_recovery_code(kept, digits)
        used = kept
    elif app := rows.get(_TOTP):
        used_last, wrong = app.data.get("counter", -1), WRONG if codes_too else WRONG_OF_APP
        app.data["counter"] = _counter_of(secret_in(app.data["secret"]), digits, used=used_last, wrong=wrong)
        used = app
    else:
        raise CodeRefused(WRONG)
    used.last_used_at = at or timezone.now()
    used.save()
    return used.type


def codes_left(user: User) -> int:
    kept = Authenticator.objects.filter(user=user, type=_CODES).first()
    return _codes_left(kept) if kept else 0


def unreadable() -> int:
    """Return how many secrets the keys of this portal don't open."""
    return sum(not _opens(row) for row in Authenticator.objects.filter(type__in=(_TOTP, _CODES)).iterator())


@transaction.atomic
def encrypt_anew() -> int:
    """Write every secret with the newest key, after which the older ones can be left out; return how many."""
    rows = list(Authenticator.objects.select_for_update().filter(type__in=(_TOTP, _CODES)))
    for row in rows:
        row.data[_secret_of(row)] = SecondFactors().renew(row.data[_secret_of(row)])
        row.save(update_fields=["data"])
    return len(rows)


def _secret_of(row: Authenticator) -> str:
    return "secret" if row.type == _TOTP else "seed"


def _opens(row: Authenticator) -> bool:
    try:
        SecondFactors().decrypt(row.data[_secret_of(row)])
    except (Refused, KeyError):
        return False
    return True


def _counter_of(secret: str, code: str, *, used: int, wrong: str = WRONG_OF_APP) -> int:
    """Return the period that the code is of. Raises CodeRefused for one that is wrong, used, or of another time."""
    digits = re.sub(r"[\s\-.]", "", code)
    now = int(time.time()) // PERIOD
    if not re.fullmatch(r"[0-9]{6}", digits):
        raise CodeRefused(wrong)
    for counter in _around(now, DRIFT):
        if hmac.compare_digest(format_hotp_value(hotp_value(secret, counter)), digits):
            if counter <= used:
                raise CodeRefused("Kode itu sudah dipakai. Tunggu kode berikutnya, paling lama 30 detik, lalu ketik.")
            return counter
    for counter in _around(now, TOLD_DRIFT):
        if hmac.compare_digest(format_hotp_value(hotp_value(secret, counter)), digits):
            raise CodeRefused(_of_another_time(counter - now))
    raise CodeRefused(wrong)


def _of_another_time(periods: int) -> str:
    minutes = max(1, round(abs(periods) * PERIOD / 60))
    if periods > 0:
        return (
            f"Jam perangkat Anda lebih cepat sekitar {minutes} menit. Nyalakan tanggal dan waktu otomatis di "
            "pengaturan perangkat itu, lalu ketik kode yang baru."
        )
    return (
        f"Kode itu sudah lewat waktunya, sekitar {minutes} menit. Ketik kode yang sedang tampil sekarang. Bila tetap "
        "ditolak, jam perangkat Anda terlambat: nyalakan tanggal dan waktu otomatis di pengaturannya."
    )


def _around(now: int, far: int) -> Iterator[int]:
    yield now
    for distance in range(1, far + 1):
        yield from (now - distance, now + distance)


def _use_recovery_code(kept: Authenticator, digits: str) -> None:
    codes = RecoveryCodes(kept)
    for n, code in enumerate(codes.generate_codes()):
        if hmac.compare_digest(code, digits):
            if kept.data["used_mask"] & (1 << n):
                raise CodeRefused("Kode pemulihan itu sudah pernah dipakai. Pakai kode lain dari daftar Anda.")
            kept.data["used_mask"] |= 1 << n
            return
    raise CodeRefused(WRONG)


def _codes_left(kept: Authenticator) -> int:
    return len(RecoveryCodes(kept).get_unused_codes()) if _opens(kept) else 0


def _codes_for(user: User, at: datetime | None) -> list[str]:
    """Return recovery codes for somebody who has none yet; those who have keep theirs."""
    return [] if codes_left(user) else _make_codes(user, at)


def _make_codes(user: User, at: datetime | None) -> list[str]:
    kept = Authenticator.objects.filter(user=user, type=_CODES).first()
    data = {"seed": SecondFactors().encrypt(RecoveryCodes.generate_seed()), "used_mask": 0}
    if kept is None:
        kept = _new(user, _CODES, data, at)
    else:
        kept.data, kept.created_at, kept.last_used_at = data, at or timezone.now(), None
        kept.save()
    return RecoveryCodes(kept).generate_codes()


def _new(user: User, kind: str, data: dict[str, Any], at: datetime | None) -> Authenticator:
    return Authenticator.objects.create(user=user, type=kind, data=data, created_at=at or timezone.now())


def _hold(user: User) -> None:
    """Hold the person's row: two devices that are set up at once wait for each other."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _write(user: User, kind: PersonChange.Kind, at: datetime | None, note: str) -> None:
    write_change(User.objects.get(pk=user.pk), kind, user, at, note=note)


def since_words(row: Authenticator) -> str:
    """Return since when it is there, and when it was used last."""
    since = f"sejak {date_format(timezone.localtime(row.created_at), 'j F Y')}"
    if row.last_used_at is None:
        return f"{since}, belum pernah dipakai sesudahnya"
    return f"{since}, terakhir dipakai {in_words(row.last_used_at)}"
