"""The editions of DIP and DIK as the public reads them: whole, filtered, taken away, and side by side."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from ppid.shelf import actions
from ppid.shelf.register_fields import Row
from tests.portal.shelf_rows import NOW

DAY = timedelta(days=1)


def row(key: str, title: str, unit: str = "dinsos", **values) -> Row:
    return Row(key, {"number": key, "title": title, "unit": unit.title(), **values}, unit)


@pytest.fixture
def two(shelf):
    """Two editions: one row went, one came, one changed, one stayed."""
    shelf.register_edition(
        rows=[row("1", "Tetap"), row("2", "Laporan", retention="5 tahun"), row("3", "Yang lama", "dinkes")],
        as_of=NOW.date() - 365 * DAY,
        origin="Pindahan dari DIP tahun lalu.",
    )
    shelf.register_edition(
        rows=[row("1", "Tetap"), row("2", "Laporan", retention="10 tahun"), row("4", "=Yang baru")],
        number=2,
        decree_number="7/PPID/2026",
    )


def text(response) -> str:
    return b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()


def test_the_editions_stand_with_their_decree_the_newest_first(client, two):
    page = text(client.get("/dip/edisi/"))
    assert page.index("7/PPID/2026") < page.index("1/PPID/2026")
    assert "Pindahan dari DIP tahun lalu." in page
    assert "/dip/edisi/2/banding/1/" in page
    assert "Belum ada edisi" in text(client.get("/dik/edisi/"))
    assert "/dip/edisi/" in text(client.get("/dip/"))
    assert "/dik/edisi/" in text(client.get("/dik/"))


def test_an_edition_is_read_filtered_and_led_on_from(client, two, shelf):
    page = text(client.get("/dip/edisi/1/"))
    assert "Yang lama" in page
    assert "Yang baru" not in page
    assert "/dip/edisi/1/lampiran-1.pdf" in page
    found = text(client.get("/dip/edisi/1/?unit=dinkes"))
    assert "Yang lama" in found
    assert "Laporan" not in found
    assert "Tidak ada yang cocok" in text(client.get("/dip/edisi/1/?q=tidakada"))
    assert "Laporan" in text(client.get("/dip/edisi/1/?q=laporan+tahun"))
    assert text(client.get("/dip/edisi/1/lampiran-1.pdf")).startswith("%PDF")
    item = shelf.item()
    shelf.register_edition(number=3)
    assert f'href="/informasi/{item.number}/"' in text(client.get("/dip/edisi/3/"))


def test_an_edition_leaves_as_csv_and_as_workbook(client, two):
    lines = text(client.get("/dip/edisi/2/daftar.csv?q=baru")).splitlines()
    assert len(lines) == 2
    assert lines[1].startswith('"4";"\'=Yang baru"'), "no formula"
    response = client.get("/dip/edisi/2/daftar.xlsx")
    page = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert [cell.value for cell in page[4]][:3] == ["Nomor", "Informasi", "Ringkasan isi informasi"]
    assert [(line[0].value, line[1].value, line[1].data_type) for line in page.iter_rows(min_row=5)] == [
        ("1", "Tetap", "s"), ("2", "Laporan", "s"), ("4", "=Yang baru", "s"),
    ]  # fmt: skip
    assert "7/PPID/2026" in page["A2"].value


def test_two_editions_are_compared_row_by_row(client, two):
    page = text(client.get("/dip/edisi/2/banding/1/"))
    assert "<del>5 tahun</del> <ins>10 tahun</ins>" in page
    assert "<ins>=Yang baru</ins>" in page
    assert "<del>Yang lama</del>" in page
    assert "1 baris tetap sama" in page
    only = text(client.get("/dip/edisi/2/banding/1/?jenis=hilang"))
    assert "Yang lama" in only
    assert "Yang baru" not in only
    assert "Semua perubahan 3" in text(client.get("/dip/edisi/2/banding/1/?jenis=lain"))
    lines = text(client.get("/dip/edisi/2/banding/1/perubahan.csv")).splitlines()
    assert [line.split(";")[0] for line in lines[1:]] == ['"Berubah"', '"Baru"', '"Tidak ada lagi"']
    answer = client.get("/dip/edisi/2/banding/1/perubahan.xlsx")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert "Penyimpanan: «5 tahun» menjadi «10 tahun»" in [cell.value for cell in book["E"]]


@pytest.mark.parametrize("address", ["3/", "2/banding/2/", "2/banding/9/", "0/lampiran-1.pdf", "9/daftar.csv"])
def test_what_is_not_there_is_not_found(client, two, address):
    assert client.get(f"/dip/edisi/{address}").status_code == 404
    assert client.get(f"/dik/edisi/{address}").status_code == 404


def test_a_covered_row_says_so_and_its_annex_is_away(client, shelf):
    item = shelf.item(title="Daftar rahasia")
    shelf.register_edition()
    actions.exclude(item.number, called="Data pribadi pemohon", reason="Ditutup.", at=NOW, ends_on=None)
    page = text(client.get("/dip/edisi/1/"))
    assert "Daftar rahasia" not in page
    assert "Data pribadi pemohon" in page
    assert "Dikecualikan sesudah edisi ini ditetapkan, 20 November 2026" in page
    assert "sedang dicetak" in page
    assert client.get("/dip/edisi/1/lampiran-1.pdf").status_code == 404
    assert "Tidak ada yang cocok" in text(client.get("/dip/edisi/1/?q=rahasia")), "not by a count, either"
