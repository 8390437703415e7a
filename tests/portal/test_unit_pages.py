"""The units as the public meets them: what each published, its sheets, what it excludes, where a closed one leads."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ppid.shelf import actions
from ppid.shelf.units import ShelfUnit
from tests import make

pytestmark = pytest.mark.django_db


def main(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").find("main").get_text(" ").split())


def test_a_unit_shows_what_it_published_its_sheets_and_what_it_excludes(client, shelf):
    shelf.item(number="2026-0101", title="Laporan bantuan")
    shelf.item(number="2026-0102", title="Agenda dinas", category="on_demand")
    shelf.item(number="2026-0103", title="Punya unit lain", unit_code="dinkes")
    shelf.dik(information="Data penerima bantuan", unit_code="dinsos")
    shelf.sop(title="PELAYANAN BANTUAN")
    page = client.get("/unit/dinsos/")
    words = main(page)
    for said in ("Laporan bantuan", "Agenda dinas", "Data penerima bantuan", "PELAYANAN BANTUAN", "Berkala 1"):
        assert said in words
    assert "Setiap saat 1" in words
    assert "Serta merta 0" in words
    assert "Semua informasi unit ini (2)" in words
    assert "Punya unit lain" not in words
    assert "PPID Pelaksana Dinas Sosial" in words
    assert make.demo("dinsos").name not in page.content.decode()


def test_what_is_another_units_open_again_or_superseded_does_not_stand_there(client, shelf):
    yesterday = timezone.localdate() - timedelta(days=1)
    shelf.dik(information="Milik dinas lain", unit_code="dinkes")
    shelf.dik(information="Jangkanya sudah habis", unit_code="dinsos", ends_on=yesterday)
    shelf.dik(information="Masih tertutup", unit_code="dinsos", ends_on=yesterday + timedelta(days=1))
    shelf.sop(title="SOP LAMA")
    shelf.sop(title="SOP BARU", version=2)
    shelf.sop(title="SOP LAIN", slug="lain", unit_code="dinkes")
    words = main(client.get("/unit/dinsos/"))
    for said in ("Masih tertutup", "SOP BARU"):
        assert said in words
    for said in ("Milik dinas lain", "Jangkanya sudah habis", "SOP LAMA", "SOP LAIN"):
        assert said not in words


def test_ten_of_each_kind_stand_there_the_newest(client, shelf):
    for n in range(11):
        shelf.item(title=f"Laporan ke-{n}.", published_at=timezone.now() - timedelta(days=n))
        shelf.dik(information=f"Tertutup ke-{n}.", unit_code="dinsos")
    words = main(client.get("/unit/dinsos/"))
    assert [f"Laporan ke-{n}." in words for n in range(11)] == [True] * 10 + [False]
    assert words.count("Tertutup ke-") == 10


def test_the_list_says_how_much_each_has_published(client, shelf):
    shelf.item()
    shelf.item()
    rows = {
        row.a["href"]: row.td.get_text(strip=True)
        for row in BeautifulSoup(client.get("/unit/").content, "html.parser").select("tbody tr")
    }
    assert rows["/unit/dinsos/"] == "2"
    assert rows["/unit/dinkes/"] == "0"


def test_a_unit_with_nothing_says_what_one_can_do(client):
    words = main(client.get("/unit/dinkes/"))
    assert "Unit ini belum mengumumkan informasi." in words
    assert "Tidak ada informasi unit ini yang dikecualikan." in words


def test_a_closed_unit_leads_to_its_successor_which_names_it(client, shelf):
    shelf.item(title="Warisan")
    actions.pass_unit_on("dinsos", to="dinkes")
    answer = client.get("/unit/dinsos/")
    assert (answer.status_code, answer["Location"]) == (302, "/unit/dinkes/")
    words = main(client.get("/unit/dinkes/"))
    assert "Warisan" in words
    assert "Meneruskan" in words
    assert "yang dimilikinya kini pada" in main(client.get("/unit/"))


def test_a_unit_says_what_it_was_called_before(client):
    unit = make.unit("dishub")
    ShelfUnit.objects.filter(code="dishub").update(former_names=["Dinas Perhubungan dan Kominfo"])
    assert "Dahulu bernama Dinas Perhubungan dan Kominfo." in main(client.get(f"/unit/{unit.code}/"))


def test_whatever_changes_of_a_unit_is_on_its_page_at_once(client, shelf, settings):
    make.unit("dishub")
    before = main(client.get("/unit/dishub/"))
    for words in ({"phone": "0561 1"}, {"hours": "Senin 08.00"}, {"short_name": "Hub"}, {"name": "Dinas Angkutan"}):
        ShelfUnit.objects.filter(code="dishub").update(**words)
        after = main(client.get("/unit/dishub/"))
        assert next(iter(words.values())) in after
        assert after != before
        before = after
    item = shelf.item(unit_code="dishub", title="Trayek")
    assert "Trayek" in main(client.get("/unit/dishub/"))
    actions.exclude(item.number, called="Data", reason="UU", at=timezone.now(), ends_on=None)
    assert "Trayek" not in main(client.get("/unit/dishub/"))
    for phone in ("0561 77", "0561 78"):
        settings.CONTACT_PHONE = phone
        assert phone in main(client.get("/unit/dinkes/"))


@pytest.mark.parametrize("code", ["tidak-ada", "DINSOS", "a" * 400])
def test_an_unknown_unit_is_not_found(client, code):
    assert client.get(f"/unit/{code}/").status_code == 404


@pytest.mark.parametrize("address", ["/", "/unit/", "/unit/dinsos/"])
def test_it_costs_the_same_however_much_there_is_and_counts_no_items(client, shelf, address):
    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return [each["sql"] for each in queries.captured_queries if "announcement" not in each["sql"]]

    few = asked()
    for _ in range(15):
        shelf.item()
    many = asked()
    assert len(many) <= 4
    assert len(few) <= len(many)
    assert not [sql for sql in many if "COUNT(" in sql and "publisheditem" in sql]
