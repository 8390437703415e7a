"""The database role that serves the desk: it reads and writes rows, and changes nothing of what the tables are.

No table is made, emptied or owned by it, no trigger switched off or left aside, and of a ledger it may not even try to
change a row. Only ``prepare``, ``publish_shelf``, ``restore`` and ``import_office`` are the owner's
(``OWNER_DATABASE_URL``). What it may is granted table by table, anew by every ``migrate`` and ``prepare``; a table that
is new is closed until then.
"""

import json
from collections import defaultdict

import pgtrigger
from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from ppid.shelf.roles import attempt, exists, name_of

ROWS = ("SELECT", "INSERT", "UPDATE", "DELETE")
_READ_ONLY = ("django_migrations",)  # which migrations the owner ran
# Whose rows are locked though they never change: PostgreSQL asks for UPDATE of one column at least. Their triggers
# refuse the change all the same.
_LOCKED = ("shelf_ledgermark", "reports_problem")

# What pgtrigger asks in each of its triggers: whether the session leaves this one aside. Its own asks everybody, and
# catches an error each time where nothing is set. Who serves the portal must not be heard: only who owns the function,
# and so could write it anew.
_LEFT_ASIDE = """
    CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean LANGUAGE plpgsql AS $$
    BEGIN
        RETURN COALESCE(current_setting('pgtrigger.ignore', true), '') <> ''
            AND trigger_name = ANY(current_setting('pgtrigger.ignore')::text[])
            AND pg_has_role(current_user, (
                SELECT proowner FROM pg_proc WHERE oid = 'public._pgtrigger_should_ignore(name)'::regprocedure
            ), 'MEMBER');
    END $$
"""


