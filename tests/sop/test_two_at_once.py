"""What two people do to the library at the same moment: the second waits, looks again, and is told."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from ppid.organisation.actions import keep_own_password
from ppid.organisation.models import User
from ppid.shelf.models import PublishedSop
from sop import legal_bases
from sop.drafts import editing
from sop.drafts.edits import DraftOvertaken, Saved
from sop.drafts.numbering import assign_number, set_pattern
from sop.guards import SopChanged, SopRefused
from sop.ledgers import SheetReview, SignedSheet
from sop.models import LegalBasis, SopVersion
from sop.versions.actions import approve, bring_into_force, new_draft, retire, send_back, submit
from sop.versions.given import take_source_sheets
from sop.versions.signed import attach_signed
from sop.versions.upkeep import acknowledge, confirm_still_right
from tests import make
from tests.together import two_at_once

pytestmark = pytest.mark.usefixtures("committed_database", "quick_pdf")


@pytest.fixture
def quick_pdf(monkeypatch):
    monkeypatch.setattr("sop.paper.pdf.render", lambda sheet, **foot: f"%PDF {sheet.version} {foot}".encode())


@pytest.fixture
def keeper(committed_database) -> User:
    return make.demo("pengelola")


@pytest.fixture
def chief(committed_database) -> User:
    return make.demo("utama")


@pytest.fixture
def in_force(committed_database) -> SopVersion:
    return SopVersion.objects.get(sop__slug="pengumuman-informasi-publik", version=1)


@pytest.fixture
def draft(in_force, keeper) -> SopVersion:
    return new_draft(in_force, actor=keeper)


def stored(version) -> SopVersion:
    return SopVersion.objects.get(pk=version.pk)


def refused_second(answers, sentence, kind=SopRefused):
    """Say that the first act was done and the second refused in words, and return what the first gave."""
    first, second = answers
    assert not isinstance(first, Exception), first
    assert isinstance(second, kind), second
    assert sentence in second.sentences[0]
    return first


def test_handed_in_twice_it_is_handed_in_once(draft, keeper, chief):
    answers = two_at_once(lambda: submit(draft, actor=keeper), lambda: submit(draft, actor=chief))
    refused_second(answers, "keadaan versi 2 sekarang «Ditinjau»", SopChanged)
    assert [row.actor for row in draft.changes.all()] == [keeper]


def test_sent_back_while_somebody_approves(draft, keeper, chief):
    submit(draft, actor=keeper)
    answers = two_at_once(
        lambda: send_back(draft, actor=chief, why="Langkah 3 keliru."),
        lambda: approve(draft, actor=make.demo("wakil"), why="Sudah sesuai."),
    )
    refused_second(answers, "keadaan versi 2 sekarang «Draf»", SopChanged)
    assert (stored(draft).state, stored(draft).pdf_sha256) == ("draft", "")


def test_changed_while_it_is_handed_in(draft, keeper, chief):
    answers = two_at_once(
        lambda: submit(draft, actor=keeper),
        lambda: editing.save(draft, {"title": "LAIN"}, actor=chief, seen=0),
    )
    refused_second(answers, "ditinjau, jadi tidak dapat disunting", SopChanged)


def test_the_second_who_saves_is_told_what_the_first_wrote(draft, keeper, chief):
    answers = two_at_once(
        lambda: editing.save(draft, {"number": "7/A"}, actor=keeper, seen=0),
        lambda: editing.save(draft, {"number": "8/B"}, actor=chief, seen=0),
    )
    refused_second(answers, "isian yang sama diubah orang lain", DraftOvertaken)
    assert answers[1].clashes["number"].theirs == "7/A"


def test_two_fields_written_at_once_are_both_kept(draft, keeper, chief):
    first, second = two_at_once(
        lambda: editing.save(draft, {"number": "7/A"}, actor=keeper, seen=0),
        lambda: editing.save(draft, {"created": "-"}, actor=chief, seen=0),
    )
    assert isinstance(first, Saved)
    assert [edit.actor for edit in second.others] == [keeper]
    assert (stored(draft).number, stored(draft).created, stored(draft).revision) == ("7/A", "-", 2)


def test_written_into_a_draft_that_is_being_deleted(draft, keeper, chief):
    answers = two_at_once(
        lambda: editing.delete_draft(draft, actor=keeper, seen=0),
        lambda: editing.save(draft, {"number": "8/B"}, actor=chief, seen=0),
    )
    refused_second(answers, "Draf ini sudah dihapus orang lain", SopChanged)


def test_two_begin_the_next_version(in_force, keeper, chief):
    answers = two_at_once(lambda: new_draft(in_force, actor=keeper), lambda: new_draft(in_force, actor=chief))
    refused_second(answers, "SOP ini sudah punya versi 2 yang belum diputuskan")


def test_two_sops_of_one_title_have_addresses_of_their_own(keeper, chief):
    unit = make.unit("dinsos")
    first, second = two_at_once(
        lambda: editing.start_sop(title="Santunan Kematian", unit=unit, actor=keeper),
        lambda: editing.start_sop(title="Santunan Kematian", unit=unit, actor=chief),
    )
    assert (first.sop.slug, second.sop.slug) == ("santunan-kematian", "santunan-kematian-2")


def test_two_drafts_of_a_unit_never_get_one_number(in_force, draft, keeper, chief):
    set_pattern(in_force.sop.unit, "{nomor}/DINSOS/{tahun}", actor=keeper)
    other = editing.start_sop(title="Santunan", unit=in_force.sop.unit, actor=keeper)
    first, second = two_at_once(lambda: assign_number(draft, actor=keeper), lambda: assign_number(other, actor=chief))
    year = timezone.localdate().year
    assert (first.number, second.number) == (f"1/DINSOS/{year}", f"2/DINSOS/{year}")


def test_a_version_called_off_as_its_day_comes_never_takes_the_older_one_s_place(in_force, draft, keeper, chief):
    tomorrow = timezone.localdate() + timedelta(days=1)
    submit(draft, actor=keeper)
    coming = approve(draft, actor=chief, in_force_from=tomorrow, why="Sudah sesuai.")
    first, second = two_at_once(
        lambda: retire(coming, actor=chief, why="Batal."), lambda: bring_into_force(on=tomorrow)
    )
    assert first.state == "retired"
    assert second == []
    assert stored(in_force).state == "approved"
    assert PublishedSop.objects.in_force().get(slug=in_force.sop.slug).version == 1


def test_brought_into_force_by_two_jobs_it_comes_once(in_force, draft, keeper, chief):
    tomorrow = timezone.localdate() + timedelta(days=1)
    submit(draft, actor=keeper)
    coming = approve(draft, actor=chief, in_force_from=tomorrow, why="Sudah sesuai.")
    answers = two_at_once(lambda: bring_into_force(on=tomorrow), lambda: bring_into_force(on=tomorrow))
    assert answers == ([coming], [])


def test_retired_twice_the_public_reads_the_first_reason(in_force, chief):
    make.bind(in_force.sop)
    answers = two_at_once(
        lambda: retire(in_force, actor=chief, why="Tugasnya pindah."),
        lambda: retire(in_force, actor=make.demo("wakil"), why="Lain."),
    )
    refused_second(answers, "keadaan versi 1 sekarang «Dicabut»", SopChanged)


def test_of_two_signed_sheets_the_first_is_kept(in_force, keeper, chief):
    def sheet(text):
        return SimpleUploadedFile("a.pdf", f"%PDF-1.7\n{text}\n%%EOF\n".encode(), "application/pdf")

    answers = two_at_once(
        lambda: attach_signed(in_force, sheet("satu"), keeper), lambda: attach_signed(in_force, sheet("dua"), chief)
    )
    first = refused_second(answers, "tidak dapat diganti")
    assert SignedSheet.objects.get().sha256 == first.sha256


def test_looked_at_twice_at_once_it_is_one_look(in_force, keeper, chief):
    answers = two_at_once(
        lambda: confirm_still_right(in_force, actor=keeper), lambda: confirm_still_right(in_force, actor=chief)
    )
    refused_second(answers, "sudah dicatat hari ini oleh", SopChanged)
    assert SheetReview.objects.get().actor == keeper


def test_read_while_it_is_retired(in_force, keeper, chief):
    make.bind(in_force.sop)
    answers = two_at_once(
        lambda: retire(in_force, actor=chief, why="Tugasnya pindah."), lambda: acknowledge(in_force, actor=keeper)
    )
    refused_second(answers, "keadaan versi 1 sekarang «Dicabut»", SopChanged)


def law(number, **fields) -> LegalBasis:
    return LegalBasis(kind="perwal", number=number, year=2020, title=f"Hal {number}", **fields)


def test_two_laws_never_replace_each_other(keeper, chief):
    older, newer = (legal_bases.record(law(number), actor=keeper) for number in ("1", "2"))
    older.status = newer.status = "revoked"
    older.replaced_by, newer.replaced_by = newer, older
    answers = two_at_once(
        lambda: legal_bases.record(older, actor=keeper), lambda: legal_bases.record(newer, actor=chief)
    )
    refused_second(answers, "Penggantinya digantikan kembali")


def test_a_law_recorded_twice_stands_once(keeper, chief):
    answers = two_at_once(
        lambda: legal_bases.record(law("9"), actor=keeper), lambda: legal_bases.record(law("9"), actor=chief)
    )
    refused_second(answers, "sudah tercatat")


def test_the_source_sheets_are_taken_once_by_two_at_once(monkeypatch):
    make.no_office()
    monkeypatch.setenv("APPOINT_PASSWORD", "sandi-pertama-yang-panjang")
    call_command("appoint", "kepala@contoh.go.id", "--name", "Dr. Kepala, M.Si.", "--order", "800/1/2026", verbosity=0)
    keep_own_password(chief := User.objects.get())
    deputy = make.person("ppid_utama", unit="diskominfo", kind="plh", starts_on=timezone.localdate())

    first, second = two_at_once(lambda: take_source_sheets(actor=chief), lambda: take_source_sheets(actor=deputy))

    assert len(first) == 2
    assert isinstance(second, SopChanged), second
    assert SopVersion.objects.count() == 2
