"""``manage.py mark_ledger``: publishes the day's mark of the ledgers on the portal."""

from django.core.management.base import BaseCommand, CommandError

from ppid.proof.marking import MarkRefused, mark_the_day


class Command(BaseCommand):
    help = "Put the chain's last hash on the portal as the mark of the day, once a day; refused when a mark is broken."

    def handle(self, **options):
        try:
            mark = mark_the_day()
        except MarkRefused as refusal:
            raise CommandError(" ".join(refusal.sentences)) from refusal
        self.stdout.write(str(mark or "No ledger has a row yet."))
