"""«Surat-surat» of a case in the browser: read, taken away, numbered, cancelled, signed."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document as Word
from pypdf import PdfReader

from ppid.flows.actions import take_step
from ppid.flows.papers.kinds import KINDS
from ppid.flows.papers.models import PaperNumber
from ppid.flows.papers.numbering import number_paper
from tests import make
from tests.desk.pages import error_links, fields, soup, text

pytestmark = pytest.mark.django_db


def page_of(name, case, slug, *rest):
    return reverse(f"desk:{name}", args=[case.number, slug, *rest])


def panel(response) -> dict[str, str]:
    """Return the words of each paper's entry, by the name of the paper."""
    entries = soup(response).select("#surat .letters__item")
    return {each.find("strong").text: " ".join(each.get_text(" ").split()) for each in entries}


@pytest.fixture
def case(db):
    return make.exclusion(at="testing")


def numbered(case, key="receipt", number="7/2026"):
    return number_paper(case, KINDS[key], number=number, date=timezone.localdate(), actor=make.demo("bidang"))


def test_the_page_lists_the_papers_of_its_flow_and_how_each_stands(case, sign_in):
    shown = panel(sign_in("bidang").get(case.get_absolute_url()))
    assert list(shown) == [
        "Surat koordinasi",
        "Laporan koordinasi",
        "Daftar informasi yang akan dikecualikan",
        "Lembar uji konsekuensi",
        "Berita acara uji konsekuensi",
        "Surat penetapan klasifikasi",
        "Tanda terima",
    ]
    assert "DRAF" in shown["Tanda terima"]
    assert "Belum dapat ditulis" in shown["Lembar uji konsekuensi"]
    assert "lembar uji konsekuensi, yang belum diisi" in shown["Lembar uji konsekuensi"]
    publication = make.publication()
    assert list(panel(sign_in("bidang").get(publication.get_absolute_url()))) == [
        "Surat koordinasi",
        "Laporan koordinasi",
        "Tanda terima",
    ]


def test_a_draft_is_read_as_pdf_and_taken_away_for_word(case, sign_in):
    client = sign_in("bidang")
    pdf = client.get(page_of("paper-pdf", case, "tanda-terima"))
    assert (pdf.status_code, pdf["Content-Type"], pdf["Cache-Control"]) == (
        200,
        "application/pdf",
        "private, no-store",
    )
    assert "DRAF" in PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    word = client.get(page_of("paper-docx", case, "tanda-terima"))
    assert "attachment" in word["Content-Disposition"]
    assert Word(io.BytesIO(word.content)).paragraphs[0].text == "DRAF"


@pytest.mark.parametrize("slug", ["lembar-uji", "surat-penetapan", "tidak-ada"])
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_what_can_not_be_written_is_not_found(slug, form, case, sign_in):
    assert sign_in("opd").get(page_of(f"paper-{form}", case, slug)).status_code == 404


def test_a_paper_of_the_other_flow_is_not_found(sign_in):
    assert sign_in("bidang").get(page_of("paper-pdf", make.publication(), "lembar-uji")).status_code == 404


def test_a_number_is_given_on_its_page_and_freezes_the_paper(case, sign_in):
    client, url = sign_in("bidang"), page_of("paper-number", case, "tanda-terima")
    form = fields(client.get(url), None)
    assert form["number"] == f"{case.number}/TT"
    answer = client.post(url, form | {"number": "  045/ 77 "})
    assert answer.headers["Location"] == f"{case.get_absolute_url()}#surat"
    paper = PaperNumber.objects.get(case=case)
    assert (paper.number, paper.date, paper.recorded_by) == ("045/ 77", timezone.localdate(), make.demo("bidang"))
    shown = panel(client.get(case.get_absolute_url()))["Tanda terima"]
    assert "Bernomor" in shown
    assert "Nomor 045/ 77" in shown
    sent = client.get(page_of("paper-pdf", case, "tanda-terima"))
    assert b"".join(sent.streaming_content) == make.kept(paper.document)
    word = client.get(page_of("paper-docx", case, "tanda-terima"))
    assert Word(io.BytesIO(word.content)).paragraphs[0].text != "DRAF"


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"number": ""}, "id_number", "Tuliskan nomor suratnya."),
        ({"date": ""}, "id_date", "Isi tanggal suratnya."),
        ({"date": "kemarin"}, "id_date", "Tulis tanggal yang ada"),
        ({"date": "2031-01-01"}, "id_date", "Tanggal surat tidak boleh sesudah hari ini."),
    ],
)
def test_a_number_that_does_not_hold_is_said_at_its_field(typed, field, sentence, case, sign_in):
    client, url = sign_in("bidang"), page_of("paper-number", case, "tanda-terima")
    answer = client.post(url, {"number": "12/2026", "date": "2026-11-20"} | typed)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert f"#{field}" in error_links(answer)
    assert not PaperNumber.objects.exists()


