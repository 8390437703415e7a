"""Answering what was found in a case's documents: why they may go on as they are."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ppid.flows.models import Case
from ppid.flows.permissions import changes_documents_as
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.information.findings import MAX_REASON, Finding, FindingAnswer
from ppid.organisation.models import User


def field_of(finding: Finding) -> str:
    """Return the name of the field in which a form asks for the reason."""
    return f"reason-{finding.pk}"


def refuse_unless_answerable(case: Case, *, actor: User, at: datetime) -> None:
    """Raise StepOutOfOrder when the case has ended or is decided on, StepForbidden when it isn't theirs to answer."""
    if not case.is_running:
        raise StepOutOfOrder(f"Proses ini sudah berakhir: {case.state_label}.")
    if changes_documents_as(actor, case, on=timezone.localdate(at)) is None:
        raise StepForbidden("Temuan dijawab oleh yang bertugas menyiapkan dokumen proses ini.")


@transaction.atomic
def answer_findings(
    case: Case, reasons: Mapping[Finding, str], *, actor: User, at: datetime | None = None
) -> list[FindingAnswer]:
    """Write down the reasons with which the documents may go on; each is a row that nobody changes any more.

    Raises StepOutOfOrder, StepForbidden, or StepUnmet for a document that no longer stands or an empty reason.
    """
    at = at or timezone.now()
    locked = case.locked()
    refuse_unless_answerable(locked, actor=actor, at=at)
    appointment = changes_documents_as(actor, locked, on=timezone.localdate(at))
    current = {document.pk: document for document in locked.content}
    answers = []
    for finding, reason in reasons.items():
        document = current.get(finding.reading.document_id)
        if document is None:
            raise StepUnmet("Dokumen ini sudah diganti atau dikeluarkan. Muat ulang halaman untuk yang berlaku.")
        if not reason.strip():
            raise StepUnmet("Tuliskan mengapa dokumen ini boleh diumumkan apa adanya.", fields=(field_of(finding),))
        if len(reason) > MAX_REASON:
            raise StepUnmet(f"Alasan paling panjang {MAX_REASON} huruf.", fields=(field_of(finding),))
        answers.append(
            FindingAnswer(
                finding=finding,
                sha256=document.sha256,
                reason=reason.strip(),
                actor=actor,
                actor_name=actor.name,
                acting_as=appointment.acting_as if appointment else "",
                answered_at=at,
            )
        )
    return FindingAnswer.objects.bulk_create(answers)
