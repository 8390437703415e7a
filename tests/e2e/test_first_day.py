"""An empty office, from the terminal's first appointment to step 3 of its first case, in a real browser."""

import re

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from ppid.organisation.models import User
from sop.models import SopVersion
from tests import make
from tests.e2e.visit import PHONE, Visit

FIRST, OWN = "sandi-pertama-yang-panjang", "kapuas mengalir ke laut"


def enter(visit: Visit, email: str, password: str, new: str = "") -> None:
    """Sign in by the form; with ``new`` the first password is changed, as it must be."""
    visit.go("/meja/")
    visit.page.get_by_label("Surel").fill(email)
    visit.page.get_by_label("Kata sandi", exact=False).first.fill(password)
    visit.press("Masuk")
    if new:
        for name, value in (("oldpassword", password), ("password1", new), ("password2", new)):
            visit.page.locator(f"[name={name}]").fill(value)
        visit.page.locator("main form button").first.click()
        visit.page.wait_for_load_state()
        visit.go("/meja/")


def employ(role: str, unit: str, **when) -> User:
    person = make.person(role, unit=unit, starts_on=timezone.localdate(), **when)
    opens_with(OWN, person)
    return person


def opens_with(password: str, person: User) -> None:
    """Keep a password as the running portal hashes it; the tests' own hasher is quicker and unknown there."""
    User.objects.filter(pk=person.pk).update(password=make_password(password, hasher=Argon2PasswordHasher()))


@pytest.fixture(scope="module")
def empty(portal, server, django_db_blocker):
    """The portal without an office: nobody, no sheet, no day in the calendar."""
    with django_db_blocker.unblock():
        make.no_office()
        server.replace_worker()
        yield portal


def test_an_empty_office_comes_to_its_first_case(browser, empty, monkeypatch):
    monkeypatch.setenv("APPOINT_PASSWORD", FIRST)
    call_command("appoint", "kepala@contoh.go.id", "--name", "Dr. Kepala, M.Si.", "--order", "800/1/2026", verbosity=0)
    opens_with(FIRST, User.objects.get())
    with Visit(browser, empty) as chief:
        enter(chief, "kepala@contoh.go.id", FIRST, new=OWN)
        chief.sees("3 dari 5 hal wajib selesai")
        chief.page.get_by_role("link", name="Ambil kedua lembar bawaan").first.click()
        chief.press("Ambil lembar bawaan")
        chief.sees("2 lembar masuk pustaka sebagai draf")
        bidang, *_ = [
            employ(*each)
            for each in [("bidang_layanan", "diskominfo"), ("operator", "diskominfo"), ("ppid_pelaksana", "dinsos")]
        ]
        chief.go("/meja/siapkan/")
        chief.sees("4 dari 5 hal wajib selesai")
        chief.page.get_by_role("link", name="Baca dan ajukan").first.click()
        chief.follow("Ajukan untuk ditinjau")
        chief.press("Ajukan versi 1")
        chief.go("/meja/siapkan/")
        chief.sees("Orang kedua itu boleh ditunjuk hari ini juga")
    second = employ("ppid_utama", "diskominfo")
    with Visit(browser, empty, width=PHONE) as deputy:
        enter(deputy, second.email, OWN)
        deputy.sees("Lembar SOP untuk disahkan")
        deputy.go("/meja/siapkan/")
        deputy.page.get_by_role("link", name="Baca dan setujui").click()
        expect(deputy.page.get_by_role("heading", name="Pemeriksaan lembar", exact=True)).to_be_visible()
        deputy.page.get_by_label("Catatan persetujuan").fill("Sesuai naskah, kata demi kata.")
        deputy.press("Setujui versi 1")
        deputy.be_sure()
        deputy.sees("Versi 1 disetujui")
    assert SopVersion.objects.get(sop__flow="publication").state == "approved"
    with Visit(browser, empty) as officer:
        enter(officer, bidang.email, OWN)
        officer.page.get_by_role("link", name=re.compile("Mulai pengumuman")).click()
        officer.page.locator("[name=title]").fill("Laporan kinerja 2026")
        officer.page.locator("[name=unit]").select_option(label="Dinas Sosial Kota Pontianak")
        officer.press("Buka proses pengumuman")
        officer.sees("Sekarang menunggu")
