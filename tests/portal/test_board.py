"""Announcements as text: what the sheet on paper says, for everyone, and all of them by their days."""

import json
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ppid.shelf import actions
from ppid.web.contact import contact

pytestmark = pytest.mark.django_db


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(found) -> str:
    return " ".join(found.get_text(" ").split())


def test_an_announcement_says_in_words_what_the_sheet_says(client, shelf):
    item = shelf.item(
        number="2026-0101",
        title="Laporan bantuan",
        summary="Jumlah penerima menurut kecamatan.",
        published_at=datetime(2026, 11, 5, 3, 0, tzinfo=UTC),
        files=[shelf.file(title="Laporan lengkap")],
        has_hardcopy=True,
    )
    page = soup(client.get("/informasi/2026-0101/pengumuman/"))
    sheet = page.find("article")
    said = words(sheet)
    for expected in (
        "Pemerintah Kota Pontianak mengumumkan informasi publik ini, yang termasuk informasi berkala, dengan nomor "
        "2026-0101.",
        "Jumlah penerima menurut kecamatan.",
        "Diumumkan 5 November 2026",
        "Unit yang menguasai Dinas Sosial",
        "Bentuk Softcopy dan Hardcopy",
        "Laporan lengkap",
        "tanpa biaya dan tanpa mendaftar",
        "Salinan cetaknya dapat dilihat pada",
        "http://testserver/informasi/2026-0101/",
    ):
        assert expected in said
    assert page.h1.text == "Laporan bantuan"
    assert item.files.get().get_absolute_url() in {link["href"] for link in sheet.find_all("a")}
    data = json.loads(page.find("script", type="application/ld+json").string)
    assert (data["@type"], data["identifier"]) == ("Dataset", "2026-0101")


def test_the_paper_and_the_page_tell_the_same_facts(client, shelf):
    item = shelf.item(number="2026-0101", published_at=datetime(2026, 11, 5, 3, 0, tzinfo=UTC))
    asked = {"item": item, "ppid": contact(), "site": "PPID", "published_on": "5 November 2026", "address": ""}
    paper = BeautifulSoup(render_to_string("pdf/announcement.html", asked), "html.parser")
    assert words(paper.dl) == words(soup(client.get("/informasi/2026-0101/pengumuman/")).article.dl)


def test_it_leads_to_the_sheet_once_that_is_printed_and_the_items_page_to_both(client, shelf):
    item = shelf.item(number="2026-0101")
    address = "/informasi/2026-0101/pengumuman/"
    assert "pengumuman.pdf" not in client.get(address).content.decode()
    assert address in {link.get("href") for link in soup(client.get("/informasi/2026-0101/")).find_all("a")}
    shelf.announced(item)
    assert "/informasi/2026-0101/pengumuman.pdf" in client.get(address).content.decode()
    links = {link.get("href") for link in soup(client.get("/informasi/2026-0101/")).find_all("a")}
    assert {address, "/informasi/2026-0101/pengumuman.pdf"} <= links


def test_the_sheet_of_an_earlier_edition_is_not_offered(client, shelf):
    shelf.announced(shelf.item(number="2026-0101"))
    shelf.item(number="2026-0101", title="Baru")
    assert "pengumuman.pdf" not in client.get("/informasi/2026-0101/pengumuman/").content.decode()


def test_what_is_only_given_on_request_says_how(client, shelf):
    shelf.item(number="2026-0101", has_softcopy=False, on_request=True)
    page = client.get("/informasi/2026-0101/pengumuman/").content.decode()
    assert "diberikan atas permintaan" in page
    assert "Dokumennya:" not in page


