"""How often a step asks the database, the statements that begin and end its transaction included."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ppid.flows.actions import take_step
from ppid.flows.permissions import performs
from ppid.flows.steps import StepForbidden
from ppid.organisation.actions import deactivate
from tests import make

pytestmark = pytest.mark.django_db

# Two of them say whose time it was, one which documents the portal records, one holds the appointment that it is under.
# Telling the people of it costs two more: who they are, and their notices.
A_STEP = 18
DECIDING = 24  # whoever decides is asked for every kind of own work: unconfirmed accounts and confirmed tests included
# Both write the shelf; adopting also looks for the papers and the head, and writes the exclusion and the DIK.
# What is public is written into the search's index, known by its bytes, given its short address, and asked to be read
# and drawn by the worker: each once for the item, however many documents it has.
# Publishing also reads the calendar from the opening on, to say how long it took, and asks which duties the item fills.
LAST = {"publish": 40, "adopt": 37}


def asked(case, key: str, actor: str) -> int:
    """Take the step with all that it needs; return how many statements it took."""
    who = make.demo(actor)
    if key == "adopt":
        make.heads_word(case)
    make.supply(case, key, who)
    evidence, case = make.evidence(case, who), make.again(case)
    inputs = {"category": "periodic"} if key == "clarify" else {}
    with CaptureQueriesContext(connection) as statements:
        take_step(case, key, actor=who, evidence=evidence, **inputs)
    return len(statements)


@pytest.mark.parametrize("flow", ["publication", "exclusion"])
def test_a_step_asks_some_dozen_times_at_most_and_the_last_one_hardly_more(flow):
    case = make.publication() if flow == "publication" else make.exclusion()
    counts = {}
    for key, actor in (make.PUBLICATION if flow == "publication" else make.EXCLUSION).items():
        counts[key] = asked(make.again(case), key, actor)
    last = counts.pop(key)
    decided = counts.pop("clarify" if flow == "publication" else "accept")
    assert max(counts.values()) <= A_STEP, counts
    assert decided <= DECIDING
    assert last <= LAST[key], last


def test_more_documents_ask_no_more_often():
    case, siti = make.publication(at="preparing"), make.demo("dinsos")
    for _ in range(5):
        make.add_document(case, make.pdf(), title="Lampiran", actor=siti)
    case = make.walk(make.again(case), to="publishing")
    assert asked(case, "publish", "operator") <= LAST["publish"]


def test_what_was_asked_once_of_a_case_is_asked_again_behind_its_lock():
    case, siti = make.publication(at="preparing"), make.demo("dinsos")
    assert performs(siti, case, case.step, on=timezone.localdate())
    deactivate(siti, actor=make.demo("utama"))
    with pytest.raises(StepForbidden):
        take_step(case, "prepare", actor=siti)
