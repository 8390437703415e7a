"""``manage.py export_office``: the whole office as open files, for another place, an archive or another system."""

import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from ppid.content_store import StoreAway
from ppid.proof import moves
from ppid.upkeep.backups.sealing import Key
from ppid.upkeep.backups.sets import StreamWriter
from ppid.upkeep.office.layout import PlainFolder, StreamFile, Writer
from ppid.upkeep.office.making import NotExported, make
from ppid.upkeep.office.terminal import account, key_in, named, reason
from ppid.upkeep.stores import all_stores


class Command(BaseCommand):
    help = (
        "Write the whole office as open files, as of one moment, into a new folder below FOLDER, or with - as one "
        "stream (tar). With --key-file it is one sealed file. The ledger says so and PPID Utama is told, before the "
        "first byte."
    )

    def add_arguments(self, parser):
        parser.add_argument("target", metavar="FOLDER|-")
        parser.add_argument("--because", required=True, help="at whose request and what for, as the ledger will say")
        parser.add_argument("--key-file", type=Path, help="a text of 32 characters or more that seals it")

    def handle(self, target, because, key_file, **options):
        key, because = key_in(key_file), reason(because)
        path = None if target == "-" else _place(named(Path(target)), key)
        where = str(path or "-")
        begun = moves.begin(account=account(), because=because, place=where, is_sealed=key is not None)
        try:
            made = make(_writer(path, key), all_stores())
        except (NotExported, StoreAway) as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(
                f"The export can't be written to {where}: {error.strerror or error}. Nothing of it was kept."
            ) from error
        except DatabaseError as error:
            raise CommandError(
                f"The database did not answer to the end: {str(error).strip()}. Nothing of it was kept; try again."
            ) from error
        rows = sum(made.rows.values())
        moves.end(begun, rows=rows, files=made.files, sums=made.proof)
        self.stderr.write(
            f"Exported to {where}: {rows} rows of {len(made.rows)} tables, {made.files} files, "
            f"{filesizeformat(made.size)} in {made.seconds:.0f} s, "
            f"{'sealed' if key else 'NOT sealed: it holds what is excluded, and whoever has it reads it'}.\n"
            f"SHA-256 of SHA256SUMS: {made.proof}"
        )
        if made.lost:
            raise CommandError(
                f"The export is whole but for {len(made.lost)} files that are lost in the portal itself "
                f"({made.lost[0]}): run manage.py verify_files."
            )


def _place(folder: Path, key: Key | None) -> Path:
    """Return where below the folder it is written: one file when it is sealed."""
    kept_in = [each for each in (settings.PRIVATE_FILES, settings.PUBLIC_FILES) if isinstance(each, Path)]
    if any(folder.is_relative_to(each) for each in kept_in):
        raise CommandError(f"{folder} lies among the files that are exported: choose another folder.")
    name = f"kantor-{timezone.localtime():%Y-%m-%d_%H%M%S}"
    path = folder / (f"{name}.tar.sealed" if key else name)
    if path.exists():
        raise CommandError(f"{path} is there already: try again in a second.")
    return path


def _writer(path: Path | None, key: Key | None) -> Writer:
    if path is None:
        return StreamWriter(sys.stdout.buffer, key)
    return StreamFile(path, key) if key else PlainFolder(path)
