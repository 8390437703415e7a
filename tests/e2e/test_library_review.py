"""A sheet's way from draft to in force in a real browser, and what keeps it right afterwards, wide and on a phone."""

import pytest

from sop.models import SopVersion
from sop.versions import actions
from tests import make
from tests.e2e.visit import DESKTOP, PHONE, Visit

pytestmark = pytest.mark.e2e

SLUG = "pengumuman-informasi-publik"
SHEET = f"/meja/sop/{SLUG}"


@pytest.fixture(scope="module")
def draft(portal) -> SopVersion:
    """Version 2 of the first sheet, one row said otherwise."""
    draft = actions.new_draft(SopVersion.objects.get(sop__slug=SLUG, version=1), actor=make.demo("pengelola"))
    draft.activities.filter(number=3).update(text="Menyiapkan dokumen informasi publik secara lengkap")
    return draft


def test_from_draft_to_in_force(browser, portal, draft):
    with Visit(browser, portal, "pengelola") as keeper:
        keeper.go(f"{SHEET}/2/")
        keeper.sees("Pemeriksaan lembar")
        keeper.go("/meja/sop/penomoran/dinsos/")
        keeper.fill(pattern="{nomor}/SOP.DINSOS/{tahun}")
        keeper.press("Simpan")
        keeper.go(f"{SHEET}/2/nomor/")
        keeper.page.get_by_role("button", name="Pakai nomor 1/SOP.DINSOS/").click()
        keeper.go(f"{SHEET}/2/ajukan/")
        keeper.press("Ajukan versi 2")
        keeper.sees("Versi 2 diajukan.")
    with Visit(browser, portal, "utama", width=PHONE) as leader:
        leader.go(f"{SHEET}/2/setujui/")
        leader.press("Setujui versi 2")
        leader.sees("Tuliskan mengapa lembar ini tetap disetujui.")
        leader.fill(why="Kekurangan sumber diperbaiki bertahap.")
        leader.press("Setujui versi 2")
        leader.be_sure()
        leader.sees("Versi 2 disetujui")
        leader.go(f"{SHEET}/banding/1/2/")
        leader.sees("perbedaan")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_every_page_of_the_upkeep_can_be_seen_by_everybody(browser, portal, draft, width):
    pages = [
        *[f"{SHEET}/banding/1/2/", f"{SHEET}/1/", f"{SHEET}/1/masih-sesuai/", f"{SHEET}/1/bertanda-tangan/"],
        *[
            "/meja/sop/perlu-ditinjau/",
            "/meja/sop/penomoran/dinsos/",
            "/meja/dasar-hukum/",
            "/meja/dasar-hukum/tambah/",
        ],
    ]
    with Visit(browser, portal, "pengelola", width=width) as keeper:
        for theme in ("light", "dark"):
            keeper.page.emulate_media(color_scheme=theme)
            for page in pages:
                keeper.go(page)
