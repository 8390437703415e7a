"""The two registers: the columns of Perki 1/2021, on the page and as CSV, whole and with the filters kept."""

import csv
import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

# Written out from domain.md section 4, not read from the code.
DIP_COLUMNS = [
    "Nomor",
    "Ringkasan isi informasi",
    "Pejabat/unit/satuan kerja yang menguasai informasi",
    "Penanggung jawab pembuatan atau penerbitan informasi",
    "Waktu dan tempat pembuatan informasi",
    "Bentuk informasi yang tersedia",
    "Jangka waktu penyimpanan atau retensi arsip",
    "Jenis informasi",
    "Tautan",
]
DIK_COLUMNS = [
    "Nomor",
    "Informasi",
    "Dasar hukum pengecualian",
    "Konsekuensi bila dibuka",
    "Konsekuensi bila ditutup",
    "Jangka waktu",
    "Surat penetapan",
]


def table_of(response):
    page = BeautifulSoup(response.content, "html.parser")
    headings = [cell.get_text().strip() for cell in page.select("thead th")]
    rows = [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])] for row in page.select("tbody tr")
    ]
    return headings, rows


def csv_of(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_dip_has_its_columns(client, shelf):
    item = shelf.item(has_hardcopy=True)
    headings, rows = table_of(client.get("/dip/"))
    assert headings == DIP_COLUMNS
    assert rows[0][0] == item.number
    assert rows[0][2:] == [
        "Dinas Sosial",
        "Sekretaris Dinas Sosial",
        "Pontianak, 5 November 2026",
        "Softcopy dan Hardcopy",
        "5 tahun",
        "Berkala",
        f"Buka {item.number}",
    ]


def test_the_dik_has_its_columns_and_the_decree(client, shelf):
    shelf.dik()
    headings, rows = table_of(client.get("/dik/"))
    assert headings == DIK_COLUMNS
    assert rows[0][2] == "UU 14/2008 Pasal 17 huruf h"
    assert rows[0][-1] == "3/PPID/2026 1 Maret 2026"


@pytest.mark.parametrize("address", ["/dip/", "/dik/"])
def test_the_page_says_how_its_csv_is_made(client, full_shelf, address):
    assert "kolomnya dipisahkan titik koma" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("address", "word"), [("/dip/", "masih kosong"), ("/dik/", "Tidak ada informasi yang dikecualikan")]
)
def test_an_empty_register_says_so(client, address, word):
    assert word in client.get(address).content.decode()


def test_the_dip_as_csv_keeps_the_filter(client, full_shelf):
    rows = csv_of(client.get("/dip.csv?jenis=serta-merta"))
    assert rows[0] == [
        *DIP_COLUMNS,
        "Dibuat mulai",
        "Dibuat sampai",
        "Diperbarui paling lambat",
        "Masih sesuai per",
        "Serta merta",
    ]
    assert rows[1][9:] == ["2026-11-05", "2026-11-05", "", "", ""]
    assert len(rows) == 2
    assert rows[1][7] == "Serta merta"
    assert rows[1][8].startswith("http://testserver/informasi/2026-")
    assert len(csv_of(client.get("/dip.csv"))) == 4


def test_the_page_links_to_the_csv_with_its_filter(client, full_shelf):
    page = BeautifulSoup(client.get("/dip/?jenis=serta-merta&halaman=3&lain=x&tahun=").content, "html.parser")
    assert page.select_one(".page-head__acts a")["href"] == "/dip.csv?jenis=serta-merta"


def test_the_dik_as_csv_names_the_decree(client, shelf):
    shelf.dik()
    shelf.dik(unit_code="dinkes", unit_name="Dinas Kesehatan")
    headings, row = csv_of(client.get("/dik.csv?unit=dinkes"))
    assert headings[:6] == DIK_COLUMNS[:6]
    assert headings[6:] == [
        "Berakhir pada",
        "Unit yang menguasai",
        "Cakupan",
        "Nomor surat penetapan",
        "Tanggal surat penetapan",
        "Diperbaiki",
        "Melanjutkan",
        "Bagian yang terbuka",
    ]
    assert row[9:] == ["3/PPID/2026", "2026-03-01", "", "", ""]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_a_formula(client, shelf, start):
    shelf.item(title="x", responsible=f"{start}cmd|' /C calc'!A0", retention=f"{start}1")
    for row in csv_of(client.get("/dip.csv"))[1:]:
        assert row[3] == f"'{start}cmd|' /C calc'!A0"
        assert not [cell for cell in row if cell.startswith(start)]


def test_the_dik_is_searched_by_words(client, shelf):
    shelf.dik(information="Rekam medis pasien")
    shelf.dik(information="Konfigurasi jaringan")
    _, rows = table_of(client.get("/dik/?q=medis+pasien"))
    assert len(rows) == 1


def test_the_dik_lists_an_entry_until_its_last_day(client, shelf):
    today = timezone.localdate()
    shelf.dik(information="Berakhir hari ini", ends_on=today)
    shelf.dik(information="Berakhir kemarin", ends_on=today - timedelta(days=1))
    shelf.dik(information="Tanpa akhir", ends_on=None)
    for address in ("/dik/", "/dik.csv"):
        response = client.get(address)
        text = (b"".join(response.streaming_content) if response.streaming else response.content).decode()
        assert "Berakhir hari ini" in text
        assert "Tanpa akhir" in text
        assert "Berakhir kemarin" not in text
    assert client.get("/").context["counts"]["excluded"] == 2
