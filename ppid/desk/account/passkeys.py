"""The ceremonies of passkeys: what the browser is asked, as text for a page's attribute, and what it answers."""

import ipaddress
import json
import logging
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.db import Error as DatabaseError
from django.forms import ValidationError
from django.http import HttpRequest

UNKNOWN = "Kunci sandi ini tidak dikenali. Coba sekali lagi, atau pakai cara lain."
EXPIRED = "Permintaan kunci sandi sudah berakhir, atau halamannya dibuka dua kali. Coba sekali lagi."

log = logging.getLogger(__name__)


def are_possible(request: HttpRequest) -> bool:
    """Whether browsers keep passkeys for this address: they want a name, and refuse bare numbers."""
    try:
        ipaddress.ip_address(request.get_host().rpartition(":")[0].strip("[]") or request.get_host())
    except ValueError:
        return True
    return False


def options_to_add(request: HttpRequest) -> str:
    """Return what the browser is asked to make; it must unlock by PIN or finger, and be found without a name."""
    return json.dumps(auth.begin_registration(request.user, passwordless=True)) if are_possible(request) else ""


def options_to_sign_in(request: HttpRequest, user=None) -> str:
    """Return what the browser is asked to prove for the person."""
    return json.dumps(auth.begin_authentication(user or request.user)) if are_possible(request) else ""


def options_for_anybody(request: HttpRequest) -> dict[str, Any]:
    """Return what the browser is asked to prove by whoever sits there, for a sign-in without a password."""
    return auth.begin_authentication(None)


def added(credential: Any) -> dict[str, Any]:
    """Return the credential once its ceremony holds. Raises ValidationError."""

    def check():
        auth.parse_registration_response(credential)
        if not auth.complete_registration(credential).is_user_verified():
            raise ValidationError("Kunci sandi ini tidak meminta PIN, sidik jari, atau wajah. Pakai perangkat lain.")
        return credential

    return _sound(check)


def proved_by(user, credential: Any) -> Authenticator:
    """Return the passkey by which ``user``, or for None whom it names, proved who they are. Raises ValidationError."""

    def check():
        auth.parse_authentication_response(credential)
        who = user or auth.extract_user_from_response(credential)
        return auth.complete_authentication(who, credential)

    return _sound(check)


def _sound(check):
    """Do what reads bytes of a stranger; whatever is wrong with them is one sentence."""
    if not auth.get_state():
        raise ValidationError(EXPIRED)
    try:
        return check()
    except (ValidationError, DatabaseError):
        raise
    except Exception as error:  # CBOR, base64, keys and signatures each have errors of their own
        log.info("A passkey was refused: %s.", type(error).__name__)
        raise ValidationError(UNKNOWN) from error
    finally:
        auth.clear_state()  # a ceremony is good for one answer
