"""Taking a decision back while somebody goes on with the case: one of them wins. Each falls without its lock."""

from ppid.flows.actions import open_publication, take_step
from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case
from ppid.flows.steps import StepOutOfOrder
from ppid.flows.undo import undo
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
