"""The one door for the scan of a paper that was signed outside: a whole, harmless PDF, kept byte for byte."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile

from ppid.content_store import ContentStore, Incoming
from ppid.scanning.verdicts import scan_arrival
from ppid.web.pdf_files import PdfRefused, refuse_unless_sound
from ppid.web.refusals import Refused
from ppid.web.safe_files import safe_filename
from ppid.web.uploads import wrong_size


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan that has arrived; whoever writes its row places ``incoming`` within the same transaction."""

    incoming: Incoming
    filename: str


@contextmanager
def received(upload: UploadedFile, store: ContentStore, *, otherwise: str, refused: type[Refused]) -> Iterator[Scan]:
    """Hold the scan until the act keeps it; ``otherwise`` names it where its own name says nothing.

    Raises ``refused``, beside the field ``file``, unless it is a whole PDF that the portal takes.
    """
    if sentence := wrong_size(upload):
        raise refused(sentence, fields=["file"])
    try:
        refuse_unless_sound(upload.file)
    except PdfRefused as refusal:
        raise refused(str(refusal), fields=["file"]) from refusal
    upload.seek(0)
    with store.incoming(upload.chunks()) as incoming:
        with incoming.temporary.open("rb") as file:
            scan_arrival(file, incoming.sha256, refused=lambda said: refused(said, fields=["file"]))
        yield Scan(incoming, safe_filename(upload.name or "", ending=".pdf", otherwise=otherwise))
