"""The SOP library for the public: every version under its address, found by title and by step, and to take away."""

import csv
import io
import zipfile
from datetime import date

import pytest
from bs4 import BeautifulSoup

from ppid.shelf import actions
from ppid.shelf.models import PublishedSop
from ppid.shelf.sheet_names import sheet_name

OTHER = {"slug": "uji-konsekuensi", "title": "Uji Konsekuensi", "unit_code": "disdukcapil", "unit_name": "Disdukcapil"}


def read(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(response) -> str:
    return " ".join(read(response).find("main").get_text(" ").split())


def titles(response) -> list[str]:
    return [each.get_text(strip=True) for each in read(response).select(".rows__title")]


def body(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.fixture
def library(shelf):
    """Three units' worth of sheets, one of them in its second version, one retired."""
    shelf.sop(theme="Informasi", steps="Menyiapkan informasi\nMenempelkan", number="1/SOP/2026")
    shelf.sop(version=2, theme="Informasi", steps="Menyiapkan berkas\nMengunggah", in_force_from=date(2026, 6, 1))
    shelf.sop(**OTHER, theme="Informasi", steps="Menguji akibat pembukaan dokumen")
    shelf.sop(slug="akta", title="Penerbitan Akta", unit_code="disdukcapil", unit_name="Disdukcapil", theme="Layanan")
    shelf.sop(slug="lama", title="Surat Jalan", in_force_from=date(2024, 2, 1))
    actions.retire_sop("lama", on=date(2026, 3, 1), reason="Diganti aplikasi.")


def test_the_list_shows_what_is_in_force_by_title(client, library):
    response = client.get("/sop/")
    assert titles(response) == ["Penerbitan Akta", "PENGUMUMAN INFORMASI PUBLIK", "Uji Konsekuensi"]
    assert "berlaku sejak 1 Juni 2026" in words(response)
    assert "Versi 2" in words(response)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("unit=disdukcapil", ["Penerbitan Akta", "Uji Konsekuensi"]),
        ("tema=Layanan", ["Penerbitan Akta"]),
        ("tema=Informasi&unit=dinsos", ["PENGUMUMAN INFORMASI PUBLIK"]),
        ("q=konsekuensi", ["Uji Konsekuensi"]),
        ("q=pembukaan+dokumen", ["Uji Konsekuensi"]),
        ("q=mengunggah", ["PENGUMUMAN INFORMASI PUBLIK"]),
        ("q=menempelkan", []),
        ("q=menempelkan&keadaan=digantikan", ["PENGUMUMAN INFORMASI PUBLIK"]),
        ("keadaan=digantikan", ["PENGUMUMAN INFORMASI PUBLIK"]),
        ("keadaan=dicabut", ["Surat Jalan"]),
        ("keadaan=semua&unit=dinsos", ["PENGUMUMAN INFORMASI PUBLIK", "PENGUMUMAN INFORMASI PUBLIK", "Surat Jalan"]),
        ("keadaan=semua&tahun=2024", ["Surat Jalan"]),
        ("q=1/SOP/2026&keadaan=semua", ["PENGUMUMAN INFORMASI PUBLIK"]),
    ],
)
def test_it_is_narrowed_by_the_address(client, library, query, found):
    assert titles(client.get(f"/sop/?{query}")) == found


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("unit=x", "Unit yang diminta tidak ada"),
        ("tema=x", "Tema yang diminta tidak ada"),
        ("keadaan=x", "Keadaan yang diminta tidak dikenal"),
        ("tahun=x", "Tahun yang diminta tidak ada"),
        (f"q={'x' * 201}", "paling banyak 200 huruf"),
    ],
)
def test_what_does_not_fit_is_left_out_with_a_sentence(client, library, query, sentence):
    response = client.get(f"/sop/?{query}")
    assert sentence in words(response)
    assert len(titles(response)) == 3


def test_an_empty_library_and_an_empty_search_say_what_to_do(client, shelf):
    assert "Belum ada SOP yang disahkan" in words(client.get("/sop/"))
    shelf.sop()
    assert "Tidak ada yang cocok" in words(client.get("/sop/?q=gajah"))


