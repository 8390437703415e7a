"""What a page draws from a few words, drawn once: a row of a list that says the same looks the same.

What is drawn is a function of the words alone, and they are its key: so it can't be out of date, whatever changes.
"""

from collections.abc import Hashable
from functools import lru_cache

from django.template.loader import get_template
from django.utils.safestring import SafeString

MOST = 2000  # of one process; some kilobytes each


@lru_cache(maxsize=MOST)
def drawn(template: str, it: Hashable, by: Hashable = None) -> SafeString:
    """Return what the template draws from ``it`` and ``by``: of nothing else it knows, not even of the request."""
    return get_template(template).render({"it": it, "by": by})
