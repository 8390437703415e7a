"""``manage.py end_accounts``: close the accounts whose last appointment has ended."""

from django.core.management.base import BaseCommand

from ppid.organisation.leaving import close_what_lapsed


class Command(BaseCommand):
    help = "Close each account whose last appointment has ended, with a row in the ledger of people."

    def handle(self, **options):
        for person in close_what_lapsed():
            self.stdout.write(f"{person.name} <{person.email}>: closed, the last appointment has ended.")
