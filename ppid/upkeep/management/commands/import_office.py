"""``manage.py import_office``: brings in an office that ``export_office`` wrote elsewhere, whole or not at all."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ppid.content_store import StoreAway
from ppid.shelf.search import index
from ppid.upkeep.agreeing import disagreements
from ppid.upkeep.backups.restoring import NotRestored, alone
from ppid.upkeep.backups.sealing import Damaged
from ppid.upkeep.office.layout import opened
from ppid.upkeep.office.loading import load, refuse_a_place_in_use
from ppid.upkeep.office.reading import NotImported, read, refuse_another_version
from ppid.upkeep.office.tables import tables
from ppid.upkeep.office.terminal import account, key_in, named, reason
from ppid.upkeep.stores import all_stores


class Command(BaseCommand):
    help = (
        "Bring in an office from an export, into an installation that was prepared and never used. It is read from end "
        "to end first; a damaged one, one of another version and a place in use are refused before anything is touched."
    )

    def add_arguments(self, parser):
        parser.add_argument("export", type=Path, metavar="FOLDER|FILE")
        parser.add_argument("--because", required=True, help="at whose request and what for, as the ledger will say")
        parser.add_argument("--key-file", type=Path, help="the key that the export was sealed with")
        parser.add_argument("--sums", metavar="SHA256", help="that of SHA256SUMS, as export_office printed it")
        parser.add_argument("--despite-faults", action="store_true", help="also when its ledgers do not hold")

    def handle(self, export, because, key_file, sums, despite_faults, **options):
        because, export = reason(because), named(export)
        if not (export.is_dir() or export.is_file()):
            raise CommandError(f"There is no export at {export}.")
        try:
            with alone():
                ours = tables()
                refuse_a_place_in_use(ours)
                made = read(opened(export, key_in(key_file)))
                if sums and sums.strip().lower() != made.proof:
                    raise NotImported(f"It is another export: the SHA-256 of its SHA256SUMS is {made.proof}.")
                refuse_another_version(made, ours)
                rows, files, forgiven = load(
                    made, ours, all_stores(), account=account(), because=because, forgiving=despite_faults
                )
        except (Damaged, NotImported, NotRestored, StoreAway) as refusal:
            raise CommandError(f"{str(refusal)} Nothing was brought in.") from refusal
        for sentence in forgiven:
            self.stdout.write(self.style.ERROR(sentence))
        index.mend()
        apart = 0
        for sentence in disagreements(on=timezone.localdate()):
            apart += 1
            self.stdout.write(self.style.ERROR(sentence))
        self.stdout.write(
            f"Brought in what {made.about['office']} was at {made.about['made_at']}: {rows} rows, {files} files; "
            f"{len(forgiven)} faults of the ledgers, {apart} of the shelf. Nobody can sign in yet: give PPID Utama a "
            "first password (manage.py first_password), who gives the others theirs. Now run prepare, verify_files, "
            "renew_search and doctor. The installation that it came from must not be worked in any more."
        )
