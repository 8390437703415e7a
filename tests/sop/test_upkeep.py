"""What is done with a version in force: its number, its yearly look, who has read it, and the sheet signed outside."""

import hashlib
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from ppid.organisation.models import Unit
from ppid.shelf.models import PublishedSopFile
from sop.drafts.numbering import assign_number, next_number, set_pattern
from sop.ledgers import SheetReview, SignedSheet
from sop.models import NumberingPattern, Sop, SopVersion
from sop.versions.actions import new_draft, submit
from sop.versions.signed import attach_signed
from sop.versions.store import sheet_store
from sop.versions.upkeep import acknowledge, confirm_still_right, readings
from tests.sop.conftest import approved, person, refused

pytestmark = pytest.mark.usefixtures("quick_pdf")

PDF = b"%PDF-1.7\nditandatangani\n%%EOF\n"


@pytest.fixture
def in_force(publication, ppid_utama):
    return approved(publication, by=ppid_utama)


def dinsos():
    return Unit.objects.get(code="dinsos")


@pytest.mark.parametrize(
    ("pattern", "taken", "following"),
    [
        ("{nomor}/SOP.DINSOS/{tahun}", [], "1/SOP.DINSOS/2026"),
        ("{nomor}/SOP.DINSOS/{tahun}", ["03/SOP.DINSOS/2026", "01/SOP.DINSOS/2026"], "04/SOP.DINSOS/2026"),
        ("{nomor}/SOP.DINSOS/{tahun}", ["099/SOP.DINSOS/2026"], "100/SOP.DINSOS/2026"),
        (
            "{nomor}/SOP.DINSOS/{tahun}",
            ["7/SOP.DINSOS/2025", "9/SOP.LAIN/2026", "/SOP.DINSOS/2026"],
            "1/SOP.DINSOS/2026",
        ),
        ("{nomor} / DINSOS / {tahun}", ["2/DINSOS/2026", "3 / DINSOS/2026"], "4 / DINSOS / 2026"),
        ("B-{nomor}.(x)", ["B-8.(x)", "B-9.xx"], "B-9.(x)"),
    ],
)
def test_the_next_number_follows_the_unit_s_highest_of_the_year(publication, pattern, taken, following):
    NumberingPattern.objects.create(unit=dinsos(), pattern=pattern)
    for n, number in enumerate(taken, 2):
        _another(publication, number, n)
    assert next_number(dinsos(), 2026) == following


def _another(version, number, n):
    sop = Sop.objects.create(slug=f"lain-{n}", title="Lain", unit=version.sop.unit)
    SopVersion.objects.create(sop=sop, version=1, title="LAIN", letterhead="KOP", number=number)


def test_a_unit_without_a_pattern_has_no_next_number(publication, keeper):
    assert next_number(dinsos(), 2026) == ""
    assert "belum punya pola nomor" in refused(assign_number, publication, actor=keeper)


def test_a_draft_takes_the_number_and_the_next_draft_the_one_after(publication, keeper):
    set_pattern(dinsos(), "{nomor}/SOP.DINSOS/{tahun}", actor=keeper)
    _another(publication, "", 2)
    at = timezone.make_aware(timezone.datetime(2026, 7, 1))
    before = publication.revision
    first = assign_number(publication, actor=keeper, at=at)
    second = assign_number(SopVersion.objects.get(sop__slug="lain-2"), actor=keeper, at=at)
    assert (first.number, second.number) == ("1/SOP.DINSOS/2026", "2/SOP.DINSOS/2026")
    stored = SopVersion.objects.get(pk=publication.pk)
    assert (stored.revision, stored.changed_by) == (before + 1, keeper), "whoever edits is told"


def test_only_a_draft_takes_a_number_and_only_from_its_keeper(publication, keeper):
    set_pattern(dinsos(), "{nomor}/X", actor=keeper)
    other = person("lain@contoh.id", "sop_keeper", unit="disdukcapil")
    assert "Hanya Pengelola SOP" in refused(assign_number, publication, actor=other)
    assert "Hanya Pengelola SOP" in refused(set_pattern, dinsos(), "{nomor}", actor=other)
    submit(publication, actor=keeper)
    assert "keadaan «Draf»" in refused(assign_number, publication, actor=keeper)


@pytest.mark.parametrize(
    "pattern", ["", "SOP/{tahun}", "{nomor}/{nomor}", "{nomor}/{bulan}", "{nomor", "{nomor}" + "x" * 99]
)
def test_a_pattern_that_cannot_number_is_refused(library, keeper, pattern):
    assert "Pola nomor" in refused(set_pattern, dinsos(), pattern, actor=keeper)
    assert not NumberingPattern.objects.exists()


def test_a_look_moves_the_next_one_a_year_on(in_force, keeper):
    at = timezone.now() + timedelta(days=300)
    assert SopVersion.objects.due_for_review(on=in_force.review_on).filter(pk=in_force.pk).exists()
    kept = confirm_still_right(in_force, actor=keeper, note=" Sudah dicek. ", at=at)
    assert kept.review_on > in_force.review_on
    assert not SopVersion.objects.due_for_review(on=in_force.review_on).filter(pk=in_force.pk).exists()
    look = SheetReview.objects.get(version=in_force)
    assert (look.actor, look.at, look.note, look.review_on) == (keeper, at, "Sudah dicek.", kept.review_on)
    assert kept.state == "approved"


