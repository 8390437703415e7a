"""The lembar uji konsekuensi and the decree as people fill them in."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from ppid.desk.typed.keeping import mark_of
from ppid.flows.actions import take_step
from ppid.flows.consequence import fill_test, record_decree
from ppid.information.classification import ClassificationDecree, ConsequenceTest
from ppid.web.refusals import ChangedMeanwhile
from tests import make
from tests.desk.pages import error_links, fields, soup, text

pytestmark = pytest.mark.django_db

TYPED = {
    "subject": "Berkas permohonan akta",
    "public_description": "Data pribadi pemohon akta",
    "grounds": ["h", "j"],
    "other_statute": "UU 27/2022 tentang Pelindungan Data Pribadi",
    "consequence_if_open": "Rahasia pribadi terungkap.",
    "consequence_if_closed": "Hak pribadi terlindungi.",
    "public_interest": "Tidak lebih besar.",
    "conclusion": "whole",
    "redacted_parts": "",
    "term": "5 tahun",
    "ends_on": "2031-11-20",
    "place": "Pontianak",
    "tested_on": "2026-11-20",
    "peserta-TOTAL_FORMS": "2",
    "peserta-INITIAL_FORMS": "0",
    "peserta-0-name": "Fransiskus Andi, S.IP.",
    "peserta-0-position": "Kepala Seksi",
    "peserta-1-name": "",
    "peserta-1-position": "",
}
DECREE = {
    "decided_by": "drs. H. Uray Ahmad, M.Si., PPID Utama",
    "reason": "Melindungi rahasia pribadi.",
    "number": "188/12/PPID/2026",
    "place": "Pontianak",
    "date": "2026-11-19",
}


@pytest.fixture(scope="module")
def testing_once(built_once):
    return make.exclusion(at="testing")


@pytest.fixture
def case(testing_once, db):
    return make.again(testing_once)


@pytest.fixture(scope="module")
def adopting_once(built_once):
    case, opd = make.exclusion(at="testing"), make.demo("opd")
    fill_test(case, make.test(tested_on=date(2026, 11, 17)), [make.participant()], actor=opd)
    case, utama = make.walk(make.again(case), to="reviewing"), make.demo("utama")
    take_step(case, "accept", actor=utama, evidence=make.evidence(case, utama))
    make.heads_word(make.again(case), approved_on=date(2026, 11, 18))
    return case


@pytest.fixture
def adopting(adopting_once, db):
    return make.again(adopting_once)


def sheet(case):
    return reverse("desk:test-sheet", args=[case.number])


def work(case):
    """Where it is filled in: the working screen of the row that tests."""
    return reverse("desk:work", args=[case.number])


def saving(**changed) -> dict:
    return {**TYPED, "simpan": "1", **changed}


def saved(case) -> ConsequenceTest | None:
    return ConsequenceTest.objects.filter(exclusion=case.exclusion).first()


def test_the_performer_of_step_3_fills_it_in_whole(case, sign_in):
    response = sign_in("opd").post(work(case), saving())
    assert response.headers["Location"] == f"{work(case)}#isian"
    test = saved(case)
    assert (test.grounds, test.ends_on, test.filled_by) == (["h", "j"], date(2031, 11, 20), make.demo("opd"))
    assert [str(each) for each in test.participants.all()] == ["Fransiskus Andi, S.IP., Kepala Seksi"]


def test_a_colleague_reads_and_a_stranger_finds_nothing(case, sign_in, stranger):
    fill_test(case, make.test(subject="Berkas rahasia"), [make.participant()], actor=make.demo("opd"))
    assert sign_in("disdukcapil").get(sheet(case)).status_code == 404  # performs no row of this sheet
    colleague = sign_in("bidang")
    page = colleague.get(sheet(case))
    assert "Berkas rahasia" in text(page)
    assert "Itu tugas PPID Pendukung (OPD)" in text(page)
    assert soup(page).find("textarea") is None
    assert colleague.post(work(case), saving()).status_code == 403
    assert sign_in(stranger).get(sheet(case)).status_code == 404
    assert sign_in(stranger).post(work(case), saving()).status_code == 404
    assert Client().get(sheet(case)).status_code == 302


def test_before_and_after_its_step_it_is_for_reading(sign_in):
    early, late = make.exclusion(at="screening"), make.exclusion(at="reviewing")
    assert "Lembar uji belum diisi" in text(sign_in("opd").get(sheet(early)))
    page = sign_in("opd").get(sheet(late))
    assert "Lembar uji konsekuensi diisi pada langkah 3." in text(page)
    response = sign_in("opd").post(work(late), saving(penulis=mark_of(make.demo("opd"))))
    assert "Proses ini sedang pada: 4 · Penerimaan hasil uji" in text(response)
    assert "Berkas permohonan akta" in response.content.decode(), "what was typed is still there"
    assert saved(late).subject != TYPED["subject"]


def test_a_publication_has_no_such_page(sign_in):
    case = make.publication()
    assert sign_in("utama").get(sheet(case)).status_code == 404


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"grounds": []}, "id_grounds_0", "Pilih sekurang-kurangnya satu huruf pasal 17."),
        ({"conclusion": "part"}, "id_redacted_parts", "Sebutkan bagian yang dihitamkan."),
        ({"other_statute": ""}, "id_other_statute", "Huruf j memerlukan nama undang-undang yang mendasari."),
        (
            {"grounds": ["b"], "ends_on": ""},
            "id_ends_on",
            "Pengecualian huruf a–f tidak permanen (pasal 20): isi tanggal berakhirnya.",
        ),
        ({"ends_on": "2026-11-20"}, "id_ends_on", "Tanggal berakhir harus sesudah tanggal pengujian."),
        (
            {"grounds": ["a"], "ends_on": "2056-11-21"},
            "id_ends_on",
            "Pengecualian menurut huruf a paling lama 30 tahun (pasal 20).",
        ),
        ({"term": ""}, "id_term", "Tulis jangka waktu pengecualian."),
        (
            {"peserta-0-name": "", "peserta-0-position": ""},
            "id_peserta-0-name",
            "Catat sekurang-kurangnya satu peserta pengujian.",
        ),
        (
            {"peserta-1-name": "Budi"},
            "id_peserta-1-position",
            "Tulis jabatan peserta, atau kosongkan kedua kolomnya.",
        ),
    ],
)
def test_what_does_not_hold_is_said_at_its_field_and_nothing_is_lost(change, field, sentence, case, sign_in):
    response = sign_in("opd").post(work(case), saving(**change))
    assert sentence in text(response)
    assert f"#{field}" in error_links(response)
    kept = fields(response, action=work(case))
    assert kept["subject"] == TYPED["subject"]
    assert kept["peserta-0-name"] == {**TYPED, **change}["peserta-0-name"]
    assert saved(case) is None


def test_an_open_conclusion_needs_no_ground_and_no_term(case, sign_in):
    sign_in("opd").post(work(case), {**saving(), "conclusion": "open", "grounds": [], "term": "", "ends_on": ""})
    assert (saved(case).conclusion, saved(case).term) == ("open", "Tidak dikecualikan")


def test_rows_come_and_go_without_a_script_and_nothing_typed_is_lost(case, sign_in):
    client = sign_in("opd")
    more = client.post(work(case), {**TYPED, "subject": "", "tambah": "1"})
    kept = fields(more, action=work(case))
    assert kept["peserta-TOTAL_FORMS"] == "3"
    assert kept["peserta-0-name"] == "Fransiskus Andi, S.IP."
    assert kept["consequence_if_open"] == TYPED["consequence_if_open"]
    assert {box["value"] for box in soup(more).find_all("input", {"name": "grounds"}, checked=True)} == {"h", "j"}
    assert error_links_of(more) == [], "adding a row judges nothing yet"
    assert soup(more).find(autofocus=True)["name"] == "peserta-2-person"
    less = client.post(work(case), {**TYPED, "hapus": "0"})
    assert fields(less, action=work(case))["peserta-0-name"] == ""
    assert saved(case) is None


def error_links_of(response):
    return soup(response).select(".errors a")


@pytest.mark.parametrize("row", ["99", "x", "-1", ""])
def test_a_row_that_is_not_there_is_removed_without_a_fuss(row, case, sign_in):
    response = sign_in("opd").post(work(case), {**TYPED, "hapus": row})
    assert fields(response, action=work(case))["peserta-0-name"] == TYPED["peserta-0-name"]


@pytest.mark.parametrize("rows", ["0", "x", "", "-1", "100000"])
def test_a_form_without_its_rows_is_answered_with_a_sentence(rows, case, sign_in):
    sent = {name: value for name, value in TYPED.items() if not name.startswith("peserta")}
    response = sign_in("opd").post(
        work(case), {**sent, "simpan": "1", "peserta-TOTAL_FORMS": rows, "peserta-INITIAL_FORMS": "0"}
    )
    assert response.status_code == 422
    assert soup(response).select(".errors li")
    assert fields(response, action=work(case))["subject"] == TYPED["subject"]
    assert saved(case) is None


def test_the_form_carries_no_script_or_style_of_its_own(case, sign_in):
    page = soup(sign_in("opd").get(work(case)))
    assert not page.find_all("style")
    assert not page.find_all(style=True)
    assert all(script.get("src") for script in page.find_all("script"))
    assert '"includeIndicatorStyles":false' in page.find("meta", {"name": "htmx-config"})["content"]


def test_a_colleagues_change_is_not_overwritten_unseen(case, sign_in):
    client = sign_in("opd")
    seen = fields(client.get(work(case)), action=work(case))["seen"]
    other = make.person("opd", unit="disdukcapil", name="Maria Goreti, S.H.")
    fill_test(case, make.test(subject="Isian Maria"), [make.participant()], actor=other)
    first = client.post(work(case), saving(seen=seen))
    assert "Maria Goreti, S.H. menyimpan perubahan" in text(first)
    assert "Isian Maria" in text(first), "what stands there now is shown beside"
    assert fields(first, action=work(case))["subject"] == TYPED["subject"]
    assert saved(case).subject == "Isian Maria"
    client.post(work(case), saving(seen=fields(first, action=work(case))["seen"]))
    assert saved(case).subject == TYPED["subject"]
    assert saved(case).participants.count() == 1


@pytest.mark.parametrize("seen", ["", "kemarin", "2026-11-20T10:00:00+00:00", "2026-11-20T10:00:00"])
def test_a_forged_or_old_mark_counts_as_not_seen(seen, case, sign_in):
    fill_test(case, make.test(), [make.participant()], actor=make.demo("opd"))
    sign_in("opd").post(work(case), saving(seen=seen))
    assert saved(case).subject != TYPED["subject"]


def test_the_core_refuses_what_was_not_seen(case):
    fill_test(case, make.test(), [make.participant()], actor=make.demo("opd"))
    with pytest.raises(ChangedMeanwhile):
        fill_test(case, make.test(), [make.participant()], actor=make.demo("opd"))


def test_the_printed_sheet_has_a_place_for_every_signature(case, sign_in, stranger):
    url = reverse("desk:paper-pdf", args=[case.number, "lembar-uji"])
    assert sign_in("opd").get(url).status_code == 404, "nothing to print yet"
    people = [make.participant(name=name) for name in ("Peserta Satu", "Peserta Dua", "Peserta Tiga")]
    fill_test(case, make.test(), people, actor=make.demo("opd"))
    printed = PdfReader(BytesIO(sign_in("utama").get(url).content))
    words = " ".join(page.extract_text() for page in printed.pages)
    assert [name for name in ("Peserta Satu", "Peserta Dua", "Peserta Tiga") if name in words] == [
        person.name for person in people
    ]
    assert "Tanda tangan" in words
    assert sign_in(stranger).get(url).status_code == 404


def test_the_decree_is_recorded_with_all_six_items(adopting, sign_in):
    url = reverse("desk:decree", args=[adopting.number])
    client = sign_in("bidang")
    page = text(client.get(url))
    assert "Syarat hukum di luar SOP (PP 61/2010 pasal 3)" in page
    for item in (
        "(a) Jenis klasifikasi Dikecualikan seluruhnya",
        "(b) Identitas PPID yang menetapkan",
        "(c) Badan Publik dan unit kerja Pemerintah Kota Pontianak, Dinas Kependudukan",
        "(d) Jangka waktu pengecualian Selama pemohon hidup",
        "(e) Alasan pengecualian",
        "(f) Tempat dan tanggal penetapan",
    ):
        assert item in page
    assert client.post(url, DECREE).headers["Location"] == adopting.get_absolute_url()
    decree = ClassificationDecree.objects.get(exclusion=adopting.exclusion)
    assert (decree.number, decree.date, decree.recorded_by) == (
        DECREE["number"],
        date(2026, 11, 19),
        make.demo("bidang"),
    )
    assert DECREE["number"] in text(sign_in("opd").get(url))


def test_the_decree_is_not_for_others(adopting, sign_in, stranger):
    url = reverse("desk:decree", args=[adopting.number])
    page = sign_in("opd").get(url)
    assert "Itu tugas Pejabat Bidang Pelayanan Informasi dan Dokumentasi" in text(page)
    assert soup(page).find("textarea") is None
    assert sign_in("opd").post(url, DECREE).status_code == 403
    assert sign_in(stranger).get(url).status_code == 404


def test_a_decree_before_its_approval_is_refused_at_the_date(adopting, sign_in):
    url = reverse("desk:decree", args=[adopting.number])
    response = sign_in("bidang").post(url, {**DECREE, "date": "2026-11-17"})
    assert "Tanggal penetapan tidak boleh sebelum persetujuan pimpinan." in text(response)
    assert "#id_date" in error_links(response)
    assert fields(response, action=None)["reason"] == DECREE["reason"]


def test_a_colleagues_decree_is_not_overwritten_unseen(adopting, sign_in):
    url = reverse("desk:decree", args=[adopting.number])
    record_decree(adopting, make.decree(number="1/LAIN"), actor=make.person("bidang_layanan", name="Rekan Bidang"))
    response = sign_in("bidang").post(url, DECREE)
    assert "Rekan Bidang menyimpan perubahan" in text(response)
    assert ClassificationDecree.objects.get(exclusion=adopting.exclusion).number == "1/LAIN"


def test_the_sheet_asks_the_database_the_same_number_of_times_for_more_participants(
    case, sign_in, django_assert_max_num_queries
):
    people = [make.participant(name=f"Peserta {n}") for n in range(30)]
    fill_test(case, make.test(tested_on=timezone.localdate() - timedelta(days=1)), people, actor=make.demo("opd"))
    client = sign_in("opd")
    with django_assert_max_num_queries(29):
        assert "Peserta 29" in client.get(work(case)).content.decode()
