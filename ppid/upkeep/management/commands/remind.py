"""``manage.py remind``: what the clock tells and nobody was told yet; the worker does so every minute."""

from django.core.management.base import BaseCommand

from ppid.upkeep.reminders import remind


class Command(BaseCommand):
    help = "Tell people of what is due, late, or near its end, and was not told yet."

    def handle(self, **options):
        self.stdout.write(f"{remind()} events told.")
