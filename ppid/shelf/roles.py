"""Roles of the database server: whether they are there, what can be made of them, and who signs in as whom."""

from django.db import IntegrityError, ProgrammingError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from psycopg.pq import Conninfo

_MAY_NOT = "42501"  # insufficient_privilege
_IS_MISSING = "42704"  # undefined_object: a role that has to be made first
_IS_THERE = ("42710", "23505")  # duplicate_object, unique_violation: made by another at the same moment


def exists(cursor: CursorWrapper, role: str) -> bool:
    """Say whether the server has the role."""
    cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
    return cursor.fetchone() is not None


def attempt(connection: BaseDatabaseWrapper, statement: str) -> list[str]:
    """Run the statement; return it when this sign-in may not."""
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(statement)
    except (ProgrammingError, IntegrityError) as error:
        state = getattr(error.__cause__, "sqlstate", None)
        if state in (_MAY_NOT, _IS_MISSING):
            return [statement]
        if state not in _IS_THERE:
            raise
    return []


def acting_as(cursor: CursorWrapper) -> str:
    """Return the role whose rights this connection has."""
    cursor.execute("SELECT current_user::text")
    return cursor.fetchone()[0]


def name_of(alias: str) -> str:
    """Return as whom a connection signs in, without opening it: what the settings say, else what libpq takes."""
    named = connections[alias].settings_dict["USER"]
    return named or next(each.val.decode() for each in Conninfo.get_defaults() if each.keyword == b"user" and each.val)
