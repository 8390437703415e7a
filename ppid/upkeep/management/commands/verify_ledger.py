"""``manage.py verify_ledger``: reads the chain over all ledgers again and tells what was changed, cut or added."""

import re

from django.core.management.base import BaseCommand, CommandError

from ppid.chain.verify import Mark
from ppid.proof.examining import begin, examine

_MARK = re.compile(r"(\d{1,15}):([0-9a-f]{64})")


class Command(BaseCommand):
    help = (
        "Read every link of the chain over the ledgers, every row that it proves and every row that it should prove, "
        "compare it with the marks on the portal, and walk every case again by its ledger. Each fault is told in a "
        "line of its own, with its row and case; ends with an error when there is one."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--mark",
            action="append",
            default=[],
            metavar="NUMBER:HASH",
            help="a mark kept outside, as papers print it in their foot; may be given several times",
        )

    def handle(self, mark, **options):
        examination = begin()
        for sentence in examine(examination, kept_outside=[_read(each) for each in mark]):
            self.stdout.write(self.style.ERROR(sentence))
        self.stdout.write(
            f"{examination.read} links read, {examination.cases} cases walked, {examination.faults} faults"
        )
        if examination.faults:
            raise CommandError(f"The ledgers were tampered with or damaged: {examination.faults} faults.")


def _read(mark: str) -> Mark:
    found = _MARK.fullmatch(mark)
    if found is None:
        raise CommandError(f"A mark is NUMBER:HASH, the hash in 64 hexadecimal digits: {mark}")
    return Mark(int(found[1]), found[2], f"Tanda {mark[:30]}…")