def test_the_list_has_pages_that_keep_the_filters(client, shelf):
    for n in range(23):
        shelf.sop(slug=f"sop-{n}", title=f"SOP {n:02}", theme="Layanan")
    response = client.get("/sop/?tema=Layanan&halaman=2")
    assert titles(response) == ["SOP 20", "SOP 21", "SOP 22"]
    assert read(response).find("a", rel="prev")["href"] == "?tema=Layanan&halaman=1"
    assert len(titles(client.get("/sop/?halaman=99"))) == 3


def test_a_search_with_too_many_matches_goes_by_title_and_says_so(client, shelf, monkeypatch):
    from ppid.portal.sop_views import SopList

    monkeypatch.setattr(SopList, "SEARCHED", 2)
    for n in (3, 1, 2):
        shelf.sop(slug=f"sop-{n}", title=f"Layanan {n}")
    response = client.get("/sop/?q=layanan")
    assert titles(response) == ["Layanan 1", "Layanan 2"]
    assert "Lebih dari 2 SOP, menurut abjad." in words(response)


def test_the_sop_s_own_address_shows_the_version_in_force(client, library):
    response = client.get("/sop/pengumuman-uji/")
    assert response.context["published"].version == 2
    assert "Versi 1, digantikan" in words(response)
    assert "Versi 2, berlaku (halaman ini)" in words(response)


def test_a_superseded_version_keeps_its_page_and_leads_to_the_one_in_force(client, library):
    response = client.get("/sop/pengumuman-uji/versi/1/")
    assert "Versi 1 ini sudah digantikan sejak 1 Juni 2026" in words(response)
    link = read(response).find("a", string="Buka versi 2 yang berlaku")
    assert link["href"] == "/sop/pengumuman-uji/"
    assert read(response).find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert not read(client.get("/sop/pengumuman-uji/versi/2/")).find("meta", attrs={"name": "robots"})


def test_a_retired_sop_says_why(client, library):
    for address in ("/sop/lama/", "/sop/lama/versi/1/"):
        page = words(client.get(address))
        assert "SOP ini dicabut sejak 1 Maret 2026 dan tidak dipakai lagi. Alasannya: Diganti aplikasi." in page
        assert "1 Februari 2024 sampai 1 Maret 2026" in page


def test_each_version_has_its_own_bytes(client, shelf):
    shelf.sop(b"%PDF satu")
    shelf.sop(b"%PDF dua", version=2)
    assert body(client.get("/sop/pengumuman-uji/lembar.pdf")) == b"%PDF dua"
    assert body(client.get("/sop/pengumuman-uji/versi/1/lembar.pdf")) == b"%PDF satu"
    assert client.get("/sop/pengumuman-uji/versi/3/lembar.pdf").status_code == 404


def test_the_signed_sheet_stands_beside_the_rendered_one_with_both_hashes(client, shelf):
    signed = shelf.sop_file(b"%PDF basah", kind="signed", filename="bertanda-tangan.pdf", media_type="application/pdf")
    sop = shelf.sop(files=[signed, shelf.sop_file(b'{"a": 1}')])
    response = client.get("/sop/pengumuman-uji/")
    page = words(response)
    assert sop.pdf_sha256 in page
    assert signed.sha256 in page
    assert "portal tidak memeriksa tanda tangannya" in page
    links = [each["href"] for each in read(response).select(".file__what a")]
    assert links == [
        "/sop/pengumuman-uji/versi/1/lembar.pdf",
        "/sop/pengumuman-uji/versi/1/bertanda-tangan.pdf",
        "/sop/pengumuman-uji/versi/1/data.json",
    ]
    assert body(client.get(links[1])) == b"%PDF basah"
    data = client.get(links[2])
    assert body(data) == b'{"a": 1}'
    assert data["Content-Disposition"] == 'attachment; filename="pengumuman-uji-v1-data.json"'
    assert data["Content-Security-Policy"].startswith("sandbox")
    assert client.get("/sop/pengumuman-uji/versi/1/rahasia.json").status_code == 404


def test_related_sheets_are_links_where_they_are_in_the_library(client, library, shelf):
    shelf.sop(slug="a", title="A", related=["1. SOP Uji Konsekuensi;", "SOP Surat Jalan", "SOP pada OPD-OPD"])
    page = read(client.get("/sop/a/"))
    assert page.find("a", string="1. SOP Uji Konsekuensi;")["href"] == "/sop/uji-konsekuensi/"
    assert "SOP pada OPD-OPD" in page.text
    assert not page.find("a", string="SOP pada OPD-OPD")
    assert not page.find("a", string="SOP Surat Jalan"), "it is not in force any more"


