"""An auditor's link in a real browser: PPID Utama gives it, somebody outside opens it and takes the dossier."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.e2e.visit import PHONE, Visit

pytestmark = pytest.mark.e2e


def test_an_auditor_reads_a_dossier_by_a_link_that_ends(browser, portal):
    case = make.publication(at="coordinating")
    with Visit(browser, portal, "utama") as utama:
        utama.go("/meja/buku-besar/")
        utama.sees("Cocokkan tanda dari kertas")
        utama.go(f"/meja/tautan-pemeriksa/buat/?proses={case.number}")
        utama.fill(for_whom="Rina, Inspektorat", purpose="Surat 700/12/Insp/2026")
        utama.press("Buat tautan")
        address = utama.page.locator("#alamat").input_value()
        with Visit(browser, portal, width=PHONE) as auditor:
            auditor.go(address.removeprefix(portal))
            auditor.press("Buka berkas")
            expect(auditor.page.get_by_role("heading", name=case.number)).to_be_visible()
            with auditor.page.expect_download() as taken:
                auditor.page.get_by_role("button", name="Satu PDF").click()
            assert taken.value.suggested_filename == f"berkas-{case.number}.pdf"
        utama.follow("Lihat tautan dan pemakaiannya")
        utama.sees("Berkas PDF diunduh")
        utama.follow("Cabut")
        utama.press("Cabut tautan")
        utama.sees("Tautan dicabut.")
        with Visit(browser, portal) as late:
            late.page.goto(address)
            late.sees("Tautan ini dicabut pada")
    with Visit(browser, portal) as visitor:
        visitor.go("/buku-besar/")
        visitor.sees("Bukti harian bahwa riwayat kerja PPID tidak diubah sesudah ditulis.")
