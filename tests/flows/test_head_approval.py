"""The head approves an exclusion in person, or by a signed scan; never somebody else, and only what stands there."""

from datetime import timedelta

import pytest
from django.db import Error
from django.utils import timezone

from ppid.flows.actions import take_step
from ppid.flows.approve_as_head import approve, awaiting_head, keep_approval_scan, send_back
from ppid.flows.consequence import record_decree
from ppid.flows.documents import add_evidence
from ppid.flows.head_approval import HeadApproval
from ppid.flows.ledger import Evidence, StepRecord
from ppid.flows.models import Case
from ppid.flows.papers.kinds import KINDS
from ppid.flows.papers.numbering import number_paper
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.information.models import Exclusion
from ppid.organisation.actions import confirm_person
from ppid.organisation.models import Appointment
from tests import make

pytestmark = pytest.mark.django_db

TODAY, DAY = timezone.localdate(), timedelta(days=1)


@pytest.fixture
def case():
    """An exclusion whose test PPID Utama has accepted, and which no head has approved yet."""
    case = make.exclusion(at="reviewing")
    take_step(case, "accept", actor=make.demo("utama"), evidence=make.evidence(case, make.demo("utama")))
    return make.again(case)


def waits(case, who="atasan") -> bool:
    return awaiting_head(make.demo(who), on=TODAY).filter(pk=case.pk).exists()


def test_it_waits_for_the_head_alone_until_the_head_has_spoken(case):
    assert waits(case)
    assert not waits(case, "utama")
    approval = approve(case, actor=make.demo("atasan"), note="Setuju.")
    assert (approval.in_words, approval.approved_on, approval.document) == (
        "Ir. H. Mulyadi Rahman, M.Si., Sekretaris Daerah selaku Atasan PPID",
        TODAY,
        None,
    )
    assert not waits(case)
    assert make.again(case).head_approval == approval
    with pytest.raises(StepOutOfOrder, match="sudah menyetujuinya"):
        approve(make.again(case), actor=make.demo("atasan"))


@pytest.mark.parametrize("who", ["bidang", "utama", "wakil", "opd", "operator", "dinsos"])
def test_nobody_else_gives_it(who, case):
    with pytest.raises(StepForbidden, match="oleh Atasan PPID sendiri"):
        approve(case, actor=make.demo(who))


def test_the_decree_names_the_head_who_approved_and_nobody_types_it(case):
    with pytest.raises(StepUnmet, match="Pimpinan belum menyetujui"):
        record_decree(case, make.decree(), actor=make.demo("bidang"))
    approve(case, actor=make.demo("atasan"))
    decree = record_decree(case, make.decree(approved_by="Siapa saja"), actor=make.demo("bidang"))
    assert decree.approved_by == "Ir. H. Mulyadi Rahman, M.Si., Sekretaris Daerah selaku Atasan PPID"
    number = case.paper_numbers.get(kind="decree")
    assert (number.number, number.date) == (decree.number, decree.date)
    assert decree.approved_by in str(number.says)


def test_a_decree_recorded_again_numbers_its_paper_anew(case):
    approve(case, actor=make.demo("atasan"))
    first = record_decree(case, make.decree(number="A/2026"), actor=make.demo("bidang"))
    record_decree(
        make.again(case), make.decree(number="B/2026", recorded_at=first.recorded_at), actor=make.demo("bidang")
    )
    assert list(case.paper_numbers.filter(kind="decree").values_list("number", "cancelled_because")) == [
        ("A/2026", "Surat penetapan dicatat lagi."),
        ("B/2026", ""),
    ]


def test_whoever_took_a_step_is_not_its_head():
    both = make.person("opd", unit="disdukcapil", name="Kepala Merangkap, S.H.")
    make.appoint(both, "atasan_ppid", unit="diskominfo")
    case = make.exclusion(at="reviewing", hands={"test_consequences": both})
    take_step(case, "accept", actor=make.demo("utama"), evidence=make.evidence(case, make.demo("utama")))
    with pytest.raises(StepForbidden, match="tidak seorang pun menyetujui pekerjaannya"):
        approve(make.again(case), actor=both)
    accepted = make.again(case)
    held = Appointment.objects.get(user=both, role__code="atasan_ppid")
    with pytest.raises(Error, match="nobody approves their own work"), make.savepoint():
        HeadApproval.objects.create(
            case=accepted,
            moves=accepted.moves,
            test_digest=accepted.test.digest,
            appointment=held,
            name=both.name,
            acting_as=held.acting_as,
            approved_on=TODAY,
            recorded_by=both,
            recorded_by_name=both.name,
            recorded_at=timezone.now(),
        )


