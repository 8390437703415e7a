"""Taking a decision back while somebody goes on with the case: one of them wins. Each falls without its lock."""

from ppid.flows.actions import open_exclusion, open_publication, take_step
from ppid.flows.approve_as_head import approve
from ppid.flows.consequence import record_decree
from ppid.flows.head_approval import UndoneApproval
from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case
from ppid.flows.reasons import Reason, write_reason
from ppid.flows.steps import StepOutOfOrder, StepUnmet
from ppid.flows.undo import undo, undo_approval
from ppid.web.refusals import ChangedMeanwhile
from tests import make
from tests.together import two_at_once


def decided() -> Case:
    """Make a publication that PPID Utama has just approved."""
    case = make.walk(open_publication(make.information(), actor=make.demo("bidang")), to="clarifying")
    take_step(case, "clarify", actor=make.demo("utama"), category="periodic")
    return make.again(case)


def test_undoing_and_the_next_step_at_once_one_wins(committed_database):
    case, bidang, utama = decided(), make.demo("bidang"), make.demo("utama")
    first, second = two_at_once(
        lambda: undo(case, actor=utama), lambda: take_step(case, "release", actor=bidang, seen=case.moves)
    )
    assert first.kind == "undo"
    assert isinstance(second, StepOutOfOrder), repr(second)
    assert make.again(case).state == "clarifying"


def test_the_next_step_and_undoing_at_once_the_step_stands(committed_database):
    case, bidang, utama = decided(), make.demo("bidang"), make.demo("utama")
    first, second = two_at_once(lambda: take_step(case, "release", actor=bidang), lambda: undo(case, actor=utama))
    assert isinstance(first, StepRecord), repr(first)
    assert isinstance(second, StepOutOfOrder), repr(second)
    assert make.again(case).state == "renewing"


def test_two_clicks_on_undo_undo_once(committed_database):
    case, utama = decided(), make.demo("utama")
    first, second = two_at_once(lambda: undo(case, actor=utama), lambda: undo(case, actor=utama))
    assert first.kind == "undo"
    assert isinstance(second, StepOutOfOrder), repr(second)


def test_two_put_a_sentence_in_the_place_of_one_and_one_of_them_does(committed_database):
    kept = write_reason("clarify", "Tabelnya terpotong.", actor=make.demo("utama"))
    first, second = two_at_once(
        lambda: write_reason("clarify", "Tabel kedua terpotong.", actor=make.demo("utama"), replaces=kept),
        lambda: write_reason("clarify", "Tabel terpotong di kanan.", actor=make.demo("wakil"), replaces=kept),
    )
    assert isinstance(first, Reason), repr(first)
    assert isinstance(second, ChangedMeanwhile), repr(second)


def test_the_head_takes_back_an_approval_while_the_decree_is_recorded_and_one_wins(committed_database):
    case = make.walk(open_exclusion(make.information(unit="disdukcapil"), actor=make.demo("bidang")), to="reviewing")
    utama, head, bidang = make.demo("utama"), make.demo("atasan"), make.demo("bidang")
    take_step(case, "accept", actor=utama, evidence=make.evidence(case, utama))
    given = approve(make.again(case), actor=head)
    case, decree = make.again(case), make.decree()
    first, second = two_at_once(
        lambda: undo_approval(given, actor=head), lambda: record_decree(case, decree, actor=bidang)
    )
    assert isinstance(first, UndoneApproval), repr(first)
    assert isinstance(second, StepUnmet), repr(second)
