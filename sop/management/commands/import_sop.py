"""``manage.py import_sop``: sheets from files into the library as drafts, with what was doubtful on the terminal."""

import hashlib
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from ppid.organisation.models import Unit, User
from sop.guards import SopRefused
from sop.importing import files
from sop.importing.drafting import keep
from sop.importing.imported import Imported, ImportRefused, SourceFile
from sop.importing.wording import where


class Command(BaseCommand):
    help = (
        "Import SOP sheets (.docx, .xlsx, .html, .txt, .json) as drafts of a unit. What was doubtful and what found no "
        "place is printed. A file that is refused writes nothing; the others are kept all the same."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--unit", required=True, help="code of the unit, such as dinsos")
        parser.add_argument("--by", metavar="EMAIL", help="who imports; has to keep the unit's sheets")
        parser.add_argument("--again", action="store_true", help="keep also what was kept from the same file before")
        parser.add_argument("--dry-run", action="store_true", help="read and tell, keep nothing")

    def handle(self, *args, **options):
        unit = Unit.objects.filter(code=options["unit"]).first()
        if unit is None:
            codes = ", ".join(Unit.objects.order_by("code").values_list("code", flat=True))
            raise CommandError(f"No unit «{options['unit']}». There are: {codes}.")
        actor = User.objects.filter(email__iexact=options["by"] or "").first()
        if options["by"] and actor is None:
            raise CommandError(f"Nobody has the address {options['by']}.")
        refused = 0
        for path in options["files"]:
            try:
                how = {"again": options["again"], "is_rehearsal": options["dry_run"]}
                self.import_file(path, unit=unit, actor=actor, **how)
            except (ImportRefused, SopRefused, OSError) as refusal:
                refused += 1
                self.stderr.write(self.style.ERROR(f"{path}: {refusal}"))
        if refused:
            raise CommandError(f"{refused} of {len(options['files'])} files were not imported.")

    @transaction.atomic
    def import_file(self, path: Path, *, unit: Unit, actor: User | None, again: bool, is_rehearsal: bool) -> None:
        with path.open("rb") as opened:
            found = files.read(opened, path.name, path.stat().st_size)
            opened.seek(0)
            file = SourceFile(path.name, hashlib.file_digest(opened, "sha256").hexdigest())
        for place, imported in enumerate(found, start=1):
            self.stdout.write(self.style.MIGRATE_HEADING(f"{path}: {imported.sheet.title or '(tanpa judul)'}"))
            self.tell(imported)
            if not is_rehearsal:
                title = imported.sheet.title or path.stem
                draft = keep(imported, unit=unit, actor=actor, title=title, file=file, place=place, again=again)
                self.stdout.write(self.style.SUCCESS(f"  draf: {draft.get_absolute_url()}"))

    def tell(self, imported: Imported) -> None:
        for doubt in imported.doubts:
            self.stdout.write(f"  ? {where(doubt)}: {doubt.sentence}")
        for text in imported.unplaced:
            self.stdout.write(f"  ! tidak mendapat tempat: {text}")
