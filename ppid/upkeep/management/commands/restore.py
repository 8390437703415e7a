"""``manage.py restore``: a backup into an empty database and empty folders, whole or not at all."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ppid.upkeep.backups.reading import faults
from ppid.upkeep.backups.restoring import alone, differences, refuse_a_full_place, refuse_a_newer_one, restore
from ppid.upkeep.management.commands.verify_backup import found_at, told_in_a_sentence
from ppid.upkeep.stores import all_stores

_TOLD = 20


class Command(BaseCommand):
    help = (
        "Restore a backup into an empty database and empty folders. It is read from end to end first; a damaged one, "
        "one of a newer version and a place that is not empty are refused before anything is touched."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("backup", type=Path, metavar="SET|FOLDER|FILE")

    def handle(self, backup, **options):
        with told_in_a_sentence():
            one = found_at(backup)
            refuse_a_newer_one(one)
            with alone():
                refuse_a_full_place()
                if found := list(faults(one)):
                    lines = "\n".join(found[:_TOLD])
                    raise CommandError(f"{one.path} is damaged ({len(found)} faults), nothing was restored:\n{lines}")
                laid = restore(one, all_stores())
        for sentence in (found := differences(one)):
            self.stdout.write(self.style.ERROR(sentence))
        if found:
            raise CommandError("The database holds something else than the backup says: use another backup.")
        self.stdout.write(
            f"Restored what stood at {one.manifest['made_at']}: {sum(one.manifest['rows'].values())} rows, {laid} "
            "files. Now run manage.py prepare (the roles and what they may), verify_files, verify_ledger and doctor. "
            "Before the portal is opened: whatever was excluded, corrected or taken off after that moment stands "
            "there again. Ask PPID Utama what it was, and take it off first."
        )
        if lost := one.manifest["lost"]:
            self.stdout.write(f"{len(lost)} files were lost before the backup was made: {lost[0]}")
