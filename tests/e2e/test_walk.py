"""Both flows in a real browser, by the demo's people, from the empty form to the public page and the PDF."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from ppid.shelf.models import PublishedItem
from tests import make
from tests.e2e.visit import PHONE, Visit

pytestmark = pytest.mark.e2e


def upload(name: str) -> dict:
    file = make.pdf(name)
    return {"name": name, "mimeType": "application/pdf", "buffer": file.read()}


def button_of(visit: Visit) -> str:
    return visit.page.locator("#kerja form button.btn-primary[type=submit]").inner_text().strip()


def take_as(browser, portal, who: str, case: str, *, width: int = 1280, proof: str = "", choose: str = "") -> None:
    """Sign in, find the case in the inbox, take its step, and read the confirmation."""
    with Visit(browser, portal, who, width=width) as visit:
        expect(visit.page.locator("main")).to_contain_text(case)
        visit.go(f"/meja/perkara/{case}/")
        if who == "utama":
            return visit.decide(choose)
        form = visit.page.locator("#kerja form")
        if proof:
            form.locator("[name=output_file]").set_input_files(upload(f"{proof}.pdf"))
        visit.press(button_of(visit))
        visit.sees("selesai")


def test_a_publication_from_the_empty_form_to_the_public_page(browser, portal):
    title = "Laporan realisasi bantuan sosial triwulan III 2026"
    with Visit(browser, portal, "dinsos") as siti:
        siti.go("/meja/pengumuman/baru/")
        siti.press("Buka proses pengumuman")
        siti.sees("Tuliskan judul informasinya.")
        siti.fill(title=title)
        siti.press("Buka proses pengumuman")
        siti.sees("langkah 1")
        case = re.search(r"P-\d{4}-\d{4}", siti.page.url)[0]

    take_as(browser, portal, "bidang", case)
    with Visit(browser, portal, "bidang") as budi:
        budi.go(f"/meja/perkara/{case}/")
        budi.fill(note="Surat menyusul hari ini.")
        budi.press(button_of(budi))
        budi.sees("Lampirkan kelengkapan")
        expect(budi.page.locator("#kerja [name=note]")).to_have_value("Surat menyusul hari ini.")
        for name, file in [("requirement_file", "Surat koordinasi.pdf"), ("output_file", "Laporan koordinasi.pdf")]:
            budi.page.locator(f"#kerja [name={name}]").set_input_files(upload(file))
        budi.press(button_of(budi))
        budi.sees("selesai")

    with Visit(browser, portal, "disdukcapil") as stranger:
        answer = stranger.page.goto(f"{portal}/meja/perkara/{case}/")
        assert answer.status == 404

    with Visit(browser, portal, "dinsos", width=PHONE) as siti:
        siti.go(f"/meja/perkara/{case}/kerja/")
        siti.page.locator("[name=files]").set_input_files(upload("Laporan TW III 2026.pdf"))
        siti.press("Unggah")
        siti.sees("Laporan TW III 2026")
        siti.fill(
            summary="Jumlah penerima bantuan per kelurahan.",
            responsible="Sekretaris Dinas Sosial",
            made_place="Pontianak",
            made_when="5 November 2026",
            retention="5 tahun",
        )
        siti.press("Teruskan ke PPID Utama")
        siti.sees("selesai")

    with Visit(browser, portal, "utama", width=PHONE) as utama:
        utama.go(f"/meja/perkara/{case}/putusan/")
        utama.page.get_by_role("link", name="Kembalikan", exact=True).click()
        utama.page.locator("#kembalikan [name=note]").fill("Tambahkan tabel kelurahan.")
        utama.press("Kembalikan ke langkah 3")
        utama.sees("dikembalikan ke langkah 3")
    with Visit(browser, portal, "dinsos") as siti:
        siti.go(f"/meja/perkara/{case}/")
        siti.follow("Kerjakan di satu halaman")
        siti.sees("Tambahkan tabel kelurahan.")
        siti.fill(**{"answer-1": "Sudah ditambahkan."})
        siti.press("Teruskan ke PPID Utama")
        siti.sees("selesai")
    take_as(browser, portal, "utama", case, width=PHONE, choose="periodic")
    take_as(browser, portal, "bidang", case)
    take_as(browser, portal, "operator", case)
    with Visit(browser, portal) as visitor:
        visitor.go("/informasi/")
        assert title not in visitor.page.content()
    with Visit(browser, portal, "operator") as rina:
        rina.go(f"/meja/perkara/{case}/")
        rina.press(button_of(rina))
        rina.sees("terbuka untuk umum")
        rina.follow("Lihat di portal")

    for width in (1280, PHONE):
        with Visit(browser, portal, width=width) as visitor:
            visitor.go("/")
            visitor.page.get_by_role("searchbox").first.fill("bantuan sosial")
            visitor.press("Cari")
            visitor.follow(title)
            visitor.sees("Paspor proses")
            visitor.sees("PPID Pelaksana · Dinas Sosial")
            assert "Siti Aminah" not in visitor.page.content()
            assert visitor.context.cookies() == []
            number = visitor.page.url.rstrip("/").rpartition("/")[2]
            file = PublishedItem.objects.get(number=number).files.get()
            answer = visitor.context.request.get(portal + file.get_absolute_url())
            assert answer.body().startswith(b"%PDF-")


def test_an_exclusion_from_the_empty_form_to_the_public_list(browser, portal):
    secret = "Nomor induk kependudukan pemohon akta"
    with Visit(browser, portal, "opd") as andi:
        andi.go("/meja/pengecualian/baru/")
        andi.fill(title=secret, summary="Nama, NIK, dan alamat pemohon.")
        andi.press("Buka proses pengecualian")
        case = re.search(r"K-\d{4}-\d{4}", andi.page.url)[0]
    with Visit(browser, portal, "bidang") as budi:
        budi.go(f"/meja/perkara/{case}/dokumen/tambah/")
        budi.page.locator("[name=file]").set_input_files(upload("Berkas akta.pdf"))
        budi.page.locator("main form button.btn-primary").first.click()
        budi.sees("Berkas akta")
        budi.go(f"/meja/perkara/{case}/surat/daftar-usulan/nomor/")
        budi.press("Beri nomor dan bekukan")
        budi.go(f"/meja/perkara/{case}/")
        budi.sees("Dicatat portal sendiri sebagai kelengkapan «Draf Informasi dan dokumentasi»: Berkas akta")
        budi.page.locator("#kerja [name=output]").select_option(index=1)
        budi.press(button_of(budi))
        budi.sees("selesai")
    take_as(browser, portal, "utama", case, width=PHONE)

    with Visit(browser, portal, "opd") as andi:
        andi.go(f"/meja/perkara/{case}/kerja/")
        andi.press("Simpan lembar uji")
        fill_test_sheet(andi)
        andi.press("Simpan lembar uji")
        andi.go(f"/meja/perkara/{case}/surat/lembar-uji/nomor/")
        andi.press("Beri nomor dan bekukan")
        andi.sees("Surat bernomor")
        printed = andi.context.request.get(f"{portal}/meja/perkara/{case}/uji/lembar/")
        assert printed.body().startswith(b"%PDF-")
        andi.go(f"/meja/perkara/{case}/kerja/")
        andi.page.locator("[name=output_file]").set_input_files(upload("Lembar uji bertanda tangan.pdf"))
        andi.press("Teruskan ke PPID Utama")
        andi.sees("selesai")
    take_as(browser, portal, "utama", case, width=PHONE)

    with Visit(browser, portal, "atasan", width=PHONE) as head:
        head.go("/meja/")
        head.sees("Menunggu persetujuan Anda sebagai pimpinan")
        head.follow(secret)
        head.sees("Mengungkap rahasia pribadi.")
        head.press("Setujui pengecualian")
        head.sees("Persetujuan Anda tercatat.")

    with Visit(browser, portal, "bidang") as budi:
        budi.go(f"/meja/perkara/{case}/penetapan/")
        budi.sees("Ir. H. Mulyadi Rahman, M.Si.")
        today = date.today().isoformat()
        budi.fill(
            number="188.4/7/PPID/2026",
            place="Pontianak",
            date=today,
            reason="Melindungi rahasia pribadi.",
        )
        budi.page.locator("[name=decided_by]").select_option(label="drs. H. Uray Ahmad, M.Si., PPID Utama")
        budi.page.locator("main form button.btn-primary").first.click()
        budi.sees("188.4/7/PPID/2026")
    take_as(browser, portal, "bidang", case, proof="Surat penetapan bertanda tangan")

    with Visit(browser, portal) as visitor:
        visitor.go("/dik/")
        visitor.sees("Data pribadi pemohon akta")
        visitor.sees("188.4/7/PPID/2026")
        for path in ("/", "/informasi/", "/informasi/?q=kependudukan", "/dip/", "/dik/", "/dik.csv"):
            assert secret not in visitor.context.request.get(portal + path).text()


def fill_test_sheet(visit: Visit) -> None:
    visit.fill(
        subject="Data pribadi pemohon akta kelahiran",
        public_description="Data pribadi pemohon akta",
        consequence_if_open="Mengungkap rahasia pribadi.",
        consequence_if_closed="Melindungi pemohon.",
        public_interest="Sudah terpenuhi oleh data agregat.",
        term="Selama pemohon hidup",
        place="Pontianak",
        tested_on=date.today().isoformat(),
    )
    visit.page.locator("[name=grounds][value=h]").check()
    visit.page.locator("[name=conclusion][value=whole]").check()
    visit.page.locator("[name$='-name']").first.fill("Fransiskus Andi, S.IP.")
    visit.page.locator("[name$='-position']").first.fill("Kepala Seksi")


def test_the_signed_sheet_is_drawn_and_comes_as_pdf(browser, portal):
    for width in (1280, PHONE):
        with Visit(browser, portal, width=width) as visitor:
            visitor.go("/sop/")
            for slug in ("pengumuman-informasi-publik", "pendokumentasian-informasi-yang-dikecualikan"):
                visitor.go(f"/sop/{slug}/")
                answer = visitor.context.request.get(f"{portal}/sop/{slug}/lembar.pdf")
                assert answer.body().startswith(b"%PDF-")


PUBLICATION = "pengumuman-informasi-publik"
OPEN = ["/", "/informasi/", "/dip/", "/dik/", "/sop/", "/glosarium/", "/aksesibilitas/", "/tidak-ada/", "/halaman/"]
OPEN += ["/sop/?unit=dinsos&q=informasi", "/sop/?keadaan=dicabut", f"/sop/{PUBLICATION}/versi/1/"]
DESK = {
    "utama": ["/meja/", "/meja/register/pengumuman/", "/meja/register/pengecualian/", "/meja/sop/", "/meja/orang/"],
    "pengelola": ["/meja/sop/?keadaan=berlaku", "/meja/sop/?q=gajah", f"/meja/sop/{PUBLICATION}/1/evaluasi/"],
    "bidang": ["/meja/", "/meja/kalender/", "/meja/pengumuman/lagi/", "/meja/pengecualian/yang-ada/"],
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, PHONE])
def test_every_page_can_be_read_by_everybody(browser, portal, width, scheme):
    with Visit(browser, portal, width=width) as visitor:
        visitor.page.emulate_media(color_scheme=scheme)
        for path in OPEN:
            visitor.go(path)
    for who, paths in DESK.items():
        with Visit(browser, portal, who, width=width) as officer:
            officer.page.emulate_media(color_scheme=scheme)
            for path in paths:
                officer.go(path)
