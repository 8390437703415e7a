"""Tells a database that can't be reached, which the visitor may wait for, from a mistake of ours."""

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError

# Classes of SQLSTATE: connection lost, too many connections, the server is starting or stopping.
_AWAY = ("08", "53300", "57P01", "57P02", "57P03")


def is_away(error: BaseException | None) -> bool:
    """Whether the error says that the database took no connection, or lost it."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    cause = error.__cause__
    if isinstance(error, InterfaceError):
        return isinstance(cause, psycopg.InterfaceError)
    state = getattr(cause, "sqlstate", None)
    return isinstance(cause, psycopg.OperationalError) and (state is None or state.startswith(_AWAY))


def reason(error: DatabaseError) -> str:
    """Return the first line of what the database said; it holds no password."""
    return str(error).strip().partition("\n")[0]
