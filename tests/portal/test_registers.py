"""The two registers: the columns of Perki 1/2021, on the page and as CSV, whole and with the filters kept."""

import csv
import io
import json
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


def numbers(client, address) -> list[str]:
    return [row[0] for row in table_of(client.get(address))[1]]


def test_the_dip_is_put_in_order_by_its_heads(client, shelf):
    shelf.item(number="2026-0003", title="Beta", unit_name="Dinas A", category="immediate")
    shelf.item(number="2026-0001", title="Alfa", unit_name="Dinas C", category="on_demand")
    shelf.item(number="2026-0002", title="Gama", unit_name="Dinas B")
    expected = {
        "": ["2026-0003", "2026-0001", "2026-0002"],
        "?urut=nomor": ["2026-0001", "2026-0002", "2026-0003"],
        "?urut=-nomor": ["2026-0003", "2026-0002", "2026-0001"],
        "?urut=judul": ["2026-0001", "2026-0003", "2026-0002"],
        "?urut=unit": ["2026-0003", "2026-0002", "2026-0001"],
        "?urut=-jenis": ["2026-0002", "2026-0001", "2026-0003"],
    }
    for query, rows in expected.items():
        assert numbers(client, f"/dip/{query}") == rows, query
        assert [row[0] for row in csv_of(client.get(f"/dip.csv{query}"))[1:]] == rows, query


def test_a_head_says_how_the_list_stands_and_turns_it_round(client, full_shelf):
    page = BeautifulSoup(client.get("/dip/?urut=nomor&jenis=berkala&halaman=2").content, "html.parser")
    heads = {each.get_text().strip(): each for each in page.select("thead th[aria-sort]")}
    assert [each["aria-sort"] for each in heads.values()] == ["ascending", "none", "none", "none"]
    assert heads["Nomor"].a["href"] == "?urut=-nomor&jenis=berkala"
    assert heads["Jenis informasi"].a["href"] == "?urut=jenis&jenis=berkala"
    page = BeautifulSoup(client.get("/dip/?urut=-nomor").content, "html.parser")
    assert page.select_one("thead th[aria-sort=descending]").a["href"] == "?urut=nomor"


@pytest.mark.parametrize("address", ["/dip/", "/dik/", "/dik/dibuka-kembali/", "/sop/", "/dip/edisi/1/"])
def test_an_order_that_there_is_not_is_said_and_left_out(client, full_shelf, address):
    page = client.get(f"{address}?urut=rahasia")
    assert page.status_code == 200
    assert "Urutan yang diminta tidak dikenal" in page.content.decode()


def test_the_others_are_put_in_order_too(client, shelf):
    shelf.dik(number="2026-0102", decree_date=timezone.localdate(), ends_on=None)
    shelf.dik(number="2026-0101", decree_date=timezone.localdate() - timedelta(days=9))
    assert numbers(client, "/dik/?urut=nomor") == ["2026-0101", "2026-0102"]
    assert numbers(client, "/dik/?urut=-sk") == ["2026-0102", "2026-0101"]
    assert numbers(client, "/dik/?urut=berakhir") == ["2026-0101", "2026-0102"], "what has no end comes last"
    for slug, title, number in (("a", "Beta", "1"), ("b", "Alfa", "2")):
        shelf.sop(slug=slug, title=title, number=number)
    assert numbers(client, "/sop/?cetak&urut=nama") == ["2", "1"]
    assert numbers(client, "/sop/?cetak&urut=-nama") == ["1", "2"]
    assert [row[0] for row in csv_of(client.get("/sop.csv?urut=-nama"))[1:]] == ["1", "2"]


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/dip/", "Daftar Informasi Publik (DIP)"),
        ("/dik/", "Daftar Informasi yang Dikecualikan (DIK)"),
        ("/dik/dibuka-kembali/", "Informasi yang dibuka kembali"),
        ("/sop/", "Daftar SOP"),
    ],
)
def test_it_is_printed_with_the_letterhead_and_many_rows(client, shelf, address, heading):
    for _ in range(51):
        shelf.item()
    page = BeautifulSoup(client.get(f"{address}?cetak").content, "html.parser")
    head = page.select_one(".register-head").get_text(" ", strip=True)
    assert head.startswith("Pemerintah Kota Pontianak Dinas Komunikasi dan Informatika")
    assert heading in head
    assert "only-print" not in page.select_one(".register-head")["class"]
    if address == "/dip/":
        assert len(page.select("tbody tr")) == 51
        assert len(BeautifulSoup(client.get(address).content, "html.parser").select("tbody tr")) == 50


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods", "json"])
@pytest.mark.parametrize("address", ["/dip", "/dik", "/dik/dibuka-kembali", "/sop", "/dip/edisi/1/daftar"])
def test_a_register_leaves_twice_with_the_same_bytes(client, full_shelf, address, form):
    first, second = (b"".join(client.get(f"{address}.{form}").streaming_content) for _ in range(2))
    assert first == second
    assert len(first) > 100


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods", "json"])
@pytest.mark.parametrize("address", ["/dip", "/dik", "/dik/dibuka-kembali", "/sop", "/buku-besar"])
def test_a_head_alone_asks_the_shelf_for_nothing(client, full_shelf, address, form, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.head(f"{address}.{form}?q=laporan")
    assert answer.status_code == 200
    assert f".{form}" in answer["Content-Disposition"]


def test_the_dip_as_json_says_what_its_page_says(client, shelf):
    item = shelf.item(title="Laporan", summary="Ringkasan.")
    found = json.loads(b"".join(client.get("/dip.json").streaming_content))
    assert found["kolom"][:9] == DIP_COLUMNS
    (row,) = found["baris"]
    assert row["Nomor"] == item.number
    assert row["Ringkasan isi informasi"] == "Laporan. Ringkasan."
    assert row["Tautan"] == f"http://testserver/informasi/{item.number}/"
