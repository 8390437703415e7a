"""Acts of the head's approval: the head approves or sends back at the desk, or a scan of a signed approval is kept."""

from datetime import date, datetime, time

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from ppid.flows import telling
from ppid.flows.actions import take_step
from ppid.flows.evidence_files import keep_scan
from ppid.flows.exclusion import ExclusionCase
from ppid.flows.head_approval import HEAD, HeadApproval
from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case, CaseQuerySet
from ppid.flows.own_work import worked_on
from ppid.flows.permissions import performs
from ppid.flows.states import ExclusionState
from ppid.flows.steps import Kind, StepForbidden, StepOutOfOrder, StepUnmet
from ppid.information import documents
from ppid.information.models import Document
from ppid.organisation.deciding import listed
from ppid.organisation.models import Appointment, AppointmentQuerySet, User
from ppid.organisation.puppets import hands, through


def heads(*, on: date) -> AppointmentQuerySet:
    """Keep the appointments of those who are head on a day, definitive ones first."""
    held = Appointment.objects.in_force(on=on).filter(role__code=HEAD)
    return held.select_related("user", "role", "unit").definitive_first()


def awaiting_head(user: User, *, on: date) -> CaseQuerySet:
    """Keep the exclusions whose approval waits for the person, as head."""
    return unapproved() if heads(on=on).filter(user=user).exists() else Case.objects.none()


def unapproved() -> CaseQuerySet:
    """Keep the exclusions that wait for their approval by whoever is head."""
    left = StepRecord.objects.standing().filter(case=OuterRef("case"), sequence__gt=OuterRef("moves"))
    given = HeadApproval.objects.standing().filter(
        ~Exists(left.exclude(to_state=ExclusionState.ADOPTING)), case=OuterRef("pk")
    )
    return Case.objects.running().filter(~Exists(given), state=ExclusionState.ADOPTING)


def refuse_unless_head(case: Case, *, actor: User, at: datetime) -> Appointment:
    """Return the head's appointment. Raises StepOutOfOrder when no approval is awaited, StepForbidden otherwise."""
    _awaiting(case)
    appointment = heads(on=timezone.localdate(at)).filter(user=actor).first()
    if appointment is None:
        raise StepForbidden("Persetujuan pimpinan diberikan oleh Atasan PPID sendiri, atau dengan pindaian suratnya.")
    _refuse_own_work(case, actor)
    return appointment


@transaction.atomic
def approve(
    case: Case, *, actor: User, seen: int | None = None, note: str = "", at: datetime | None = None
) -> HeadApproval:
    """Approve the exclusion as its head. ``seen`` is the ``moves`` of the case as the head read it.

    Raises StepOutOfOrder, StepForbidden, or StepUnmet, with sentences.
    """
    at = at or timezone.now()
    locked = _awaiting(case.locked())
    appointment = refuse_unless_head(locked, actor=actor, at=at)
    _refuse_stale(locked, seen)
    return _keep(locked, appointment, timezone.localdate(at), None, actor, note, at)


def send_back(
    case: Case, *, actor: User, reason: str, seen: int | None = None, at: datetime | None = None
) -> StepRecord:
    """Send the exclusion back to its test with the head's reason. Raises as ``approve``."""
    at = at or timezone.now()
    refuse_unless_head(case, actor=actor, at=at)
    back = case.row_of("test_consequences").number
    return take_step(case, "send_back", actor=actor, note=reason, seen=seen, at=at, to=back)


