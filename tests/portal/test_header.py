"""The search stands in the header of every page of the portal, once; not beside a page's own large field."""

from collections import Counter

import pytest
from bs4 import BeautifulSoup

from tests.portal.addresses import PAGES, every_address

pytestmark = pytest.mark.django_db
OWN = ("home", "search")


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_one_field_of_the_search(client, full_shelf, name):
    page = soup(client.get(every_address(full_shelf)[name]))
    (form,) = page.select("form[action='/cari/'][data-suggestions='/cari/saran/']")
    assert bool(form.find_parent("header")) == (name not in OWN)
    assert len(page.select("header a[href='/cari/#cari']")) == (name not in OWN)
    assert page.select_one(f"label[for={form.select_one('input[name=q]')['id']}]").get_text(strip=True)
    twice = [each for each, n in Counter(tag["id"] for tag in page.select("[id]")).items() if n > 1]
    assert twice == []


def test_the_link_of_a_phone_leads_to_the_field(client, shelf):
    assert soup(client.get("/cari/")).select_one("input[type=search]")["id"] == "cari"


def test_who_lost_the_way_can_search_and_who_signs_in_is_not_asked_to(client, shelf):
    assert soup(client.get("/tidak-ada/")).select("header form[action='/cari/']")
    assert not soup(client.get("/meja/masuk/", follow=True)).select("form[action='/cari/']")
