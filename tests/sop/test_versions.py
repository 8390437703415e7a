"""What approving a version does, and that nothing changes it afterwards; who may move it is in test_review."""

import io

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed
from pypdf import PdfReader

from ppid.content_store import FolderStore
from ppid.organisation.models import Role
from ppid.shelf.models import PublishedSop
from sop import bindings
from sop.drafts import editing
from sop.drafts.editing import confirm_interpretation
from sop.drawing.drawn import draw
from sop.models import Activity, Performer, PerformerRole, SopVersion
from sop.versions.actions import new_draft, submit
from sop.versions.store import sheet_store
from tests import make
from tests.sop.conftest import approved, refused


def stored(version):
    return SopVersion.objects.with_sheet().get(pk=version.pk)


@pytest.fixture
def in_force(publication, ppid_utama, quick_pdf):
    return approved(publication, by=ppid_utama)


def test_approving_puts_the_draft_in_force_with_the_pdf_that_is_kept(publication, ppid_utama):
    at = timezone.now()
    came = approved(publication, by=ppid_utama, at=at)
    version = stored(publication)
    assert version.state == came.state == SopVersion.State.APPROVED
    assert (version.approved_by, version.approved_at) == (ppid_utama, at)
    with sheet_store().open(version.pdf_sha256) as file:
        data = file.read()
    assert len(data) == version.pdf_size
    assert len(PdfReader(io.BytesIO(data)).pages) == 2


def test_approving_shows_it_to_the_public(publication, ppid_utama):
    version = approved(publication, by=ppid_utama)
    shown = PublishedSop.objects.in_force().get(slug="pengumuman-informasi-publik")
    assert shown.sheet == draw(version.sheet())
    assert (shown.version, shown.number, shown.unit_code) == (1, "/SOP.DINSOS/2023", "dinsos")
    assert FolderStore(settings.PUBLIC_FILES).path(shown.pdf_sha256).exists()


def test_a_newer_version_supersedes_the_older(in_force, ppid_utama):
    newer = approved(new_draft(in_force, actor=ppid_utama), by=ppid_utama)
    assert stored(in_force).state == SopVersion.State.SUPERSEDED
    assert list(SopVersion.objects.in_force(on=timezone.localdate()).filter(sop=in_force.sop)) == [newer]
    assert PublishedSop.objects.in_force().get(slug=in_force.sop.slug).version == 2


def test_a_new_draft_is_the_whole_sheet_again(in_force, ppid_utama):
    draft = new_draft(confirmed := stored(in_force), actor=ppid_utama)
    before, after = confirmed.sheet().as_data(), stored(draft).sheet().as_data()
    assert (before.pop("version"), after.pop("version")) == (1, 2)
    assert after == before
    roles = [[role.code for role in p.roles.order_by("code")] for p in draft.performers.all()]
    assert roles == [[role.code for role in p.roles.order_by("code")] for p in in_force.performers.all()]
    durations = "number", "duration_value", "duration_unit"
    assert list(draft.activities.values_list(*durations)) == list(in_force.activities.values_list(*durations))


def test_a_new_draft_must_be_confirmed_anew(publication, ppid_utama, keeper):
    confirm_interpretation(publication, actor=keeper)
    version = approved(publication, by=ppid_utama)
    assert not stored(version).is_interpretation
    assert new_draft(version, actor=ppid_utama).is_interpretation


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda v: v.activities.all().delete(), "belum punya aktivitas"),
        (lambda v: v.activities.filter(number=5).update(performer=None), "nomor 5 belum punya pelaksana"),
        (lambda v: v.activities.filter(number=4).update(if_no=44), "menuju nomor 44"),
        (
            lambda v: PerformerRole.objects.filter(performer__version=v, performer__position=3).delete(),
            "«PPID Pelaksana»",
        ),
        (lambda v: v.activities.filter(number=1).update(kind="process"), "harus berbentuk Mulai"),
        (lambda v: v.activities.filter(number=7).update(kind="process"), "harus berbentuk Selesai"),
        (lambda v: v.activities.filter(number=3).delete(), "3 «Penyiapan» belum dibawa baris mana pun"),
        (lambda v: v.activities.filter(number=2).update(kind="decision", if_yes=4, if_no=1), "melewati baris nomor 3"),
        (lambda v: bindings._flows.clear(), "tidak dijalankan oleh portal ini"),
    ],
)
def test_what_is_missing_is_said_and_nothing_changes(publication, ppid_utama, spoil, sentence):
    spoil(publication)
    assert sentence in refused(submit, publication, actor=ppid_utama)
    assert stored(publication).state == SopVersion.State.DRAFT
    assert not PublishedSop.objects.exists()


def test_a_sheet_that_no_flow_follows_needs_no_flow(publication, ppid_utama, quick_pdf):
    make.bind(publication.sop)
    publication.activities.filter(number=4).update(carries=[])
    assert approved(publication, by=ppid_utama).state == SopVersion.State.APPROVED


def test_the_other_sheet_agrees_with_its_flow_too(exclusion, ppid_utama, quick_pdf):
    assert approved(exclusion, by=ppid_utama).state == SopVersion.State.APPROVED


