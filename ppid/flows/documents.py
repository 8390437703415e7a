"""Changing an item's documents and DIP fields while its case runs.

Once the item has been prepared, a change of what will be published sends the case back there: what the decision
approves is bound to these bytes. Evidence files never do.
"""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from ppid.flows.actions import take_step
from ppid.flows.evidence_files import keep_evidence
from ppid.flows.models import Case
from ppid.flows.permissions import changes_documents_as, performs
from ppid.flows.states import PREPARES
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.information import documents
from ppid.information.descriptions import rewrite
from ppid.information.media_types import UploadRefused
from ppid.information.models import Document, Information
from ppid.organisation.models import User
from ppid.web.refusals import ChangedMeanwhile


def add_document(
    case: Case, upload: UploadedFile, *, title: str, actor: User, at: datetime | None = None, cleans: bool = False
) -> Document:
    """Add a document to the item; ``cleans`` as in ``documents.received``.

    Raises UploadRefused, StepOutOfOrder or StepForbidden, with sentences.
    """
    return _keep_content(case, upload, title=title, actor=actor, at=at or timezone.now(), cleans=cleans)


def replace_document(
    case: Case,
    document: Document,
    upload: UploadedFile,
    *,
    title: str,
    actor: User,
    at: datetime | None = None,
    cleans: bool = False,
) -> Document:
    """Put a new file in the place of ``document``, which stays in the history. Raises as ``add_document`` does."""
    at = at or timezone.now()
    return _keep_content(case, upload, title=title, actor=actor, at=at, cleans=cleans, replaces=document)


def refuse_unless_changeable(case: Case, *, actor: User, at: datetime) -> None:
    """Raise StepOutOfOrder when the case has ended, StepForbidden when its documents aren't this person's to change."""
    if not case.is_running:
        raise StepOutOfOrder(f"Proses ini sudah berakhir: {case.state_label}.")
    if changes_documents_as(actor, case, on=timezone.localdate(at)) is None:
        raise StepForbidden("Anda tidak bertugas mengubah isi proses ini pada langkah yang sedang ditunggu.")


def refuse_unless_describable(case: Case, *, actor: User, at: datetime) -> None:
    """Raise as ``refuse_unless_changeable``, and StepOutOfOrder once the description has been prepared."""
    refuse_unless_changeable(case, actor=actor, at=at)
    if not case.is_being_prepared:
        raise StepOutOfOrder(
            "Keterangan informasi sudah disiapkan untuk persetujuan. Minta proses dikembalikan ke langkah "
            f"{case.row_of(PREPARES[case.flow]).number} dahulu."
        )


@transaction.atomic
def remove_document(case: Case, document: Document, *, actor: User, at: datetime | None = None) -> None:
    """Take ``document`` out of what will be published; its row and bytes stay in the history."""
    at = at or timezone.now()
    locked, at = _locked_for_change(case, actor, at)
    updated = (
        Document.objects.current()
        .content()
        .filter(pk=document.pk, information=case.information)
        .update(removed_by=actor, removed_at=at)
    )
    if not updated:
        raise StepUnmet("Dokumen ini sudah diganti atau dikeluarkan.")
    _reopen_if_prepared(locked, f"Dokumen «{document.title}» dikeluarkan.", actor, at)


def add_evidence(case: Case, upload: UploadedFile, *, actor: User, at: datetime | None = None) -> Document:
    """Keep a file that proves a step's requirement or output. The same bytes sent twice give the same document.

    Raises UploadRefused, StepOutOfOrder or StepForbidden.
    """
    at = at or timezone.now()
    with documents.received(upload) as arrived, transaction.atomic():
        locked = case.locked()
        at = max(at, locked.received_at)
        if not locked.is_running:
            raise StepOutOfOrder(f"Proses ini sudah berakhir: {locked.state_label}.")
        if performs(actor, locked, locked.step_number, on=timezone.localdate(at)) is None:
            raise StepForbidden("Hanya petugas langkah yang sedang ditunggu yang dapat menambahkan bukti.")
        same = Document.objects.in_case(locked).current().filter(sha256=arrived.sha256).first()
        return same or keep_evidence(locked, arrived, actor=actor, at=at)


@transaction.atomic
def describe(case: Case, fields: dict, *, actor: User, seen: str = "", at: datetime | None = None) -> Information:
    """Write the item's DIP fields, each change with its line. Raises StepOutOfOrder once step 3 is done.

    ``seen`` is the ``Information.description_mark`` that the actor saw; ChangedMeanwhile when it is another by now.
    """
    at = at or timezone.now()
    locked = case.locked()
    at = max(at, locked.received_at)
    refuse_unless_describable(locked, actor=actor, at=at)
    information = locked.information
    if seen and seen != information.description_mark:
        raise ChangedMeanwhile(
            "Keterangan ini diubah rekan Anda sesudah Anda membukanya. Bandingkan di bawah, lalu simpan lagi: "
            "yang tersimpan nanti adalah isian Anda."
        )
    rewrite(information, fields, author=actor, at=at)
    return information


def _keep_content(
    case: Case,
    upload: UploadedFile,
    *,
    title: str,
    actor: User,
    at: datetime,
    cleans: bool,
    replaces: Document | None = None,
) -> Document:
    with documents.received(upload, cleans=cleans) as arrived, transaction.atomic():
        locked, at = _locked_for_change(case, actor, at)
        if replaces is not None and replaces.pk not in {document.pk for document in locked.content}:
            raise StepUnmet(
                "Dokumen ini sudah diganti atau dikeluarkan. Muat ulang halaman untuk melihat yang berlaku."
            )
        if same := next((each for each in locked.content if each.sha256 == arrived.sha256), None):
            raise UploadRefused(f"Berkas yang sama sudah ada: «{same.title}».")
        document = documents.keep(
            arrived,
            information=case.information,
            purpose=Document.Purpose.CONTENT,
            title=title,
            actor=actor,
            at=at,
            replaces=replaces,
        )
        verb = "diganti" if replaces else "ditambahkan"
        _reopen_if_prepared(locked, f"Dokumen «{document.title}» {verb}.", actor, at)
        return document


def _locked_for_change(case: Case, actor: User, at: datetime) -> tuple[Case, datetime]:
    """Return the locked case and the moment of the change: not before the move that let it in, however long it took."""
    locked = case.locked()
    at = max(at, locked.received_at)
    refuse_unless_changeable(locked, actor=actor, at=at)
    return locked, at


def _reopen_if_prepared(case: Case, note: str, actor: User, at: datetime) -> None:
    if not case.is_being_prepared:
        take_step(case, "reopen", actor=actor, note=note, at=at)
