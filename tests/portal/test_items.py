"""Published information: the home page, the list with its filters, an item, its passport, its tombstone."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from ppid.portal import pages, views
from ppid.shelf import actions
from ppid.shelf.models import Tombstone


def titles(response) -> list[str]:
    page = BeautifulSoup(response.content, "html.parser")
    return [link.text for link in page.select(".rows__title a")]


def main_text(response) -> str:
    """Return the page's own words, without menu and foot."""
    main = BeautifulSoup(response.content, "html.parser").select_one("main")
    return " ".join(main.get_text(" ").split())


def text_of(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def test_the_home_page_counts_each_class_and_shows_the_newest(client, full_shelf, shelf):
    shelf.item(title="Yang terbaru", published_at=timezone.now())
    response = client.get("/")
    assert response.context["counts"] == {"periodic": 2, "immediate": 1, "on_demand": 1, "excluded": 1}
    assert titles(response)[0] == "Yang terbaru"


def test_the_home_page_draws_the_way_from_the_sheet(client, shelf):
    drawn = {"slug": "pengumuman-informasi-publik", "flow": "publication"}
    shelf.sop(**drawn, sheet={"rows": [{"number": 1, "text": "Memutakhirkan konten", "duration": "1 hari"}]})
    assert "Memutakhirkan konten 1 hari" in text_of(client.get("/"))


def test_the_empty_home_page_says_so(client):
    assert "Belum ada informasi yang diumumkan" in text_of(client.get("/"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=anggaran", {"Anggaran kesehatan", "Anggaran sosial"}),
        ("q=menganggarkan", {"Anggaran kesehatan", "Anggaran sosial"}),
        ("q=anggaran&unit=dinkes", {"Anggaran kesehatan"}),
        ("jenis=serta-merta", {"Peringatan banjir"}),
        ("tahun=2025", {"Peringatan banjir"}),
        ("jenis=serta-merta&tahun=2026", set()),
        ("q=2025-0003", {"Peringatan banjir"}),
    ],
)
def test_the_list_keeps_what_fits_the_filters(client, shelf, query, expected):
    shelf.item(title="Anggaran kesehatan", summary="-", unit_code="dinkes", unit_name="Dinas Kesehatan")
    shelf.item(title="Anggaran sosial", summary="-")
    # 2024 in UTC, 2025 in Pontianak.
    first_hour = datetime(2024, 12, 31, 18, tzinfo=UTC)
    shelf.item(
        number="2025-0003", title="Peringatan banjir", summary="-", category="immediate", published_at=first_hour
    )
    assert set(titles(client.get(f"/informasi/?{query}"))) == expected


def test_a_title_that_holds_the_words_comes_before_a_summary_that_does(client, shelf):
    newer = datetime(2026, 11, 21, tzinfo=UTC)
    shelf.item(title="Lain", summary="Menyebut banjir sekali.", published_at=newer)
    shelf.item(title="Banjir", summary="-")
    assert titles(client.get("/informasi/?q=banjir")) == ["Banjir", "Lain"]


def test_a_filter_in_force_can_be_taken_away_and_the_others_stay(client, full_shelf):
    page = BeautifulSoup(client.get("/informasi/?q=laporan&jenis=berkala&halaman=7").content, "html.parser")
    assert [chip["href"] for chip in page.select("a.chip")] == ["?jenis=berkala", "?q=laporan", "/informasi/"]
    assert page.select_one("main input[name=q]")["value"] == "laporan"
    assert page.select_one("select[name=jenis] option[selected]")["value"] == "berkala"


def test_the_pages_of_a_list_keep_the_filters(client, shelf):
    for _ in range(21):
        shelf.item()
    response = client.get("/informasi/?jenis=berkala")
    assert len(titles(response)) == 20
    page = BeautifulSoup(response.content, "html.parser")
    assert page.select_one("a[rel=next]")["href"] == "?jenis=berkala&halaman=2"
    assert len(titles(client.get("/informasi/?jenis=berkala&halaman=2"))) == 1


def test_counting_stops_where_nobody_turns_pages_any_more(client, shelf, monkeypatch):
    monkeypatch.setattr(pages.ShelfPaginator, "counted", 2)
    monkeypatch.setattr(views.ItemList, "SEARCHED", 2)
    for _ in range(3):
        shelf.item()
    assert "Lebih dari 2 informasi" in text_of(client.get("/informasi/"))
    assert "Lebih dari 2 informasi" in text_of(client.get("/informasi/?q=laporan"))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("jenis=xyz", "Jenis informasi yang diminta tidak dikenal"),
        ("unit=xyz", "Unit yang diminta tidak ada dalam daftar ini"),
        ("tahun=dua", "Tahun yang diminta tidak ada dalam daftar ini"),
        ("tahun=99999", "Tahun yang diminta tidak ada dalam daftar ini"),
        ("q=" + "a" * 5000, "paling banyak 200 huruf"),
        ("q=a%00b", "tanda yang tidak dikenal"),
        ("unit=a%00b", "Unit yang diminta tidak ada dalam daftar ini"),
        ("halaman=abc", ""),
        ("halaman=-1", ""),
        ("halaman=99999999999999999999", ""),
        ("halaman=%00", ""),
        ("q=%22%26%7C!()%3A*%5C%27", ""),
        ("q=dan+yang", ""),
        ("q=%F0%9F%98%80&q=dua&jenis=&lain=1", ""),
        ("%FF=%FF&q=%ED%A0%80", ""),
    ],
)
@pytest.mark.parametrize("address", ["/informasi/", "/dip/", "/dip.csv", "/dik/", "/dik.csv"])
def test_no_parameter_breaks_a_list(client, full_shelf, address, query, sentence):
    response = client.get(f"{address}?{query}")
    assert response.status_code == 200
    if address == "/informasi/":
        assert sentence in text_of(response)


