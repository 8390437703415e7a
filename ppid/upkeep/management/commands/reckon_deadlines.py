"""``manage.py reckon_deadlines``: due dates by the working calendar as it stands, each that moves with its line."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from ppid.worktime.actions import reckon_again
from ppid.worktime.confirming import warning


class Command(BaseCommand):
    help = "Reckon the running deadlines again, after holidays were loaded or a setting of the calendar changed."

    def handle(self, **options):
        self.stdout.write(f"{reckon_again()} deadlines moved.")
        if unconfirmed := warning(timezone.localdate()):
            self.stderr.write(self.style.WARNING(unconfirmed))
