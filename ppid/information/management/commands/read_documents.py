from django.core.management.base import BaseCommand

from ppid.content_store import BytesLost
from ppid.information.examining import read_document
from ppid.information.models import Document


class Command(BaseCommand):
    """For machines without a worker, and after one was away: read what is to be published for personal data."""

    help = "Reads each current document that will be published and was not read yet; safe to run at any time."

    def handle(self, **options):
        read = lost = 0
        for document in Document.objects.current().content().filter(reading=None).iterator():
            try:
                read_document(document, gives_up=True)
                read += 1
            except BytesLost as error:
                lost += 1
                self.stderr.write(f"Document {document.pk}: {error}")
        self.stdout.write(f"{read} documents read, {lost} lost.")
