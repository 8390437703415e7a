"""``manage.py doctor``: everything that the start examines, one line each, in words."""

from collections.abc import Callable

from django.core.checks import ERROR, WARNING, Warning, registry
from django.core.management.base import BaseCommand, CommandError
from django.db import connections


class Command(BaseCommand):
    help = "Examine settings, database, files and accounts, and say what is wrong and what to do."
    requires_system_checks = []

    def handle(self, **options):
        self.stdout.write("good      The settings make sense")
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT current_user, current_database(), current_setting('server_version')")
            self.stdout.write("good      The database answers: {}@{}, PostgreSQL {}".format(*cursor.fetchone()))
        worst = max((self.examine(*each) for each in _examinations()), default=0)
        if worst >= ERROR:
            raise CommandError("The portal does not start like this.")
        self.stdout.write("The portal can start." if worst >= WARNING else "All is well.")

    def examine(self, title: str, check: Callable[..., list]) -> int:
        """Say what one check found; return the level of the worst."""
        found = check(app_configs=None, databases=list(connections))
        if not found:
            self.stdout.write(f"good      {title}")
        for message in found:
            word = "WRONG" if message.is_serious() else "warning"
            self.stdout.write(f"{word:<10}{message.msg}" + (f"\n          {message.hint}" if message.hint else ""))
        return max((message.level for message in found), default=0)


def _examinations() -> list[tuple]:
    """Return our own checks by their titles, then Django's own that are for a machine in use, as one."""
    ours = [(check.title, check) for check in registry.registry.get_checks() if hasattr(check, "title")]
    return [*ours, ("Django's own checks for a machine in use", _django)]


def _django(databases: list[str], **kwargs: object) -> list:
    checks = registry.registry.get_checks(include_deployment_checks=True)
    found = [
        message
        for check in checks
        if not hasattr(check, "title")
        for message in check(app_configs=None, databases=databases)
        if not message.is_silenced()
    ]
    return [message if message.is_serious() else Warning(message.msg, message.hint) for message in found]
