"""The text of public files, read in the background and put on the shelf page by page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ppid.shelf.lock import one_writer_at_a_time
from ppid.shelf.models import PublishedFile, PublishedItem
from ppid.shelf.search import index
from ppid.shelf.search.models import DocumentPage, DocumentText
from ppid.shelf.search.vectors import vector

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page, or of a part of what has no pages; ``place`` is what it is called."""

    number: int
    place: str
    text: str


@transaction.atomic
def put_text(
    sha256: str, pages: Iterable[Page], *, state: str, pages_in_all: int | None = None, why: str = ""
) -> DocumentText | None:
    """Put what was read of a public file on the shelf, in place of what stood there; None when nothing shows the file.

    Its items are written anew on their pages, which say what came of it.
    """
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
    text, _ = DocumentText.objects.update_or_create(
        sha256=sha256, defaults={"state": state, "pages": pages_in_all, "why": why, "read_at": timezone.now()}
    )
    index.renew_pages(sha256)
    PublishedItem.objects.filter(pk__in=shown.values("item")).update(written_at=timezone.now())
    return text
