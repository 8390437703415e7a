"""Participants of a consequence test confirm it with their own sign-in: who may be named, in which words, and by when.

The sheet of these tests is the source sheet: row 3 tests, row 4 (PPID Utama) decides, row 5 (Bidang) adopts.
"""

from datetime import timedelta

import pytest
from django.db import Error
from django.utils import timezone

from ppid.flows import own_work
from ppid.flows.actions import take_step
from ppid.flows.consequence import fill_test
from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case
from ppid.flows.own_work import worked_on
from ppid.flows.participants import confirm_test, may_take_part
from ppid.flows.participation import ParticipantConfirmation, awaiting_confirmation, confirmed
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.flows.undo import undo
from ppid.information.classification import ConsequenceTest, Participant
from ppid.notices.models import Dispatch, Notice
from ppid.organisation.actions import give_password
from ppid.organisation.appointing import stop
from ppid.organisation.models import Appointment, User
from ppid.proof.dossier.content import gather
from ppid.proof.dossier.rows import links_of
from ppid.web.refusals import ChangedMeanwhile
from tests import make

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture(scope="module")
def built(built_once) -> tuple[Case, User]:
    """An exclusion that waits for its test, and a colleague of its unit who may know of it."""
    mate = make.person("ppid_pembantu", unit="disdukcapil", name="Ratna Dewi, S.H.")
    return make.exclusion(at="testing"), mate


@pytest.fixture
def case(built, db):
    return make.again(built[0])


@pytest.fixture
def mate(built, db):
    return User.objects.get(pk=built[1].pk)


def take(case: Case, actor="opd") -> StepRecord:
    person = make.demo(actor) if isinstance(actor, str) else actor
    return take_step(case, "test_consequences", actor=person, evidence=make.evidence(case, person))


def offered(case: Case) -> dict[str, str]:
    return {each.person.name: each.keeps_from for each in may_take_part(case, actor=make.demo("opd"), on=TODAY)}


def row_of(case: Case, person, **fields) -> ParticipantConfirmation:
    """Return a confirmation written past the domain: the database alone may refuse it."""
    held = Appointment.objects.filter(user=person).first()
    test = ConsequenceTest.objects.get(exclusion=case.exclusion)
    given = {"case": case, "moves": case.moves, "actor": person, "actor_name": person.name, "appointment": held}
    given |= {"acting_as": held.acting_as, "digest": test.words_digest, "confirmed_at": timezone.now()}
    return ParticipantConfirmation.objects.create(**given | fields)


