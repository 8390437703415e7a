"""The papers of a case: what each says, drawn twice, a draft until it is numbered, frozen since."""

import hashlib
import io
from datetime import timedelta

import page
import pdfua
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error
from django.utils import timezone
from docx import Document as Word
from pypdf import PdfReader

from ppid.flows.consequence import fill_test
from ppid.flows.papers import drawing
from ppid.flows.papers.description import read
from ppid.flows.papers.kinds import KINDS
from ppid.flows.papers.models import PaperNumber, SignedPaper
from ppid.flows.papers.numbering import attach_scan, cancel_number, number_paper, proposed_number
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.information.classification import ConsequenceTest
from ppid.information.media_types import UploadRefused
from tests import make

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def words_of(content: bytes) -> str:
    text = "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(content)).pages)
    return " ".join(text.split())


def words_in_word(content: bytes) -> str:
    document = Word(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(each.text for each in document.paragraphs), *cells]).split())


@pytest.fixture(scope="module")
def walked(built_once):
    return {
        "testing": make.exclusion(at="testing"),
        "reviewing": make.exclusion(at="reviewing"),
        "preparing": make.publication(at="preparing"),
    }


@pytest.fixture
def testing(walked, db):
    return make.again(walked["testing"])


def written(case, key):
    return KINDS[key].write(make.again(case), TODAY)


# Written out by hand: what must stand on each paper.
SAYS = {
    "coordination_letter": ["Surat koordinasi", "Yth.", "Siti Aminah, S.Sos.", "Laporan realisasi", "Budi Hartono"],
    "coordination_report": ["LAPORAN KOORDINASI", "Pihak yang dihubungi", "Siti Aminah", "Mengetahui,", "Uray Ahmad"],
    "receipt": ["TANDA TERIMA DOKUMEN", "Yang menyerahkan,", "Budi Hartono", "Yang menerima,", "Rina Marlina"],
    "exclusion_list": ["YANG AKAN DIKECUALIKAN", "Dinas Kependudukan dan Pencatatan Sipil"],
    "test_sheet": ["LEMBAR PENGUJIAN KONSEKUENSI", "Pasal 17 huruf h", "Fransiskus Andi", "Menyetujui, Pimpinan"],
    "minutes": ["BERITA ACARA UJI KONSEKUENSI", "Pada hari", "1. Dokumen", "2. Informasi", "3. Undang", "4. Kepatutan"],
    "decree": [
        "(a) Jenis klasifikasi",
        "(b) Identitas PPID yang menetapkan",
        "(c) Badan Publik dan unit kerja",
        "(d) Jangka waktu pengecualian",
        "(e) Alasan pengecualian",
        "(f) Tempat dan tanggal penetapan",
    ],
}


@pytest.mark.parametrize("key", SAYS)
def test_both_drawings_say_what_the_paper_says(key, walked):
    case = make.again(walked["preparing" if "publication" in KINDS[key].flows else "reviewing"])
    paper = written(case, key)
    drawn, word = words_of(drawing.pdf(paper)), words_in_word(drawing.docx(paper))
    for expected in [*SAYS[key], f"Proses {case.number}", "PEMERINTAH KOTA PONTIANAK"]:
        assert expected.casefold() in drawn.casefold()
        assert expected.casefold() in word.casefold()
    assert word.startswith("DRAF")
    assert "DRAF" in drawn


@pytest.mark.parametrize("key", SAYS)
def test_its_pdf_is_read_by_a_screen_reader(key, walked, tmp_path):
    case = make.again(walked["preparing" if "publication" in KINDS[key].flows else "reviewing"])
    for name, paper in [
        ("draft", written(case, key)),
        ("numbered", written(case, key).numbered("1/2026", "1 Mei 2026")),
    ]:
        content = drawing.pdf(paper)
        report = page.validate_pdf_bytes(content, profile=page.ValidationProfile.PDF_UA_1)
        assert [str(failure) for failure in report.failures] == []
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(content)
        assert [str(finding) for finding in pdfua.validate(file).findings] == []
        assert ("DRAF" in words_of(content)) is (name == "draft")


@pytest.mark.parametrize("key", ["test_sheet", "minutes", "decree"])
def test_a_paper_about_a_test_is_not_written_before_there_is_one(key, testing):
    assert KINDS[key].lacks(testing)
    with pytest.raises(LookupError, match="has no test that was held here"):
        written(testing, key)


