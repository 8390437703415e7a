"""What only the tests of what pages share need."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import RequestFactory

from ppid.web.charset import utf8_only
from ppid.web.whole_bodies import whole_bodies


@pytest.fixture
def at_the_door() -> Callable[..., tuple[str, str]]:
    """Ask the application as gunicorn has it; return status and page.

    It stays on the connection of the test: between requests it would be closed. ``announced`` is the length in bytes
    that the request names, that of the body unless told.
    """
    application = whole_bodies(utf8_only(get_wsgi_application()))

    def answer(method, address, kind, body=b"", *, cookies=None, announced=None, **headers):
        environ = RequestFactory().generic(method, address, body, **headers).environ
        size = len(body) if announced is None else announced
        environ |= {"wsgi.input": BytesIO(body), "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(size)}
        environ["HTTP_COOKIE"] = "; ".join(f"{each.key}={each.value}" for each in (cookies or {}).values())
        said = []
        page = b"".join(application(environ, lambda status, headers: said.append(status)))
        return said[0], page.decode()

    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield answer
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
