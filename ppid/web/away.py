"""Tells what is away for a while, which the visitor may wait for, from a mistake of ours."""

from collections.abc import Iterator

from ppid.content_store import StoreAway
from ppid.web import database_away

DATABASE = "Basis data sedang tidak dapat dihubungi"
FILES = "Penyimpanan berkas sedang tidak dapat dihubungi"


def what_is_away(error: BaseException | None) -> str:
    """Return in words what could not be reached, or an empty text where the error is another one."""
    if database_away.is_away(error):
        return DATABASE
    return FILES if any(isinstance(each, StoreAway) for each in _chain(error)) else ""


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield the error and those that it came of."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
