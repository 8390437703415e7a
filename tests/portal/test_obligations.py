"""The pages of the obligations matrix: what they show, what they cost, and what they answer to nonsense."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from ppid.shelf import actions
from ppid.shelf.models import DutyWord
from ppid.shelf.obligation_actions import freeze_quarter
from tests.portal import shelf_rows
from tests.portal.queries import at_most

PAGES = (
    "/kewajiban/",
    "/kewajiban.csv",
    "/kewajiban.json",
    "/kewajiban/unit/dinsos/",
    "/kewajiban/unit/kota/",
    "/kewajiban/kewajiban/bk-profil-kedudukan/",
    "/kewajiban/perkembangan/",
    "/kewajiban/rubrik/",
)


def said(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()


@pytest.fixture
def item():
    shelf_rows.duty()
    shelf_rows.duty("ss-agenda", category="on_demand", name="Agenda kerja pimpinan")
    found = shelf_rows.item(title="Profil Dinas Sosial", published_at=timezone.now() - timedelta(days=3))
    shelf_rows.fill(found.number)
    return found


@pytest.mark.parametrize("address", PAGES)
def test_no_page_asks_more_than_four_queries(client, item, address):
    for number in range(20):
        shelf_rows.duty(f"duty-{number}")
        shelf_rows.fill(shelf_rows.item().number, f"duty-{number}")
    with at_most(4):
        assert client.get(address).status_code == 200


def test_the_matrix_leads_to_the_item_and_says_the_score_with_what_it_is_out_of(client, item):
    page = said(client.get("/kewajiban/"))
    assert f'href="/informasi/{item.number}/"' in page
    assert "Nilai 1 dari 26 kewajiban" in page, "two duties of the city and twelve units"


def test_an_empty_list_says_what_fills_it(client):
    assert "Daftar kewajiban belum disusun" in said(client.get("/kewajiban/"))


@pytest.mark.parametrize(
    "query",
    ["tahun=abc", "tahun=99999", "keadaan=x", "jenis=%00", "unit=tidak-ada", "q=" + "a" * 10_000, "halaman=-1"],
)
def test_nonsense_is_left_out_with_a_sentence(client, item, query):
    for address in ("/kewajiban/", "/kewajiban.csv", "/kewajiban.json", "/kewajiban/unit/dinsos/"):
        assert client.get(f"{address}?{query}").status_code == 200


def test_filters_narrow_rows_and_columns(client, item):
    page = said(client.get("/kewajiban/?keadaan=ada"))
    assert "Kewajiban bk-profil-kedudukan" in page
    assert "Agenda kerja pimpinan" not in page
    page = said(client.get("/kewajiban/?jenis=setiap-saat&unit=dinsos"))
    assert "Agenda kerja pimpinan" in page
    assert "Kewajiban bk-profil-kedudukan" not in page
    assert "Tidak ada yang cocok" in said(client.get("/kewajiban/?q=tidakada"))


def test_an_unknown_unit_is_404_with_a_sentence_and_the_units(client, item):
    response = client.get("/kewajiban/unit/bukan-unit/")
    assert response.status_code == 404
    assert "Unit ini tidak dikenal" in said(response)
    assert "/kewajiban/unit/dinsos/" in said(response)


def test_a_closed_units_address_leads_to_its_successor(client, item):
    actions.pass_unit_on("dinsos", to="dinkes")
    response = client.get("/kewajiban/unit/dinsos/")
    assert (response.status_code, response["Location"]) == (302, "/kewajiban/unit/dinkes/")
    assert "Profil Dinas Sosial" in said(client.get("/kewajiban/unit/dinkes/"))
    assert "sudah ditutup" in said(client.get("/kewajiban/?unit=dinsos"))


def test_an_article_that_nobody_confirmed_is_not_printed(client, item):
    page = said(client.get("/kewajiban/kewajiban/bk-profil-kedudukan/"))
    assert "belum dipastikan petugas" in page
    shelf_rows.duty(law="Perki 1/2021 pasal 14 huruf a", law_confirmed_on=date(2026, 11, 2))
    assert "Perki 1/2021 pasal 14 huruf a" in said(client.get("/kewajiban/kewajiban/bk-profil-kedudukan/"))


def test_an_ended_duty_keeps_its_address_and_says_so(client, item):
    shelf_rows.duty(ended_on=date(2026, 11, 2), ended_because="Dicabut oleh Perki baru.")
    page = said(client.get("/kewajiban/kewajiban/bk-profil-kedudukan/"))
    assert "Tidak berlaku lagi sejak 2 November 2026" in page
    assert "bk-profil-kedudukan" not in said(client.get("/kewajiban.csv"))
    assert client.get("/kewajiban/kewajiban/tidak-ada/").status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_what_left_the_shelf_is_named_on_no_page(client, item, address):
    actions.exclude(item.number, called="Data", reason="UU", at=timezone.now(), ends_on=None)
    page = said(client.get(address))
    assert "Profil Dinas Sosial" not in page
    assert item.number not in page


def test_the_csv_and_the_json_hold_every_cell(client, item):
    lines = said(client.get("/kewajiban.csv")).splitlines()
    assert len(lines) == 1 + 26
    found = client.get("/kewajiban.json?unit=dinsos").json()
    assert (found["nilai"], found["dari"]) == (1.0, 2)
    assert {cell["keadaan"] for cell in found["sel"]} == {"ada", "belum-ada"}


def test_the_development_shows_a_picture_and_a_table(client, item):
    assert "Belum ada nilai yang dibekukan" in said(client.get("/kewajiban/perkembangan/"))
    freeze_quarter(on=date(timezone.localdate().year, 1, 1))
    page = said(client.get("/kewajiban/perkembangan/"))
    assert "<svg" in page
    assert "triwulan 1" in page
    assert "Dinas Sosial" in said(client.get("/kewajiban/perkembangan.csv"))


@pytest.mark.parametrize("address", ["/kewajiban/unit/dinsos/", "/kewajiban/kewajiban/bk-profil-kedudukan/"])
def test_other_words_of_the_same_cell_are_printed_though_its_line_was_drawn_before(client, address):
    shelf_rows.duty()
    for reason, holder in (("Tidak ada sejak lama.", "Arsip kota"), ("Tidak ada lagi.", "Dinas Arsip")):
        DutyWord.objects.all().delete()
        shelf_rows.word("nil", timezone.localdate(), reason=reason, held_by=holder)
        page = said(client.get(address))
        assert f"{reason} Dipegang oleh {holder}." in page
    assert "Arsip kota" not in page


def test_points_that_are_equal_are_printed_as_they_were_counted(client):
    for n, parts in enumerate([("a", "b"), (), ("a", "b")]):
        shelf_rows.duty(f"d-{n}", name="Separuh" if parts else "Utuh", parts=list(parts))
        shelf_rows.fill(shelf_rows.item().number, f"d-{n}", parts=(0,) if parts else ())
    assert [points_of(client, words) for words in ("Utuh", "Separuh", "")] == ["1", "1.0", "2.0"]


def points_of(client, words: str) -> str:
    page = BeautifulSoup(client.get("/kewajiban/", {"unit": "dinsos", "q": words}).content, "html.parser")
    return page.select_one(".unit-rows progress")["value"]
