"""Whether the session of a request still counts: not ended, not too old, not idle, not carried off to elsewhere.

What pages ask for by themselves is no use of a session: views marked ``@in_background``, and requests of our own
scripts that say so. Saying it can only shorten a session.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from ppid.desk.account.telling import tell_of_moved
from ppid.organisation import sessions
from ppid.organisation.adapter import SESSION, device_of, remember_browser, token_of
from ppid.organisation.leaving import AccountEnded, session_of
from ppid.organisation.sessions import SignInSession

BACKGROUND = "X-Background"
_B = SignInSession.Because
_AGAIN = "Masuk lagi untuk melanjutkan."
WHY = {
    _B.ENDED: f"Sesi ini diakhiri dari perangkat lain. {_AGAIN}",
    _B.KEEPER: f"Sesi ini diakhiri oleh pengelola akun. {_AGAIN}",
    _B.PASSWORD: "Kata sandi akun ini diganti, jadi sesi ini berakhir. Masuk lagi dengan kata sandi yang baru.",
    _B.IDLE: f"Sesi berakhir karena lama tidak dipakai. {_AGAIN}",
    _B.OVER: f"Sesi berakhir karena sudah terlalu lama sejak Anda masuk. {_AGAIN}",
    _B.MOVED: (
        "Sesi ini diakhiri karena tiba-tiba dipakai dari perangkat dan jaringan yang lain. Masuk lagi. Bila bukan Anda "
        "yang berpindah, ganti kata sandi Anda dan beri tahu PPID Utama."
    ),
    _B.LEFT: AccountEnded().sentences[0],
}


@dataclass(frozen=True, slots=True)
class Left:
    """How many seconds the session has left; ``is_final`` when nothing makes it longer."""

    seconds: int
    is_final: bool


def in_background(view_func):
    """Mark a view that pages ask by themselves: asking it is no use of the session."""
    view_func.in_background = True
    return view_func


class HeldSessionMiddleware:
    """Put out whose session has ended, before anybody asks who is there; write down that the others are in use."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if account := getattr(request, "signed_in_as", ""):
            remember_browser(response, account, token_of(request, account) or sessions.new_token())
        return response

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True) or not request.user.is_authenticated:
            return
        now, device = timezone.now(), device_of(request)
        today = timezone.localdate(now)
        roles = tuple(settings.SECOND_FACTOR_ROLES)
        session = session_of(request.session.get(SESSION, ""), request.user, on=today, roles=roles)
        if because := _ends(session, device, now):
            if session is not None and session.ended_at is None:
                _end(session, because, device, now)
            put_out(request, because)
            return
        if not (getattr(view_func, "in_background", False) or BACKGROUND in request.headers):
            sessions.note_use(session, device, at=now)
        request.held_session = session
        request.session_left = left_of(session, now)


def left_of(session: SignInSession, now) -> Left:
    """Return what is left of the session at this moment."""
    ends = session.ends_at()
    return Left(max(0, int((ends - now).total_seconds())), ends == session.over_at())


def put_out(request, because: str) -> None:
    """Forget who the request was from, and say why on the page of sign-in."""
    request.session.flush()
    request.user = AnonymousUser()
    if said := WHY.get(because, f"Sesi Anda sudah berakhir. {_AGAIN}"):
        messages.warning(request, said)


def _ends(session: SignInSession | None, device, now) -> str:
    if session is None:
        return _B.SIGNED_OUT
    return session.ends_because(device, at=now) or ("" if session.is_in_office else _B.LEFT)


def _end(session: SignInSession, because: str, device, now) -> None:
    ended = SignInSession.objects.filter(pk=session.pk).end(because, at=now)
    if ended and because == _B.MOVED:
        tell_of_moved(session, device, at=now)
