"""What the database keeps of the library by itself: no move and no edit without its row, and no row ever lost."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from sop.drafts import editing
from sop.drafts.editing import DraftOvertaken, confirm_interpretation
from sop.drafts.numbering import assign_number, set_pattern
from sop.ledgers import DraftEdit, SheetReview, SignedSheet, StateChange
from sop.models import SopVersion
from sop.versions.actions import new_draft, send_back, submit
from sop.versions.upkeep import acknowledge, confirm_still_right
from tests import make
from tests.sop.conftest import approved, person, refused

pytestmark = pytest.mark.usefixtures("quick_pdf")


def refuses(sentence):
    """Expect the database to refuse, also what it looks at only when a transaction ends."""
    return pytest.raises(DatabaseError, match=sentence)


def sql(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def row(version, sequence, before, after, actor):
    moment = timezone.now()
    return StateChange.objects.create(
        version=version, sequence=sequence, from_state=before, to_state=after, actor=actor, at=moment
    )


def stored(version):
    return SopVersion.objects.get(pk=version.pk)


@pytest.fixture
def in_force(publication, ppid_utama):
    return approved(publication, by=ppid_utama)


@pytest.fixture
def signed(in_force, keeper):
    return SignedSheet.objects.create(
        version=in_force, filename="a.pdf", sha256="0" * 64, size=1, uploaded_by=keeper, uploaded_at=timezone.now()
    )


def test_the_state_does_not_move_without_its_row(publication):
    for change in ({"state": "in_review"}, {"state": "in_review", "moves": 1}, {"moves": 1}):
        with refuses("moves with its ledger row only"), transaction.atomic():
            SopVersion.objects.filter(pk=publication.pk).update(**change)


def test_a_row_moves_its_version_once_and_not_again(publication, ppid_utama, keeper):
    submit(publication, actor=keeper)
    send_back(publication, actor=ppid_utama, why="Perbaiki.")
    with refuses("moves with its ledger row only"), transaction.atomic():
        SopVersion.objects.filter(pk=publication.pk).update(state="in_review", moves=3)
    with refuses("moves with its ledger row only"), transaction.atomic():
        SopVersion.objects.filter(pk=publication.pk).update(state="in_review", moves=1)


def test_a_row_without_its_move_does_not_last(publication, keeper):
    with refuses("without its move"), transaction.atomic():
        row(publication, 1, "draft", "in_review", keeper)
        make.at_the_end()


def test_a_row_starts_where_its_version_stands(publication, keeper):
    for sequence, before in ((1, "in_review"), (2, "draft"), (0, "draft")):
        with refuses("starts where its version stands|check constraint"), transaction.atomic():
            row(publication, sequence, before, "in_review", keeper)


def test_who_handed_it_in_does_not_approve_it_in_sql_either(publication, ppid_utama, keeper):
    submit(publication, actor=ppid_utama)
    with refuses("nobody approves what they handed in"), transaction.atomic():
        row(publication, 2, "in_review", "approved", ppid_utama)
    facts = {
        "approved_at": timezone.now(),
        "pdf_sha256": "0" * 64,
        "pdf_size": 1,
        "in_force_from": date(2026, 1, 1),
        "review_on": date(2027, 1, 1),
        "runs": "publication",
    }

    def name_another():
        row(publication, 2, "in_review", "approved", keeper)
        SopVersion.objects.filter(pk=publication.pk).update(state="approved", moves=2, approved_by=ppid_utama, **facts)

    # Nor may the ledger name somebody else than the sheet does.
    with refuses("moves with its ledger row only"), transaction.atomic():
        name_another()


@pytest.mark.parametrize(
    "fields",
    [
        {"number": "7/2026"},
        {"title": "LAIN"},
        {"legal_bases": ["UU 14/2008"]},
        {"origin": "written"},
        {"confirmed_at": timezone.now(), "confirmed_by": 1},
        {"revision": 1},
        {"changed_at": timezone.now()},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_draft_is_not_written_past_its_ledger(publication, fields):
    with refuses("a draft changes with its ledger row only"), transaction.atomic():
        SopVersion.objects.filter(pk=publication.pk).update(**fields)


def test_an_edit_starts_where_its_draft_stands_and_changes_it(publication, keeper):
    def edit(revision):
        DraftEdit.objects.create(version=publication, revision=revision, actor=keeper, at=timezone.now(), changes=[])

    with refuses("starts where its draft stands"), transaction.atomic():
        edit(2)
    with refuses("an edit without its draft"), transaction.atomic():
        edit(1)
        make.at_the_end()
    submit(publication, actor=keeper)
    with refuses("starts where its draft stands"), transaction.atomic():
        edit(1)


def test_an_edit_is_deleted_with_its_whole_draft_only(in_force, ppid_utama, keeper):
    draft = new_draft(in_force, actor=keeper)
    editing.save(draft, {"number": "7"}, actor=keeper, seen=0)
    with refuses("with its whole draft only"), transaction.atomic():
        DraftEdit.objects.filter(version=draft).delete()
        make.at_the_end()
    assert editing.delete_draft(draft, actor=keeper, seen=1) == in_force.sop
    make.at_the_end()
    assert not DraftEdit.objects.filter(version=draft.pk).exists()


@pytest.mark.parametrize("day", [None, date(2040, 1, 1)])
@pytest.mark.parametrize("state", ["draft", "in_review", "approved"])
def test_the_next_look_moves_with_a_review_only(publication, ppid_utama, keeper, state, day):
    if state == "in_review":
        submit(publication, actor=keeper)
    elif state == "approved":
        approved(publication, by=ppid_utama)
    if state != "approved" and day is None:
        return
    with pytest.raises(DatabaseError), transaction.atomic():
        SopVersion.objects.filter(pk=publication.pk).update(review_on=day)


def test_an_older_review_does_not_bring_its_day_back(in_force, keeper):
    today = timezone.localdate()
    first = confirm_still_right(in_force, actor=keeper, review_on=today + timedelta(days=90)).review_on
    second = confirm_still_right(in_force, actor=keeper, review_on=today + timedelta(days=200)).review_on
    with refuses("moves with a review only"), transaction.atomic():
        SopVersion.objects.filter(pk=in_force.pk).update(review_on=first)
    assert stored(in_force).review_on == second


def test_a_review_without_its_day_does_not_last(in_force, keeper):
    with refuses("a review without its next look"), transaction.atomic():
        SheetReview.objects.create(version=in_force, actor=keeper, at=timezone.now(), review_on=date(2040, 1, 1))
        make.at_the_end()


def test_only_what_is_approved_is_signed_reviewed_and_read(in_force, keeper):
    draft = new_draft(in_force, actor=keeper)
    moment = timezone.now()
    rows = [
        lambda: SignedSheet.objects.create(
            version=draft, filename="a.pdf", sha256="0" * 64, size=1, uploaded_by=keeper, uploaded_at=moment
        ),
        lambda: draft.reviews.create(actor=keeper, at=moment, review_on=date(2040, 1, 1)),
        lambda: draft.acknowledgements.create(user=keeper, at=moment),
    ]
    for add in rows:
        with refuses("only an approved SOP version"), transaction.atomic():
            add()


def test_who_has_read_it_stays_written(in_force, keeper):
    acknowledge(in_force, actor=keeper)
    for way in (lambda rows: rows.update(at=timezone.now()), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            way(in_force.acknowledgements.all())


@pytest.mark.parametrize(
    "table",
    [
        "sop_sop",
        "sop_binding",
        "sop_sopversion",
        "sop_performer",
        "sop_performerrole",
        "sop_activity",
        "sop_statechange",
        "sop_draftedit",
        "sop_importedfile",
        "sop_importdoubt",
        "sop_signedsheet",
        "sop_sheetreview",
        "sop_acknowledgement",
    ],
)
def test_no_table_of_the_library_is_emptied(signed, table):
    make.at_the_end()  # a table with rows still to be looked at is refused for another reason
    for statement in (f"TRUNCATE {table} CASCADE", f"TRUNCATE {table}"):
        with refuses("is kept, never emptied|referenced in a foreign key"), transaction.atomic():
            sql(statement)
    with refuses(f"^{table} is kept, never emptied"), transaction.atomic():
        sql(f"TRUNCATE {table} CASCADE")


def test_a_number_given_is_told_to_whoever_had_an_older_page(publication, keeper):
    colleague = person("rekan@contoh.id", "sop_keeper", unit="dinsos")
    before = {"number": publication.number, "created": publication.created}
    set_pattern(publication.sop.unit, "{nomor}/SOP.DINSOS/{tahun}", actor=keeper)
    given = assign_number(publication, actor=keeper).number
    # The older page sends back the number that it showed: it had been left as it was, so the new one stays.
    saved = editing.save(publication, {**before, "created": "-"}, actor=colleague, seen=0)
    assert (stored(publication).number, stored(publication).created) == (given, "-")
    assert [(edit.actor, edit.changes[0]["said"]) for edit in saved.others] == [(keeper, [before["number"], given])]
    # And whoever had typed a number of their own is asked first.
    with pytest.raises(DraftOvertaken) as overtaken:
        editing.save(publication, {"number": "99/LAIN"}, actor=colleague, seen=0)
    assert overtaken.value.clashes["number"].theirs == given
    assert stored(publication).number == given


def test_a_confirmation_is_an_edit_and_told(publication, keeper):
    colleague = person("rekan@contoh.id", "sop_keeper", unit="dinsos")
    confirm_interpretation(publication, actor=keeper, seen=0)
    (edit,) = publication.edits.all()
    assert (edit.actor, edit.changes[0]["said"]) == (keeper, ["belum dikonfirmasi", "dikonfirmasi"])
    assert (stored(publication).revision, stored(publication).confirmed_by) == (1, keeper)
    row = publication.activities.get(number=2)
    typed = {f"activity.{row.pk}.performer": str(publication.performers.get(position=3).pk)}
    saved = editing.save(publication, typed, actor=colleague, seen=0)
    assert [edit.actor for edit in saved.others] == [keeper]
    assert any("dikonfirmasi lagi" in sentence for sentence in saved.notices)
    assert stored(publication).is_interpretation


def test_nobody_confirms_what_they_have_not_read(publication, keeper):
    colleague = person("rekan@contoh.id", "sop_keeper", unit="dinsos")
    row = publication.activities.get(number=2)
    third = publication.performers.get(position=3).pk
    editing.save(publication, {f"activity.{row.pk}.output": "Nota"}, actor=colleague, seen=0)
    editing.save(publication, {f"activity.{row.pk}.performer": str(third)}, actor=colleague, seen=1)
    assert "Rekan mengubah pembagian langkah" in refused(confirm_interpretation, publication, actor=keeper, seen=1)
    assert stored(publication).is_interpretation
    confirm_interpretation(publication, actor=keeper, seen=2)
    assert "sudah dikonfirmasi oleh Pengelola" in refused(confirm_interpretation, publication, actor=keeper, seen=3)


def test_what_was_written_here_needs_no_confirmation(library, keeper, ppid_utama):
    draft = editing.start_sop(title="Santunan", unit=keeper.appointments.get().unit, actor=keeper)
    assert (draft.origin, draft.is_interpretation) == ("written", False)
    assert "disusun di portal ini" in refused(confirm_interpretation, draft, actor=keeper)
