"""The database itself keeps the order and the ledger: no QuerySet, no raw SQL gets around them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone

from ppid.flows import states
from ppid.flows.actions import take_step
from ppid.flows.ledger import Evidence, StepRecord
from ppid.flows.life import Withdrawal
from ppid.flows.models import Case
from sop.models import SopVersion
from sop.versions import actions as library
from tests import make
from tests.flows.test_guards import forged_row

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def sql(statement: str, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused(act, match: str | None = None):
    """Run the act; it must be refused, at the latest when the transaction is about to end."""

    def act_and_commit():
        act()
        sql("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match=match), make.savepoint():
        act_and_commit()


ROUNDABOUT = {
    "a later state": lambda case: Case.objects.filter(pk=case.pk).update(state="published"),
    "the next state without its row": lambda case: Case.objects.filter(pk=case.pk).update(state="releasing"),
    "the next state and a count": lambda case: Case.objects.filter(pk=case.pk).update(state="releasing", moves=4),
    "by sql": lambda case: sql("UPDATE flows_case SET state = 'releasing', moves = moves + 1 WHERE id = %s", case.pk),
    "another flow": lambda case: Case.objects.filter(pk=case.pk).update(flow="exclusion"),
    "another item": lambda case: Case.objects.filter(pk=case.pk).update(information=make.information().pk),
    "another unit": lambda case: Case.objects.filter(pk=case.pk).update(unit=make.unit("setda")),
    "due later": lambda case: Case.objects.filter(pk=case.pk).update(due_at=timezone.now()),
    "due never": lambda case: sql("UPDATE flows_case SET due_at = NULL WHERE id = %s", case.pk),
    "received later": lambda case: Case.objects.filter(pk=case.pk).update(received_at=timezone.now()),
    "all cases emptied": lambda case: sql("TRUNCATE flows_case CASCADE"),
    "evidence emptied": lambda case: sql("TRUNCATE flows_evidence"),
    "evidence bound afterwards": lambda case: Evidence.objects.create(
        record=case.records.last(),
        part="output",
        document=case.information.documents.content().get(),
        sha256=case.information.documents.content().get().sha256,
    ),
    "only ended": lambda case: Case.objects.filter(pk=case.pk).update(ended_at=timezone.now()),
    "deleted": lambda case: Case.objects.filter(pk=case.pk).delete(),
    "deleted by sql": lambda case: sql("DELETE FROM flows_case WHERE id = %s", case.pk),
    "ledger noted anew": lambda case: case.records.update(note="Diubah."),
    "ledger deleted": lambda case: sql("DELETE FROM flows_steprecord WHERE case_id = %s", case.pk),
    "ledger emptied": lambda case: sql("TRUNCATE flows_steprecord CASCADE"),
    "evidence exchanged": lambda case: Evidence.objects.filter(record__case=case).update(part="output"),
    "evidence deleted": lambda case: sql("DELETE FROM flows_evidence"),
    "document deleted": lambda case: sql("DELETE FROM information_document"),
    "document's bytes": lambda case: case.information.documents.update(sha256="0" * 64),
}


@pytest.mark.parametrize("way", ROUNDABOUT)
def test_no_way_leads_around_the_flow(way):
    case = make.publication(at="clarifying")
    refused(lambda: ROUNDABOUT[way](case))
    again = make.again(case)
    assert (again.state, again.moves, again.records.count()) == ("clarifying", 3, 3)


def test_a_ledger_row_without_its_move_does_not_last():
    case = make.publication(at="releasing")
    last = case.records.last()

    def forge():
        # A row that carries several steps has its time once: this one says no time, so it was nobody's.
        make.twin(
            last,
            sequence=5,
            step=5,
            key="row",
            from_state="releasing",
            to_state="renewing",
            received_at=case.received_at,
            due_at=case.due_at,
            used_days=None,
            used_minutes=None,
        )

    refused(forge, "a ledger row without its move")


def test_a_ledger_row_starts_where_its_case_stands():
    case = make.publication(at="releasing")
    row = case.records.first()
    row.pk, row.sequence = None, 5
    with pytest.raises(DatabaseError, match="starts where its case stands"), make.savepoint():
        row.save(force_insert=True)


def test_not_even_a_forged_row_approves_ones_own_work():
    case = make.publication(at="clarifying")
    preparer = case.records.get(key="prepare")
    row = StepRecord(
        case=case,
        sequence=4,
        kind="step",
        key="clarify",
        step=4,
        from_state="clarifying",
        to_state="releasing",
        actor=preparer.actor,
        actor_name=preparer.actor_name,
        appointment=preparer.appointment,
        acting_as=preparer.acting_as,
        unit=case.unit,
        received_at=case.received_at,
        due_at=case.due_at,
        done_at=timezone.now(),
    )
    with pytest.raises(DatabaseError, match="nobody approves their own work"), make.savepoint():
        row.save(force_insert=True)


NOW = timezone.now()
URGENT = {"is_urgent": True, "urgent_because": "Banjir.", "urgent_since": NOW, "due_at": NOW}
# What a case can not be as it is opened, and what the database says to it.
BORN = {
    "at a later state": ({"state": "coordinating"}, "starts at step 1"),
    "with moves": ({"moves": 1}, "starts at step 1"),
    "received at another moment": ({"received_at": NOW + DAY}, "starts at step 1"),
    "announced already": ({**URGENT, "published_first_at": NOW}, "starts at step 1"),
    "urgent since another moment": ({**URGENT, "urgent_since": NOW + DAY}, "starts at step 1"),
    "urgent and not due at once": ({**URGENT, "due_at": NOW + DAY}, "starts at step 1"),
    "urgent and never due": ({**URGENT, "due_at": None}, "starts at step 1"),
    "at a later row": ({"step": 2}, "starts at the first row"),
    "by a draft": ({"sop_version": "draft"}, "a version in force that runs its flow"),
    "by the sheet of the other flow": ({"sop_version": "exclusion"}, "a version in force that runs its flow"),
}


@pytest.mark.parametrize("born", BORN)
def test_a_case_is_born_as_it_is_opened(born):
    fields, said = BORN[born]
    case, given = make.publication(), dict(fields)
    if "sop_version" in given:
        given["sop_version"] = {
            "draft": lambda: library.new_draft(case.sop_version, actor=make.demo("pengelola")),
            "exclusion": lambda: SopVersion.objects.get(runs="exclusion"),
        }[given["sop_version"]]()
    whole = {"number": "P-2026-9999", "opened_at": NOW, "received_at": NOW, **given, "information": make.information()}
    with pytest.raises(DatabaseError, match=said), make.savepoint():
        make.twin(case, **whole)


def test_no_case_is_deleted_not_even_one_without_a_ledger():
    case = make.publication()
    with pytest.raises(DatabaseError, match="Cannot delete rows from flows_case"), make.savepoint():
        sql("DELETE FROM flows_case WHERE id = %s", case.pk)


def test_not_even_with_a_row_of_the_ledger_a_case_comes_to_a_state_that_no_move_leads_to():
    case, row, done = make.publication(), make.publication(at="coordinating").records.get(), timezone.now()
    stands = {"case": case, "received_at": case.received_at, "due_at": case.due_at, "done_at": done}
    forged = {"kind": "withdrawal", "key": "withdraw", "note": "Diam-diam.", "to_state": "retracted", "to_step": None}

    def leap():
        make.twin(row, **stands, **forged)
        rows = Case.objects.filter(pk=case.pk)
        rows.update(state="retracted", step=None, moves=1, received_at=done, ended_at=done)

    with pytest.raises(DatabaseError, match="Invalid transition"), make.savepoint():
        leap()


def test_the_database_knows_exactly_the_moves_of_the_flows():
    methods = {
        (str(source), str(target))
        for flow in Case.flows.values()
        for move in flow.moves_by_key().values()
        for source, target in move.ways
        if source != target
    }
    assert methods == {(str(source), str(target)) for source, target in states.MOVES}


def test_steps_are_written_in_the_order_of_the_sheets():
    for key, keys in {"publication": list(make.PUBLICATION), "exclusion": list(make.EXCLUSION)}.items():
        moves = Case.flows[key].moves_by_key()
        assert [name for name, move in moves.items() if move.kind == "step"] == keys


def test_each_row_says_who_moved_what_from_where_to_where():
    case = make.publication(at="published")
    rows = [(row.sequence, row.step, row.key, row.from_state, row.to_state) for row in case.records.all()]
    assert rows == [
        (1, 1, "update_content", "updating", "coordinating"),
        (2, 2, "coordinate", "coordinating", "preparing"),
        (3, 3, "prepare", "preparing", "clarifying"),
        (4, 4, "clarify", "clarifying", "releasing"),
        (5, 5, "release", "releasing", "renewing"),
        (6, 6, "renew", "renewing", "publishing"),
        (7, 7, "publish", "publishing", "published"),
    ]
    assert all(row.received_at <= row.done_at for row in case.records.all())


def test_what_proves_a_row_is_a_document_of_its_item_byte_for_byte():
    case = make.publication(at="coordinating")
    own, foreign = make.evidence_file(case), make.evidence_file(make.publication())

    def bind(document, sha256):
        row = forged_row(case, "coordinate", "preparing")
        Evidence.objects.create(record=row, part="output", document=document, sha256=sha256)

    for document, sha256 in ((foreign, foreign.sha256), (foreign, own.sha256), (own, "0" * 64)):
        refused(lambda document=document, sha256=sha256: bind(document, sha256), "a document of the same item")


def test_a_withdrawal_comes_with_the_row_that_retracts_and_with_no_other():
    case = make.publication(at="published")
    take_step(case, "retract", actor=make.demo("utama"), note="Keliru.")
    withdrawal, running = Withdrawal.objects.get(), make.publication(at="coordinating")
    refused(lambda: make.twin(withdrawal), "comes with the retraction of its item")
    refused(
        lambda: make.twin(withdrawal, record=forged_row(running, "coordinate", "preparing")),
        "comes with the retraction of its item",
    )
