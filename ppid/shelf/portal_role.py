"""The database role that serves the portal: it may read the shelf and nothing else.

A role belongs to the whole server, not to one database: another database (or another test worker) may have made it
already, or be making it right now. A restored backup has no role of its own, so role and grants are made sure of after
every ``migrate`` and by every ``prepare``, not once in a migration.
"""

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from ppid.shelf.roles import acting_as, attempt, exists, name_of


def grant(connection: BaseDatabaseWrapper) -> list[str]:
    """Make sure of the role, of who serves the portal by it, and of what it may read.

    Returns the SQL that a database administrator must run, because this sign-in may not make roles; empty when all is
    done. What this sign-in may do is done in any case.
    """
    role = connection.ops.quote_name(settings.PORTAL_ROLE)
    with connection.cursor() as cursor:
        left = []
        if not exists(cursor, settings.PORTAL_ROLE):
            left += attempt(connection, f"CREATE ROLE {role} NOLOGIN;")
        member, is_member = _member(cursor)
        if not is_member:
            left += attempt(connection, f"GRANT {role} TO {connection.ops.quote_name(member)};")
        if exists(cursor, settings.PORTAL_ROLE):
            _grant_the_shelf_alone(connection, cursor, role)
    return left


def shelf_tables() -> list[str]:
    """Return the names of the shelf's tables."""
    return list(dict.fromkeys(model._meta.db_table for model in apps.get_app_config("shelf").get_models()))


def _member(cursor: CursorWrapper) -> tuple[str, bool]:
    """Return who must be a member of the role, and whether they are.

    The portal's own sign-in inherits what the role may; without one, the desk's must be able to step down to it, which
    PostgreSQL 16 and newer tell apart from mere membership.
    """
    cursor.execute("SELECT current_setting('server_version_num')::int")
    how = "SET" if cursor.fetchone()[0] >= 160000 else "MEMBER"
    member = name_of("default") if settings.OWNER_SIGNS_IN_APART else acting_as(cursor)
    if settings.PORTAL_HAS_OWN_SIGN_IN:
        member, how = name_of("portal"), "USAGE"
    if not exists(cursor, settings.PORTAL_ROLE) or not exists(cursor, member):
        return member, False
    cursor.execute("SELECT pg_has_role(%s, %s, %s)", [member, settings.PORTAL_ROLE, how])
    return member, cursor.fetchone()[0]


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
