"""``manage.py verify_ledger``: reads the chain over all ledgers again and tells what was changed, cut or added."""

from django.core.management.base import BaseCommand, CommandError

from ppid.chain.models import Link
from ppid.chain.verify import faults


class Command(BaseCommand):
    help = (
        "Read every link of the chain over the ledgers, every row that it proves and every row that it should prove. "
        "Each fault is told in a line of its own, with its row and case; ends with an error when there is one."
    )

    def handle(self, **options):
        found = 0
        for fault in faults(progress=self._tell):
            found += 1
            self.stdout.write(self.style.ERROR(fault.sentence))
        self.stdout.write(f"{Link.objects.count()} links read, {found} faults")
        if found:
            raise CommandError(f"The ledgers were tampered with or damaged: {found} faults.")

    def _tell(self, done: int, of: int) -> None:
        if done < of:
            self.stdout.write(f"{done} of {of} links read")
