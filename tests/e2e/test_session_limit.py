"""Before a session ends it is said, in a browser: to stay is one click, and what is typed lies by when it ends."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from ppid.desk.typed.models import TypedDraft
from ppid.organisation.models import SignInSession
from tests import make
from tests.e2e.visit import PHONE, Visit

pytestmark = pytest.mark.e2e

OPEN = "/meja/pengumuman/baru/"
IDLE = timedelta(minutes=settings.SESSION_IDLE_MINUTES)


def let_remain(**left) -> None:
    """Let so much remain of the sessions of Dinas Sosial's officer; the browser knows nothing of it yet."""
    mine = SignInSession.objects.filter(person=make.demo("dinsos"), ended_at=None)
    mine.update(seen_at=timezone.now() - IDLE + timedelta(**left))


def at_a_form(browser, portal, width=1280) -> Visit:
    visit = Visit(browser, portal, "dinsos", width=width)
    visit.page.clock.install()
    visit.go(OPEN)
    return visit


def laid_by(visit: Visit) -> TypedDraft:
    """Wait for what the page lays by, and return it."""
    for _ in range(50):
        if draft := TypedDraft.objects.filter(path=OPEN).first():
            return draft
        visit.page.wait_for_timeout(100)
    raise AssertionError("Nothing was laid by.")


@pytest.mark.parametrize("width", [1280, PHONE])
def test_it_is_said_some_minutes_before_and_to_stay_is_one_click(browser, portal, width):
    with at_a_form(browser, portal, width) as siti:
        siti.fill(title="Laporan yang sedang diketik")
        let_remain(minutes=4)
        siti.page.clock.fast_forward("55:30")
        dialog = siti.page.get_by_role("dialog", name="Sesi Anda hampir berakhir")
        expect(dialog).to_be_visible()
        expect(dialog.get_by_role("button", name="Tetap masuk")).to_be_focused()
        siti.look()
        dialog.get_by_role("button", name="Tetap masuk").click()
        expect(dialog).to_be_hidden()
        expect(siti.page.locator("[name=title]")).to_have_value("Laporan yang sedang diketik")
        session = SignInSession.objects.filter(person=make.demo("dinsos"), ended_at=None).latest("pk")
        assert timezone.now() - session.seen_at < timedelta(minutes=1)


def test_a_second_tab_that_is_in_use_keeps_the_first_one_quiet(browser, portal):
    with at_a_form(browser, portal) as siti:
        other = siti.context.new_page()
        other.goto(f"{portal}/meja/")
        siti.page.clock.fast_forward("55:30")
        siti.page.wait_for_timeout(500)
        expect(siti.page.get_by_role("dialog")).to_have_count(0)


def test_who_is_typing_is_asked_nothing(browser, portal):
    with at_a_form(browser, portal) as siti:
        siti.page.clock.fast_forward("53:00")
        siti.fill(title="Laporan yang masih diketik")
        let_remain(minutes=4)
        siti.page.clock.fast_forward("02:30")
        siti.page.wait_for_timeout(1000)
        expect(siti.page.get_by_role("dialog")).to_have_count(0)
        session = SignInSession.objects.filter(person=make.demo("dinsos"), ended_at=None).latest("pk")
        assert timezone.now() - session.seen_at < timedelta(minutes=1)


def test_what_is_typed_lies_by_at_the_end_and_is_there_after_signing_in(browser, portal):
    with at_a_form(browser, portal) as siti:
        siti.fill(title="Laporan yang belum terkirim")
        let_remain(seconds=30)
        siti.page.clock.fast_forward("59:00")
        expect(siti.page.get_by_role("dialog", name="Sesi Anda hampir berakhir")).to_be_visible()
        expect(siti.page.locator("#batas-sesi")).to_have_attribute("open", "")
        assert ["title", "Laporan yang belum terkirim"] in laid_by(siti).fields
        let_remain(seconds=-5)
        siti.page.clock.fast_forward("01:00")
        ended = siti.page.get_by_role("dialog", name="Sesi Anda sudah berakhir")
        expect(ended).to_contain_text("Yang Anda ketik sudah disimpan")
        siti.look()
        ended.get_by_role("link", name="Masuk lagi").click()
        siti.sees("lama tidak dipakai")
        siti.page.get_by_label("Surel").fill("dinsos@demo.example")
        siti.page.get_by_label("Kata sandi", exact=False).first.fill(settings.DEMO_PASSWORD)
        siti.press("Masuk")
        expect(siti.page.locator("[name=title]")).to_have_value("Laporan yang belum terkirim")


@pytest.mark.parametrize("width", [1280, PHONE])
def test_another_device_is_found_in_the_list_and_ended(browser, portal, width):
    with Visit(browser, portal, "operator", width=width) as here, browser.new_context() as elsewhere:
        there = elsewhere.new_page()
        there.goto(f"{portal}/meja/")
        there.get_by_label("Surel").fill("operator@demo.example")
        there.get_by_label("Kata sandi", exact=False).first.fill(settings.DEMO_PASSWORD)
        there.get_by_role("button", name="Masuk", exact=True).click()
        here.go("/meja/akun/sesi/")
        here.sees("Sesi ini")
        here.follow("Akhiri semua sesi lain")
        here.sees("di semua perangkat lain Anda harus masuk lagi")
        here.press("Akhiri semua sesi lain")
        here.sees("sesi lain diakhiri")
        there.goto(f"{portal}/meja/")
        expect(there.locator("main")).to_contain_text("diakhiri dari perangkat lain")
