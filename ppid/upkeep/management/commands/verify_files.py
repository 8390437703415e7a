"""``manage.py verify_files``: reads every file that a row names, mends what can be mended, tells what can't."""

from django.core.management.base import BaseCommand, CommandError

from ppid.upkeep.management.commands.verify_backup import told_in_a_sentence
from ppid.upkeep.stores import all_stores
from ppid.upkeep.verify import verify


class Command(BaseCommand):
    help = (
        "Compare the bytes of every file with the SHA-256 under which it was kept. A damaged or missing one is mended "
        "by its sound twin in another store. Ends with an error when some stay lost, each in a line of its own."
    )

    def handle(self, **options):
        checked, mended, lost = 0, 0, 0
        with told_in_a_sentence():
            for file in verify(all_stores()):
                checked += 1
                if not file.fault:
                    continue
                mended += file.is_sound
                lost += not file.is_sound
                end = f"mended from the store «{file.mended_from}»" if file.is_sound else "bring it back from a backup"
                line = f"{file.words} ({file.store.files.where(file.sha256)}): {file.fault}, {end}"
                self.stdout.write(line if file.is_sound else self.style.ERROR(line))
        self.stdout.write(f"{checked} files checked, {mended} mended, {lost} lost")
        if lost:
            raise CommandError(f"{lost} files are lost: bring them back from a backup, then run the command again.")
