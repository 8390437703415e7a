"""Whoever has the step sends the case back to any earlier one, with a reason; the state goes back with the row."""

import re

import pytest
from django.utils import timezone

from ppid.flows.actions import open_publication, take_step
from ppid.flows.documents import add_document
from ppid.flows.models import Case
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.information.models import Document
from ppid.shelf.models import PublishedItem
from tests import make, make_sheets
from tests.make_sheets import row

pytestmark = pytest.mark.django_db

# Written out from the two sheets: at which state which earlier rows there are, and what the case awaits there.
PUBLICATION = ["updating", "coordinating", "preparing", "clarifying", "releasing", "renewing", "publishing"]
EXCLUSION = ["collecting", "screening", "testing", "reviewing", "adopting"]
HANDS = dict(zip(PUBLICATION, ["bidang", "bidang", "dinsos", "utama", "bidang", "operator", "operator"], strict=True))
TESTERS = dict(zip(EXCLUSION, ["bidang", "utama", "opd", "utama", "bidang"], strict=True))


@pytest.mark.parametrize("state", PUBLICATION[1:])
def test_a_publication_goes_back_to_every_earlier_step(state):
    number = PUBLICATION.index(state) + 1
    case, who = make.publication(at=state), make.demo(HANDS[state])
    assert sorted(case.earlier_rows) == list(range(1, number))
    for to in range(1, number):
        with make.savepoint(undo=True):
            record = take_step(case, "send_back", actor=who, note="Kelasnya keliru.", to=to)
            back = make.again(case)
            assert (back.step, back.state) == (to, PUBLICATION[to - 1])
            assert (record.kind, record.step, record.to_step, record.note) == ("return", number, to, "Kelasnya keliru.")


@pytest.mark.parametrize("state", EXCLUSION[1:])
def test_an_exclusion_goes_back_to_every_earlier_step(state):
    number = EXCLUSION.index(state) + 1
    case, who = make.exclusion(at=state), make.demo(TESTERS[state])
    for to in range(1, number):
        with make.savepoint(undo=True):
            take_step(case, "send_back", actor=who, note="Uji belum memadai.", to=to)
            back = make.again(case)
            assert (back.step, back.state) == (to, EXCLUSION[to - 1])


@pytest.mark.parametrize("to", [None, 0, 6, 7, 9, "3"])
def test_it_leads_to_an_earlier_row_only(to):
    case = make.publication(at="renewing")
    with pytest.raises(StepUnmet, match="langkah yang lebih awal") as refusal:
        take_step(case, "send_back", actor=make.demo("operator"), note="Keliru.", to=to)
    assert refusal.value.fields == ("to",)


def test_it_wants_a_reason():
    case = make.publication(at="renewing")
    with pytest.raises(StepUnmet, match="Tuliskan alasannya"):
        take_step(case, "send_back", actor=make.demo("operator"), to=4)


def test_only_whoever_has_the_step_sends_back():
    case = make.publication(at="renewing")
    for who in ("bidang", "utama", "dinsos", "atasan"):
        with pytest.raises(StepForbidden):
            take_step(case, "send_back", actor=make.demo(who), note="Keliru.", to=4)


@pytest.mark.parametrize("state", ["updating", "published", "withdrawn"])
def test_nothing_lies_before_the_first_row_or_after_the_end(state):
    case = make.publication(at="updating" if state == "withdrawn" else state)
    if state == "withdrawn":
        take_step(case, "withdraw", actor=make.demo("utama"), note="Tidak jadi.")
    case = make.again(case)
    with pytest.raises(StepOutOfOrder):
        take_step(case, "send_back", actor=make.demo("bidang"), note="Keliru.", to=1)


def test_a_wrong_class_found_at_step_6_is_mended_at_step_4():
    case = make.publication(at="renewing")
    assert case.information.category == "periodic"
    take_step(case, "send_back", actor=make.demo("operator"), note="Ini setiap saat, bukan berkala.", to=4)
    case = make.step(make.again(case), "clarify", actor="utama", category="on_demand")
    case = make.walk(case, to="published", hands={**make.PUBLICATION})
    assert PublishedItem.objects.get(number=case.information.number).category == "on_demand"
    assert [record.key for record in case.records.all()] == [
        "update_content", "coordinate", "prepare", "clarify", "release", "send_back", "clarify", "release", "renew",
        "publish",
    ]  # fmt: skip


