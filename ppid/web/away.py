"""Tells what is away for a while, which the visitor may wait for, from a mistake of ours."""

import logging
import time
from collections.abc import Iterator
from threading import Lock

from ppid.content_store import StoreAway
from ppid.web import database_away

DATABASE = "Basis data sedang tidak dapat dihubungi"
FILES = "Penyimpanan berkas sedang tidak dapat dihubungi"

_OVER = 60  # seconds without a line of it, after which an outage is over


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


class OnceAnOutage(logging.Filter):
    """Lets what is away be one line of the log for each request; the first one of an outage keeps its traceback."""

    def __init__(self) -> None:
        super().__init__()
        self._last: dict[str, float] = {}
        self._lock = Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the traceback from the line, unless it is the first; say what was refused instead."""
        error = record.exc_info[1] if record.exc_info else None
        if not (away := what_is_away(error)):
            return True
        if not self._is_first(away):
            record.msg, record.args = f"{record.getMessage()} ({_said(error)})", ()
            record.exc_info = record.exc_text = None
        return True

    def _is_first(self, away: str) -> bool:
        now = time.monotonic()
        with self._lock:
            last, self._last[away] = self._last.get(away), now
        return last is None or now - last > _OVER


def _said(error: BaseException | None) -> str:
    """Return what was answered, in one line."""
    of = next((each for each in _chain(error) if isinstance(each, StoreAway)), error)
    return str(of).strip().partition("\n")[0]
