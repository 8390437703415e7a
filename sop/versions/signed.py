"""The sheet as it was signed outside, kept beside the rendered one."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from ppid.content_store import Incoming
from ppid.organisation.models import User
from ppid.scanning.verdicts import scan_arrival
from ppid.web.pdf_files import PdfRefused, refuse_unless_sound
from ppid.web.safe_files import safe_filename
from ppid.web.uploads import wrong_size
from sop.guards import SopRefused, locked, require_keeper
from sop.ledgers import SignedSheet
from sop.models import SopVersion
from sop.versions.shelving import show
from sop.versions.store import sheet_store


def attach_signed(version: SopVersion, upload: UploadedFile, actor: User, *, at: datetime | None = None) -> SignedSheet:
    """Keep the sheet as it was signed outside, byte for byte, and show it beside the rendered one. Raises SopRefused.

    A version has one signed sheet, for ever. The portal keeps it and doesn't judge its signatures.
    """
    at = at or timezone.now()
    _require_pdf(upload)
    with sheet_store().incoming(upload.chunks()) as incoming:
        with incoming.temporary.open("rb") as file:  # it may be shown at once, so it can't wait for the scanner
            scan_arrival(file, incoming.sha256, refused=SopRefused, may_wait=False)
        return _keep(version, upload, incoming, actor, at)


@transaction.atomic
def _keep(version: SopVersion, upload: UploadedFile, incoming: Incoming, actor: User, at: datetime) -> SignedSheet:
    approved = locked(version, SopVersion.State.APPROVED)
    require_keeper(actor, approved.sop.unit, at)
    if SignedSheet.objects.filter(version=approved).exists():
        raise SopRefused(f"Versi {approved.version} sudah punya lembar bertanda tangan, dan itu tidak dapat diganti.")
    signed = SignedSheet.objects.create(
        version=approved,
        filename=safe_filename(upload.name, ending=".pdf", otherwise="lembar-bertanda-tangan"),
        sha256=incoming.sha256,
        size=incoming.size,
        uploaded_by=actor,
        uploaded_at=at,
    )
    incoming.place()
    if SopVersion.objects.in_force(on=timezone.localdate(at)).filter(pk=approved.pk).exists():
        show(SopVersion.objects.with_sheet().get(pk=approved.pk))
    return signed


def _require_pdf(upload: UploadedFile) -> None:
    """Raise SopRefused unless the upload is a whole PDF that the portal takes."""
    if sentence := wrong_size(upload):
        raise SopRefused(sentence)
    try:
        refuse_unless_sound(upload.file)
    except PdfRefused as refusal:
        raise SopRefused(str(refusal)) from refusal
    upload.seek(0)
