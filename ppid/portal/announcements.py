"""The announcement on top of every page, until its last day; read once for each edition of the shelf, not for a page.

A page is a function of its address, the edition of the shelf and the day, and so is what stands on top of it.
"""

from collections.abc import Callable, Iterable
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from ppid.portal.pages import on_shelf
from ppid.shelf.written_pages import MOST_ANNOUNCED, PublishedAnnouncement

Announcements = list[PublishedAnnouncement]


class KeptAnnouncements:
    """The announcements of the edition that was asked for last: of one process, read where a page is drawn."""

    def __init__(self) -> None:
        self._edition, self._rows = -1, tuple[PublishedAnnouncement, ...]()

    def at(self, edition: int) -> Callable[[], Announcements]:
        """Return what reads what stands on top today, once for this edition."""

        def read() -> Announcements:
            rows = self._rows
            if self._edition != edition:
                rows = tuple(_read())
                self._edition, self._rows = edition, rows
            return _on_top(rows, timezone.localdate())

        return read


def announced(request: HttpRequest | None) -> Announcements:
    """Return what stands on top of the pages today, the newest first."""
    if (kept := getattr(request, "announcements", None)) is not None:
        return kept()
    return _on_top(_read(), timezone.localdate())


def _read() -> Iterable[PublishedAnnouncement]:
    return on_shelf(PublishedAnnouncement).in_force(on=timezone.localdate())


def _on_top(rows: Iterable[PublishedAnnouncement], today: date) -> Announcements:
    return [each for each in rows if each.ends_on >= today][:MOST_ANNOUNCED]
