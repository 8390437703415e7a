"""A list with NIKs comes along: the portal says where, step 3 waits for a reason, and PPID Utama reads it."""

import re

import pytest

from tests import make
from tests.e2e.visit import PHONE, Visit

pytestmark = pytest.mark.e2e

WHY = "Nomor contoh pada formulir, bukan NIK orang."


def test_what_was_found_is_replaced_or_answered_and_read_by_who_decides(browser, portal):
    case = make.publication(at="preparing", title="Formulir bantuan sosial 2026")
    listed = make.pdf("daftar.pdf", "Contoh pengisian: NIK 6171034510900001")
    with Visit(browser, portal, "dinsos", width=PHONE) as siti:
        siti.go(f"/meja/perkara/{case.number}/kerja/")
        file = {"name": "daftar.pdf", "mimeType": "application/pdf", "buffer": listed.read()}
        siti.page.locator("[name=files]").set_input_files(file)
        siti.press("Unggah")
        siti.sees("Sedang dibaca untuk mencari data pribadi")
        siti.press("Teruskan ke PPID Utama")
        siti.sees("tampaknya memuat data pribadi")
        siti.sees("6171••••••••0001")
        assert "6171034510900001" not in siti.page.content()
        siti.page.locator("textarea[name^=reason-]").fill(WHY)
        siti.press("Teruskan ke PPID Utama")
        siti.sees("Langkah 4")

    with Visit(browser, portal, "utama") as utama:
        utama.go(f"/meja/perkara/{case.number}/putusan/")
        utama.sees(re.compile(r"NIK.*Halaman 1.*6171••••••••0001", re.DOTALL))
        utama.sees(WHY)
