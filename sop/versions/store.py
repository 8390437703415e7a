"""Where the library keeps its files: the papers of approved versions, and the sheets that were signed outside."""

from django.conf import settings

from ppid.content_store import ContentStore


def sheet_store() -> ContentStore:
    """Return the library's own store, beside the documents': forgetting a document never loses a sheet."""
    return ContentStore(settings.PRIVATE_FILES / "sop")
