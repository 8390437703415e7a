"""What a finished case brought about is changed by two people: one proposes, another decides, the old words stay."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.utils import DatabaseError, IntegrityError
from django.utils import timezone

from ppid.flows.afterwards import Amendment
from ppid.flows.amendments import awaiting_decision, changes, decide, propose, withdraw
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.shelf.models import DikEntry, Tombstone
from tests import make

pytestmark = pytest.mark.django_db

# The words of the builders' lembar uji, written out.
OLD = {
    "information": "Data pribadi pemohon akta",
    "consequence_if_open": "Mengungkap rahasia pribadi pemohon.",
    "consequence_if_closed": "Melindungi hak pribadi pemohon.",
    "hides_former": False,
}
NEW = {**OLD, "information": "Data pribadi pemohon akta kelahiran"}


def correct(case, *, actor="bidang", after=NEW, reason="Kata «kelahiran» tertinggal.", **more) -> Amendment:
    actor = make.demo(actor) if isinstance(actor, str) else actor
    return propose(case, "correct_dik", actor=actor, after=after, reason=reason, **more)


@pytest.fixture(scope="module")
def adopted(built_once):
    return make.exclusion(at="adopted")


@pytest.fixture
def case(adopted, db):
    return make.again(adopted)


def on_the_dik(case) -> DikEntry:
    return DikEntry.objects.get(number=case.number)


class TestCorrection:
    def test_nothing_changes_before_it_is_decided(self, case):
        amendment = correct(case)
        assert amendment.is_undecided
        assert (amendment.before, amendment.after) == (OLD, NEW)
        assert on_the_dik(case).information == OLD["information"]

    def test_approved_the_dik_reads_the_new_words_and_says_when_and_what_it_said_before(self, case):
        decide(correct(case), approve=True, actor=make.demo("utama"))
        entry = on_the_dik(case)
        assert entry.information == "Data pribadi pemohon akta kelahiran"
        assert entry.corrected == [(timezone.localdate(), ["Data pribadi pemohon akta"])]

    def test_meaning_basis_and_term_stay(self, case):
        before = on_the_dik(case)
        decide(correct(case), approve=True, actor=make.demo("utama"))
        after = on_the_dik(case)
        for field in ("legal_basis", "scope", "term", "ends_on", "decree_number", "decree_date", "adopted_at"):
            assert getattr(after, field) == getattr(before, field), field
        assert case.exclusion.test.public_description == "Data pribadi pemohon akta", "the lembar uji is as signed"

    def test_a_second_correction_starts_from_the_first(self, case):
        decide(correct(case), approve=True, actor=make.demo("utama"))
        second = correct(case, after={**NEW, "consequence_if_open": "Mengungkap rahasia pemohon."})
        assert second.before == NEW
        decide(second, approve=True, actor=make.demo("utama"))
        assert [former for _, former in on_the_dik(case).corrected] == [
            ["Data pribadi pemohon akta"],
            ["Mengungkap rahasia pribadi pemohon."],
        ]

    def test_former_words_that_opened_what_is_excluded_are_kept_from_the_public(self, case):
        amendment = correct(case, after={**NEW, "hides_former": True})
        assert ("Kata lama disembunyikan dari publik", "tidak", "ya") in changes(amendment)
        decide(amendment, approve=True, actor=make.demo("utama"))
        assert on_the_dik(case).corrected == [(timezone.localdate(), [])]
        assert Amendment.objects.get().before["information"] == "Data pribadi pemohon akta"

    def test_the_tombstone_says_the_new_words_too(self):
        item = make.publication(at="published", unit="disdukcapil").information
        case = make.exclusion(at="adopted", information=item)
        decide(correct(case), approve=True, actor=make.demo("utama"))
        assert Tombstone.objects.get(number=item.number).title == "Data pribadi pemohon akta kelahiran"

    def test_refused_it_changes_nothing_and_says_why(self, case):
        amendment = correct(case)
        with pytest.raises(StepUnmet, match="mengapa usul ini tidak disetujui"):
            decide(amendment, approve=False, actor=make.demo("utama"))
        refused = decide(amendment, approve=False, actor=make.demo("utama"), note="Sudah benar.")
        assert (refused.decision, refused.decided_note) == ("refused", "Sudah benar.")
        assert on_the_dik(case).corrections == []

    @pytest.mark.parametrize(
        ("after", "reason", "sentence"),
        [
            (OLD, "Salah ketik.", "Tidak ada kata yang berubah"),
            ({**OLD, "information": " "}, "Salah ketik.", "Tulis uraian informasinya untuk DIK"),
            ({**OLD, "consequence_if_open": "x" * 4001}, "Salah ketik.", "Paling banyak 4000 huruf"),
            (NEW, "  ", "Tuliskan alasannya"),
        ],
    )
    def test_what_can_not_be_approved_is_not_proposed(self, case, after, reason, sentence):
        with pytest.raises(StepUnmet, match=sentence):
            correct(case, after=after, reason=reason)
        assert not Amendment.objects.exists()

    @pytest.mark.parametrize("state", ["adopting", "withdrawn"])
    def test_only_what_was_adopted_is_corrected(self, state):
        case, said = make.exclusion(at="adopting"), "belum berakhir, jadi isinya diubah lewat langkah-langkahnya"
        if state == "withdrawn":
            from ppid.flows.actions import take_step

            take_step(case, "withdraw", actor=make.demo("utama"), note="Salah buka.")
            said = "tidak menetapkan pengecualian: Ditarik"
        with pytest.raises(StepOutOfOrder, match=said):
            correct(make.again(case))

    def test_a_page_that_asks_for_other_words_than_there_are_is_a_fault_of_ours(self, case):
        with pytest.raises(ValueError, match="Not the words of the DIK"):
            correct(case, after={**NEW, "term": "Selamanya"})


class TestWho:
    @pytest.mark.parametrize("who", ["bidang", "opd", "utama"])
    def test_whoever_performs_a_row_of_the_sheet_proposes(self, case, who):
        assert correct(case, actor=who).proposed_by == make.demo(who)

    @pytest.mark.parametrize("who", ["operator", "dinsos"])
    def test_nobody_else_does(self, case, who):
        with pytest.raises(StepForbidden, match="diusulkan oleh petugas"):
            correct(case, actor=who)

    def test_ppid_utama_and_the_atasan_decide_and_no_other(self, case):
        amendment = correct(case)
        for who in ("opd", "operator", "disdukcapil"):
            with pytest.raises(StepForbidden, match="diputuskan PPID Utama atau Atasan PPID"):
                decide(amendment, approve=True, actor=make.demo(who))
        head = make.person("atasan_ppid", unit="diskominfo")
        assert decide(amendment, approve=True, actor=head).decided_as.endswith("Atasan PPID")

    def test_nobody_decides_their_own_proposal_and_is_told_who_may(self, case):
        head = make.person("atasan_ppid", unit="diskominfo", name="Sekretaris, M.Si.")
        amendment = correct(case, actor="utama")
        with pytest.raises(StepForbidden, match="Anda sendiri yang mengusulkan.*Sekretaris, M.Si."):
            decide(amendment, approve=True, actor=make.demo("utama"))
        decide(amendment, approve=True, actor=head)

    def test_it_waits_for_those_who_may_decide(self, case):
        amendment = correct(case, actor="utama")
        head = make.person("atasan_ppid", unit="diskominfo")
        assert list(awaiting_decision(head, head.appointments.all())) == [amendment]
        for who in ("utama", "bidang", "operator"):
            assert list(awaiting_decision(make.demo(who), make.demo(who).appointments.all())) == []

    def test_its_proposer_withdraws_it_and_nobody_else(self, case):
        amendment = correct(case)
        with pytest.raises(StepForbidden):
            withdraw(amendment, actor=make.demo("utama"))
        assert withdraw(amendment, actor=make.demo("bidang")).decision == "withdrawn"
        with pytest.raises(StepOutOfOrder, match="ditarik pengusul"):
            decide(amendment, approve=True, actor=make.demo("utama"))
        correct(case)  # and may propose again

    def test_one_waits_at_a_time(self, case):
        correct(case)
        with pytest.raises(StepOutOfOrder, match="masih menunggu keputusan"):
            correct(case, actor="opd")


class TestDatabase:
    def refused(self, act, match: str):
        with pytest.raises(DatabaseError, match=match), make.savepoint():
            act()

    def test_a_proposal_stays_as_it_was_made(self, case):
        amendment = correct(case)
        rows = Amendment.objects.filter(pk=amendment.pk)
        for field, value in {"after": {}, "before": {}, "reason": "lain", "proposed_name": "Lain"}.items():
            self.refused(
                lambda field=field, value=value: rows.update(**{field: value}), "amendment_stays_as_proposed|ead.?only"
            )
        self.refused(lambda: rows.delete(), "amendment_is_kept|annot delete")

    def test_it_is_decided_once(self, case):
        amendment = decide(correct(case), approve=True, actor=make.demo("utama"))
        rows = Amendment.objects.filter(pk=amendment.pk)
        self.refused(lambda: rows.update(decided_note="lain"), "annot update")

    def test_its_proposer_never_decides_it(self, case):
        rows = Amendment.objects.filter(pk=correct(case).pk)
        now, bidang = timezone.now(), make.demo("bidang")
        decided = {"decided_by": bidang, "decided_name": "B", "decided_at": now}
        with pytest.raises(IntegrityError, match="nobody_decides_their_own"), make.savepoint():
            rows.update(decision="approved", **decided)
        with pytest.raises(IntegrityError, match="only_its_proposer_withdraws"), make.savepoint():
            rows.update(decision="withdrawn", **{**decided, "decided_by": make.demo("utama")})
        with pytest.raises(IntegrityError, match="a_refused_amendment_says_why"), make.savepoint():
            rows.update(decision="refused", **{**decided, "decided_by": make.demo("utama")})

    def test_a_running_case_has_none_and_a_letter_was_written_already(self, case):
        amendment = correct(case)
        row = {field.attname: getattr(amendment, field.attname) for field in Amendment._meta.concrete_fields}
        row.pop("id")
        running = make.exclusion(at="adopting")
        self.refused(lambda: Amendment.objects.create(**{**row, "case_id": running.pk}), "ended case")
        tomorrow = timezone.localdate() + timedelta(days=1)
        self.refused(
            lambda: Amendment.objects.create(**{**row, "kind": "other", "letter_date": tomorrow}), "written already"
        )

    def test_it_is_proposed_after_the_end_and_not_decided_as_it_is_proposed(self, case):
        amendment, utama = correct(case), make.demo("utama")
        decided = {"decision": "approved", "decided_by": utama, "decided_name": "U", "decided_at": timezone.now()}
        for changed in ({"proposed_at": case.ended_at - timedelta(minutes=1)}, decided):
            self.refused(
                lambda changed=changed: make.twin(amendment, **{"kind": "other", **changed}),
                "proposed for an ended case, and decided later",
            )

    def test_its_document_is_evidence_of_the_same_item(self, case):
        amendment, other = correct(case), make.publication(at="clarifying")
        evidence, content = make.evidence_file(other), other.information.documents.content().get()
        for document in (evidence, content, case.paper_numbers.first().document):
            self.refused(
                lambda document=document: make.twin(amendment, kind="other", document=document),
                "evidence of the same item",
            )

    def test_one_waits_at_a_time_here_too(self, case):
        amendment = correct(case)
        amendment.pk = None
        with pytest.raises(IntegrityError, match="one_undecided_amendment"), make.savepoint():
            amendment.save(force_insert=True)

    def test_it_is_never_emptied(self):
        def empty():
            with connection.cursor() as cursor:
                cursor.execute("TRUNCATE flows_amendment CASCADE")

        self.refused(empty, "never emptied")
