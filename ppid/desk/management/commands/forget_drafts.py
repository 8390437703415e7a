"""``manage.py forget_drafts``: delete what was typed into forms and not sent for too long."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from ppid.desk.typed.keeping import forget_old


class Command(BaseCommand):
    help = "Delete the drafts of forms that are older than thirty days."

    def handle(self, **options):
        self.stdout.write(f"{forget_old(at=timezone.now())} drafts forgotten.")