class TestWhoMayBeNamed:
    # By hand, of the demo's office: who may know of an exclusion of disdukcapil, and takes no decision on it.
    KNOW = {"opd"}
    OTHERS = ["utama", "wakil", "atasan", "disdukcapil", "dinsos", "pembantu", "operator", "pengelola"]

    def test_those_who_know_and_do_not_decide(self, case, mate):
        assert offered(case) == {make.demo("opd").name: "", mate.name: ""}, "Bidang has one holder, who adopts"

    def test_whoever_adopts_is_told_what_taking_part_keeps_them_from(self, case):
        make.person("bidang_layanan", unit="diskominfo", name="Wati, S.Kom.")
        kept = "bila ikut menguji, tidak menetapkan pada langkah 5"
        assert offered(case) | {"Ratna Dewi, S.H.": ""} == {
            make.demo("bidang").name: kept,
            "Wati, S.Kom.": kept,
            make.demo("opd").name: "",
            "Ratna Dewi, S.H.": "",
        }

    @pytest.mark.parametrize("who", OTHERS)
    def test_nobody_else_is_taken(self, who, case):
        person = make.demo(who)
        with pytest.raises(StepUnmet, match=f"{person.name} .*tulis namanya tanpa akun"):
            make.filled_in(case, person)
        test = make.filled_in(case, "Seseorang")
        with pytest.raises(Error, match="may know of the exclusion, and does not decide"), make.savepoint():
            Participant.objects.create(test=test, person=person, name=person.name, position="-")

    def test_nor_somebody_before_their_first_password_is_changed(self, case, mate):
        give_password(mate, actor=make.demo("utama"))
        mate = User.objects.get(pk=mate.pk)
        assert mate.name not in offered(case)
        with pytest.raises(StepUnmet, match="tidak dapat dipilih"):
            make.filled_in(case, mate)
        test = make.filled_in(case, "Seseorang")
        with pytest.raises(Error, match="may know of the exclusion"), make.savepoint():
            Participant.objects.create(test=test, person=mate, name=mate.name, position="-")

    def test_the_last_who_could_adopt_is_neither_taken_nor_may_they_confirm(self, case, mate):
        bidang, second = make.demo("bidang"), make.person("bidang_layanan", unit="diskominfo")
        with pytest.raises(StepUnmet, match="tidak ada lagi yang dapat menetapkan pada langkah 5"):
            make.filled_in(case, bidang, second)
        make.filled_in(case, bidang)
        stop(Appointment.objects.get(user=second), actor=make.demo("utama"), because="Pindah tugas.")
        with pytest.raises(StepUnmet, match="Bila Anda ikut menguji, tidak ada lagi yang dapat menetapkan"):
            confirm_test(make.again(case), actor=bidang)

    def test_nor_an_account_for_which_the_last_who_could_adopt_alone_vouches(self, case):
        _, puppet = make.maker_and_puppet("ppid_pembantu", unit="disdukcapil", by=make.demo("utama"))
        assert puppet.name in offered(case), "the Plh decides in place of who made the account"
        stop(Appointment.objects.get(user=make.demo("wakil"), role__code="ppid_utama"), actor=make.demo("utama"))
        with pytest.raises(StepUnmet, match="tidak ada lagi yang dapat memutuskan pada langkah 4"):
            make.filled_in(case, puppet)

    def test_name_and_position_are_those_of_their_appointment_on_that_day(self, case, mate):
        make.filled_in(case, mate, "Pak Anton")
        assert [str(each) for each in case.exclusion.test.participants.all()] == [
            "Ratna Dewi, S.H., PPID Pembantu",
            "Pak Anton, Arsiparis",
        ]
        mate.name = "Ratna Dewi, S.H., M.H."
        assert case.exclusion.test.participants.get(person=mate).name == "Ratna Dewi, S.H."

    def test_nobody_stands_there_twice(self, case, mate):
        for people in ([mate, mate], [mate, "ratna dewi,  s.h."], ["Pak Anton", "Pak Anton"]):
            with pytest.raises(StepUnmet, match="dua kali"):
                make.filled_in(case, *people)
        test = make.filled_in(case, mate)
        with pytest.raises(Error, match="takes_part_once"), make.savepoint():
            make.twin(test.participants.get())

    def test_their_name_is_not_somebody_elses(self, case, mate):
        test = make.filled_in(case, "Seseorang")
        with pytest.raises(Error, match="may know of the exclusion"), make.savepoint():
            Participant.objects.create(test=test, person=mate, name="Orang lain", position="-")

    def test_being_named_shows_nobody_more_than_they_saw(self, case, mate):
        make.filled_in(case, mate, "Siti Aminah, S.Sos.")
        assert Case.objects.visible_to(mate, on=TODAY).filter(pk=case.pk).exists()
        assert not Case.objects.visible_to(make.demo("dinsos"), on=TODAY).filter(pk=case.pk).exists()


