"""PPID Utama decides on a phone, between two meetings: inbox, decide, undo, decide again, the next case."""

import pytest
from playwright.sync_api import expect

from ppid.flows.actions import take_step
from ppid.flows.reasons import begin_library
from tests import make
from tests.e2e.visit import DESKTOP, PHONE, Visit

pytestmark = pytest.mark.e2e

# A swipe goes as far as the screen is high; so does a page that is read downwards.
SWIPES = 2


def case(title: str):
    """Make a publication of one page that waits for step 4."""
    return make.publication(at="clarifying", title=title)


def test_a_decision_on_the_phone_is_two_swipes_and_two_taps(browser, portal):
    title = "Laporan kinerja semester I tahun 2026"
    number = case(title).number
    with Visit(browser, portal, "utama", width=PHONE) as utama:
        utama.follow(title)
        utama.sees("Pratinjau seperti dibaca publik")
        page, height = utama.page, utama.page.viewport_size["height"]
        expect(page.get_by_role("button", name="Setujui")).to_be_in_viewport()
        expect(page.get_by_role("link", name="Kembalikan", exact=True)).to_be_in_viewport()
        for _ in range(SWIPES):
            page.mouse.wheel(0, height)
            page.wait_for_timeout(100)
        classes = page.locator("[name=category]")
        for each in classes.all():
            expect(each).to_be_in_viewport()
        classes.nth(0).check()  # the first tap
        button = page.get_by_role("button", name="Setujui sebagai berkala", exact=True)
        with page.expect_navigation():
            button.click()  # the second
        utama.look()
        utama.sees("Disetujui sebagai berkala.")
        assert number in page.url


def test_the_walk_decide_undo_decide_next(browser, portal):
    begin_library()
    first, second = case("Daftar pertama yang diputuskan").number, case("Daftar kedua yang diputuskan").number
    with Visit(browser, portal, "utama", width=PHONE) as utama:
        utama.go(f"/meja/perkara/{first}/putusan/")
        utama.page.locator("[name=category][value=on_demand]").check()
        utama.press("Setujui sebagai setiap saat")
        utama.sees("Disetujui sebagai setiap saat.")
        utama.press("Urungkan persetujuan")
        utama.sees("Putusan Anda diurungkan")
        expect(utama.page.locator("[name=category]:checked")).to_have_count(0)

        utama.page.get_by_role("link", name="Kembalikan", exact=True).click()
        box = utama.page.locator("#kembalikan textarea")
        expect(box).to_be_visible()
        box.fill("Ringkasan belum menyebut capaian.\nTabel kedua terpotong.")
        utama.page.locator("#kembalikan summary").click()
        with utama.page.expect_navigation():
            utama.page.locator("#kembalikan .pick-reason").first.click()
        utama.look()
        expect(box).to_have_value("Ringkasan belum menyebut capaian.\nTabel kedua terpotong.\n" + PICKED)
        utama.press("Kembalikan ke langkah 3")
        utama.sees("Dikembalikan.")
        utama.go(f"/meja/perkara/{second}/putusan/")
        utama.sees("Apa jenis informasinya?")
    with Visit(browser, portal, "dinsos", width=PHONE) as siti:
        siti.go(f"/meja/perkara/{first}/")
        siti.sees("Tabel kedua terpotong.")


PICKED = "Memuat data pribadi yang belum disamarkan."


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_every_kind_of_decision_is_readable_and_whole(browser, portal, width):
    case, chief = make.exclusion(at="reviewing"), make.demo("utama")
    screening, reviewing = make.exclusion(at="screening").number, case.number
    with Visit(browser, portal, "utama", width=width) as utama:
        for number, question in (
            (screening, "Layak diuji konsekuensinya?"),
            (reviewing, "Hasil uji konsekuensi lengkap?"),
        ):
            utama.go(f"/meja/perkara/{number}/putusan/")
            utama.sees(question)
    take_step(case, "accept", actor=chief, evidence=make.evidence(case, chief))
    with Visit(browser, portal, "atasan", width=width) as head:
        head.go(f"/meja/perkara/{reviewing}/persetujuan/")
        head.press("Setujui pengecualian")
        head.sees("Persetujuan Anda tercatat.")
        head.press("Urungkan persetujuan")
        head.sees("Persetujuan Anda diurungkan")