def test_a_paper_is_numbered_by_those_who_keep_it(case, sign_in, stranger):
    url = page_of("paper-number", case, "surat-koordinasi")
    assert sign_in("atasan").get(url).status_code == 403
    assert sign_in("atasan").post(url, {"number": "1", "date": "2026-11-20"}).status_code == 403
    assert sign_in(stranger).get(url).status_code == 404
    assert sign_in(stranger).get(page_of("paper-pdf", case, "surat-koordinasi")).status_code == 404


def test_the_number_of_the_decree_comes_with_the_decree(case, sign_in):
    answer = sign_in("bidang").get(page_of("paper-number", case, "surat-penetapan"))
    assert answer.headers["Location"] == reverse("desk:decree", args=[case.number])


def test_a_number_is_cancelled_with_a_reason_and_stays_to_be_read(case, sign_in):
    paper, client = numbered(case), sign_in("bidang")
    url = page_of("paper-cancel", case, "tanda-terima", paper.pk)
    refused = client.post(url, {"because": " "})
    assert "Tuliskan alasan pembatalannya." in text(refused)
    client.post(url, {"because": "Salah agenda."})
    shown = panel(client.get(case.get_absolute_url()))["Tanda terima"]
    assert "DRAF" in shown
    assert "7/2026" in shown
    assert "Salah agenda." in shown
    assert client.post(url, {"because": "Lagi."}).status_code == 409


def test_a_signed_scan_lies_beside_the_paper(case, sign_in):
    paper, client = numbered(case), sign_in("bidang")
    url = page_of("paper-scan", case, "tanda-terima", paper.pk)
    assert "tidak menggantikannya" in text(client.get(url))
    assert client.post(url, {}).status_code == 422
    answer = client.post(url, {"file": make.pdf("pindaian.pdf")}, follow=True)
    assert "Bertanda tangan" in panel(answer)["Tanda terima"]
    scan = paper.scans.get()
    link = (
        soup(answer).select_one("#surat").find("a", href=reverse("desk:document", args=[case.number, scan.document_id]))
    )
    assert "Yang bertanda tangan" in link.text


def test_a_paper_whose_ground_has_changed_says_so(sign_in):
    case = make.publication(at="preparing")
    numbered(case)
    make.supply(case, "prepare", make.demo("dinsos"))
    assert "isinya sudah berubah" in panel(sign_in("bidang").get(case.get_absolute_url()))["Tanda terima"]


def test_what_proved_an_earlier_row_stays_as_true_as_it_was(sign_in):
    bidang = make.demo("bidang")
    case = make.publication(at="coordinating")
    letter, report = (numbered(case, f"coordination_{what}", f"{what}/2026") for what in ("letter", "report"))
    proofs = {"requirement": letter.document, "output": report.document}
    take_step(case, "coordinate", actor=bidang, evidence=proofs)
    case = make.step(make.again(case), "prepare", actor="dinsos")
    assert "isinya sudah berubah" not in panel(sign_in("utama").get(case.get_absolute_url()))["Laporan koordinasi"]
    take_step(case, "send_back", actor=make.demo("utama"), note="Rapatnya kurang.", to=2)
    assert "isinya sudah berubah" in panel(sign_in("utama").get(case.get_absolute_url()))["Laporan koordinasi"]


def test_the_older_address_of_the_sheet_to_be_signed_leads_to_the_paper(sign_in):
    url = reverse("desk:test-sheet-paper", args=[make.exclusion(at="testing").number])
    assert sign_in("opd").get(url).status_code == 404
    case = make.exclusion(at="reviewing")
    answer = sign_in("opd").get(reverse("desk:test-sheet-paper", args=[case.number]))
    assert answer.headers["Location"] == page_of("paper-pdf", case, "lembar-uji")
