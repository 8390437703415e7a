"""A consequence test confirmed by two, or while it is filled in anew, handed on, or an office ends: a lock each."""

from ppid.flows.actions import take_step
from ppid.flows.consequence import fill_test
from ppid.flows.participants import confirm_test
from ppid.flows.participation import ParticipantConfirmation
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.information.classification import Participant
from ppid.organisation.appointing import stop
from ppid.organisation.models import Appointment
from ppid.web.refusals import ChangedMeanwhile
from tests import make
from tests.together import two_at_once


def prepared():
    mate = make.person("ppid_pembantu", unit="disdukcapil", name="Ratna Dewi, S.H.")
    case = make.exclusion(at="testing")
    return case, mate, make.filled_in(case, mate)


def test_filled_in_anew_while_somebody_confirms(committed_database):
    case, mate, test = prepared()
    other, opd = make.test(subject="Lain", filled_at=test.filled_at), make.demo("opd")

    _, second = two_at_once(
        lambda: fill_test(case, other, [Participant(person=mate)], actor=opd),
        lambda: confirm_test(case, actor=mate, seen=test.words_digest),
    )

    assert isinstance(second, ChangedMeanwhile), repr(second)
    assert not ParticipantConfirmation.objects.exists()


def test_confirmed_twice(committed_database):
    case, mate, test = prepared()

    first, second = two_at_once(
        lambda: confirm_test(case, actor=mate, seen=test.words_digest),
        lambda: confirm_test(case, actor=mate, seen=test.words_digest),
    )

    assert isinstance(first, ParticipantConfirmation), repr(first)
    assert isinstance(second, StepOutOfOrder), repr(second)


def test_confirmed_while_the_step_is_taken_comes_too_late(committed_database):
    case, mate, test = prepared()
    opd = make.demo("opd")
    test = make.filled_in(case, mate, opd)
    confirm_test(case, actor=mate)
    proof = make.evidence(case, opd)

    _, second = two_at_once(
        lambda: take_step(make.again(case), "test_consequences", actor=opd, evidence=proof),
        lambda: confirm_test(case, actor=opd, seen=test.words_digest),
    )

    assert isinstance(second, StepOutOfOrder), repr(second)
    assert [each.by_step for each in ParticipantConfirmation.objects.filter(actor=opd)] == [True]


def test_the_last_two_who_could_adopt_do_not_both_confirm(committed_database):
    bidang, second, third = make.demo("bidang"), *[make.person("bidang_layanan", unit="diskominfo") for _ in "ab"]
    case = make.exclusion(at="testing")
    make.filled_in(case, bidang, second)
    stop(Appointment.objects.get(user=third), actor=make.demo("utama"), because="Pindah tugas.")

    first, late = two_at_once(
        lambda: confirm_test(case, actor=bidang),
        lambda: confirm_test(case, actor=second),
    )

    assert isinstance(first, ParticipantConfirmation), repr(first)
    assert isinstance(late, StepUnmet), repr(late)


def test_an_appointment_that_ends_meanwhile_confirms_nothing(committed_database):
    case, mate, test = prepared()
    held = Appointment.objects.get(user=mate)

    _, second = two_at_once(
        lambda: stop(held, actor=make.demo("utama"), because="Pindah tugas."),
        lambda: confirm_test(case, actor=mate, seen=test.words_digest),
    )

    assert isinstance(second, StepForbidden), repr(second)
