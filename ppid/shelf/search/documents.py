"""The text of public files, read in the background and put on the shelf page by page."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path as FilePath

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from ppid.content_store import BytesLost, StoreAway, store
from ppid.shelf.lock import one_writer_at_a_time
from ppid.shelf.models import PublishedFile
from ppid.shelf.search import index
from ppid.shelf.search.models import DocumentPage, DocumentText
from ppid.shelf.search.vectors import vector
from ppid.web.reading import Unreadable, read_pages
from ppid.web.reading.letters_seen import can_read_letters, letters_on

logger = logging.getLogger(__name__)
_AT_ONCE = 200
_MOST_SCANNED = 100  # pages of one file that are read letter by letter
NO_READER = "Hasil pindai, teksnya belum terbaca: program pembaca huruf belum terpasang di mesin portal."
SCANNED = "Sebagian atau seluruhnya hasil pindai, dan tulisan di dalamnya belum terbaca semua."
NO_TEXT = "Berkas ini tidak memuat teks yang dapat dibaca."
LONG = "Berkas ini sangat panjang, jadi hanya bagian awalnya yang dapat dicari."
GONE = "Berkas ini sedang tidak tersedia, jadi belum dapat dibaca."


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page, or of a part of what has no pages; ``place`` is what it is called."""

    number: int
    place: str
    text: str


@transaction.atomic
def put_text(sha256: str, pages: Iterable[Page], *, state: str, why: str = "") -> DocumentText | None:
    """Put what was read of a public file on the shelf, in place of what stood there; None when nothing shows it."""
    one_writer_at_a_time()
    shown = PublishedFile.objects.filter(sha256=sha256)
    if not shown.exists():
        return None
    DocumentPage.objects.filter(sha256=sha256).delete()
    DocumentPage.objects.bulk_create(
        (
            DocumentPage(
                sha256=sha256,
                page=page.number,
                place=page.place[:200],
                text=page.text,
                words=vector((page.text, "D", "D")),
            )
            for page in pages
            if page.text.strip()
        ),
        batch_size=_AT_ONCE,
    )
    text, _ = DocumentText.objects.update_or_create(sha256=sha256, defaults={"state": state, "why": why})
    index.renew_pages(sha256)
    return text


def unread() -> set[str]:
    """Return the files of items on the shelf that nobody has read yet, by their bytes."""
    texts = DocumentText.objects.filter(sha256=OuterRef("sha256"))
    return set(PublishedFile.objects.filter(~Exists(texts)).values_list("sha256", flat=True))


def read_next_text() -> bool:
    """Read one public file whose text was not read yet, the newest first; return whether there was any.

    One at which the reading itself stumbles is marked as not readable, so that it keeps no other from its turn.
    """
    texts = DocumentText.objects.filter(sha256=OuterRef("sha256"))
    files = PublishedFile.objects.filter(~Exists(texts)).order_by("-pk")
    if (sha256 := files.values_list("sha256", flat=True).first()) is None:
        return False
    try:
        read_file(sha256)
    except StoreAway:
        raise  # nothing is wrong with the file: its turn comes again
    except Exception:
        logger.exception("The public file %s could not be read.", sha256)
        put_text(sha256, [], state=_State.UNREADABLE, why=GONE)
    return True


def read_file(sha256: str) -> DocumentText | None:
    """Read a public file and put its text on the shelf; what can't be read says why. None when it left the shelf.

    It is read outside of any transaction, in a process of its own with limits of time and memory.
    """
    file = PublishedFile.objects.filter(sha256=sha256).first()
    if file is None:
        return None
    try:
        with store(settings.PUBLIC_FILES).readable(sha256) as path:
            return _read(path, sha256, file.media_type)
    except BytesLost:
        return put_text(sha256, [], state=_State.UNREADABLE, why=GONE)


def _read(path: FilePath, sha256: str, media_type: str) -> DocumentText | None:
    try:
        found = read_pages(path, media_type)
    except Unreadable as refusal:
        return put_text(sha256, [], state=_State.UNREADABLE, why=refusal.sentences[0])
    pages = {number: Page(number, place, text) for number, place, text in found.pages}
    why = ""
    if found.scanned:
        seen, why = _seen(path, found.scanned)
        pages |= seen
    state = _State.READ if not why else _State.SCANNED
    if not pages and not why:
        state, why = _State.UNREADABLE, NO_TEXT
    if found.is_cut and not why:
        why = LONG
    return put_text(sha256, [pages[n] for n in sorted(pages)], state=state, why=why)


_State = DocumentText.State


def _seen(path: FilePath, scanned: list[int]) -> tuple[dict[int, Page], str]:
    """Return the scanned pages as they were read letter by letter, and the sentence where that wasn't all of them."""
    if not can_read_letters():
        return {}, NO_READER
    seen = {}
    for number in scanned[:_MOST_SCANNED]:
        try:
            text = letters_on(path, number)
        except Unreadable:
            continue
        if text.strip():
            seen[number] = Page(number, f"Halaman {number}", text)
    return seen, "" if len(seen) == len(scanned) else SCANNED
