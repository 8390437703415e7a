"""``manage.py sweep``: clears the file stores of what no row names."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from ppid.information.pictures import sweep_pictures
from ppid.upkeep.backups.restoring import forget_marks_of_what_ended
from ppid.upkeep.management.commands.verify_backup import told_in_a_sentence
from ppid.upkeep.stores import all_stores
from ppid.upkeep.sweep import sweep
from ppid.web.uploads import broken_off

_UNLOOKED_AT = timedelta(days=30)  # what is drawn again in a moment is not kept for long


class Command(BaseCommand):
    help = (
        "Delete from the file stores what no row of the database names: left by a step that failed or by a process "
        "that was killed. Public files go at once, others when they are old enough. Safe to run at any time."
    )

    def add_arguments(self, parser):
        parser.add_argument("--hours", type=int, default=24, help="spare private files younger than this (default 24)")
        parser.add_argument("--dry-run", action="store_true", help="tell what would be deleted, delete nothing")
        parser.add_argument(
            "--force", action="store_true", help="delete even when the rows rather than the files seem to be missing"
        )

    def handle(self, hours, dry_run, force, **options):
        if not 0 <= hours <= 24 * 365:
            raise CommandError("--hours takes a number from 0 to 8760.")
        now = timezone.now()
        doubtful = []
        for store in all_stores():
            with told_in_a_sentence():
                found = sweep(store, before=now - timedelta(hours=hours), now=now, is_rehearsal=dry_run, is_sure=force)
            verb = "left alone" if found.is_doubtful else "to be deleted" if dry_run else "deleted"
            size = filesizeformat(found.size)
            self.stdout.write(
                f"{store.name}: {found.files} files that no row names ({size}), {found.leftovers} broken-off arrivals, "
                f"{verb}"
            )
            if found.is_doubtful:
                doubtful.append(store.name)
        if not dry_run:
            with told_in_a_sentence():
                forget_marks_of_what_ended()
        uploads = list(broken_off(before=now - timedelta(hours=hours)))
        for path in [] if dry_run else uploads:
            path.unlink(missing_ok=True)
        verb = "to be deleted" if dry_run else "deleted"
        self.stdout.write(f"uploads: {len(uploads)} broken off, {verb}")
        pictures, size = sweep_pictures(before=now - _UNLOOKED_AT, is_rehearsal=dry_run)
        self.stdout.write(f"pictures of pages: {pictures} not needed any more ({filesizeformat(size)}), {verb}")
        if doubtful:
            raise CommandError(
                f"Most or all files of {' and '.join(doubtful)} have no row. Is the database restored? If they really "
                "are to go, run the command again with --force."
            )
