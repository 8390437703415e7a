"""A reference number for each request: it stands on the error page and in the log, so one finds the other."""

import logging
import secrets
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("reference", default="-")


def current() -> str:
    """Return the reference of the request in hand, or "-" outside one."""
    return _current.get()


class ReferenceMiddleware:
    """Give the request a reference, and send it along as the header ``X-Reference``."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = _current.set(secrets.token_hex(4).upper())
        try:
            response = self.get_response(request)
            response["X-Reference"] = current()
            return response
        finally:
            _current.reset(token)


class ReferenceFilter(logging.Filter):
    """Add the reference to each log line."""

    def filter(self, record):
        record.reference = current()
        return True
