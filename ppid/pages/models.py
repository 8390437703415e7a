"""The texts of the office's pages as they were handed in, and its announcements. The public reads copies (``shelf``).

So the rows are the history: a text stays as it was written, and an edition of a page is one that was approved.
"""

import pgtrigger
from django.db import models
from django.db.models import Q

from ppid.organisation.proposed import Endable, Proposed, decided_once, ended_by_somebody, stands
from ppid.shelf.page_kinds import BY_SLUG, PageKind
from ppid.shelf.written_pages import MOST_ANNOUNCED
from ppid.triggers import local_day, refuses
from ppid.web.markup import LONGEST

MAX_NOTE = 300
MAX_TEXT = 200


class PageTextQuerySet(models.QuerySet["PageText"]):
    def waiting(self) -> "PageTextQuerySet":
        return self.filter(decision="")

    def editions(self) -> "PageTextQuerySet":
        """Keep what was approved, the newest first."""
        return self.filter(decision="approved").order_by("slug", "-number")


class PageText(Proposed):
    """A text of a page as somebody handed it in; ``note`` says what it changes. One of a page waits at a time.

    ``number`` is its edition, once it is approved.
    """

    slug = models.SlugField("halaman", max_length=40)
    body = models.TextField("isi", max_length=LONGEST)
    note = models.CharField("yang berubah", max_length=MAX_NOTE, blank=True)

    objects = PageTextQuerySet.as_manager()

    class Meta:
        verbose_name = "naskah halaman"
        ordering = ["slug", "-pk"]
        constraints = [
            *decided_once("page_text"),
            models.CheckConstraint(name="page_text_says_something", condition=~Q(body="") & ~Q(slug="")),
            models.UniqueConstraint(fields=["slug"], condition=Q(decision=""), name="one_text_of_a_page_waits"),
            models.UniqueConstraint(fields=["slug", "number"], name="page_edition_number_once"),
        ]
        triggers = stands("pages_pagetext", series="each.slug = NEW.slug")

    def __str__(self) -> str:
        return f"{self.kind.title}, edisi {self.number}" if self.number else self.kind.title

    @property
    def kind(self) -> PageKind:
        return BY_SLUG[self.slug]


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def waiting(self) -> "AnnouncementQuerySet":
        return self.filter(decision="")

    def on_top(self, *, on) -> "AnnouncementQuerySet":
        """Keep what stands on top of the portal's pages on the day."""
        return self.filter(decision="approved", ended_at=None, ends_on__gte=on)


class Announcement(Endable):
    """A short text for the top of every page of the portal, to the end of ``ends_on``.

    It may be ended before its day, by one person: what must not stand there any longer waits for nobody.
    """

    text = models.CharField("teks", max_length=MAX_TEXT)
    link = models.CharField("tautan", max_length=200, blank=True)
    ends_on = models.DateField("hari terakhir")

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = "pengumuman di atas halaman"
        ordering = ["-pk"]
        constraints = [
            *decided_once("announcement"),
            models.CheckConstraint(name="announcement_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="announcement_leads_into_the_portal",
                condition=Q(link="") | Q(link__startswith="/") & ~Q(link__startswith="//"),
            ),
            *ended_by_somebody("announcement"),
            models.UniqueConstraint(fields=["number"], name="announcement_number_once"),
        ]
        triggers = [
            *stands("pages_announcement", ends=True),
            refuses(
                "few_stand_on_top",
                "so many announcements stand on top already",
                f"""
                    NEW.decision = 'approved' AND OLD.decision = '' AND {MOST_ANNOUNCED} <= (
                        SELECT count(*) FROM pages_announcement
                        WHERE decision = 'approved' AND ended_at IS NULL AND id <> NEW.id
                          AND ends_on >= {local_day("NEW.decided_at")}
                    )
                """,  # noqa: S608 - words of this house
                on=pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return self.text
