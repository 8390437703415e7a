"""The papers of an exclusion: the lembar uji at its step 3, the head's approval and the decree at its step 5."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ppid.flows.models import Case
from ppid.flows.permissions import performs
from ppid.flows.steps import StepForbidden, StepOutOfOrder
from ppid.information.models import ClassificationDecree, ConsequenceTest, Exclusion, Participant
from ppid.organisation.models import User
from ppid.web.refusals import ChangedMeanwhile


def refuse_unless_test_is_open(case: Case, *, actor: User, at: datetime) -> None:
    """Raise StepOutOfOrder when the lembar uji is not awaited now, StepForbidden when it is another's to fill in."""
    _refuse_unless_at_step(case, 3, actor, at, "Lembar uji konsekuensi diisi pada langkah 3.")


def refuse_unless_decree_is_open(case: Case, *, actor: User, at: datetime) -> None:
    """Raise StepOutOfOrder when the decree is not awaited now, StepForbidden when it is another's to record."""
    _refuse_unless_at_step(case, 5, actor, at, "Surat penetapan dicatat pada langkah 5.")


@transaction.atomic
def fill_test(
    case: Case, test: ConsequenceTest, participants: list[Participant], *, actor: User, at: datetime | None = None
) -> ConsequenceTest:
    """Write the lembar uji konsekuensi with its participants: step 3 of the exclusion, and only then.

    ``test.filled_at`` is that of the sheet as the actor saw it, None for whoever saw none: ChangedMeanwhile when it is
    another by now.
    """
    at = at or timezone.now()
    refuse_unless_test_is_open(case.locked(), actor=actor, at=at)
    current = ConsequenceTest.objects.filter(exclusion=case.exclusion).select_related("filled_by").first()
    if current is not None:
        _refuse_changed(test.filled_at, current.filled_at, current.filled_by)
    test.pk = current.pk if current else None
    test.exclusion, test.filled_by, test.filled_at = _exclusion_of(case), actor, at
    test.save()
    test.participants.all().delete()
    for participant in participants:
        participant.pk, participant.test = None, test
        participant.save(force_insert=True)
    return test


@transaction.atomic
def record_decree(
    case: Case, decree: ClassificationDecree, *, actor: User, at: datetime | None = None
) -> ClassificationDecree:
    """Write down the head's approval and the decree (PP 61/2010 article 3), before step 5 of the exclusion.

    ``decree.recorded_at`` is that of the decree as the actor saw it, None for whoever saw none; ChangedMeanwhile when
    it is another by now.
    """
    at = at or timezone.now()
    refuse_unless_decree_is_open(case.locked(), actor=actor, at=at)
    current = ClassificationDecree.objects.filter(exclusion=case.exclusion).select_related("recorded_by").first()
    if current is not None:
        _refuse_changed(decree.recorded_at, current.recorded_at, current.recorded_by)
    decree.pk = current.pk if current else None
    decree.exclusion, decree.recorded_by, decree.recorded_at = _exclusion_of(case), actor, at
    decree.save()
    return decree


def _refuse_unless_at_step(case: Case, number: int, actor: User, at: datetime, sentence: str) -> None:
    if case.flow != "exclusion" or case.step_number != number:
        raise StepOutOfOrder(f"{sentence} Proses ini sedang pada: {case.state_label}.")
    if performs(actor, case, number, on=timezone.localdate(at)) is None:
        raise StepForbidden(f"{sentence} Itu tugas {case.awaited_column}.")


def _exclusion_of(case: Case) -> Exclusion:
    if case.exclusion is None:
        raise StepOutOfOrder(f"Proses {case.number} bukan proses pengecualian.")
    return case.exclusion


def _refuse_changed(seen: datetime | None, written_at: datetime, by: User) -> None:
    if written_at == seen:
        return
    at = timezone.localtime(written_at)
    raise ChangedMeanwhile(
        f"{by.name} menyimpan perubahan pada {at:%d/%m/%Y} pukul {at:%H.%M}, sesudah Anda membuka formulir ini. "
        "Bandingkan di bawah, lalu simpan lagi: yang tersimpan nanti adalah isian Anda."
    )
