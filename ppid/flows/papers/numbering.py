"""Acts on the papers of a case: give a number, cancel a wrong one, lay the signed scan beside it."""

from datetime import date, datetime

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.utils import timezone

from ppid.flows.evidence_files import keep_scan
from ppid.flows.models import Case
from ppid.flows.papers import drawing
from ppid.flows.papers.coordination import day
from ppid.flows.papers.kinds import KINDS, PaperKind
from ppid.flows.papers.models import PaperNumber, SignedPaper
from ppid.flows.papers.people import UTAMA
from ppid.flows.permissions import acts_as, performs
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.information import documents
from ppid.information.documents import Arrived
from ppid.information.media_types import PDF
from ppid.information.models import Document
from ppid.organisation.models import Appointment, User
from ppid.shelf.ledger_marks import mark_in_words


def keeps_as(user: User, case: Case, kind: PaperKind, *, on: date) -> Appointment | None:
    """Return the appointment under which the person numbers this paper and keeps its scans; None when there is none.

    Those are whoever has the present step, the roles that write the paper, and PPID Utama.
    """
    if appointment := performs(user, case, case.step_number, on=on):
        return appointment
    return acts_as(user, case, (*kind.roles, *UTAMA), on=on)


def proposed_number(case: Case, kind: PaperKind) -> str:
    """Return a number for offices that number such a paper in no agenda: the case's own, with the paper's letters."""
    given = case.paper_numbers.filter(kind=kind.key).count()
    return f"{case.number}/{kind.short}{f'-{given + 1}' if given else ''}"


@transaction.atomic
def number_paper(
    case: Case, kind: PaperKind, *, number: str, date: date, actor: User, at: datetime | None = None
) -> PaperNumber:
    """Give the paper its number and freeze its PDF as it then stands.

    Raises StepOutOfOrder when the case has ended or the paper has a number, StepForbidden, or StepUnmet with sentences.
    """
    at = at or timezone.now()
    locked = _locked(case, kind, actor, at)
    at = max(at, locked.received_at)
    return write_number(locked, kind, number=number, date=date, actor=actor, at=at)


def write_number(case: Case, kind: PaperKind, *, number: str, date: date, actor: User, at: datetime) -> PaperNumber:
    """Freeze a paper of a case that the caller has locked; raises as ``number_paper``."""
    if sentence := kind.lacks(case):
        raise StepUnmet(sentence)
    if current := case.paper_numbers.filter(kind=kind.key, cancelled_at=None).first():
        raise StepOutOfOrder(
            f"{kind.title} sudah bernomor {current.number}. Batalkan nomor itu dahulu bila keliru, dengan alasannya."
        )
    number = " ".join(number.split())
    _hold(kind, number)
    _refuse_number(kind, number, date, at)
    appointment = keeps_as(actor, case, kind, on=timezone.localdate(at))
    paper = kind.write(case, timezone.localdate(at)).numbered(number, day(date), mark_in_words(timezone.localdate(at)))
    # A file that was placed before something later failed is named by no row, so the daily sweep takes it away.
    with documents.private_store().incoming(ContentFile(drawing.pdf(paper)).chunks()) as incoming:
        document = documents.keep(
            Arrived(incoming, PDF, f"{kind.slug}-{case.number}.pdf"),
            information=case.information,
            purpose=Document.Purpose.PAPER,
            title=f"{kind.title}, nomor {number}",
            actor=actor,
            at=at,
            exclusion=case.exclusion,
        )
    return PaperNumber.objects.create(
        case=case,
        kind=kind.key,
        number=number,
        date=date,
        says=paper.says(),
        mark=kind.mark(case),
        document=document,
        recorded_by=actor,
        recorded_by_name=actor.name,
        recorded_as=appointment.acting_as if appointment else "",
        recorded_at=at,
    )


@transaction.atomic
def cancel_number(paper: PaperNumber, *, because: str, actor: User, at: datetime | None = None) -> PaperNumber:
    """Cancel a wrong number with a reason; the paper is a draft again. Raises as ``number_paper``."""
    at = at or timezone.now()
    at = max(at, _locked(paper.case, KINDS[paper.kind], actor, at).received_at)
    if not because.strip():
        raise StepUnmet("Tuliskan alasan pembatalannya.", fields=["because"])
    return write_cancellation(paper, because=because.strip(), actor=actor, at=at)


