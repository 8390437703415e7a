"""Keeping documents: the bytes in the private store, the row that names them, both or neither."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction

from ppid.content_store import ContentStore, Incoming, StoreAway, store
from ppid.information.cleaned import Cleaned, DocumentCleaning, cleaned
from ppid.information.media_types import MediaType, UploadRefused, recognise
from ppid.information.models import Document, Exclusion, Information, new_address_key
from ppid.information.tasks import read_later
from ppid.organisation.models import User
from ppid.scanning.verdicts import scan_arrival
from ppid.web.safe_files import safe_filename, title_of
from ppid.web.uploads import wrong_size


def private_store() -> ContentStore:
    """Return the store of the desk's files."""
    return store(settings.PRIVATE_FILES)


def examine(upload: UploadedFile) -> MediaType:
    """Return what the file is. Raises UploadRefused with a sentence when it is empty, too large or not taken."""
    if sentence := wrong_size(upload):
        raise UploadRefused(sentence)
    return recognise(upload.file, upload.name)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file of a known kind that has arrived whole, and is no document yet."""

    incoming: Incoming
    kind: MediaType
    filename: str
    cleaned: Cleaned | None = None
    sent_sha256: str = ""

    @property
    def sha256(self) -> str:
        return self.incoming.sha256


@contextmanager
def received(upload: UploadedFile, *, cleans: bool = False) -> Iterator[Arrived]:
    """Hold the upload's bytes until the caller keeps them; when the caller fails, nothing of them is left.

    ``cleans`` says that its uploader wants author and place taken out of its properties: then the bytes are the
    cleaned ones, where it can be cleaned.
    Use it around the transaction that writes the row, not inside it. Raises UploadRefused as ``examine``.
    """
    kind, desk_store = examine(upload), private_store()
    with ExitStack() as held:
        sent = incoming = held.enter_context(desk_store.incoming(upload.chunks()))
        done = cleaned(sent.temporary, kind, upload.name or "") if cleans else None
        if done and done.content:
            incoming = held.enter_context(desk_store.incoming([done.content]))
        with incoming.temporary.open("rb") as file:
            scan_arrival(file, incoming.sha256, refused=UploadRefused)
        try:
            yield Arrived(incoming, kind, upload.name or "", done, sent.sha256)
        except BaseException:
            with suppress(StoreAway):  # then the sweep forgets it
                forget_unless_used({incoming.sha256})
            raise


def keep(
    arrived: Arrived,
    *,
    information: Information,
    purpose: Document.Purpose,
    title: str = "",
    actor: User,
    at: datetime,
    replaces: Document | None = None,
    exclusion: Exclusion | None = None,
) -> Document:
    """Write the row and put the bytes in place; call it inside a transaction and inside ``received``.

    What is to be published is read for personal data by the worker.

    Evidence that is born in an exclusion names it: only those who may see the exclusion see its papers.
    """
    _lock(arrived.sha256)
    arrived.incoming.place()
    document = Document.objects.create(
        information=information,
        purpose=purpose,
        title=title.strip() or title_of(arrived.filename, most=Document._meta.get_field("title").max_length),
        filename=safe_filename(arrived.filename),
        media_type=arrived.kind.name,
        size=arrived.incoming.size,
        sha256=arrived.sha256,
        address_key=replaces.address_key if replaces else new_address_key(),
        replaces=replaces,
        exclusion=exclusion,
        uploaded_by=actor,
        uploaded_at=at,
    )
    if purpose == Document.Purpose.CONTENT:
        read_later(document)
    if (done := arrived.cleaned) is not None:
        DocumentCleaning.objects.create(
            document=document, original_sha256=arrived.sent_sha256, taken=done.taken, kept_because=done.kept_because
        )
    return document


def _lock(sha256: str) -> None:
    """Let one transaction at a time place or forget these bytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [sha256])


def forget_unless_used(hashes: set[str]) -> set[str]:
    """Delete those files that no document names; return which they were."""
    return {sha256 for sha256 in hashes if _forgotten(sha256)}


@transaction.atomic
def _forgotten(sha256: str) -> bool:
    _lock(sha256)
    if Document.objects.filter(sha256=sha256).exists():
        return False
    private_store().remove(sha256)
    return True