# Every way to touch an approved version: by the ORM, by queryset, by hand.
WAYS = {
    "saving it": lambda v: _save(v, title="LAIN"),
    "updating it": lambda v: SopVersion.objects.filter(pk=v.pk).update(effective="2024"),
    "bulk updating it": lambda v: SopVersion.objects.bulk_update([_set(v, number="1")], ["number"]),
    "unapproving it": lambda v: SopVersion.objects.filter(pk=v.pk).update(state="draft"),
    "deleting it": lambda v: SopVersion.objects.filter(pk=v.pk).delete(),
    "SQL on its text": lambda v: _sql("UPDATE sop_sopversion SET letterhead = 'x' WHERE id = %s", v.pk),
    "SQL on its lists": lambda v: _sql("UPDATE sop_sopversion SET warnings = '{}' WHERE id = %s", v.pk),
    "SQL on its PDF": lambda v: _sql("UPDATE sop_sopversion SET pdf_sha256 = 'x' WHERE id = %s", v.pk),
    "SQL on its state": lambda v: _sql("UPDATE sop_sopversion SET state = 'draft' WHERE id = %s", v.pk),
    "deleting by SQL": lambda v: _sql("DELETE FROM sop_sopversion WHERE id = %s", v.pk),
    "an activity's text": lambda v: v.activities.filter(number=2).update(text="Lain"),
    "an activity by SQL": lambda v: _sql(
        "UPDATE sop_activity SET if_no = 2 WHERE version_id = %s AND number = 4", v.pk
    ),
    "an activity less": lambda v: v.activities.filter(number=7).delete(),
    "an activity more": lambda v: Activity.objects.create(
        version=v, number=8, text="Lain", performer=v.performers.first(), kind="end"
    ),
    "a performer's label": lambda v: v.performers.filter(position=1).update(label="Lain"),
    "a performer less": lambda v: _sql("DELETE FROM sop_performer WHERE version_id = %s AND position = 3", v.pk),
    "a performer more": lambda v: Performer.objects.create(version=v, position=9, label="Lain"),
    "a role less": lambda v: PerformerRole.objects.filter(performer__version=v).delete(),
    "a role more": lambda v: PerformerRole.objects.create(
        performer=v.performers.first(), role=Role.objects.get(code="operator")
    ),
    "another role": lambda v: PerformerRole.objects.filter(performer__version=v, performer__position=1).update(
        role=Role.objects.get(code="operator")
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_an_approved_version_never_changes(in_force, way):
    version = stored(in_force)
    before = version.sheet().as_data()
    with pytest.raises(DatabaseError, match="never changes|Cannot|Invalid transition"), transaction.atomic():
        WAYS[way](version)
    assert stored(in_force).sheet().as_data() == before
    assert stored(in_force).state == SopVersion.State.APPROVED


def test_a_part_of_a_draft_cannot_be_moved_into_an_approved_version(in_force, exclusion):
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Activity.objects.filter(version=exclusion, number=5).update(version=in_force, number=8)


def test_a_superseded_version_never_comes_back(in_force, ppid_utama):
    approved(new_draft(in_force, actor=ppid_utama), by=ppid_utama)
    old = SopVersion.objects.filter(pk=in_force.pk)
    for state in ("draft", "approved"):
        with pytest.raises(DatabaseError), transaction.atomic():
            old.update(state=state)


@pytest.mark.parametrize("begins", [{"state": "approved"}, {"state": "in_review"}, {"moves": 1}, {"revision": 1}])
def test_a_version_starts_as_a_draft(in_force, begins):
    given = {"version": 9, "state": "draft", "moves": 0, "revision": 0, **begins}
    with pytest.raises(DatabaseError, match="Cannot insert rows from sop_sopversion"), transaction.atomic():
        make.twin(in_force, **given)


def test_who_began_a_version_stays_also_with_an_edit_of_its_ledger(publication, keeper):
    publication.edits.create(revision=1, actor=keeper, at=timezone.now(), changes=[])
    edited = {"revision": 1, "changed_by": keeper, "changed_at": timezone.now()}
    rows = SopVersion.objects.filter(pk=publication.pk)
    with pytest.raises(DatabaseError, match="Cannot update rows from sop_sopversion"), transaction.atomic():
        rows.update(**edited, begun_by=make.demo("utama"))
    rows.update(**edited)


def test_the_states_follow_one_another(publication, in_force):
    with pytest.raises(TransitionNotAllowed):
        publication.supersede()
    with pytest.raises(TransitionNotAllowed):
        stored(in_force).approve(actor=None, at=None, pdf=None, in_force_from=None, review_on=None)
    with pytest.raises(AttributeError):
        publication.state = "approved"


def test_a_draft_may_change(publication, keeper):
    editing.save(publication, {"title": "LAIN"}, actor=keeper, seen=0)
    assert stored(publication).title == "LAIN"
    publication.activities.filter(number=2).update(text="Lain")
    assert stored(publication).sheet().rows[1].text == "Lain"


def _set(version, **fields):
    for name, value in fields.items():
        setattr(version, name, value)
    return version


def _save(version, **fields):
    _set(version, **fields).save()


def _sql(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