def write_cancellation(paper: PaperNumber, *, because: str, actor: User, at: datetime) -> PaperNumber:
    """Cancel the number of a paper whose case the caller has locked; raises StepOutOfOrder when it is cancelled."""
    current = PaperNumber.objects.select_for_update().get(pk=paper.pk)
    if current.cancelled_at is not None:
        raise StepOutOfOrder(f"Nomor {current.number} sudah dibatalkan oleh {current.cancelled_by_name}.")
    current.cancelled_by, current.cancelled_by_name = actor, actor.name
    current.cancelled_at, current.cancelled_because = at, because
    current.save(update_fields=["cancelled_by", "cancelled_by_name", "cancelled_at", "cancelled_because"])
    return current


def attach_scan(paper: PaperNumber, upload: UploadedFile, *, actor: User, at: datetime | None = None) -> SignedPaper:
    """Keep the scan of the signed paper byte for byte beside it.

    Raises UploadRefused, StepForbidden, or StepOutOfOrder when the number was cancelled.
    """
    at = at or timezone.now()
    with documents.received(upload) as arrived, transaction.atomic():
        case = paper.case.locked()
        refuse_unless_scan_is_taken(PaperNumber.objects.get(pk=paper.pk), actor=actor, at=at)
        title = f"{KINDS[paper.kind].title} bertanda tangan, nomor {paper.number}"
        document = keep_scan(case, arrived, title=title, actor=actor, at=at)
        return SignedPaper.objects.create(
            paper=paper, document=document, uploaded_by=actor, uploaded_by_name=actor.name, uploaded_at=at
        )


def refuse_unless_keeper(case: Case, kind: PaperKind, *, actor: User, at: datetime) -> None:
    """Raise StepOutOfOrder when the case has ended, StepForbidden when the paper isn't this person's to keep."""
    if not case.is_running:
        raise StepOutOfOrder(f"Proses ini sudah berakhir: {case.state_label}. Nomor suratnya tetap.")
    _refuse_unless_keeper(case, kind, actor, at)


def refuse_unless_scan_is_taken(paper: PaperNumber, *, actor: User, at: datetime) -> None:
    """Raise StepForbidden when the paper isn't this person's to keep, StepOutOfOrder when its number is cancelled."""
    _refuse_unless_keeper(paper.case, KINDS[paper.kind], actor, at)
    if paper.cancelled_at is not None:
        raise StepOutOfOrder(f"Nomor {paper.number} sudah dibatalkan. Beri nomor lagi dahulu.")


def _refuse_unless_keeper(case: Case, kind: PaperKind, actor: User, at: datetime) -> None:
    if keeps_as(actor, case, kind, on=timezone.localdate(at)) is None:
        raise StepForbidden(
            f"{kind.title} diberi nomor dan disimpan oleh petugas yang menulisnya, petugas langkah yang sedang "
            "ditunggu, atau PPID Utama."
        )


def _locked(case: Case, kind: PaperKind, actor: User, at: datetime) -> Case:
    locked = case.locked()
    refuse_unless_keeper(locked, kind, actor=actor, at=at)
    return locked


def _hold(kind: PaperKind, number: str) -> None:
    """Let one transaction at a time give this number: cases don't lock one another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"paper {kind.key} {number}"])


def _refuse_number(kind: PaperKind, number: str, date: date, at: datetime) -> None:
    if not number:
        raise StepUnmet("Tuliskan nomor suratnya.", fields=["number"])
    if len(number) > 120:
        raise StepUnmet("Nomor surat paling panjang 120 huruf.", fields=["number"])
    if date > timezone.localdate(at):
        raise StepUnmet("Tanggal surat tidak boleh sesudah hari ini.", fields=["date"])
    same = PaperNumber.objects.filter(kind=kind.key, number=number, date__year=date.year, cancelled_at=None)
    if same.exists():
        raise StepUnmet(
            f"Nomor {number} sudah dipakai untuk {kind.title.lower()} lain tahun {date.year}. Periksa agenda surat.",
            fields=["number"],
        )
