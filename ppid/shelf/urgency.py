"""What the public is told of an item that had to be announced without delay («serta merta»)."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format

from ppid.triggers import refuses
from ppid.web.elapsed import elapsed


class AnnouncedAtOnce(models.Model):
    """Part of an item: when it became public, held against the law, and which rows of the sheet follow.

    ``opened_at`` is None for an item that was not urgent; ``urgent_since`` is later where its urgency showed later.
    ``first_published_at`` is set where it was announced before the rows of its sheet: then the rows ``follow_from`` to
    ``follow_to`` follow by ``follow_by``, and did so at ``followed_at``.
    """

    published_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    urgent_since = models.DateTimeField(null=True)
    first_published_at = models.DateTimeField(null=True)
    follow_from = models.PositiveSmallIntegerField(null=True)
    follow_to = models.PositiveSmallIntegerField(null=True)
    follow_by = models.DateTimeField(null=True)
    followed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def law_words(self) -> str:
        """How long the announcement took by the clock: «diumumkan dalam 3 jam 20 menit sejak dibuka»."""
        if self.opened_at is None:
            return ""
        return law_words(self.opened_at, self.urgent_since, self.first_published_at or self.published_at)

    @property
    def still_follows(self) -> bool:
        return self.first_published_at is not None and self.followed_at is None

    def follow_words(self, *, at: datetime) -> str:
        """Say which rows follow the announcement until when, or how they followed; "" when none had to."""
        if self.first_published_at is None or self.follow_by is None:
            return ""
        by = _moment(self.follow_by)
        if self.followed_at is not None:
            late = f", lewat dari batasnya {by}" if self.followed_at > self.follow_by else ""
            return f"Semua langkah menyusul pada {_moment(self.followed_at)}{late}."
        rows = f"langkah {self.follow_from}"
        if self.follow_to != self.follow_from:
            rows += f" sampai {self.follow_to}"
        if at > self.follow_by:
            return f"{rows.capitalize()} seharusnya menyusul paling lambat {by}, dan sampai sekarang belum."
        return f"{rows.capitalize()} menyusul paling lambat {by}."


FOLLOWS_AFTER_ITS_ANNOUNCEMENT = models.CheckConstraint(
    name="what_follows_was_announced_first",
    condition=Q(
        first_published_at__isnull=True, follow_by__isnull=True, followed_at__isnull=True, follow_from__isnull=True
    )
    # Until when its rows follow is told once the case awaits them; ``SAYS_WHEN_ITS_ROWS_FOLLOW`` sees that it is.
    | Q(first_published_at__isnull=False) & (Q(follow_by__isnull=True) | Q(follow_by__gt=F("first_published_at"))),
)
SAYS_WHEN_ITS_ROWS_FOLLOW = refuses(
    "says_when_its_rows_follow",
    "what was announced first says until when its rows follow",
    """
        EXISTS (
            SELECT 1 FROM shelf_publisheditem
            WHERE id = NEW.id AND first_published_at IS NOT NULL AND follow_by IS NULL
        )
    """,
    on=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Condition("NEW.first_published_at IS NOT NULL AND NEW.follow_by IS NULL"),
    at_commit=True,
)


def law_words(opened: datetime, urgent_since: datetime | None, public: datetime) -> str:
    """Say how long an announcement took by the clock, since the opening and since its urgency showed."""
    words = f"diumumkan dalam {elapsed(opened, public)} sejak dibuka"
    if urgent_since and opened < urgent_since < public:
        words += f", {elapsed(urgent_since, public)} sejak ditandai serta merta"
    return words


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "l, j F Y, \\p\\u\\k\\u\\l H.i")
