"""Lets approved SOP versions whose day has come take the place of the older ones; ``manage.py daily`` runs it."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from sop.versions.actions import bring_into_force


class Command(BaseCommand):
    help = "Show the SOP versions whose day has come, and supersede the ones before them. Safe to run again."

    def handle(self, verbosity, **options):
        for version in bring_into_force(on=timezone.localdate()):
            if verbosity:
                self.stdout.write(f"In force: {version.sop.slug}, version {version.version}")