def test_whoever_vouches_alone_for_who_took_a_step_is_not_its_head():
    """Collecting is work on no test, but the head takes no step of what the head approves: also not by other hands."""
    both = make.person("ppid_utama", unit="diskominfo", name="Kepala Merangkap, S.H.")
    make.appoint(both, "atasan_ppid", unit="diskominfo")
    _, puppet = make.maker_and_puppet("bidang_layanan", unit="diskominfo", by=both)
    case = make.exclusion(at="reviewing", hands={"collect": puppet})
    take_step(case, "accept", actor=make.demo("utama"), evidence=make.evidence(case, make.demo("utama")))
    accepted = make.again(case)
    with pytest.raises(StepForbidden, match="akun Boneka, yang mengerjakan langkah 1 proses ini"):
        approve(accepted, actor=both)
    held = Appointment.objects.get(user=both, role__code="atasan_ppid")
    approval = {"case": accepted, "moves": accepted.moves, "test_digest": accepted.test.digest, "appointment": held}
    approval |= {"name": both.name, "acting_as": held.acting_as, "approved_on": TODAY, "recorded_by": both}
    approval |= {"recorded_by_name": both.name, "recorded_at": timezone.now()}
    with pytest.raises(Error, match="nobody approves their own work"), make.savepoint():
        HeadApproval.objects.create(**approval)
    confirm_person(puppet, actor=make.demo("wakil"))
    assert approve(accepted, actor=both).name == both.name


def test_it_is_given_while_the_case_waits_to_be_adopted_and_at_no_other_time():
    case, atasan = make.exclusion(at="testing"), make.demo("atasan")
    for act in (
        lambda: approve(case, actor=atasan),
        lambda: send_back(case, actor=atasan, reason="Belum cukup."),
        lambda: TestScan().keep(case),
    ):
        with pytest.raises(StepOutOfOrder, match="Persetujuan pimpinan tidak sedang ditunggu"):
            act()


def test_sent_back_with_a_reason_it_is_tested_again_and_an_approval_is_void(case):
    with pytest.raises(StepUnmet, match="Tuliskan alasannya"):
        send_back(case, actor=make.demo("atasan"), reason=" ")
    record = send_back(case, actor=make.demo("atasan"), reason="Pertimbangannya belum cukup.")
    assert make.again(case).state == "testing"
    assert (record.actor, record.note) == (make.demo("atasan"), "Pertimbangannya belum cukup.")
    again = make.step(make.again(case), "test_consequences", actor="opd")
    take_step(again, "accept", actor=make.demo("utama"), evidence=make.evidence(again, make.demo("utama")))
    assert approve(make.again(again), actor=make.demo("atasan")), "sending back is no work on the test"


def test_an_approval_ends_when_the_case_goes_back(case):
    approve(case, actor=make.demo("atasan"))
    back = case.row_of("test_consequences").number
    take_step(case, "send_back", actor=make.demo("bidang"), note="Salah huruf.", to=back)
    case = make.step(make.again(case), "test_consequences", actor="opd")
    take_step(case, "accept", actor=make.demo("utama"), evidence=make.evidence(case, make.demo("utama")))
    assert make.again(case).head_approval is None
    assert waits(case)


class TestScan:
    def keep(self, case, **fields):
        held = Appointment.objects.get(user=make.demo("atasan"))
        given = {"approved_on": TODAY, "appointment": held, "actor": make.demo("bidang"), **fields}
        return keep_approval_scan(case, make.pdf("persetujuan.pdf"), **given)

    def test_a_signed_scan_stands_for_it_with_its_day(self, case):
        approval = self.keep(case)
        assert approval.document.purpose == "evidence"
        assert (approval.name, approval.recorded_by) == ("Ir. H. Mulyadi Rahman, M.Si.", make.demo("bidang"))
        assert not waits(case)

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"approved_on": TODAY + DAY}, "sesudah hari ini"),
            ({"approved_on": TODAY - DAY}, "sebelum tanggal pengujian"),
            ({"approved_on": TODAY.replace(year=2001)}, "bukan Atasan PPID pada tanggal"),
        ],
    )
    def test_its_day_lies_between_the_test_and_today_with_the_head_in_office(self, fields, sentence, case):
        with pytest.raises(StepUnmet, match=sentence):
            self.keep(case, **fields)
        assert not HeadApproval.objects.exists()

    def test_another_office_is_no_head(self, case):
        held = Appointment.objects.filter(user=make.demo("utama")).first()
        with pytest.raises(StepUnmet, match="bukan Atasan PPID"):
            self.keep(case, appointment=held)

    def test_it_is_kept_by_whoever_has_the_step(self, case):
        with pytest.raises(StepForbidden):
            self.keep(case, actor=make.demo("opd"))


