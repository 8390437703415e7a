"""A third office runs on a sheet of its own: nine rows, from the Word file to a public item."""

import re
from dataclasses import replace

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from playwright.sync_api import expect

from ppid.desk.demo_sheet import COLUMNS, SHEET
from ppid.organisation.models import User
from sop.export import docx
from tests import make
from tests.e2e.test_editor import click
from tests.e2e.test_walk import button_of, upload
from tests.e2e.visit import DESKTOP, PHONE, Visit

pytestmark = pytest.mark.e2e


def word_file() -> dict:
    """Make the office's sheet as a Word document; its rows ask for no papers, so that the walk is short."""
    rows = tuple(replace(row, requirement="", output="") for row in SHEET.rows)
    data = docx.write(replace(SHEET, title="PENGUMUMAN DINAS LINGKUNGAN HIDUP", rows=rows))
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return {"name": "sop-dlh.docx", "mimeType": word, "buffer": data}


def person(key: str, role: str) -> None:
    password = make_password(settings.DEMO_PASSWORD, hasher=Argon2PasswordHasher())
    user = User.objects.create(email=f"{key}@demo.example", name=f"{key.title()}, S.T.", password=password)
    make.appoint(user, role, unit="dlh")


def take(browser, portal, who: str, case: str, row: int, *, width: int = DESKTOP, choose: str = "") -> None:
    """Sign in and take the row where the case waits."""
    with Visit(browser, portal, who, width=width) as visit:
        visit.go(f"/meja/perkara/{case}/")
        visit.sees(f"Langkah {row}")
        if who == "utama":
            return visit.decide(choose)
        visit.press(button_of(visit))
        visit.sees("selesai")


def test_nine_rows_of_a_third_office_from_the_file_to_the_public_item(browser, portal):
    person("kelola", "sop_keeper")
    person("pelaksana", "ppid_pelaksana")
    with Visit(browser, portal, "kelola") as keeper:
        keeper.go("/meja/sop/impor/")
        keeper.page.get_by_label("Berkas lembar SOP").set_input_files(word_file())
        keeper.press("Baca berkas")
        keeper.press("Simpan sebagai draf")
        keeper.follow("Ikat pada alur")
        keeper.page.get_by_label("Alur yang dijalankan").select_option("publication")
        keeper.press("Ikat pada alur")
        draft = re.sub(r"sunting/langkah/.*", "", keeper.page.url).removeprefix(portal)

        keeper.sees("Portal mengusulkan baris untuk 7 langkah")
        expect(keeper.page.locator("main")).not_to_contain_text("Tersimpan")
        click(keeper.page, "usulan")
        keeper.sees("Langkah hukum 7 «Publikasi» dibawa baris")
        expect(keeper.page.get_by_text("Tersimpan", exact=True)).to_have_count(7)
        # The proposal takes the row that spreads the news; the office publishes two rows earlier.
        keeper.page.locator("[name='carries.7']").select_option(index=7)
        click(keeper.page, "simpan")
        expect(keeper.page.locator("[name='carries.7'] option:checked")).to_have_text(re.compile(r"^7 · "))
        expect(keeper.page.locator("[name='carries.2'] option:checked")).to_have_text(re.compile(r"^2 · "))
        keeper.look()

        keeper.go(f"{draft}sunting/pelaksana/")
        for label in COLUMNS:
            column = keeper.page.locator("li.section").filter(has=keeper.page.locator(f"input[value='{label}']"))
            column.get_by_label(label, exact=True).check()
        click(keeper.page, "simpan")
        keeper.sees("Tersimpan.")
        keeper.go(f"{draft}konfirmasi/")
        keeper.page.locator("main form button.btn-primary").click()
        keeper.go(f"{draft}ajukan/")
        keeper.press("Ajukan versi 1")
        keeper.sees("diajukan")

    with Visit(browser, portal, "utama") as chief:
        chief.go(f"{draft}setujui/")
        chief.page.set_default_timeout(60_000)  # the sheet's papers are drawn in four forms
        chief.fill(why="Sesuai naskah kantor.")
        chief.press("Setujui versi 1")
        chief.be_sure()
        chief.sees("Versi 1 disetujui")
        chief.go(draft)
        chief.sees("oleh Dinas Lingkungan Hidup Kota Pontianak berjalan menurut versi ini")
        chief.sees("Lembar sendiri")

    title = "Indeks kualitas udara kota 2026"
    with Visit(browser, portal, "pelaksana") as visit:
        visit.go("/meja/pengumuman/baru/")
        visit.fill(title=title)
        visit.press("Buka proses pengumuman")
        visit.sees("PENGUMUMAN DINAS LINGKUNGAN HIDUP")
        case = re.search(r"P-\d{4}-\d{4}", visit.page.url)[0]
    take(browser, portal, "pelaksana", case, 1)
    take(browser, portal, "bidang", case, 2)
    with Visit(browser, portal, "pelaksana", width=PHONE) as visit:
        visit.go(f"/meja/perkara/{case}/kerja/")
        visit.page.locator("[name=files]").set_input_files(upload("Indeks 2026.pdf"))
        visit.press("Unggah")
        visit.sees("Indeks 2026")
        visit.fill(
            summary="Rata-rata bulanan di empat stasiun.",
            responsible="Sekretaris Dinas Lingkungan Hidup",
            made_place="Pontianak",
            made_when="2026",
            retention="5 tahun",
        )
        visit.page.locator(".actbar .btn-primary").click()
        visit.sees("Langkah 3 selesai")

    with Visit(browser, portal, "operator") as visit:
        visit.go(f"/meja/perkara/{case}/")
        visit.press("Konfirmasi bagian saya")
        visit.sees("dikonfirmasi Rina Marlina")
    take(browser, portal, "pelaksana", case, 4)
    take(browser, portal, "utama", case, 5, width=PHONE, choose="on_demand")
    take(browser, portal, "bidang", case, 6)
    with Visit(browser, portal) as visitor:
        visitor.go("/informasi/")
        assert title not in visitor.page.content()
    with Visit(browser, portal, "operator") as visit:
        visit.go(f"/meja/perkara/{case}/")
        visit.press(button_of(visit))
    with Visit(browser, portal) as visitor:
        visitor.go("/informasi/")
        visitor.follow(title)
        visitor.sees("«PENGUMUMAN DINAS LINGKUNGAN HIDUP» milik Dinas Lingkungan Hidup Kota Pontianak")
        visitor.follow("lihat lembarnya")
        visitor.sees("Dijalankan oleh")
    take(browser, portal, "operator", case, 8)
    take(browser, portal, "pelaksana", case, 9)
    with Visit(browser, portal, "bidang") as visit:
        visit.go(f"/meja/perkara/{case}/")
        visit.sees("Diumumkan")
