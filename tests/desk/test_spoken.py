"""What people call a unit («Capil») finds what is the unit's in every list of the desk that is searched by words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ppid.flows.closing import close_unit
from ppid.organisation.units import call
from tests import make
from tests.desk.pages import soup
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db

HERE, ELSEWHERE = "dinsos", "dinkes"


@pytest.fixture
def office(db):
    """Something of every list at one unit, with its everyday name, and the same at another."""
    for n, code in enumerate((HERE, ELSEWHERE)):
        for flow in (make.publication, make.exclusion):
            flow(unit=code, title=f"Laporan {flow.__name__} milik {code}")
        shelf_rows.dik(number=f"2026-080{n}", unit_code=code)
        make.publication(at="published", unit=code, title=f"Profil milik {code}")
        make.person("opd", unit=code, name=f"Petugas {code}")
    call(make.unit(HERE), short_name="Dinas Sosial", everyday_names=["Bansosku"], actor=make.demo("utama"))


# Each list, and what one row of the unit says in it; its twin at the other unit says the same with the other code.
LISTS = {
    "publications": "Laporan publication milik {}",
    "exclusions": "Laporan exclusion milik {}",
    "dip": "Profil milik {}",
    "people": "Petugas {}",
    "appointments": "Petugas {}",
}


@pytest.mark.parametrize(("name", "row"), LISTS.items())
def test_a_list_is_searched_by_it(name, row, office, sign_in):
    client = sign_in("utama")

    def found(words: str) -> str:
        page = soup(client.get(reverse(f"desk:{name}"), {"q": words}))
        rows = page.select("table tbody tr, ul.rows > li")
        return " ".join(each.text for each in rows)

    for words in ("bansosku", f"BANSOSKU {row.split()[0]}"):
        assert row.format(HERE) in found(words), words
        assert row.format(ELSEWHERE) not in found(words), words
    assert row.format(HERE) not in found("bansosku tidakada")
    assert row.format(HERE) not in found("bansoskus")


def test_the_register_of_what_is_excluded_and_the_library_are_searched_by_it(office, sign_in):
    client = sign_in("utama")
    rows = soup(client.get(reverse("desk:dik"), {"q": "bansosku"})).select("table tbody tr")
    assert len(rows) == 1
    sheets = soup(client.get(reverse("desk:sops"), {"q": "bansosku"})).select("main .rows__title")
    assert [sheet.text.strip() for sheet in sheets] == ["Pengumuman Informasi Publik"]
    both = soup(client.get(reverse("desk:sops"), {"q": "bansosku pengumuman"})).select("main .rows__title")
    assert len(both) == 1
    assert not soup(client.get(reverse("desk:sops"), {"q": "bansosku keuangan"})).select("main .rows__title")


def test_what_people_called_a_unit_that_closed_finds_what_its_successor_has_now(office, sign_in):
    close_unit(
        make.unit(HERE),
        successor=make.unit(ELSEWHERE),
        last_day=timezone.localdate(),
        because="Perwa 9/2026",
        actor=make.demo("utama"),
    )
    page = soup(sign_in("utama").get(reverse("desk:publications"), {"q": "bansosku"})).find("table").text
    assert "Laporan publication milik dinsos" in page
    assert "Laporan publication milik dinkes" in page


@pytest.mark.parametrize("name", [*LISTS, "dik", "sops"])
def test_searching_by_it_asks_no_more_than_searching_by_any_word(name, office, sign_in):
    client, url = sign_in("utama"), reverse(f"desk:{name}")
    asked = []
    for words in ("a", "bansosku"):
        client.get(url, {"q": words})
        with CaptureQueriesContext(connection) as queries:
            client.get(url, {"q": words})
        asked.append(len(queries))
    assert asked[1] <= asked[0]
