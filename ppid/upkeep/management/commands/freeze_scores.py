"""``manage.py freeze_scores``: keep the scores of the obligations matrix as they are on the first day of a quarter."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from ppid.shelf.obligation_actions import freeze_quarter


class Command(BaseCommand):
    help = "Freeze the scores of the quarter that begins today; one whose night was missed is made up for."

    def handle(self, **options):
        self.stdout.write(f"Scores frozen: {len(freeze_quarter(on=timezone.localdate()))}.")
