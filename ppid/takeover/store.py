"""Where the files of takeovers lie until their items have copies of their own: tables, scans, what came with them."""

from django.conf import settings

from ppid.content_store import ContentStore
from ppid.takeover.models import TakeoverFile


def takeover_store() -> ContentStore:
    """Return the store, beside the documents': forgetting a document never loses what a list was read from."""
    return ContentStore(settings.PRIVATE_FILES / "takeover")


def forget_unless_named(hashes: set[str]) -> set[str]:
    """Delete those files that no takeover names; return which they were. Only for files that are old enough."""
    unused = hashes - set(TakeoverFile.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    for sha256 in unused:
        takeover_store().remove(sha256)
    return unused
