"""Make the role that serves the portal: it may read the shelf and nothing else.

A role belongs to the whole server, not to one database: another database (or another test worker) may have made it
already, or be making it right now. Undoing this takes the rights back and leaves the role, for the same reason.
"""

from django.conf import settings
from django.db import migrations

TABLES = [
    "shelf_dikentry",
    "shelf_publishedfile",
    "shelf_publisheditem",
    "shelf_publishedsop",
    "shelf_tombstone",
]


def grant(apps, schema_editor):
    role, tables = _names(schema_editor)
    schema_editor.execute(
        f"""
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {schema_editor.quote_value(settings.PORTAL_ROLE)}) THEN
                CREATE ROLE {role} NOLOGIN;
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END $$
        """
    )
    # A main sign-in that is no superuser steps down to the role only as its member.
    schema_editor.execute(
        f"""
        DO $$ BEGIN
            IF NOT pg_has_role(current_user, {schema_editor.quote_value(settings.PORTAL_ROLE)}, 'MEMBER') THEN
                GRANT {role} TO current_user;
            END IF;
        END $$
        """
    )
    schema_editor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    schema_editor.execute(f"GRANT SELECT ON {tables} TO {role}")


def revoke(apps, schema_editor):
    role, tables = _names(schema_editor)
    schema_editor.execute(f"REVOKE SELECT ON {tables} FROM {role}")
    schema_editor.execute(f"REVOKE USAGE ON SCHEMA public FROM {role}")


def _names(schema_editor):
    quote = schema_editor.quote_name
    return quote(settings.PORTAL_ROLE), ", ".join(quote(table) for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("shelf", "0001_initial")]
    operations = [migrations.RunPython(grant, revoke)]
