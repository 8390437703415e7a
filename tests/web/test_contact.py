"""How the office is reached: set once, shown wherever a text tells somebody to ask."""

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from ppid.web.contact import contact
from ppid.web.errors import server_error
from tests import make

pytestmark = pytest.mark.django_db
SET = {
    "CONTACT_ADDRESS": "Jalan Sultan 7",
    "CONTACT_HOURS": "Senin–Jumat 08.00–15.00",
    "CONTACT_PHONE": "(0561) 123-456",
    "CONTACT_EMAIL": "ppid@kota.example",
    "CONTACT_WHATSAPP": "0812-3456-789",
}


@pytest.fixture(autouse=True)
def reachable(settings):
    for name, value in SET.items():
        setattr(settings, name, value)


def inside(html) -> str:
    return str(BeautifulSoup(html, "html.parser").select_one("main"))


def test_a_number_becomes_a_link_that_telephones_understand():
    assert contact().phone_url == "tel:0561123456"
    assert contact().whatsapp_url == "https://wa.me/628123456789"


@pytest.mark.parametrize("address", ["/", "/dip/", "/glosarium/", "/aksesibilitas/", "/meja/"])
def test_every_page_says_in_its_foot_how_the_office_is_reached(client, address):
    foot = str(BeautifulSoup(client.get(address, follow=True).content, "html.parser").select_one("footer"))
    for value in SET.values():
        assert value in foot


def test_pages_that_tell_somebody_to_ask_say_whom(client, rf):
    withdrawn = make.publication(at="published")
    make.take_step(withdrawn, "retract", actor=make.demo("utama"), note="Keliru.")
    told = {
        "tombstone": client.get(f"/informasi/{withdrawn.information.number}/").content,
        "not found": client.get("/tidak-ada/").content,
        "nothing found": client.get("/informasi/?q=tidakadasamasekali").content,
        "sign-in": client.get("/meja/", follow=True).content,
        "a page that is not written": client.get("/halaman/aksesibilitas/").content,
        "refused": render_to_string("403.html", {}),
        "broken": server_error(rf.get("/")).content,
    }
    for page, html in told.items():
        assert SET["CONTACT_PHONE"] in inside(html), page
        assert SET["CONTACT_EMAIL"] in inside(html), page


def test_what_is_not_set_is_not_shown(settings, client):
    for name in SET:
        setattr(settings, name, "")
    foot = str(BeautifulSoup(client.get("/").content, "html.parser").select_one("footer"))
    assert "tel:" not in foot
    assert "mailto:" not in foot
    assert "wa.me" not in foot
