"""The dossier of a case: all that the office knows of it, provable file by file, and only for whoever may know."""

import csv
import hashlib
import io
import json
import zipfile

import page
import pdfua
import pgtrigger
import pytest
from django.urls import reverse
from django.utils import timezone

from ppid.chain.forms import chained_parts
from ppid.flows.documents import add_document, add_evidence, remove_document
from ppid.flows.findings import answer_findings
from ppid.flows.models import Case
from ppid.flows.papers import drawing, kinds
from ppid.flows.papers.numbering import number_paper
from ppid.flows.questions import answer, ask
from ppid.information.documents import private_store
from ppid.information.examining import keep_reading
from ppid.information.findings import Finding
from ppid.information.models import Document
from ppid.organisation.models import Role
from ppid.proof.dossier.archive import archive
from ppid.proof.dossier.content import gather
from ppid.proof.dossier.rows import OF_A_CASE, OF_A_DOCUMENT
from ppid.scanning.models import FileScan
from tests import make
from tests.desk.conftest import sign_in  # noqa: F401 - a fixture
from tests.desk.pages import text
from tests.flows.test_findings import NIK
from tests.proof.test_marks import mark, pdf_text

pytestmark = pytest.mark.django_db


def of(case: Case):
    return gather(Case.objects.for_page().get(pk=case.pk))


def opened(case: Case) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(archive(of(case)))))


def words(case: Case) -> str:
    return pdf_text(drawing.pdf(of(case).paper))


def talked(case: Case) -> Case:
    question = ask(
        case, "Tahun berapa data ini?", role=Role.objects.get(code="ppid_pelaksana"), actor=make.demo("utama")
    )
    answer(question, "Tahun 2025.", actor=make.demo("dinsos"))
    return case


def test_a_dossier_tells_who_did_what_as_whom_by_which_order():
    mark(timezone.localdate())
    case = talked(make.publication(at="preparing"))
    case = make.walk(make.again(case), to="clarifying")
    make.step(case, "return_for_repair", actor="utama", note="Angka tabel dua keliru.")
    told = words(case)
    for said in (
        case.number,
        case.information.title,
        make.demo("bidang").name,
        "Angka tabel dua keliru.",
        "Tahun berapa data ini?",
        "Tahun 2025.",
        "tersedia",
        "tepat waktu",
        "Tanda buku besar",
    ):
        assert said in told, said
    orders = next(part for part in of(case).paper.parts if part.heading.startswith("Siapa bertindak"))
    held = case.records.first().appointment
    assert held.order_number in orders.table.rows[0][2]


def test_each_file_of_the_archive_has_its_sha256_and_the_manifest_says_so():
    case = make.publication(at="clarifying")
    whole = opened(case)
    assert whole.testzip() is None
    manifest = json.loads(whole.read("manifest.json"))
    sums = dict(reversed(line.split("  ", 1)) for line in whole.read("SHA256SUMS").decode().splitlines())
    named = [each["nama"] for each in manifest["berkas"]]
    assert named[:3] == ["berkas.pdf", "rantai.csv", "sop/lembar.pdf"]
    assert set(sums) == set(named) - {"SHA256SUMS"}
    for each in manifest["berkas"]:
        assert hashlib.sha256(whole.read(each["nama"])).hexdigest() == each["sha256"]
    for document in Document.objects.filter(information=case.information):
        assert document.sha256 in sums.values()
    assert manifest["hilang"] == []
    assert manifest["proses"] == case.number


def test_the_links_of_a_case_come_along():
    case = make.publication(at="preparing")
    make.at_the_end()
    rows = list(csv.reader(io.StringIO(opened(case).read("rantai.csv").decode("utf-8-sig")), delimiter=";"))
    ledgers = {row[1] for row in rows[1:]}
    assert {"flows_case", "flows_steprecord", "flows_evidence", "information_information"} <= ledgers
    links = of(case).links
    assert [int(row[0]) for row in rows[1:]] == [link.position for link in links]
    assert json.loads(opened(case).read("manifest.json"))["rantai"]["sidik_terakhir"] == links[-1].hash


def test_what_was_found_in_a_document_is_told_with_its_reason_and_without_its_value():
    case = make.publication(at="preparing")
    document = add_document(case, make.pdf("data.pdf"), title="Penerima", actor=make.demo("dinsos"))
    keep_reading(document, NIK, at=timezone.now())
    answer_findings(case, {Finding.objects.get(): "Contoh pada formulir."}, actor=make.demo("dinsos"))
    make.at_the_end()
    part = next(part for part in of(case).paper.parts if part.heading == "Data pribadi yang ditemukan")
    title, what, where, why = part.table.rows[0]
    assert (title, what, where) == ("Penerima", "NIK (2)", "Halaman 1: 6171••••••••0001")
    assert why.startswith("Contoh pada formulir.")
    assert make.demo("dinsos").name in why
    ledgers = {link.ledger for link in of(case).links}
    assert {"information_documentreading", "information_finding", "information_findinganswer"} <= ledgers


def test_every_ledger_that_leads_to_a_document_is_in_its_cases_dossier():
    models = {model for model, _ in chained_parts() if any(f.related_model is Document for f in model._meta.fields)}
    assert models <= {Document, *OF_A_DOCUMENT, *OF_A_CASE}


