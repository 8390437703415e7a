"""Reading documents for personal data: later by a worker, or at once where nobody else did it yet."""

import logging
from collections.abc import Iterable
from datetime import datetime
from time import monotonic

from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from ppid.content_store import BytesLost, StoreAway
from ppid.information.documents import private_store
from ppid.information.findings import DocumentReading, Finding
from ppid.information.models import Document
from ppid.web.letters import without_forbidden
from ppid.web.reading import KindFound, PersonalData, Unreadable, find_personal
from ppid.web.reading.pieces import BROKEN, SLOW

logger = logging.getLogger(__name__)

AT_ONCE = 20  # seconds that somebody who waits for the page may lose
NOT_YET = "Dokumen «{title}» belum selesai dibaca untuk mencari data pribadi. Coba lagi sebentar lagi."


class NotReadInTime(Unreadable):
    """It took too long for whoever waited; nothing is written down, and it can be tried again."""


def unread(documents: Iterable[Document]) -> list[Document]:
    """Return those of the documents that were not read yet."""
    documents = list(documents)
    read = set(DocumentReading.objects.filter(document__in=documents).values_list("document", flat=True))
    return [each for each in documents if each.pk not in read]


def read_now(documents: Iterable[Document], *, within: float | None = None) -> None:
    """Read what of these was not read yet, all within so many seconds (AT_ONCE); what takes longer stays unread."""
    until = monotonic() + (AT_ONCE if within is None else within)
    for document in unread(documents):
        if (left := until - monotonic()) <= 0:
            return
        try:
            read_document(document, within=left)
        except (NotReadInTime, BytesLost, StoreAway):
            continue


def read_document(document: Document, *, within: float = 120, gives_up: bool = False) -> DocumentReading:
    """Read the document and write down what was found; a second reading finds the first one and changes nothing.

    What can't be read is a finding too, and so is what can't be written down. Raises NotReadInTime, unless the reader
    ``gives_up``: then that is what is written down. Raises BytesLost.
    """
    if reading := DocumentReading.objects.filter(document=document).first():
        return reading
    try:
        with private_store().readable(document.sha256) as path:
            found = find_personal(
                path,
                document.media_type,
                names=[document.title, document.filename],
                allowed=[settings.CONTACT_PHONE, settings.CONTACT_EMAIL, settings.CONTACT_WHATSAPP],
                within=within,
            )
    except Unreadable as refusal:
        sentence = refusal.sentences[0]
        if sentence == SLOW and not gives_up:
            raise NotReadInTime(NOT_YET.format(title=document.title)) from refusal
        found = _unseen(sentence)
    try:
        return keep_reading(document, found, at=timezone.now())
    except (DataError, IntegrityError):
        logger.exception("What was found in document %s can't be written down.", document.pk)
        return keep_reading(document, _unseen(BROKEN), at=timezone.now())


def _unseen(sentence: str) -> PersonalData:
    return PersonalData([KindFound(Finding.Kind.UNSEEN, 1, [("Seluruh berkas", sentence)])], None, False)


@transaction.atomic
def keep_reading(document: Document, found: PersonalData, *, at: datetime) -> DocumentReading:
    """Write down what was found in a document, unless somebody else has done so meanwhile."""
    fields = {"sha256": document.sha256, "pages": found.pages, "is_signed": found.is_signed, "read_at": at}
    fields["kinds"] = len(found.found)
    reading, is_new = DocumentReading.objects.get_or_create(document=document, defaults=fields)
    if is_new:
        Finding.objects.bulk_create(
            Finding(reading=reading, kind=each.kind, count=each.count, places=_writable(each.places))
            for each in found.found
        )
    return reading


def _writable(places: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the places without letters that the database refuses: what they say comes out of the file."""
    return [(without_forbidden(where), without_forbidden(mask)) for where, mask in places]
