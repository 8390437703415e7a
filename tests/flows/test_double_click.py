"""Two people, or one with a nervous finger, take the same step at the same moment: it is taken once."""

import multiprocessing
from collections import Counter

from django.db import connections

from ppid.flows.actions import take_step
from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case
from ppid.flows.steps import StepOutOfOrder
from tests import make

CASES = 100


def _click(pks, user, barrier, answers):
    connections.close_all()  # the parent's connection is not ours
    for pk in pks:
        case = Case.objects.get(pk=pk)
        barrier.wait(timeout=30)
        try:
            take_step(case, "update_content", actor=user)
        except StepOutOfOrder as refusal:
            answers.put(("refused", refusal.sentences[0]))
        except Exception as error:  # anything else would be a server error on somebody's screen
            answers.put(("error", repr(error)))
        else:
            answers.put(("moved", ""))
    connections.close_all()


def test_the_same_step_clicked_in_two_processes_is_taken_once(committed_database):
    user = make.demo("bidang")
    pks = [make.publication().pk for _ in range(CASES)]
    connections.close_all()
    context = multiprocessing.get_context("fork")
    barrier, answers = context.Barrier(2), context.Queue()
    clickers = [context.Process(target=_click, args=(pks, user, barrier, answers)) for _ in range(2)]
    for clicker in clickers:
        clicker.start()
    heard = [answers.get(timeout=60) for _ in range(2 * CASES)]
    for clicker in clickers:
        clicker.join(timeout=60)

    assert Counter(answer for answer, _ in heard) == {"moved": CASES, "refused": CASES}
    assert all(text.startswith("Langkah ini sudah selesai") for answer, text in heard if answer == "refused")
    assert StepRecord.objects.filter(case__in=pks).count() == CASES
    assert set(Case.objects.filter(pk__in=pks).values_list("state", "moves")) == {("coordinating", 1)}
