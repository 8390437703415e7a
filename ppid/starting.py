"""How a start ends when settings or the database refuse: with a sentence, and never a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import SystemCheckError
from django.db import DatabaseError

from ppid.embedded_postgres import ServerDoesNotStart
from ppid.web.database_away import is_away, reason


@contextmanager
def in_a_sentence() -> Iterator[None]:
    """End the process with the sentence of what refused."""
    try:
        yield
    except ImproperlyConfigured as refusal:
        raise SystemExit(f"The settings refuse: {refusal}") from None
    except (ServerDoesNotStart, SystemCheckError) as refusal:
        raise SystemExit(str(refusal)) from None
    except DatabaseError as error:
        if not is_away(error):
            raise
        raise SystemExit(f"The database does not answer: {reason(error)}") from None
