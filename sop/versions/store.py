"""Where the library keeps its files: the papers of approved versions, and the sheets that were signed outside."""

from django.conf import settings

from ppid.content_store import ContentStore, store
from ppid.shelf.actions import shown_among
from sop.ledgers import SignedSheet
from sop.models import SopVersion


def sheet_store() -> ContentStore:
    """Return the library's own store, beside the documents': forgetting a document never loses a sheet."""
    return store(settings.PRIVATE_FILES, "sop")


def forget_unless_kept(hashes: set[str]) -> set[str]:
    """Delete those files that no version, signed sheet or shown paper names; return which they were."""
    kept = set(SopVersion.objects.filter(pdf_sha256__in=hashes).values_list("pdf_sha256", flat=True))
    kept |= set(SignedSheet.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    return sheet_store().keep_only(kept | shown_among(hashes), among=hashes)
