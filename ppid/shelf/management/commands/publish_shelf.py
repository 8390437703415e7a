from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, connections

from ppid.shelf.portal_role import shelf_tables

PUBLICATION = "ppid_public"


class Command(BaseCommand):
    help = (
        "Offer the shelf, and nothing else, to a portal on a machine of its own by logical replication. "
        "Run it again after an update: tables that are new go along."
    )

    def handle(self, **options):
        connection = connections[settings.OWNER_DATABASE]
        tables = ", ".join(connection.ops.quote_name(table) for table in shelf_tables())
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT FROM pg_publication WHERE pubname = %s", [PUBLICATION])
                how = (
                    "ALTER PUBLICATION {} SET TABLE {}"
                    if cursor.fetchone() is not None
                    else "CREATE PUBLICATION {} FOR TABLE {}"
                )
                cursor.execute(how.format(PUBLICATION, tables))
                cursor.execute("SHOW wal_level")
                level = cursor.fetchone()[0]
        except ProgrammingError as error:
            raise CommandError(f"The database refuses: {error}") from error
        self.stdout.write(f"The publication «{PUBLICATION}» offers {len(shelf_tables())} tables.")
        if level != "logical":
            self.stderr.write("wal_level is not «logical» yet: set it in postgresql.conf and start PostgreSQL anew.")