def test_of_what_left_the_shelf_it_says_what_its_page_says(client, shelf):
    shelf.item(number="2026-0101", title="Rahasia")
    shelf.item(number="2026-0102", title="Keliru")
    actions.exclude("2026-0101", called="Data pribadi", reason="UU", at=timezone.now(), ends_on=None)
    actions.withdraw("2026-0102", reason="Salah unggah.", at=timezone.now())
    for number, said in (("2026-0101", "Data pribadi"), ("2026-0102", "Salah unggah.")):
        answer = client.get(f"/informasi/{number}/pengumuman/")
        assert answer.status_code == 410
        assert said in answer.content.decode()
        assert "Rahasia" not in answer.content.decode()
    assert client.get("/informasi/2026-9999/pengumuman/").status_code == 404
    assert "Rahasia" not in client.get("/pengumuman/").content.decode()


def test_the_list_tells_day_by_day_the_newest_first(client, shelf):
    for number, day, hour in (("2026-0101", 4, 3), ("2026-0102", 5, 3), ("2026-0103", 5, 17)):
        shelf.item(
            number=number,
            title=f"Laporan {number}",
            category="immediate",
            published_at=datetime(2026, 11, day, hour, 30, tzinfo=UTC),  # half past five is the next day in Pontianak
        )
    page = soup(client.get("/pengumuman/"))
    days = [(words(each.h2), [words(row) for row in each.find_all("li")]) for each in page.select("main section.panel")]
    said = "Dinas Sosial Kota Pontianak mengumumkan Laporan {0} . Informasi serta merta, nomor {0}"
    assert days == [
        ("Jumat, 6 November 2026", [said.format("2026-0103")]),
        ("Kamis, 5 November 2026", [said.format("2026-0102")]),
        ("Rabu, 4 November 2026", [said.format("2026-0101")]),
    ]
    assert page.find("a", string="Laporan 2026-0103")["href"] == "/informasi/2026-0103/pengumuman/"


def test_an_edition_that_is_not_the_first_says_so(client, shelf):
    shelf.item(number="2026-0101")
    assert "edisi" not in words(soup(client.get("/pengumuman/")).main)
    shelf.item(number="2026-0101")
    assert ", edisi 2." in words(soup(client.get("/pengumuman/")).main)


def test_the_list_goes_on_in_pages_and_any_page_number_is_answered(client, shelf):
    for _ in range(21):
        shelf.item()
    assert len(soup(client.get("/pengumuman/")).select("main li p a")) == 20
    for page in ("2", "99", "-1", "abc", "9" * 5000):
        assert client.get("/pengumuman/", {"halaman": page}).status_code == 200
    assert len(soup(client.get("/pengumuman/?halaman=2")).select("main li p a")) == 1


def test_an_empty_board_says_so(client):
    assert "Belum ada pengumuman" in client.get("/pengumuman/").content.decode()


@pytest.mark.parametrize("address", ["/pengumuman/", "/informasi/2026-0101/pengumuman/"])
def test_they_ask_four_questions_at_most(client, shelf, address):
    for _ in range(30):
        shelf.item()
    shelf.item(number="2026-0101", files=[shelf.file(), shelf.file(filename="b.pdf")])
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    # The edition, and on top of every page the announcements of the office, which are read once an edition.
    assert len([each for each in queries if "shelf_publishedannouncement" not in each["sql"]]) <= 4


@pytest.mark.parametrize("address", ["/informasi/2026-0101/", "/informasi/2026-0101/pengumuman/"])
def test_what_can_be_listened_to_has_its_button_hidden_until_the_script_finds_a_voice(client, shelf, address):
    shelf.item(number="2026-0101", title="Laporan bantuan")
    page = soup(client.get(address))
    assert page.select_one("[data-listen]").has_attr("hidden")
    assert page.select_one("[data-listen-start]")["aria-pressed"] == "false"
    assert page.select_one("[data-listen] [role=status]").text == ""
    assert page.find("script", src=lambda src: src and "listen" in src).has_attr("defer")
    read = " ".join(words(each) for each in page.select("[data-read]"))
    assert "Laporan bantuan" in read
    assert "Jumlah penerima dan realisasi anggaran per kelurahan." in read
