"""What two people do at once to what must not be delayed. Each test falls without its lock."""

from ppid.flows.actions import open_publication, take_step
from ppid.flows.documents import add_document, remove_document
from ppid.flows.ledger import MovedDeadline, StepRecord
from ppid.flows.models import Case
from ppid.flows.steps import StepOutOfOrder, StepUnmet
from ppid.flows.urgency import mark_urgent
from ppid.shelf.models import PublishedItem
from tests import make
from tests.together import two_at_once

WHY = "Pipa induk pecah."


def urgent() -> Case:
    case = open_publication(make.information(), actor=make.demo("bidang"), urgent_because=WHY)
    add_document(case, make.pdf(), title="Pemberitahuan", actor=make.demo("bidang"))
    return make.again(case)


def refusal_of(answer, kind: type[Exception]) -> str:
    assert isinstance(answer, kind), repr(answer)
    return " ".join(answer.sentences)


def test_it_is_announced_first_once(committed_database):
    case, utama, wakil = urgent(), make.demo("utama"), make.demo("wakil")
    first, second = two_at_once(
        lambda: take_step(case, "publish_first", actor=utama, note="Sekarang."),
        lambda: take_step(case, "publish_first", actor=wakil, note="Juga."),
    )
    assert isinstance(first, StepRecord)
    refusal_of(second, StepOutOfOrder)
    assert PublishedItem.objects.filter(number=case.information.number).count() == 1


def test_what_is_withdrawn_meanwhile_does_not_become_public(committed_database):
    case, utama, bidang = urgent(), make.demo("utama"), make.demo("bidang")
    _, second = two_at_once(
        lambda: take_step(case, "withdraw", actor=bidang, note="Keliru."),
        lambda: take_step(case, "publish_first", actor=utama, note="Sekarang."),
    )
    refusal_of(second, StepOutOfOrder)
    assert not PublishedItem.objects.filter(number=case.information.number).exists()


def test_what_a_colleague_takes_out_meanwhile_is_not_announced(committed_database):
    case, utama, bidang = urgent(), make.demo("utama"), make.demo("bidang")
    document = case.information.documents.content().get()
    _, second = two_at_once(
        lambda: remove_document(case, document, actor=bidang),
        lambda: take_step(case, "publish_first", actor=utama, note="Sekarang."),
    )
    assert "Tambahkan sekurang-kurangnya satu dokumen" in refusal_of(second, StepUnmet)


def test_the_step_and_the_announcement_both_count_one_after_the_other(committed_database):
    case, utama, bidang = urgent(), make.demo("utama"), make.demo("bidang")
    first, second = two_at_once(
        lambda: take_step(case, "publish_first", actor=utama, note="Sekarang."),
        lambda: take_step(case, "update_content", actor=bidang),
    )
    assert (first.sequence, second.sequence) == (1, 2)
    after = make.again(case)
    assert after.rows_follow
    assert PublishedItem.objects.get(number=case.information.number).follow_from == after.step == 2


def test_it_is_marked_once(committed_database):
    case, utama, bidang = make.publication(at="preparing"), make.demo("utama"), make.demo("bidang")
    opened_elsewhere = make.again(case)
    first, second = two_at_once(
        lambda: mark_urgent(case, because=WHY, actor=bidang),
        lambda: mark_urgent(opened_elsewhere, because="Lain.", actor=utama),
    )
    assert isinstance(first, MovedDeadline)
    assert "sudah ditandai" in refusal_of(second, StepOutOfOrder)
    assert make.again(case).urgent_because == WHY
