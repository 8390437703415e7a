"""A new sheet from the empty form to the drawn flowchart in a browser: by keyboard, on a phone, without scripts."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.visit import PHONE, Visit, without_script

pytestmark = pytest.mark.e2e


def click(page: Page, id_: str) -> None:
    """Press a button of the editor, and wait until htmx has put the answer on the page."""
    page.evaluate("addEventListener('htmx:afterSettle', () => { document.body.dataset.settled = 'yes' }, {once: true})")
    page.locator(f"[id='{id_}']").click()
    expect(page.locator("body[data-settled]")).to_be_attached()
    page.evaluate("delete document.body.dataset.settled")


def last_row(page: Page):
    return page.locator("li.step--open")


def write_row(page: Page, text: str, **choices: str) -> None:
    row = last_row(page)
    row.locator("textarea[name$='.text']").fill(text)
    for name, label in choices.items():
        row.locator(f"select[name$='.{name}']").select_option(label=label)


@pytest.mark.parametrize("width", [1280, PHONE])
def test_a_keeper_writes_a_new_sheet(browser, portal, width):
    with Visit(browser, portal, "pengelola", width=width) as visit:
        page = visit.page
        visit.go("/meja/sop/baru/")
        visit.press("Mulai")
        visit.sees("Tulis nama SOP ini.")
        visit.fill(title=f"Pelayanan Santunan Kematian {width}")
        page.get_by_label("Perangkat daerah").select_option(label="Dinas Sosial Kota Pontianak")
        visit.press("Mulai")
        visit.fill(number="1/SOP.DINSOS/2026", created="-", effective="2026")
        click(page, "simpan")
        visit.sees("Tersimpan.")
        assert page.evaluate("document.activeElement.id") == "simpan"  # the focus stays where the person is
        visit.look()

        visit.press("Daftar")
        page.locator("#legal_bases-baru").fill("Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik")
        click(page, "tambah-legal_bases")
        expect(page.locator("article.sheet")).to_contain_text("Nomor 14 Tahun 2008")
        visit.look()

        visit.press("Pelaksana")
        for name in ("Petugas Loket", "Kepala Bidang"):
            click(page, "tambah")
            page.locator("input[name$='.label']").last.fill(name)
        click(page, "simpan")
        expect(page.locator("article.sheet")).to_contain_text("Kepala Bidang")
        visit.look()

        visit.press("Aktivitas")
        click(page, "tambah")
        assert page.evaluate("document.activeElement.name.endsWith('.text')")
        write_row(page, "Menerima permohonan", performer="Petugas Loket")
        click(page, "tambah")
        write_row(page, "Memeriksa kelengkapan", performer="Kepala Bidang", kind="Keputusan")
        click(page, "tambah")
        write_row(page, "Menyerahkan surat", performer="Petugas Loket", kind="Selesai")
        click(page, "simpan")
        second = page.locator("li.step").nth(1)
        click(page, second.get_by_role("button", name="Sunting langkah 2").get_attribute("id"))
        expect(last_row(page)).to_contain_text("Langkah 2")
        row = last_row(page)
        row.locator("select[name$='.if_yes']").select_option(label="3 · Menyerahkan surat")
        row.locator("select[name$='.if_no']").select_option(label="1 · Menerima permohonan")
        row.locator("input[name$='.duration_text']").fill("5 hari kerja")
        click(page, "simpan")
        visit.sees("dibaca sebagai 5 hari kerja")
        expect(row.locator("select[name$='.duration_unit']")).to_have_value("working_day")
        visit.look()
        click(page, "selesai")
        assert page.evaluate("document.activeElement.textContent").strip().startswith("Sunting")
        expect(page.locator("article.sheet")).to_contain_text("Jika tidak, kembali ke langkah 1")
        visit.look()


def test_without_scripts_the_same_buttons_work(browser, portal):
    with without_script(browser, portal, "utama") as page:
        page.goto(f"{portal}/meja/sop/baru/")
        page.get_by_label("Nama SOP").fill("Tanpa Skrip")
        page.get_by_label("Perangkat daerah").select_option(label="Dinas Sosial Kota Pontianak")
        page.get_by_role("button", name="Mulai").click()
        page.get_by_role("button", name="Pelaksana", exact=True).click()
        page.get_by_role("button", name="Tambah kolom").click()
        page.get_by_label("Nama pelaksana, seperti tercetak").fill("Petugas")
        page.get_by_label("Nama pelaksana, seperti tercetak").press("Enter")
        page.get_by_role("button", name="Aktivitas", exact=True).click()
        for text in ("Menerima", "Meneliti", "Menyerahkan"):
            page.get_by_role("button", name="Tambah langkah di akhir").click()
            page.locator("li.step--open textarea[name$='.text']").fill(text)
        page.get_by_role("button", name="Naikkan langkah 3").click()
        expect(page.locator("article.sheet")).to_contain_text("Menyerahkan")
        words = page.locator(".sheet-table tbody tr td:nth-child(2)").all_inner_texts()
        assert [each.partition("\n")[0] for each in words] == ["Menerima", "Menyerahkan", "Meneliti"]
