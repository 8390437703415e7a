"""What the office writes itself, as the public reads it: its pages in all their editions, and the announcement on top.

They are put here by ``ppid.shelf.put_pages`` alone.
"""

from datetime import date
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from ppid.shelf.page_kinds import BY_SLUG, PageKind
from ppid.triggers import kept, never_emptied, refuses

MOST_ANNOUNCED = 3  # that stand on top at one time


class PublishedPageQuerySet(models.QuerySet["PublishedPage"]):
    def current(self) -> Self:
        """Keep the newest edition of each page."""
        return self.order_by("slug", "-edition").distinct("slug")

    def newest_first(self) -> Self:
        return self.order_by("-edition")


class PublishedPage(models.Model):
    """An edition of a page: the text as it was approved, in the markup of ``ppid.web.markup``. It stays for ever."""

    slug = models.SlugField(max_length=40)
    edition = models.PositiveIntegerField()
    body = models.TextField()
    note = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField()

    objects = PublishedPageQuerySet.as_manager()

    class Meta:
        ordering = ["slug", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "edition"], name="shown_page_edition_once"),
            models.CheckConstraint(name="shown_page_says_something", condition=~Q(body="") & Q(edition__gte=1)),
        ]
        triggers = [
            kept(),
            never_emptied(),
            refuses(
                "shown_editions_follow",
                "the editions of a page follow one another",
                """
                    NEW.edition <> 1 + (
                        SELECT COALESCE(max(edition), 0) FROM shelf_publishedpage WHERE slug = NEW.slug
                    )
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug}, edisi {self.edition}"

    def get_absolute_url(self) -> str:
        return reverse("portal:page", args=[self.slug])

    @property
    def edition_url(self) -> str:
        """The lasting address of this edition."""
        return reverse("portal:page_edition", args=[self.slug, self.edition])

    @property
    def kind(self) -> PageKind:
        return BY_SLUG[self.slug]


class PublishedAnnouncementQuerySet(models.QuerySet["PublishedAnnouncement"]):
    def in_force(self, *, on: date) -> Self:
        """Keep those that stand on top on the day, the newest first."""
        return self.filter(ends_on__gte=on).order_by("-published_at", "-pk")


class PublishedAnnouncement(models.Model):
    """A short text on top of every page of the portal, to the end of the day ``ends_on``.

    ``link`` leads to a page of the portal, "" to none. A row goes when it is ended before its day.
    """

    number = models.PositiveIntegerField(unique=True)
    text = models.CharField(max_length=200)
    link = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField()
    ends_on = models.DateField(db_index=True)

    objects = PublishedAnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="shown_announcement_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="shown_announcement_stays_in_the_portal",
                condition=Q(link="") | Q(link__startswith="/") & ~Q(link__startswith="//"),
            ),
        ]
        triggers = [pgtrigger.Protect(name="shown_announcement_stays_or_goes", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.text
