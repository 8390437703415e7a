"""``manage.py sweep_sessions``: end the sessions that are over, and forget those that ended long ago."""

from django.core.management.base import BaseCommand

from ppid.organisation import sessions


class Command(BaseCommand):
    help = "End the sessions that are over or were long unused, and forget those that ended more than 90 days ago."

    def handle(self, **options):
        self.stdout.write(f"{sessions.sweep()} sessions forgotten.")