def keep_approval_scan(
    case: Case,
    upload: UploadedFile,
    *,
    approved_on: date,
    appointment: Appointment,
    actor: User,
    at: datetime | None = None,
) -> HeadApproval:
    """Keep the scan of an approval signed on paper; whose it was is chosen among those who were head that day.

    Whoever has the step may do it. Raises UploadRefused, StepOutOfOrder, StepForbidden or StepUnmet.
    """
    at = at or timezone.now()
    with documents.received(upload) as arrived, transaction.atomic():
        locked = _awaiting(case.locked())
        refuse_unless_scan_is_open(locked, actor=actor, at=at)
        if not heads(on=approved_on).filter(pk=appointment.pk).exists():
            raise StepUnmet("Pejabat itu bukan Atasan PPID pada tanggal persetujuannya.", fields=["appointment"])
        _refuse_own_work(locked, appointment.user)
        title = f"Persetujuan pimpinan, {approved_on:%d/%m/%Y}"
        document = keep_scan(locked, arrived, title=title, actor=actor, at=at)
        return _keep(locked, appointment, approved_on, document, actor, "", at)


def refuse_unless_scan_is_open(case: Case, *, actor: User, at: datetime) -> None:
    """Raise StepOutOfOrder when no approval is awaited, StepForbidden when the step is another's."""
    _awaiting(case)
    if performs(actor, case, case.step_number, on=timezone.localdate(at)) is None:
        raise StepForbidden("Pindaian persetujuan pimpinan diunggah oleh petugas langkah yang sedang ditunggu.")


def _awaiting(case: Case) -> ExclusionCase:
    """Return the case as the exclusion that it is, while it waits for the head."""
    if not isinstance(case, ExclusionCase) or case.state != ExclusionState.ADOPTING:
        raise StepOutOfOrder(f"Persetujuan pimpinan tidak sedang ditunggu. Proses ini sedang pada: {case.state_label}.")
    return case


def _refuse_own_work(case: Case, head: User) -> None:
    taken = case.records.filter(kind=Kind.STEP, actor=head).order_by("sequence").first()
    did = f"mengerjakan langkah {taken.step} proses ini" if taken else worked_on(case, head)
    did = did or _steps_through_others(case, head)
    if did:
        raise StepForbidden(
            f"{head.name} {did}, dan tidak seorang pun menyetujui pekerjaannya sendiri. Minta Atasan PPID yang lain "
            "(misalnya Plh) menyetujuinya."
        )


def _steps_through_others(case: Case, head: User) -> str:
    """Return, in words, which steps were taken by an account for which the head alone vouches; "" when none."""
    steps = dict(case.records.filter(kind=Kind.STEP).order_by("-sequence").values_list("actor", "step"))
    theirs = [each for each in hands().get(head.pk, []) if each.pk in steps]
    return listed(through(each, f"mengerjakan langkah {steps[each.pk]} proses ini") for each in theirs)


def _refuse_stale(case: Case, seen: int | None) -> None:
    if seen is not None and seen != case.moves:
        raise StepOutOfOrder(
            "Proses ini sudah bergerak sejak Anda membukanya. Periksa keadaannya yang sekarang, lalu kirim lagi."
        )


def _keep(
    case: ExclusionCase,
    appointment: Appointment,
    approved_on: date,
    document: Document | None,
    actor: User,
    note: str,
    at: datetime,
) -> HeadApproval:
    if current := case.head_approval:
        raise StepOutOfOrder(f"{current.in_words} sudah menyetujuinya pada {current.approved_on:%d/%m/%Y}.")
    if approved_on > timezone.localdate(at):
        raise StepUnmet("Tanggal persetujuan tidak boleh sesudah hari ini.", fields=["approved_on"])
    if case.test is None or case.test.tested_on is None or approved_on < case.test.tested_on:
        raise StepUnmet("Tanggal persetujuan tidak boleh sebelum tanggal pengujian.", fields=["approved_on"])
    approval = HeadApproval.objects.create(
        case=case,
        moves=case.moves,
        test_digest=case.test.digest,
        appointment=appointment,
        name=appointment.user.name_at(_end_of(approved_on)),
        acting_as=appointment.acting_as,
        approved_on=approved_on,
        note=note.strip(),
        document=document,
        recorded_by=actor,
        recorded_by_name=actor.name,
        recorded_at=at,
    )
    telling.approved_by_head(case, actor=actor, approval=approval.pk, at=at)
    return approval


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))