class TestNumber:
    def number(self, case, key="exclusion_list", number="12/DINSOS/2026", who="bidang", **rest):
        return number_paper(case, KINDS[key], **{"number": number, "date": TODAY, "actor": make.demo(who), **rest})

    def test_a_number_freezes_the_paper_byte_for_byte(self, testing):
        paper = self.number(testing)
        kept = make.kept(paper.document)
        assert hashlib.sha256(kept).hexdigest() == paper.document.sha256
        assert kept == drawing.pdf(paper.paper)
        assert "12/DINSOS/2026" in words_of(kept)
        assert "DRAF" not in words_of(kept)
        assert not words_in_word(drawing.docx(read(paper.says))).startswith("DRAF")
        assert (paper.recorded_by_name, paper.document.purpose) == ("Budi Hartono, S.Kom.", "paper")

    def test_a_paper_has_one_number_until_it_is_cancelled_with_a_reason(self, testing):
        first = self.number(testing)
        with pytest.raises(StepOutOfOrder, match="sudah bernomor 12/DINSOS/2026"):
            self.number(testing, number="13/DINSOS/2026")
        with pytest.raises(StepUnmet, match="alasan pembatalannya"):
            cancel_number(first, because="  ", actor=make.demo("bidang"))
        cancel_number(first, because="Salah agenda.", actor=make.demo("bidang"))
        with pytest.raises(StepOutOfOrder, match="sudah dibatalkan oleh Budi"):
            cancel_number(first, because="Lagi.", actor=make.demo("bidang"))
        again = self.number(testing, number="13/DINSOS/2026")
        assert list(testing.paper_numbers.values_list("number", "cancelled_because")) == [
            ("12/DINSOS/2026", "Salah agenda."),
            ("13/DINSOS/2026", ""),
        ]
        assert again.document != first.document

    def test_a_number_belongs_to_one_paper_of_its_kind_in_a_year(self, testing):
        self.number(testing)
        other = make.exclusion(at="testing")
        with pytest.raises(StepUnmet, match="sudah dipakai"):
            self.number(other)
        self.number(other, key="receipt")

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"number": "  "}, "Tuliskan nomor suratnya."),
            ({"number": "9" * 121}, "paling panjang 120 huruf"),
            ({"date": TODAY + timedelta(days=1)}, "tidak boleh sesudah hari ini"),
            ({"key": "test_sheet", "who": "opd"}, "lembar uji konsekuensi, yang belum diisi"),
            ({"key": "decree", "who": "opd"}, "lembar uji konsekuensi, yang belum diisi"),
        ],
    )
    def test_a_number_that_can_not_be_is_refused_in_words(self, fields, sentence, testing):
        with pytest.raises(StepUnmet, match=sentence):
            self.number(testing, **fields)
        assert not PaperNumber.objects.exists()

    def test_it_is_given_by_the_writers_of_the_paper_whoever_has_the_step_or_ppid_utama(self, testing):
        with pytest.raises(StepForbidden):
            self.number(testing, who="operator")
        with pytest.raises(StepForbidden):
            number_paper(
                testing,
                KINDS["exclusion_list"],
                number="1",
                date=TODAY,
                actor=make.person("opd", "ppid_pelaksana", unit="dinkes"),
            )
        self.number(testing, who="opd")

    def test_after_the_end_numbers_stay(self, testing):
        paper = self.number(testing)
        make.walk(testing, to="adopted")
        with pytest.raises(StepOutOfOrder, match="Nomor suratnya tetap"):
            cancel_number(paper, because="Salah.", actor=make.demo("bidang"))
        with pytest.raises(StepOutOfOrder):
            self.number(testing, key="receipt")

    def test_the_portal_proposes_the_number_of_the_case(self, testing):
        kind = KINDS["exclusion_list"]
        assert proposed_number(testing, kind) == f"{testing.number}/DIU"
        cancel_number(self.number(testing), because="Salah.", actor=make.demo("bidang"))
        assert proposed_number(testing, kind) == f"{testing.number}/DIU-2"

    def test_the_database_keeps_what_was_numbered(self, testing):
        paper = self.number(testing)
        rows = PaperNumber.objects.filter(pk=paper.pk)
        make.again(testing)
        for change in (
            lambda: rows.update(number="0"),
            lambda: rows.update(says={}),
            lambda: rows.update(cancelled_because="Tanpa nama."),
            lambda: rows.delete(),
            lambda: PaperNumber.objects.create(**self.copied(paper, number="0")),
            lambda: PaperNumber.objects.create(**self.copied(paper, kind="receipt")),
            lambda: PaperNumber.objects.create(
                **self.copied(paper, kind="receipt", document=make.evidence_file(testing))
            ),
        ):
            with pytest.raises(Error), make.savepoint():
                change()
        cancel_number(paper, because="Salah.", actor=make.demo("bidang"))
        with pytest.raises(Error, match="cancelled once"), make.savepoint():
            rows.update(cancelled_because="Lain.")

    def test_the_database_numbers_a_paper_with_its_own_file_while_its_case_runs(self, testing):
        paper, foreign = self.number(testing), self.number(make.exclusion(at="testing"), number="13/DINSOS/2026")
        cancelled = {"cancelled_at": timezone.now(), "cancelled_by": paper.recorded_by, "cancelled_by_name": "B"}

        def refused(**fields):
            with pytest.raises(Error, match="numbered while its case runs, with its file"), make.savepoint():
                make.twin(paper, **{"kind": "receipt", **fields})

        refused(document=foreign.document)
        refused(document=make.evidence_file(testing))
        refused(**cancelled, cancelled_because="x")
        make.walk(testing, to="adopted")
        refused()
        with pytest.raises(Error, match="cancelled once, and while its case runs"), make.savepoint():
            PaperNumber.objects.filter(pk=paper.pk).update(**cancelled, cancelled_because="x")

    def test_no_paper_bears_a_day_to_come_in_the_database_either(self, testing):
        paper = self.number(testing)
        cancel_number(paper, because="Salah.", actor=make.demo("bidang"))
        fields = self.copied(paper, date=TODAY + timedelta(days=1))
        with pytest.raises(Error, match="no date to come"), make.savepoint():
            PaperNumber.objects.create(**fields)

    def copied(self, paper, **changed):
        names = [field.name for field in PaperNumber._meta.concrete_fields if field.name != "id"]
        same = {name: getattr(paper, name) for name in names if not name.startswith("cancelled")}
        return {**same, **changed}


