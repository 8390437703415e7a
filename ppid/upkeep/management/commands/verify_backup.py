"""``manage.py verify_backup``: reads a backup from end to end; ``--trial`` restores its rows beside ours, too."""

import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ppid import backup_marks
from ppid.content_store import StoreAway
from ppid.upkeep.backups.keeping import sets_in
from ppid.upkeep.backups.reading import faults
from ppid.upkeep.backups.restoring import (
    NotRestored,
    differences,
    on_trial,
    refuse_a_newer_one,
    verify_ledger_apart,
)
from ppid.upkeep.backups.sealing import Damaged, Key
from ppid.upkeep.backups.sets import FolderSet, Set, opened


class Command(BaseCommand):
    help = (
        "Read every byte of a backup (or of the newest in a folder) and tell each fault in a line of its own; ends "
        "with an error when there is one. --trial also restores its rows into a database beside the portal's, compares "
        "them, reads the ledgers there, and takes it away."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("backup", type=Path, metavar="SET|FOLDER|FILE")
        parser.add_argument("--trial", action="store_true", help="restore the rows on trial, too")

    def handle(self, backup, trial, **options):
        began, found = time.monotonic(), 0
        with told_in_a_sentence():
            one = found_at(backup)
            for sentence in faults(one):
                found += 1
                self.stdout.write(self.style.ERROR(sentence))
            if trial and not found:
                for sentence in self.tried(one):
                    found += 1
                    self.stdout.write(self.style.ERROR(sentence))
        facts = {
            "name": one.path.name,
            "size": _size(one),
            "seconds": round(time.monotonic() - began),
            "faults": found,
            "is_sealed": one.key is not None,
        }
        backup_marks.note(backup_marks.TRIED if trial and not found else backup_marks.READ, **facts)
        if found:
            raise CommandError(f"{one.path} can't be relied on: {found} faults. Make another backup and keep this one.")
        rows = one.manifest["rows"]
        self.stdout.write(
            f"{one.path} is whole{' and can be restored' if trial else ''}: {sum(rows.values())} rows in {len(rows)} "
            f"tables, {one.manifest['files']} files."
        )

    def tried(self, one: Set):
        """Yield what is wrong once the rows are restored beside ours."""
        refuse_a_newer_one(one)
        with on_trial(one):
            yield from differences(one)
            ledgers = verify_ledger_apart()
            if ledgers.returncode:
                yield from (ledgers.stdout + ledgers.stderr).strip().splitlines()[-20:]


def found_at(path: Path) -> Set:
    """Return the set at a path: itself, or the newest of the folder. Raises Damaged."""
    if not path.exists():
        raise CommandError(f"There is nothing at {path}.")
    if path.is_dir() and not (path / "manifest.json").exists():
        sets = sets_in(path)
        if not sets:
            raise CommandError(f"There is no backup in {path}: run manage.py backup first.")
        path = sets[-1]
    return opened(path.absolute(), Key(settings.BACKUP_KEY) if settings.BACKUP_KEY else None)


@contextmanager
def told_in_a_sentence():
    """Let what a backup refuses, or a store that is away, be the command's error."""
    try:
        yield
    except (Damaged, NotRestored, StoreAway) as refusal:
        raise CommandError(str(refusal)) from refusal


def _size(one: Set) -> int:
    paths = (path for path in one.path.rglob("*")) if isinstance(one, FolderSet) else iter([one.path])
    return sum(path.stat().st_size for path in paths if path.is_file())