def test_the_database_takes_no_other_approval_and_keeps_those_given(case):
    head, bidang = make.demo("atasan"), make.demo("bidang")
    held = Appointment.objects.get(user=head)
    sound = {
        "case": case,
        "moves": case.moves,
        "test_digest": case.test.digest,
        "appointment": held,
        "name": head.name,
        "acting_as": held.acting_as,
        "approved_on": TODAY,
        "recorded_by": head,
        "recorded_by_name": head.name,
        "recorded_at": timezone.now(),
    }
    for changed, match in [
        ({"recorded_by": bidang}, "in person"),
        ({"appointment": Appointment.objects.filter(user=bidang).first(), "recorded_by": bidang}, "in person"),
        ({"approved_on": TODAY + DAY}, "waits to be adopted"),
        ({"approved_on": TODAY - DAY}, "waits to be adopted"),
        ({"moves": case.moves - 1}, "waits to be adopted"),
        ({"test_digest": "0" * 64}, "waits to be adopted"),
    ]:
        with pytest.raises(Error, match=match), make.savepoint():
            HeadApproval.objects.create(**sound | changed)
    reviewing, early, late = make.exclusion(at="reviewing"), make.person(), make.person()
    tested = {"case": reviewing, "moves": reviewing.moves, "test_digest": reviewing.test.digest}
    former = make.appoint(early, "atasan_ppid", unit="setda", ends_on=TODAY - DAY)
    coming = make.appoint(late, "atasan_ppid", unit="setda", starts_on=TODAY + DAY)
    for changed, match in [
        (tested, "waits to be adopted"),
        ({"appointment": former, "recorded_by": early}, "in person"),
        ({"appointment": coming, "recorded_by": late}, "in person"),
    ]:
        with pytest.raises(Error, match=match), make.savepoint():
            HeadApproval.objects.create(**sound | changed)
    foreign = make.evidence_file(make.exclusion(at="testing"))
    with pytest.raises(Error, match="kept with its item"), make.savepoint():
        HeadApproval.objects.create(**sound | {"document": foreign, "recorded_by": bidang})
    paper = number_paper(case, KINDS["minutes"], number="1/2026", date=TODAY, actor=make.demo("utama")).document
    with pytest.raises(Error, match="kept with its item"), make.savepoint():
        HeadApproval.objects.create(**sound | {"document": paper, "recorded_by": bidang})
    HeadApproval.objects.create(**sound)
    for change in (lambda: HeadApproval.objects.update(note="Lain"), lambda: HeadApproval.objects.all().delete()):
        with pytest.raises(Error), make.savepoint():
            change()


def test_the_database_adopts_nothing_without_the_heads_word(case):
    bidang, at = make.demo("bidang"), timezone.now()
    test = case.test
    decree = make.decree(exclusion=case.exclusion, test_digest=test.digest, recorded_by=bidang, recorded_at=at)
    decree.save(force_insert=True)  # as if a way around the domain had been found
    scan = add_evidence(case, make.pdf("penetapan.pdf"), actor=bidang)
    last = case.records.last()

    def adopt():
        record = StepRecord.objects.create(
            case=case,
            sequence=case.moves + 1,
            kind="step",
            key="adopt",
            step=5,
            from_state="adopting",
            to_state="adopted",
            actor=bidang,
            actor_name=bidang.name,
            appointment=last.appointment,
            acting_as=last.acting_as,
            unit=case.unit,
            received_at=case.received_at,
            done_at=at,
            due_at=case.due_at,
        )
        Evidence.objects.create(record=record, part="output", document=scan, sha256=scan.sha256, means="decree")
        Exclusion.objects.filter(pk=case.exclusion_id).update(adopted_at=at, ends_on=test.ends_on)
        Case.objects.filter(pk=case.pk).update(
            state="adopted", step=None, moves=case.moves + 1, received_at=at, ended_at=at
        )

    with pytest.raises(Error, match="adopted with the approval of the head"), make.savepoint():
        adopt()
