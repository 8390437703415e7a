"""What a public file shows in the page: pictures of its pages, the first rows of its table; and an item's announcement.

All of it is made from public bytes, in the background, and goes with them: see ``ppid.shelf.showing``.
"""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

HASH = "^[0-9a-f]{64}$"


class ReadFile(models.Model):
    """What was read of the public file with these bytes, for the page: its pages, or the first rows of its table.

    ``pages`` and ``rows`` count all that there are; ``table`` holds the first rows, its head first, and ``sheet`` is
    what the table is called in its file; ``is_cut`` when some of its columns are left out.
    ``why_not`` says why nothing of it is shown; "" where something is.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    pages = models.PositiveIntegerField(null=True)
    rows = models.PositiveIntegerField(null=True)
    sheet = models.CharField(max_length=200, blank=True)
    table = models.JSONField(default=list)
    is_cut = models.BooleanField(default=False)
    why_not = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="read_file_is_named_by_its_hash", condition=Q(sha256__regex=HASH)),
            models.CheckConstraint(
                name="read_file_has_pages_or_rows_or_says_why_not",
                condition=Q(pages__isnull=False, rows__isnull=True, why_not="", table=[])
                | Q(pages__isnull=True, rows__isnull=False, why_not="")
                | Q(pages__isnull=True, rows__isnull=True, table=[]) & ~Q(why_not=""),
            ),
        ]

    def __str__(self) -> str:
        return self.sha256


class PagePicture(models.Model):
    """The picture of one page of a public file; its own bytes lie in the public store under ``sha256``."""

    file_sha256 = models.CharField(max_length=64)
    page = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveSmallIntegerField(help_text="pixels")
    height = models.PositiveSmallIntegerField(help_text="pixels")

    class Meta:
        ordering = ["file_sha256", "page"]
        constraints = [
            models.UniqueConstraint(fields=["file_sha256", "page"], name="picture_of_a_page_once"),
            models.CheckConstraint(
                name="picture_is_named_by_its_hash", condition=Q(sha256__regex=HASH, file_sha256__regex=HASH)
            ),
            models.CheckConstraint(
                name="picture_of_a_page_has_a_size", condition=Q(page__gte=1, width__gte=1, height__gte=1)
            ),
            models.CheckConstraint(name="picture_is_not_its_file", condition=~Q(sha256=F("file_sha256"))),
        ]
        indexes = [models.Index(fields=["sha256"], name="page_picture_bytes")]

    def __str__(self) -> str:
        return f"{self.file_sha256[:8]} {self.page}"


class BoardSheet(models.Model):
    """The announcement of an item for the notice board: one page of A4, made for the edition that stands there."""

    number = models.CharField(max_length=20, unique=True)
    edition = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text="bytes")

    class Meta:
        constraints = [
            models.CheckConstraint(name="announcement_is_named_by_its_hash", condition=Q(sha256__regex=HASH)),
        ]
        indexes = [models.Index(fields=["sha256"], name="announcement_bytes")]

    def __str__(self) -> str:
        return f"{self.number}, edisi {self.edition}"

    def get_absolute_url(self) -> str:
        return reverse("portal:announcement", args=[self.number])