class TestConfirming:
    def test_it_keeps_who_as_what_when_and_which_words(self, case, mate):
        test = make.filled_in(case, mate)
        said = confirm_test(make.again(case), actor=mate, seen=test.words_digest)
        assert (said.actor, said.actor_name, said.acting_as) == (mate, "Ratna Dewi, S.H.", "PPID Pembantu")
        assert (said.digest, said.by_step, said.moves) == (test.words_digest, False, case.moves)
        assert said.confirmed_at > test.filled_at
        with pytest.raises(StepOutOfOrder, match="Anda sudah mengonfirmasi lembar ini pada"):
            confirm_test(make.again(case), actor=mate)

    def test_it_is_done_at_the_row_that_tests_and_nowhere_else(self, mate):
        early, late = make.exclusion(at="screening"), make.exclusion(at="reviewing")
        for case in (early, late, make.publication(at="preparing")):
            with pytest.raises(StepOutOfOrder, match="Lembar uji dikonfirmasi pesertanya"):
                confirm_test(case, actor=mate)
        with pytest.raises(Error, match="confirmed in its words, while it is made"), make.savepoint():
            row_of(late, make.demo("opd"))

    def test_not_before_it_is_filled_in(self, case, mate):
        with pytest.raises(StepOutOfOrder, match="belum diisi"):
            confirm_test(case, actor=mate)

    @pytest.mark.parametrize("who", ["opd", "bidang", "utama", "atasan", "dinsos"])
    def test_only_by_whom_it_names(self, who, case, mate):
        make.filled_in(case, mate, make.demo(who).name)
        with pytest.raises(StepForbidden, match="Anda tidak tercatat di sana"):
            confirm_test(make.again(case), actor=make.demo(who))
        with pytest.raises(Error, match="confirmed in its words, while it is made"), make.savepoint():
            row_of(case, make.demo(who))

    def test_not_any_more_by_whom_may_no_longer_know(self, case, mate):
        make.filled_in(case, mate)
        stop(Appointment.objects.get(user=mate), actor=make.demo("utama"), because="Pindah tugas.")
        with pytest.raises(StepForbidden):
            confirm_test(make.again(case), actor=mate)
        with pytest.raises(Error, match="who may know of it"), make.savepoint():
            row_of(case, mate)

    def test_nobody_confirms_words_that_they_did_not_read(self, case, mate):
        seen = make.filled_in(case, mate).words_digest
        make.filled_in(case, mate, subject="Berkas lain")
        with pytest.raises(ChangedMeanwhile, match="diisi kembali sejak Anda membukanya"):
            confirm_test(make.again(case), actor=mate, seen=seen)
        with pytest.raises(Error, match="confirmed in its words"), make.savepoint():
            row_of(case, mate, digest=seen)

    def test_the_database_takes_no_other_appointment_moment_or_place(self, case, mate):
        test = make.filled_in(case, mate)
        others = Appointment.objects.filter(user=make.demo("opd")).first()
        for changed in (
            {"appointment": others},
            {"moves": case.moves + 1},
            {"confirmed_at": test.filled_at - timedelta(seconds=1)},
        ):
            with pytest.raises(Error, match="confirmed in its words"), make.savepoint():
                row_of(case, mate, **changed)
        with pytest.raises(Error, match="confirms by it, and nobody else"), make.savepoint():
            row_of(case, mate, by_step=True)
        said = row_of(case, mate)
        with pytest.raises(Error, match="words_confirmed_once_by_each"), make.savepoint():
            make.twin(said)
        for change in (
            lambda: ParticipantConfirmation.objects.update(actor_name="Lain"),
            lambda: ParticipantConfirmation.objects.all().delete(),
        ):
            with pytest.raises(Error, match="Cannot update or delete"), make.savepoint():
                change()


class TestTheseWords:
    def test_the_same_words_typed_again_are_confirmed_still(self, case, mate):
        first = make.filled_in(case, mate)
        confirm_test(make.again(case), actor=mate)
        again = make.filled_in(case, mate, actor=make.person("opd", unit="disdukcapil"))
        assert (again.words_digest == first.words_digest, again.digest == first.digest) == (True, False)
        assert list(confirmed(make.again(case), again)) == [mate.pk]
        assert not awaiting_confirmation(mate).exists()

    @pytest.mark.parametrize(
        "words",
        [
            {"subject": "Lain"},
            {"public_description": "Lain"},
            {"grounds": ["g"]},
            {"other_statute": "UU lain"},
            {"consequence_if_open": "Lain"},
            {"consequence_if_closed": "Lain"},
            {"public_interest": "Lain"},
            {"conclusion": "part", "redacted_parts": "Halaman 2"},
            {"term": "1 tahun"},
            {"place": "Singkawang"},
            {"tested_on": TODAY - timedelta(days=2)},
        ],
        ids=lambda words: next(iter(words)),
    )
    def test_other_words_are_confirmed_anew_and_the_old_word_stays(self, words, case, mate):
        make.filled_in(case, mate)
        confirm_test(make.again(case), actor=mate)
        changed = make.filled_in(case, mate, **words)
        assert confirmed(make.again(case), changed) == {}
        assert awaiting_confirmation(mate).filter(pk=case.pk).exists()
        confirm_test(make.again(case), actor=mate)
        assert ParticipantConfirmation.objects.filter(case=case, actor=mate).count() == 2

    def test_another_participant_is_another_word_but_a_name_without_account_is_none(self, case, mate):
        opd = make.demo("opd")
        make.filled_in(case, mate, opd)
        confirm_test(make.again(case), actor=mate)
        rows = [Participant(person=mate), Participant(name=opd.name, position="PPID Pendukung (OPD)")]
        seen = ConsequenceTest.objects.get(exclusion=case.exclusion).filled_at
        fill_test(make.again(case), make.test(filled_at=seen), rows, actor=opd)
        test = ConsequenceTest.objects.get(exclusion=case.exclusion)
        assert list(confirmed(make.again(case), test)) == [mate.pk], "the sheet says the same"
        assert confirmed(make.again(case), make.filled_in(case, mate)) == {}


