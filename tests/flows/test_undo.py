"""A decision is taken back by who decided, within ten minutes, before anything came of it; then all is as it was."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ppid.flows.actions import confirm_row, take_step
from ppid.flows.approve_as_head import approve, awaiting_head, send_back
from ppid.flows.consequence import fill_test, record_decree
from ppid.flows.documents import add_document, describe, remove_document
from ppid.flows.ledger import StepRecord, Tally
from ppid.flows.models import Case
from ppid.flows.papers.kinds import KINDS
from ppid.flows.papers.numbering import number_paper
from ppid.flows.passport import passport
from ppid.flows.punctuality import punctuality
from ppid.flows.replay import unlike_their_ledger
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.flows.undo import undo, undo_approval, undoable_until
from ppid.flows.urgency import mark_urgent
from ppid.notices.models import Notice
from ppid.organisation.appointing import end_appointment
from ppid.worktime import actions as holidays
from ppid.worktime.models import Holiday
from tests import make, make_sheets
from tests.make_sheets import row

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
# What the decider may do at each row that decides, written out from the two sheets, and what it needs.
DECISIONS = {
    "clarify": ("clarifying", {"category": "periodic"}),
    "clarify at once": ("clarifying", {"category": "immediate"}),
    "return_for_repair": ("clarifying", {"note": "Ringkasan kurang."}),
    "send_back to 1": ("clarifying", {"note": "Salah unit.", "to": 1}),
    "screen": ("screening", {}),
    "return_to_collecting": ("screening", {"note": "Tidak layak diuji."}),
    "accept": ("reviewing", {}),
    "return_to_testing": ("reviewing", {"note": "Belum lengkap."}),
    "send_back to 2": ("reviewing", {"note": "Bahas lagi.", "to": 2}),
}


def at(state: str) -> Case:
    return make.publication(at=state) if state == "clarifying" else make.exclusion(at=state)


def stands(case: Case) -> dict:
    """Return all by which a case is known to stand where it does."""
    case = make.again(case)
    names = ("state", "step", "received_at", "due_at", "ended_at", "is_urgent", "urgent_because", "urgent_since")
    return {name: getattr(case, name) for name in names} | {"category": case.information.category}


def decide(case: Case, key: str = "clarify", who: str = "utama", **inputs) -> StepRecord:
    actor = make.demo(who)
    if key == "clarify":
        inputs.setdefault("category", "periodic")
    return take_step(case, key, actor=actor, evidence=make.evidence(case, actor), **inputs)


@pytest.mark.parametrize("decision", DECISIONS)
def test_what_was_decided_is_undone_and_the_case_stands_as_it_did(decision):
    state, inputs = DECISIONS[decision]
    case, key = at(state), decision.split()[0]
    before = stands(case)
    decide(case, key, **inputs)
    assert stands(case) != before
    record = undo(case, actor=make.demo("utama"))
    make.at_the_end()
    assert stands(case) == before
    assert (record.kind, record.key, record.note, record.on_time) == ("undo", "undo", "", None)
    assert decide(make.again(case), key, **inputs).sequence == record.sequence + 1


def test_a_class_that_was_chosen_before_comes_back_with_its_urgency():
    case = make.publication(at="clarifying")
    decide(case, category="immediate")
    take_step(make.again(case), "send_back", actor=make.demo("bidang"), note="Bukan.", to=4)
    before = stands(case)
    assert (before["category"], before["is_urgent"]) == ("immediate", True)
    decide(make.again(case), category="on_demand", note="Tidak lagi mendesak.")
    undo(case, actor=make.demo("utama"))
    assert stands(case) == before


def test_deciding_and_undoing_goes_on_as_often_as_one_likes():
    case, utama = make.publication(at="clarifying"), make.demo("utama")
    before = stands(case)
    for category in ("periodic", "immediate", "on_demand"):
        decide(make.again(case), category=category)
        assert undo(case, actor=utama).back_to == 3
        assert stands(case) == before
    make.at_the_end()
    assert [r.sequence for r in make.again(case).records.standing()] == [1, 2, 3]


def test_who_decided_takes_it_back_and_nobody_else():
    case = make.publication(at="clarifying")
    decide(case)
    for who in ("wakil", "bidang", "dinsos"):
        with pytest.raises(StepForbidden, match="hanya drs. H. Uray Ahmad"):
            undo(case, actor=make.demo(who))
        assert undoable_until(make.again(case), actor=make.demo(who), at=timezone.now()) is None


def test_it_can_be_taken_back_for_ten_minutes():
    case, utama = make.publication(at="clarifying"), make.demo("utama")
    done = decide(case).done_at
    assert undoable_until(make.again(case), actor=utama, at=done) == done + 10 * MINUTE
    with pytest.raises(StepOutOfOrder, match="sampai pukul"):
        undo(case, actor=utama, at=done + 10 * MINUTE + timedelta(seconds=1))
    undo(case, actor=utama, at=done + 10 * MINUTE)


def test_a_clock_that_was_set_back_undoes_no_earlier_than_it_was_decided():
    case = make.publication(at="clarifying")
    done = decide(case).done_at
    assert undo(case, actor=make.demo("utama"), at=done - 60 * MINUTE).done_at == done


def test_who_holds_the_office_no_more_takes_nothing_back():
    case, wakil = make.publication(at="clarifying"), make.demo("wakil")
    decide(case, who="wakil")
    held = wakil.appointments.get(role__code="ppid_utama")
    yesterday = timezone.localdate() - timedelta(days=1)
    end_appointment(held, last_day=yesterday, actor=make.demo("utama"))
    with pytest.raises(StepForbidden, match="bukan wewenang Anda lagi"):
        undo(case, actor=wakil)


def next_step(case: Case) -> None:
    make.step(make.again(case), "release", actor="bidang")


def test_once_the_next_step_was_taken_nothing_is_undone():
    case = make.publication(at="clarifying")
    decide(case)
    next_step(case)
    with pytest.raises(StepOutOfOrder, match="Tidak ada putusan"):
        undo(case, actor=make.demo("utama"))


def described(case):
    describe(case, {"summary": "Lain."}, actor=make.demo("dinsos"))


# What somebody may do at the row to which the decision led, besides taking it.
AFTERWARDS = {
    "a document was added": (
        "return_for_repair",
        lambda case: add_document(case, make.pdf("b.pdf", "b"), title="B", actor=make.demo("dinsos")),
    ),
    "the description was changed": ("return_for_repair", described),
    "it was marked urgent": (
        "return_for_repair",
        lambda case: mark_urgent(case, because="Pipa pecah.", actor=make.demo("utama")),
    ),
    "the test was filled in": (
        "screen",
        lambda case: fill_test(case, make.test(), [make.participant()], actor=make.demo("opd")),
    ),
    "the head approved": ("accept", lambda case: approve(case, actor=make.demo("atasan"))),
    "a paper was numbered": (
        "accept",
        lambda case: number_paper(
            case,
            KINDS["minutes"],
            number="7/BA/2026",
            date=timezone.localdate(),
            actor=make.demo("opd"),
        ),
    ),
    "evidence was brought": ("clarify", make.evidence_file),
}


@pytest.mark.parametrize("what", AFTERWARDS)
def test_nothing_is_undone_once_somebody_worked_on_it(what):
    key, act = AFTERWARDS[what]
    case = at({"screen": "screening", "accept": "reviewing"}.get(key, "clarifying"))
    decide(case, key, **({"note": "Perbaiki."} if key.startswith("return") else {}))
    stood = stands(case)
    act(make.again(case))
    with pytest.raises(StepOutOfOrder, match="sudah dikerjakan lebih lanjut"):
        undo(case, actor=make.demo("utama"))
    forged = case.records.order_by("-sequence").first()
    with pytest.raises(DatabaseError, match="once something came of it"), make.savepoint():
        forge(make.again(case), forged)
    assert stands(case)["step"] == stood["step"]


# What people send while it is decided: begun at a moment before the decision, and let in by it.
BEGUN_BEFORE = {
    "a document": (
        "return_for_repair",
        lambda case, at: add_document(case, make.pdf("b.pdf", "b"), title="B", actor=make.demo("dinsos"), at=at),
    ),
    "a document taken out": (
        "return_for_repair",
        lambda case, at: remove_document(case, case.content[0], actor=make.demo("dinsos"), at=at),
    ),
    "a description": (
        "return_for_repair",
        lambda case, at: describe(case, {"summary": "Lain."}, actor=make.demo("dinsos"), at=at),
    ),
    "a test": (
        "screen",
        lambda case, at: fill_test(case, make.test(), [make.participant()], actor=make.demo("opd"), at=at),
    ),
}


@pytest.mark.parametrize("what", BEGUN_BEFORE)
def test_what_was_sent_before_the_decision_and_arrived_after_it_counts_as_work_on_it(what):
    key, act = BEGUN_BEFORE[what]
    case = at("screening" if key == "screen" else "clarifying")
    begun = timezone.now()
    last = decide(case, key, **({"note": "Perbaiki."} if key.startswith("return") else {}))
    assert begun < last.done_at
    act(make.again(case), begun)
    with pytest.raises(StepOutOfOrder, match="sudah dikerjakan lebih lanjut"):
        undo(case, actor=make.demo("utama"))
    with pytest.raises(DatabaseError, match="once something came of it"), make.savepoint():
        forge(make.again(case), last)


def forge(case: Case, last: StepRecord, **changed) -> None:
    """Write an undo of the last ledger row past the domain, as SQL by hand would."""
    rest = {"used_days": None, "used_minutes": None, "allowed_days": None, "approved": None, "stood": None, "note": ""}
    make.twin(
        last,
        **rest
        | {
            "kind": "undo",
            "key": "undo",
            "sequence": case.moves + 1,
            "back_to": last.sequence - 1,
            "step": case.step,
            "to_step": last.step,
            "from_state": case.state,
            "to_state": last.from_state,
            "received_at": case.received_at,
            "due_at": case.due_at,
            "is_urgent": False,
            "done_at": last.done_at + MINUTE,
        }
        | changed,
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"done_at": 11 * MINUTE}, "who decided takes it back, within ten minutes"),
        ({"actor": "wakil"}, "who decided takes it back, within ten minutes"),
        ({"back_to": 1}, "a decision is taken back whole"),
        ({"to_state": "preparing"}, "a decision is taken back whole"),
        ({"to_step": 3}, "a decision is taken back whole"),
        ({"back_to": 5}, "undo_says_where_it_leads|who decided"),
    ],
)
def test_the_database_lets_no_other_undo_in(changed, said):
    case = make.publication(at="clarifying")
    last = decide(case)
    changed = dict(changed)
    if "done_at" in changed:
        changed["done_at"] += last.done_at
    if "actor" in changed:
        changed["actor"] = make.demo(changed["actor"])
    with pytest.raises(DatabaseError, match=said), make.savepoint():
        forge(make.again(case), last, **changed)


def test_the_database_lets_no_undo_swallow_what_stands():
    case, utama = make.publication(at="clarifying"), make.demo("utama")
    decide(case)
    undo(case, actor=utama)
    last = decide(make.again(case))
    for swallows in (0, 1, 2):
        with pytest.raises(DatabaseError, match="a decision is taken back whole"), make.savepoint():
            forge(make.again(case), last, back_to=swallows)
    assert undo(case, actor=utama).back_to == 3


def test_a_step_that_decides_nothing_is_not_undone():
    case = make.publication(at="preparing")
    make.step(case, "prepare", actor="dinsos")
    with pytest.raises(StepOutOfOrder, match="Tidak ada putusan"):
        undo(case, actor=make.demo("dinsos"))
    last = case.records.order_by("-sequence").first()
    with pytest.raises(DatabaseError, match="taken back whole, where it can be"), make.savepoint():
        forge(make.again(case), last)


def forge_whole(case: Case, last: StepRecord, **moved) -> None:
    """Write an undo past the domain, move the case with it, and let the database look as at the end."""
    forge(case, last)
    if moved:
        Case.objects.filter(pk=case.pk).update(moves=case.moves + 1, **moved)
    make.at_the_end()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (None, "a ledger row without its move"),
        ({"step": 3}, "with its ledger row only"),
        ({"due_at": None}, "is undone is as it was"),
        ({"received_at": timezone.now()}, "with its ledger row only"),
    ],
)
def test_no_case_moves_back_otherwise_than_as_it_was(wrong, said):
    case = make.publication(at="clarifying")
    decide(case)
    last, now = case.records.order_by("-sequence").first(), make.again(case)
    as_it_was = {"step": 4, "state": "clarifying", "received_at": last.received_at, "due_at": last.due_at}
    with pytest.raises(DatabaseError, match=said), make.savepoint():
        forge_whole(now, last, **(as_it_was | wrong if wrong else {}))


def jump(case: Case, last: StepRecord) -> None:
    """Move a case from step 1 to step 4 with a row that is none of an undo."""
    done = {"received_at": case.received_at, "due_at": case.due_at, "done_at": timezone.now()}
    way = {"from_state": "updating", "to_state": "clarifying", "step": 1, "to_step": 4}
    way |= {"kind": "withdrawal", "key": "withdraw", "note": "Diam-diam."}
    make.twin(last, sequence=case.moves + 1, **way, **done)
    moved = {"step": 4, "received_at": done["done_at"], "moves": case.moves + 1}
    Case.objects.filter(pk=case.pk).update(state="clarifying", **moved)


def test_no_case_jumps_ahead_as_if_a_return_were_undone():
    last = make.publication(at="coordinating").records.get()
    case = make.publication()
    with pytest.raises(DatabaseError, match="past a step only where its return is undone"), make.savepoint():
        jump(case, _of(last, case))


def _of(record: StepRecord, case: Case) -> StepRecord:
    record.case = case
    return record


def test_what_released_or_ended_is_final():
    rows = [row("bidang", 1, 2), row("pelaksana", 3), row("utama", 4, 5, 6, 7)]
    make_sheets.in_force(make_sheets.sheet(rows))
    case = make.publication(at="clarifying", unit="dinkes")
    make.step(case, "clarify", actor="utama")
    with pytest.raises(StepOutOfOrder, match="tidak dapat diurungkan"):
        undo(case, actor=make.demo("utama"))
    diverted = make.publication(at="clarifying")
    take_step(diverted, "divert", actor=make.demo("utama"), note="Rahasia.")
    with pytest.raises(StepOutOfOrder):
        undo(diverted, actor=make.demo("utama"))


def test_a_row_that_carries_more_than_the_decision_is_taken_back_whole():
    rows = [row("bidang", 1, 2), row("pelaksana", 3), row("utama", 4, 5), row("operator", 6, 7)]
    make_sheets.in_force(make_sheets.sheet(rows))
    case = make.publication(at="clarifying", unit="dinkes")
    before = stands(case)
    make.step(case, "clarify", actor="utama")
    record = undo(case, actor=make.demo("utama"))
    assert stands(case) == before
    assert [each.key for each in case.records.standing()] == ["update_content", "coordinate", "prepare"]
    assert record.back_to == 3


def test_what_two_confirmed_together_one_does_not_take_back():
    rows = [row("bidang", 1), row("utama", 2), row("opd", 3), row("bidang", 4, to="utama"), row("bidang", 5)]
    make_sheets.in_force(make_sheets.sheet(rows, flow="exclusion", unit="dinsos"))
    tester = make.person("opd", unit="dinsos")
    case = make.exclusion(at="reviewing", unit="dinsos", hands={"test_consequences": tester})
    confirm_row(case, actor=make.person("bidang_layanan"))
    decide(make.again(case), "accept")
    with pytest.raises(StepOutOfOrder, match="tidak dapat diurungkan"):
        undo(case, actor=make.demo("utama"))
    last = case.records.order_by("-sequence").first()
    with pytest.raises(DatabaseError, match="taken back whole, where it can be"), make.savepoint():
        forge(make.again(case), last)


def test_neither_what_was_undone_nor_the_undoing_is_counted():
    case, utama = make.publication(at="clarifying"), make.demo("utama")
    since = timezone.now() - timedelta(days=1)
    decide(case, "return_for_repair", note="Kurang.")
    undo(case, actor=utama)
    assert punctuality(utama, since=since, at=timezone.now()).measured == 0
    case = make.walk(make.again(case), to="published")
    assert punctuality(utama, since=since, at=timezone.now()).measured == 1
    assert [each["kind"] for each in passport(case)] == ["step"] * 7
    tallied = dict(Tally.objects.filter(step=4).values_list("measure", "n"))
    assert tallied["days"] == tallied["cases"] == 1
    assert "sent_back" not in tallied
    assert case.approval.actor == utama


def test_who_was_told_of_the_decision_is_told_that_it_was_undone():
    case = make.publication(at="clarifying")
    decide(case)
    undo(case, actor=make.demo("utama"))
    told = set(Notice.objects.filter(kind="undone").values_list("person", flat=True))
    assert make.demo("bidang").pk in told
    assert make.demo("utama").pk not in told


def test_an_approval_that_was_undone_approves_nothing():
    case = make.publication(at="clarifying")
    decide(case)
    undo(case, actor=make.demo("utama"))
    assert make.again(case).approval is None


def test_what_had_come_back_has_come_back_still():
    case = make.publication(at="clarifying")
    decide(case, "return_for_repair", note="Kurang.")
    make.step(make.again(case), "prepare", actor="dinsos")
    decide(make.again(case), "send_back", note="Belum.", to=3)
    undo(case, actor=make.demo("utama"))
    assert not Case.objects.sent_back().filter(pk=case.pk).exists()
    decide(make.again(case), "return_for_repair", note="Kurang lagi.")
    assert Case.objects.sent_back().filter(pk=case.pk).exists()


def test_a_due_date_that_the_calendar_moved_meanwhile_is_reckoned_anew():
    case, utama = make.publication(at="clarifying"), make.demo("utama")
    due = case.due_at
    decide(case)
    day = timezone.localdate(make.again(case).received_at) + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    holiday = Holiday(date=day, name="Libur daerah", kind="local")
    holidays.add(holiday, actor=make.demo("bidang"))
    undo(case, actor=utama)
    make.at_the_end()
    assert make.again(case).due_at > due


def test_what_was_urgent_is_due_at_once_again_also_where_the_calendar_changed_meanwhile():
    case, utama = make.publication(at="clarifying"), make.demo("utama")
    decide(case, category="immediate")
    take_step(make.again(case), "send_back", actor=make.demo("bidang"), note="Bukan.", to=4)
    before = stands(case)
    decide(make.again(case), category="on_demand", note="Tidak lagi mendesak.")
    day = timezone.localdate(make.again(case).received_at) + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    holidays.add(Holiday(date=day, name="Libur daerah", kind="local"), actor=make.demo("bidang"))
    assert make.again(case).moved_deadlines.exists()
    undo(case, actor=utama)
    make.at_the_end()
    assert stands(case) == before


def test_walked_again_by_its_ledger_a_case_stands_where_it_was_undone_to():
    case, utama = make.publication(at="clarifying"), make.demo("utama")
    for key, inputs in (("clarify", {}), ("send_back", {"note": "Ulangi.", "to": 1}), ("clarify", {})):
        decide(make.again(case), key, **inputs)
        undo(case, actor=utama)
        assert list(unlike_their_ledger(Case.objects.filter(pk=case.pk))) == []
    make.walk(make.again(case), to="published")
    assert list(unlike_their_ledger(Case.objects.filter(pk=case.pk))) == []


class TestHead:
    @pytest.fixture
    def case(self):
        case = make.exclusion(at="reviewing")
        decide(case, "accept")
        return make.again(case)

    def test_the_head_takes_an_approval_back_and_approves_again(self, case):
        head = make.demo("atasan")
        undo_approval(approve(case, actor=head), actor=head)
        assert make.again(case).head_approval is None
        assert awaiting_head(head, on=timezone.localdate()).filter(pk=case.pk).exists()
        again = approve(make.again(case), actor=head)
        assert make.again(case).head_approval == again

    def test_only_once_and_only_the_head(self, case):
        head = make.demo("atasan")
        given = approve(case, actor=head)
        with pytest.raises(StepForbidden):
            undo_approval(given, actor=make.demo("utama"))
        with pytest.raises(StepOutOfOrder, match="sampai pukul"):
            undo_approval(given, actor=head, at=given.recorded_at + 11 * MINUTE)
        undo_approval(given, actor=head)
        with pytest.raises(StepOutOfOrder, match="sudah diurungkan"):
            undo_approval(given, actor=head)

    def test_not_once_the_decree_was_recorded(self, case):
        head = make.demo("atasan")
        given = approve(case, actor=head)
        record_decree(make.again(case), make.decree(), actor=make.demo("bidang"))
        with pytest.raises(StepOutOfOrder, match="lebih lanjut"):
            undo_approval(given, actor=head)

    def test_what_the_head_sent_back_comes_back(self, case):
        before = stands(case)
        send_back(case, actor=make.demo("atasan"), reason="Belum meyakinkan.")
        undo(case, actor=make.demo("atasan"))
        assert stands(case) == before

    def test_a_return_that_voided_a_decree_is_final(self, case):
        approve(case, actor=make.demo("atasan"))
        record_decree(make.again(case), make.decree(), actor=make.demo("bidang"))
        send_back(make.again(case), actor=make.demo("atasan"), reason="Belum meyakinkan.")
        with pytest.raises(StepOutOfOrder):
            undo(case, actor=make.demo("atasan"))


@pytest.mark.parametrize("table", ["flows_undoneapproval", "flows_steprecord"])
def test_no_ledger_of_undoing_is_emptied(table):
    with pytest.raises(DatabaseError, match="never emptied"), make.savepoint(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(["periodic", "immediate", "on_demand", "return", 1, 2]), min_size=1, max_size=4))
def test_whatever_was_decided_undoing_it_leaves_nothing_behind(acts, db):
    with make.savepoint(undo=True):
        case, utama = make.publication(at="clarifying"), make.demo("utama")
        before = stands(case)
        for act in acts:
            if act == "return":
                decide(make.again(case), "return_for_repair", note="Kurang.")
            elif isinstance(act, int):
                decide(make.again(case), "send_back", note="Kurang.", to=act)
            else:
                decide(make.again(case), category=act)
            undo(case, actor=utama)
            assert stands(case) == before


# An exclusion whose second row has both its parts born there.
BORN_AT_THE_DECISION = [
    row("bidang", 1),
    row(
        "utama",
        2,
        kind="decision",
        if_yes=3,
        if_no=1,
        requirement="Surat koordinasi",
        output="Laporan koordinasi",
    ),
    row("opd", 3),
    row("utama", 4, kind="decision", if_yes=5, if_no=3),
    row("bidang", 5),
]


def screened_with_two_papers() -> tuple[Case, dict]:
    make_sheets.in_force(make_sheets.sheet(BORN_AT_THE_DECISION, flow="exclusion", unit="dinsos"))
    case, utama = make.exclusion(at="screening", unit="dinsos"), make.demo("utama")
    papers = make.evidence(case, utama)
    assert sorted(papers) == ["output", "requirement"]
    take_step(case, "screen", actor=utama, evidence=papers)
    return make.again(case), {"requirement": papers["output"], "output": papers["requirement"]}


def test_what_an_undone_row_named_may_prove_something_else():
    case, other_way_round = screened_with_two_papers()
    undo(case, actor=make.demo("utama"))
    take_step(make.again(case), "screen", actor=make.demo("utama"), evidence=other_way_round)
    assert make.again(case).state == "testing"


def test_what_a_standing_row_named_proves_nothing_else(monkeypatch):
    case, other_way_round = screened_with_two_papers()
    case = make.step(case, "send_back", actor=make.person("opd", unit="dinsos"), note="Bahas lagi.", to=2)
    with pytest.raises(StepUnmet, match="bukan yang diminta"):
        take_step(case, "screen", actor=make.demo("utama"), evidence=other_way_round)
    monkeypatch.setattr("ppid.flows.proving.Proving.fits", lambda *_: True)
    with pytest.raises(DatabaseError, match="proves nothing else"), make.savepoint():
        take_step(make.again(case), "screen", actor=make.demo("utama"), evidence=other_way_round)


def test_a_return_that_was_undone_leaves_the_heads_approval_standing():
    case, bidang = make.exclusion(at="adopting"), make.demo("bidang")
    assert case.head_approvals.exists()
    take_step(case, "send_back", actor=bidang, note="Salah.", to=4)
    undo(case, actor=bidang)
    assert make.step(make.again(case), "adopt", actor=bidang).state == "adopted"
