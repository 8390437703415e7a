"""Lets units bear the names, and close, whose day has come; ``manage.py daily`` runs it."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ppid.flows.closing import bring_units_about


class Command(BaseCommand):
    help = "Bring about what was planned for units: new names, closings with all that passes on. Safe to run again."

    def handle(self, **options):
        if stuck := bring_units_about(on=timezone.localdate()):
            raise CommandError(" ".join(f"{each.plan.unit.code} is not closed: {each.why}" for each in stuck))