class TestTheStepWaits:
    def test_for_each_participant_and_names_who_is_missing(self, case, mate):
        third = make.person("ppid_pembantu", unit="disdukcapil", name="Yosep, A.Md.")
        make.filled_in(case, mate, third, "Pak Anton")
        with pytest.raises(
            StepUnmet, match="menunggu konfirmasi Ratna Dewi, S.H. dan Yosep, A.Md., masing-masing .*tanpa akun"
        ):
            take(make.again(case))
        confirm_test(make.again(case), actor=third)
        with pytest.raises(StepUnmet, match="menunggu konfirmasi Ratna Dewi, S.H., masing"):
            take(make.again(case))
        confirm_test(make.again(case), actor=mate)
        assert take(make.again(case)).to_state == "reviewing"

    def test_whoever_takes_the_step_signs_by_it(self, case, mate):
        opd = make.demo("opd")
        make.filled_in(case, mate, opd)
        confirm_test(make.again(case), actor=mate)
        record = take(make.again(case))
        said = ParticipantConfirmation.objects.get(actor=opd)
        assert (said.by_step, said.confirmed_at, said.acting_as) == (True, record.done_at, record.acting_as)
        assert worked_on(make.again(case), opd) == "mengisi lembar uji konsekuensi dan mengerjakan langkah 3"

    def test_but_not_for_somebody_else(self, case, mate):
        colleague = make.person("opd", unit="disdukcapil")
        make.filled_in(case, make.demo("opd"))
        with pytest.raises(StepUnmet, match="menunggu konfirmasi Fransiskus Andi"):
            take(make.again(case), colleague)

    def test_whoever_confirmed_before_takes_it_without_a_second_word(self, case):
        opd = make.demo("opd")
        make.filled_in(case, opd)
        confirm_test(make.again(case), actor=opd)
        take(make.again(case))
        assert [each.by_step for each in ParticipantConfirmation.objects.filter(actor=opd)] == [False]

    def test_the_database_lets_no_case_go_on_without_them(self, case, mate, monkeypatch):
        make.filled_in(case, mate)
        monkeypatch.setattr("ppid.flows.participation.awaited", lambda case, test: [])
        with pytest.raises(Error, match="once each participant has confirmed its words"), make.savepoint():
            take(make.again(case))

    def test_a_participant_who_is_written_past_the_office_is_confirmed_by_nobody(self, case, mate):
        make.filled_in(case, mate, "Pak Anton")
        confirm_test(make.again(case), actor=mate)
        case.exclusion.test.participants.filter(person=None).update(name="Orang lain")
        with pytest.raises(StepUnmet, match="menunggu konfirmasi Ratna Dewi"):
            take(make.again(case))

    def test_who_has_left_is_taken_out_or_typed_as_a_name(self, case, mate):
        make.filled_in(case, mate, "Pak Anton")
        stop(Appointment.objects.get(user=mate), actor=make.demo("utama"), because="Pindah tugas.")
        with pytest.raises(StepUnmet, match="Ratna Dewi, S.H. tidak dapat dipilih"):
            make.filled_in(case, mate, "Pak Anton")
        make.filled_in(case, mate.name, "Pak Anton")
        assert take(make.again(case)).to_state == "reviewing"

    def test_sent_back_and_handed_on_again_in_the_same_words_nobody_is_asked_twice(self, case, mate):
        make.filled_in(case, mate)
        confirm_test(make.again(case), actor=mate)
        take(make.again(case))
        take_step(make.again(case), "return_to_testing", actor=make.demo("utama"), note="Periksa lagi.")
        assert take(make.again(case)).to_state == "reviewing"
        assert ParticipantConfirmation.objects.filter(case=case).count() == 1

    def test_a_return_that_is_undone_finds_them_confirmed(self, case, mate):
        make.filled_in(case, mate)
        confirm_test(make.again(case), actor=mate)
        take(make.again(case))
        take_step(make.again(case), "return_to_testing", actor=make.demo("utama"), note="Periksa lagi.")
        undo(make.again(case), actor=make.demo("utama"))
        assert make.again(case).state == "reviewing"


