"""Whatever letters a request says it is written in: an answer of ours, and never a form with its letters lost."""

import pytest
from django.test import Client
from django.test.client import BOUNDARY, encode_multipart
from django.urls import reverse

from tests import make
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db

# «hex» and its like are codecs of Python's, and no writing; the last names letters twice, in a way that nobody knows.
NO_WRITING = ["charset=hex", "charset=undefined", "charset=idna", "charset=base64", "charset*=tidak-ada''a"]
OTHER = [*NO_WRITING, "charset=utf-16", "charset=utf-7", "charset=iso-8859-1"]
OURS = ["charset=utf-8", "charset=UTF8", "charset=tidak-ada", ""]
KINDS = ["application/x-www-form-urlencoded", f"multipart/form-data; boundary={BOUNDARY}", "text/plain"]


@pytest.mark.parametrize("charset", [*OTHER, *OURS])
def test_an_address_is_read_as_it_always_is(charset, at_the_door):
    status, page = at_the_door("GET", "/informasi/?q=%C3%A9%FF", f"text/plain; {charset}")
    assert status == "200 OK"
    assert 'value="é' in page


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("charset", OTHER)
def test_a_form_in_other_letters_is_refused_with_a_sentence(charset, kind, at_the_door):
    bidang = Client()
    bidang.force_login(make.demo("bidang"))
    for address, cookies in (
        (reverse("portal:report", args=[shelf_rows.item().number]), None),
        (reverse("account_login"), None),
        (reverse("desk:open-publication"), bidang.cookies),
    ):
        status, page = at_the_door("POST", address, f"{kind}; {charset}", b"a=%FF", cookies=cookies)
        assert status == "400 Bad Request"
        assert "tidak dapat dibaca" in page


@pytest.mark.parametrize("charset", OURS)
def test_a_form_in_our_letters_is_read(charset, at_the_door):
    body = encode_multipart(BOUNDARY, {"kind": "other", "text": ""})
    kind = f"multipart/form-data; boundary={BOUNDARY}; {charset}"
    address = reverse("portal:report", args=[shelf_rows.item().number])
    status, page = at_the_door("POST", address, kind, body)
    assert status.startswith("422")
    assert "Ceritakan apa masalahnya." in page
