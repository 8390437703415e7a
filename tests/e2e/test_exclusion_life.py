"""An exclusion corrected, extended, and lifted by a ruling, by the demo's people; and another that ends by itself."""

from datetime import timedelta

from django.utils import timezone

from ppid.flows.consequence import fill_test
from ppid.flows.lifting import lapse_due
from ppid.flows.models import Case
from tests import make
from tests.e2e.visit import PHONE, Visit

TODAY, DAY = timezone.localdate(), timedelta(days=1)
RULING = {
    "name": "putusan.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7\n% putusan Komisi Informasi\n%%EOF\n",
}


def test_an_exclusion_lives_openly(browser, portal):
    item = make.information(title="Berkas permohonan akta", unit="disdukcapil")
    slip, ended = "Data pribadi pemohhon akta 2026", "Naskah soal seleksi 2026"
    case = make.adopted(days_ago=6, of=item, public_description=slip, ends_on=TODAY + 55 * DAY)
    left = make.adopted(days_ago=6, public_description=ended, grounds=["b"], ends_on=TODAY - DAY)

    with Visit(browser, portal, "bidang") as budi:
        budi.go(case.get_absolute_url())
        budi.sees("Putuskan paling lambat")
        budi.page.locator("a.door__at", has_text="Perbaiki kata pada DIK").click()
        budi.fill(information="Data pribadi pemohon akta 2026", reason="Salah ketik.")
        budi.press("Ajukan kepada pemutus")
    decide(browser, portal, case)
    with Visit(browser, portal) as visitor:
        visitor.go("/dik/")
        visitor.sees("Data pribadi pemohon akta 2026")
        visitor.sees("diperbaiki pada")

    with Visit(browser, portal, "bidang") as budi:
        budi.go(case.get_absolute_url())
        budi.page.locator("a.door__at", has_text="Perpanjang dengan uji baru").click()
        budi.press("Mulai uji baru")
        budi.sees("tetap berlaku sampai penetapan yang baru")
    new = Case.objects.running().get(information=item)
    words = make.test(ends_on=TODAY + 400 * DAY, public_description="Data pribadi pemohon akta 2026")
    new = make.walk(new, to="testing")
    fill_test(new, words, [make.participant()], actor=make.demo("opd"))
    new = make.walk(make.again(new), to="adopted")
    with Visit(browser, portal, width=PHONE) as visitor:
        visitor.go("/dik/")
        visitor.sees(f"melanjutkan {case.number} dengan uji baru")

    with Visit(browser, portal, "bidang") as budi:
        budi.go(case.get_absolute_url())
        budi.sees(f"Yang berlaku sekarang adalah {new.number}")
        budi.go(new.get_absolute_url())
        budi.page.locator("a.door__at", has_text="Buka kembali").click()
        budi.page.get_by_label("Putusan Komisi Informasi").check()
        budi.fill(letter_number="12/PTS-A/KI/2026", letter_date=TODAY.isoformat(), reason="Putusan berkekuatan tetap.")
        budi.page.locator("[name=document]").set_input_files(RULING)
        budi.press("Ajukan kepada pemutus")
    decide(browser, portal, new, width=PHONE)
    list(lapse_due())
    for width in (1280, PHONE):
        with Visit(browser, portal, width=width) as visitor:
            visitor.go("/dik/dibuka-kembali/")
            visitor.sees("putusan Komisi Informasi nomor 12/PTS-A/KI/2026")
            visitor.sees("Naskah soal seleksi 2026")
            visitor.sees("ketentuan PP 61/2010, karena jangka waktunya berakhir")
    for opened in (new, left):
        publication = Case.objects.get(information=opened.information, flow="publication")
        assert (publication.state, publication.opened_by) == ("updating", None)
    with Visit(browser, portal, "utama") as uray:
        uray.go(left.get_absolute_url())
        uray.sees("Dibuka oleh ketentuan PP 61/2010")


def decide(browser, portal, case, **how) -> None:
    with Visit(browser, portal, "utama", **how) as uray:
        uray.sees("Usul yang menunggu keputusan Anda")
        uray.go(f"{case.get_absolute_url()}usul/{case.amendments.undecided().get().pk}/")
        uray.press("Setujui usul")
        uray.be_sure()
        uray.sees("disetujui")
