"""Opening a case: for a new item, or for one of the register."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ppid.flows.models import Case
from ppid.flows.opening import open_new
from ppid.information.documents import private_store
from ppid.information.models import Information
from tests import make
from tests.desk.pages import error_links, fields, soup, text
from tests.information.test_documents import BreaksOff

pytestmark = pytest.mark.django_db

PUBLICATION, EXCLUSION = "desk:open-publication", "desk:open-exclusion"


def sent(**more):
    return {"unit": make.unit("dinsos").pk, "title": "Laporan bantuan sosial", "has_softcopy": "on"} | more


def test_a_publication_is_opened_and_says_who_is_next(sign_in):
    response = sign_in("dinsos").post(reverse(PUBLICATION), sent(), follow=True)
    case = Case.objects.get()
    assert case.information.title == "Laporan bantuan sosial"
    assert f"Proses {case.number} dibuka. Sekarang menunggu Bidang Pengelolaan" in text(response)
    assert "langkah 1." in text(response)


def test_the_first_documents_come_along(sign_in):
    files = [make.pdf("satu.pdf"), make.pdf("dua.pdf")]
    sign_in("dinsos").post(reverse(PUBLICATION), sent(documents=files))
    documents = Information.objects.get().documents.content()
    assert [document.title for document in documents] == ["satu", "dua"]


def test_an_exclusion_is_opened(sign_in):
    sign_in("opd").post(reverse(EXCLUSION), sent(unit=make.unit("disdukcapil").pk))
    assert Case.objects.get().number.startswith("K-")


def test_an_exclusion_form_does_not_speak_of_the_public_reading_it(sign_in):
    page = text(sign_in("opd").get(reverse(EXCLUSION)))
    assert "Seperti yang akan dibaca publik" not in page
    assert "Hanya petugas yang membacanya." in page


def test_bad_input_keeps_what_was_typed_and_opens_nothing(sign_in):
    client = sign_in("dinsos")
    bad = sent(title="", summary="Ringkasan saya", documents=make.pdf("x.docx"))
    response = client.post(reverse(PUBLICATION), bad)
    assert response.status_code == 422
    assert "Tuliskan judul informasinya." in text(response)
    assert "berakhiran «.docx»" in text(response)
    assert error_links(response) == ["#id_title", "#id_documents"]
    assert "Ringkasan saya" in soup(response).find(id="id_summary").text
    assert not Information.objects.exists()


def test_one_cannot_open_for_another_unit(sign_in):
    response = sign_in("dinsos").post(reverse(PUBLICATION), sent(unit=make.unit("disdukcapil").pk))
    assert "Anda tidak punya penugasan yang berlaku untuk perangkat daerah ini." in text(response)
    assert not Case.objects.exists()


def test_the_units_offered_are_those_one_acts_for(sign_in):
    def offered(who):
        return len(soup(sign_in(who).get(reverse(PUBLICATION))).select("#id_unit option[value]:not([value=''])"))

    assert offered("dinsos") == 1
    assert offered("bidang") == 12


def test_a_published_item_is_opened_again(sign_in):
    published = make.publication(at="published", title="Laporan kinerja 2025")
    make.publication(title="Sedang berjalan")
    client = sign_in("dinsos")
    page = client.get(reverse("desk:open-publication-again"))
    assert "Laporan kinerja 2025" in text(page)
    assert "Sedang berjalan" not in text(page)
    response = client.post(
        reverse("desk:open-publication-again"), {"number": published.information.number}, follow=True
    )
    assert "Sekarang menunggu" in text(response)
    assert published.information.cases.running().count() == 1


def test_items_are_found_by_number_and_words(sign_in):
    make.information(title="Profil panti asuhan")
    make.information(title="Rencana kerja")
    page = text(sign_in("pembantu").get(reverse("desk:open-exclusion-again"), {"q": "panti profil"}))
    assert "Profil panti asuhan" in page
    assert "Rencana kerja" not in page


def test_an_item_that_is_running_or_foreign_cannot_be_opened(sign_in):
    running = make.publication().information
    foreign = make.information(unit="disdukcapil")
    for item in (running, foreign):
        response = sign_in("dinsos").post(reverse("desk:open-publication-again"), {"number": item.number})
        assert response.status_code == 404


def test_the_description_is_changed_and_a_colleagues_change_is_noticed(sign_in):
    case = make.publication(at="preparing")
    url = reverse("desk:describe", args=[case.number])
    dinsos, bidang = sign_in("dinsos"), sign_in(make.person("ppid_pelaksana"))
    mine = fields_of(dinsos.get(url)) | {"summary": "Ringkasan dari Siti"}
    theirs = fields_of(bidang.get(url)) | {"retention": "10 tahun"}
    assert bidang.post(url, theirs).status_code == 302
    response = dinsos.post(url, mine)
    assert response.status_code == 409
    assert "diubah rekan Anda" in text(response)
    assert "10 tahun" in soup(response).find("table").text
    assert "Ringkasan dari Siti" in soup(response).find(id="id_summary").text
    assert dinsos.post(url, fields_of(response)).status_code == 302
    item = Information.objects.get(pk=case.information_id)
    assert (item.summary, item.retention) == ("Ringkasan dari Siti", "5 tahun")


def fields_of(response):
    form = soup(response).select_one(".form-panel form")
    form["action"] = "this"
    response_like = type("R", (), {"content": str(form).encode()})
    return fields(response_like, "this")


def test_once_prepared_the_description_stays(sign_in):
    case = make.publication(at="clarifying")
    response = sign_in("dinsos").get(reverse("desk:describe", args=[case.number]), follow=True)
    assert "Keterangan informasi sudah disiapkan untuk persetujuan." in text(response)


def test_a_file_whose_name_has_255_letters_is_taken_with_a_name_and_title_that_fit(sign_in):
    name = "n" * 251 + ".pdf"
    response = sign_in("dinsos").post(reverse(PUBLICATION), sent(documents=make.pdf(name)))
    assert response.status_code == 302
    document = Case.objects.get().information.documents.get()
    assert document.filename == "n" * 150 + ".pdf"
    assert document.title == "n" * 251


def test_a_file_that_is_not_taken_opens_no_case(sign_in):
    files = [make.pdf("baik.pdf"), make.pdf("buruk.docx")]
    response = sign_in("dinsos").post(reverse(PUBLICATION), sent(documents=files))
    assert response.status_code == 422
    assert not Information.objects.exists()
    assert not Case.objects.exists()


def test_opening_with_documents_is_one_act(sign_in):
    """The second file breaks off: neither the item nor the case nor the first file's bytes are left."""
    stored = private_store()
    before = set(stored.names())
    with pytest.raises(OSError, match="connection lost"):
        open_new(
            "publication",
            unit=make.unit("dinsos"),
            actor=make.demo("dinsos"),
            title="Laporan",
            uploads=[make.pdf("satu.pdf"), BreaksOff("dua.pdf", make.pdf().read())],
        )
    assert not Information.objects.exists()
    assert not Case.objects.exists()
    assert set(stored.names()) == before


