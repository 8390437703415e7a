"""Where the decrees and approvals of editions are kept as they were signed."""

from django.conf import settings

from ppid.content_store import ContentStore
from ppid.editions.models import EditionAct


def edition_store() -> ContentStore:
    """Return the editions' own store, beside the documents' and the library's."""
    return ContentStore(settings.PRIVATE_FILES / "editions")


def forget_unless_proving(hashes: set[str]) -> set[str]:
    """Delete those files that no act on an edition names; return which they were.

    Only for files old enough that no act which placed them is still under way: acts here don't lock by file.
    """
    unused = hashes - set(EditionAct.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    for sha256 in unused:
        edition_store().remove(sha256)
    return unused
