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
            response = self.get_response(request)
            response["X-Reference"] = current()
            return response


class ReferenceFilter(logging.Filter):
    """Add the reference to each log line."""

    def filter(self, record):
        record.reference = current()
        return True
