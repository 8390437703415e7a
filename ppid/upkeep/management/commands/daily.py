"""``manage.py daily``: everything that has to happen once a day, in one command for one timer."""

import logging

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from ppid.health.runs import noted

logger = logging.getLogger(__name__)

# In this order: files are mended before a sheet whose day has come is put on the shelf, and swept last; the day's mark
# stands before the ledgers are read, which takes longest.
TASKS = (
    "verify_files",
    "rescan_files",
    "bring_units_about",
    "bring_sops_into_force",
    "lapse_exclusions",
    "reckon_deadlines",
    "remind",
    "freeze_scores",
    "count_gaps",
    "mark_ledger",
    "verify_ledger",
    "compare_shelf",
    "print_editions",
    "put_downloads",
    "renew_search",
    "sweep",
    "end_accounts",
    "clearsessions",
    "sweep_sessions",
    "forget_sign_in_tries",
    "forget_drafts",
    "forget_reporters",
)


class Command(BaseCommand):
    help = f"Run once a day, after midnight: {', '.join(TASKS)}. One that fails doesn't keep the others from running."

    def handle(self, **options):
        failed = []
        for task in TASKS:
            self.stdout.write(self.style.MIGRATE_HEADING(task))
            try:
                with noted(task):
                    call_command(task, stdout=self.stdout, stderr=self.stderr)
            except Exception as error:  # whatever it is, the next task has to run, and somebody has to hear of it
                failed.append(task)
                self.stderr.write(self.style.ERROR(f"{task}: {error}"))
                if not isinstance(error, CommandError):
                    logger.exception("The daily task %s failed.", task)
        if failed:
            raise CommandError(f"Not everything was done: {', '.join(failed)}.")
        self.stdout.write(f"Done: {', '.join(TASKS)}.")
