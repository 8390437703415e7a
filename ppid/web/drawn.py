"""What a page draws from a few words, drawn once: a row of a list that says the same looks the same.

What is drawn is a function of the words alone, and they are its key: so it can't be out of date, whatever changes, and
stands when a new edition of the shelf lets go of every page.
"""

from collections.abc import Hashable
from sys import getsizeof

from django.template.loader import get_template
from django.utils.safestring import SafeString

from ppid.web.bounded import Bounded

MOST = 24 * 1024 * 1024  # bytes of one process
kept: Bounded[tuple[str, Hashable, Hashable], SafeString] = Bounded(MOST, lambda part: getsizeof(part) + _BESIDE)
_BESIDE = 2000  # bytes of a key, more or less


def drawn(template: str, it: Hashable, by: Hashable = None) -> SafeString:
    """Return what the template draws from ``it`` and ``by``: of nothing else it knows, not even of the request.

    What has ``words`` is known by these: all of it is made of them.
    """
    key = template, getattr(it, "words", it), by
    if (part := kept.get(key)) is None:
        part = get_template(template).render({"it": it, "by": by})
        kept.keep(key, part)
    return part