class TestTheirWork:
    def test_who_confirmed_does_not_adopt(self, case, monkeypatch):
        bidang, second = make.demo("bidang"), make.person("bidang_layanan", unit="diskominfo")
        make.filled_in(case, bidang)
        confirm_test(make.again(case), actor=bidang)
        took_part = "mengonfirmasi lembar uji konsekuensi sebagai pesertanya"
        assert own_work.tested(make.again(case), bidang) == took_part
        assert took_part in worked_on(make.again(case), bidang)
        case = make.walk(make.again(case), to="adopting")
        make.supply(case, "adopt", second)
        proof = make.evidence(case, second)
        with pytest.raises(StepForbidden, match="langkah 5 karena Anda mengonfirmasi lembar uji"):
            take_step(case, "adopt", actor=bidang, evidence=proof)
        monkeypatch.setattr("ppid.flows.permissions.tested", lambda case, user: "")
        with pytest.raises(Error, match="nobody adopts what they tested"), make.savepoint():
            take_step(case, "adopt", actor=bidang, evidence=proof)
        assert take_step(case, "adopt", actor=second, evidence=proof).to_state == "adopted"

    def test_nor_decides_when_the_office_comes_to_them_later(self, case, mate, monkeypatch):
        make.filled_in(case, mate)
        confirm_test(make.again(case), actor=mate)
        take(make.again(case))
        make.appoint(mate, "ppid_utama", unit="diskominfo")
        case = make.again(case)
        proof = make.evidence(case, make.demo("utama"))
        with pytest.raises(StepForbidden, match="karena Anda mengonfirmasi lembar uji konsekuensi sebagai pesertanya"):
            take_step(case, "accept", actor=mate, evidence=proof)
        monkeypatch.setattr("ppid.flows.permissions.everybodys_work", lambda case: {})
        with pytest.raises(Error, match="nobody approves their own work"), make.savepoint():
            take_step(case, "accept", actor=mate, evidence=proof)

    def test_being_named_alone_is_no_work(self, case, mate):
        make.filled_in(case, mate)
        assert worked_on(make.again(case), mate) == own_work.tested(make.again(case), mate) == ""

    def test_they_hear_of_what_becomes_of_it(self, case, mate):
        make.filled_in(case, mate)
        confirm_test(make.again(case), actor=mate)
        take(make.again(case))
        take_step(make.again(case), "return_to_testing", actor=make.demo("utama"), note="Periksa lagi.")
        assert Notice.objects.filter(person=mate, kind="returned").count() == 1


class TestTheNotice:
    def told(self, person) -> list[Notice]:
        return list(Notice.objects.filter(person=person, kind="confirm_test").order_by("pk"))

    def test_one_for_these_words_with_the_number_alone(self, case, mate):
        make.filled_in(case, mate, make.demo("opd"), subject="Berkas rahasia")
        make.filled_in(case, mate, make.demo("opd"), subject="Berkas rahasia")
        [news] = self.told(mate)
        assert (news.number, news.title, news.facts, news.is_secret) == (case.number, "", [], True)
        assert news.url == f"/meja/perkara/{case.number}/uji/"
        assert Dispatch.objects.filter(notice=news).count() == 1
        assert self.told(make.demo("opd")) == [], "who filled it in knows"

    def test_another_for_other_words_and_none_for_who_has_confirmed_them(self, case, mate):
        make.filled_in(case, mate)
        make.filled_in(case, mate, subject="Lain")
        assert len(self.told(mate)) == 2
        confirm_test(make.again(case), actor=mate)
        make.filled_in(case, mate, subject="Lain")
        assert len(self.told(mate)) == 2

    def test_it_waits_for_them_until_they_confirm_or_the_case_goes_on(self, case, mate):
        assert not awaiting_confirmation(mate).exists()
        make.filled_in(case, mate)
        assert [each.pk for each in awaiting_confirmation(mate)] == [case.pk]
        assert not awaiting_confirmation(make.demo("opd")).exists()
        confirm_test(make.again(case), actor=mate)
        assert not awaiting_confirmation(mate).exists()


def test_the_dossier_and_the_chain_hold_each_confirmation(case, mate):
    make.filled_in(case, mate)
    said = confirm_test(make.again(case), actor=mate)
    make.at_the_end()
    assert (said._meta.db_table, said.pk) in [(link.ledger, link.row_id) for link in links_of(make.again(case))]
    assert "Ratna Dewi, S.H." in str(gather(Case.objects.for_page().get(pk=case.pk)).paper.says())
