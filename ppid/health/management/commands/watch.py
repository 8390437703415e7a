"""``manage.py watch``: examines everything, and tells who has to know: what the timer runs every ten minutes."""

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.utils import timezone

from ppid.health.watching import (
    found_in,
    mail_what_is_untold,
    note,
    tell_that_the_database_is_away,
    tell_that_the_database_is_back,
)
from ppid.web.database_away import is_away, reason
from ppid.web.examinations import examine_all


class Command(BaseCommand):
    help = (
        "Examine everything that «manage.py doctor» tells, and tell of what is new: at the desk who keeps the office, "
        "by mail who looks after the machine (ALERT_EMAIL). Each trouble is told once, and once that it is over."
    )
    requires_system_checks = []

    def handle(self, **options):
        try:
            connection.ensure_connection()
        except DatabaseError as error:
            if not is_away(error):
                raise
            tell_that_the_database_is_away(reason(error))
            self.stdout.write(f"The database does not answer: {reason(error)}")
            return
        tell_that_the_database_is_back()
        now = timezone.now()
        found = found_in(examine_all())
        note(found, at=now)
        mailed = mail_what_is_untold(at=now)
        self.stdout.write(f"{len(found)} things are wrong{', mailed what is new' if mailed else ''}.")
