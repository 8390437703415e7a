"""A file in somebody's hand, told in a real browser: its hash is reckoned there, and nothing of it is sent."""

import hashlib

import pytest
from playwright.sync_api import expect

from ppid.shelf.models import PublishedItem, ShortAddress
from ppid.showing.announcement import print_next
from ppid.showing.reading import read_next
from tests import make
from tests.e2e.visit import DESKTOP, PHONE, Visit

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def item(portal):
    """An item with two editions, drawn and announced as the worker does it."""
    information = make.publication(at="published", title="Laporan realisasi bantuan sosial").information
    make.walk(make.publication(information=information), to="published")
    while read_next() or print_next():
        pass
    return PublishedItem.objects.get(number=information.number)


def bytes_of(item) -> bytes:
    from ppid.shelf.actions import public_store

    return public_store().path(item.files.first().sha256).read_bytes()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_visitor_reads_the_document_in_the_page_and_what_changed(browser, portal, item, width):
    with Visit(browser, portal, width=width) as visitor:
        visitor.go(item.get_absolute_url())
        leaf = visitor.page.locator("img.doc__leaf").first
        leaf.scroll_into_view_if_needed()
        expect(leaf).to_be_visible()
        assert leaf.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1000
        visitor.page.get_by_text("Mengabarkan informasi ini").click()
        expect(visitor.page.get_by_label("Teks pendek untuk media sosial")).to_be_visible()
        visitor.follow("Yang berubah pada edisi 2, yang sekarang")
        visitor.sees("Yang berubah pada edisi 2")


def test_a_chosen_file_is_told_and_never_sent(browser, portal, item, tmp_path):
    same, other = tmp_path / "diterima.pdf", tmp_path / "lain.pdf"
    same.write_bytes(bytes_of(item))
    other.write_bytes(bytes_of(item) + b" ")
    sent = []
    with Visit(browser, portal) as visitor:
        visitor.page.on("request", lambda request: sent.append((request.method, request.post_data)))
        for file, says in ((same, "Berkas ini dikenal"), (other, "Tidak dikenal")):
            visitor.go("/verifikasi/")
            with visitor.page.expect_navigation():
                visitor.page.get_by_label("Pilih berkas di perangkat Anda").set_input_files(file)
            visitor.look()
            visitor.sees(says)
            assert hashlib.sha256(file.read_bytes()).hexdigest() in visitor.page.url
        visitor.go("/verifikasi/")
        visitor.page.evaluate(
            """() => {
                const big = new File([], "besar.iso");
                Object.defineProperty(big, "size", {value: 201 * 1024 * 1024});
                const input = document.getElementById("berkas");
                Object.defineProperty(input, "files", {value: [big]});
                input.dispatchEvent(new Event("change"));
            }"""
        )
        visitor.sees("lebih besar dari 200 MB")
    assert {method for method, _ in sent} == {"GET"}
    assert not any(data for _, data in sent)


def test_without_a_script_the_hash_is_pasted(browser, portal, item):
    with browser.new_context(java_script_enabled=False) as plain:
        page = plain.new_page()
        page.goto(f"{portal}/verifikasi/")
        expect(page.get_by_label("Pilih berkas di perangkat Anda")).to_be_hidden()
        page.get_by_text("Cara menghitung sidik jari sendiri").click()
        expect(page.get_by_text("certutil -hashfile")).to_be_visible()
        page.get_by_label("Sidik jari (SHA-256) berkas").fill(item.files.first().sha256.upper())
        page.get_by_role("button", name="Periksa", exact=True).click()
        expect(page.locator("main")).to_contain_text("Berlaku sekarang")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_pages_of_proof_and_of_a_report_can_be_read_by_everybody(browser, portal, item, width):
    code = ShortAddress.objects.get(kind="item", number=item.number, edition=1).code
    with Visit(browser, portal, width=width) as visitor:
        for address in (
            f"/v/{code}/",
            f"/verifikasi/?sha256={item.files.first().sha256}",
            "/verifikasi/?sha256=salah",
            f"/informasi/{item.number}/edisi/1/",
        ):
            visitor.go(address)
        visitor.go(f"/informasi/{item.number}/lapor/")
        visitor.press("Kirim laporan")
        visitor.sees("Pilih apa masalahnya.")
        visitor.page.get_by_label("Memuat data pribadi").check()
        visitor.fill(text="Tabel 3 memuat nama.")
        visitor.press("Kirim laporan")
        visitor.sees("Terima kasih, laporan Anda diterima")


def test_the_report_reaches_ppid_utama_and_is_answered(browser, portal, item):
    from ppid.reports.taking_in import note

    note("c" * 32, {"number": item.number, "kind": "personal", "text": "Tabel 3 memuat nama."})
    for width in (DESKTOP, PHONE):
        with Visit(browser, portal, "utama", width=width) as chief:
            chief.go("/meja/laporan-masalah/")
            chief.follow("Memuat data pribadi")
            if width == PHONE:
                chief.fill(note="Berkas dicabut.")
                chief.press("Catat sebagai sudah ditangani")
                chief.sees("Sudah ditangani")
