"""A request whose connection ends before all of it has come changes nothing, wherever it is cut."""

from io import BytesIO

import pytest
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from django.utils.http import urlencode

from ppid.information.models import Document
from ppid.web import letterbox
from ppid.web.whole_bodies import whole_bodies
from tests import make
from tests.desk.pages import soup
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
TABLE = b"kelurahan;penerima\n" + b"".join(b"Kelurahan %d;%d\n" % (n, n * 7) for n in range(2000))


@pytest.mark.parametrize("left", [1, 10, 60])
def test_a_letter_in_the_middle_of_its_sentence_is_not_taken(left, at_the_door, settings, tmp_path):
    settings.LETTERBOX = tmp_path / "letterbox"
    body = urlencode({"kind": "broken", "text": "Tautan ke lampiran dua tidak terbuka, yang pertama baik."}).encode()
    address = reverse("portal:report", args=[shelf_rows.item().number])
    status, page = at_the_door("POST", address, FORM, body[:-left], announced=len(body))
    assert status == "400 Bad Request"
    assert not letterbox.waiting("report")
    assert at_the_door("POST", address, FORM, body)[0] == "200 OK"
    assert len(letterbox.waiting("report")) == 1


@pytest.fixture
def adding():
    """Return the address, cookies and body with which an officer adds a table to a case."""
    case = make.publication(at="preparing")
    officer = Client()
    officer.force_login(make.demo("dinsos"))
    address = reverse("desk:document-add", args=[case.number])
    hidden = soup(officer.get(address)).select('form[method="post"] input[type="hidden"]')
    fields = {each["name"]: each.get("value", "") for each in hidden if each.get("name")}
    file = SimpleUploadedFile("penerima.csv", TABLE, "text/csv")
    return address, officer.cookies, encode_multipart(BOUNDARY, fields | {"title": "Penerima bantuan", "file": file})


@pytest.mark.parametrize("left", [1, 5, 40, 70, 400, 30_000])
def test_a_table_with_half_of_its_rows_is_no_document(left, adding, at_the_door):
    """Cut within the file, within the line that ends it, and within the very last line."""
    address, cookies, body = adding
    before = Document.objects.count()
    status, _ = at_the_door("POST", address, MULTIPART_CONTENT, body[:-left], cookies=cookies, announced=len(body))
    assert status == "400 Bad Request"
    assert Document.objects.count() == before


def test_a_table_that_comes_whole_is_one(adding, at_the_door):
    address, cookies, body = adding
    before = Document.objects.count()
    assert at_the_door("POST", address, MULTIPART_CONTENT, body, cookies=cookies)[0] == "302 Found"
    assert Document.objects.count() == before + 1


def test_a_line_that_is_cut_is_refused_as_well():
    body = {"CONTENT_LENGTH": "20", "wsgi.input": BytesIO(b"satu\ndua")}
    lines = []

    def reads(environ, start_response):
        lines.append(environ["wsgi.input"].readline(100))
        lines.append(environ["wsgi.input"].readline(100))

    with pytest.raises(BadRequest):
        whole_bodies(reads)(body, None)
    assert lines == [b"satu\n"]


def test_gunicorn_comes_by_this_door(settings):
    door = "application = whole_bodies(utf8_only(get_wsgi_application()))"
    assert door in (settings.BASE_DIR / "ppid" / "wsgi.py").read_text()
