"""Questions and notes on a case: it stays where it is, who answers, and what the database keeps of it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from ppid.flows.actions import open_exclusion, take_step
from ppid.flows.models import Case
from ppid.flows.questions import (
    answer,
    answerers,
    answers_as,
    ask,
    awaiting_answer,
    note,
    remind,
    speaks_as,
    take_back,
    who_know,
)
from ppid.flows.remarks import Remark
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.notices.models import Notice
from ppid.organisation.appointing import end_appointment
from ppid.organisation.models import Appointment, Role, User
from tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def role(code: str) -> Role:
    return Role.objects.get(code=code)


def asked(case: Case | None = None, *, of: str = "ppid_pelaksana", by: str = "utama", **more) -> Remark:
    return ask(case or make.publication(), "Berapa jumlahnya?", role=role(of), actor=make.demo(by), **more)


def waits_for(user: User) -> list[Remark]:
    held = list(Appointment.objects.of(user, on=TODAY).select_related("role"))
    return list(awaiting_answer(user, held, Case.objects.visible_to(user, on=TODAY), on=TODAY))


def refused(kind: type[Exception], act) -> str:
    with pytest.raises(kind) as refusal:
        act()
    return str(refusal.value)


class TestAsking:
    def test_a_question_leaves_the_case_where_it_stands(self):
        case = make.publication(at="clarifying")
        before = (case.state, case.step, case.moves, case.due_at)

        question = asked(case)

        again = make.again(case)
        assert (again.state, again.step, again.moves, again.due_at) == before
        assert question.step == 4
        assert case.records.count() == 3

    def test_it_keeps_the_names_and_the_capacity_of_its_day(self):
        question = asked()
        make.change(make.demo("utama"), name="Nama Baru")

        kept = Remark.objects.get(pk=question.pk)
        assert kept.actor_name == "drs. H. Uray Ahmad, M.Si."
        assert kept.acting_as == "PPID Utama"
        assert kept.unit_name == "Dinas Sosial Kota Pontianak"
        assert kept.asked_as == "PPID Pelaksana Dinas Sosial"

    def test_a_question_to_a_role_waits_for_each_of_its_holders(self):
        question = asked()
        assert waits_for(make.demo("dinsos")) == [question]
        assert waits_for(make.demo("disdukcapil")) == [], "of another unit"
        assert waits_for(make.demo("operator")) == []
        assert waits_for(make.demo("utama")) == [], "who asked"

    def test_a_question_to_a_person_waits_for_them_alone(self):
        colleague = make.person("ppid_pelaksana", kind="plh")
        question = asked(person=make.demo("dinsos"))
        assert waits_for(make.demo("dinsos")) == [question]
        # Whoever stands in for a short absence answers, too.
        assert waits_for(colleague) == [question]
        plain = make.person()
        make.appoint(plain, "ppid_pelaksana", kind="plt")
        assert waits_for(plain) == []

    def test_the_answer_closes_it(self):
        question = asked()
        said = answer(question, "Seratus dua.", actor=make.demo("dinsos"))
        assert said.text == "Seratus dua."
        assert waits_for(make.demo("dinsos")) == []
        told = refused(StepOutOfOrder, lambda: answer(question, "Lagi.", actor=make.demo("dinsos")))
        assert "sudah menjawabnya" in told

    def test_a_late_answer_is_taken_wherever_the_case_stands(self):
        case = make.publication()
        question = asked(case)
        published = make.walk(case, to="published")
        assert answer(question, "Terlambat, tetapi ini.", actor=make.demo("dinsos")).step is None
        assert make.again(published).state == "published"

    def test_only_who_asked_takes_it_back(self):
        question = asked()
        assert "sendiri" in refused(StepForbidden, lambda: take_back(question, actor=make.demo("dinsos")))
        take_back(question, actor=make.demo("utama"))
        assert waits_for(make.demo("dinsos")) == []
        told = refused(StepOutOfOrder, lambda: answer(question, "Ini.", actor=make.demo("dinsos")))
        assert "sudah menariknya" in told

    def test_an_unanswered_question_stops_nobody(self):
        case = make.publication()
        asked(case)
        assert take_step(
            case, "update_content", actor=make.demo("bidang"), evidence=make.evidence(case, make.demo("bidang"))
        )

    def test_a_note_waits_for_nobody(self):
        note(make.publication(), "Dibicarakan di rapat.", actor=make.demo("bidang"))
        assert waits_for(make.demo("dinsos")) == []


class TestRefusals:
    def test_nothing_said_and_too_much_said_are_told(self):
        case = make.publication()
        assert refused(StepUnmet, lambda: note(case, "  \n", actor=make.demo("bidang"))) == "Tulis catatannya."
        told = refused(StepUnmet, lambda: note(case, "a" * 10_000, actor=make.demo("bidang")))
        assert "4.000 huruf" in told
        assert "10.000" in told

    def test_nobody_asks_themselves(self):
        case, utama = make.publication(), make.demo("utama")
        told = refused(StepUnmet, lambda: ask(case, "?", role=role("ppid_utama"), person=utama, actor=utama))
        assert "Anda sendiri" in told

    def test_a_role_that_only_the_asker_holds_is_not_asked(self):
        case, dinsos = make.publication(), make.demo("dinsos")
        told = refused(StepUnmet, lambda: ask(case, "?", role=role("ppid_pelaksana"), actor=dinsos))
        assert "Hanya Anda sendiri" in told

    def test_who_has_no_office_for_the_case_neither_asks_nor_is_asked(self):
        case, stranger = make.publication(), make.person("ppid_pelaksana", unit="dinkes")
        assert "tidak bertugas" in refused(StepForbidden, lambda: note(case, "?", actor=stranger))
        told = refused(
            StepUnmet,
            lambda: ask(case, "?", role=role("ppid_pelaksana"), person=stranger, actor=make.demo("bidang")),
        )
        assert "tidak boleh mengetahui" in told

    def test_an_office_that_keeps_people_is_never_asked(self):
        make.person("admin_ppid", unit="diskominfo")
        told = refused(StepUnmet, lambda: asked(of="admin_ppid"))
        assert "Tidak ada Admin PPID" in told

    def test_who_is_not_asked_does_not_answer(self):
        question = asked()
        told = refused(StepForbidden, lambda: answer(question, "Ini.", actor=make.demo("operator")))
        assert "PPID Pelaksana Dinas Sosial" in told


class TestItFollowsTheOffice:
    def test_to_the_next_holder_when_the_person_leaves_it(self):
        question = asked(person=make.demo("dinsos"))
        successor = make.person()
        make.appoint(successor, "ppid_pelaksana", kind="plt")
        assert waits_for(successor) == []

        for held in Appointment.objects.of(make.demo("dinsos"), on=TODAY).filter(role__code="ppid_pelaksana"):
            end_appointment(held, last_day=TODAY - timedelta(days=1), actor=make.demo("utama"), because="Mutasi.")

        assert waits_for(successor) == [question]
        assert answer(question, "Ini.", actor=successor).actor == successor

    def test_to_the_next_holder_when_the_account_closes(self):
        question = asked(person=make.demo("dinsos"))
        successor = make.person()
        make.appoint(successor, "ppid_pelaksana", kind="plt")
        make.change(make.demo("dinsos"), is_active=False)
        assert waits_for(successor) == [question]
        assert answer(question, "Ini.", actor=successor)

    def test_to_the_unit_to_which_the_case_passes(self):
        from tests.flows.test_closing import close

        case = make.publication()
        question = asked(case)
        close("dinsos", "disdukcapil")
        assert waits_for(make.demo("disdukcapil")) == [question]
        assert answer(Remark.objects.get(pk=question.pk), "Ini.", actor=make.demo("disdukcapil"))

    def test_to_nobody_who_may_no_longer_know_of_the_case(self):
        case = make.publication(unit="disdukcapil")
        question = asked(case)
        assert waits_for(make.demo("disdukcapil")) == [question]
        take_step(
            make.walk(case, to="clarifying", hands=make.PUBLICATION | {"prepare": "disdukcapil"}),
            "divert",
            actor=make.demo("utama"),
            note="Data pribadi.",
        )
        assert waits_for(make.demo("disdukcapil")) == []
        again = Remark.objects.get(pk=question.pk)
        assert answerers(again, on=TODAY) == []
        assert refused(StepForbidden, lambda: answer(again, "Ini.", actor=make.demo("disdukcapil")))
        take_back(again, actor=make.demo("utama"))


EVERYBODY = ["utama", "wakil", "atasan", "bidang", "operator", "dinsos", "pembantu", "disdukcapil", "opd", "pengelola"]


@pytest.mark.parametrize("what", ["publication", "exclusion", "excluded"])
def test_who_may_speak_and_answer_is_who_sees_the_case(what):
    """The rule of this room and that of every page agree, and the database says the same."""
    case = make.publication(unit="disdukcapil")
    if what == "exclusion":
        case = make.exclusion()
    if what == "excluded":
        case = make.walk(case, to="published", hands=make.PUBLICATION | {"prepare": "disdukcapil"})
        open_exclusion(case.information, actor=make.demo("bidang"))
    for key in EVERYBODY:
        person = make.demo(key)
        sees = Case.objects.visible_to(person, on=TODAY).filter(pk=case.pk).exists()
        appointment = speaks_as(case, person, on=TODAY)
        assert bool(appointment) == sees, key
        held = appointment or Appointment.objects.of(person, on=TODAY).first()
        forge = lambda held=held, person=person: forged(case, appointment=held, actor=person)  # noqa: E731
        if sees:
            with make.savepoint(undo=True):
                forge()
        else:
            with pytest.raises(DatabaseError, match="may know of it"), make.savepoint():
                forge()


def forged(case: Case, **fields) -> Remark:
    """Write a row past the domain: the database alone may refuse it."""
    utama = make.demo("utama")
    held = Appointment.objects.of(utama, on=TODAY).filter(role__code="ppid_utama").first()
    given = {
        "kind": "note",
        "text": "x",
        "moves": case.moves,
        "step": case.step,
        "unit": case.unit,
        "at": timezone.now(),
    }
    given |= {"actor": utama, "actor_name": "U", "appointment": held, "acting_as": "U"}
    return Remark.objects.create(case=case, **given | fields)


class TestTheDatabase:
    def refuses(self, words: str, act) -> None:
        with pytest.raises(DatabaseError, match=words), make.savepoint():
            act()

    def test_what_was_said_is_never_changed_deleted_or_emptied(self):
        question = asked()
        rows = Remark.objects.filter(pk=question.pk)
        self.refuses("Cannot update or delete", lambda: rows.update(text="lain"))
        self.refuses("Cannot update or delete", rows.delete)
        make.at_the_end()
        self.refuses("never emptied", lambda: connection.cursor().execute("TRUNCATE flows_remark CASCADE"))

    def test_a_question_is_closed_once_and_by_whose_it_is(self):
        case = make.publication()
        question, utama = asked(case), make.demo("utama")
        self.refuses("by whom it asks", lambda: forged(case, kind="answer", question=question))
        dinsos = make.demo("dinsos")
        held = Appointment.objects.of(dinsos, on=TODAY).filter(role__code="ppid_pelaksana").first()
        theirs = {"actor": dinsos, "appointment": held}
        self.refuses("taken back by who asked", lambda: forged(case, kind="taken_back", question=question, **theirs))
        take_back(question, actor=utama)
        self.refuses("question_closed_once", lambda: forged(case, kind="answer", question=question, **theirs))

    def test_who_asked_does_not_answer_it(self):
        case = make.publication()
        question = asked(case, of="bidang_layanan", by="operator")
        make.appoint(make.demo("operator"), "bidang_layanan", unit="diskominfo")
        held = Appointment.objects.of(make.demo("operator"), on=TODAY).get(role__code="bidang_layanan")
        theirs = {"actor": make.demo("operator"), "appointment": held}
        self.refuses("by whom it asks", lambda: forged(case, kind="answer", question=question, **theirs))

    def test_who_may_not_know_is_not_asked(self):
        case = make.exclusion()
        self.refuses(
            "who is asked about a case",
            lambda: forged(case, kind="question", asked_role=role("operator"), asked_as="Operator"),
        )

    def test_a_row_is_of_the_moment_at_which_its_case_stands(self):
        case = make.publication()
        self.refuses("holds an office", lambda: forged(case, moves=7))

    def test_an_appointment_that_has_ended_says_nothing(self):
        case, person = make.publication(), make.person("ppid_pelaksana", ends_on=TODAY)
        held = Appointment.objects.get(user=person)
        self.refuses(
            "holds an office",
            lambda: forged(case, actor=person, appointment=held, at=timezone.now() + timedelta(days=9000)),
        )

    def test_an_answer_is_of_the_question_of_its_own_case(self):
        other = make.publication(unit="disdukcapil")
        question = asked(of="operator")
        held = Appointment.objects.get(user=make.demo("operator"))
        self.refuses(
            "by whom it asks",
            lambda: forged(other, kind="answer", question=question, actor=make.demo("operator"), appointment=held),
        )


class TestReminding:
    def test_the_database_keeps_it_to_once_a_day(self):
        row = remind(make.publication(at="preparing"), "", actor=make.demo("utama"))
        with pytest.raises(DatabaseError, match="once a day"), make.savepoint():
            make.twin(row)

    def test_who_is_waited_for_is_reminded_once_a_day(self):
        case = make.publication(at="preparing")
        row = remind(case, "Tenggatnya besok.", actor=make.demo("utama"))
        assert row.asked_as == "PPID Pelaksana Dinas Sosial"
        assert "Sudah diingatkan hari ini" in refused(
            StepOutOfOrder, lambda: remind(case, "", actor=make.demo("bidang"))
        )

    def test_nobody_reminds_themselves_or_of_what_has_ended(self):
        case = make.publication(at="preparing")
        assert "menunggu Anda sendiri" in refused(StepUnmet, lambda: remind(case, "", actor=make.demo("dinsos")))
        ended = make.publication(at="published")
        assert "sudah berakhir" in refused(StepOutOfOrder, lambda: remind(ended, "", actor=make.demo("utama")))


def test_who_know_of_an_exclusion_are_written_out():
    case = make.exclusion()
    assert {each.role.code for each in who_know(case, on=TODAY)} == {
        "ppid_utama",
        "atasan_ppid",
        "bidang_layanan",
        "opd",
        "ppid_pembantu",
    } - missing(case)
    assert answers_as(asked(case, of="opd"), make.demo("opd"), on=TODAY)


def missing(case: Case) -> set[str]:
    """Return the roles that nobody holds for the case's unit."""
    held = {each.role.code for each in case.in_office(on=TODAY)}
    return {"opd", "ppid_pembantu"} - held


class TestNotices:
    def told(self, person: str) -> list[tuple[str, str]]:
        news = Notice.objects.filter(person=make.demo(person), kind__in=["asked", "answered", "reminded"])
        return list(news.order_by("pk").values_list("kind", "title"))

    def test_who_is_asked_and_who_asked_are_told(self):
        case = make.publication(title="Laporan aset")
        question = asked(case)
        assert self.told("dinsos") == [("asked", "Laporan aset")]
        assert self.told("operator") == []
        answer(question, "Seratus.", actor=make.demo("dinsos"))
        assert self.told("utama") == [("answered", "Laporan aset")]
        case = make.publication(at="preparing", title="Laporan kas")
        remind(case, "", actor=make.demo("bidang"))
        assert self.told("dinsos")[-1] == ("reminded", "Laporan kas")

    def test_of_what_is_excluded_there_is_the_number_alone(self):
        case = make.exclusion(title="Burungkenari")
        ask(case, "Burungkenari?", role=role("opd"), actor=make.demo("utama"))
        notice = Notice.objects.get(person=make.demo("opd"), kind="asked")
        assert (notice.is_secret, notice.title, notice.facts, notice.number) == (True, "", [], case.number)