def leave_aside_for_the_owner_alone(connection: BaseDatabaseWrapper) -> None:
    """See to it that nobody but the owner leaves a trigger aside by pgtrigger's own setting."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regproc('public._pgtrigger_should_ignore') IS NOT NULL")
        if cursor.fetchone()[0]:
            cursor.execute(_LEFT_ASIDE)


def grant(connection: BaseDatabaseWrapper) -> list[str]:
    """Make sure of the role, of who serves the desk by it, and of what it may.

    Returns the SQL that a database administrator must run, because this sign-in may not make roles; empty when all is
    done. Where the owner serves the desk, nobody is asked to make anything.
    """
    if settings.PORTAL_ALONE:
        return []
    role = connection.ops.quote_name(settings.DESK_ROLE)
    with connection.cursor() as cursor:
        left = []
        if not exists(cursor, settings.DESK_ROLE):
            left += attempt(connection, f"CREATE ROLE {role} NOLOGIN;")
        if settings.OWNER_SIGNS_IN_APART and not _serves(cursor, name_of("default")):
            left += attempt(connection, f"GRANT {role} TO {connection.ops.quote_name(name_of('default'))};")
        if exists(cursor, settings.DESK_ROLE):
            _grant_rows_alone(connection, cursor, role)
        return left if settings.OWNER_SIGNS_IN_APART else []


def allowed(cursor: CursorWrapper) -> dict[str, tuple[str, ...]]:
    """Return what the role may do with each table that there is."""
    cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')")
    refused = _refused()
    return {
        table: ("SELECT",) if table in _READ_ONLY else tuple(verb for verb in ROWS if verb not in refused[table])
        for (table,) in cursor.fetchall()
    }


def _refused() -> defaultdict[str, set[str]]:
    """Return what a trigger refuses whatever the row, by table: that is not granted either."""
    found = defaultdict[str, set[str]](set)
    for model, trigger in pgtrigger.registered():
        if type(trigger) is pgtrigger.Protect and trigger.condition is None:
            found[model._meta.db_table] |= {str(verb) for verb in trigger.operation or ()}
    return found


def _serves(cursor: CursorWrapper, member: str) -> bool:
    if not exists(cursor, settings.DESK_ROLE) or not exists(cursor, member):
        return False
    cursor.execute("SELECT pg_has_role(%s, %s, 'USAGE')", [member, settings.DESK_ROLE])
    return cursor.fetchone()[0]


def _grant_rows_alone(connection: BaseDatabaseWrapper, cursor: CursorWrapper, role: str) -> None:
    """Take back whatever the role may, and grant what it needs: in one transaction, so that nobody is refused."""
    by_verbs = defaultdict[tuple[str, ...], list[str]](list)
    for table, verbs in allowed(cursor).items():
        by_verbs[verbs].append(connection.ops.quote_name(table))
    database = connection.ops.quote_name(connection.settings_dict["NAME"])
    with transaction.atomic(using=connection.alias):
        for kind in ("TABLES", "SEQUENCES"):
            cursor.execute(f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM {role}")
        cursor.execute(f"REVOKE CREATE ON SCHEMA public FROM {role}, PUBLIC")
        # A temporary table of the same name would be read by triggers in the place of the true one.
        cursor.execute(f"REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM {role}, PUBLIC")
        cursor.execute(f"GRANT CONNECT ON DATABASE {database} TO {role}")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        for verbs, tables in by_verbs.items():
            cursor.execute(f"GRANT {', '.join(verbs)} ON {', '.join(tables)} TO {role}")
        for table in _LOCKED:
            cursor.execute(f"GRANT UPDATE (id) ON {connection.ops.quote_name(table)} TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role}")


# What this connection could do besides reading and writing rows. Each line is a fault in words.
_TOO_MUCH = """
    SELECT fault FROM (
        SELECT 1 AS nth, format('%%s %%s', rolname, CASE WHEN rolsuper THEN 'ialah superuser'
            ELSE 'boleh membuat peran, basis data, atau salinan' END) AS fault
        FROM pg_roles WHERE rolname IN (current_user, session_user)
        AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
        UNION ALL SELECT 2, format('dapat menjadi %%s', rolname) FROM pg_roles
        WHERE pg_has_role(session_user, oid, 'MEMBER') AND rolname NOT IN (session_user, %(desk)s, %(portal)s)
        UNION ALL SELECT 3, 'memiliki basis data' FROM pg_database
        WHERE datname = current_database() AND pg_has_role(session_user, datdba, 'MEMBER')
        UNION ALL SELECT 4, format('boleh membuat %%s', what) FROM (VALUES
            ('tabel', has_schema_privilege('public', 'CREATE')),
            ('skema', has_database_privilege(current_database(), 'CREATE')),
            ('tabel sementara', has_database_privilege(current_database(), 'TEMPORARY'))
        ) AS made (what, may) WHERE may
        UNION ALL SELECT 5, 'pemicu dapat dikesampingkan' WHERE NOT EXISTS (
            SELECT FROM pg_proc
            WHERE oid = to_regproc('public._pgtrigger_should_ignore') AND prosrc LIKE '%%pg_has_role%%'
        )
        UNION ALL SELECT 6, format('%%s %%s', verb, relname) FROM pg_class,
            unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) verb
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
        AND (has_table_privilege(oid, verb)
            OR verb = 'UPDATE' AND NOT relname = ANY(%(locked)s) AND has_any_column_privilege(oid, verb))
        AND NOT verb = ANY(COALESCE(string_to_array(%(allowed)s::jsonb ->> relname::text, ' '), '{}'))
    ) each ORDER BY nth, fault LIMIT 6
"""
_TOO_LITTLE = """
    SELECT format('%%s %%s', verb, name)
    FROM jsonb_each_text(%(allowed)s::jsonb) AS each (name, verbs), unnest(string_to_array(verbs, ' ')) verb
    WHERE to_regclass(format('public.%%I', name)) IS NOT NULL
    AND NOT has_table_privilege(format('public.%%I', name), verb) ORDER BY 1 LIMIT 6
"""


def too_much_and_too_little(alias: str = "default") -> tuple[list[str], list[str]]:
    """Return what the desk's connection may do and should not, and what it needs and may not, in a few words each."""
    with connections[alias].cursor() as cursor:
        asked: dict[str, str | list[str]] = {
            "desk": settings.DESK_ROLE,
            "portal": settings.PORTAL_ROLE,
            "locked": list(_LOCKED),
            "allowed": json.dumps({table: " ".join(verbs) for table, verbs in allowed(cursor).items()}),
        }
        answers = []
        for question in (_TOO_MUCH, _TOO_LITTLE):
            cursor.execute(question, asked)
            answers.append([fault for (fault,) in cursor.fetchall()])
    return answers[0], answers[1]
