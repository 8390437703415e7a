"""How many queries a page may ask at most, at the desk and on the portal: no more for more rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tests.obligations import said
from tests.portal import shelf_rows
from tests.portal.queries import at_most

pytestmark = pytest.mark.django_db

SOP = ["pengumuman-informasi-publik", 1]
# Page, its arguments ("case" is a running publication, "exclusion" an exclusion at its test), who, most queries.
SESSION = 1  # each page asks whether the session still counts
BUDGET = [
    ("desk:inbox", [], "dinsos", 12),
    ("desk:publications", [], "utama", 12),
    ("desk:exclusions", [], "utama", 12),
    ("desk:dip", [], "utama", 10),
    ("desk:dik", [], "utama", 11),
    ("desk:case", ["case"], "dinsos", 27),
    ("desk:case", ["exclusion"], "opd", 29),
    ("desk:decide", ["decided"], "utama", 25),
    ("desk:decide", ["reviewing"], "utama", 25),
    ("desk:describe", ["case"], "dinsos", 13),
    ("desk:document-add", ["case"], "dinsos", 11),
    ("desk:open-publication", [], "dinsos", 8),
    ("desk:open-publication-again", [], "dinsos", 7),
    ("desk:work", ["case"], "dinsos", 30),
    ("desk:work", ["exclusion"], "opd", 30),
    ("desk:test-sheet", ["exclusion"], "utama", 17),
    ("desk:decree", ["exclusion"], "bidang", 10),
    ("desk:sops", [], "pengelola", 15),
    ("desk:sop-version", SOP, "pengelola", 23),
    ("desk:sop-evaluation", SOP, "pengelola", 18),
    ("desk:sop-reviews", [], "pengelola", 9),
    ("desk:legal-bases", [], "pengelola", 13),
    ("desk:calendar", [], "bidang", 9),
    ("desk:figures", [], "utama", 38),
    ("desk:duties", [], "utama", 13),
    ("desk:duties-of-unit", ["dinsos"], "dinsos", 11),
    ("desk:duty-cell", [said.DUTY, "dinsos"], "utama", 16),
    ("desk:duty-list", [], "bidang", 7),
    ("desk:people", [], "utama", 12),
    ("desk:person", ["person"], "utama", 11),
]


@pytest.fixture
def office(db):
    """Three of everything that is listed, so that a query a row shows."""
    for _ in range(2):
        make.publication(at="preparing")
        make.exclusion(at="testing")
        make.person("ppid_pelaksana")
    for code in (said.DUTY, "bk-struktur", "bk-lain"):
        shelf_rows.duty(code)
        said.stated(duty=code)
    case = make.publication(at="preparing")
    make.add_document(case, make.pdf(), title="Laporan", actor=make.demo("dinsos"))
    back = make.publication(at="clarifying")
    make.step(back, "return_for_repair", actor="utama", note="Ringkasan kurang.\nTabel terpotong.")
    make.step(make.again(back), "prepare", actor="dinsos")
    deciding = {"decided": back.number, "reviewing": make.exclusion(at="reviewing").number}
    return deciding | {
        "case": case.number,
        "exclusion": make.exclusion(at="testing").number,
        "person": make.demo("dinsos").pk,
    }


def test_no_page_of_the_desk_asks_more_than_its_budget(office, sign_in):
    over = {}
    for name, args, who, most in BUDGET:
        client = sign_in(who)
        url = reverse(name, args=[office.get(each, each) for each in args])
        assert client.get(url).status_code == 200, url
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        if len(asked) > most + SESSION:
            over[url] = len(asked)
    assert not over


PORTAL = [
    "/",
    "/informasi/",
    "/informasi/?q=laporan",
    "/dip/",
    "/dik/",
    "/sop/",
    "/kewajiban/",
    "/glosarium/",
]


def test_no_page_of_the_portal_asks_more_than_its_budget(db, client):
    for _ in range(2):
        make.publication(at="published")
        make.exclusion(at="adopted")
    for url in PORTAL:
        with at_most(4):
            assert client.get(url).status_code == 200, url
    with at_most(5):
        client.get("/sop/pengumuman-informasi-publik/")