def test_every_ledger_that_leads_to_a_case_is_in_its_dossier():
    left_out = {"LinkedCase", "AuditorUse"}  # of links, not of the case
    models = {model for model, _ in chained_parts() if any(f.related_model is Case for f in model._meta.fields)}
    left_out |= {"Case", "ExclusionOpening", "TakeoverRow"}  # itself, by its exclusion, of a list
    assert {model.__name__ for model in models} - {model.__name__ for model in OF_A_CASE} == left_out


def test_what_was_removed_and_replaced_is_kept_apart():
    case = make.publication(at="preparing")
    old = add_document(case, make.pdf("lama.pdf", "lama"), title="Lama", actor=make.demo("dinsos"))
    remove_document(make.again(case), old, actor=make.demo("dinsos"))
    former = [name for name in opened(case).namelist() if name.endswith("-lama.pdf")]
    assert [name.rpartition("/")[0] for name in former] == ["dokumen/tidak-berlaku-lagi"]


def test_a_lost_file_is_named_and_the_rest_comes():
    case = make.publication(at="clarifying")
    document = Document.objects.filter(information=case.information).first()
    private_store().path(document.sha256).unlink()
    whole = opened(case)
    lost = json.loads(whole.read("manifest.json"))["hilang"]
    assert [each["sha256"] for each in lost] == [document.sha256]
    assert not set(whole.namelist()) & {each["nama"] for each in lost}


def test_a_held_file_is_named_and_left_out():
    case = make.publication(at="clarifying")
    document = Document.objects.filter(information=case.information).first()
    now = timezone.now()
    FileScan.objects.create(sha256=document.sha256, state="found", signature="X", since=now, scanned_at=now)
    whole = opened(case)
    held = json.loads(whole.read("manifest.json"))["ditahan"]
    assert [each["sha256"] for each in held] == [document.sha256]
    assert not set(whole.namelist()) & {each["nama"] for each in held}


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.pdf", "C:\\x\\..\\jahat.pdf", "/mutlak.pdf", "nama\u202egnp.pdf", "a" * 300 + ".pdf"]
)
def test_no_name_leads_out_of_the_folder(name):
    case = make.publication(at="preparing")
    add_document(case, make.pdf(), title="x", actor=make.demo("dinsos"))
    with pgtrigger.ignore("information.Document:document_stays"):
        Document.objects.filter(information=case.information).update(filename=name[:200])
    for each in opened(case).namelist():
        assert ".." not in each.split("/")
        assert not each.startswith(("/", "\\"))
        assert "\\" not in each
        assert "\u202e" not in each


def test_numbered_papers_are_in_it():
    case = make.publication(at="coordinating")
    kind = next(kind for kind in kinds.kinds_of(case) if not kind.lacks(case))
    number_paper(case, kind, number="77/PPID", date=timezone.localdate(), actor=make.demo("bidang"))
    assert "77/PPID" in words(case)
    assert any(name.startswith("surat/") for name in opened(case).namelist())


def test_an_exclusion_tells_its_test_and_decree():
    case = make.adopted()
    told = words(case)
    assert "Lembar uji" in told
    assert case.exclusion.decree.number in told
    assert "Persetujuan pimpinan" in told


@pytest.mark.parametrize("make_case", [lambda: make.publication(at="published"), make.adopted])
def test_outside_validators_find_nothing_wrong_with_it(make_case, tmp_path):
    drawn = drawing.pdf(of(make_case()).paper)
    assert [
        str(each) for each in page.validate_pdf_bytes(drawn, profile=page.ValidationProfile.PDF_UA_1).failures
    ] == []
    file = tmp_path / "berkas.pdf"
    file.write_bytes(drawn)
    assert [str(finding) for finding in pdfua.validate(file).findings] == []


def test_it_is_there_for_those_who_see_the_case_alone(sign_in, client):  # noqa: F811
    case, secret = make.publication(at="preparing"), make.adopted()
    for name in ("desk:dossier-zip", "desk:dossier-pdf"):
        url, closed = reverse(name, args=[case.number]), reverse(name, args=[secret.number])
        assert sign_in("bidang").get(url).status_code == 200
        assert sign_in(make.person("ppid_pelaksana", unit="dinkes")).get(url).status_code == 404
        assert client.get(url).status_code == 302
        assert sign_in("utama").get(closed).status_code == 200
        assert sign_in("operator").get(closed).status_code == 404  # nobody who needs to know of it
    assert "Berkas proses" in text(sign_in("bidang").get(case.get_absolute_url()))


def test_the_dossier_of_another_case_of_the_item_says_nothing_of_its_exclusion():
    item = make.publication(at="published", unit="disdukcapil").information
    published = item.cases.get()
    exclusion = make.exclusion(information=item, at="testing")
    add_evidence(exclusion, make.pdf("burungkenari.pdf", "burungkenari"), actor=make.demo("opd"))
    ask(exclusion, "burungkenari", role=Role.objects.get(code="opd"), actor=make.demo("utama"))
    assert "burungkenari" not in words(published)
    assert not any("burungkenari" in name for name in opened(published).namelist())
    assert any("burungkenari" in name for name in opened(exclusion).namelist())


def test_a_large_archive_is_sent_in_small_pieces():
    case = make.publication(at="clarifying")
    placed = private_store().put(iter([b"0123456789abcdef" * (1 << 18)]))
    with pgtrigger.ignore("information.Document:document_stays"):
        Document.objects.filter(information=case.information).update(sha256=placed.sha256, size=placed.size)
    pieces = [len(piece) for piece in archive(of(case))]
    assert max(pieces) <= 1 << 19
    assert sum(pieces) > 4 << 20