def test_an_item_shows_its_fields_its_files_and_its_passport(client, full_shelf):
    text = text_of(client.get(full_shelf.get_absolute_url()))
    for expected in ("Sekretaris Dinas Sosial", "Pontianak, 5 November 2026", "Softcopy", "5 tahun", "12 byte"):
        assert expected in text
    for expected in ("2 hari dari standar 1 hari", "Lewat standar", "1 dari 2 langkah tepat waktu", "Dikembalikan"):
        assert expected in text


def test_a_passport_with_holes_is_still_a_page(client, shelf):
    item = shelf.item(passport=[{}, {"number": 2, "text": "Langkah", "done_on": "besok"}, "x", None])
    assert "Langkah" in text_of(client.get(item.get_absolute_url()))
    item = shelf.item(passport={})
    assert "tidak tercatat" in text_of(client.get(item.get_absolute_url()))


def test_an_item_that_was_put_again_shows_what_is_new_at_once(client, shelf):
    item = shelf.item(number="2026-7777", title="Judul lama")
    assert "Judul lama" in text_of(client.get(item.get_absolute_url()))
    shelf.item(number="2026-7777", title="Judul baru", summary="Isi baru")
    text = text_of(client.get(item.get_absolute_url()))
    assert "Judul baru" in text
    assert "Isi baru" in text
    assert "Judul lama" not in text


def withdrawn(item, at):
    actions.withdraw(item.number, reason="Memuat rahasia pribadi.", at=at)


def excluded(item, at, ends_on=None):
    actions.exclude(
        item.number, called="Data pribadi pemohon", reason="Memuat rahasia pribadi.", at=at, ends_on=ends_on
    )


@pytest.mark.parametrize(("take_off", "word"), [(excluded, "Dikecualikan"), (withdrawn, "Dicabut")])
def test_what_was_taken_off_leaves_its_reason(client, take_off, word, shelf):
    full_shelf = shelf.item(files=[shelf.file()])
    address, file = full_shelf.get_absolute_url(), full_shelf.files.first().get_absolute_url()
    assert client.get(address).status_code == 200
    take_off(full_shelf, shelf.NOW)
    for gone in (address, file):
        response = client.get(gone)
        assert response.status_code == 410
        text = text_of(response)
        assert word in text
        assert "Memuat rahasia pribadi." in text
        assert "20 November 2026" in text
        assert full_shelf.unit_name not in text
        if take_off is withdrawn:
            assert full_shelf.title in text
        else:
            assert full_shelf.title not in text, "what is excluded is never named"
            assert "Data pribadi pemohon" in text, "but as the DIK calls it"


def test_a_tombstone_says_excluded_until_the_last_day_of_the_term(client, full_shelf, shelf):
    today = timezone.localdate()
    excluded(full_shelf, shelf.NOW, ends_on=today)
    assert "Dikecualikan" in main_text(client.get(full_shelf.get_absolute_url()))
    Tombstone.objects.update(ends_on=today - timedelta(days=1))
    over = client.get(full_shelf.get_absolute_url())
    assert over.status_code == 410
    assert "Dikecualikan" not in main_text(over)
    assert "Jangka waktu penutupannya berakhir" in main_text(over)
    assert full_shelf.title not in main_text(over)


def test_the_markup_of_a_title_is_shown_and_not_obeyed(client, shelf):
    item = shelf.item(title="<script>alert(1)</script>", summary='" onload="x')
    for address in ("/", "/informasi/", "/dip/", item.get_absolute_url()):
        page = BeautifulSoup(client.get(address).content, "html.parser")
        ours = [each for each in page.find_all("script") if each.get("type") != "application/ld+json"]
        assert not [script for script in ours if script.text or "/static/js/" not in script["src"]]
        assert not page.find_all(onload=True)