def number_of(case) -> PaperNumber:
    """Number another paper of the case."""
    given = {"number": "8/2026", "date": TODAY, "actor": make.demo("bidang")}
    return number_paper(case, KINDS["exclusion_list"], **given)


class TestScan:
    @pytest.fixture
    def paper(self, testing):
        return number_paper(testing, KINDS["receipt"], number="7/2026", date=TODAY, actor=make.demo("bidang"))

    def test_the_scan_lies_beside_the_paper_byte_for_byte_and_replaces_nothing(self, paper):
        upload = make.pdf("pindaian.pdf")
        content = upload.read()
        upload.seek(0)
        scan = attach_scan(paper, upload, actor=make.demo("bidang"))
        assert make.kept(scan.document) == content
        assert make.kept(paper.document).startswith(b"%PDF")
        attach_scan(paper, make.pdf("lebih-jelas.pdf"), actor=make.demo("bidang"))
        assert paper.scans.count() == 2

    def test_the_papers_own_file_is_no_scan_of_it(self, paper):
        own = SimpleUploadedFile("sama.pdf", make.kept(paper.document), "application/pdf")
        with pytest.raises(UploadRefused, match="sama persis"):
            attach_scan(paper, own, actor=make.demo("bidang"))

    def test_a_stranger_lays_nothing_beside_it_and_nobody_beside_a_cancelled_number(self, paper):
        with pytest.raises(StepForbidden):
            attach_scan(paper, make.pdf(), actor=make.demo("operator"))
        cancel_number(paper, because="Salah.", actor=make.demo("bidang"))
        with pytest.raises(StepOutOfOrder, match="sudah dibatalkan"):
            attach_scan(paper, make.pdf(), actor=make.demo("bidang"))

    def test_the_database_lays_nothing_else_beside_it(self, paper, testing):
        scan = attach_scan(paper, make.pdf(), actor=make.demo("bidang"))
        foreign = make.evidence_file(make.exclusion())
        for document in (foreign, number_of(testing).document):
            with pytest.raises(Error, match="a scan lies beside a numbered paper"), make.savepoint():
                make.twin(scan, document=document)
        cancel_number(paper, because="Salah.", actor=make.demo("bidang"))
        with pytest.raises(Error, match="a scan lies beside a numbered paper"), make.savepoint():
            make.twin(scan, document=make.evidence_file(testing))

    def test_the_database_keeps_scans(self, paper):
        scan = attach_scan(paper, make.pdf(), actor=make.demo("bidang"))
        for change in (
            lambda: SignedPaper.objects.filter(pk=scan.pk).update(uploaded_by_name="Lain"),
            lambda: SignedPaper.objects.all().delete(),
        ):
            with pytest.raises(Error), make.savepoint():
                change()


def test_what_a_paper_was_written_from_has_a_mark_that_changes_with_it(testing):
    sheet = KINDS["test_sheet"]
    before = sheet.mark(make.again(testing))
    make.supply(testing, "test_consequences", make.demo("opd"))
    filled = sheet.mark(make.again(testing))
    assert before != filled
    assert filled == sheet.mark(make.again(testing))
    test = ConsequenceTest.objects.get(exclusion=testing.exclusion)
    test.subject = "Lain"
    fill_test(testing, test, [make.participant()], actor=make.demo("opd"))
    assert sheet.mark(make.again(testing)) != filled
