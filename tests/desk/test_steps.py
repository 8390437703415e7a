"""Taking a step in the browser: by the right person, once, on a page that is not stale, and nothing typed is lost."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from ppid.flows.actions import take_step
from ppid.flows.models import Case
from ppid.information.models import Document
from tests import make
from tests.desk.pages import error_links, fields, soup, text

pytestmark = pytest.mark.django_db


def url(case, key=None):
    return reverse("desk:step", args=[case.number, key]) if key else reverse("desk:case", args=[case.number])


def page_of(case, key):
    """Return where the form of ``key`` stands: of a row that decides, on its decision screen."""
    on_screen = key in ("clarify", "return_for_repair", "screen", "accept", "return_to_testing", "return_to_collecting")
    return reverse("desk:decide", args=[case.number]) if on_screen else url(case)


def take(client, case, key, **sent):
    """Open the page of the form of ``key``, fill it in and send it."""
    form = fields(client.get(page_of(case, key)), url(case, key))
    return client.post(url(case, key), form | sent, follow=True)


def test_step_one_is_taken_and_the_page_says_who_is_next(sign_in):
    case = make.publication()
    response = take(sign_in("bidang"), case, "update_content", note="Konten sudah diperbarui.")
    assert make.again(case).state == "coordinating"
    assert "Langkah 1 selesai" in text(response)
    assert "Sekarang menunggu Bidang Pengelolaan dan Layanan Informasi Publik, langkah 2." in text(response)
    assert case.records.get().note == "Konten sudah diperbarui."


def test_a_step_asks_the_database_no_more_than_it_must(sign_in, django_assert_max_num_queries):
    case, bidang = make.publication(), sign_in("bidang")
    form = fields(bidang.get(url(case)), url(case, "update_content"))
    with django_assert_max_num_queries(25):
        assert bidang.post(url(case, "update_content"), form).status_code == 302
    assert make.again(case).state == "coordinating"


def test_a_whole_publication_is_walked_in_the_browser(sign_in):
    case = make.publication()
    take(sign_in("bidang"), case, "update_content")
    bidang = sign_in("bidang")
    take(
        bidang,
        case,
        "coordinate",
        requirement_file=make.pdf("surat.pdf"),
        output_file=make.pdf("laporan-koordinasi.pdf"),
    )
    dinsos = sign_in("dinsos")
    dinsos.post(reverse("desk:document-add", args=[case.number]), {"file": make.pdf(), "title": "Laporan TW III"})
    work = reverse("desk:work", args=[case.number])
    dinsos.post(work, fields(dinsos.get(work), work))
    take(sign_in("utama"), case, "clarify", category="periodic")
    take(bidang, case, "release")
    operator = sign_in("operator")
    take(operator, case, "renew")
    response = take(operator, case, "publish")
    assert make.again(case).state == "published"
    link = soup(response).select_one(".notice--ok a")
    public = Client().get(link["href"])
    assert "Laporan TW III" in public.content.decode()


def test_the_step_has_the_words_of_the_sheet_and_its_quality_standard(sign_in):
    page = text(sign_in("utama").get(url(make.publication(at="clarifying"))))
    assert "Mengklarifikasi jenis informasi publik yang berkala dan serta merta" in page
    assert "Rancangan Dokumen informasi publik berkala dan serta merta" in page
    assert "3 hari, sampai" in page


def test_a_second_click_is_told_that_the_step_is_done(sign_in):
    case = make.publication()
    client = sign_in("bidang")
    form = fields(client.get(url(case)), url(case, "update_content")) | {"note": "sekali saja"}
    assert client.post(url(case, "update_content"), form).status_code == 302
    second = client.post(url(case, "update_content"), form)
    assert second.status_code == 409
    assert "Langkah ini sudah selesai: langkah 1 dikerjakan oleh Budi Hartono" in text(second)
    assert soup(second).find(id="tulisan").text.strip() == "sekali saja"
    assert case.records.count() == 1


def test_a_page_that_has_grown_stale_decides_nothing(sign_in):
    case = make.publication(at="clarifying")
    client = sign_in("utama")
    form = fields(client.get(page_of(case, "clarify")), url(case, "clarify")) | {
        "category": "periodic",
        "note": "sudah saya baca",
    }
    take_step(case, "return_for_repair", actor=make.demo("wakil"), note="Perbaiki tabelnya.")
    make.step(make.again(case), "prepare", actor="dinsos")
    response = client.post(url(case, "clarify"), form)
    assert response.status_code == 409
    assert "Proses ini sudah bergerak sejak Anda membukanya" in text(response)
    assert "sudah saya baca" in text(response)
    assert make.again(case).state == "clarifying"


def test_a_form_without_its_mark_is_stale(sign_in):
    case = make.publication()
    assert sign_in("bidang").post(url(case, "update_content"), {"note": ""}).status_code == 409


def test_without_evidence_the_step_waits_and_keeps_what_was_typed(sign_in):
    case = make.publication(at="coordinating")
    response = take(sign_in("bidang"), case, "coordinate", note="Surat menyusul sore ini.")
    assert response.status_code == 422
    assert "Lampirkan kelengkapan" in text(response)
    assert "Lampirkan output" in text(response)
    assert error_links(response) == ["#id_coordinate_requirement", "#id_coordinate_output"]
    assert fields(response, url(case, "coordinate"))["note"] == "Surat menyusul sore ini."
    assert make.again(case).state == "coordinating"


def test_a_file_that_came_with_a_refused_step_is_kept_and_chosen(sign_in):
    case = make.publication(at="coordinating")
    client = sign_in("bidang")
    response = take(client, case, "coordinate", requirement_file=make.pdf("surat.pdf"))
    assert response.status_code == 422
    kept = Document.objects.get(information=case.information)
    assert kept.purpose == "evidence"
    again = fields(response, url(case, "coordinate"))
    assert again["requirement"] == str(kept.pk)
    done = client.post(url(case, "coordinate"), again | {"output_file": make.pdf("laporan.pdf")}, follow=True)
    assert "Langkah 2 selesai" in text(done)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("surat.pdf", b"", "Berkas ini kosong."),
        ("surat.pdf", b"MZ\x90\x00\x03", "Jenis berkas ini tidak diterima."),
        ("surat.docx", b"%PDF-1.7\n%%EOF", "Isi berkas ini PDF, tetapi namanya berakhiran «.docx»."),
    ],
)
def test_a_file_that_is_not_taken_has_its_sentence_beside_the_field(sign_in, name, content, sentence):
    from django.core.files.uploadedfile import SimpleUploadedFile

    case = make.publication(at="coordinating")
    client = sign_in("bidang")
    response = take(client, case, "coordinate", requirement_file=SimpleUploadedFile(name, content), note="tetap ada")
    assert response.status_code == 422
    assert sentence in soup(response).find(id="div_id_coordinate_requirement_file").get_text(" ")
    assert "#id_coordinate_requirement_file" in error_links(response)
    assert fields(response, url(case, "coordinate"))["note"] == "tetap ada"
    assert not Document.objects.filter(information=case.information).exists()


def test_a_file_that_is_too_large_is_refused(sign_in, settings):
    settings.MAX_UPLOAD_MB = 0
    case = make.publication(at="coordinating")
    response = take(sign_in("bidang"), case, "coordinate", requirement_file=make.pdf())
    assert "Berkas terlalu besar" in text(response)


def test_no_more_of_a_large_file_is_written_than_would_be_taken(sign_in, settings):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from ppid.web.uploads import BoundedFileUploadHandler

    settings.MAX_UPLOAD_MB, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1, 0
    case = make.publication(at="coordinating")
    large = SimpleUploadedFile("besar.pdf", b"%PDF-1.7" + b"0" * 3_000_000)
    assert "Ukuran paling besar 1 MB" in text(take(sign_in("bidang"), case, "coordinate", requirement_file=large))

    handler = BoundedFileUploadHandler()
    handler.new_file("file", "besar.pdf", "application/pdf", None)
    for start in range(0, 3_000_000, 100_000):
        handler.receive_data_chunk(b"0" * 100_000, start)
    file = handler.file_complete(3_000_000)
    assert file.size == 3_000_000
    assert len(file.read()) < 1_200_000


def test_the_class_is_asked_for_at_step_four(sign_in):
    case = make.publication(at="clarifying")
    response = take(sign_in("utama"), case, "clarify")
    assert response.status_code == 422
    assert "Pilih jenis informasi: berkala, serta merta, atau setiap saat." in text(response)
    assert error_links(response) == ["#id_clarify_category_0"]


def test_what_step_three_lacks_is_listed_with_the_way_there(sign_in):
    bare = make.information(summary="", retention="")
    case = make.publication(at="preparing", information=bare)
    page = soup(sign_in("dinsos").get(url(case))).select_one(".unmet")
    assert "Tambahkan sekurang-kurangnya satu dokumen informasi" in page.text
    assert "Lengkapi keterangan informasi" in page.text
    work = reverse("desk:work", args=[case.number])
    assert {link["href"] for link in page.find_all("a")} == {f"{work}#dokumen", f"{work}#isian"}


def test_the_way_aside_from_a_step_keeps_what_is_typed_there(sign_in):
    case = make.publication()
    page = soup(sign_in("bidang").get(url(case)))
    ways = [parse_qs(urlsplit(button["formaction"]).query) for button in page.select("button.aside[formaction]")]
    aside = {reverse("desk:document-add", args=[case.number]), reverse("desk:describe", args=[case.number])}
    ways += [parse_qs(urlsplit(b["formaction"]).query) for b in page.select("button.btn-outline-primary[formaction]")]
    assert {way["untuk"][0] for way in ways} == {reverse("desk:step", args=[case.number, "update_content"])}
    assert aside <= {way["lalu"][0] for way in ways}


def test_returning_needs_a_reason_and_opens_its_form_again(sign_in):
    case = make.publication(at="clarifying")
    client = sign_in("utama")
    response = take(client, case, "return_for_repair", note="  ")
    assert response.status_code == 422
    assert "Tuliskan alasannya." in text(response)
    assert "is-open" in soup(response).find(id="kembalikan")["class"]
    done = take(client, case, "return_for_repair", note="Tabel halaman 4 belum lengkap.")
    assert "Proses dikembalikan ke langkah 3" in text(done)
    inbox = text(sign_in("dinsos").get(reverse("desk:inbox")))
    assert "Dikembalikan: Tabel halaman 4 belum lengkap." in inbox


def test_diverting_leads_to_the_exclusion(sign_in):
    case = make.publication(at="clarifying")
    response = take(sign_in("utama"), case, "divert", note="Memuat NIK penerima.")
    other = Case.objects.get(diverted_from=case)
    assert f"Proses pengecualian {other.number} dibuka" in text(response)
    assert soup(response).find("a", href=other.get_absolute_url())


def test_who_opened_a_case_may_withdraw_it(sign_in):
    case = make.publication()
    response = take(sign_in("bidang"), case, "withdraw", note="Salah unit.")
    assert "Proses ditarik." in text(response)
    assert make.again(case).state == "withdrawn"


def test_retracting_says_that_the_public_reads_the_reason(sign_in):
    case = make.publication(at="published")
    client = sign_in("utama")
    assert "Alasan ini dibaca publik." in text(client.get(url(case)))
    response = take(client, case, "retract", note="Memuat angka yang keliru.", why="withdrawn")
    assert "Informasi dicabut dari portal" in text(response)
    public = Client().get(reverse("portal:item", args=[case.information.number]))
    assert "Memuat angka yang keliru." in public.content.decode()


def test_nobody_approves_their_own_work_and_the_page_says_so(sign_in):
    both = make.person("ppid_pelaksana", "ppid_utama")
    case = make.publication(at="clarifying", hands={"prepare": both})
    client = sign_in(both)
    page = client.get(url(case))
    assert "tidak seorang pun menyetujui pekerjaannya sendiri" in text(page)
    assert soup(page).find("form", action=url(case, "clarify")) is None
    assert soup(page).find("form", action=url(case, "return_for_repair"))
    refused = client.post(url(case, "clarify"), {"moves": case.moves, "category": "periodic"})
    assert refused.status_code == 403
    assert "tidak seorang pun menyetujui pekerjaannya sendiri" in text(refused)


def test_others_read_why_they_cannot_and_who_can(sign_in):
    case = make.publication(at="clarifying")
    page = text(sign_in("dinsos").get(url(case)))
    assert (
        "Langkah 4 adalah tugas PPID Utama. Anda tidak bertugas dalam peran itu untuk Dinas Sosial Kota Pontianak."
        in page
    )
    assert "drs. H. Uray Ahmad, M.Si." in page


def test_a_step_link_that_has_passed_leads_to_the_case(sign_in):
    case = make.publication(at="coordinating")
    response = sign_in("bidang").get(url(case, "update_content"), follow=True)
    assert response.redirect_chain == [(url(case), 302)]
    assert "Langkah ini sudah selesai" in text(response)


def test_an_exclusion_shows_its_papers(sign_in):
    case = make.exclusion(at="testing")
    page = text(sign_in("opd").get(url(case)))
    assert "Isi lembar uji konsekuensi." in page
    assert "Belum diisi Lembar uji konsekuensi" in page
    adopting = make.exclusion(at="adopting", title="Konfigurasi jaringan")
    assert "Surat penetapan klasifikasi" in text(sign_in("bidang").get(url(adopting)))


def test_a_deadline_in_a_year_without_holidays_is_called_provisional(sign_in):
    from ppid.worktime.models import Holiday

    case = make.publication(at="clarifying")
    Holiday.objects.filter(date__year=case.due_at.year).update(is_confirmed=False)
    assert "Tenggat ini sementara" in text(sign_in("utama").get(url(case)))
