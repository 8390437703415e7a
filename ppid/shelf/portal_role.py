"""The database role that serves the portal: it may read the shelf and nothing else.

A role belongs to the whole server, not to one database: another database (or another test worker) may have made it
already, or be making it right now. A restored backup has no role of its own, so role and grants are made sure of after
every ``migrate`` and by every ``prepare``, not once in a migration.
"""

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

_MAY_NOT = "42501"  # insufficient_privilege
_IS_MISSING = "42704"  # undefined_object: a role that has to be made first
_IS_THERE = ("42710", "23505")  # duplicate_object, unique_violation: made by another at the same moment


def grant(connection: BaseDatabaseWrapper) -> list[str]:
    """Make sure of the role, of who serves the portal by it, and of what it may read.

    Returns the SQL that a database administrator must run, because this sign-in may not make roles; empty when all is
    done. What this sign-in may do is done in any case.
    """
    role = connection.ops.quote_name(settings.PORTAL_ROLE)
    with connection.cursor() as cursor:
        left = []
        if not _exists(cursor, settings.PORTAL_ROLE):
            left += _attempt(connection, f"CREATE ROLE {role} NOLOGIN;")
        member, is_member = _member(cursor)
        if not is_member:
            left += _attempt(connection, f"GRANT {role} TO {connection.ops.quote_name(member)};")
        if _exists(cursor, settings.PORTAL_ROLE):
            _grant_the_shelf_alone(connection, cursor, role)
    return left


def shelf_tables() -> list[str]:
    """Return the names of the shelf's tables."""
    return list(dict.fromkeys(model._meta.db_table for model in apps.get_app_config("shelf").get_models()))


def _exists(cursor: CursorWrapper, role: str) -> bool:
    cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
    return cursor.fetchone() is not None


def _member(cursor: CursorWrapper) -> tuple[str, bool]:
    """Return who must be a member of the role, and whether they are.

    The portal's own sign-in inherits what the role may; without one, the main sign-in must be able to step down to it,
    which PostgreSQL 16 and newer tell apart from mere membership.
    """
    cursor.execute("SELECT current_user, current_setting('server_version_num')::int")
    member, version = cursor.fetchone()
    how = "SET" if version >= 160000 else "MEMBER"
    if settings.PORTAL_HAS_OWN_SIGN_IN:
        member, how = connections["portal"].settings_dict["USER"] or member, "USAGE"
    if not _exists(cursor, settings.PORTAL_ROLE) or not _exists(cursor, member):
        return member, False
    cursor.execute("SELECT pg_has_role(%s, %s, %s)", [member, settings.PORTAL_ROLE, how])
    return member, cursor.fetchone()[0]


def _attempt(connection: BaseDatabaseWrapper, statement: str) -> list[str]:
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


def _grant_the_shelf_alone(connection: BaseDatabaseWrapper, cursor: CursorWrapper, role: str) -> None:
    """Take back whatever the role may, and let it read the shelf: in one transaction, so that no reader is refused."""
    tables = ", ".join(connection.ops.quote_name(table) for table in shelf_tables())
    with transaction.atomic(using=connection.alias):
        for grantee in (role, "PUBLIC"):
            for kind in ("TABLES", "SEQUENCES"):
                cursor.execute(f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM {grantee}")
        cursor.execute(f"REVOKE CREATE ON SCHEMA public FROM {role}")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT SELECT ON {tables} TO {role}")
