"""Where the files of takeovers lie until their items have copies of their own: tables, scans, what came with them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from ppid.content_store import BytesLost, ContentStore, store
from ppid.information.documents import examine
from ppid.information.media_types import UploadRefused
from ppid.organisation.models import User
from ppid.scanning.verdicts import scan_arrival
from ppid.takeover.models import TakeoverFile, TakeoverRow
from ppid.takeover.reading import TakeoverRefused
from ppid.web.safe_files import safe_filename


def takeover_store() -> ContentStore:
    """Return the store, beside the documents': forgetting a document never loses what a list was read from."""
    return store(settings.PRIVATE_FILES, "takeover")


def kept(upload: UploadedFile, *, actor: User, at: datetime) -> TakeoverFile:
    """Put the bytes into the store, and return their row, not saved. Raises UploadRefused."""
    kind = examine(upload)
    upload.seek(0)
    with takeover_store().incoming(upload.chunks()) as arrived:
        with arrived.temporary.open("rb") as file:
            scan_arrival(file, arrived.sha256, refused=UploadRefused)
        arrived.place()
    return TakeoverFile(
        filename=safe_filename(upload.name or ""),
        media_type=kind.name,
        size=arrived.size,
        sha256=arrived.sha256,
        uploaded_by=actor,
        uploaded_at=at,
    )


@contextmanager
def as_upload(row: TakeoverRow) -> Iterator[list[UploadedFile]]:
    """Give the row's file, if it has one, as if it were sent now. Raises TakeoverRefused when its bytes are lost."""
    if row.file is None:
        yield []
        return
    try:
        opened = takeover_store().open_checked(row.file.sha256)
    except BytesLost as lost:
        raise TakeoverRefused(
            f"Berkas «{row.file.filename}» tidak terbaca lagi di penyimpanan. Minta petugas TI memulihkannya dari "
            "cadangan, lalu coba lagi."
        ) from lost
    with opened:
        yield [UploadedFile(opened, row.file.filename, size=row.file.size)]


def forget_unless_named(hashes: set[str]) -> set[str]:
    """Delete those files that no takeover names; return which they were."""
    named = set(TakeoverFile.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    return takeover_store().keep_only(named, among=hashes)
