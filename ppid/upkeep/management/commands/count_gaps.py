"""``manage.py count_gaps``: how many duties of each unit are open today; the worker does so every ten minutes."""

from django.core.management.base import BaseCommand

from ppid.obligations import gaps


class Command(BaseCommand):
    help = "Count what is open at each unit, where the shelf or the day is another one than the last time."

    def handle(self, **options):
        told = "Open duties counted." if gaps.count_today() else "Neither the shelf nor the day changed."
        self.stdout.write(told)
