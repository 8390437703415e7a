"""A DIK that was signed elsewhere: uploaded, read, proposed with its SK, approved, done, and read by the public."""

from tests import make
from tests.e2e.visit import PHONE, Visit
from tests.takeover import office
from tests.takeover.tables import csv


def test_a_dik_that_was_signed_elsewhere_is_taken_over(browser, portal):
    table = csv([office.DIK_HEAD, office.DIK_ROW, office.excluded(c1="Naskah lelang jabatan", c7="")])
    with Visit(browser, portal, "bidang") as budi:
        budi.go("/meja/ambil-alih/")
        budi.follow("Unggah daftar")
        budi.page.locator("[name=file]").set_input_files(
            {"name": "DIK 2025.csv", "mimeType": "text/csv", "buffer": table}
        )
        budi.press("Baca tabel")
        budi.sees("Tabel terbaca sebagai DIK")
        budi.press("Baca semua baris")
        budi.sees("2 baris dibaca: 2 dapat diambil, 0 keliru")
        address = budi.page.url.removeprefix(portal)
        budi.follow("Surat penetapan mengikuti SK daftar")
        budi.press("Sudah saya periksa")
        budi.follow("Ajukan kepada PPID Utama")
        scan = {"name": "sk.pdf", "mimeType": "application/pdf", "buffer": make.pdf("sk.pdf").read()}
        budi.page.locator("[name=scan]").set_input_files(scan)
        budi.fill(sk_number="12/PPID/2025", sk_date="2025-01-06")
        budi.press("Ajukan kepada PPID Utama")
        budi.sees("Menunggu persetujuan PPID Utama")

    with Visit(browser, portal, "utama", width=PHONE) as uray:
        uray.sees("Pindahan DIK, SK nomor 12/PPID/2025")
        uray.go(address)
        uray.follow("Setujui pindahan")
        uray.press("Setujui pindahan")
        uray.go(f"{address}kerjakan/")
        uray.press("Kerjakan 100 baris")
        uray.sees("2 dari 2 baris selesai")
        uray.follow("Naskah lelang jabatan")
        uray.sees("uji konsekuensinya tidak dijalankan di portal ini")

    with Visit(browser, portal) as visitor:
        visitor.go("/dik/")
        visitor.sees("Naskah lelang jabatan")
        visitor.sees("7/DIK/2024")
        visitor.go("/dik/edisi/")
        visitor.sees("12/PPID/2025")
