"""An urgent item published within the hour, in a real browser: marked by Bidang, announced first by PPID Utama."""

import re

import pytest
from playwright.sync_api import expect

from tests import make
from tests.e2e.visit import PHONE, Visit

pytestmark = pytest.mark.e2e

WHY = "Pipa induk pecah, air padam di tiga kelurahan."


def test_an_urgent_item_is_public_within_the_hour(browser, portal):
    title = "Gangguan distribusi air bersih di Kecamatan Pontianak Timur"
    notice = make.pdf("pemberitahuan.pdf")
    with Visit(browser, portal, "bidang") as budi:
        budi.go("/meja/pengumuman/baru/")
        budi.page.get_by_label("Serta merta", exact=False).check()
        budi.page.locator("[name=unit]").select_option(label="Dinas Sosial Kota Pontianak")
        budi.fill(title=title)
        budi.press("Buka proses pengumuman")
        budi.sees("Tulis satu kalimat mengapa informasi ini tidak boleh ditunda.")
        budi.fill(
            urgent_because=WHY,
            summary="Air padam di tiga kelurahan; tangki air disiagakan.",
            responsible="Sekretaris Dinas Sosial",
            made_place="Pontianak",
            made_when="26 November 2026",
            retention="1 tahun",
        )
        file = {"name": "pemberitahuan.pdf", "mimeType": "application/pdf", "buffer": notice.read()}
        budi.page.locator("[name=documents]").set_input_files(file)
        budi.press("Buka proses pengumuman")
        budi.sees("Serta merta, jangan ditunda")
        budi.sees("Hanya PPID Utama yang dapat mengumumkan lebih dahulu.")
        case = re.search(r"P-\d{4}-\d{4}", budi.page.url)[0]

    with Visit(browser, portal, "utama", width=PHONE) as utama:
        utama.go(f"/meja/perkara/{case}/")
        utama.follow("Umumkan lebih dahulu")
        form = utama.page.locator("#tindakan-publish_first")
        form.locator("[name=note]").fill("Warga harus tahu sekarang.")
        utama.press("Umumkan lebih dahulu")
        utama.sees("Informasi ini sekarang terbuka untuk umum. Langkah 1 sampai 7 menyusul paling lambat")
        utama.follow("Lihat di portal")
        expect(utama.page.get_by_role("heading", name=title)).to_be_visible()

    with Visit(browser, portal) as visitor:
        visitor.go("/informasi/")
        visitor.follow(title)
        visitor.sees("Diumumkan lebih dahulu karena mendesak. Langkah 1 sampai 7 menyusul paling lambat")
        visitor.sees(re.compile(r"Serta merta: diumumkan dalam (kurang dari 1|\d+) menit sejak dibuka"))

    with Visit(browser, portal, "bidang") as budi:
        budi.sees("Sudah diumumkan lebih dahulu karena mendesak; langkah ini menyusul.")
        budi.go(f"/meja/perkara/{case}/")
        budi.press("Selesaikan langkah 1")
        budi.sees("Langkah 2 sampai 7 menyusul paling lambat")
