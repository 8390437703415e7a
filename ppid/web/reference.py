"""A reference number for each request: it stands on the error page and in the log, so one finds the other."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("reference", default="-")


def current() -> str:
    """Return the reference of the request in hand, or "-" outside one."""
    return _current.get()


@contextmanager
def referred_to(reference: str) -> Iterator[None]:
    """Let all that is logged meanwhile bear this reference."""
    token = _current.set(reference)
    try:
        yield
    finally:
        _current.reset(token)


class ReferenceMiddleware:
    """Give the request a reference, and send it along as the header ``X-Reference``."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with referred_to(secrets.token_hex(4).upper()):
            request.reference = current()  # Django logs what was refused only after this has let go of it
            response = self.get_response(request)
            response["X-Reference"] = current()
            return response


class ReferenceFilter(logging.Filter):
    """Add the reference to each log line, and whose request it was: the number of the account, where one is known."""

    def filter(self, record):
        request = getattr(record, "request", None)
        record.reference = getattr(request, "reference", current())
        # What nobody has looked up yet is not looked up for a line of the log: the database may be what failed.
        record.account = getattr(getattr(request, "_cached_user", None), "pk", None)
        return True
