"""«Sedang saya kerjakan»: who sees it, how long it stands, and that it keeps nobody from lawful work."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from ppid.flows.actions import open_publication, take_step
from ppid.flows.claiming import claim, let_go, standing
from ppid.flows.claims import Claim
from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case
from ppid.flows.steps import StepForbidden, StepOutOfOrder
from ppid.notices.models import Notice
from ppid.organisation.models import Appointment
from ppid.worktime.calendar import calendar
from ppid.worktime.durations import Duration
from tests import make, make_sheets
from tests.make_sheets import row

pytestmark = pytest.mark.django_db


def at_work(case: Case, *, at=None) -> list[str]:
    return [each.actor.email.split("@")[0] for each in standing(make.again(case), at=at or timezone.now())]


def refused(kind: type[Exception], act) -> str:
    with pytest.raises(kind) as refusal:
        act()
    return str(refusal.value)


def test_who_takes_a_row_up_is_seen_there():
    case = make.publication()
    taken = claim(case, actor=make.demo("bidang"))
    assert at_work(case) == ["bidang"]
    assert taken.acting_as == "Bidang Pengelolaan dan Layanan Informasi Publik"
    assert Case.objects.for_list().get(pk=case.pk).standing_claims == [taken]


def test_it_stands_to_the_end_of_the_next_working_day():
    at = timezone.now()
    taken = claim(make.publication(), actor=make.demo("bidang"), at=at)
    assert taken.until == calendar().due(taken.at, Duration(1, "working_day"))
    assert at_work(taken.case, at=taken.until - timedelta(seconds=1)) == ["bidang"]
    assert at_work(taken.case, at=taken.until) == []


def test_it_lapses_when_the_case_moves():
    case, bidang = make.publication(), make.demo("bidang")
    claim(case, actor=bidang)
    make.step(case, "update_content", actor="bidang")
    assert at_work(case) == []


def test_it_is_let_go_by_hand():
    case, bidang = make.publication(), make.demo("bidang")
    claim(case, actor=bidang)
    let_go(case, actor=bidang)
    assert at_work(case) == []
    assert "tidak sedang tercatat" in refused(StepOutOfOrder, lambda: let_go(case, actor=bidang))


def test_it_ends_with_the_office():
    case = make.publication()
    colleague = make.person("bidang_layanan")
    claim(case, actor=colleague)
    make.change(colleague, is_active=False)
    assert at_work(case) == []
    assert claim(case, actor=make.demo("bidang")), "without asking to take over"


def test_a_colleague_is_warned_and_takes_over_by_name():
    case, colleague = make.publication(), make.person("bidang_layanan")
    taken = claim(case, actor=make.demo("bidang"))
    assert "sedang mengerjakannya" in refused(StepOutOfOrder, lambda: claim(case, actor=colleague))
    over = claim(case, actor=colleague, over=taken.pk)
    assert over.over == taken
    assert Notice.objects.get(person=make.demo("bidang"), kind="taken_over").number == case.number
    assert at_work(case) == [colleague.email.split("@")[0]]


def test_what_was_taken_over_meanwhile_is_not_taken_over_unseen():
    case, one, two = make.publication(), make.person("bidang_layanan"), make.person("bidang_layanan")
    seen = claim(case, actor=make.demo("bidang"))
    claim(case, actor=one, over=seen.pk)
    assert one.name in refused(StepOutOfOrder, lambda: claim(case, actor=two, over=seen.pk))


def test_it_never_blocks_another_holder():
    case, colleague = make.publication(), make.person("bidang_layanan")
    claim(case, actor=make.demo("bidang"))
    assert isinstance(
        take_step(case, "update_content", actor=colleague, evidence=make.evidence(case, colleague)), StepRecord
    )


def test_twice_by_the_same_person_is_once():
    case, bidang = make.publication(), make.demo("bidang")
    assert claim(case, actor=bidang) == claim(case, actor=bidang)
    assert Claim.objects.count() == 1


def test_only_who_may_take_the_row_takes_it_up():
    case = make.publication()
    assert "tugas" in refused(StepForbidden, lambda: claim(case, actor=make.demo("operator")))
    assert "sudah bergerak" in refused(StepOutOfOrder, lambda: claim(case, actor=make.demo("bidang"), seen=9))
    ended = make.publication(at="published")
    assert "berakhir" in refused(StepOutOfOrder, lambda: claim(ended, actor=make.demo("operator")))


def test_each_column_of_a_joint_row_has_its_own():
    rows = [row("bidang", 1, 2, to="operator"), row("pelaksana", 3), row("utama", 4), row("operator", 5, 6, 7)]
    make_sheets.in_force(make_sheets.sheet(rows))
    case = open_publication(make.information(unit="dinkes"), actor=make.demo("bidang"))
    claim(case, actor=make.demo("bidang"))
    claim(case, actor=make.demo("operator"))
    assert at_work(case) == ["bidang", "operator"] or at_work(case) == ["operator", "bidang"]


class TestTheDatabase:
    def refuses(self, words: str, act) -> None:
        with pytest.raises(DatabaseError, match=words), make.savepoint():
            act()

    def test_a_row_of_it_stays(self):
        taken = claim(make.publication(), actor=make.demo("bidang"))
        rows = Claim.objects.filter(pk=taken.pk)
        self.refuses("Cannot update or delete", lambda: rows.update(until=timezone.now()))
        self.refuses("Cannot update or delete", rows.delete)
        make.at_the_end()
        self.refuses("never emptied", lambda: connection.cursor().execute("TRUNCATE flows_claim CASCADE"))

    def test_one_person_claims_a_row(self):
        taken, colleague = claim(make.publication(), actor=make.demo("bidang")), make.person("bidang_layanan")
        theirs = {"actor": colleague, "appointment": Appointment.objects.get(user=colleague)}
        self.refuses("takes it over by name", lambda: make.twin(taken, **theirs))
        self.refuses("takes it over by name", lambda: make.twin(taken, kind="let_go", until=taken.at, **theirs))

    def test_where_the_case_stands_and_by_who_holds_its_column(self):
        taken = claim(make.publication(), actor=make.demo("bidang"))
        self.refuses("where its case stands", lambda: make.twin(taken, moves=5))
        operator = make.demo("operator")
        theirs = {"actor": operator, "appointment": Appointment.objects.get(user=operator), "over": taken}
        self.refuses("who holds its column", lambda: make.twin(taken, **theirs))
