"""What approving, superseding and retiring a sheet does to the public library."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from ppid.content_store import FolderStore
from ppid.shelf.actions import public_store, put_sop, retire_sop
from ppid.shelf.models import PublishedSop, PublishedSopFile
from ppid.shelf.search.question import read
from sop.export import docx, json, xlsx
from sop.ledgers import SignedSheet
from sop.models import Activity, Performer, Sop, SopVersion
from sop.versions import actions
from sop.versions.shelving import show
from sop.versions.store import sheet_store
from tests import make

pytestmark = pytest.mark.django_db

SLUG = "pengumuman-informasi-publik"


def approved(draft: SopVersion) -> SopVersion:
    actions.submit(draft, actor=make.demo("pengelola"))
    return actions.approve(SopVersion.objects.get(pk=draft.pk), actor=make.demo("utama"), why="Sesuai.")


@pytest.fixture
def own(db) -> SopVersion:
    """A sheet of two steps that no flow follows, in force."""
    sop = Sop.objects.create(slug="kunjungan", title="Kunjungan Rumah", unit=make.unit("dinsos"), theme="Layanan")
    version = SopVersion.objects.create(sop=sop, version=1, title="KUNJUNGAN RUMAH", letterhead="Kop", number="7/2026")
    performer = Performer.objects.create(version=version, position=1, label="Petugas")
    for number, (kind, text) in enumerate([("start", "Menjadwalkan kunjungan"), ("end", "Melaporkan hasil")], start=1):
        Activity.objects.create(version=version, number=number, text=text, performer=performer, kind=kind)
    return approved(version)


def shown() -> list[tuple]:
    return list(PublishedSop.objects.filter(slug="kunjungan").order_by("version").values_list("version", "status"))


def test_an_approved_sheet_stands_in_the_library_with_what_it_is_found_by(own):
    sop = PublishedSop.objects.get(slug="kunjungan")
    assert (sop.theme, sop.status, sop.in_force_from) == ("Layanan", "in_force", timezone.localdate())
    assert sop.steps == "Menjadwalkan kunjungan\nMelaporkan hasil"
    assert sop.name == "kunjungan rumah"
    for words in ("kunjungan", "menjadwalkan", "melaporkan hasil", "7/2026"):
        assert PublishedSop.objects.matching(read(words)).filter(pk=sop.pk).exists(), words


def bytes_of(kind: str) -> bytes:
    with public_store().open(PublishedSopFile.objects.get(sop__slug="kunjungan", kind=kind).sha256) as file:
        return file.read()


def test_it_is_offered_in_every_form(own):
    kinds = PublishedSopFile.objects.filter(sop__slug="kunjungan").values_list("kind", "filename")
    assert list(kinds) == [
        ("f4", "lembar-f4.pdf"),
        ("archive", "arsip.pdf"),
        ("docx", "lembar.docx"),
        ("xlsx", "lembar.xlsx"),
        ("json", "data.json"),
    ]
    sheet = SopVersion.objects.with_sheet().get(pk=own.pk).sheet()
    assert json.read(bytes_of("json")) == docx.carried(bytes_of("docx")) == xlsx.carried(bytes_of("xlsx")) == sheet
    assert bytes_of("f4").startswith(b"%PDF-")
    assert bytes_of("archive").startswith(b"%PDF-")


def test_the_older_version_stays_as_superseded(own):
    approved(actions.new_draft(own, actor=make.demo("utama")))
    assert shown() == [(1, "superseded"), (2, "in_force")]
    older = PublishedSop.objects.get(slug="kunjungan", version=1)
    assert older.ended_on == timezone.localdate()
    assert public_store().path(older.pdf_sha256).exists()


def test_a_version_whose_day_has_not_come_is_not_shown(own):
    draft = actions.new_draft(own, actor=make.demo("utama"))
    actions.submit(draft, actor=make.demo("pengelola"))
    tomorrow = timezone.localdate() + timedelta(days=1)
    actions.approve(
        SopVersion.objects.get(pk=draft.pk), actor=make.demo("utama"), in_force_from=tomorrow, why="Sesuai."
    )
    assert shown() == [(1, "in_force")]
    actions.bring_into_force(on=tomorrow)
    assert shown() == [(1, "superseded"), (2, "in_force")]
    assert PublishedSop.objects.get(slug="kunjungan", version=1).ended_on == tomorrow


def test_a_retired_sheet_stays_readable_with_the_reason(own):
    actions.retire(own, actor=make.demo("utama"), why="Tugasnya pindah.")
    sop = PublishedSop.objects.get(slug="kunjungan")
    assert (sop.status, sop.ended_because, sop.ended_on) == ("retired", "Tugasnya pindah.", timezone.localdate())


def test_a_signed_sheet_joins_later_and_the_papers_stay_as_they_were(own):
    paper = PublishedSopFile.objects.get(sop__slug="kunjungan", kind="json")
    approved(actions.new_draft(own, actor=make.demo("utama")))
    kept = sheet_store().put([b"%PDF basah"])
    SignedSheet.objects.create(
        version=own,
        filename="SOP budi.pdf",
        sha256=kept.sha256,
        size=kept.size,
        uploaded_by=make.demo("pengelola"),
        uploaded_at=timezone.now(),
    )
    show(SopVersion.objects.with_sheet().get(pk=own.pk))
    assert shown() == [(1, "superseded"), (2, "in_force")]
    files = {file.kind: file for file in PublishedSopFile.objects.filter(sop__slug="kunjungan", sop__version=1)}
    assert files["signed"].sha256 == kept.sha256
    assert files["signed"].filename == "bertanda-tangan.pdf", "the upload's own name stays inside"
    assert files["json"].sha256 == paper.sha256


def test_bytes_leave_with_the_last_row_that_needs_them(own, django_capture_on_commit_callbacks):
    sop = PublishedSop.objects.get(slug="kunjungan")
    source = FolderStore(public_store().root.parent / "sumber")
    other = source.put([b"%PDF lain"])
    with django_capture_on_commit_callbacks(execute=True):
        again = PublishedSop.objects.get(pk=sop.pk)
        again.pk, again.pdf_sha256, again.pdf_size = None, other.sha256, other.size
        put_sop(again, source=source)
    assert not public_store().path(sop.pdf_sha256).exists()
    assert public_store().path(other.sha256).exists()


def test_the_database_keeps_one_version_in_force_and_an_end_for_the_others(own):
    with pytest.raises(IntegrityError, match="shown_version_ends_with_its_status"), make.savepoint():
        PublishedSop.objects.filter(slug="kunjungan").update(status="superseded")
    approved(actions.new_draft(own, actor=make.demo("utama")))
    with pytest.raises(IntegrityError, match="one_shown_version_in_force"), make.savepoint():
        PublishedSop.objects.filter(slug="kunjungan").update(status="in_force", ended_on=None)


def test_retiring_what_is_not_there_changes_nothing(db):
    before = list(PublishedSop.objects.values_list("slug", "status"))
    retire_sop("tidak-ada", on=timezone.localdate(), reason="x")
    assert list(PublishedSop.objects.values_list("slug", "status")) == before
