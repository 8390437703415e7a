"""Two people answer one question or take one row up at the same moment. Each test falls without its lock."""

from django.utils import timezone

from ppid.flows.actions import take_step
from ppid.flows.claiming import claim
from ppid.flows.claims import Claim
from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case
from ppid.flows.questions import answer, answerers, ask, remind, take_back
from ppid.flows.remarks import Remark
from ppid.flows.steps import StepForbidden, StepOutOfOrder
from ppid.organisation.models import Role
from tests import make
from tests.together import two_at_once

TODAY = timezone.localdate()


def asked(case: Case) -> Remark:
    return ask(case, "Berapa jumlahnya?", role=Role.objects.get(code="ppid_pelaksana"), actor=make.demo("utama"))


class TestQuestions:
    def test_two_answers_to_one_question_the_first_one_wins(self, committed_database):
        make.person("ppid_pelaksana")
        question = asked(make.publication())
        dinsos = make.demo("dinsos")
        other = next(each for each in answerers(question, on=TODAY) if each != dinsos)

        first, second = two_at_once(
            lambda: answer(question, "Satu.", actor=dinsos), lambda: answer(question, "Dua.", actor=other)
        )

        assert isinstance(first, Remark)
        assert isinstance(second, StepOutOfOrder), repr(second)
        assert "sudah menjawabnya" in str(second)

    def test_an_answer_to_what_is_taken_back_meanwhile_is_told(self, committed_database):
        question, dinsos = asked(make.publication()), make.demo("dinsos")
        first, second = two_at_once(
            lambda: take_back(question, actor=make.demo("utama")), lambda: answer(question, "Dua.", actor=dinsos)
        )
        assert isinstance(first, Remark)
        assert isinstance(second, StepOutOfOrder), repr(second)
        assert "sudah menariknya" in str(second)

    def test_who_is_no_longer_to_know_does_not_answer_meanwhile(self, committed_database):
        case = make.publication(at="clarifying", unit="disdukcapil")
        question, capil = asked(case), make.demo("disdukcapil")
        first, second = two_at_once(
            lambda: take_step(case, "divert", actor=make.demo("utama"), note="Data pribadi."),
            lambda: answer(question, "Ini.", actor=capil),
        )
        assert not isinstance(first, Exception), repr(first)
        assert isinstance(second, StepForbidden), repr(second)

    def test_two_remind_at_once_and_one_is_told(self, committed_database):
        case, utama, bidang = make.publication(at="preparing"), make.demo("utama"), make.demo("bidang")
        first, second = two_at_once(lambda: remind(case, "", actor=utama), lambda: remind(case, "", actor=bidang))
        assert isinstance(first, Remark)
        assert isinstance(second, StepOutOfOrder), repr(second)


class TestClaims:
    def test_two_take_one_row_up_and_one_is_told(self, committed_database):
        case, bidang, other = make.publication(), make.demo("bidang"), make.person("bidang_layanan")
        first, second = two_at_once(lambda: claim(case, actor=bidang), lambda: claim(case, actor=other))
        assert isinstance(first, Claim)
        assert isinstance(second, StepOutOfOrder), repr(second)
        assert bidang.name in str(second)

    def test_what_moves_meanwhile_is_not_taken_up(self, committed_database):
        case, bidang, other = make.publication(), make.demo("bidang"), make.person("bidang_layanan")
        evidence = make.evidence(case, bidang)
        first, second = two_at_once(
            lambda: take_step(case, "update_content", actor=bidang, evidence=evidence),
            lambda: claim(case, actor=other, seen=0),
        )
        assert isinstance(first, StepRecord)
        assert isinstance(second, StepOutOfOrder), repr(second)