def test_the_same_file_chosen_twice_is_one_document(sign_in):
    first = make.pdf("satu.pdf")
    again = SimpleUploadedFile("dua.pdf", first.read(), "application/pdf")
    first.seek(0)
    sign_in("dinsos").post(reverse(PUBLICATION), sent(documents=[first, again]))
    assert Information.objects.get().documents.count() == 1


def test_21_files_at_once_get_a_sentence_and_what_was_typed_stays(sign_in):
    files = [make.pdf(f"{n}.pdf") for n in range(21)]
    response = sign_in("dinsos").post(reverse(PUBLICATION), sent(summary="Ringkasan saya", documents=files))
    assert response.status_code == 422
    assert "Anda memilih 21 berkas; sekali kirim paling banyak 20." in text(response)
    assert "Ringkasan saya" in soup(response).find(id="id_summary").text
    assert "paling banyak 20 sekali kirim" in text(sign_in("dinsos").get(reverse(PUBLICATION)))
    assert not Case.objects.exists()


def test_20_files_at_once_are_taken(sign_in):
    files = [make.pdf(f"{n}.pdf") for n in range(20)]
    sign_in("dinsos").post(reverse(PUBLICATION), sent(documents=files))
    assert Information.objects.get().documents.count() == 20


@pytest.mark.parametrize(
    ("sent_along", "sentence"),
    [
        ({"documents": [SimpleUploadedFile(f"{n}.pdf", b"x") for n in range(201)]}, "Berkasnya terlalu banyak"),
        ({"summary": "a" * 2_700_000}, "Teks yang dikirim terlalu panjang: semua isian bersama paling banyak 2,5 MB"),
        ({f"isian{n}": "" for n in range(2100)}, "Isian yang dikirim terlalu banyak"),
    ],
    ids=["201 files", "2.7 MB of text", "2,100 fields"],
)
def test_what_the_server_does_not_even_read_gets_a_page_with_a_sentence(sent_along, sentence, sign_in):
    response = sign_in("dinsos").post(reverse(PUBLICATION), sent() | sent_along)
    assert response.status_code == 413
    assert sentence in text(response)