def test_what_was_approved_before_a_return_behind_the_decision_is_approved_no_more():
    case = make.publication(at="publishing")
    take_step(case, "send_back", actor=make.demo("operator"), note="Tabel kurang.", to=2)
    case = make.walk(make.again(case), to="clarifying", hands=make.PUBLICATION)
    with pytest.raises(StepOutOfOrder):
        take_step(case, "release", actor=make.demo("bidang"))


def test_the_sheets_own_exits_come_first():
    assert make.publication(at="clarifying").earlier_rows == [3, 2, 1]
    assert make.exclusion(at="reviewing").earlier_rows == [3, 2, 1]
    assert make.exclusion(at="screening").earlier_rows == [1]


class TestWhoIsTold:
    def told(self, who: str) -> list[Case]:
        return list(Case.objects.sent_back_after(make.demo(who)))

    def test_everyone_with_a_hand_in_it_since_is_told_until_it_is_there_again(self):
        case = make.publication(at="renewing")
        assert self.told("utama") == []
        take_step(case, "send_back", actor=make.demo("operator"), note="Kelasnya keliru.", to=4)
        assert self.told("utama") == [case]
        assert self.told("bidang") == [case]  # step 5
        assert self.told("dinsos") == []  # step 3 stays done
        (told,) = Case.objects.sent_back_after(make.demo("bidang"))
        assert (told.returned_because, told.returned_by, told.returned_from) == (
            "Kelasnya keliru.",
            "Rina Marlina, A.Md.",
            6,
        )
        case = make.step(make.again(case), "clarify", actor="utama")
        assert self.told("bidang") == [case]
        case = make.walk(case, to="publishing", hands=make.PUBLICATION)
        assert self.told("bidang") == []

    def test_a_change_of_the_documents_tells_whoever_had_decided(self):
        case = make.publication(at="releasing")
        add_document(case, make.pdf(), title="Tambahan", actor=make.demo("dinsos"))
        assert self.told("utama") == [case]


def test_times_of_a_return_are_those_of_the_step_that_it_leaves():
    case = make.publication(at="releasing")
    due = case.due_at
    record = take_step(case, "send_back", actor=make.demo("bidang"), note="Keliru.", to=3)
    back = make.again(case)
    assert record.due_at == due
    assert back.due_at is not None
    assert back.received_at == record.done_at <= timezone.now()


def test_every_sentence_that_advises_a_move_names_it_so_that_pages_lead_there():
    requirements = {
        requirement
        for flow in Case.flows.values()
        for move in flow.moves_by_key().values()
        for requirement in move.requires
    }
    advising = {each for each in requirements if re.search(r"\b([Kk]embalikan|[Tt]arik)\b", each.message)}
    assert advising  # or the test looks for nothing
    for each in advising:
        assert each.advises, each.message
        for key in each.advises:
            assert any(key in flow.moves_by_key() for flow in Case.flows.values()), each.message


def test_sentences_name_the_rows_of_the_cases_own_sheet():
    rows = [
        row("bidang", 1, 2, text="Mencatat"),
        row("pelaksana", 3),
        row("utama", 4),
        row("bidang", 5),
        row("operator", 6, 7),
    ]
    make_sheets.in_force(make_sheets.sheet(rows))
    preparer, bidang = make.person("ppid_pelaksana", unit="dinkes"), make.demo("bidang")
    case = open_publication(make.information(unit="dinkes"), actor=bidang)
    take_step(case, "update_content", actor=bidang)
    document = add_document(case, make.pdf(), title="A", actor=preparer)
    take_step(case, "prepare", actor=preparer)
    take_step(case, "clarify", actor=make.demo("utama"), category="periodic")
    Document.objects.filter(pk=document.pk).update(removed_by=preparer, removed_at=timezone.now())
    with pytest.raises(StepUnmet, match="disetujui pada langkah 3. Kembalikan proses ini ke langkah 2."):
        take_step(case, "release", actor=bidang)
