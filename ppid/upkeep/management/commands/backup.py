"""``manage.py backup``: one consistent set of database and files, into a folder of many days or as one stream."""

import contextlib
import errno
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from ppid import backup_marks
from ppid.content_store import StoreAway
from ppid.upkeep.backups.keeping import Busy, held, keep_only, sweep_files
from ppid.upkeep.backups.making import Made, NotMade, make
from ppid.upkeep.backups.sealing import Damaged, Key
from ppid.upkeep.backups.sets import FolderWriter, StreamWriter
from ppid.upkeep.stores import all_stores


class Command(BaseCommand):
    help = (
        "Back up the database and every file that it names, as of one moment, into a folder that holds many days "
        "(files are kept once for all of them), or with - as one stream. Sealed when BACKUP_KEY_FILE is set."
    )

    def add_arguments(self, parser):
        parser.add_argument("target", metavar="FOLDER|-")
        parser.add_argument("--with-settings", metavar="FILE|-", help="a tar of the settings; sealed only")
        parser.add_argument("--keep", type=int, default=14, help="how many of the newest are kept (default 14)")
        parser.add_argument("--months", type=int, default=12, help="of how many months the last is kept (default 12)")

    def handle(self, target, keep, months, **options):
        if not 1 <= keep <= 1000 or not 0 <= months <= 1000:
            raise CommandError("--keep takes a number from 1, --months one from 0, to 1000.")
        key = Key(settings.BACKUP_KEY) if settings.BACKUP_KEY else None
        if options["with_settings"] and key is None:
            raise CommandError("Settings hold secrets and go along sealed only: set BACKUP_KEY_FILE.")
        try:
            if target == "-":
                made, name, gone = self.write(StreamWriter(sys.stdout.buffer, key), options["with_settings"]), "-", []
            else:
                made, name, gone = self.into(Path(target).absolute(), key, options["with_settings"], keep, months)
        except (NotMade, Busy, StoreAway) as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(_sentence(target, error)) from error
        backup_marks.note(
            backup_marks.MADE,
            name=name,
            size=made.size,
            seconds=round(made.seconds),
            faults=len(made.lost),
            is_sealed=key is not None,
        )
        self.stderr.write(
            f"Backed up to {target if name == '-' else Path(target) / name}: {made.files} files, "
            f"{filesizeformat(made.size)} written in {made.seconds:.0f} s, {'sealed' if key else 'not sealed'}"
            f"{f'; {len(gone)} old ones deleted' if gone else ''}."
        )
        if made.lost:
            raise CommandError(
                f"The backup is whole but for {len(made.lost)} files that are lost in the portal itself "
                f"({made.lost[0]}): run manage.py verify_files."
            )

    def into(self, folder: Path, key: Key | None, settings_from: str | None, keep: int, months: int) -> tuple:
        """Write a set of this moment into the folder; return it, its name, and the old sets that went."""
        kept_in = [each for each in (settings.PRIVATE_FILES, settings.PUBLIC_FILES) if isinstance(each, Path)]
        if any(folder.is_relative_to(each) for each in kept_in):
            raise CommandError(f"{folder} lies among the files that are backed up: choose another folder.")
        with held(folder):
            name = timezone.localtime().strftime("%Y-%m-%d_%H%M%S")
            try:
                made = self.write(FolderWriter(folder, name, key), settings_from)
            except OSError:
                with contextlib.suppress(OSError, Damaged):
                    sweep_files(folder, key)
                raise
            gone = keep_only(folder, days=keep, months=months)
            try:
                sweep_files(folder, key)
            except Damaged as damage:
                self.stderr.write(str(damage))
        return made, name, gone

    def write(self, writer: FolderWriter | StreamWriter, settings_from: str | None) -> Made:
        if settings_from is None:
            return make(writer, all_stores())
        if settings_from == "-":
            return make(writer, all_stores(), settings=sys.stdin.buffer)
        with open(settings_from, "rb") as file:
            return make(writer, all_stores(), settings=file)


def _sentence(target: str, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            f"The disk of {target} is full: nothing of this backup was kept, and the older ones are untouched. "
            "Make room there, or keep fewer (--keep, --months)."
        )
    return f"The backup can't be written to {target}: {error.strerror or error}. The older ones are untouched."
