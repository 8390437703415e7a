"""Nothing goes on to be published while a document is unread, or while what was found in it has no reason."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from ppid.flows.actions import open_publication, take_step
from ppid.flows.documents import add_document, add_evidence, remove_document, replace_document
from ppid.flows.findings import answer_findings
from ppid.flows.opening import open_new
from ppid.flows.own_work import worked_on
from ppid.flows.publication import GOES_ON_READ
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.information import examining
from ppid.information.documents import private_store
from ppid.information.examining import keep_reading, read_document, read_now, unread
from ppid.information.findings import DocumentReading, Finding, FindingAnswer
from ppid.organisation.models import User
from ppid.web.reading import KindFound, PersonalData
from tests import make, make_pdf

pytestmark = pytest.mark.django_db

NIK = PersonalData([KindFound("nik", 2, [("Halaman 1", "6171••••••••0001")])], 1, False)


def found_in(case):
    """Add a document in which a NIK was found."""
    document = add_document(case, make.pdf("data.pdf"), title="Data", actor=make.demo("dinsos"))
    keep_reading(document, NIK, at=timezone.now())
    return document


def the_finding(document) -> Finding:
    return Finding.objects.select_related("reading").get(reading__document=document)


def answer(case, document, reason="Contoh pada formulir, bukan NIK orang.", who="dinsos"):
    return answer_findings(case, {the_finding(document): reason}, actor=make.demo(who))


def prepare(case):
    return take_step(case, "prepare", actor=make.demo("dinsos"), evidence=make.evidence(case, make.demo("dinsos")))


def test_what_was_found_needs_a_reason_before_step_3_closes():
    case = make.publication(at="preparing")
    document = found_in(case)
    with pytest.raises(StepUnmet, match="tampaknya memuat data pribadi"):
        prepare(case)
    answer(case, document)
    assert prepare(case).to_state == "clarifying"


def test_a_document_is_read_in_the_step_itself_where_no_worker_did():
    case = make.publication(at="preparing")
    upload = make.pdf("data.pdf", "NIK 6171034510900001")
    document = add_document(case, upload, title="Data", actor=make.demo("dinsos"))
    assert unread([document]) == [document]
    with pytest.raises(StepUnmet, match="tampaknya memuat data pribadi"):
        prepare(case)
    # What was read stays, though the step was refused.
    assert the_finding(document).places == [["Halaman 1", "6171••••••••0001"]]


def test_what_takes_too_long_is_refused_in_a_sentence_and_can_be_tried_again(monkeypatch):
    case = make.publication(at="preparing")
    document = add_document(case, make.pdf(), title="Data", actor=make.demo("dinsos"))
    monkeypatch.setattr(examining, "AT_ONCE", 0)
    with pytest.raises(StepUnmet, match="belum selesai dibaca"):
        prepare(case)
    read_now([document], within=60)
    assert prepare(case).to_state == "clarifying"


def test_a_file_that_cannot_be_read_is_a_finding_of_its_own():
    case = make.publication(at="preparing")
    broken = make.pdf("rusak.pdf")
    broken.file.seek(0)
    upload = type(broken)("rusak.pdf", b"%PDF-1.7\nsampah\n%%EOF\n", "application/pdf")
    document = add_document(case, upload, title="Rusak", actor=make.demo("dinsos"))
    reading = read_document(document)
    [finding] = reading.findings.all()
    assert (finding.kind, finding.places[0][0]) == ("unseen", "Seluruh berkas")
    with pytest.raises(StepUnmet):
        prepare(case)


def test_a_document_in_anothers_place_starts_anew():
    case = make.publication(at="preparing")
    document = found_in(case)
    answer(case, document)
    newer = replace_document(case, document, make.pdf(), title="Data", actor=make.demo("dinsos"))
    assert unread([newer]) == [newer]
    keep_reading(newer, NIK, at=timezone.now())
    with pytest.raises(StepUnmet, match="tampaknya memuat data pribadi"):
        prepare(case)


def test_a_removed_document_needs_no_reason():
    case = make.publication(at="preparing")
    document = found_in(case)
    add = add_document(case, make.pdf(), title="Laporan", actor=make.demo("dinsos"))
    keep_reading(add, make.NOTHING_FOUND, at=timezone.now())
    remove_document(case, document, actor=make.demo("dinsos"))
    assert prepare(case).to_state == "clarifying"


def test_a_document_added_after_step_3_leads_back_and_is_read_there():
    case = make.publication(at="releasing")
    document = found_in(case)
    case = make.again(case)
    assert case.state == "preparing"
    with pytest.raises(StepUnmet, match="tampaknya memuat data pribadi"):
        prepare(case)
    answer(case, document)
    assert prepare(case).to_state == "clarifying"


def clarify(case):
    return take_step(case, "clarify", actor=make.demo("utama"), category="periodic")


@pytest.mark.parametrize("found", [None, NIK])
def test_what_came_in_past_step_3_goes_past_no_decision(found, monkeypatch):
    case = make.publication(at="clarifying")
    [document] = case.content
    late = make.twin(document, title="Data", address_key="0a0b0c0d0e0f", uploaded_at=timezone.now())
    if found:
        keep_reading(late, found, at=timezone.now())
    with pytest.raises(StepUnmet, match="Kembalikan proses ini ke langkah 3"):
        clarify(make.again(case))
    monkeypatch.setattr(GOES_ON_READ.__class__, "__call__", lambda *_: True)
    with pytest.raises(DatabaseError, match="while its documents are unread"), make.savepoint():
        clarify(make.again(case))
    monkeypatch.undo()
    take_step(make.again(case), "return_for_repair", actor=make.demo("utama"), note="Baca dahulu.")
    keep_reading(late, make.NOTHING_FOUND, at=timezone.now())
    if found:
        answer(make.again(case), late)
    assert prepare(make.again(case)).to_state == "clarifying"
    assert clarify(make.again(case)).to_state == "releasing"


def test_what_is_announced_first_is_read_and_answered_first_too():
    item = make.information()
    case = open_publication(item, actor=make.demo("bidang"), urgent_because="Banjir di Pontianak Barat.")
    document = add_document(case, make.pdf(), title="Data", actor=make.demo("dinsos"))
    keep_reading(document, NIK, at=timezone.now())
    with pytest.raises(StepUnmet, match="tampaknya memuat data pribadi"):
        take_step(case, "publish_first", actor=make.demo("utama"), note="Mendesak.")
    answer(case, document)
    assert take_step(case, "publish_first", actor=make.demo("utama"), note="Mendesak.").key == "publish_first"


def test_a_renewal_asks_about_what_was_published_before():
    case = make.publication(at="published")
    again = open_publication(make.again(case).information, actor=make.demo("bidang"))
    again = make.walk(again, to="preparing")
    document = found_in(again)
    with pytest.raises(StepUnmet, match="tampaknya memuat data pribadi"):
        prepare(again)
    answer(again, document)
    assert prepare(again).to_state == "clarifying"


def test_evidence_is_never_read():
    case = make.publication(at="coordinating")
    add_evidence(case, make.pdf("surat.pdf"), actor=make.demo("bidang"))
    assert not ProcrastinateJob.objects.filter(task_name__endswith="read_for_personal_data").exists()


def test_each_way_in_asks_the_worker_once():
    jobs = ProcrastinateJob.objects.filter(task_name__endswith="read_for_personal_data", status="todo").all
    case = make.publication(at="preparing")
    document = add_document(case, make.pdf(), title="A", actor=make.demo("dinsos"))
    assert [each.args for each in jobs()] == [{"document": document.pk}]
    opened = open_new(
        "publication", unit=make.unit("dinsos"), actor=make.demo("bidang"), title="Baru", uploads=[make.pdf()]
    )
    [came_along] = opened.content
    assert {each.args["document"] for each in jobs()} == {document.pk, came_along.pk}


@pytest.mark.parametrize("who", ["utama", "operator", "disdukcapil"])
def test_only_who_prepares_gives_the_reason(who):
    case = make.publication(at="preparing")
    document = found_in(case)
    with pytest.raises(StepForbidden):
        answer(case, document, who=who)


@pytest.mark.parametrize(("reason", "sentence"), [("  ", "Tuliskan"), ("x" * 10_000, "paling panjang")])
def test_a_reason_says_something_and_not_too_much(reason, sentence):
    case = make.publication(at="preparing")
    document = found_in(case)
    with pytest.raises(StepUnmet, match=sentence):
        answer(case, document, reason)


def test_an_ended_case_is_answered_no_more():
    case = make.publication(at="preparing")
    document = found_in(case)
    take_step(case, "withdraw", actor=make.demo("bidang"), note="Batal.")
    with pytest.raises(StepOutOfOrder):
        answer(case, document)


def test_a_finding_of_another_item_is_not_answered_here():
    case, other = make.publication(at="preparing"), make.publication(at="preparing")
    document = found_in(other)
    with pytest.raises(StepUnmet):
        answer(case, document)


def test_who_gave_a_reason_does_not_decide_on_it():
    both = make.person("ppid_pelaksana")
    case = make.publication(at="preparing")
    document = found_in(case)
    answer_findings(case, {the_finding(document): "Nomor contoh."}, actor=both)
    assert worked_on(make.again(case), both) == "menjawab temuan pada dokumennya"
    answer(case, document)
    case = make.step(case, "prepare", actor="dinsos")
    make.appoint(both, "ppid_utama", unit="diskominfo")
    with pytest.raises(StepForbidden, match="menjawab temuan"):
        take_step(case, "clarify", actor=both, category="periodic", evidence=make.evidence(case, make.demo("utama")))


def test_the_database_lets_no_step_pass_by_what_is_unread_or_unanswered():
    case = make.publication(at="preparing")
    prepared = make.publication(at="clarifying").records.get(key="prepare")
    fields = {"case": case, "sequence": case.moves + 1}
    document = add_document(case, make.pdf(), title="Data", actor=make.demo("dinsos"))
    for _ in ("unread", "unanswered"):
        with pytest.raises(DatabaseError, match="unread, or a finding"), make.savepoint():
            make.twin(prepared, **fields)
        keep_reading(document, NIK, at=timezone.now())
    answer(case, document)
    assert prepare(case).to_state == "clarifying"


@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("model", [DocumentReading, Finding, FindingAnswer])
def test_what_was_read_found_and_answered_is_kept_as_it_is(model, change):
    case = make.publication(at="preparing")
    answer(case, found_in(case))
    with pytest.raises(DatabaseError), make.savepoint(), connection.cursor() as cursor:
        cursor.execute(change.format(model._meta.db_table))


def test_the_database_binds_an_answer_to_the_bytes_that_stand():
    case = make.publication(at="preparing")
    document = found_in(case)
    [given] = answer(case, document)
    with pytest.raises(DatabaseError, match="bound to the bytes"), make.savepoint():
        make.twin(given, sha256="0" * 64)
    remove_document(case, document, actor=make.demo("dinsos"))
    with pytest.raises(DatabaseError, match="bound to the bytes"), make.savepoint():
        make.twin(given)


def test_the_database_binds_a_reading_to_the_bytes_of_its_document():
    case = make.publication(at="preparing")
    document = add_document(case, make.pdf(), title="Data", actor=make.demo("dinsos"))
    with pytest.raises(DatabaseError, match="bound to the bytes"), transaction.atomic():
        DocumentReading.objects.create(document=document, sha256="0" * 64, read_at=timezone.now())


def test_lost_bytes_are_told_and_nothing_is_written_down():
    case = make.publication(at="preparing")
    document = add_document(case, make.pdf(), title="Data", actor=make.demo("dinsos"))
    private_store().remove(document.sha256)
    with pytest.raises(StepUnmet, match="belum selesai dibaca"):
        prepare(case)
    assert not DocumentReading.objects.filter(document=document).exists()


def test_nothing_unmasked_is_stored():
    case = make.publication(at="preparing")
    upload = make.pdf("6171034510900001.pdf", "NIK 6171034510900001, budi.santoso@gmail.com")
    document = add_document(case, upload, title="Data", actor=make.demo("dinsos"))
    read_now([document], within=60)
    rows = str(list(Finding.objects.values()) + list(DocumentReading.objects.values()))
    assert "6171034510900001" not in rows
    assert "budi.santoso" not in rows


def test_a_first_password_answers_nothing():
    case = make.publication(at="preparing")
    [given] = answer(case, found_in(case))
    make.first_password(User.objects.get(pk=make.demo("dinsos").pk))
    with pytest.raises(DatabaseError, match="first password"), make.savepoint():
        make.twin(given)


def test_what_no_worker_read_is_read_by_the_command():
    case = make.publication(at="preparing")
    document = add_document(case, make.pdf(), title="Data", actor=make.demo("dinsos"))
    lost = add_document(case, make.pdf(), title="Hilang", actor=make.demo("dinsos"))
    private_store().remove(lost.sha256)
    call_command("read_documents", verbosity=0)
    assert unread([document, lost]) == [lost]


def test_an_author_with_a_letter_that_the_database_does_not_hold_is_written_down():
    case = make.publication(at="preparing")
    content = make_pdf.pages("Laporan", info=r"/Author (\000Siti \000Rahma)")
    upload = SimpleUploadedFile("data.pdf", content, "application/pdf")
    document = add_document(case, upload, title="Data", actor=make.demo("dinsos"))
    read_document(document, within=60)
    assert the_finding(document).places == [["Sifat berkas", "S••• R•••"]]


def never_written(*found: KindFound):
    return lambda *_, **__: PersonalData(list(found), 1, False)


@pytest.mark.parametrize("letter", ["\0", "\ud800", "\x1b", "\u202e", "\uffff"])
def test_letters_that_no_row_holds_are_left_out_of_a_finding(letter, monkeypatch):
    case = make.publication(at="preparing")
    document = add_document(case, make.pdf(), title="Data", actor=make.demo("dinsos"))
    told = [(f"Sifat{letter} berkas", f"S{letter}•••")]
    monkeypatch.setattr(examining, "find_personal", never_written(KindFound("author", 1, told)))
    with pytest.raises(StepUnmet, match="tampaknya memuat data pribadi"):
        prepare(case)
    assert the_finding(document).places == [["Sifat berkas", "S•••"]]


@pytest.mark.parametrize(
    "found",
    [
        [KindFound("author", 2**40, [("Sifat berkas", "")])],
        [KindFound("author", 0, [("Sifat berkas", "")])],
        [KindFound("sidik jari", 1, [])],
        [KindFound("a kind with a very long name", 1, [])],
        [KindFound("nik", 1, []), KindFound("nik", 1, [])],
    ],
)
def test_what_cannot_be_written_down_is_told_as_unread_and_stops_no_step_with_a_fault(found, monkeypatch):
    case = make.publication(at="preparing")
    document = add_document(case, make.pdf(), title="Data", actor=make.demo("dinsos"))
    monkeypatch.setattr(examining, "find_personal", never_written(*found))
    with pytest.raises(StepUnmet):
        prepare(case)
    assert (the_finding(document).kind, the_finding(document).places[0][0]) == ("unseen", "Seluruh berkas")
    answer(case, document)
    assert prepare(case).to_state == "clarifying"
