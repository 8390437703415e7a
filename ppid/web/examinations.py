"""What is examined of this installation, each thing under a name in words: one list for every reader.

Some of it must hold before the portal starts, as Django's checks; all of it is told by ``manage.py doctor``, by the
page «Keadaan sistem» and by ``manage.py watch``. A finding is a message of Django's checks: Error and Warning say what
is wrong and, as their hint, what to do; Info says a fact of what is well.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.core.checks import ERROR, WARNING, CheckMessage, Error, Tags, register
from django.db import ProgrammingError, connections, transaction

_UNDEFINED_TABLE = "42P01"
_PATIENCE = 5000  # milliseconds that the database may think about one examination
COULD_NOT_BE_EXAMINED = "ppid.E099"

Function = Callable[[Sequence[str]], list[CheckMessage]]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Examination:
    """Something that is examined. ``title`` says what holds when nothing is found."""

    title: str
    function: Function
    at_start: bool

    def findings(self, databases: Sequence[str]) -> list[CheckMessage]:
        """Return what was found. What can't be examined is a finding too: one fault hides no other."""
        try:
            return _without_missing_tables(self._within_patience, databases)
        except Exception as error:
            log.exception("«%s» could not be examined.", self.title)
            said = f"{self.title}: tidak dapat diperiksa ({type(error).__name__})."
            return [Error(said, hint="Baca log portal (journalctl -u ppid) pada saat ini.", id=COULD_NOT_BE_EXAMINED)]

    def _within_patience(self, databases: Sequence[str]) -> list[CheckMessage]:
        with transaction.atomic(), connections["default"].cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(_PATIENCE)])
            return self.function(databases)


@dataclass(frozen=True, slots=True)
class Examined:
    """An examination that was made, and what it found."""

    title: str
    messages: tuple[CheckMessage, ...]
    at_start: bool = True

    @property
    def level(self) -> int:
        """The level of the worst message, as Django counts them; 0 for none."""
        return max((message.level for message in self.messages), default=0)

    @property
    def is_bad(self) -> bool:
        return self.level >= ERROR

    @property
    def stops_the_start(self) -> bool:
        return self.at_start and self.is_bad

    @property
    def is_doubtful(self) -> bool:
        return WARNING <= self.level < ERROR

    @property
    def is_good(self) -> bool:
        return self.level < WARNING


_all: list[Examination] = []


def examination(title: str, *, at_start: bool = True) -> Callable[[Function], Function]:
    """Add an examination of the database or of this machine under ``title``, what holds when it finds nothing.

    With ``at_start`` it is a check of Django's too, asked only where databases may be: the portal does not start where
    it finds an error. A table that isn't there yet is no finding of its own: «Basis data sudah disiapkan» says so.
    """

    def decorate(function: Function) -> Function:
        _all.append(Examination(title, function, at_start))
        if at_start:
            register(Tags.database)(_as_check(title, function))
        return function

    return decorate


def examine_all() -> Iterator[Examined]:
    """Make every examination, one after the other, in the order in which the apps are installed."""
    databases = list(connections)
    for each in _all:
        yield Examined(each.title, tuple(each.findings(databases)), each.at_start)


def _as_check(title: str, function: Function) -> Callable[..., list[CheckMessage]]:
    def check(app_configs: object = None, databases: Sequence[str] | None = None, **kwargs: object):
        return _without_missing_tables(function, databases) if databases else []

    check.title = title  # type: ignore[attr-defined]  # doctor tells ours from Django's own by it
    return check


def _without_missing_tables(function: Function, databases: Sequence[str]) -> list[CheckMessage]:
    try:
        return function(databases)
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", None) != _UNDEFINED_TABLE:
            raise
        return []
