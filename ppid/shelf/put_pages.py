"""The door by which the office's own pages and announcements come to the public. It runs in the act that approves."""

from datetime import date, datetime

from django.db import transaction

from ppid.shelf.written_pages import PublishedAnnouncement, PublishedPage


@transaction.atomic(savepoint=False)
def put_page(slug: str, *, edition: int, body: str, note: str, at: datetime) -> PublishedPage:
    """Show this edition of the page from now on; the ones before stay readable under their own addresses."""
    return PublishedPage.objects.create(slug=slug, edition=edition, body=body, note=note, published_at=at)


@transaction.atomic(savepoint=False)
def put_announcement(number: int, *, text: str, link: str, ends_on: date, at: datetime) -> PublishedAnnouncement:
    """Let the text stand on top of every page to the end of its last day."""
    return PublishedAnnouncement.objects.create(number=number, text=text, link=link, ends_on=ends_on, published_at=at)


@transaction.atomic(savepoint=False)
def end_announcement(number: int) -> None:
    """Take the text off the top of the pages before its last day."""
    PublishedAnnouncement.objects.filter(number=number).delete()