@pytest.mark.parametrize("days", [0, -1, 3 * 366])
def test_the_next_look_is_in_the_future_but_not_far(in_force, keeper, days):
    day = timezone.localdate() + timedelta(days=days)
    assert "paling lama dua tahun" in refused(confirm_still_right, in_force, actor=keeper, review_on=day)


def test_a_look_is_for_keepers_and_for_what_is_in_force(in_force, ppid_utama, keeper):
    reader = person("staf@contoh.id", "opd", unit="dinsos")
    assert "Hanya Pengelola SOP" in refused(confirm_still_right, in_force, actor=reader)
    draft = new_draft(in_force, actor=keeper)
    assert "keadaan «Berlaku»" in refused(confirm_still_right, draft, actor=keeper)
    coming = approved(draft, by=ppid_utama, in_force_from=timezone.localdate() + timedelta(days=9))
    assert "belum berlaku" in refused(confirm_still_right, coming, actor=keeper)


def test_a_look_is_kept(in_force, keeper):
    confirm_still_right(in_force, actor=keeper)
    for way in (lambda rows: rows.update(note="lain"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            way(SheetReview.objects.filter(version=in_force))


def test_the_unit_s_people_say_that_they_have_read(in_force):
    today = timezone.localdate()
    staff = person("a-staf@contoh.id", "opd", unit="dinsos")
    waiting = person("b-staf@contoh.id", "ppid_pembantu", unit="dinsos")
    former = person("c-staf@contoh.id", "opd", unit="dinsos", ends_on=today - timedelta(days=1))
    first = acknowledge(in_force, actor=staff)
    assert acknowledge(in_force, actor=staff).at == first.at, "once"
    read = {reading.user: reading.at for reading in readings(in_force, on=today)}
    assert (read[staff], read[waiting]) == (first.at, None)
    assert former not in read
    assert readings(in_force, on=today)[-1].user == staff, "those who have read come last"


def test_others_do_not_and_only_what_is_in_force_is_read(in_force, ppid_utama, keeper):
    stranger = person("x@contoh.id", "opd", unit="dinkes")
    assert "hanya untuk petugas" in refused(acknowledge, in_force, actor=stranger)
    assert "hanya untuk petugas" in refused(acknowledge, in_force, actor=ppid_utama)
    assert "keadaan «Berlaku»" in refused(acknowledge, new_draft(in_force, actor=keeper), actor=keeper)


def test_who_has_read_the_older_one_has_not_read_the_newer(in_force, ppid_utama, keeper):
    acknowledge(in_force, actor=keeper)
    newer = approved(new_draft(in_force, actor=keeper), by=ppid_utama)
    assert {reading.at for reading in readings(newer, on=timezone.localdate())} == {None}


def upload(data=PDF, name="SOP ditandatangani.pdf"):
    return SimpleUploadedFile(name, data, "application/pdf")


def test_the_signed_sheet_is_kept_byte_for_byte(in_force, keeper):
    signed = attach_signed(in_force, upload(), keeper)
    digest = hashlib.sha256(PDF).hexdigest()
    assert (signed.sha256, signed.size, signed.uploaded_by) == (digest, len(PDF), keeper)
    assert sheet_store().path(digest).read_bytes() == PDF
    assert PublishedSopFile.objects.filter(sop__slug=in_force.sop.slug, kind="signed", sha256=digest).exists()


def test_a_signed_sheet_is_not_replaced(in_force, keeper):
    attach_signed(in_force, upload(), keeper)
    assert "tidak dapat diganti" in refused(attach_signed, in_force, upload(PDF + b"\n%%EOF"), keeper)
    assert SignedSheet.objects.get().sha256 == hashlib.sha256(PDF).hexdigest()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "kosong"),
        (b"PK\x03\x04 docx", "bukan PDF"),
        (b"%PDF-1.7\nterpotong", "terpotong"),
        (b"<html>%PDF</html>", "bukan PDF"),
    ],
)
def test_what_is_no_whole_pdf_is_refused_and_leaves_nothing(in_force, keeper, data, sentence):
    assert sentence in refused(attach_signed, in_force, upload(data), keeper)
    assert not SignedSheet.objects.exists()
    assert not list(sheet_store().root.glob(".incoming-*"))


def test_a_file_that_is_too_large_is_refused(in_force, keeper, settings):
    settings.MAX_UPLOAD_MB = 0
    assert "terlalu besar" in refused(attach_signed, in_force, upload(), keeper)


def test_only_the_keeper_attaches_and_only_to_what_is_approved(in_force, publication, keeper):
    other = person("lain@contoh.id", "sop_keeper", unit="disdukcapil")
    assert "Hanya Pengelola SOP" in refused(attach_signed, in_force, upload(), other)
    assert "keadaan «Berlaku»" in refused(attach_signed, new_draft(in_force, actor=keeper), upload(), keeper)
    assert hashlib.sha256(PDF).hexdigest() not in {file.name for file in sheet_store().root.glob("??/*")}


def test_its_name_is_made_safe_and_ends_in_pdf(in_force, keeper):
    signed = attach_signed(in_force, upload(name='a\r\nb"c.docx'), keeper)
    assert signed.filename == "a-b-c.pdf"


def test_a_version_that_has_not_come_keeps_its_signed_sheet_off_the_shelf(publication, ppid_utama, keeper):
    coming = approved(publication, by=ppid_utama, in_force_from=timezone.localdate() + timedelta(days=3))
    attach_signed(coming, upload(), keeper)
    assert not PublishedSopFile.objects.filter(sop__slug=coming.sop.slug).exists()
    assert coming.in_force_from > date(2020, 1, 1)
