"""Public files read for their pages on the portal, in the limited child; what can't be read says why."""

from django.db.models import Exists, OuterRef

from ppid.content_store import BytesLost
from ppid.shelf import showing
from ppid.shelf.actions import public_store
from ppid.shelf.models import EditionFile, PublishedFile, ReadFile
from ppid.web.reading import Unreadable, count_pages, first_rows, picture_page
from ppid.web.reading.pieces import NO_PAGES
from ppid.web.reading.tables import TYPES as TABLES

MOST_PAGES = 60  # of a file, drawn; the rest is in the file
WIDTH = 1000  # pixels
ROWS, COLUMNS, LETTERS = 51, 20, 200  # of a table: its head and fifty rows
_WITH_PAGES = ("application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "image/tiff")
_LOST = "Berkas ini sedang tidak dapat dibaca portal."


def read_next() -> bool:
    """Read one public file that was not read yet, the newest first; return whether there was any."""
    for model in (PublishedFile, EditionFile):
        unread = model.objects.filter(~Exists(ReadFile.objects.filter(sha256=OuterRef("sha256"))))
        found = unread.order_by("-pk").values_list("sha256", "media_type").first()
        if found is not None:
            return showing.put_reading(*read(*found)) or True
    return False


def read(sha256: str, media_type: str) -> tuple[ReadFile, list[showing.Picture]]:
    """Return what the pages show of a public file; nothing is written."""
    try:
        if media_type in TABLES:
            return _table(sha256, media_type), []
        if media_type in _WITH_PAGES:
            return _pages(sha256)
        return ReadFile(sha256=sha256, why_not=NO_PAGES), []
    except Unreadable as refusal:
        return ReadFile(sha256=sha256, why_not=refusal.sentences[0]), []
    except BytesLost:
        return ReadFile(sha256=sha256, why_not=_LOST), []


def _table(sha256: str, media_type: str) -> ReadFile:
    with public_store().readable(sha256) as path:
        found = first_rows(path, media_type, rows=ROWS, columns=COLUMNS, letters=LETTERS)
    rows = max(found.rows - 1, 0)  # the first one is its head
    return ReadFile(sha256=sha256, rows=rows, sheet=found.name, table=found.table, is_cut=found.is_cut)


def _pages(sha256: str) -> tuple[ReadFile, list[showing.Picture]]:
    pictures = []
    with public_store().readable(sha256) as path:
        pages = count_pages(path)
        for number in range(1, min(pages, MOST_PAGES) + 1):
            try:
                drawn = picture_page(path, number, width=WIDTH)
            except Unreadable:
                if number == 1:
                    raise
                break  # what follows is in the file
            pictures.append(showing.Picture(number, drawn.content, drawn.width, drawn.height))
    return ReadFile(sha256=sha256, pages=pages), pictures
