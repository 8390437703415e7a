"""Pictures of a document's pages, for the desk alone: drawn once, kept beside the private store, only so many.

They lie under the document's SHA-256, the page and the width, so a picture is never another document's; whoever asks
for one has been shown the document by ``DocumentQuerySet.in_case``.
"""

import os
import re
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.cache import cache

from ppid.information.documents import private_store
from ppid.information.findings import DocumentReading
from ppid.information.models import Document
from ppid.web.reading import Unreadable, count_pages, draw_page
from ppid.web.reading.pieces import HEAVY, SLOW

WIDTH = 1200  # pixels
_NAME = re.compile(r"^(?P<sha256>[0-9a-f]{64})-\d+-\d+\.png$")
_MOST, _MOST_BYTES = 4_000, 1024 * 1024 * 1024
_KEPT_AFTER_TRIMMING = 0.9
_A_MINUTE, _A_DAY = 60, 60 * 60 * 24


def page_picture(document: Document, number: int, *, width: int = WIDTH) -> bytes:
    """Return page ``number``, from 1 on, as PNG. Raises Unreadable with a sentence, or BytesLost."""
    pages = page_count(document)
    if not 1 <= number <= pages:
        raise Unreadable(f"Tidak ada halaman itu: berkas ini {pages} halaman.")
    path = _folder() / f"{document.sha256}-{int(number)}-{int(width)}.png"
    try:
        picture = path.read_bytes()
        os.utime(path)  # so the trimming knows that it is looked at
        return picture
    except FileNotFoundError:
        pass
    with private_store().readable(document.sha256) as kept:
        picture = draw_page(kept, number, width=width)
    _keep(path, picture)
    return picture


def page_count(document: Document) -> int:
    """Return how many pages it has. Raises Unreadable for what has none or can't be opened, or BytesLost."""
    key = f"pages-{document.sha256}"
    known = cache.get(key)
    if known is None:
        known, holds = _counted(document), _A_DAY
        if known in (SLOW, HEAVY):
            holds = _A_MINUTE  # a busy machine fails so too
        cache.set(key, known, holds)
    if isinstance(known, str):
        raise Unreadable(known)
    return known


def _counted(document: Document) -> int | str:
    """Return how many pages were counted as it was read for personal data, else are counted now; or why none are."""
    with private_store().readable(document.sha256) as kept:
        reading = DocumentReading.objects.filter(document=document).first()
        if reading is not None and reading.pages is not None:
            return reading.pages
        try:
            return count_pages(kept)
        except Unreadable as refusal:
            return refusal.sentences[0]


def sweep_pictures(*, before: datetime, is_rehearsal: bool = False) -> tuple[int, int]:
    """Delete the pictures of documents that are gone, and those not looked at since; return their number and bytes."""
    pictures = list(_pictures())
    named = set(
        Document.objects.filter(sha256__in={_sha256(path) for path, _ in pictures}).values_list("sha256", flat=True)
    )
    gone = [
        (path, stat.st_size)
        for path, stat in pictures
        if stat.st_mtime < before.timestamp() or _sha256(path) not in named
    ]
    if not is_rehearsal:
        for path, _ in gone:
            path.unlink(missing_ok=True)
    return len(gone), sum(size for _, size in gone)


def _folder() -> Path:
    """Return the folder: beside the documents, or among the data of this machine where these lie in no folder."""
    private = settings.PRIVATE_FILES
    return (private if isinstance(private, Path) else settings.VAR) / "pictures"


def _sha256(path: Path) -> str:
    found = _NAME.match(path.name)
    return found["sha256"] if found else ""


def _pictures():
    """Yield every picture with its state; also what a killed process left half written."""
    if not _folder().is_dir():
        return
    for path in _folder().iterdir():
        try:
            yield path, path.stat()
        except FileNotFoundError:  # taken away meanwhile
            continue


def _keep(path: Path, picture: bytes) -> None:
    """Write the picture whole, then make room again where there are too many: the longest not looked at go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(picture)
    Path(name).chmod(0o640)
    os.replace(name, path)
    kept = sorted(_pictures(), key=lambda each: each[1].st_mtime)
    size = sum(stat.st_size for _, stat in kept)
    if len(kept) <= _MOST and size <= _MOST_BYTES:
        return
    number = len(kept)
    for old, stat in kept:
        if number <= _MOST * _KEPT_AFTER_TRIMMING and size <= _MOST_BYTES * _KEPT_AFTER_TRIMMING:
            return
        old.unlink(missing_ok=True)
        number, size = number - 1, size - stat.st_size
