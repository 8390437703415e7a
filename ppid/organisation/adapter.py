"""How allauth signs people in here."""

import logging

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.shortcuts import redirect
from django.utils import timezone

from ppid.organisation import sign_in
from ppid.organisation.actions import keep_own_password
from ppid.organisation.devices import Device
from ppid.organisation.leaving import may_sign_in
from ppid.organisation.sign_in import TooManyTries

_KNOWN_BROWSER = "known_browser"  # the salt of its mark
SESSION = "sesi"  # under which Django's session keeps the token of ours
_REMEMBERED = 60 * 60 * 24 * 180  # seconds
_COOKIE_PATH = "/meja/akun/"

log = logging.getLogger(__name__)


class ClosedSignup(DefaultAccountAdapter):
    """Accounts are made by the city's IT person, never by a visitor."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Surel atau kata sandi salah. Periksa keduanya, lalu coba lagi.",
        "enter_current_password": "Kata sandi yang sekarang salah.",
        "too_many_login_attempts": TooManyTries().sentences[0],
    }

    def is_open_for_signup(self, request):
        return False

    def authenticate(self, request, **credentials):
        """Look at the password, unless too many were wrong."""
        account = credentials.get("email", "")
        try:
            tried = sign_in.count_try(account, address=self.get_client_ip(request), browser=token_of(request, account))
        except TooManyTries as refusal:
            raise self.validation_error("too_many_login_attempts") from refusal
        user = super().authenticate(request, **credentials)
        if user:
            tried.succeeded()
        else:
            log.warning("A wrong password for %s.", _account_of(account))
        return user

    def get_client_ip(self, request):
        """Return whom the request is from; behind proxies that don't tell it as set up, the nearest of them."""
        if "HTTP_X_FORWARDED_FOR" in request.META and not settings.BEHIND_PROXY:
            log.warning("A proxy stands in front, and BEHIND_PROXY is not set: everybody seems to come from it.")
        if (address := address_of(request)) is None:
            log.warning("X-Forwarded-For names fewer addresses than TRUSTED_PROXY_COUNT says.")
            return request.META.get("REMOTE_ADDR", "")
        return address

    def set_password(self, user, password):
        """Keep a password that the person chose; it is no first password any more, and all other sessions end."""
        user.set_password(password)
        keep_own_password(user, session=self.request.session.get(SESSION, "") if self.request else "")

    def pre_login(self, request, user, **more):
        """Let nobody in, by whichever way they proved who they are, whose account is closed or has ended."""
        if not may_sign_in(user, on=timezone.localdate()):
            clear_login(request)
            messages.warning(request, self.error_messages["email_password_mismatch"])
            return redirect("account_login")
        return super().pre_login(request, user, **more)


def _account_of(email: str) -> str:
    """Return the number of the account that was meant; never what was typed, which may be a password."""
    known = get_user_model().objects.filter(email__iexact=email).values_list("pk", flat=True).first()
    return f"account {known}" if known else "no account"


def device_of(request) -> Device:
    """Return from which device and address the request is."""
    address = address_of(request) or request.META.get("REMOTE_ADDR", "")
    return Device.told_by(request.META.get("HTTP_USER_AGENT", ""), address)


def address_of(request) -> str | None:
    """Return from which address the request is; None when it does not tell it as set up."""
    try:
        return get_client_ip(request)
    except (ImproperlyConfigured, PermissionDenied):
        return None


def token_of(request, account: str) -> str:
    """Return the token of a browser in which ``account`` has signed in before, or ""."""
    name = settings.KNOWN_BROWSER_COOKIE_NAME
    mark = request.get_signed_cookie(name, default="", salt=_KNOWN_BROWSER, max_age=_REMEMBERED)
    return sign_in.token_in(mark, account)


def remember_browser(response, account: str, token: str) -> None:
    """Let the browser be known as one in which ``account`` has signed in; only the account's pages are told."""
    response.set_signed_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        sign_in.mark_of(account, token),
        salt=_KNOWN_BROWSER,
        max_age=_REMEMBERED,
        path=_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
