"""A second factor in a real browser: set up with steps, codes to keep, a passkey of Chromium, and proved again."""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from ppid.organisation import second_factor
from ppid.organisation.models import User
from tests import make
from tests.e2e.visit import DESKTOP, PHONE, Visit
from tests.second_factors import code_of

pytestmark = pytest.mark.e2e


@pytest.fixture
def by_name(portal) -> str:
    """The portal's address by a name: browsers keep passkeys for names alone."""
    return portal.replace("127.0.0.1", "localhost")


def authenticator(visit: Visit):
    """Give the browser a device that keeps passkeys and unlocks by itself."""
    session = visit.context.new_cdp_session(visit.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def sign_out(visit: Visit) -> None:
    visit.page.goto(f"{visit.base}/meja/akun/keluar/")
    visit.page.get_by_role("main").get_by_role("button", name="Keluar").click()


def first_step(visit: Visit, who: str) -> None:
    visit.go("/meja/")
    visit.page.get_by_label("Surel").fill(f"{who}@demo.example")
    visit.page.get_by_label("Kata sandi", exact=False).first.fill("etalase-pontianak")
    visit.page.get_by_role("button", name="Masuk", exact=True).click()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_an_app_is_set_up_used_and_replaced_by_a_recovery_code(browser, portal, width):
    who = "opd" if width == DESKTOP else "operator"
    with Visit(browser, portal, who, width=width) as visit:
        visit.go("/meja/akun/")
        visit.page.get_by_role("link", name="Pasang langkah kedua").click()
        visit.look()
        visit.page.get_by_role("link", name="Pasang aplikasi kode").click()
        visit.look()
        expect(visit.page.get_by_alt_text("Kode QR untuk aplikasi")).to_be_visible()
        visit.page.get_by_text("Tidak dapat memindai?").click()
        secret = visit.page.locator(".secret").inner_text().replace(" ", "")
        visit.page.get_by_label("Kode dari aplikasi").fill("000000")
        visit.page.get_by_role("button", name="Pasang").click()
        visit.sees("Kode ini salah")
        visit.page.get_by_label("Kode dari aplikasi").fill(code_of(secret, periods=-1))
        visit.page.get_by_role("button", name="Pasang").click()
        visit.look()
        code = visit.page.locator(".recovery-codes li").first.inner_text()
        with visit.page.expect_download() as download:
            visit.page.get_by_role("link", name="Unduh").click()
        assert code in download.value.path().read_text()
        visit.page.get_by_role("link", name="Sudah saya simpan").click()
        visit.go("/meja/akun/")
        visit.sees("Sisa 10 kode")

        sign_out(visit)
        first_step(visit, who)
        visit.look()
        visit.page.locator("[name=code]").fill(code_of(secret))
        visit.page.get_by_role("button", name="Masuk", exact=True).click()
        expect(visit.page.get_by_role("heading", name="Menunggu Anda", exact=True)).to_be_visible()

        sign_out(visit)
        first_step(visit, who)
        visit.page.locator("[name=code]").fill(code)
        visit.page.get_by_role("button", name="Masuk", exact=True).click()
        visit.sees("Sisa 9 kode")


def test_a_passkey_is_added_and_lets_in_without_a_password(browser, by_name):
    with Visit(browser, by_name, "bidang") as visit:
        authenticator(visit)
        visit.go("/meja/akun/langkah-kedua/kunci-sandi/")
        visit.page.get_by_label("Nama perangkat").fill("Komputer kantor")
        visit.page.get_by_role("button", name="Pasang kunci sandi").click()
        expect(visit.page.get_by_role("heading", name="Simpan kode pemulihan")).to_be_visible()
        visit.go("/meja/akun/")
        visit.sees("Kunci sandi «Komputer kantor»")

        sign_out(visit)
        visit.go("/meja/")
        visit.page.get_by_role("button", name="Masuk dengan kunci sandi").click()
        expect(visit.page.get_by_role("heading", name="Menunggu Anda", exact=True)).to_be_visible()

        sign_out(visit)
        first_step(visit, "bidang")
        visit.page.get_by_role("button", name="Masuk dengan kunci sandi").click()
        expect(visit.page.get_by_role("heading", name="Menunggu Anda", exact=True)).to_be_visible()

        visit.go("/meja/akun/masuk-lagi/")
        visit.page.get_by_role("button", name="Pakai kunci sandi").click()
        expect(visit.page.get_by_role("heading", name="Akun saya")).to_be_visible()
    assert Authenticator.objects.filter(user=make.demo("bidang"), type="webauthn").count() == 1


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_two_keepers_recover_with_every_page_looked_at(browser, portal, width):
    person = make.demo("dinsos" if width == DESKTOP else "disdukcapil")
    sealed = second_factor.new_secret()
    second_factor.set_up_app(person, sealed, code_of(second_factor.secret_in(sealed)), replaces=None)
    page = f"/meja/orang/{person.pk}/langkah-kedua/"
    with Visit(browser, portal, "utama", width=width) as chief:
        chief.go(page)
        chief.page.get_by_label("Bagaimana Anda memastikan").fill("Datang sendiri dengan kartu pegawai.")
        chief.page.get_by_role("button", name="Mulai pemulihan").click()
        chief.look()
        chief.sees("Anda yang memulai")
    with Visit(browser, portal, "wakil", width=width) as deputy:
        deputy.go(page)
        deputy.page.get_by_label("Saya sendiri sudah memastikan").check()
        deputy.page.get_by_role("button", name="Konfirmasi dan lepas").click()
        deputy.sees("dilepas")
    assert not second_factor.has_second_factor(User.objects.get(pk=person.pk))
