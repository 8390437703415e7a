"""``manage.py list_files``: every private file that the database names, as ``sha256sum --check`` reads them."""

from django.conf import settings
from django.core.management.base import BaseCommand

from ppid.upkeep.stores import all_stores


class Command(BaseCommand):
    help = (
        "List every private file that the database names: its SHA-256 and its place in the folder of private files, in "
        "lines that sha256sum --check reads. Public files are copies of these and stay out."
    )

    def handle(self, **options):
        for store in all_stores():
            if not store.files.root.is_relative_to(settings.PRIVATE_FILES):
                continue
            for sha256, _ in store.promised():
                self.stdout.write(f"{sha256}  {store.files.path(sha256).relative_to(settings.PRIVATE_FILES)}")
