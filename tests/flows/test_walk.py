"""Random people try random acts on both flows, and find no way round the sheet."""

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ppid.flows.actions import open_exclusion, open_publication, take_step
from ppid.flows.documents import add_document, add_evidence
from ppid.flows.models import Case
from ppid.organisation.models import Appointment
from ppid.shelf.models import DikEntry, PublishedItem
from ppid.web.refusals import Refused
from tests import make

# The two sheets, written out by hand: who takes which step, and where it leads.
SHEETS = {
    "publication": {
        ("updating", "update_content"): ("coordinating", {"bidang_layanan"}),
        ("coordinating", "coordinate"): ("preparing", {"bidang_layanan"}),
        ("preparing", "prepare"): ("clarifying", {"ppid_pelaksana"}),
        ("clarifying", "clarify"): ("releasing", {"ppid_utama"}),
        ("clarifying", "return_for_repair"): ("preparing", {"ppid_utama"}),
        ("clarifying", "divert"): ("diverted", {"ppid_utama"}),
        ("releasing", "release"): ("renewing", {"bidang_layanan"}),
        ("renewing", "renew"): ("publishing", {"operator"}),
        ("publishing", "publish"): ("published", {"operator"}),
        ("published", "retract"): ("retracted", {"ppid_utama"}),
    },
    "exclusion": {
        ("collecting", "collect"): ("screening", {"bidang_layanan"}),
        ("screening", "screen"): ("testing", {"ppid_utama"}),
        ("screening", "return_to_collecting"): ("collecting", {"ppid_utama"}),
        ("testing", "test_consequences"): ("reviewing", {"opd", "ppid_pembantu"}),
        ("reviewing", "accept"): ("adopting", {"ppid_utama"}),
        ("reviewing", "return_to_testing"): ("testing", {"ppid_utama"}),
        ("adopting", "adopt"): ("adopted", {"bidang_layanan"}),
    },
}
WITHDRAWABLE = {
    "publication": {"updating", "coordinating", "preparing", "clarifying", "releasing", "renewing", "publishing"},
    "exclusion": {"collecting", "screening", "testing", "reviewing", "adopting"},
}
CITY = {"ppid_utama", "bidang_layanan", "operator", "atasan_ppid"}
CAST = ["utama", "wakil", "bidang", "operator", "dinsos", "disdukcapil", "pembantu", "opd", "atasan"]
KEYS = sorted({key for flow in Case.flows.values() for key in flow.moves_by_key()})
cast = st.sampled_from(CAST)


def holds(user, roles: set[str], unit) -> bool:
    held = Appointment.objects.in_force(on=timezone.localdate()).filter(user=user, role__code__in=roles)
    return any(each.role.code in CITY or each.unit == unit for each in held.select_related("role", "unit"))


class TwoFlows(RuleBasedStateMachine):
    """One case at a time, of either flow; every act is judged by the sheets written out above."""

    @initialize(flow=st.sampled_from(["publication", "exclusion"]), unit=st.sampled_from(["dinsos", "disdukcapil"]))
    def open_a_case(self, flow, unit):
        open_it = open_publication if flow == "publication" else open_exclusion
        self.case = open_it(make.information(unit=unit), actor=make.demo("bidang"))
        self.flow, self.preparers = flow, set()

    @rule(key=st.sampled_from(KEYS), who=cast, note=st.sampled_from(["", "Karena perlu."]), prepared=st.booleans())
    def try_an_act(self, key, who, note, prepared):
        before, actor = make.again(self.case), make.demo(who)
        if key not in before.moves_by_key():
            return
        if prepared and before.is_running:
            try:
                with transaction.atomic():
                    make.supply(before, key, actor)
            except Refused:
                pass
            before = make.again(self.case)
        documents = before.information.documents.current().first() if prepared else None
        evidence = {"requirement": documents, "output": documents} if documents else {}
        try:
            record = take_step(before, key, actor=actor, note=note, evidence=evidence, category="on_demand")
        except Refused:
            assert make.again(self.case).state == before.state
            return
        self.judge(before, key, actor, note, record)

    def judge(self, before, key, actor, note, record):
        """The act was taken: the sheet must have allowed it."""
        after = make.again(self.case)
        if key == "withdraw":
            assert before.state in WITHDRAWABLE[self.flow]
            assert note
            assert holds(actor, {"ppid_utama"}, before.unit) or actor == before.opened_by
        elif key == "reopen":
            assert note
            assert after.state in ("preparing", "testing")
        else:
            target, roles = SHEETS[self.flow][before.state, key]
            assert after.state == target
            assert holds(actor, roles, before.unit)
        if record.kind == "step" and record.step == 3:
            self.preparers.add(actor)
        if record.kind == "step" and record.step == 4:
            assert actor not in self.preparers

    @rule(who=cast)
    def try_to_change_a_document(self, who):
        before = make.again(self.case)
        try:
            with transaction.atomic():
                add_document(before, make.pdf(), title="Tambahan", actor=make.demo(who))
        except Refused:
            assert make.again(self.case).state == before.state
            return
        after = make.again(self.case)
        prepared = before.step_number > 3
        assert after.state == (
            ({"publication": "preparing", "exclusion": "testing"}[self.flow]) if prepared else before.state
        )

    @rule(who=cast)
    def try_to_add_evidence(self, who):
        before = make.again(self.case)
        try:
            with transaction.atomic():
                add_evidence(before, make.pdf("bukti.pdf"), actor=make.demo(who))
        except Refused:
            pass
        assert make.again(self.case).state == before.state

    @precondition(lambda self: self.case.is_running)
    @rule()
    def go_on_as_the_sheet_says(self):
        """Take the present step as it should be, so that walks get far."""
        case = make.again(self.case)
        if not case.is_running:
            return
        hands = make.PUBLICATION if self.flow == "publication" else make.EXCLUSION
        hands = {
            **hands,
            "prepare": case.unit.code,
            "test_consequences": "opd" if case.unit.code == "disdukcapil" else "pembantu",
        }
        key = next(
            key for key, move in case.moves_by_key().items() if move.kind == "step" and case.state in move.sources
        )
        actor = make.demo(hands[key])
        if key in ("clarify", "accept") and actor in self.preparers:
            return
        make.step(case, key, actor=actor)
        if key in ("prepare", "test_consequences"):
            self.preparers.add(actor)

    @invariant()
    def the_ledger_tells_the_whole_way(self):
        case = Case.objects.get(pk=self.case.pk)
        rows = list(case.records.all())
        assert case.moves == len(rows)
        way = [{"publication": "updating", "exclusion": "collecting"}[self.flow], *(row.to_state for row in rows)]
        assert [row.from_state for row in rows] == way[:-1]
        assert way[-1] == case.state

    @invariant()
    def only_what_went_the_whole_way_is_public(self):
        case = make.again(self.case)
        public = PublishedItem.objects.filter(number=case.information.number).exists()
        assert public == (case.state == "published")
        assert DikEntry.objects.filter(number=case.number).exists() == (case.state == "adopted")


@pytest.mark.django_db
def test_random_people_find_no_way_round_the_sheet():
    class InATransaction(TwoFlows):
        def __init__(self):
            super().__init__()
            self.atomic = transaction.atomic()
            self.atomic.__enter__()

        def teardown(self):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    run_state_machine_as_test(
        InATransaction,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
