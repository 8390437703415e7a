"""A keeper brings a Word sheet into the library, on a desk and on a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.visit import DESKTOP, PHONE, Visit, without_script

pytestmark = pytest.mark.e2e
DOCUMENTS = Path(__file__).parents[1] / "sop" / "documents"


@pytest.mark.parametrize(("width", "name"), [(DESKTOP, "kolom-tambahan.docx"), (PHONE, "dua-sop.docx")])
def test_from_the_file_to_the_draft(browser, portal, width, name):
    with Visit(browser, portal, "pengelola", width=width) as visit:
        visit.go("/meja/sop/impor/")
        visit.press("Baca berkas")
        visit.sees("Pilih berkas yang akan diimpor.")
        visit.page.get_by_label("Berkas lembar SOP").set_input_files(DOCUMENTS / name)
        visit.press("Baca berkas")
        visit.sees("perlu diperiksa")
        visit.page.locator(".import-doubts a").first.click()
        visit.press("Simpan sebagai draf")
        visit.sees("Pilih perangkat daerah")
        visit.page.get_by_label("Perangkat daerah").select_option(index=1)
        if (seen := visit.page.get_by_label("Saya sudah membaca teks", exact=False)).count():
            seen.check()
        visit.press("Simpan sebagai draf")
        visit.sees("disimpan sebagai draf")
        if name == "dua-sop.docx":
            visit.sees("065/18")
            visit.press("Simpan sebagai draf")
            visit.sees("«SURAT KELUAR» disimpan sebagai draf")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_what_was_doubted_is_settled_in_the_editor(browser, portal, width):
    with Visit(browser, portal, "pengelola", width=width) as visit:
        visit.go("/meja/sop/impor/")
        visit.page.get_by_label("Berkas lembar SOP").set_input_files(
            DOCUMENTS / ("bentuk.docx" if width == DESKTOP else "tanda-x.xlsx")
        )
        visit.press("Baca berkas")
        visit.page.get_by_label("Perangkat daerah").select_option(index=1)
        visit.press("Simpan sebagai draf")
        visit.follow("Sunting")
        visit.sees("hal perlu diperiksa")
        before = visit.page.locator(".doubts li").count()
        visit.page.locator(".doubts [value*='baris=']").first.click()
        visit.page.locator(".step--open .doubt button").first.click()
        visit.sees(f"Dari impor: {before - 1} hal perlu diperiksa")


def test_a_file_field_speaks_indonesian_and_is_the_browsers_own_without_a_script(browser, portal):
    with Visit(browser, portal, "pengelola", width=PHONE) as visit:
        visit.go("/meja/sop/impor/")
        field, name = visit.page.locator(".file-field"), visit.page.locator(".file-field__name")
        expect(name).to_have_text("Belum ada yang dipilih")
        visit.page.get_by_label("Berkas lembar SOP").focus()
        assert field.evaluate("field => getComputedStyle(field).outlineStyle") == "solid"
        with visit.page.expect_file_chooser() as chooser:
            field.click()
        chooser.value.set_files(DOCUMENTS / "dua-sop.docx")
        expect(name).to_have_text("dua-sop.docx")
    with without_script(browser, portal, "pengelola") as page:
        page.goto(f"{portal}/meja/sop/impor/")
        expect(page.get_by_label("Berkas lembar SOP")).to_be_visible()
        assert page.locator(".file-field").count() == 0
