"""What is examined before the portal starts and by ``manage.py doctor``: Django's checks, each with a name in words."""

from collections.abc import Callable

from django.core.checks import CheckMessage, Tags, register
from django.db import ProgrammingError

_UNDEFINED_TABLE = "42P01"

Examination = Callable[..., list[CheckMessage]]


def examination(title: str) -> Callable[[Examination], Examination]:
    """Register a check of the database or of this machine under ``title``, what holds when it finds nothing.

    It is asked only where databases may be: at the start of the server and by commands that name them. A table that
    isn't there yet is no finding of its own: «The database is prepared» says so.
    """

    def decorate(function: Examination) -> Examination:
        def check(app_configs=None, databases=None, **kwargs) -> list[CheckMessage]:
            if not databases:
                return []
            try:
                return function(databases)
            except ProgrammingError as error:
                if error.__cause__.sqlstate != _UNDEFINED_TABLE:
                    raise
                return []

        check.title = title
        return register(Tags.database)(check)

    return decorate
