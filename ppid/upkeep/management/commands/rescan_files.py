"""``manage.py rescan_files``: what is kept, scanned again when the virus scanner knows more than before."""

from django.core.management.base import BaseCommand, CommandError

from ppid.scanning import verdicts
from ppid.scanning.clamd import ScannerAway
from ppid.upkeep.scanning import let_nothing_wait, rescan


class Command(BaseCommand):
    help = "Scan again every kept file that was last scanned with other definitions than the scanner has now."

    def add_arguments(self, parser):
        parser.add_argument("--minutes", type=int, default=60, help="how long at most; the next time goes on (60)")

    def handle(self, *, minutes: int, **options):
        if not verdicts.is_on():
            let_nothing_wait()
            self.stdout.write("No virus scanner is installed (CLAMAV_URL).")
            return
        try:
            done = rescan(within=minutes * 60)
        except ScannerAway as away:
            raise CommandError(f"The virus scanner doesn't answer: {away}") from away
        self.stdout.write(f"{done.scanned} files scanned, something found in {done.found}, {done.left} left.")
        if done.found:
            raise CommandError(f"The scanner found something in {done.found} files: they are held, see the desk.")
