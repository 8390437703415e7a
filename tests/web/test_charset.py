"""Whatever letters a request says it is written in: an answer of ours, and never a form with its letters lost."""

from io import BytesIO

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client, RequestFactory
from django.test.client import BOUNDARY, encode_multipart
from django.urls import reverse

from ppid.web.charset import utf8_only
from tests import make
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db

# «hex» and its like are codecs of Python's, and no writing; the last names letters twice, in a way that nobody knows.
NO_WRITING = ["charset=hex", "charset=undefined", "charset=idna", "charset=base64", "charset*=tidak-ada''a"]
OTHER = [*NO_WRITING, "charset=utf-16", "charset=utf-7", "charset=iso-8859-1"]
OURS = ["charset=utf-8", "charset=UTF8", "charset=tidak-ada", ""]
KINDS = ["application/x-www-form-urlencoded", f"multipart/form-data; boundary={BOUNDARY}", "text/plain"]


@pytest.fixture
def application():
    """The application as gunicorn has it, on the connection of the test: between requests it would be closed."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield utf8_only(get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def answer(application, method: str, address: str, kind: str, body: bytes = b"", *, cookies=None) -> tuple[str, str]:
    """Return status and page as gunicorn gets them."""
    environ = RequestFactory().generic(method, address, body).environ
    environ |= {"wsgi.input": BytesIO(body), "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body))}
    environ["HTTP_COOKIE"] = "; ".join(f"{each.key}={each.value}" for each in (cookies or {}).values())
    said = []
    page = b"".join(application(environ, lambda status, headers: said.append(status)))
    return said[0], page.decode()


@pytest.mark.parametrize("charset", [*OTHER, *OURS])
def test_an_address_is_read_as_it_always_is(charset, application):
    status, page = answer(application, "GET", "/informasi/?q=%C3%A9%FF", f"text/plain; {charset}")
    assert status == "200 OK"
    assert 'value="é' in page


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("charset", OTHER)
def test_a_form_in_other_letters_is_refused_with_a_sentence(charset, kind, application):
    bidang = Client()
    bidang.force_login(make.demo("bidang"))
    for address, cookies in (
        (reverse("portal:report", args=[shelf_rows.item().number]), None),
        (reverse("account_login"), None),
        (reverse("desk:open-publication"), bidang.cookies),
    ):
        status, page = answer(application, "POST", address, f"{kind}; {charset}", b"a=%FF", cookies=cookies)
        assert status == "400 Bad Request"
        assert "tidak dapat dibaca" in page


@pytest.mark.parametrize("charset", OURS)
def test_a_form_in_our_letters_is_read(charset, application):
    body = encode_multipart(BOUNDARY, {"kind": "other", "text": ""})
    kind = f"multipart/form-data; boundary={BOUNDARY}; {charset}"
    address = reverse("portal:report", args=[shelf_rows.item().number])
    status, page = answer(application, "POST", address, kind, body)
    assert status.startswith("422")
    assert "Ceritakan apa masalahnya." in page


def test_gunicorn_comes_by_this_door():
    assert "application = utf8_only(get_wsgi_application())" in (settings.BASE_DIR / "ppid" / "wsgi.py").read_text()
