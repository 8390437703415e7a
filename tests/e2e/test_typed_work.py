"""Typed work is never lost, in a browser: the session ends, the token changes, a tab is left, a form is refused."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tests.e2e.visit import PHONE, Visit, without_script

pytestmark = pytest.mark.e2e

TITLE = "Laporan yang belum terkirim"
OPEN = "/meja/pengumuman/baru/"


def end_session(visit: Visit) -> None:
    """Let the session end on the server, as after twelve hours; the browser knows nothing of it."""
    cookie = next(each for each in visit.context.cookies() if each["name"] == "sessionid")
    Session.objects.filter(session_key=cookie["value"]).delete()


def sign_in_here(visit: Visit, who: str) -> None:
    visit.page.get_by_label("Surel").fill(f"{who}@demo.example")
    visit.page.get_by_label("Kata sandi", exact=False).first.fill(settings.DEMO_PASSWORD)
    visit.press("Masuk")


@pytest.mark.parametrize("width", [1280, PHONE])
def test_a_session_that_ended_gives_the_form_back(browser, portal, width):
    with Visit(browser, portal, "dinsos", width=width) as siti:
        siti.go(OPEN)
        siti.fill(title=TITLE, summary="Sejam mengetik.")
        end_session(siti)
        siti.press("Buka proses pengumuman")
        siti.sees("Yang Anda ketik tidak hilang")
        sign_in_here(siti, "dinsos")
        siti.sees("belum tersimpan")
        expect(siti.page.locator("[name=title]")).to_have_value(TITLE)
        expect(siti.page.locator("[name=summary]")).to_have_value("Sejam mengetik.")


def test_a_session_that_ended_in_the_editor_gives_the_page_back(browser, portal):
    with Visit(browser, portal, "pengelola") as keeper:
        keeper.go("/meja/sop/baru/")
        keeper.fill(title="Layanan Bersesi")
        keeper.page.get_by_label("Perangkat daerah").select_option(label="Dinas Sosial Kota Pontianak")
        keeper.press("Mulai")
        keeper.fill(number="9/SOP/2026")
        end_session(keeper)
        with keeper.page.expect_navigation():
            keeper.page.locator("#simpan").click()
        keeper.sees("Yang Anda ketik tidak hilang")
        keeper.said.clear()  # htmx told the console of the refusal before the page came whole
        sign_in_here(keeper, "pengelola")
        expect(keeper.page.locator("[name=number]")).to_have_value("9/SOP/2026")


def test_signed_in_again_in_another_tab(browser, portal):
    with Visit(browser, portal, "dinsos") as siti:
        siti.go(OPEN)
        siti.fill(title=TITLE)
        end_session(siti)
        other = siti.context.new_page()
        other.goto(f"{portal}/meja/")
        other.get_by_label("Surel").fill("dinsos@demo.example")
        other.get_by_label("Kata sandi", exact=False).first.fill(settings.DEMO_PASSWORD)
        with other.expect_navigation():
            other.get_by_role("button", name="Masuk", exact=True).click()
        siti.press("Buka proses pengumuman")
        siti.sees("kedaluwarsa")
        siti.press("Buka lagi formulirnya dengan isian ini")
        expect(siti.page.locator("[name=title]")).to_have_value(TITLE)
        siti.press("Buka proses pengumuman")
        siti.sees("langkah 1")


def test_leaving_an_edited_form_asks_and_a_draft_waits_in_this_tab(browser, portal):
    with Visit(browser, portal, "dinsos") as siti:
        asked = []
        siti.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        siti.go(OPEN)
        siti.page.locator("[name=title]").press_sequentially(TITLE)
        siti.page.wait_for_timeout(400)
        siti.page.get_by_role("link", name="Batal").click()
        siti.page.wait_for_url("**/meja/")
        assert asked == ["beforeunload"]
        siti.go(OPEN)
        siti.press_here("Kembalikan isiannya")
        expect(siti.page.locator("[name=title]")).to_have_value(TITLE)
        siti.press("Buka proses pengumuman")
        siti.go(OPEN)
        expect(siti.page.get_by_role("button", name="Kembalikan isiannya")).to_have_count(0)
        assert asked == ["beforeunload"]


def test_a_tab_of_the_editor_saves_before_it_leads_on(browser, portal):
    with Visit(browser, portal, "pengelola") as keeper:
        keeper.go("/meja/sop/baru/")
        keeper.fill(title="Layanan Bertab")
        keeper.page.get_by_label("Perangkat daerah").select_option(label="Dinas Sosial Kota Pontianak")
        keeper.press("Mulai")
        keeper.fill(number="8/SOP/2026")
        keeper.press("Daftar")
        keeper.sees("Tersimpan.")
        keeper.press("Identitas")
        expect(keeper.page.locator("[name=number]")).to_have_value("8/SOP/2026")


def test_the_focus_goes_to_what_is_to_be_mended(browser, portal):
    with Visit(browser, portal, "dinsos") as siti:
        siti.go(OPEN)
        siti.press("Buka proses pengumuman")
        expect(siti.page.locator(".errors")).to_be_focused()
    with without_script(browser, portal, "dinsos") as page:
        page.goto(f"{portal}{OPEN}")
        page.get_by_role("button", name="Buka proses pengumuman").click()
        expect(page.locator(".errors")).to_be_focused()


def test_back_after_signing_out_shows_nothing(browser, portal):
    with Visit(browser, portal, "utama") as utama:
        utama.go("/meja/register/pengecualian/")
        utama.press("Keluar")
        utama.page.go_back()
        expect(utama.page.get_by_role("heading", name="Masuk ke meja kerja")).to_be_visible()


@pytest.mark.parametrize("width", [1280, PHONE])
def test_a_missing_page_of_the_desk_can_be_read_by_everybody(browser, portal, width):
    with Visit(browser, portal, "dinsos", width=width) as siti:
        siti.go("/meja/tidak-ada/")
        siti.sees("Halaman tidak ditemukan")
