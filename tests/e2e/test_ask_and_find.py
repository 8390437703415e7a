"""A question goes from a case to another's inbox and back, and a case is found by its number on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests import make
from tests.e2e.visit import PHONE, Visit

pytestmark = pytest.mark.e2e


def test_a_question_is_asked_and_answered_without_moving_the_case(browser, portal):
    case = make.publication(title="Rekapitulasi bantuan pangan 2026")
    with Visit(browser, portal, "utama") as uray:
        uray.go(f"/meja/perkara/{case.number}/")
        uray.follow("Ajukan pertanyaan")
        uray.page.locator("[name=to]").select_option(label="PPID Pelaksana, Dinas Sosial")
        uray.fill(text="Apakah kelurahan sudah lengkap?")
        uray.press("Kirim pertanyaan")
        uray.sees("Pertanyaan terkirim kepada PPID Pelaksana Dinas Sosial.")

    with Visit(browser, portal, "dinsos", width=PHONE) as siti:
        siti.sees("Apakah kelurahan sudah lengkap?")
        siti.follow("Rekapitulasi bantuan pangan 2026")
        siti.fill(text="Lengkap, 29 kelurahan.")
        siti.press("Kirim jawaban")
        siti.sees("Jawaban terkirim kepada drs. H. Uray Ahmad, M.Si.")

    with Visit(browser, portal, "utama") as uray:
        uray.go(f"/meja/perkara/{case.number}/")
        uray.sees("Lengkap, 29 kelurahan.")
        uray.sees("Langkah 1")


def test_a_case_is_found_by_its_number_on_a_phone(browser, portal):
    case = make.publication(title="Daftar aset tanah 2026")
    _, year, n = case.number.split("-")
    with Visit(browser, portal, "utama", width=PHONE) as uray:
        uray.follow("Cari di meja kerja")
        uray.page.get_by_label("Cari nomor atau kata").fill(f"{int(n)}/{year}")
        uray.press("Cari")
        uray.follow("Daftar aset tanah 2026")
        expect(uray.page).to_have_url(re.compile(rf"/meja/perkara/{case.number}/"))


def test_several_cases_are_handed_on_at_once(browser, portal):
    one, two = make.publication(title="Laporan satu"), make.publication(title="Laporan dua")
    with Visit(browser, portal, "bidang") as budi:
        budi.go("/meja/berjalan/?menunggu=saya")
        budi.page.get_by_label(f"Pilih {one.number}").check()
        budi.page.get_by_label(f"Pilih {two.number}").check()
        budi.press("Teruskan")
        budi.press("Teruskan untuk 2 proses")
        budi.sees("2 proses selesai")
