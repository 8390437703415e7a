"""The announcement on top of every page, until its last day; read once for each edition of the shelf, not for a page.

A page is a function of its address, the edition of the shelf and the day, and so is what stands on top of it.
"""

from datetime import date

from ppid.portal.pages import on_shelf
from ppid.shelf.written_pages import MOST_ANNOUNCED, PublishedAnnouncement

Announcements = list[PublishedAnnouncement]


def on_top_of(day: date) -> Announcements:
    """Return what stands on top of the pages on this day, the newest first."""
    return list(on_shelf(PublishedAnnouncement).in_force(on=day)[:MOST_ANNOUNCED])
