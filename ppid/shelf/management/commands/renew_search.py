from django.core.management.base import BaseCommand

from ppid.shelf.search import documents, index


class Command(BaseCommand):
    """For every day, and for machines without a worker."""

    help = "Compares the search with the shelf and mends it; reads the published documents that nobody has read yet."

    def handle(self, **options):
        mended = index.mend()
        unread = sorted(documents.unread())
        for sha256 in unread:
            documents.read_file(sha256)
        self.stdout.write(f"{mended} entries of the search mended, {len(unread)} documents read.")
