"""Writes down which exclusions are open because their term is over; ``manage.py daily`` runs it."""

from django.core.management.base import BaseCommand, CommandError

from ppid.flows.lifting import LapseFailed, lapse_due, open_waiting_publications


class Command(BaseCommand):
    help = "Write down every term that is over, and begin the publications of what is open. Safe to run again."

    def handle(self, verbosity, **options):
        lapsed = 0
        try:
            for lapsed, opening in enumerate(lapse_due(), start=1):  # noqa: B007 - how many there were
                if verbosity > 1:
                    self.stdout.write(f"Open since {opening.opened_on}: {opening.exclusion_id}")
        except LapseFailed as failure:
            raise CommandError(str(failure)) from failure
        finally:
            opened = open_waiting_publications()
            if verbosity:
                self.stdout.write(f"Terms that are over: {lapsed}. Publications begun later: {opened}.")
