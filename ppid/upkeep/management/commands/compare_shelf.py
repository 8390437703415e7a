"""``manage.py compare_shelf``: tells where the portal's shelf does not show what the desk made public."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ppid.upkeep.agreeing import disagreements


class Command(BaseCommand):
    help = (
        "Compare the shelf with the desk, item by item, exclusion by exclusion, sheet by sheet. Each difference is "
        "told in a line of its own; ends with an error when there is one. Nothing is changed."
    )

    def handle(self, **options):
        found = 0
        for sentence in disagreements(on=timezone.localdate()):
            found += 1
            self.stdout.write(self.style.ERROR(sentence))
        if found:
            raise CommandError(f"{found} perbedaan.")
        self.stdout.write("The shelf shows what the desk made public.")
