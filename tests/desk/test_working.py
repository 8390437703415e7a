"""The working screen of the row that prepares: documents, description, answers and handing over on one page."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from ppid.desk.typed.models import TypedDraft
from ppid.flows import fulfilling
from ppid.flows.documents import describe
from ppid.information.classification import ConsequenceTest, FillingOfTest
from ppid.information.descriptions import DescriptionChange
from ppid.information.examining import keep_reading
from ppid.information.findings import Finding, FindingAnswer
from ppid.information.models import Document
from ppid.obligations.models import Fulfilment
from tests import make
from tests.desk.pages import error_links, fields, soup, text
from tests.flows.test_findings import NIK
from tests.obligations import said
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db

WORDS = {
    "title": "Laporan realisasi bantuan sosial",
    "summary": "Jumlah penerima per kelurahan, Januari sampai Juni 2026.",
    "responsible": "Sekretaris Dinas Sosial",
    "made_place": "Pontianak",
    "made_when": "Juli 2026",
    "retention": "5 tahun",
    "has_softcopy": "on",
    "rhythm": "6",
}


def screen(case) -> str:
    return reverse("desk:work", args=[case.number])


def drawn(client, case) -> dict:
    return fields(client.get(screen(case)), action=screen(case))


TEST = {
    "subject": "Berkas permohonan akta",
    "public_description": "Data pribadi pemohon akta",
    "grounds": ["h"],
    "consequence_if_open": "Rahasia pribadi terungkap.",
    "consequence_if_closed": "Hak pribadi terlindungi.",
    "public_interest": "Tidak lebih besar.",
    "conclusion": "whole",
    "term": "5 tahun",
    "place": "Pontianak",
    "peserta-0-name": "Fransiskus Andi, S.IP.",
    "peserta-0-position": "Kepala Seksi",
}
EMPTY = dict.fromkeys(("summary", "responsible", "made_place", "made_when", "retention"), "")


def returned(note: str):
    """Return a case that was prepared and sent back with this reason."""
    case = make.publication(at="clarifying")
    make.take_step(case, "return_for_repair", actor=make.demo("utama"), note=note)
    return make.again(case)


def found_in(case) -> Finding:
    """Put a document with a NIK into the case, and return what was found."""
    document = make.add_document(case, make.pdf("data.pdf"), title="Data penerima", actor=make.demo("dinsos"))
    keep_reading(document, NIK, at=timezone.now())
    return Finding.objects.get(reading__document=document)


def test_everything_is_done_on_one_page(sign_in):
    case = make.publication(at="preparing", **EMPTY)
    dinsos = sign_in("dinsos")
    sent = drawn(dinsos, case) | WORDS | {"files": make.pdf("Laporan.pdf")}
    answer = dinsos.post(screen(case), sent)
    assert answer.status_code == 302, text(answer)
    case = make.again(case)
    assert case.state == "clarifying"
    assert case.information.summary == WORDS["summary"]
    assert [each.title for each in case.content] == ["Laporan"]
    assert not TypedDraft.objects.exists()


def test_enter_saves_and_never_hands_over(sign_in):
    case = make.publication(at="preparing")
    form = soup(sign_in("dinsos").get(screen(case))).find("form", action=screen(case))
    first = form.find("button")  # the browser's choice for Enter
    assert (first["name"], first["value"]) == ("draf", "1")
    assert form.find_all("button")[-1].get("name") is None


def test_a_draft_keeps_what_is_typed_and_the_file_and_hands_nothing_over(sign_in):
    case = make.publication(at="preparing", **EMPTY)
    dinsos = sign_in("dinsos")
    sent = drawn(dinsos, case) | {"summary": "Baru separuh.", "draf": "1", "files": make.pdf("Lampiran.pdf")}
    assert dinsos.post(screen(case), sent).url == screen(case)
    dinsos.logout()
    phone = sign_in("dinsos")
    shown = phone.get(screen(case))
    assert fields(shown, action=screen(case))["summary"] == "Baru separuh."
    assert "Tersimpan" in text(shown)
    assert "Lampiran" in text(shown)
    case = make.again(case)
    assert (case.state, case.information.summary) == ("preparing", "")
    assert case.moves == int(sent["moves"])


def test_a_draft_is_thrown_away_by_its_author_alone(sign_in):
    case = make.publication(at="preparing")
    dinsos = sign_in("dinsos")
    dinsos.post(screen(case), drawn(dinsos, case) | {"title": "Judul lain", "draf": "1"})
    sign_in(make.person("ppid_pelaksana")).get(f"{screen(case)}?isian=buang")
    assert TypedDraft.objects.get().person == make.demo("dinsos")
    dinsos.get(f"{screen(case)}?isian=buang")
    assert not TypedDraft.objects.exists()


def test_each_point_of_a_return_has_its_field_and_its_answer_reaches_whoever_decides(sign_in):
    case = returned("- Samarkan angka di bawah lima.\n- Sebutkan sumber datanya.")
    dinsos = sign_in("dinsos")
    shown = text(dinsos.get(screen(case)))
    assert "Samarkan angka di bawah lima." in shown
    assert "2 hal dari pengembalian belum dijawab" in shown
    sent = drawn(dinsos, case) | {"answer-1": "Sudah\ndisamarkan.", "note": "Terima kasih."}
    assert dinsos.post(screen(case), sent).status_code == 302
    assert make.again(case).records.last().note == "1. Sudah disamarkan.\nTerima kasih."
    decides = text(sign_in("utama").get(reverse("desk:decide", args=[case.number])))
    assert "Sudah disamarkan." in decides


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost_or_half_done(sign_in):
    case = make.publication(at="preparing", **EMPTY)
    dinsos = sign_in("dinsos")
    sent = drawn(dinsos, case) | {"summary": "Isi.", "title": "", "note": "Catatan saya."}
    answer = dinsos.post(screen(case), sent)
    assert answer.status_code == 422
    assert error_links(answer) == ["#id_title"]
    again = fields(answer, action=screen(case))
    assert (again["summary"], again["note"]) == ("Isi.", "Catatan saya.")
    answer = dinsos.post(screen(case), again | {"title": "Judul"})
    assert answer.status_code == 422
    assert "Lengkapi keterangan informasi" in text(answer)
    assert make.again(case).information.summary == ""
    assert not DescriptionChange.objects.exists()


def test_a_file_that_is_refused_keeps_the_text_and_says_why(sign_in):
    case = make.publication(at="preparing")
    dinsos = sign_in("dinsos")
    program = SimpleUploadedFile("jahat.exe", b"MZ\x90\x00", "application/octet-stream")
    answer = dinsos.post(screen(case), drawn(dinsos, case) | {"title": "Judul baru", "files": program})
    assert answer.status_code == 422
    assert "#id_files" in error_links(answer)
    assert fields(answer, action=screen(case))["title"] == "Judul baru"
    answer = dinsos.post(
        screen(case),
        drawn(dinsos, case) | {"title": "Judul baru", "draf": "1", "files": SimpleUploadedFile("a.exe", b"MZ")},
        follow=True,
    )
    assert fields(answer, action=screen(case))["title"] == "Judul baru"
    assert soup(answer).select(".notice--soon, .notice--bad, .alert")


def test_the_same_file_again_is_said_and_the_others_are_kept(sign_in):
    case = make.publication(at="preparing")
    dinsos = sign_in("dinsos")

    def table(name: str, row: str) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, f"kelurahan;jumlah\n{row}\n".encode(), "text/csv")

    dinsos.post(screen(case), drawn(dinsos, case) | {"draf": "1", "files": table("satu.csv", "Sungai Bangkong;120")})
    both = [table("lagi.csv", "Sungai Bangkong;120"), table("dua.csv", "Akcaya;75")]
    answer = dinsos.post(screen(case), drawn(dinsos, case) | {"draf": "1", "files": both}, follow=True)
    assert "«lagi.csv»: Berkas yang sama sudah ada: «satu»." in text(answer)
    assert [each.title for each in Document.objects.in_case(case).current().content()] == ["satu", "dua"]


def test_findings_stand_beside_their_file_with_a_field_for_the_reason(sign_in):
    case = make.publication(at="preparing")
    finding, dinsos = found_in(case), sign_in("dinsos")
    shown = dinsos.get(screen(case))
    beside = soup(shown).find(id=f"dokumen-{finding.reading.document_id}")
    assert "6171••••••••0001" in beside.text
    assert beside.find("textarea", attrs={"name": f"reason-{finding.pk}"})
    assert "temuan perlu alasan" in text(shown)
    answer = dinsos.post(screen(case), drawn(dinsos, case))
    assert answer.status_code == 422
    assert "tulis pada setiap temuan" in text(answer)
    sent = fields(answer, action=screen(case)) | {f"reason-{finding.pk}": "Contoh dari lampiran peraturan."}
    assert dinsos.post(screen(case), sent).status_code == 302
    assert FindingAnswer.objects.get().reason == "Contoh dari lampiran peraturan."


def test_what_is_found_while_handing_over_comes_back_with_its_field(sign_in):
    case = make.publication(at="preparing")
    dinsos = sign_in("dinsos")
    sent = drawn(dinsos, case) | {"files": make.pdf("data.pdf", "NIK 6171012345670001"), "note": "Ini datanya."}
    answer = dinsos.post(screen(case), sent)
    assert answer.status_code == 422
    finding = Finding.objects.get()
    again = fields(answer, action=screen(case))
    assert f"reason-{finding.pk}" in again
    assert again["note"] == "Ini datanya."
    assert make.again(case).state == "preparing"


def test_empty_fields_begin_as_the_unit_s_last_public_item_has_them_and_say_so(sign_in):
    shelf_rows.item(
        number="2025-0001", responsible="Kepala Bidang Sosial", retention="10 tahun", made_place="Pontianak Kota"
    )
    case = make.publication(at="preparing", **EMPTY)
    shown = sign_in("dinsos").get(screen(case))
    offered = fields(shown, action=screen(case))
    assert (offered["responsible"], offered["retention"]) == ("Kepala Bidang Sosial", "10 tahun")
    assert text(shown).count("Seperti informasi terakhir unit ini") == 3
    assert offered["summary"] == ""


def test_another_unit_s_item_proposes_nothing(sign_in):
    shelf_rows.item(number="2025-0001", unit_code="dinkes", responsible="Kepala Bidang Kesehatan", retention="3 tahun")
    case = make.publication(at="preparing", **EMPTY)
    offered = drawn(sign_in("dinsos"), case)
    assert (offered["responsible"], offered["retention"]) == ("", "")


def test_what_is_filled_in_is_not_replaced_by_a_proposal(sign_in):
    shelf_rows.item(number="2025-0001", responsible="Kepala Bidang Sosial")
    case = make.publication(at="preparing", **(EMPTY | {"responsible": "Sekretaris"}))
    assert drawn(sign_in("dinsos"), case)["responsible"] == "Sekretaris"


def test_an_excluded_item_proposes_nothing(sign_in):
    secret = make.information(unit="disdukcapil", responsible="Pejabat rahasia", retention="Rahasia")
    make.adopted(of=secret)
    case = make.publication(at="preparing", unit="disdukcapil", **EMPTY)
    assert "rahasia" not in text(sign_in("disdukcapil").get(screen(case))).lower()


def test_two_people_have_each_their_own_draft_and_are_told(sign_in):
    case = make.publication(at="preparing")
    rina = make.person("ppid_pelaksana", name="Rina Wati")
    hers, his = sign_in(rina), sign_in("dinsos")
    hers.post(screen(case), drawn(hers, case) | {"title": "Punya Rina", "draf": "1"})
    shown = text(his.get(screen(case)))
    assert "Rina Wati juga sedang mengisi" in shown
    assert "Punya Rina" not in his.get(screen(case)).content.decode()


def test_a_draft_is_laid_by_for_whoever_opened_the_page_alone(sign_in):
    """On one machine another may have signed in since: what the first typed does not become theirs."""
    case, colleague = make.publication(at="preparing"), make.person("ppid_pelaksana", unit="dinsos")
    typed = drawn(sign_in("dinsos"), case) | {"summary": "Ketikan Dinsos.", "draf": "1"}
    answer = sign_in(colleague).post(screen(case), typed, follow=True)
    assert "Isian itu tidak disimpan: formulirnya dibuka orang lain." in text(answer)
    assert "Ketikan Dinsos." not in text(answer)
    assert not TypedDraft.objects.exists()


def test_what_bears_no_mark_of_its_author_is_not_laid_by_and_stays_on_the_page(sign_in):
    case, dinsos = make.publication(at="preparing"), sign_in("dinsos")
    typed = drawn(dinsos, case) | {"summary": "Ketikan lama.", "draf": "1", "penulis": "5:bukan-tanda"}
    answer = dinsos.post(screen(case), typed)
    assert answer.status_code == 422
    assert "Isian belum tersimpan sebagai draf" in text(answer)
    assert fields(answer, action=screen(case))["summary"] == "Ketikan lama."
    again = dinsos.post(screen(case), fields(answer, action=screen(case)) | {"draf": "1"}, follow=True)
    assert fields(again, action=screen(case))["summary"] == "Ketikan lama."
    assert TypedDraft.objects.count() == 1


def test_whoever_hands_over_after_a_colleague_described_it_sees_both_and_sends_again(sign_in):
    case = make.publication(at="preparing")
    dinsos = sign_in("dinsos")
    sent = drawn(dinsos, case) | {"summary": "Punya saya.", "files": make.pdf()}
    describe(case, {"summary": "Punya rekan."}, actor=make.person("ppid_pelaksana"))
    answer = dinsos.post(screen(case), sent)
    assert answer.status_code == 409
    assert "Punya rekan." in text(answer)
    again = fields(answer, action=screen(case))
    assert again["summary"] == "Punya saya."
    assert make.again(case).state == "preparing"
    assert dinsos.post(screen(case), again).status_code == 302
    assert make.again(case).information.summary == "Punya saya."


def test_a_page_of_before_a_return_is_shown_again_with_what_was_typed_and_not_sent_blindly(sign_in):
    case = returned("- Yang pertama.")
    dinsos = sign_in("dinsos")
    sent = drawn(dinsos, case) | {"answer-1": "Jawaban pertama.", "title": "Judul saya"}
    make.take_step(make.again(case), "prepare", actor=make.person("ppid_pelaksana"))
    make.take_step(make.again(case), "return_for_repair", actor=make.demo("utama"), note="- Yang kedua.")
    answer = dinsos.post(screen(case), sent)
    assert answer.status_code == 409
    again = fields(answer, action=screen(case))
    assert (again["title"], again["answer-1"]) == ("Judul saya", "")
    assert "Jawaban pertama." in text(answer)
    assert dinsos.post(screen(case), again | {"answer-1": "Jawaban kedua."}).status_code == 302
    assert make.again(case).records.last().note == "1. Jawaban kedua."


@pytest.mark.parametrize("moves", ["", "0", "99"])
def test_a_page_of_another_moment_hands_nothing_over(sign_in, moves):
    case = make.publication(at="preparing")
    dinsos = sign_in("dinsos")
    answer = dinsos.post(screen(case), drawn(dinsos, case) | {"moves": moves, "title": "Judul saya"})
    assert answer.status_code == 409
    assert fields(answer, action=screen(case))["title"] == "Judul saya"
    assert make.again(case).state == "preparing"


def test_what_somebody_else_typed_is_not_shown_on_a_case_that_went_on(sign_in):
    case, colleague = make.publication(at="preparing"), make.person("ppid_pelaksana", unit="dinsos")
    typed = drawn(sign_in("dinsos"), case) | {"summary": "Yang diketik orang lain."}
    make.step(case, "prepare", actor="dinsos")
    answer = sign_in(colleague).post(screen(case), typed)
    assert answer.status_code == 409
    assert "Yang diketik orang lain." not in text(answer)
    assert "Yang diketik orang lain." in text(sign_in("dinsos").post(screen(case), typed))


def test_a_draft_of_a_case_that_went_on_is_shown_to_be_copied(sign_in):
    case = returned("- Perbaiki.")
    dinsos = sign_in("dinsos")
    dinsos.post(screen(case), drawn(dinsos, case) | {"answer-1": "Setengah jadi.", "draf": "1"})
    late = drawn(dinsos, case)
    make.take_step(make.again(case), "prepare", actor=make.person("ppid_pelaksana"))
    shown = dinsos.get(screen(case))
    assert shown.status_code == 200
    assert "Setengah jadi." in shown.content.decode()
    answer = dinsos.post(screen(case), late)
    assert answer.status_code == 409
    assert "Setengah jadi." in answer.content.decode()
    assert make.again(case).moves == case.moves + 1
    dinsos.get(f"{screen(case)}?isian=buang")
    assert dinsos.get(screen(case)).url == case.get_absolute_url()


@pytest.mark.parametrize(("who", "status"), [("utama", 302), ("bidang", 302), ("operator", 302), ("disdukcapil", 404)])
def test_who_does_not_prepare_is_led_to_the_case_and_a_stranger_finds_nothing(sign_in, who, status):
    case = make.publication(at="preparing")
    client = sign_in(who)
    assert client.get(screen(case)).status_code == status
    assert client.post(screen(case), {"title": "X"}).status_code == (403 if status == 302 else 404)


def test_the_inbox_and_the_case_lead_to_the_screen(sign_in):
    case = make.publication(at="preparing")
    dinsos = sign_in("dinsos")
    assert screen(case) in dinsos.get(reverse("desk:inbox")).content.decode()
    assert screen(case) in dinsos.get(case.get_absolute_url()).content.decode()
    assert dinsos.get(reverse("desk:step", args=[case.number, "prepare"])).url == screen(case)


def test_it_is_looked_at_as_the_public_will_read_it_in_the_words_of_the_draft(sign_in):
    case = make.publication(at="preparing")
    dinsos = sign_in("dinsos")
    dinsos.post(screen(case), drawn(dinsos, case) | {"title": "Judul dari draf", "draf": "1"})
    shown = dinsos.get(reverse("desk:work-preview", args=[case.number])).content.decode()
    assert "Judul dari draf" in shown
    assert screen(case) in shown
    assert make.again(case).information.title != "Judul dari draf"


def test_the_look_is_for_whoever_prepares_and_there_is_none_of_what_nobody_will_read(sign_in):
    case, excluded = make.publication(at="preparing"), make.exclusion(at="testing")
    for who, each in (("bidang", case), ("opd", excluded)):
        answer = sign_in(who).get(reverse("desk:work-preview", args=[each.number]))
        assert (answer.status_code, answer["Location"]) == (302, each.get_absolute_url())


def test_what_is_replaced_from_the_screen_leads_back_to_it(sign_in):
    case = make.publication(at="preparing")
    document = found_in(case).reading.document
    dinsos = sign_in("dinsos")
    url = reverse("desk:document-replace", args=[case.number, document.pk])
    assert dinsos.post(url, {"file": make.pdf(), "title": "Baru"}).url == f"{screen(case)}#dokumen"


def test_a_note_of_ten_thousand_letters_is_refused_in_a_sentence(sign_in):
    case = make.publication(at="preparing")
    dinsos = sign_in("dinsos")
    answer = dinsos.post(screen(case), drawn(dinsos, case) | {"note": "a" * 10_000, "files": make.pdf()})
    assert answer.status_code == 422
    assert "Paling banyak 4000 huruf" in text(answer)
    assert len(fields(answer, action=screen(case))["note"]) == 10_000


def test_answers_and_note_have_one_limit_that_is_said_in_a_sentence(sign_in):
    case = returned("- Judul.\n- Ringkasan.")
    dinsos = sign_in("dinsos")
    typed = {"answer-1": "a" * 500, "answer-2": "b" * 500, "note": "c" * 3_900}
    answer = dinsos.post(screen(case), drawn(dinsos, case) | typed)
    assert answer.status_code == 422
    assert "Jawaban dan catatan bersama-sama paling banyak 4000 huruf." in text(answer)
    shown = fields(answer, action=screen(case))
    assert {name: shown[name] for name in typed} == typed
    assert make.again(case).state == "preparing"


def test_an_exclusion_is_tested_on_one_page_too(sign_in):
    case = make.exclusion(at="testing")
    opd = sign_in("opd")
    files = {"requirement_file": make.pdf("draf.pdf"), "output_file": make.pdf("lembar uji bertanda tangan.pdf")}
    sent = drawn(opd, case) | TEST | files
    answer = opd.post(screen(case), sent)
    assert answer.status_code == 302, text(answer)
    case = make.again(case)
    assert (case.state, case.exclusion.test.subject) == ("reviewing", "Berkas permohonan akta")


@pytest.mark.parametrize("part", ["requirement", "output"])
def test_a_refused_proof_that_another_file_of_the_same_form_makes_needless_is_told_all_the_same(sign_in, part):
    case, opd = make.exclusion(at="testing"), sign_in("opd")
    program = SimpleUploadedFile("jahat.exe", b"MZ\x90\x00", "application/octet-stream")
    answer = opd.post(screen(case), drawn(opd, case) | TEST | {f"{part}_file": program, "files": make.pdf()})
    assert answer.status_code == 422
    assert "Program" in text(answer)
    assert fields(answer, action=screen(case))["subject"] == TEST["subject"]
    assert make.again(case).state == "testing"


def test_the_sheet_is_saved_for_all_and_what_else_is_typed_stays_a_draft(sign_in):
    case = make.exclusion(at="testing")
    opd = sign_in("opd")
    answer = opd.post(screen(case), drawn(opd, case) | TEST | {"note": "Belum selesai.", "simpan": "1"}, follow=True)
    assert ConsequenceTest.objects.get().subject == "Berkas permohonan akta"
    again = fields(answer, action=screen(case))
    assert (again["note"], again["subject"]) == ("Belum selesai.", "Berkas permohonan akta")
    assert make.again(case).state == "testing"
    files = {"requirement_file": make.pdf("draf.pdf"), "output_file": make.pdf("lembar.pdf")}
    sent = again | {"grounds": ["h"]} | files
    assert opd.post(screen(case), sent).status_code == 302
    assert make.again(case).state == "reviewing"
    assert FillingOfTest.objects.count() == 1  # it was handed over as it stood


def test_words_of_the_sheet_that_were_changed_since_are_written_as_it_is_handed_over(sign_in):
    case = make.exclusion(at="testing")
    opd = sign_in("opd")
    answer = opd.post(screen(case), drawn(opd, case) | TEST | {"simpan": "1"}, follow=True)
    files = {"requirement_file": make.pdf("draf.pdf"), "output_file": make.pdf("lembar.pdf")}
    changed = fields(answer, action=screen(case)) | {"grounds": ["h"], "subject": "Akta kelahiran"} | files
    assert opd.post(screen(case), changed).status_code == 302
    assert make.again(case).state == "reviewing"
    assert (ConsequenceTest.objects.get().subject, FillingOfTest.objects.count()) == ("Akta kelahiran", 2)


def test_a_half_filled_sheet_lies_by_as_a_draft_and_is_nobody_else_s(sign_in):
    case = make.exclusion(at="testing")
    opd = sign_in("opd")
    opd.post(screen(case), drawn(opd, case) | {"subject": "Baru separuh", "draf": "1"})
    assert drawn(sign_in("opd"), case)["subject"] == "Baru separuh"
    other = make.person("opd", unit="disdukcapil")
    assert drawn(sign_in(other), case)["subject"] == ""
    assert not ConsequenceTest.objects.exists()


def test_a_whole_sheet_that_is_set_aside_is_still_a_draft(sign_in):
    case = make.exclusion(at="testing")
    opd = sign_in("opd")
    opd.post(screen(case), drawn(opd, case) | TEST | {"draf": "1"})
    assert drawn(opd, case)["subject"] == "Berkas permohonan akta"
    assert not ConsequenceTest.objects.exists()


def test_a_row_of_participants_comes_without_losing_the_answer_to_a_return(sign_in):
    case = make.exclusion(at="reviewing")
    make.take_step(case, "return_to_testing", actor=make.demo("utama"), note="- Tambahkan peserta.")
    opd = sign_in("opd")
    sent = drawn(opd, case) | {"answer-1": "Ditambahkan.", "tambah": "1"}
    answer = fields(opd.post(screen(case), sent), action=screen(case))
    assert answer["answer-1"] == "Ditambahkan."
    assert answer["peserta-TOTAL_FORMS"] == "2"


def test_what_another_has_to_confirm_first_leaves_the_sheet_saved_and_says_whom_it_waits_for(sign_in):
    case = make.exclusion(at="testing")
    mate = make.person("ppid_pembantu", unit="disdukcapil", name="Ratna Dewi, S.H.")
    opd, chosen = sign_in("opd"), {"peserta-0-person": str(mate.pk), "peserta-0-name": "", "peserta-0-position": ""}
    answer = opd.post(screen(case), drawn(opd, case) | TEST | chosen | {"note": "Menunggu Ibu Ratna."})
    assert answer.status_code == 422
    assert "menunggu konfirmasi Ratna Dewi, S.H." in text(answer)
    again = fields(answer, action=screen(case))
    assert again["note"] == "Menunggu Ibu Ratna."
    assert ConsequenceTest.objects.get().filled_at.isoformat() == again["seen"]
    assert make.again(case).state == "testing"


def duties_panel(page):
    return soup(page).find(id="kewajiban").find_parent("section")


def test_what_the_item_fills_is_told_and_let_go_without_losing_what_is_typed(sign_in):
    shelf_rows.duty(name="Kedudukan, alamat, tugas dan fungsi")
    case = make.publication(at="preparing", **EMPTY)
    said.linked(case.information, actor=make.demo("dinsos"))
    dinsos = sign_in("dinsos")
    panel = duties_panel(dinsos.get(screen(case)))
    assert "Kedudukan, alamat, tugas dan fungsi disetujui bersama informasinya" in " ".join(panel.get_text().split())
    button = panel.find("button", {"name": "lepas"})
    assert button["form"] == "f-kerja"
    typed = drawn(dinsos, case) | WORDS | {"files": make.pdf("Laporan.pdf"), "lepas": button["value"]}
    page = dinsos.post(screen(case), typed, follow=True)
    assert page.redirect_chain[0][0] == screen(case)
    assert "Dilepas: informasi ini tidak lagi dikaitkan" in text(page)
    assert "Belum dikaitkan dengan kewajiban mana pun." in duties_panel(page).get_text()
    assert fields(page, action=screen(case))["summary"] == WORDS["summary"]
    assert Document.objects.filter(information=case.information, filename="Laporan.pdf").exists()
    assert Fulfilment.objects.get().get_decision_display() == "Ditarik penulisnya"
    assert make.again(case).state == "preparing", "nothing was handed over"
    assert "lepas" not in dict(TypedDraft.objects.get().fields)


def test_a_duty_is_chosen_from_the_screen_and_leads_back_to_it_with_what_is_typed(sign_in):
    shelf_rows.duty()
    case = make.publication(at="preparing", **EMPTY)
    dinsos = sign_in("dinsos")
    words = [each for each in duties_panel(dinsos.get(screen(case))).find_all("button") if "Kaitkan" in each.get_text()]
    chosen = dinsos.post(words[0]["formaction"], drawn(dinsos, case) | WORDS, follow=True)
    assert soup(chosen).find("a", href=screen(case)), "back to the screen"
    link = soup(chosen).find("a", href=re.compile("kaitkan"))["href"]
    page = dinsos.get(link)
    assert soup(page).find("a", string="Batal")["href"] == chosen.redirect_chain[-1][0]
    page = dinsos.post(link, fields(page), follow=True)
    assert page.redirect_chain == [(screen(case), 302)]
    assert "Dikaitkan." in text(page)
    assert duties_panel(page).find("button", {"name": "lepas"})
    assert fields(page, action=screen(case))["summary"] == WORDS["summary"]


def test_what_a_colleague_said_it_fills_is_not_let_go_here(sign_in):
    shelf_rows.duty()
    case = make.publication(at="preparing", **EMPTY)
    given = said.linked(case.information, actor=make.demo("bidang"))
    dinsos = sign_in("dinsos")
    panel = duties_panel(dinsos.get(screen(case)))
    assert not panel.find("button", {"name": "lepas"})
    assert panel.find("button", {"formaction": re.compile(said.DUTY)}), "the cell says who may"
    others = said.linked(make.information(), actor=make.demo("dinsos"))
    refused = {given.pk: "Yang menarik kembali adalah yang mengajukannya.", others.pk: "tidak ada", 0: "tidak ada"}
    for key, why in refused.items():
        page = dinsos.post(screen(case), drawn(dinsos, case) | WORDS | {"lepas": key}, follow=True)
        assert why in text(page)
        assert fields(page, action=screen(case))["summary"] == WORDS["summary"]
    assert all(each.is_waiting for each in Fulfilment.objects.all())


def test_what_was_approved_is_ended_with_a_reason_and_not_let_go(sign_in):
    shelf_rows.duty()
    case = make.publication(at="preparing", **EMPTY)
    fulfilling.approve(said.linked(case.information, actor=make.demo("dinsos")), actor=make.demo("utama"))
    panel = duties_panel(sign_in("dinsos").get(screen(case)))
    assert "disetujui" in panel.get_text()
    assert not panel.find("button", {"name": "lepas"})


def test_an_exclusion_fills_no_duty(sign_in):
    case = make.exclusion(at="testing")
    assert not soup(sign_in("opd").get(screen(case))).find(id="kewajiban")
