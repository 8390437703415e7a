"""When somebody last proved, in this session, who they are; and whether by their second factor too."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

_AT, _SECOND = "identity_proved_at", "identity_second_factor"


def prove(request: HttpRequest, *, second_factor: bool = False) -> None:
    """Note that whoever sits there has just proved who they are."""
    request.session[_AT] = timezone.now().timestamp()
    if second_factor:
        request.session[_SECOND] = True


def is_fresh(request: HttpRequest) -> bool:
    """Whether the last proof is young enough for a weighty act; one from a clock that ran ahead is none."""
    age = timezone.now().timestamp() - request.session.get(_AT, 0)
    return -60 <= age <= timedelta(minutes=settings.SIGN_IN_AGAIN_MINUTES).total_seconds()


def by_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened, or gone on with, by a second factor."""
    return bool(request.session.get(_SECOND))


@receiver(user_logged_in)
def _signed_in(sender, request, **kwargs):
    if request is not None:
        request.session.pop(_SECOND, None)
        prove(request)
