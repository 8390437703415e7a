"""The database role that serves the portal: it may read the shelf and nothing else.

A role belongs to the whole server, not to one database: another database (or another test worker) may have made it
already, or be making it right now. A restored backup has no role of its own, so role and grants are made sure of after
every ``migrate``, not once in a migration.
"""

from django.apps import apps
from django.conf import settings


def grant(connection) -> None:
    """Make the role when there is none, let the main sign-in step down to it, and let it read the shelf."""
    quote = connection.ops.quote_name
    role, name = quote(settings.PORTAL_ROLE), connection.schema_editor().quote_value(settings.PORTAL_ROLE)
    tables = ", ".join(quote(model._meta.db_table) for model in apps.get_app_config("shelf").get_models())
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            DO $$ BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {name}) THEN
                    CREATE ROLE {role} NOLOGIN;
                END IF;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END $$
            """
        )
        # A main sign-in that is no superuser steps down to the role only as its member.
        cursor.execute(
            f"""
            DO $$ BEGIN
                IF NOT pg_has_role(current_user, {name}, 'MEMBER') THEN
                    GRANT {role} TO current_user;
                END IF;
            END $$
            """
        )
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT SELECT ON {tables} TO {role}")
