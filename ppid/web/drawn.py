"""What a page draws from a few words, drawn once: a row of a list that says the same looks the same.

What is drawn is a function of the words alone, and they are its key: so it can't be out of date, whatever changes, and
stands when a new edition of the shelf lets go of every page.
"""

from collections.abc import Callable, Hashable
from hashlib import sha256
from sys import getsizeof
from typing import Any, TypeVar

from django.template.loader import get_template
from django.utils.safestring import SafeString

from ppid.web.bounded import Bounded

MOST = 24 * 1024 * 1024  # bytes of one process
_KEY = 2000  # bytes of what it is known by, more or less
Text = TypeVar("Text", bound=str)
kept: Bounded[tuple[Hashable, ...], Any] = Bounded(MOST, lambda text: getsizeof(text) + _KEY)


def once(draw: Callable[..., Text], *words: Hashable) -> Text:
    """Return what the function draws from the words: it may know of nothing else.

    What has a ``digest`` of all that it is made of is known by it.
    """
    key = draw, *[getattr(each, "digest", each) for each in words]
    if (text := kept.get(key)) is None:
        text = draw(*words)
        kept.keep(key, text)
    return text


def digest(*words: object) -> str:
    """Return what tells these words, of Python's own types, from any others."""
    return sha256(repr(words).encode("utf-8", "surrogatepass")).hexdigest()


def drawn(template: str, it: Hashable, by: Hashable = None) -> SafeString:
    """Return what the template draws from ``it`` and ``by``: of nothing else it knows, not even of the request."""
    return once(_by_template, template, it, by)


def _by_template(template: str, it: Hashable, by: Hashable) -> SafeString:
    return get_template(template).render({"it": it, "by": by})
