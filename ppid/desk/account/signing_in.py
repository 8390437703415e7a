"""What happens as somebody signs in or out, whichever way they proved who they are: a session begins, or ends."""

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction

from ppid.desk.account.telling import tell_of_new_device
from ppid.organisation import sessions
from ppid.organisation.adapter import SESSION, device_of, token_of
from ppid.organisation.sessions import SignInSession


def watch() -> None:
    """Hear of each sign-in and each sign-out from Django, through which all ways lead."""
    user_logged_in.connect(_begin, dispatch_uid="ppid.desk.account.begin")
    user_logged_out.connect(_end, dispatch_uid="ppid.desk.account.end")


@transaction.atomic
def _begin(sender, request, user, **more):
    """Begin a session, and tell its person when nobody knows the browser; their first sign-in is no news."""
    _end(sender, request, user)
    is_first = not SignInSession.objects.filter(person=user).exists()
    session, request.session[SESSION] = sessions.begin(user, device_of(request))
    if session.address and not is_first and not token_of(request, user.email):
        tell_of_new_device(session)
    request.signed_in_as = user.email


def _end(sender, request, user, **more):
    if token := request.session.get(SESSION, ""):
        signed_out = SignInSession.objects.filter(digest=sessions.digest_of(token))
        signed_out.end(SignInSession.Because.SIGNED_OUT)
