"""What should hold of mail: that there is a server, and that it answers."""

from django.conf import settings
from django.core.checks import Warning
from django.core.mail import get_connection

from ppid.notices.outcomes import NotSent
from ppid.web.examinations import examination

_PATIENCE = 3  # seconds: the start waits for this


@examination("Mails are sent")
def mails_are_sent(databases):
    """Warn in production without a mail server, and wherever there is one that does not answer or let us in."""
    if not settings.EMAIL_HOST:
        if settings.DEMO:
            return []
        said = f"EMAIL_HOST is not set: mails are files under {settings.EMAIL_FILE_PATH}, and nobody gets them."
        return [Warning(said, hint="Set EMAIL_HOST, EMAIL_FROM and what they need (docs/operasi.md).", id="ppid.W021")]
    post = get_connection(timeout=_PATIENCE)
    try:
        post.open()
    except NotSent as error:
        server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        return [Warning(f"The mail server {server} can't be used: {error.because}", id="ppid.W022")]
    finally:
        post.close()
    return []