def test_a_name_that_several_units_use_means_the_own_one_or_none(client, shelf):
    for unit in ("dinkes", "dinsos"):
        shelf.sop(slug=f"aduan-{unit}", title="Pelayanan Aduan", unit_code=unit, unit_name=unit)
    shelf.sop(slug="a", title="A", unit_code="dinsos", related=["SOP Pelayanan Aduan"])
    shelf.sop(slug="b", title="B", unit_code="bpkad", related=["SOP Pelayanan Aduan"])
    assert read(client.get("/sop/a/")).find("a", string="SOP Pelayanan Aduan")["href"] == "/sop/aduan-dinsos/"
    assert not read(client.get("/sop/b/")).find("a", string="SOP Pelayanan Aduan")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SOP Pembuatan Surat Perintah Tugas", "pembuatan surat perintah tugas"),
        ("1. SOP  Uji\nKonsekuensi;", "uji konsekuensi"),
        ("a) SOP AP tentang Penyusunan DIP", "penyusunan dip"),
        ("Standar Operasional Prosedur “Pelayanan Informasi”.", "pelayanan informasi"),
        ("SOPAN SANTUN", "sopan santun"),
        ("- SOP", ""),
        ("", ""),
    ],
)
def test_the_name_in_a_line_of_keterkaitan(text, name):
    assert sheet_name(text) == name


def test_all_sheets_of_a_unit_come_as_one_zip_with_an_index(client, library, shelf):
    signed = shelf.sop_file(b"%PDF basah", kind="signed", filename="bertanda-tangan.pdf", media_type="application/pdf")
    shelf.sop(b"%PDF baru", version=3, files=[signed], title="=cmd() <b>")
    page = read(client.get("/sop/?unit=dinsos"))
    assert "Unduh semua lembar unit ini" in page.find("a", href="/sop/unit/dinsos.zip").text
    response = client.get("/sop/unit/dinsos.zip")
    assert response["Content-Disposition"] == 'attachment; filename="sop-dinsos.zip"'
    with zipfile.ZipFile(io.BytesIO(body(response))) as whole:
        assert whole.testzip() is None
        assert whole.namelist() == [
            "index.html",
            "index.csv",
            "pengumuman-uji-v3.pdf",
            "pengumuman-uji-v3-bertanda-tangan.pdf",
        ]
        assert whole.read("pengumuman-uji-v3.pdf") == b"%PDF baru"
        assert whole.read("pengumuman-uji-v3-bertanda-tangan.pdf") == b"%PDF basah"
        index = BeautifulSoup(whole.read("index.html"), "html.parser")
        rows = list(csv.reader(io.StringIO(whole.read("index.csv").decode("utf-8-sig")), delimiter=";"))
    assert index.find("a", string="pengumuman-uji-v3.pdf")["href"] == "pengumuman-uji-v3.pdf"
    assert "=cmd() <b>" in index.text
    assert len(rows) == 2
    assert rows[1][0] == "'=cmd() <b>"
    assert rows[1][-1] == "http://testserver/sop/pengumuman-uji/versi/3/"


def test_the_zip_is_written_while_it_is_sent(client, shelf):
    for n in range(3):
        shelf.sop(b"%PDF" + bytes([n]) * 1_000_000, slug=f"sop-{n}", title=f"SOP {n}")
    pieces = [len(piece) for piece in client.get("/sop/unit/dinsos.zip").streaming_content]
    assert sum(pieces) > 3_000_000
    assert max(pieces) < 300_000


def test_putting_a_version_again_replaces_its_row_alone(shelf, django_capture_on_commit_callbacks):
    shelf.sop(b"%PDF satu")
    kept = shelf.sop(b"%PDF dua", version=2)
    with django_capture_on_commit_callbacks(execute=True):
        shelf.sop(b"%PDF satu", status="superseded", ended_on=date(2026, 6, 1), files=[shelf.sop_file()])
    assert list(PublishedSop.objects.order_by("version").values_list("version", "status")) == [
        (1, "superseded"),
        (2, "in_force"),
    ]
    assert actions.public_store().path(kept.pdf_sha256).exists()
