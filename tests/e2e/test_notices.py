"""One notice in a real browser: from the step to the mail to the click, and how one wants to be told."""

import re
from email import message_from_bytes, policy

import pytest
from django.utils import timezone

from ppid.notices.models import Notice
from ppid.notices.sending import send_due
from tests import make
from tests.e2e.visit import PHONE, Visit

pytestmark = pytest.mark.e2e


def test_a_step_becomes_a_mail_whose_button_leads_to_the_case(browser, portal, settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "ppid.notices.post.FilePost", tmp_path / "mail"
    settings.SITE_URL = portal
    case = make.publication(at="preparing", title="Laporan bantuan sosial bagi warga lanjut usia")
    make.step(case, "prepare", actor="dinsos")
    Notice.objects.exclude(number=case.number).update(read_at=timezone.now())
    opens = timezone.localtime().replace(year=2026, month=11, day=26, hour=9, minute=40)
    while send_due(at=lambda: opens):
        pass
    mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in (tmp_path / "mail").iterdir()]
    mine = next(each for each in mails if each["to"] == "utama@demo.example" and case.number in each["subject"])
    html = mine.get_body(("html",)).get_content()
    link = re.search(r'href="([^"]+/meja/kabar/\d+/)"', html)[1]

    with Visit(browser, portal, "utama", width=PHONE) as utama:
        assert utama.page.title().startswith("(")
        utama.go("/meja/kabar/")
        utama.sees("Laporan bantuan sosial bagi warga lanjut usia")
        utama.go(link.removeprefix(portal))
        assert f"/meja/perkara/{case.number}/" in utama.page.url
        utama.go("/meja/akun/pemberitahuan/")
        utama.page.get_by_label("Pekerjaan datang").select_option("digest")
        utama.press("Simpan pilihan")
        utama.sees("Pilihan disimpan.")
        utama.press("Buat alamat kalender")
        utama.sees(re.compile(r"/meja/tenggat/[\w-]{43}\.ics"))
        utama.go("/meja/kabar/surel/")
        utama.sees("Tidak terkirim")
        utama.go("/meja/kabar/surel/kembali/")
