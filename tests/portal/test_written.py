"""The office's own pages and the announcement on top, as the public reads them."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from ppid.portal.of_edition import KeptOfEdition
from ppid.shelf import put_pages
from ppid.shelf.page_kinds import PAGE_KINDS
from tests.portal.addresses import PAGES, every_address

pytestmark = pytest.mark.django_db


def main(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").find("main").get_text(" ").split())


def test_the_list_names_every_page_that_is_to_be_there_and_says_which_is_missing(client, shelf):
    shelf.page("biaya", "Gratis.")
    page = client.get("/halaman/")
    listed = [li.get_text(" ", strip=True) for li in BeautifulSoup(page.content, "html.parser").select("main li")]
    assert "Biaya edisi 1, 20 November 2026" in listed
    assert "Profil PPID belum diterbitkan" in listed
    missing = [each for each in listed if "belum diterbitkan" in each]
    assert len(missing) == sum(kind.is_required for kind in PAGE_KINDS) - 1


def test_a_page_is_read_as_it_was_written_and_every_edition_stays(client, shelf):
    shelf.page("profil", "## Alamat\n\nJalan **Lama** 1", note="Pertama.")
    shelf.page("profil", "## Alamat\n\nJalan **Baru** 2", edition=2, note="Pindah.")
    now = client.get("/halaman/profil/")
    assert "<h2>Alamat</h2><p>Jalan <strong>Baru</strong> 2</p>" in now.content.decode()
    assert "Lama" not in main(now)
    former = client.get("/halaman/profil/edisi/1/")
    assert "Jalan <strong>Lama</strong> 1" in former.content.decode()
    assert "Yang berlaku sekarang edisi 2" in main(former)
    assert "Edisi 2 ini yang berlaku sekarang." in main(client.get("/halaman/profil/edisi/2/"))
    changes = BeautifulSoup(client.get("/halaman/profil/edisi/2/perubahan/").content, "html.parser")
    assert [each.get_text(" ", strip=True) for each in changes.select("article del")] == ["dihapus: Lama 1"]
    assert [each.get_text(" ", strip=True) for each in changes.select("article ins")] == ["ditambahkan: Baru 2"]


@pytest.mark.parametrize(
    "address",
    [
        "/halaman/lain/",
        "/halaman/lain/edisi/1/",
        "/halaman/profil/edisi/2/",
        "/halaman/profil/edisi/0/",
        "/halaman/profil/edisi/99999999999999999999/",
        "/halaman/profil/edisi/1/perubahan/",
        "/halaman/biaya/edisi/1/",
    ],
)
def test_what_is_not_there_is_not_found(client, shelf, address):
    shelf.page()
    assert client.get(address).status_code == 404


# What an assessor (E-Monev) looks for, written out: each has its lasting address, written yet or not.
ASSESSED = {
    "profil": "Profil PPID",
    "tugas-dan-fungsi": "Tugas dan fungsi",
    "struktur": "Struktur organisasi",
    "maklumat-pelayanan": "Maklumat pelayanan",
    "meminta-informasi": "Cara meminta informasi",
    "mengajukan-keberatan": "Cara mengajukan keberatan dan sengketa",
    "biaya": "Biaya",
    "jam-layanan-dan-kontak": "Jam layanan dan kontak",
    "aksesibilitas": "Pernyataan aksesibilitas",
}


@pytest.mark.parametrize(("slug", "title"), ASSESSED.items())
def test_a_page_that_is_not_written_yet_says_so_with_the_way_to_the_office(client, settings, slug, title):
    page = client.get(f"/halaman/{slug}/")
    assert page.status_code == 200, "it is linked, so it is there"
    assert title in main(page)
    assert "PPID belum menerbitkan halaman ini" in main(page)
    assert settings.CONTACT_PHONE in main(page)
    assert "noindex" in page.content.decode()


def test_an_assessor_finds_every_page_from_one_place(client, shelf):
    shelf.page("biaya", "Gratis.")
    page = BeautifulSoup(client.get("/halaman/").content, "html.parser")
    links = {link["href"]: link.get_text(strip=True) for link in page.select("main a")}
    assert {f"/halaman/{slug}/": title for slug, title in ASSESSED.items()}.items() <= links.items()
    assert {"/pengumuman/", "/kewajiban/", "/unit/", "/statistik/"} <= set(links)
    for address in links:
        assert client.get(address).status_code == 200, address
    nav = BeautifulSoup(client.get("/").content, "html.parser").select("nav a, footer a")
    assert "/halaman/" in {link["href"] for link in nav}


def test_the_old_address_of_the_accessibility_statement_leads_on(client):
    answer = client.get("/aksesibilitas/")
    assert (answer.status_code, answer["Location"]) == (301, "/halaman/aksesibilitas/")


def test_the_english_summary_says_in_which_language_it_is(client, shelf):
    shelf.page("english", "Everything here is free.")
    page = BeautifulSoup(client.get("/halaman/english/").content, "html.parser")
    assert page.h1["lang"] == page.article["lang"] == page.select_one("[data-listen]")["lang"] == "en"
    assert "Everything here is free." in page.text
    link = BeautifulSoup(client.get("/halaman/").content, "html.parser").find("a", lang="en")
    assert link["href"] == "/halaman/english/"


def test_until_the_office_writes_its_own_the_english_summary_tells_what_a_reader_needs(client, settings):
    page = BeautifulSoup(client.get("/halaman/english/").content, "html.parser")
    assert page.h1["lang"] == page.article["lang"] == "en"
    said = " ".join(page.article.get_text(" ").split())
    for expected in (
        "the office that publishes and gives out public information under Law 14/2008",
        "within 10 working days",
        "object to the head of the office within 30 working days",
        "Information Commission within 14 working days",
        settings.CONTACT_ADDRESS,
        settings.CONTACT_HOURS,
        settings.CONTACT_PHONE,
        settings.CONTACT_EMAIL,
        "Monday",
    ):
        assert expected in said
    links = {link["href"] for link in page.article.find_all("a")}
    assert {"/cari/", "/informasi/", "/dip/", "/dik/", "/sop/", "/unit/", "/data-terbuka/"} <= links
    assert "belum menerbitkan" not in page.text
    for address in [link for link in links if link.startswith("/")]:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/", "/halaman/english/"])
def test_the_portal_and_its_english_summary_name_each_other(client, shelf, address):
    def languages() -> dict:
        page = BeautifulSoup(client.get(address).content, "html.parser")
        return {link["hreflang"]: link["href"] for link in page.head.select("link[rel=alternate][hreflang]")}

    assert languages() == {"id": "/", "en": "/halaman/english/"}
    shelf.page("english", "Everything here is free.")
    assert languages() == {"id": "/", "en": "/halaman/english/"}


def test_what_is_written_can_be_listened_to(client, shelf):
    shelf.page("profil", "Kantor kami.")
    page = BeautifulSoup(client.get("/halaman/profil/").content, "html.parser")
    assert page.select_one("[data-listen]").has_attr("hidden")
    assert page.select_one("[data-read]").get_text(strip=True) == "Kantor kami."


def test_nothing_that_was_typed_becomes_a_tag_of_its_own(client, shelf):
    shelf.page("profil", "<script>alert(1)</script> [x](javascript:alert(1))")
    page = client.get("/halaman/profil/")
    assert not BeautifulSoup(page.content, "html.parser").select("article script, article a")
    assert "<script>alert(1)</script> x" in main(page)


@pytest.mark.parametrize(
    ("address", "queries"), [("/halaman/", 2), ("/halaman/profil/", 3), ("/halaman/profil/edisi/1/", 3)]
)
def test_a_page_costs_few_queries_however_many_editions_there_are(
    client, shelf, django_assert_num_queries, address, queries
):
    for edition in range(1, 30):
        shelf.page(body=f"Edisi {edition}.", edition=edition)
    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.parametrize("name", PAGES)
def test_the_announcement_stands_on_top_of_every_page_of_the_portal(client, full_shelf, name):
    page = client.get(every_address(full_shelf)[name])
    assert "Kantor tutup 24 Desember." in page.content.decode()


def test_it_stands_on_what_is_not_found_and_on_no_page_of_the_desk(client, shelf):
    shelf.announcement()
    assert "Kantor tutup" in client.get("/halaman/biaya/").content.decode()
    assert "Kantor tutup" not in client.get("/meja/", follow=True).content.decode()
    assert "Kantor tutup" not in client.get("/tidak-ada/").content.decode()


def test_it_is_gone_after_its_last_day_and_when_it_is_ended(client, shelf, monkeypatch):
    shelf.announcement("Hari ini.", days=0, link="/dip/")
    shelf.announcement("Besok <b>juga</b>.", number=2, days=1)
    page = client.get("/dip/").content.decode()
    assert "Hari ini." in page
    assert "Besok &lt;b&gt;juga&lt;/b&gt;." in page
    assert '<a href="/dip/">Selengkapnya' in page
    tomorrow = timezone.now() + timedelta(days=1)
    with monkeypatch.context() as later:
        later.setattr(timezone, "now", lambda: tomorrow)
        page = client.get("/dip/").content.decode()
        assert "Hari ini." not in page
        assert "Besok" in page
    put_pages.end_announcement(2)
    assert "Besok" not in client.get("/dip/").content.decode()


def test_it_is_read_once_for_each_edition_of_the_shelf_not_for_each_page(settings, shelf, django_assert_num_queries):
    settings.KEPT_PAGES_MB = 4
    shelf.announcement()
    reader = Client()
    reader.get("/glosarium/")
    with django_assert_num_queries(2):  # the edition, the list
        assert "Kantor tutup" in reader.get("/halaman/").content.decode()


def test_what_is_kept_for_an_edition_is_still_left_out_after_its_last_day():
    today, now = timezone.localdate(), timezone.now()
    put_pages.put_announcement(1, text="Sampai hari ini.", link="", ends_on=today, at=now)
    put_pages.put_announcement(2, text="Sampai besok.", link="", ends_on=today + timedelta(days=1), at=now)
    kept, tomorrow = KeptOfEdition(), today + timedelta(days=1)
    assert {each.text for each in kept.at(7, today).announcements} == {"Sampai hari ini.", "Sampai besok."}
    assert [each.text for each in kept.at(7, tomorrow).announcements] == ["Sampai besok."]
    put_pages.end_announcement(2)
    assert [each.text for each in kept.at(7, tomorrow).announcements] == ["Sampai besok."], "of this edition"
    assert kept.at(8, tomorrow).announcements == []
