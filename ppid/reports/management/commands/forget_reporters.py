"""``manage.py forget_reporters``: delete how the senders of reports are reached, after 90 days."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from ppid.reports.handling import forget_contacts


class Command(BaseCommand):
    help = "Delete the contacts of those who reported a problem more than ninety days ago."

    def handle(self, **options):
        self.stdout.write(f"{forget_contacts(at=timezone.now())} contacts forgotten.")
