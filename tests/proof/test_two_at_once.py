"""Two at one lock: an auditor's link that is used as it is revoked, and ledgers written at the same moment."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from ppid.chain.models import Link
from ppid.chain.verify import faults
from ppid.flows.actions import register_information, take_step
from ppid.flows.models import Case
from ppid.proof.giving import LinkEnded, give, revoke, use
from ppid.proof.links import AuditorUse
from ppid.proof.marking import mark_the_day
from ppid.shelf.models import LedgerMark
from tests import make
from tests.together import two_at_once

pytestmark = pytest.mark.usefixtures("committed_database")


def test_revoking_and_using_at_once_leaves_no_use_after_the_end():
    utama, at = make.demo("utama"), timezone.now()
    case = make.publication()
    said = {"for_whom": "BPK", "purpose": "LHP", "ends_at": at + timedelta(days=1), "actor": utama}
    link, secret = give([case], **said)
    _, used = two_at_once(lambda: revoke(link, actor=utama), lambda: use(secret, "opened"))
    assert isinstance(used, LinkEnded)
    assert not AuditorUse.objects.exists()


def test_two_transactions_at_once_give_one_chain_without_a_gap():
    cases = [make.publication() for _ in range(2)]
    bidang, before = make.demo("bidang"), Link.objects.count()
    documents = [make.evidence(case, bidang) for case in cases]

    def step(n):
        return take_step(cases[n], "update_content", actor=bidang, evidence=documents[n])

    answers = two_at_once(lambda: step(0), lambda: step(1))
    assert not [each for each in answers if isinstance(each, Exception)]
    assert Link.objects.count() > before
    assert list(Link.objects.values_list("position", flat=True)) == list(range(1, Link.objects.count() + 1))
    assert list(faults()) == []


def test_many_writers_neither_deadlock_nor_leave_a_gap():
    bidang, unit, failed = make.demo("bidang"), make.unit("dinsos"), []

    def write():
        try:
            for n in range(8):
                register_information(unit=unit, actor=bidang, title=f"Laporan {n}")
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert failed == []
    assert list(faults()) == []
    assert list(Link.objects.values_list("position", flat=True)) == list(range(1, Link.objects.count() + 1))


def test_whoever_holds_the_chain_waits_for_no_row_that_another_holds(any_line):
    """A key that is checked at commit may wait for a row that another holds; the chain's lock is taken after that."""
    held, other = make.publication(), make.publication()
    held_key, other_key, answers = held.pk, other.pk, {}
    holding, written = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            Case.objects.select_for_update().get(pk=held_key)
            holding.set()
            written.wait(30)
            time.sleep(0.5)  # the other one waits at commit for this row now
            _line(other_key, day=9)
        connections.close_all()

    def write():
        holding.wait(30)
        try:
            with transaction.atomic():
                _line(other_key, day=1)
                _line(held_key, day=2)
                written.set()
            answers["written"] = True
        except Exception as error:
            answers["written"] = error
        connections.close_all()

    threads = [threading.Thread(target=hold), threading.Thread(target=write)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert answers == {"written": True}
    assert list(faults()) == []


def _line(case: int, *, day: int) -> None:
    """Write a row of a ledger with a key to the case, past what guards the case; each of a day of its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO flows_stillright (case_id, confirmed_on, renew_by, actor_id, actor_name, appointment_id, "
            "acting_as, confirmed_at) SELECT %s, now()::date + %s, "
            "now()::date, held.user_id, 'U', held.id, 'U', now() FROM organisation_appointment held LIMIT 1",
            [case, day],
        )


@pytest.fixture
def any_line(committed_database):
    """Let the row that stands for any ledger be written without a shelf."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'flows_stillright'::regclass "
            "AND tgname LIKE '%what_is_confirmed%'"
        )
        cursor.execute(f"ALTER TABLE flows_stillright DISABLE TRIGGER {cursor.fetchone()[0]}")


def test_the_mark_of_a_day_is_made_once():
    first, second = two_at_once(mark_the_day, mark_the_day)
    assert LedgerMark.objects.count() == 1 or isinstance(second, Exception)
    assert isinstance(first, LedgerMark)
