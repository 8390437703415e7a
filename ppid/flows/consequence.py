"""The papers of an exclusion: the lembar uji at its step 3, the head's approval and the decree at its step 5."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ppid.flows import decrees, telling
from ppid.flows.exclusion import ExclusionCase
from ppid.flows.models import Case
from ppid.flows.papers.kinds import KINDS
from ppid.flows.papers.numbering import write_cancellation, write_number
from ppid.flows.participants import named
from ppid.flows.participation import awaited
from ppid.flows.permissions import performs
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.information.classification import ClassificationDecree, ConsequenceTest, FillingOfTest, Participant
from ppid.information.models import Exclusion
from ppid.organisation.models import User
from ppid.web.refusals import ChangedMeanwhile


def refuse_unless_test_is_open(case: Case, *, actor: User, at: datetime) -> None:
    """Raise StepOutOfOrder when the lembar uji is not awaited now, StepForbidden when it is another's to fill in."""
    _refuse_unless_at(case, "test_consequences", actor, at, "Lembar uji konsekuensi diisi pada langkah {}.")


def refuse_unless_decree_is_open(case: Case, *, actor: User, at: datetime) -> None:
    """Raise StepOutOfOrder when the decree is not awaited now, StepForbidden when it is another's to record."""
    _refuse_unless_at(case, "adopt", actor, at, "Surat penetapan dicatat pada langkah {}.")


@transaction.atomic
def fill_test(
    case: Case, test: ConsequenceTest, participants: list[Participant], *, actor: User, at: datetime | None = None
) -> ConsequenceTest:
    """Write the lembar uji konsekuensi with its participants: step 3 of the exclusion, and only then.

    A decree that decided on what it said before is voided. Participants who are persons of the portal are told that it
    waits for their confirmation, unless they have confirmed these very words; ``participants.named`` says who may be.

    ``test.filled_at`` is that of the sheet as the actor saw it, None for whoever saw none: ChangedMeanwhile when it is
    another by now.
    """
    at = at or timezone.now()
    locked = case.locked()
    at = max(at, locked.received_at)
    refuse_unless_test_is_open(locked, actor=actor, at=at)
    exclusion = _exclusion_of(case)
    current = ConsequenceTest.objects.filter(exclusion=exclusion).select_related("filled_by").first()
    if current is not None:
        _refuse_changed(test.filled_at, current.filled_at, current.filled_by)
    _refuse_wrong_dates(test.wrong_dates(on=timezone.localdate(at)))
    participants = named(locked, participants, actor=actor, on=timezone.localdate(at))
    # Before the test is written: the database lets no decree stand beside another test than its own.
    decrees.void(exclusion, actor=actor, at=at, because="Lembar uji konsekuensi diisi kembali.")
    test.pk = current.pk if current else None
    test.exclusion, test.filled_by, test.filled_at = exclusion, actor, at
    filling = {"filled_by": actor, "filled_by_name": actor.name, "filled_at": at}
    FillingOfTest.objects.create(exclusion=exclusion, **filling)  # the database lets no test be filled in without it
    test.save()
    test.participants.all().delete()
    for participant in participants:
        participant.pk, participant.test = None, test
        participant.save(force_insert=True)
    written = ConsequenceTest.objects.get(pk=test.pk)  # as it reads now, with its participants
    test.digest, test.words_digest = written.reckon_digest(), written.reckon_words_digest()
    test.save(update_fields=["digest", "words_digest"])
    missing = [each.person_id for each in awaited(locked, written) if each.person_id]
    telling.test_to_confirm(locked, missing, words=test.words_digest, actor=actor, at=at)
    return test


@transaction.atomic
def record_decree(
    case: Case, decree: ClassificationDecree, *, actor: User, at: datetime | None = None
) -> ClassificationDecree:
    """Write down the decree (PP 61/2010 article 3) with its number, before step 5 of the exclusion.

    It decides on the test as it stands now, with the approval that the head gave it; a decree that was recorded before
    is voided, and its paper's number cancelled. The paper of this one is frozen with its number.

    ``decree.recorded_at`` is that of the decree as the actor saw it, None for whoever saw none; ChangedMeanwhile when
    it is another by now.
    """
    at = at or timezone.now()
    locked = case.locked()
    at = max(at, locked.received_at)
    refuse_unless_decree_is_open(locked, actor=actor, at=at)
    exclusion = _exclusion_of(case)
    current = ClassificationDecree.objects.filter(exclusion=exclusion).select_related("recorded_by").first()
    if current is not None:
        _refuse_changed(decree.recorded_at, current.recorded_at, current.recorded_by)
    test = ConsequenceTest.objects.filter(exclusion=exclusion).first()
    if test is None:
        raise StepUnmet("Lembar uji konsekuensi belum diisi, jadi belum ada yang ditetapkan.")
    if not isinstance(locked, ExclusionCase) or (approval := locked.head_approval) is None:
        raise StepUnmet(
            "Pimpinan belum menyetujui pengecualian ini. Atasan PPID menyetujuinya di mejanya sendiri, atau unggah "
            "pindaian persetujuan yang ditandatanganinya."
        )
    decree.approved_by, decree.approved_on = approval.in_words, approval.approved_on
    _refuse_wrong_dates(decrees.wrong_dates(decree, test, on=timezone.localdate(at)))
    decrees.void(exclusion, actor=actor, at=at, because="Diganti dengan catatan yang lebih baru.")
    decree.pk, decree.exclusion, decree.test_digest = None, exclusion, test.digest
    decree.recorded_by, decree.recorded_at = actor, at
    decree.save(force_insert=True)
    _number_decree(locked, decree, actor, at)
    return decree


def _number_decree(case: ExclusionCase, decree: ClassificationDecree, actor: User, at: datetime) -> None:
    """Freeze the paper of the decree with its number; one that stood before is cancelled."""
    case.__dict__.pop("decree", None)
    kind = KINDS["decree"]
    for earlier in case.paper_numbers.filter(kind=kind.key, cancelled_at=None):
        write_cancellation(earlier, because="Surat penetapan dicatat lagi.", actor=actor, at=at)
    write_number(case, kind, number=decree.number, date=decree.date, actor=actor, at=at)


def _refuse_unless_at(case: Case, key: str, actor: User, at: datetime, sentence: str) -> None:
    if case.flow != "exclusion":
        raise StepOutOfOrder(f"Proses {case.number} bukan proses pengecualian.")
    row = case.row_of(key)
    said = sentence.format(row.number)
    if key not in [move.key for move in case.carried]:
        raise StepOutOfOrder(f"{said} Proses ini sedang pada: {case.state_label}.")
    if performs(actor, case, row.number, on=timezone.localdate(at)) is None:
        raise StepForbidden(f"{said} Itu tugas {case.awaited_column}.")


def _refuse_wrong_dates(broken: list[tuple[str, str]]) -> None:
    if broken:
        fields, sentences = zip(*broken, strict=True)
        raise StepUnmet(*sentences, fields=fields)


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
