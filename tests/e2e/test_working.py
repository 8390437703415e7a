"""The working screen in a real browser: saved as it is typed, and handed over by its own button alone."""

import re

import pytest
from playwright.sync_api import expect

from tests import make
from tests.e2e.test_walk import fill_test_sheet, upload
from tests.e2e.visit import PHONE, Visit, without_script

pytestmark = pytest.mark.e2e


def test_what_is_typed_is_there_on_another_device_and_enter_hands_nothing_over(browser, portal):
    case = make.publication(at="preparing", title="Rekapitulasi bantuan 2026", retention="")
    with Visit(browser, portal, "dinsos") as siti:
        siti.go(f"/meja/perkara/{case.number}/kerja/")
        responsible = siti.page.locator("[name=responsible]")
        responsible.press("End")
        responsible.press_sequentially(" dan Kepala Bidang")
        expect(siti.page.locator("[data-draft]")).to_have_text(re.compile(r"^Tersimpan \d\d\.\d\d$"))
        asked = []
        siti.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        siti.page.get_by_role("link", name="Menunggu Anda", exact=True).first.click()
        siti.page.wait_for_url("**/meja/")
        assert asked == []  # it lies on the server: nothing to ask before leaving
    with Visit(browser, portal, "dinsos", width=PHONE) as siti:
        siti.go(f"/meja/perkara/{case.number}/kerja/")
        expect(siti.page.locator("[name=responsible]")).to_have_value("Sekretaris Dinas Sosial dan Kepala Bidang")
        siti.fill(retention="5 tahun")
        with siti.page.expect_navigation():
            siti.page.locator("[name=retention]").press("Enter")
        siti.look()
        siti.sees("Tersimpan")
        expect(siti.page.locator("[name=retention]")).to_have_value("5 tahun")
        assert make.again(case).state == "preparing"
        assert make.again(case).information.retention == ""


def test_it_works_without_a_script(browser, portal):
    case = make.publication(at="preparing", title="Laporan tanpa skrip 2026", summary="")
    with without_script(browser, portal, "dinsos") as page:
        page.goto(f"{portal}/meja/perkara/{case.number}/kerja/")
        page.locator("[name=files]").set_input_files(upload("Laporan.pdf"))
        page.locator("[name=summary]").fill("Jumlah penerima.")
        page.locator(".actbar").get_by_role("button", name="Simpan draf").click()
        expect(page.locator("main")).to_contain_text("Tersimpan")
        expect(page.locator("[name=summary]")).to_have_value("Jumlah penerima.")
        page.get_by_role("button", name="Teruskan ke PPID Utama").click()
        expect(page.locator("main")).to_contain_text("Langkah 3 selesai")
    assert make.again(case).information.summary == "Jumlah penerima."


def test_a_consequence_test_is_made_by_two_each_with_their_own_sign_in(browser, portal):
    case = make.exclusion(at="testing", title="Berkas akta kelahiran")
    maria = make.person("ppid_pembantu", unit="disdukcapil", name="Maria Goreti, S.H.")
    make.change(maria, email="maria@demo.example", password=make.demo("opd").password)
    with Visit(browser, portal, "opd") as andi:
        andi.go(f"/meja/perkara/{case.number}/kerja/")
        fill_test_sheet(andi)
        andi.press_here("Tambah peserta")
        andi.page.locator("[name=peserta-1-person]").select_option(label="Maria Goreti, S.H., PPID Pembantu")
        andi.press("Simpan lembar uji")
        andi.sees("Lembar uji konsekuensi tersimpan.")
        andi.sees("menunggu konfirmasi Maria Goreti, S.H.")
        andi.page.locator("[name=requirement_file]").set_input_files(upload("Draf.pdf"))
        andi.page.locator("[name=output_file]").set_input_files(upload("Lembar bertanda tangan.pdf"))
        andi.press("Teruskan ke PPID Utama")
        andi.sees("menunggu konfirmasi Maria Goreti, S.H.")
    with Visit(browser, portal, "maria", width=PHONE) as mate:
        mate.sees("Uji konsekuensi menunggu konfirmasi Anda")
        mate.go(f"/meja/perkara/{case.number}/uji/")
        mate.sees("Data pribadi pemohon akta kelahiran")
        mate.press("Saya ikut menguji dan membenarkan isinya")
        mate.sees("Tercatat: Anda ikut menguji")
    with Visit(browser, portal, "opd") as andi:
        andi.go(f"/meja/perkara/{case.number}/kerja/")
        for part, title in (("requirement", "Draf"), ("output", "Lembar bertanda tangan")):
            option = andi.page.locator(f"[name={part}] option", has_text=title).first
            andi.page.locator(f"[name={part}]").select_option(value=option.get_attribute("value"))
        andi.press("Teruskan ke PPID Utama")
        andi.sees("selesai")
    assert make.again(case).state == "reviewing"
