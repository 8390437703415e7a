"""What stands between a new version of the code and its first request; ``script/server`` runs it before each start."""

import hashlib
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from ppid.shelf import desk_role, portal_role

_ADVISORY_LOCK = 20100614


class Command(BaseCommand):
    help = "Bring the database, the demo and the static files up to date. Does nothing when they are."
    requires_system_checks = []

    def handle(self, **options):
        with _one_at_a_time():
            self.refuse_a_guest()
            self.migrate()
            self.make_sure_of_the_roles()
            self.begin_the_office()
            self.collect_static()

    def refuse_a_guest(self):
        """Stop with the SQL that helps, where this sign-in may make no tables."""
        connection = _owner()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT has_schema_privilege('public', 'CREATE'), current_user::text, current_database()::text"
            )
            may_create, user, database = cursor.fetchone()
        if not may_create:
            raise CommandError(
                f"The database sign-in «{user}» may not make tables. Ask the database administrator to run:\n"
                f"  ALTER DATABASE {connection.ops.quote_name(database)} OWNER TO {connection.ops.quote_name(user)};"
            )

    def migrate(self):
        executor = MigrationExecutor(_owner())
        if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write(f"Database: {len(waiting)} migrations")
            call_command("migrate", database=settings.OWNER_DATABASE, interactive=False, verbosity=0)

    def make_sure_of_the_roles(self):
        desk_role.leave_aside_for_the_owner_alone(_owner())
        if left := [*portal_role.grant(_owner()), *desk_role.grant(_owner())]:
            lines = "\n".join(f"  {line}" for line in left)
            self.stderr.write(
                "This database sign-in may not make the roles that serve. Everything else is done; ask the database "
                f"administrator to run these lines, then run prepare again:\n{lines}"
            )

    def begin_the_office(self):
        """Begin what the desk needs; where the portal stands alone there is no desk, and no such command."""
        if "begin_reasons" in get_commands():
            call_command("begin_reasons")
        if settings.DEMO and "load_demo" in get_commands():
            call_command("load_demo", stdout=self.stdout, verbosity=1)

    def collect_static(self):
        note = settings.VAR / "static.sha256"
        fingerprint = _static_fingerprint()
        if (settings.STATIC_ROOT / "staticfiles.json").exists() and note.exists() and note.read_text() == fingerprint:
            return
        self.stdout.write("Static files")
        try:
            call_command("collectstatic", interactive=False, verbosity=0)
            note.write_text(fingerprint)
        except OSError as error:
            raise CommandError(
                f"The static files can't be written to {settings.STATIC_ROOT}: {error.strerror}. "
                "PPID_VAR must be a folder of the account that runs this."
            ) from error


def _owner():
    """Return the connection that owns the tables: one of its own, or the desk's."""
    return connections[settings.OWNER_DATABASE]


@contextmanager
def _one_at_a_time():
    """Let a second ``prepare`` on the same database wait for the first."""
    with _owner().cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_ADVISORY_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY_LOCK])


def _static_fingerprint() -> str:
    """Return a digest that changes with any static file, ours by size and time, the packages' by their lock."""
    digest = hashlib.sha256((settings.BASE_DIR / "requirements.lock").read_bytes())
    for finder in get_finders():
        for name, storage in finder.list([]):
            if (path := Path(storage.path(name))).is_relative_to(settings.BASE_DIR):
                found = path.stat()
                digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
