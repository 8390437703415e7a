"""Where the decrees and approvals of editions are kept as they were signed."""

from django.conf import settings

from ppid.content_store import ContentStore, store
from ppid.editions.models import EditionAct


def edition_store() -> ContentStore:
    """Return the editions' own store, beside the documents' and the library's."""
    return store(settings.PRIVATE_FILES, "editions")


def forget_unless_proving(hashes: set[str]) -> set[str]:
    """Delete those files that no act on an edition names; return which they were."""
    named = set(EditionAct.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    return edition_store().keep_only(named, among=hashes)
