"""Beside the straight path, in a real browser: a wrong class found late and mended, and a row performed together."""

import re

import pytest
from playwright.sync_api import expect

from ppid.flows.actions import open_publication, take_step
from ppid.flows.documents import add_document
from tests import make, make_sheets
from tests.e2e.visit import PHONE, Visit
from tests.make_sheets import row

pytestmark = pytest.mark.e2e


def test_a_wrong_class_found_at_step_6_goes_back_to_step_4_and_is_mended(browser, portal):
    case = make.publication(at="renewing")
    with Visit(browser, portal, "operator") as rina:
        rina.go(f"/meja/perkara/{case.number}/")
        back = rina.page.locator("#tindakan-send_back")
        back.locator("summary").click()
        back.get_by_role("button", name="Kembalikan ke langkah lain").click()
        rina.sees("Pilih langkah yang lebih awal")
        back = rina.page.locator("#tindakan-send_back")
        back.locator("[name=to][value='4']").check()
        back.locator("[name=note]").fill("Laporan ini terbit tiap triwulan: berkala, bukan setiap saat.")
        back.get_by_role("button", name="Kembalikan ke langkah lain").click()
        rina.sees("Proses dikembalikan ke langkah 4")
    with Visit(browser, portal, "bidang") as budi:
        # He took step 5 meanwhile: he is told, though it is not his now.
        budi.sees("Dikembalikan sesudah Anda kerjakan")
        budi.sees("Laporan ini terbit tiap triwulan")
    with Visit(browser, portal, "utama", width=PHONE) as chief:
        chief.sees("Laporan ini terbit tiap triwulan")
        chief.go(f"/meja/perkara/{case.number}/")
        told = chief.page.locator(".returned")
        expect(told).to_contain_text("Dikembalikan dari langkah 6 ke langkah 4")
        expect(told).to_contain_text("Rina Marlina, A.Md.")
        chief.decide("on_demand")
        chief.sees("Langkah 4 selesai")
    again = make.again(case)
    assert (again.state, again.information.category) == ("releasing", "on_demand")


def test_a_joint_row_is_confirmed_by_one_and_taken_by_the_other(browser, portal):
    rows = [
        row("bidang", 1, 2),
        row("pelaksana", 3),
        row("utama", 4, kind="decision", if_yes=4, if_no=2),
        row("bidang", 5, to="operator", text="Menyerahkan dokumen bersama-sama"),
        row("operator", 6, 7),
    ]
    make_sheets.in_force(make_sheets.sheet(rows))
    bidang, pelaksana = make.demo("bidang"), make.person("ppid_pelaksana", unit="dinkes")
    case = open_publication(make.information(unit="dinkes"), actor=bidang)
    take_step(case, "update_content", actor=bidang)
    add_document(case, make.pdf(), title="Profil kesehatan", actor=pelaksana)
    take_step(case, "prepare", actor=pelaksana)
    take_step(case, "clarify", actor=make.demo("utama"), category="periodic")

    with Visit(browser, portal, "operator", width=PHONE) as rina:
        rina.sees(case.number)
        rina.go(f"/meja/perkara/{case.number}/")
        rina.sees("setiap kolom mengonfirmasi bagiannya")
        rina.fill(note="Berkas sudah saya terima.")
        rina.press("Konfirmasi bagian saya")
        rina.sees(re.compile("Bagian «Petugas Informasi/Operator PPID» dikonfirmasi"))
    with Visit(browser, portal, "bidang") as budi:
        budi.go(f"/meja/perkara/{case.number}/")
        budi.sees("dikonfirmasi Rina Marlina, A.Md.")
        budi.sees("Berkas sudah saya terima.")
        budi.press("Selesaikan langkah 4")
        budi.sees("Langkah 4 selesai")
    assert make.again(case).step == 5
